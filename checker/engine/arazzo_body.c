/* SPDX-License-Identifier: EUPL-1.2 */
/* Compiling what a step sends. */
#include "engine/arazzo_compile.h"

static bool is_xml(struct str type)
{
	type.len = str_find(type, ';');
	while (type.len > 0 && (type.ptr[type.len - 1] == ' ' || type.ptr[type.len - 1] == '\t'))
		type.len--;
	return str_ends(type, STR("/xml")) || str_ends(type, STR("+xml"));
}

/* Is it XML that is sent? Without a content type that which the operation takes, JSON where it may be. */
static bool sends_xml(const struct loading *loading, struct str content_type)
{
	const struct openapi_operation *operation = loading->step ? loading->step->operation : NULL;
	const struct openapi_body *body = operation ? operation->body : NULL;
	if (content_type.len > 0) return is_xml(content_type);
	for (uint32_t i = 0; body && i < body->media_count; i++)
		if (!is_xml(body->media[i].type)) return false;
	return body && body->media_count > 0;
}

static bool target_compile(
		struct loading *loading, const struct node *node, struct str content_type, struct replacement *out)
{
	const struct node *target = node_member(node, STR("target")), *type = node_member(node, STR("targetSelectorType"));
	struct str kind = sends_xml(loading, content_type) ? STR("xpath") : STR("jsonpointer");
	bool draft = false;
	out->target = node_text(target);
	if (type && !expression_type(loading, type, &kind, &draft)) return false;
	if (str_eq(kind, STR("jsonpath"))) {
		out->path = selector_path(loading, out->target, draft, &out->unusable);
		return out->path || AT_ERROR(loading, target, "%s%.0s", "%.0s%s", BOTH(out->unusable));
	}
	if (str_eq(kind, STR("xpath"))) {
		out->xpath = true;
		xpath_admit(loading, target, type, &out->target, &out->unusable);
		return true;
	}
	if (!str_eq(kind, STR("jsonpointer")))
		return expected_error(loading, type, TEXT("jsonpath, jsonpointer or xpath", "jsonpath, jsonpointer of xpath"));
	if (str_starts(out->target, STR("#"))) out->target = str_skip(out->target, 1);
	if (out->target.len == 0 || out->target.ptr[0] == '/') return true;
	return expected_error(loading, target, TEXT("a JSON Pointer (\"/name\")", "een JSON Pointer (\"/naam\")"));
}

static bool replacement_compile(
		struct loading *loading, const struct node *node, struct str content_type, struct replacement *out)
{
	if (!shape_check(loading, node, SHAPE_REPLACEMENT)) return false;
	out->node = node;
	return target_compile(loading, node, content_type, out) &&
		   plan_compile(loading, node_member(node, STR("value")), &out->value);
}

bool body_compile(struct loading *loading, const struct node *node, struct step_body *out)
{
	*out = (struct step_body){0};
	if (!node) return true;
	if (!shape_check(loading, node, SHAPE_BODY)) return false;
	const struct node *payload = node_member(node, STR("payload")), *list = node_member(node, STR("replacements"));
	out->there = true;
	out->content_type = node_string_member(node, STR("contentType"));
	out->has_payload = payload != NULL;
	for (size_t i = 0; i < out->content_type.len; i++)
		if ((unsigned char)out->content_type.ptr[i] < ' ' || (unsigned char)out->content_type.ptr[i] >= 0x7F)
			return expected_error(loading, node_member(node, STR("contentType")),
					TEXT("a media type, without control characters", "een mediatype, zonder stuurtekens"));
	if (payload && !plan_compile(loading, payload, &out->payload)) return false;
	out->payload.text.xml = loading->step->soap || is_xml(out->content_type);
	out->replacement_count = list ? list->len : 0;
	out->replacements = arena_zalloc(loading->arena, (out->replacement_count + 1) * sizeof *out->replacements);
	for (uint32_t i = 0; i < out->replacement_count; i++)
		if (!replacement_compile(loading, &list->children[i], out->content_type, &out->replacements[i])) return false;
	return true;
}
