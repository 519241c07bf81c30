/* SPDX-License-Identifier: EUPL-1.2 */
/* OpenAPI documents as functions see them. */
#include "engine/oas_model.h"

#include <stdarg.h>

#include "base/limits.h"
#include "doc/pointer.h"
#include "engine/js.h"

const struct node *oas_live_member(const struct node *object, uint32_t index)
{
	const struct node *member = &object->children[index];
	return node_member(object, node_key(member)) == member ? member : NULL;
}

bool oas_is_method(struct str key)
{
	static const char *const methods[] = {"get", "head", "post", "put", "patch", "delete", "options", "trace"};
	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
		if (str_eq(key, str_of(methods[i]))) return true;
	return false;
}

static bool next_operation(struct oas_walk *walk)
{
	while (walk->operation_index < node_count(walk->item)) {
		const struct node *member = oas_live_member(walk->item, walk->operation_index++);
		if (!member || !oas_is_method(node_key(member))) continue;
		walk->operation = view_value(walk->view, member);
		walk->method = node_key(member);
		if (oas_is_object(walk->operation)) return true;
	}
	return false;
}

bool oas_walk_next(struct oas_walk *walk)
{
	if (!oas_is_object(walk->paths)) return false;
	while (!walk->item || !next_operation(walk)) {
		if (walk->path_index == walk->paths->len) return false;
		const struct node *member = oas_live_member(walk->paths, walk->path_index++);
		const struct node *item = view_value(walk->view, member);
		walk->item = oas_is_object(item) ? item : NULL;
		walk->operation_index = 0;
		if (member) walk->path = node_key(member);
	}
	return true;
}

struct str oas_below(struct arena *arena, const char *shape, ...)
{
	struct strbuf buf;
	strbuf_init(&buf, LIMIT_DOCUMENT_BYTES);
	va_list args;
	va_start(args, shape);
	for (; *shape; shape++) {
		if (*shape == 'i') pointer_add_index(&buf, va_arg(args, unsigned));
		if (*shape == 's') pointer_add_token(&buf, va_arg(args, struct str));
	}
	va_end(args);
	struct str below = strbuf_take(&buf, arena);
	return below;
}

struct str oas_text_of(struct arena *arena, const struct node *value)
{
	if (!value) return STR("undefined");
	switch (value->kind) {
	case NODE_STRING:
		return node_text(value);
	case NODE_NUMBER:
		return js_printed(arena, value);
	case NODE_TRUE:
		return STR("true");
	case NODE_FALSE:
		return STR("false");
	case NODE_NULL:
		return STR("null");
	default:
		return STR("[object Object]");
	}
}

void oas_report(struct violation_sink *sink, struct str below, struct text message)
{
	struct violation violation = {.below = below, .message = message, .found = {"", 0}};
	sink->report(sink, &violation);
}
