/* OpenAPI documents as scenarios see them. */
#include "engine/arazzo_api.h"

#include <ctype.h>
#include <strings.h>

#include "base/limits.h"
#include "base/vec.h"
#include "doc/pointer.h"
#include "engine/oas_model.h"

struct operation_list {
	struct api_operation *items;
	size_t count, capacity;
};

static struct str upper(struct arena *arena, struct str text)
{
	char *out = arena_copy(arena, text.ptr, text.len);
	for (size_t i = 0; i < text.len; i++)
		out[i] = (char)toupper((unsigned char)out[i]);
	return (struct str){out, text.len};
}

static void release_map(void *map)
{
	strmap_release(map);
}

static void collect(struct arena *arena, struct api *api, struct operation_list *list)
{
	struct oas_walk walk = oas_walk_of(&api->view, view_member(&api->view, api->doc->root, STR("paths")));
	while (walk.paths && oas_walk_next(&walk))
		*vec_push(list) = (struct api_operation){.id = node_string_member(walk.operation, STR("operationId")),
				.path = walk.path,
				.method = upper(arena, walk.method),
				.item = walk.item,
				.node = walk.operation};
}

static void index_ids(struct api *api)
{
	for (uint32_t i = 0; i < api->operation_count; i++) {
		struct str id = api->operations[i].id;
		if (!id.ptr) continue;
		uint32_t *first = strmap_get(&api->by_id, id);
		if (first)
			api->operations[*first].doubled = true;
		else
			strmap_put(&api->by_id, id, i);
	}
}

struct api *api_of(struct arena *arena, const struct doc *doc)
{
	struct operation_list list = {0};
	if (!doc->root || !str_starts(node_string_member(doc->root, STR("openapi")), STR("3."))) return NULL;
	struct api *api = arena_zalloc(arena, sizeof *api);
	api->doc = doc;
	api->view = (struct view){doc, refs_new(arena, doc)};
	collect(arena, api, &list);
	api->operation_count = (uint32_t)list.count;
	api->operations = arena_alloc(arena, (list.count + 1) * sizeof *api->operations);
	if (list.count) memcpy(api->operations, list.items, list.count * sizeof *api->operations);
	vec_release(&list);
	arena_on_free(arena, release_map, &api->by_id);
	index_ids(api);
	return api;
}

const struct api_operation *api_by_id(const struct api *api, struct str id)
{
	const uint32_t *index = strmap_get(&api->by_id, id);
	return index ? &api->operations[*index] : NULL;
}

const struct api_operation *api_by_pointer(const struct api *api, struct str pointer, struct arena *arena)
{
	struct str paths, path, method, rest = pointer;
	if (!pointer_next(&rest, arena, &paths) || !str_eq(paths, STR("paths"))) return NULL;
	if (!pointer_next(&rest, arena, &path) || !pointer_next(&rest, arena, &method) || rest.len > 0) return NULL;
	for (uint32_t i = 0; i < api->operation_count; i++) {
		const struct api_operation *operation = &api->operations[i];
		if (str_eq(operation->path, path) && operation->method.len == method.len &&
				str_eq(upper(arena, method), operation->method))
			return operation;
	}
	return NULL;
}

static const struct node *parameter_in(const struct api *api, const struct node *holder, struct str name, struct str in)
{
	const struct node *list = view_member(&api->view, holder, STR("parameters"));
	bool header = str_eq(in, STR("header"));
	if (!list || list->kind != NODE_ARRAY) return NULL;
	for (uint32_t i = 0; i < list->len; i++) {
		const struct node *parameter = view_value(&api->view, &list->children[i]);
		struct str other = node_string_member(parameter, STR("name"));
		if (!str_eq(node_string_member(parameter, STR("in")), in) || other.len != name.len) continue;
		if (header ? strncasecmp(other.ptr, name.ptr, name.len) == 0 : str_eq(other, name)) return parameter;
	}
	return NULL;
}

const struct node *api_parameter(
		const struct api *api, const struct api_operation *operation, struct str name, struct str in)
{
	const struct node *found = parameter_in(api, operation->node, name, in);
	return found ? found : parameter_in(api, operation->item, name, in);
}

bool api_requires(const struct api *api, const struct node *parameter)
{
	const struct node *required = parameter ? view_member(&api->view, parameter, STR("required")) : NULL;
	return required && required->kind == NODE_TRUE;
}

struct str api_content_type(const struct api *api, const struct api_operation *operation)
{
	const struct node *body = view_member(&api->view, operation->node, STR("requestBody"));
	const struct node *content = view_member(&api->view, body, STR("content"));
	if (!content || content->kind != NODE_OBJECT || content->len == 0) return STR("");
	const struct node *json = node_member(content, STR("application/json"));
	return node_key(json ? json : &content->children[0]);
}

static const struct node *first_server(const struct api *api, const struct node *holder)
{
	const struct node *servers = view_member(&api->view, holder, STR("servers"));
	return servers && servers->kind == NODE_ARRAY ? view_value(&api->view, node_at(servers, 0)) : NULL;
}

/* "https://{host}/v{n}" */
static void fill_variables(const struct api *api, const struct node *server, struct str url, struct strbuf *out)
{
	const struct node *variables = view_member(&api->view, server, STR("variables"));
	while (url.len > 0) {
		size_t open = str_find(url, '{'), close = str_find(url, '}');
		strbuf_add(out, (struct str){url.ptr, open < url.len && open < close && close < url.len ? open : url.len});
		if (!(open < close && close < url.len)) return;
		struct str name = {url.ptr + open + 1, close - open - 1};
		strbuf_add(out, node_string_member(view_member(&api->view, variables, name), STR("default")));
		url = str_skip(url, close + 1);
	}
}

struct str api_server(const struct api *api, const struct api_operation *operation, struct arena *arena)
{
	const struct node *server = operation ? first_server(api, operation->node) : NULL;
	struct strbuf url;
	if (!server && operation) server = first_server(api, operation->item);
	if (!server) server = first_server(api, api->doc->root);
	strbuf_init(&url, LIMIT_PATH_BYTES);
	if (server) fill_variables(api, server, node_string_member(server, STR("url")), &url);
	struct str text = str_copy(arena, strbuf_str(&url));
	strbuf_release(&url);
	return text;
}
