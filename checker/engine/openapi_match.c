/* SPDX-License-Identifier: EUPL-1.2 */
/* Finding the operation of a request, the response of a status, the description of a body. */
#include "engine/openapi_match.h"

#include <strings.h>

#include "base/limits.h"
#include "engine/openapi_build.h"

/* A search for the operation of a method, below one of the prefixes of a path. */
struct finding {
	struct route_search search;
	const struct openapi *openapi;
	struct str method;
	const struct openapi_operation *found, *other;
	bool path_found;
	bool *prefix; /* of bases: which numbers of segments lead to the end of one */
	uint32_t offset;
};

static bool is_method(const struct openapi_operation *operation, struct str method)
{
	return str_eq(operation->method, method);
}

/* The operation of a leaf with that method; the first of another method is remembered. */
static const struct openapi_operation *of_leaf(struct finding *finding, uint32_t leaf, struct str method)
{
	const struct openapi_index *index = finding->openapi->index;
	for (uint32_t i = index->first[leaf]; i; i = index->next[i - 1]) {
		const struct openapi_operation *operation = &finding->openapi->operations[i - 1];
		if (is_method(operation, method)) return operation;
		if (!finding->other) finding->other = operation;
	}
	return NULL;
}

static bool accept_path(struct route_search *search, uint32_t leaf, uint32_t depth)
{
	struct finding *finding = (struct finding *)search;
	(void)depth;
	finding->path_found = true;
	finding->found = of_leaf(finding, leaf, finding->method);
	if (!finding->found && str_eq(finding->method, STR("HEAD"))) finding->found = of_leaf(finding, leaf, STR("GET"));
	return finding->found != NULL;
}

/* Every base counts: which one it is, the path behind it decides. */
static bool accept_base(struct route_search *search, uint32_t leaf, uint32_t depth)
{
	struct finding *finding = (struct finding *)search;
	(void)leaf;
	finding->prefix[finding->offset + depth] = true;
	return false;
}

static struct str path_of(struct str url, struct str *query)
{
	size_t scheme = str_find_str(url, STR("://"));
	if (scheme < url.len) {
		url = str_skip(url, scheme + 3);
		size_t end = 0;
		while (end < url.len && url.ptr[end] != '/' && url.ptr[end] != '?' && url.ptr[end] != '#')
			end++;
		url = str_skip(url, end);
	}
	url.len = str_find(url, '#');
	size_t mark = str_find(url, '?');
	*query = str_skip(url, mark + 1);
	url.len = mark;
	return url.len ? url : STR("/");
}

/* Marks what bases may be taken off behind the first `offset` segments. */
static void mark_bases(struct finding *finding, struct route_path path, uint32_t offset)
{
	finding->offset = offset;
	finding->prefix[offset] = true;
	finding->search.accept = accept_base;
	finding->search.prefixes = true;
	finding->search.path = (struct route_path){path.segments + offset, path.count - offset};
	route_find(finding->openapi->index->bases, &finding->search);
}

/* Number of segments of `base` that `path` starts with: all of them, or 0. */
static uint32_t base_length(struct route_path base, struct route_path path, struct arena *arena)
{
	while (base.count && base.segments[base.count - 1].len == 0)
		base.count--;
	if (base.count > path.count) return 0;
	for (uint32_t i = 0; i < base.count; i++)
		if (!str_eq(route_decode(arena, base.segments[i]), route_decode(arena, path.segments[i]))) return 0;
	return base.count;
}

static bool find_below(struct finding *finding, struct route_path path, uint32_t prefix)
{
	static const struct str empty = {"", 0};
	finding->search.accept = accept_path;
	finding->search.prefixes = false;
	finding->search.path = (struct route_path){path.segments + prefix, path.count - prefix};
	if (prefix == path.count) finding->search.path = (struct route_path){&empty, 1};
	return route_find(finding->openapi->index->paths, &finding->search);
}

/* The values of the operation's own variables. */
static void take_values(struct finding *finding, struct arena *arena, struct openapi_match *match)
{
	struct route_path path = finding->search.path;
	struct route_path template = route_split(arena, match->operation->path);
	uint32_t count = 0;
	for (uint32_t i = 0; i < path.count && i < template.count; i++)
		route_values(template.segments[i], path.segments[i], NULL, &count);
	struct route_value *values = arena_alloc(arena, (count + 1) * sizeof *values);
	match->values = values;
	for (uint32_t i = 0; i < path.count && i < template.count; i++)
		route_values(template.segments[i], path.segments[i], values, &match->value_count);
}

