/* SPDX-License-Identifier: EUPL-1.2 */
/* Bodies of requests, and responses: their kinds, statuses and headers. */
#include <ctype.h>
#include <strings.h>

#include "base/vec.h"
#include "engine/openapi_build.h"

static struct str media_type_of(struct openapi_builder *builder, struct str name)
{
	struct str type = {name.ptr, str_find(name, ';')};
	while (type.len && isspace((unsigned char)type.ptr[0]))
		type = str_skip(type, 1);
	while (type.len && isspace((unsigned char)type.ptr[type.len - 1]))
		type.len--;
	char *lower = arena_copy(builder->arena, type.ptr, type.len);
	for (size_t i = 0; i < type.len; i++)
		lower[i] = (char)tolower((unsigned char)lower[i]);
	return (struct str){lower, type.len};
}

bool openapi_read_content(struct openapi_builder *builder, const struct target *content,
		const struct openapi_media **media, uint32_t *count)
{
	uint32_t kinds = content->node && content->node->kind == NODE_OBJECT ? content->node->len : 0;
	if (!openapi_count(builder, kinds)) return false;
	struct openapi_media *list = arena_zalloc(builder->arena, kinds * sizeof *list);
	uint32_t made = 0;
	for (uint32_t i = 0; i < kinds; i++) {
		const struct node *member = &content->node->children[i];
		struct openapi_media one = {.name = node_key(member)};
		if (!openapi_is_live(content->node, member)) continue;
		one.type = media_type_of(builder, one.name);
		one.at = openapi_seen(builder, openapi_child(builder, content, member, i), &one.broken);
		if (!one.broken) one.schema = openapi_below(builder, &one.at, STR("schema"));
		if (!one.broken) one.item = openapi_below(builder, &one.at, STR("itemSchema"));
		list[made++] = one;
	}
	*media = list;
	*count = made;
	return true;
}

/* Of 2.0: the operation's `produces` or `consumes`, else the document's, all with one schema. */
static bool read_kinds(struct openapi_builder *builder, const struct node *operation, const char *name,
		const struct target *at, const struct openapi_media **media, uint32_t *count)
{
	struct target schema = openapi_below(builder, at, STR("schema"));
	const struct node *kinds = node_member(operation, str_of(name));
	if (!schema.node || str_eq(node_string_member(schema.node, STR("type")), STR("file"))) return true;
	if (!kinds) kinds = node_member(builder->root.node, str_of(name));
	uint32_t length = kinds && kinds->kind == NODE_ARRAY ? kinds->len : 0;
	if (!openapi_count(builder, length + 1)) return false;
	struct openapi_media *list = arena_zalloc(builder->arena, (length + 1) * sizeof *list);
	uint32_t made = 0;
	for (uint32_t i = 0; i < length; i++) {
		if (kinds->children[i].kind != NODE_STRING) continue;
		struct str kind = node_text(&kinds->children[i]);
		list[made++] = (struct openapi_media){
				.name = kind, .type = media_type_of(builder, kind), .schema = schema, .at = *at};
	}
	if (made == 0) /* which kinds there are goes unsaid */
		list[made++] = (struct openapi_media){.name = STR("*/*"), .type = STR("*/*"), .schema = schema, .at = *at};
	*media = list;
	*count = made;
	return true;
}

/* Of 2.0: the parameter in the body, of the operation or else of its path. */
static bool find_body(struct openapi_builder *builder, const struct target *at, struct target *body, bool *broken)
{
	struct target list = openapi_below(builder, at, STR("parameters"));
	for (uint32_t i = 0; list.node && list.node->kind == NODE_ARRAY && i < list.node->len; i++) {
		bool dangling = false;
		struct target one = openapi_seen(builder, openapi_child(builder, &list, &list.node->children[i], i), &dangling);
		if (dangling) *broken = true;
		if (!str_eq(node_string_member(one.node, STR("in")), STR("body"))) continue;
		*body = one;
		return true;
	}
	return false;
}

