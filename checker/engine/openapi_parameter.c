/* SPDX-License-Identifier: EUPL-1.2 */
/* Parameters of requests and headers of responses: where they go and how they are written, defaults filled in. */
#include <ctype.h>
#include <strings.h>

#include "base/vec.h"
#include "doc/strmap.h"
#include "engine/openapi_build.h"

static const struct {
	const char *name;
	enum openapi_in in;
	enum openapi_style style; /* unless it says otherwise */
} places[] = {
		{"path", IN_PATH, STYLE_SIMPLE},
		{"query", IN_QUERY, STYLE_FORM},
		{"querystring", IN_QUERYSTRING, STYLE_FORM},
		{"header", IN_HEADER, STYLE_SIMPLE},
		{"cookie", IN_COOKIE, STYLE_FORM},
		{"formData", IN_FORM, STYLE_FORM},
};

static const struct {
	const char *name;
	enum openapi_style style;
} styles[] = {
		{"simple", STYLE_SIMPLE},
		{"label", STYLE_LABEL},
		{"matrix", STYLE_MATRIX},
		{"form", STYLE_FORM},
		{"spaceDelimited", STYLE_SPACES},
		{"pipeDelimited", STYLE_PIPES},
		{"deepObject", STYLE_DEEP_OBJECT},
		{"cookie", STYLE_COOKIE},
};

static void read_place(const struct node *node, struct openapi_parameter *parameter)
{
	struct str in = node_string_member(node, STR("in"));
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		if (!in.ptr || !str_eq(in, str_of(places[i].name))) continue;
		parameter->in = places[i].in;
		parameter->style = places[i].style;
		return;
	}
	parameter->broken = true;
}

static void read_style(const struct node *node, struct openapi_parameter *parameter)
{
	const struct node *style = node_member(node, STR("style"));
	bool known = !style;
	for (size_t i = 0; style && style->kind == NODE_STRING && i < sizeof styles / sizeof styles[0]; i++) {
		if (!str_eq(node_text(style), str_of(styles[i].name))) continue;
		parameter->style = styles[i].style;
		known = true;
	}
	if (!known) parameter->broken = true;
	bool form = parameter->style == STYLE_FORM || parameter->style == STYLE_COOKIE;
	parameter->explode = openapi_flag(node, "explode", form);
	parameter->allow_reserved = openapi_flag(node, "allowReserved", false);
}

/* `collectionFormat` of 2.0. */
static void read_collection(const struct node *node, struct openapi_parameter *parameter)
{
	struct str format = node_string_member(node, STR("collectionFormat"));
	if (!format.ptr) return;
	parameter->explode = str_eq(format, STR("multi"));
	if (str_eq(format, STR("ssv"))) parameter->style = STYLE_SPACES;
	if (str_eq(format, STR("pipes"))) parameter->style = STYLE_PIPES;
	if (str_eq(format, STR("tsv"))) parameter->style = STYLE_TABS;
}

/* Of 2.0, where the parameter is its own schema: without what is about the parameter. */
static const struct node *own_schema(struct openapi_builder *builder, const struct node *node)
{
	static const char *const others[] = {
			"name", "in", "required", "description", "collectionFormat", "allowEmptyValue"};
	struct {
		struct node *items;
		size_t count, capacity;
	} kept = {0};
	for (uint32_t i = 0; i < node_count(node); i++) {
		bool keep = openapi_is_live(node, &node->children[i]);
		for (size_t k = 0; keep && k < sizeof others / sizeof others[0]; k++)
			keep = !str_eq(node_key(&node->children[i]), str_of(others[k]));
		if (keep) *vec_push(&kept) = node->children[i];
	}
	struct node *schema = arena_alloc(builder->arena, sizeof *schema);
	*schema = *node;
	schema->flags = 0;
	node_adopt(schema, builder->arena, kept.items, (uint32_t)kept.count, NULL, NULL);
	vec_release(&kept);
	return schema;
}

static bool read_described(
		struct openapi_builder *builder, const struct target *at, struct openapi_parameter *parameter)
{
	struct target content = openapi_below(builder, at, STR("content"));
	uint32_t count = 0;
	parameter->schema = openapi_below(builder, at, STR("schema"));
	if (!content.node || parameter->schema.node) return true;
	if (!openapi_read_content(builder, &content, &parameter->media, &count)) return false;
	if (count == 0) parameter->media = NULL;
	return true;
}

