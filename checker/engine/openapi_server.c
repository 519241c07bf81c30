/* SPDX-License-Identifier: EUPL-1.2 */
/* Servers: their URLs, with the defaults of their variables; of 2.0 host, base path and schemes. */
#include "base/limits.h"
#include "base/vec.h"
#include "engine/openapi_build.h"

/* The URL with each {variable} replaced by its default; what has none stays as it is. */
static struct str fill_in(struct openapi_builder *builder, struct str template, const struct node *variables)
{
	struct strbuf url;
	strbuf_init(&url, LIMIT_PATH_BYTES);
	while (template.len) {
		size_t open = str_find(template, '{');
		strbuf_add(&url, (struct str){template.ptr, open});
		template = str_skip(template, open);
		size_t close = str_find(template, '}');
		if (!template.len) break;
		if (close == template.len) close--; /* the rest has no end of a variable: it stays */
		struct str name = {template.ptr + 1, close ? close - 1 : 0};
		const struct node *value = node_member(node_member(variables, name), STR("default"));
		bool text = value && (value->kind == NODE_STRING || value->kind == NODE_NUMBER);
		strbuf_add(&url, text ? node_text(value) : (struct str){template.ptr, close + 1});
		template = str_skip(template, close + 1);
	}
	if (!openapi_spend(builder, url.len)) strbuf_clear(&url);
	return strbuf_take(&url, builder->arena);
}

static bool add_server(struct openapi_builder *builder, const struct target *at, struct openapi_server *server)
{
	struct str template = node_string_member(at->node, STR("url"));
	if (!template.ptr || template.len > LIMIT_PATH_BYTES) return false;
	*server = (struct openapi_server){.template = template, .at = *at};
	server->url = fill_in(builder, template, node_member(at->node, STR("variables")));
	return true;
}

/* Of 2.0: one URL for each scheme; without a host it is relative. */
static bool read_old(struct openapi_builder *builder, struct openapi_scope *scope)
{
	const struct node *root = builder->root.node;
	struct str host = node_string_member(root, STR("host"));
	struct str path = node_string_member(root, STR("basePath"));
	const struct node *schemes = node_member(root, STR("schemes"));
	uint32_t count = host.ptr && schemes && schemes->kind == NODE_ARRAY && schemes->len ? schemes->len : 1;
	if (!openapi_count(builder, count)) return false;
	struct openapi_server *servers = arena_zalloc(builder->arena, count * sizeof *servers);
	if (!path.len || path.len > LIMIT_PATH_BYTES) path = STR("/");
	if (host.len > LIMIT_PATH_BYTES) host = (struct str){NULL, 0};
	for (uint32_t i = 0; i < count; i++) {
		const struct node *scheme = node_at(schemes, i);
		struct str url = path;
		struct str name = scheme && scheme->kind == NODE_STRING ? node_text(scheme) : STR("https");
		if (!openapi_spend(builder, name.len + host.len + path.len)) return false;
		if (host.ptr) url = str_printf(builder->arena, "%.*s://%.*s%.*s", STR_FMT(name), STR_FMT(host), STR_FMT(path));
		servers[i] = (struct openapi_server){url, url, builder->root};
	}
	scope->servers = servers;
	scope->server_count = count;
	return true;
}

/* A document without servers has one: where it is itself. */
static void set_default(struct openapi_builder *builder, struct openapi_scope *scope)
{
	struct openapi_server *server = arena_zalloc(builder->arena, sizeof *server);
	*server = (struct openapi_server){STR("/"), STR("/"), builder->root};
	scope->servers = server;
	scope->server_count = 1;
}

bool openapi_read_servers(struct openapi_builder *builder, const struct target *at, struct openapi_scope *scope)
{
	if (builder->version == OPENAPI_2_0) return scope->servers || read_old(builder, scope);
	struct target list = openapi_below(builder, at, STR("servers"));
	uint32_t count = list.node && list.node->kind == NODE_ARRAY ? list.node->len : 0;
	uint32_t made = 0;
	if (!openapi_count(builder, count)) return false;
	struct openapi_server *servers = arena_zalloc(builder->arena, (count + 1) * sizeof *servers);
	for (uint32_t i = 0; i < count; i++) {
		struct target one = openapi_child(builder, &list, &list.node->children[i], i);
		made += add_server(builder, &one, &servers[made]);
	}
	if (made) {
		scope->servers = servers;
		scope->server_count = made;
	} else if (!scope->servers) {
		set_default(builder, scope);
	}
	return true;
}