bool openapi_read_body(struct openapi_builder *builder, const struct target *at, struct openapi_operation *operation)
{
	struct openapi_body body = {.media = NULL};
	if (builder->version == OPENAPI_2_0) {
		if (!find_body(builder, at, &body.at, &body.broken)) return true;
		if (!read_kinds(builder, at->node, "consumes", &body.at, &body.media, &body.media_count)) return false;
	} else {
		body.at = openapi_below(builder, at, STR("requestBody"));
		if (!body.at.node) return true;
		body.at = openapi_seen(builder, body.at, &body.broken);
		struct target content = openapi_below(builder, &body.at, STR("content"));
		if (!body.broken && !openapi_read_content(builder, &content, &body.media, &body.media_count)) return false;
	}
	body.required = openapi_flag(body.at.node, "required", false);
	struct openapi_body *kept = arena_alloc(builder->arena, sizeof *kept);
	*kept = body;
	operation->body = kept;
	return true;
}

/* Statuses that the name of a response is about; false when it is none. */
static bool read_status(struct str name, struct openapi_response *response)
{
	uint32_t code;
	response->status = name;
	if (str_eq(name, STR("default"))) return true;
	if (name.len != 3 || name.ptr[0] < '1' || name.ptr[0] > '9') return false;
	bool range = (name.ptr[1] | 0x20) == 'x' && (name.ptr[2] | 0x20) == 'x';
	response->first = (uint32_t)(name.ptr[0] - '0') * 100;
	response->last = response->first + 99;
	if (range) return true;
	if (!str_to_u32(name, &code)) return false;
	response->first = response->last = code;
	return true;
}

static bool is_content_type(struct str name)
{
	return name.len == strlen("content-type") && strncasecmp(name.ptr, "content-type", name.len) == 0;
}

static bool read_headers(struct openapi_builder *builder, struct openapi_response *response)
{
	struct target map = openapi_below(builder, &response->at, STR("headers"));
	uint32_t length = map.node && map.node->kind == NODE_OBJECT ? map.node->len : 0;
	struct openapi_parameter *list = arena_zalloc(builder->arena, length * sizeof *list);
	uint32_t made = 0;
	for (uint32_t i = 0; i < length; i++) {
		const struct node *member = &map.node->children[i];
		struct openapi_parameter header = {.name = node_key(member), .in = IN_HEADER, .style = STYLE_SIMPLE};
		if (!openapi_is_live(map.node, member) || is_content_type(header.name)) continue;
		struct target at = openapi_seen(builder, openapi_child(builder, &map, member, i), &header.broken);
		if (!openapi_read_parameter(builder, &at, &header)) return false;
		list[made++] = header;
	}
	response->headers = list;
	response->header_count = made;
	return true;
}

static bool read_response(
		struct openapi_builder *builder, const struct node *operation, struct openapi_response *response)
{
	if (!openapi_count(builder, 1)) return false;
	response->at = openapi_seen(builder, response->at, &response->broken);
	if (response->broken) return true;
	if (!read_headers(builder, response)) return false;
	if (builder->version == OPENAPI_2_0)
		return read_kinds(builder, operation, "produces", &response->at, &response->media, &response->media_count);
	struct target content = openapi_below(builder, &response->at, STR("content"));
	return openapi_read_content(builder, &content, &response->media, &response->media_count);
}

bool openapi_read_responses(
		struct openapi_builder *builder, const struct target *at, struct openapi_operation *operation)
{
	struct target map = openapi_below(builder, at, STR("responses"));
	if (!map.node) return true;
	map = openapi_seen(builder, map, &operation->broken);
	uint32_t length = map.node->kind == NODE_OBJECT ? map.node->len : 0;
	if (!openapi_count(builder, length)) return false;
	struct openapi_response *list = arena_zalloc(builder->arena, length * sizeof *list);
	uint32_t made = 0;
	for (uint32_t i = 0; i < length; i++) {
		const struct node *member = &map.node->children[i];
		struct openapi_response response = {.status = {"", 0}};
		if (!openapi_is_live(map.node, member) || !read_status(node_key(member), &response)) continue;
		response.at = openapi_child(builder, &map, member, i);
		if (!read_response(builder, at->node, &response)) return false;
		list[made++] = response;
	}
	operation->responses = list;
	operation->response_count = made;
	return true;
}