bool openapi_read_parameter(
		struct openapi_builder *builder, const struct target *at, struct openapi_parameter *parameter)
{
	if (!openapi_count(builder, 1)) return false;
	parameter->at = *at;
	if (parameter->broken) return true;
	parameter->required = parameter->in == IN_PATH || openapi_flag(at->node, "required", false);
	if (builder->version != OPENAPI_2_0) {
		read_style(at->node, parameter);
		return read_described(builder, at, parameter);
	}
	read_collection(at->node, parameter);
	parameter->schema = (struct target){at->doc, own_schema(builder, at->node), at->pointer};
	return true;
}

struct parameters {
	struct openapi_parameter *items;
	size_t count, capacity;
};

/* Header names are the same whatever their case. */
static struct str identity(struct openapi_builder *builder, const struct openapi_parameter *parameter)
{
	struct str name = str_printf(builder->arena, "%d %.*s", (int)parameter->in, STR_FMT(parameter->name));
	char *text = arena_copy(builder->arena, name.ptr, name.len);
	for (size_t i = 0; parameter->in == IN_HEADER && i < name.len; i++)
		text[i] = (char)tolower((unsigned char)text[i]);
	return (struct str){text, name.len};
}

/* Header parameters of these names say nothing (Parameter Object): other parts of the description are about them. */
static bool is_reserved(const struct openapi_parameter *parameter)
{
	static const char *const names[] = {"accept", "content-type", "authorization"};
	for (size_t i = 0; parameter->in == IN_HEADER && i < sizeof names / sizeof names[0]; i++)
		if (parameter->name.len == strlen(names[i]) &&
				strncasecmp(parameter->name.ptr, names[i], parameter->name.len) == 0)
			return true;
	return false;
}

static bool add_parameter(struct openapi_builder *builder, struct target at, struct parameters *list)
{
	struct openapi_parameter parameter = {.name = {"", 0}};
	at = openapi_seen(builder, at, &parameter.broken);
	if (at.node->kind != NODE_OBJECT) parameter.broken = true;
	if (!parameter.broken) {
		struct str name = node_string_member(at.node, STR("name"));
		if (builder->version == OPENAPI_2_0 && str_eq(node_string_member(at.node, STR("in")), STR("body"))) return true;
		if (!name.ptr) parameter.broken = true;
		if (name.ptr) parameter.name = name;
		read_place(at.node, &parameter);
	}
	if (is_reserved(&parameter)) return true;
	if (!openapi_read_parameter(builder, &at, &parameter)) return false;
	*vec_push(list) = parameter;
	return true;
}

/* Adds those of the scope that none of the list replaces. */
static bool add_inherited(struct openapi_builder *builder, const struct openapi_scope *scope, struct parameters *list)
{
	struct strmap own = {0};
	for (size_t i = 0; i < list->count; i++)
		strmap_put(&own, identity(builder, &list->items[i]), 0);
	for (uint32_t i = 0; i < scope->parameter_count; i++)
		if (!strmap_get(&own, identity(builder, &scope->parameters[i]))) *vec_push(list) = scope->parameters[i];
	strmap_release(&own);
	return openapi_count(builder, scope->parameter_count);
}

bool openapi_read_parameters(struct openapi_builder *builder, const struct target *at, struct openapi_scope *scope)
{
	struct parameters list = {0};
	struct target own = openapi_below(builder, at, STR("parameters"));
	bool good = true;
	if (!own.node) return true;
	if (own.node->kind != NODE_ARRAY) scope->broken = true;
	for (uint32_t i = 0; good && own.node->kind == NODE_ARRAY && i < own.node->len; i++)
		good = add_parameter(builder, openapi_child(builder, &own, &own.node->children[i], i), &list);
	good = good && add_inherited(builder, scope, &list);
	if (good) {
		struct openapi_parameter *kept = arena_alloc(builder->arena, list.count * sizeof *kept);
		if (list.count) memcpy(kept, list.items, list.count * sizeof *kept);
		scope->parameters = kept;
		scope->parameter_count = (uint32_t)list.count;
	}
	vec_release(&list);
	return good;
}
