/* SPDX-License-Identifier: EUPL-1.2 */
/* Exchanges written as a document that rules can read. */
#include "rule/evidence_view.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/limits.h"
#include "doc/canonical.h"
#include "doc/json.h"
#include "fetch/fetch.h"

enum { BODY_BYTES = 4 << 20, BODY_DEPTH = LIMIT_DEPTH - 16 };

static struct str lower(struct arena *arena, struct str name)
{
	char *copy = arena_copy(arena, name.ptr, name.len);
	for (size_t i = 0; i < name.len; i++)
		copy[i] = (char)tolower((unsigned char)copy[i]);
	return (struct str){copy, name.len};
}

static int compare_names(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* One member for each name. A name that is no ASCII has no place in a header, and would not sort as JSON keys do. */
static void add_headers(struct canonical *out, const struct http_fields *fields, struct arena *arena)
{
	struct str *names = arena_alloc(arena, fields->count * sizeof *names);
	for (uint32_t i = 0; i < fields->count; i++)
		names[i] = lower(arena, fields->items[i].name);
	if (fields->count) qsort(names, fields->count, sizeof *names, compare_names);
	canonical_object(out, "headers");
	for (uint32_t i = 0; i < fields->count; i++) {
		if (i && str_eq(names[i], names[i - 1])) continue;
		if (names[i].len == 0 || memchr(names[i].ptr, '\0', names[i].len)) continue;
		canonical_str(out, names[i].ptr, http_field_value(fields, names[i], arena));
	}
	canonical_end_object(out);
}

static bool is_json_type(struct str type)
{
	return str_eq(type, STR("application/json")) || str_ends(type, STR("+json"));
}

/* Deeper than a document may be once it lies in this one. */
static bool is_too_deep(struct str json)
{
	uint32_t depth = 0;
	bool quoted = false;
	for (size_t i = 0; i < json.len; i++) {
		char c = json.ptr[i];
		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '{' || c == '[') && ++depth > BODY_DEPTH)
			return true;
		else if (!quoted && (c == '}' || c == ']') && depth)
			depth--;
	}
	return false;
}

static bool is_json(struct str body, struct arena *arena)
{
	struct err err;
	if (body.len == 0 || body.len > BODY_BYTES || is_too_deep(body)) return false;
	err_init(&err, arena);
	struct doc *doc = doc_of(STR("body.json"), body, &err);
	bool good = doc && doc->format == DOC_JSON;
	doc_close(doc);
	return good;
}

static void add_body(struct canonical *out, const struct http_fields *fields, struct str body, struct arena *arena)
{
	bool json = body.ptr && is_json_type(http_media_type(fields, arena)) && is_json(body, arena);
	if (json) canonical_raw(out, "body", body);
}

static struct str path_of(struct str url)
{
	struct str rest = str_skip(url, str_find_str(url, STR("://")) + 3);
	rest = str_skip(rest, str_find(rest, '/'));
	size_t end = str_find(rest, '?');
	return end ? (struct str){rest.ptr, end} : STR("/");
}

static void add_request(struct canonical *out, const struct http_request *request, struct arena *arena)
{
	canonical_object(out, "request");
	canonical_bool(out, "anonymous", request->anonymous);
	add_body(out, &request->fields, request->body, arena);
	add_headers(out, &request->fields, arena);
	canonical_str(out, "method", request->method);
	canonical_str(out, "path", path_of(request->url));
	canonical_str(out, "url", request->url);
	canonical_end_object(out);
}

static void add_response(struct canonical *out, const struct exchange *exchange, struct arena *arena)
{
	const struct http_response *response = &exchange->response;
	canonical_object(out, "response");
	add_body(out, &response->fields, response->body, arena);
	canonical_bool(out, "hasBody", response->body.len > 0);
	add_headers(out, &response->fields, arena);
	canonical_str(out, "mediaType", http_media_type(&response->fields, arena));
	canonical_number(out, "status", response->status);
	canonical_end_object(out);
}

