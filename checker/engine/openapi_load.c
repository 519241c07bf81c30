/* SPDX-License-Identifier: EUPL-1.2 */
/* The model of an OpenAPI document: its version, its servers, its operations, and the ways to find those. */
#include "engine/openapi.h"

#include <ctype.h>

#include "base/limits.h"
#include "base/vec.h"
#include "doc/hash.h"
#include "doc/pointer.h"
#include "engine/openapi_build.h"

static const char *const methods[] = {"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"};

enum { METHOD_COUNT = sizeof methods / sizeof methods[0], NOT_QUERY = METHOD_COUNT - 1 };

/* What is gathered on the way through the paths. */
struct gathering {
	struct openapi_builder builder;
	struct {
		struct openapi_operation *items;
		size_t count, capacity;
	} operations;
	struct {
		struct route_path *items;
		size_t count, capacity;
	} templates, bases;
	struct {
		uint32_t *items; /* number of the template of each operation */
		size_t count, capacity;
	} template_of;
	struct openapi_scope document;
	bool broken;
};

static bool read_version(struct openapi_builder *builder)
{
	static const struct {
		const char *key, *prefix;
		enum openapi_version version;
	} versions[] = {
			{"openapi", "3.0", OPENAPI_3_0},
			{"openapi", "3.1", OPENAPI_3_1},
			{"openapi", "3.2", OPENAPI_3_2},
			{"swagger", "2.0", OPENAPI_2_0},
	};
	const struct node *root = builder->root.node;
	for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
		const struct node *version = node_member(root, str_of(versions[i].key));
		bool text = version && (version->kind == NODE_STRING || version->kind == NODE_NUMBER);
		if (!text || !str_starts(node_text(version), str_of(versions[i].prefix))) continue;
		struct str rest = str_skip(node_text(version), 3);
		if (rest.len && rest.ptr[0] != '.' && rest.ptr[0] != '-') continue;
		builder->version = versions[i].version;
		return true;
	}
	return err_set(builder->err, ERR_RULES, source_loc(builder->root.doc->source, root ? root->start : 0),
			"is no OpenAPI document of version 3.0, 3.1 or 3.2, nor Swagger 2.0: expected a member \"openapi\" such as "
			"\"3.0.3\"",
			"is geen OpenAPI-document van versie 3.0, 3.1 of 3.2, en ook geen Swagger 2.0: verwacht was een veld "
			"\"openapi\" zoals \"3.0.3\"");
}

