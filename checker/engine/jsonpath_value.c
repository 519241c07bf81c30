/* SPDX-License-Identifier: EUPL-1.2 */
/* Values of scripts: truth, text, number, equality and order, as JavaScript has them. */
#include "engine/jsonpath_value.h"

#include <math.h>

#include "engine/js.h"

enum { NUMBER_TEXT = 64 };

struct value value_of_node(const struct view *view, const struct node *node)
{
	node = view_value(view, node);
	if (!node) return value_undefined();
	switch ((enum node_kind)node->kind) {
	case NODE_NULL:
		return (struct value){.kind = VALUE_NULL};
	case NODE_FALSE:
	case NODE_TRUE:
		return value_of_bool(node->kind == NODE_TRUE);
	case NODE_NUMBER:
		return value_of_number(node_double(node));
	case NODE_STRING:
		return value_of_text(node_text(node));
	default:
		return (struct value){.kind = VALUE_NODE, .node = node};
	}
}

bool value_is_true(struct value value)
{
	switch (value.kind) {
	case VALUE_UNDEFINED:
	case VALUE_NULL:
		return false;
	case VALUE_BOOL:
		return value.truth;
	case VALUE_NUMBER:
		return value.number != 0 && !isnan(value.number);
	case VALUE_STRING:
		return value.text.len > 0;
	default:
		return true;
	}
}

struct str value_number_text(struct arena **scratch, double number)
{
	struct strbuf buf;
	strbuf_init(&buf, NUMBER_TEXT);
	js_print_number(&buf, number);
	if (!*scratch) *scratch = arena_new();
	struct str text = str_copy(*scratch, strbuf_str(&buf));
	strbuf_release(&buf);
	return text;
}

struct str value_text(struct arena **scratch, struct value value)
{
	switch (value.kind) {
	case VALUE_UNDEFINED:
		return STR("undefined");
	case VALUE_NULL:
		return STR("null");
	case VALUE_BOOL:
		return value.truth ? STR("true") : STR("false");
	case VALUE_NUMBER:
		return value_number_text(scratch, value.number);
	case VALUE_STRING:
		return value.text;
	default:
		return STR("[object Object]");
	}
}

double value_number(struct value value)
{
	switch (value.kind) {
	case VALUE_NULL:
		return 0;
	case VALUE_BOOL:
		return value.truth;
	case VALUE_NUMBER:
		return value.number;
	case VALUE_STRING:
		return js_number_of(value.text);
	default:
		return NAN;
	}
}

bool value_equals(struct value a, struct value b)
{
	if (a.kind != b.kind) return false;
	switch (a.kind) {
	case VALUE_BOOL:
		return a.truth == b.truth;
	case VALUE_NUMBER:
		return a.number == b.number;
	case VALUE_STRING:
		return str_eq(a.text, b.text);
	case VALUE_NODE:
		return a.node == b.node;
	default:
		return true;
	}
}

/* An array or object beside a primitive is unequal: JavaScript would compare its text. */
bool value_loosely_equals(struct value a, struct value b)
{
	if (a.kind == b.kind) return value_equals(a, b);
	if (value_is_nullish(a) || value_is_nullish(b)) return value_is_nullish(a) && value_is_nullish(b);
	if (a.kind >= VALUE_NODE || b.kind >= VALUE_NODE) return false;
	return value_number(a) == value_number(b);
}

bool value_compares(enum expr_op op, struct value a, struct value b)
{
	double left, right;
	if (a.kind == VALUE_STRING && b.kind == VALUE_STRING) {
		left = str_compare(a.text, b.text);
		right = 0;
	} else {
		left = value_number(a);
		right = value_number(b);
	}
	switch (op) {
	case EXPR_LT:
		return left < right;
	case EXPR_GT:
		return left > right;
	case EXPR_LE:
		return left <= right;
	default:
		return left >= right;
	}
}

struct value value_constructor(struct value value)
{
	static const char *const names[] = {[VALUE_BOOL] = "Boolean",
			[VALUE_NUMBER] = "Number",
			[VALUE_STRING] = "String",
			[VALUE_CONSTRUCTOR] = "Function"};
	struct value made = {.kind = VALUE_CONSTRUCTOR};
	if (value.kind == VALUE_NODE)
		made.text = value.node->kind == NODE_ARRAY ? STR("Array") : STR("Object");
	else
		made.text = str_of(names[value.kind]);
	return made;
}

bool value_is_type(struct value value, struct str name)
{
	bool is_array = value.kind == VALUE_NODE && value.node->kind == NODE_ARRAY;
	if (str_eq(name, STR("string"))) return value.kind == VALUE_STRING;
	if (str_eq(name, STR("number"))) return value.kind == VALUE_NUMBER;
	if (str_eq(name, STR("boolean"))) return value.kind == VALUE_BOOL;
	if (str_eq(name, STR("scalar"))) return value.kind < VALUE_NODE;
	if (str_eq(name, STR("array"))) return is_array;
	if (str_eq(name, STR("null"))) return value.kind == VALUE_NULL;
	if (str_eq(name, STR("object"))) return value.kind == VALUE_NODE;
	return value.kind == VALUE_NUMBER && value.number == floor(value.number) && !isinf(value.number);
}

struct value value_type_name(struct value value)
{
	static const char *const names[] = {[VALUE_UNDEFINED] = "undefined",
			[VALUE_NULL] = "object",
			[VALUE_BOOL] = "boolean",
			[VALUE_NUMBER] = "number",
			[VALUE_STRING] = "string",
			[VALUE_NODE] = "object",
			[VALUE_CONSTRUCTOR] = "function"};
	return value_of_text(str_of(names[value.kind]));
}