enum openapi_found openapi_match(const struct openapi *openapi, struct str method, struct str url, struct str base,
		struct arena *arena, struct openapi_match *match)
{
	struct finding finding = {.search = {.arena = arena}, .openapi = openapi, .method = method};
	struct str ignored;
	*match = (struct openapi_match){.operation = NULL};
	if (url.len > LIMIT_SUBJECT_BYTES) return OPENAPI_UNKNOWN;
	struct str text = path_of(url, &match->query);
	if (text.len > LIMIT_PATH_BYTES || base.len > LIMIT_PATH_BYTES) return OPENAPI_UNKNOWN;
	struct route_path path = route_split(arena, text);
	finding.prefix = arena_zalloc(arena, path.count + 1);
	mark_bases(&finding, path, 0);
	uint32_t length = base.len ? base_length(route_split(arena, path_of(base, &ignored)), path, arena) : 0;
	if (length) mark_bases(&finding, path, length);
	for (uint32_t prefix = path.count + 1; prefix > 0 && !finding.found; prefix--)
		if (finding.prefix[prefix - 1]) find_below(&finding, path, prefix - 1);
	match->operation = finding.found ? finding.found : finding.other;
	if (finding.found) take_values(&finding, arena, match);
	if (finding.found) return OPENAPI_FOUND;
	if (openapi->broken || finding.search.steps >= LIMIT_SELECT_STEPS) return OPENAPI_UNKNOWN;
	return finding.path_found ? OPENAPI_NO_METHOD : OPENAPI_NO_PATH;
}

const struct openapi_response *openapi_response_of(const struct openapi_operation *operation, uint32_t status)
{
	const struct openapi_response *range = NULL, *rest = NULL;
	for (uint32_t i = 0; i < operation->response_count; i++) {
		const struct openapi_response *response = &operation->responses[i];
		if (response->first == status && response->last == status) return response;
		if (response->first <= status && status <= response->last) range = response;
		if (response->last == 0) rest = response;
	}
	return range ? range : rest;
}

/* The next parameter of a media type, quotes off; false at the end. */
static bool next_parameter(struct str *rest, struct str *name, struct str *value)
{
	while (rest->len && (rest->ptr[0] == ';' || rest->ptr[0] == ' ' || rest->ptr[0] == '\t'))
		*rest = str_skip(*rest, 1);
	size_t equals = str_find(*rest, '=');
	if (equals == rest->len) return false;
	*name = (struct str){rest->ptr, equals};
	*rest = str_skip(*rest, equals + 1);
	bool quoted = rest->len && rest->ptr[0] == '"';
	if (quoted) *rest = str_skip(*rest, 1);
	size_t end = str_find(*rest, quoted ? '"' : ';');
	*value = (struct str){rest->ptr, end};
	*rest = str_skip(*rest, end + (quoted ? 1 : 0));
	while (value->len && value->ptr[value->len - 1] == ' ')
		value->len--;
	return true;
}

static bool same(struct str a, struct str b)
{
	return a.len == b.len && strncasecmp(a.ptr, b.ptr, a.len) == 0;
}

struct str media_parameter(struct str type, struct str name)
{
	struct str rest = str_skip(type, str_find(type, ';')), found, value;
	while (next_parameter(&rest, &found, &value))
		if (same(found, name)) return value;
	return (struct str){NULL, 0};
}

/* Does a body have every parameter that its description has? */
static bool has_parameters(struct str described, struct str type)
{
	struct str rest = str_skip(described, str_find(described, ';')), name, value;
	while (next_parameter(&rest, &name, &value)) {
		struct str found = media_parameter(type, name);
		if (!found.ptr || !same(found, value)) return false;
	}
	return true;
}

/* How well a description fits a type: 0 not at all, more is better. */
static int fit(const struct openapi_media *media, struct str bare, struct str type)
{
	size_t slash = str_find(media->type, '/');
	bool range = str_eq(str_skip(media->type, slash), STR("/*"));
	if (str_eq(media->type, STR("*/*")) || str_eq(media->type, STR("*"))) return 1;
	if (range) return bare.len > slash && strncasecmp(bare.ptr, media->type.ptr, slash + 1) == 0 ? 2 : 0;
	if (!same(media->type, bare)) return 0;
	if (str_find(media->name, ';') == media->name.len) return 4;
	return has_parameters(media->name, type) ? 5 : 3;
}

const struct openapi_media *openapi_media_of(const struct openapi_media *media, uint32_t count, struct str type)
{
	const struct openapi_media *best = NULL;
	int best_fit = 0;
	struct str bare = {type.ptr, str_find(type, ';')};
	while (bare.len && (bare.ptr[bare.len - 1] == ' ' || bare.ptr[bare.len - 1] == '\t'))
		bare.len--;
	while (bare.len && (bare.ptr[0] == ' ' || bare.ptr[0] == '\t'))
		bare = str_skip(bare, 1);
	for (uint32_t i = 0; i < count; i++) {
		int its = fit(&media[i], bare, type);
		if (its <= best_fit) continue;
		best = &media[i];
		best_fit = its;
	}
	return best;
}