static struct str upper(struct arena *arena, struct str method)
{
	char *text = arena_copy(arena, method.ptr, method.len);
	for (char *c = text; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	return (struct str){text, method.len};
}

static struct str way_to(struct openapi_builder *builder, struct str path, struct str method, bool additional)
{
	struct strbuf way;
	strbuf_init(&way, LIMIT_DOCUMENT_BYTES);
	strbuf_add(&way, STR("/paths"));
	pointer_add_token(&way, path);
	if (additional) strbuf_add(&way, STR("/additionalOperations"));
	pointer_add_token(&way, method);
	return strbuf_take(&way, builder->arena);
}

/* An operation: `operation` has its method, path and way already, `scope` is what its path has. */
static bool add_operation(
		struct gathering *all, struct target at, struct openapi_operation operation, const struct openapi_scope *scope)
{
	struct openapi_builder *builder = &all->builder;
	struct openapi_scope own = *scope;
	operation.at = openapi_seen(builder, at, &operation.broken);
	if (operation.at.node->kind != NODE_OBJECT) operation.broken = true;
	if (!openapi_count(builder, 1)) return false;
	if (!operation.broken) {
		operation.id = node_string_member(operation.at.node, STR("operationId"));
		operation.deprecated = openapi_flag(operation.at.node, "deprecated", false);
		if (!openapi_read_servers(builder, &operation.at, &own)) return false;
		if (!openapi_read_parameters(builder, &operation.at, &own)) return false;
		if (!openapi_read_body(builder, &operation.at, &operation)) return false;
		if (!openapi_read_responses(builder, &operation.at, &operation)) return false;
	}
	operation.parameters = own.parameters;
	operation.parameter_count = own.parameter_count;
	operation.servers = own.servers;
	operation.server_count = own.server_count;
	operation.broken = operation.broken || own.broken;
	*vec_push(&all->operations) = operation;
	*vec_push(&all->template_of) = (uint32_t)all->templates.count - 1;
	return true;
}

static bool add_additional(
		struct gathering *all, const struct target *item, struct str path, const struct openapi_scope *scope)
{
	struct target map = openapi_below(&all->builder, item, STR("additionalOperations"));
	uint32_t length = map.node && map.node->kind == NODE_OBJECT ? map.node->len : 0;
	for (uint32_t i = 0; all->builder.version >= OPENAPI_3_2 && i < length; i++) {
		const struct node *member = &map.node->children[i];
		struct openapi_operation operation = {.method = node_key(member), .path = path};
		if (node_is_repeated(map.node, member)) continue;
		operation.way = way_to(&all->builder, path, node_key(member), true);
		if (!add_operation(all, openapi_child(&all->builder, &map, member, i), operation, scope)) return false;
	}
	return true;
}

/* Is it a method that path items of this version have? */
static bool is_method(const struct openapi_builder *builder, struct str key)
{
	size_t known = builder->version >= OPENAPI_3_2 ? METHOD_COUNT : NOT_QUERY;
	for (size_t i = 0; i < known; i++)
		if (str_eq(key, str_of(methods[i]))) return true;
	return false;
}

/* What a path item holds itself. */
static bool add_operations(struct gathering *all, const struct target *item, struct str path)
{
	struct openapi_builder *builder = &all->builder;
	struct openapi_scope scope = all->document;
	if (item->node->kind != NODE_OBJECT) return true;
	if (!openapi_read_servers(builder, item, &scope) || !openapi_read_parameters(builder, item, &scope)) return false;
	for (uint32_t i = 0; i < item->node->len; i++) {
		const struct node *member = &item->node->children[i];
		struct str key = node_key(member);
		if (!is_method(builder, key) || node_is_repeated(item->node, member)) continue;
		struct openapi_operation operation = {.path = path, .way = way_to(builder, path, key, false)};
		operation.method = upper(builder->arena, key);
		if (!add_operation(all, openapi_child(builder, item, member, i), operation, &scope)) return false;
	}
	return add_additional(all, item, path, &scope);
}

/* A path item may have operations beside a reference: what that means is left open, so both count. */
static bool add_item(struct gathering *all, struct target written)
{
	struct str path = node_key(written.node);
	bool dangling = false;
	struct target item = openapi_seen(&all->builder, written, &dangling);
	if (path.len == 0 || path.ptr[0] != '/') return true;
	if (dangling || path.len > LIMIT_PATH_BYTES) all->broken = true;
	if (path.len > LIMIT_PATH_BYTES) return true;
	struct route_path template = route_split(all->builder.arena, path);
	*vec_push(&all->templates) = template;
	if (!openapi_count(&all->builder, template.count)) return false;
	if (item.node != written.node && !add_operations(all, &item, path)) return false;
	return add_operations(all, &written, path);
}

static bool add_paths(struct gathering *all)
{
	struct target paths = openapi_below(&all->builder, &all->builder.root, STR("paths"));
	if (!paths.node) return true; /* 3.1: components or webhooks only */
	if (paths.node->kind != NODE_OBJECT) all->broken = true;
	for (uint32_t i = 0; i < node_count(paths.node); i++) {
		const struct node *member = &paths.node->children[i];
		if (paths.node->kind != NODE_OBJECT || !openapi_is_live(paths.node, member)) continue;
		if (!add_item(all, openapi_child(&all->builder, &paths, member, i))) return false;
	}
	return true;
}

/* The path of a server's URL, without its trailing slash. */
static void add_base(struct gathering *all, struct str url)
{
	size_t scheme = str_find_str(url, STR("://"));
	bool absolute = scheme < url.len;
	if (absolute) url = str_skip(url, scheme + 3);
	if (!absolute && str_starts(url, STR("//"))) absolute = true, url = str_skip(url, 2);
	if (absolute) url = str_skip(url, str_find(url, '/'));
	if (url.len > LIMIT_PATH_BYTES) return;
	struct route_path base = route_split(all->builder.arena, url);
	while (base.count && base.segments[base.count - 1].len == 0)
		base.count--;
	if (base.count && openapi_count(&all->builder, base.count)) *vec_push(&all->bases) = base;
}

/* As written, where a variable is any segment, and with the defaults, which may be several. */
static void add_bases(struct gathering *all, const struct openapi_server *servers, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		if (servers[i].template.len && servers[i].template.ptr[0] != '{') add_base(all, servers[i].template);
		if (!str_eq(servers[i].template, servers[i].url)) add_base(all, servers[i].url);
	}
}

static const struct route *index_bases(struct gathering *all)
{
	const struct openapi_server *last = all->document.servers;
	add_bases(all, last, all->document.server_count);
	for (size_t i = 0; i < all->operations.count; i++) {
		const struct openapi_operation *operation = &all->operations.items[i];
		if (operation->servers != last) add_bases(all, operation->servers, operation->server_count);
		last = operation->servers;
	}
	uint32_t *leaves = arena_alloc(all->builder.arena, (all->bases.count + 1) * sizeof *leaves);
	return route_new(all->builder.arena, all->bases.items, (uint32_t)all->bases.count, leaves);
}

