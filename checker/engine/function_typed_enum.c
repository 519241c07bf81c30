/* SPDX-License-Identifier: EUPL-1.2 */
/* The function `typedEnum` of Spectral's OpenAPI rules: the values of `enum` are of the `type` beside it. */
#include "base/limits.h"
#include "engine/function_private.h"
#include "engine/js.h"

bool typed_enum_compile(
		struct arena *arena, struct source *source, const struct node *node, void **compiled, struct err *err)
{
	struct options options = {arena, source, node, "typedEnum", "", err};
	if (!options_none(&options)) return false;
	*compiled = NULL;
	return true;
}

/* Does the document's version of OpenAPI have this way to allow null? */
static bool is_nullable(const struct subject *subject)
{
	const struct node *root = subject->view->doc ? subject->view->doc->root : NULL;
	const struct node *nullable = NULL;
	if (str_starts(node_string_member(root, STR("openapi")), STR("3.0")))
		nullable = view_member(subject->view, subject->value, STR("nullable"));
	if (str_starts(node_string_member(root, STR("swagger")), STR("2.")))
		nullable = view_member(subject->view, subject->value, STR("x-nullable"));
	return nullable && nullable->kind == NODE_TRUE;
}

static bool is_type(const struct node *type, struct str name)
{
	if (type->kind == NODE_STRING) return str_eq(node_text(type), name);
	for (uint32_t i = 0; i < type->len; i++)
		if (str_eq(node_text(&type->children[i]), name)) return true;
	return false;
}

/* `type` is a string or an array of strings. */
static bool is_type_list(const struct node *type)
{
	if (!type || (type->kind != NODE_STRING && type->kind != NODE_ARRAY)) return false;
	for (uint32_t i = 0; i < node_count(type); i++)
		if (type->children[i].kind != NODE_STRING) return false;
	return true;
}

/* When `integer` is asked for, a whole number is an integer and not a number. */
static struct str type_of(const struct node *value, bool integers)
{
	static const char *const names[] = {"null", "boolean", "boolean", "number", "string", "array", "object"};
	if (integers && value->kind == NODE_NUMBER && node_is_integer(value)) return STR("integer");
	return str_of(names[value->kind]);
}

/* The types as JavaScript joins them. */
static struct str print_types(struct arena *arena, const struct node *type, bool nullable)
{
	struct strbuf buf;
	strbuf_init(&buf, LIMIT_MESSAGE_BYTES);
	if (type->kind == NODE_STRING) strbuf_add(&buf, node_text(type));
	for (uint32_t i = 0; i < node_count(type); i++) {
		if (i > 0) strbuf_add_char(&buf, ',');
		strbuf_add(&buf, node_text(&type->children[i]));
	}
	if (nullable) strbuf_add(&buf, STR(",null"));
	struct str printed = strbuf_take(&buf, arena);
	return printed;
}

enum function_result typed_enum_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)compiled, (void)err;
	if (subject->key.ptr || !subject->value || subject->value->kind != NODE_OBJECT) return FUNCTION_DONE;
	const struct node *values = view_member(subject->view, subject->value, STR("enum"));
	const struct node *type = view_member(subject->view, subject->value, STR("type"));
	if (!values || values->kind != NODE_ARRAY || !is_type_list(type)) return FUNCTION_DONE;
	bool nullable = is_nullable(subject);
	bool integers = is_type(type, STR("integer"));
	struct str types = print_types(subject->arena, type, nullable);
	for (uint32_t i = 0; i < values->len; i++) {
		const struct node *value = view_value(subject->view, &values->children[i]);
		if ((nullable && value->kind == NODE_NULL) || is_type(type, type_of(value, integers))) continue;
		struct violation violation = {.below = str_printf(subject->arena, "/enum/%u", i)};
		struct str printed = js_printed(subject->arena, value);
		violation.message = text_printf(subject->arena, "Enum value %.*s must be \"%.*s\".",
				"De waarde %.*s in enum moet van het type \"%.*s\" zijn.", STR_FMT(printed), STR_FMT(types));
		violation.expected = (struct text){{types, types}};
		violation.found = js_found(subject->arena, value);
		sink->report(sink, &violation);
	}
	return FUNCTION_DONE;
}