/* Of a description that the service publishes: is it the one at hand? */
static void add_same_description(
		struct canonical *out, const struct evidence_facts *facts, const struct exchange *exchange, struct arena *arena)
{
	struct err err;
	if (!fetch_is_publication(exchange->request.url) || !facts->description || exchange->response.status != 200) return;
	err_init(&err, arena);
	struct doc *doc = doc_of(STR("description"), exchange->response.body, &err);
	canonical_bool(out, "sameDescription", doc && node_equal(doc->root, facts->description));
	doc_close(doc);
}

static void add_version_agrees(
		struct canonical *out, const struct evidence_facts *facts, const struct exchange *exchange)
{
	const struct http_field *field = http_field_find(&exchange->response.fields, STR("api-version"));
	if (field && facts->version.ptr) canonical_bool(out, "versionAgrees", str_eq(field->value, facts->version));
}

static void add_exchange(
		struct canonical *out, const struct evidence_facts *facts, const struct exchange *exchange, struct arena *arena)
{
	canonical_object(out, NULL);
	if (exchange->failure != FAILURE_NONE) canonical_str(out, "failure", str_of(failure_names[exchange->failure]));
	canonical_number(out, "number", exchange->number);
	add_request(out, &exchange->request, arena);
	if (exchange->response.status) add_response(out, exchange, arena);
	add_same_description(out, facts, exchange, arena);
	canonical_bool(out, "secure", str_starts(exchange->request.url, STR("https://")));
	canonical_str(out, "step", exchange->step);
	if (exchange->claims.len) canonical_raw(out, "token", exchange->claims);
	add_version_agrees(out, facts, exchange);
	canonical_end_object(out);
}

static void write_view(struct canonical *out, const struct evidence_facts *facts)
{
	canonical_object(out, NULL);
	canonical_object(out, "description");
	if (facts->version.ptr) canonical_str(out, "version", facts->version);
	canonical_end_object(out);
	canonical_str(out, "endpoint", facts->endpoint);
	canonical_array(out, "exchanges");
	for (uint32_t i = 0; i < facts->count; i++) {
		struct arena *scratch = arena_new();
		add_exchange(out, facts, facts->exchanges[i], scratch);
		arena_free(scratch);
	}
	canonical_end_array(out);
	canonical_bool(out, "secure", str_starts(facts->endpoint, STR("https://")));
	if (facts->tls.len) canonical_raw(out, "tls", facts->tls);
	canonical_end_object(out);
}

/* A document over what is in the buffer, which it keeps: a copy of it would be megabytes. */
static struct doc *doc_over(struct strbuf *text, struct err *err)
{
	struct arena *arena = arena_new();
	struct doc *doc = arena_zalloc(arena, sizeof *doc);
	doc->arena = arena;
	doc->source = source_of(arena, STR("evidence"), strbuf_str(text));
	arena_on_free(arena, free, text->ptr);
	strbuf_init(text, text->ceiling);
	if (json_read(doc, err)) return doc;
	doc_close(doc);
	return NULL;
}

struct doc *evidence_view(const struct evidence_facts *facts, struct err *err)
{
	struct canonical out;
	struct strbuf text;
	strbuf_init(&text, LIMIT_DOCUMENT_BYTES);
	canonical_init(&out, &text);
	write_view(&out, facts);
	struct doc *doc = NULL;
	if (text.overflow)
		err_set(err, ERR_LIMIT, (struct loc){.file = facts->endpoint},
				"what the service answered is more than %d MiB together, which rules cannot look through",
				"wat de dienst antwoordde is samen meer dan %d MiB; daar kunnen regels niet doorheen kijken",
				LIMIT_DOCUMENT_BYTES >> 20);
	else
		doc = doc_over(&text, err);
	strbuf_release(&text);
	return doc;
}

const struct exchange *evidence_exchange(const struct evidence_facts *facts, struct str pointer, struct str *rest)
{
	struct str prefix = STR("/exchanges/");
	uint32_t index;
	if (!str_starts(pointer, prefix)) return NULL;
	struct str tail = str_skip(pointer, prefix.len);
	size_t end = str_find(tail, '/');
	if (!str_to_u32((struct str){tail.ptr, end}, &index) || index >= facts->count) return NULL;
	*rest = str_skip(tail, end);
	return facts->exchanges[index];
}