/* The slot of a name, or the free one where it belongs. */
static struct name_slot *slot_of(const struct name_slot *slots, uint32_t capacity, struct str name)
{
	uint32_t at = (uint32_t)hash_bytes(name, hash_seed(slots)) & (capacity - 1);
	while (slots[at].operation && !str_eq(slots[at].name, name))
		at = (at + 1) & (capacity - 1);
	return (struct name_slot *)&slots[at];
}

static void put_name(struct name_slot *slots, uint32_t capacity, struct str name, uint32_t operation)
{
	struct name_slot *slot = slot_of(slots, capacity, name);
	if (name.ptr && !slot->operation) *slot = (struct name_slot){name, operation + 1};
}

static void index_names(struct gathering *all, struct openapi_index *index)
{
	uint32_t count = (uint32_t)all->operations.count;
	index->capacity = 16;
	while (index->capacity < count * 4)
		index->capacity *= 2;
	struct name_slot *ids = arena_zalloc(all->builder.arena, index->capacity * sizeof *ids);
	struct name_slot *ways = arena_zalloc(all->builder.arena, index->capacity * sizeof *ways);
	for (uint32_t i = 0; i < count; i++) {
		put_name(ids, index->capacity, all->operations.items[i].id, i);
		put_name(ways, index->capacity, all->operations.items[i].way, i);
	}
	for (uint32_t i = 0; i < count; i++) {
		const struct target *at = &all->operations.items[i].at;
		if (at->doc == all->builder.refs->main) put_name(ways, index->capacity, at->pointer, i);
	}
	index->ids = ids;
	index->ways = ways;
}

/* Templates of one shape are one leaf, whose operations form a chain in document order. */
static void index_paths(struct gathering *all, struct openapi_index *index)
{
	struct arena *arena = all->builder.arena;
	uint32_t *leaves = arena_alloc(arena, (all->templates.count + 1) * sizeof *leaves);
	uint32_t count = (uint32_t)all->operations.count;
	index->paths = route_new(arena, all->templates.items, (uint32_t)all->templates.count, leaves);
	index->first = arena_zalloc(arena, (all->templates.count + 1) * sizeof *index->first);
	index->next = arena_zalloc(arena, (count + 1) * sizeof *index->next);
	for (uint32_t i = count; i > 0; i--) {
		uint32_t leaf = leaves[all->template_of.items[i - 1]];
		index->next[i - 1] = index->first[leaf];
		index->first[leaf] = i;
	}
	index->bases = index_bases(all);
}

static struct openapi *publish(struct gathering *all)
{
	struct arena *arena = all->builder.arena;
	uint32_t count = (uint32_t)all->operations.count;
	struct openapi_operation *operations = arena_alloc(arena, (count + 1) * sizeof *operations);
	if (count) memcpy(operations, all->operations.items, count * sizeof *operations);
	struct openapi *openapi = arena_zalloc(arena, sizeof *openapi);
	*openapi = (struct openapi){.version = all->builder.version,
			.refs = all->builder.refs,
			.operations = operations,
			.operation_count = count,
			.servers = all->document.servers,
			.server_count = all->document.server_count,
			.broken = all->broken,
			.index = arena_zalloc(arena, sizeof *openapi->index)};
	index_names(all, openapi->index);
	index_paths(all, openapi->index);
	return openapi;
}

struct openapi *openapi_new(struct arena *arena, const struct refs *refs, struct err *err)
{
	struct gathering all = {.builder = {.arena = arena, .refs = refs, .err = err}};
	struct openapi_builder *builder = &all.builder;
	struct openapi *openapi = NULL;
	builder->root = (struct target){refs->main, refs->main->root, STR("")};
	if (read_version(builder) && openapi_read_servers(builder, &builder->root, &all.document) && add_paths(&all))
		openapi = publish(&all);
	if (!openapi_count(builder, 0)) openapi = NULL;
	vec_release(&all.operations);
	vec_release(&all.templates);
	vec_release(&all.bases);
	vec_release(&all.template_of);
	return openapi;
}

static const struct openapi_operation *by_name(
		const struct openapi *openapi, const struct name_slot *slots, struct str name)
{
	const struct name_slot *slot = slot_of(slots, openapi->index->capacity, name);
	return slot->operation ? &openapi->operations[slot->operation - 1] : NULL;
}

const struct openapi_operation *openapi_by_id(const struct openapi *openapi, struct str id)
{
	return by_name(openapi, openapi->index->ids, id);
}

const struct openapi_operation *openapi_by_pointer(const struct openapi *openapi, struct str pointer)
{
	return by_name(openapi, openapi->index->ways, pointer);
}
