/* Scripts of filters, evaluated as JavaScript has it: truthiness, loose and strict equality, members of undefined. */
#include "engine/jsonpath_filter_private.h"

#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"

enum { NUMBER_TEXT = 64, PATH_BYTES = 64 << 10 };

struct arena *filter_scratch(struct filter *filter)
{
	if (!filter->scratch) filter->scratch = arena_new();
	return filter->scratch;
}

void filter_end(struct filter *filter)
{
	arena_free(filter->scratch);
	filter->scratch = NULL;
}

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

struct str filter_number_text(struct filter *filter, double number)
{
	if (isnan(number)) return STR("NaN");
	if (isinf(number)) return number > 0 ? STR("Infinity") : STR("-Infinity");
	struct str text = str_printf(filter_scratch(filter), "%.15g", number);
	return strtod(text.ptr, NULL) == number ? text : str_printf(filter_scratch(filter), "%.17g", number);
}

struct str filter_text(struct filter *filter, struct value value)
{
	switch (value.kind) {
	case VALUE_UNDEFINED:
		return STR("undefined");
	case VALUE_NULL:
		return STR("null");
	case VALUE_BOOL:
		return value.truth ? STR("true") : STR("false");
	case VALUE_NUMBER:
		return filter_number_text(filter, value.number);
	case VALUE_STRING:
		return value.text;
	default:
		return STR("[object Object]");
	}
}

static double number_of_text(struct str text)
{
	char copy[NUMBER_TEXT], *end;
	while (text.len && strchr(" \t\n\r", text.ptr[0]))
		text = str_skip(text, 1);
	while (text.len && strchr(" \t\n\r", text.ptr[text.len - 1]))
		text.len--;
	if (!text.len) return 0;
	if (text.len >= sizeof copy || strspn(text.ptr, "+-0123456789.eE") < text.len) return NAN;
	memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	double number = strtod(copy, &end);
	return *end ? NAN : number;
}

static double number_of(struct value value)
{
	switch (value.kind) {
	case VALUE_NULL:
		return 0;
	case VALUE_BOOL:
		return value.truth;
	case VALUE_NUMBER:
		return value.number;
	case VALUE_STRING:
		return number_of_text(value.text);
	default:
		return NAN;
	}
}

bool value_strict_equal(struct value a, struct value b)
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

bool value_is_nullish(struct value value)
{
	return value.kind <= VALUE_NULL;
}

/* An array or object beside a primitive is unequal: JavaScript would compare its text. */
static bool loose_equal(struct value a, struct value b)
{
	if (a.kind == b.kind) return value_strict_equal(a, b);
	if (value_is_nullish(a) || value_is_nullish(b)) return value_is_nullish(a) && value_is_nullish(b);
	if (a.kind >= VALUE_NODE || b.kind >= VALUE_NODE) return false;
	return number_of(a) == number_of(b);
}

static bool is_less(enum expr_op op, struct value a, struct value b)
{
	double left, right;
	if (a.kind == VALUE_STRING && b.kind == VALUE_STRING) {
		left = str_compare(a.text, b.text);
		right = 0;
	} else {
		left = number_of(a);
		right = number_of(b);
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

static struct value arithmetic(struct filter *filter, enum expr_op op, struct value a, struct value b)
{
	if (op == EXPR_ADD && (a.kind == VALUE_STRING || b.kind == VALUE_STRING)) {
		struct str left = filter_text(filter, a), right = filter_text(filter, b);
		char *joined = arena_alloc(filter_scratch(filter), left.len + right.len + 1);
		memcpy(joined, left.ptr, left.len);
		memcpy(joined + left.len, right.ptr, right.len);
		return value_of_text((struct str){joined, left.len + right.len});
	}
	double left = number_of(a), right = number_of(b);
	switch (op) {
	case EXPR_ADD:
		return value_of_number(left + right);
	case EXPR_SUB:
		return value_of_number(left - right);
	case EXPR_MUL:
		return value_of_number(left * right);
	case EXPR_DIV:
		return value_of_number(left / right);
	default:
		return value_of_number(fmod(left, right));
	}
}

static struct value constructor_of(struct value value)
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

static struct value length_of(struct value value)
{
	return value_of_number(value.kind == VALUE_STRING ? (double)utf8_utf16_length(value.text) : node_count(value.node));
}

/* value.name, as JavaScript looks it up: own members, then what every value of its type has. */
static struct value member_of(struct filter *filter, struct value value, struct str name)
{
	if (value_is_nullish(value)) return filter_fail(filter);
	bool is_object = value.kind == VALUE_NODE && value.node->kind == NODE_OBJECT;
	if (is_object) {
		const struct node *member = node_member(value.node, name);
		if (member) return value_of_node(filter->view, member);
	}
	bool has_length = value.kind == VALUE_STRING || (value.kind == VALUE_NODE && !is_object);
	if (has_length && str_eq(name, STR("length"))) return length_of(value);
	if (value.kind == VALUE_NODE && !is_object) {
		uint32_t index;
		bool is_index = name.len && str_to_u32(name, &index) && (name.len == 1 || name.ptr[0] != '0');
		if (is_index) return value_of_node(filter->view, node_at(value.node, index));
	}
	if (value.kind == VALUE_CONSTRUCTOR && str_eq(name, STR("name"))) return value_of_text(value.text);
	if (str_eq(name, STR("constructor"))) return constructor_of(value);
	return value_undefined();
}

static struct value property_of(const struct step *step)
{
	if (!step || !step->up) return (struct value){.kind = VALUE_NULL};
	return step->key.ptr ? value_of_text(step->key) : value_of_number(step->index);
}

static void add_path(struct strbuf *buf, const struct step *step)
{
	if (!step->up) {
		strbuf_add_char(buf, '$');
		return;
	}
	/* as deep as the document, which has a ceiling */
	add_path(buf, step->up);
	if (step->key.ptr)
		strbuf_printf(buf, "['%.*s']", STR_FMT(step->key));
	else
		strbuf_printf(buf, "[%u]", step->index);
}

static struct value path_of(struct filter *filter)
{
	struct strbuf buf;
	strbuf_init(&buf, PATH_BYTES);
	add_path(&buf, filter->where);
	struct str text = str_copy(filter_scratch(filter), strbuf_str(&buf));
	strbuf_release(&buf);
	return value_of_text(text);
}

static bool is_type(struct value value, struct str name)
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

static struct value type_name(struct value value)
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

static struct value in_list(struct filter *filter, const struct expr *expr)
{
	struct value value = filter_value(filter, expr->left);
	for (const struct expr *link = expr->third; link && !filter->failed; link = link->third)
		if (value_strict_equal(value, filter_value(filter, link->left))) return value_of_bool(true);
	return value_of_bool(false);
}

static struct value unary(struct filter *filter, const struct expr *expr)
{
	struct value value = filter_value(filter, expr->left);
	if (filter->failed) return value_undefined();
	switch (expr->op) {
	case EXPR_NOT:
		return value_of_bool(!value_is_true(value));
	case EXPR_MINUS:
		return value_of_number(-number_of(value));
	case EXPR_PLUS:
		return value_of_number(number_of(value));
	case EXPR_TYPEOF:
		return type_name(value);
	case EXPR_MEMBER:
		return member_of(filter, value, expr->name);
	case EXPR_TEST:
		return filter_tried(filter, expr->regex, filter_text(filter, value));
	default:
		return value_undefined();
	}
}

static struct value logical(struct filter *filter, const struct expr *expr)
{
	struct value value = filter_value(filter, expr->left);
	if (filter->failed) return value_undefined();
	bool truth = value_is_true(value);
	if (expr->op == EXPR_TERNARY) return filter_value(filter, truth ? expr->right : expr->third);
	return truth == (expr->op == EXPR_AND) ? filter_value(filter, expr->right) : value;
}

static struct value binary(struct filter *filter, const struct expr *expr)
{
	struct value left = filter_value(filter, expr->left), right = filter_value(filter, expr->right);
	if (filter->failed) return value_undefined();
	switch (expr->op) {
	case EXPR_COMPUTED:
		return member_of(filter, left, filter_text(filter, right));
	case EXPR_LOOSE_EQ:
	case EXPR_LOOSE_NE:
		return value_of_bool(loose_equal(left, right) == (expr->op == EXPR_LOOSE_EQ));
	case EXPR_EQ:
	case EXPR_NE:
		return value_of_bool(value_strict_equal(left, right) == (expr->op == EXPR_EQ));
	case EXPR_LT:
	case EXPR_GT:
	case EXPR_LE:
	case EXPR_GE:
		return value_of_bool(is_less(expr->op, left, right));
	default:
		return arithmetic(filter, expr->op, left, right);
	}
}

static struct value parent_value(struct filter *filter)
{
	const struct step *up = filter->where->up;
	return up ? value_of_node(filter->view, up->node) : value_undefined();
}

static struct value leaf(struct filter *filter, const struct expr *expr)
{
	switch (expr->op) {
	case EXPR_LITERAL:
		return expr->literal;
	case EXPR_CURRENT:
		return value_of_node(filter->view, filter->where->node);
	case EXPR_ROOT:
		return value_of_node(filter->view, filter->root);
	case EXPR_PROPERTY:
		return property_of(filter->where);
	case EXPR_PARENT:
		return parent_value(filter);
	case EXPR_PARENT_PROPERTY:
		return property_of(filter->where->up);
	case EXPR_PATH:
		return path_of(filter);
	case EXPR_IS_TYPE:
		return value_of_bool(is_type(value_of_node(filter->view, filter->where->node), expr->name));
	default:
		return value_of_bool(true); /* a regex by itself is an object */
	}
}

struct value filter_value(struct filter *filter, const struct expr *expr)
{
	if (filter->failed) return value_undefined();
	switch (expr->op) {
	case EXPR_NOT:
	case EXPR_MINUS:
	case EXPR_PLUS:
	case EXPR_TYPEOF:
	case EXPR_VOID:
	case EXPR_MEMBER:
	case EXPR_TEST:
		return unary(filter, expr);
	case EXPR_AND:
	case EXPR_OR:
	case EXPR_TERNARY:
		return logical(filter, expr);
	case EXPR_METHOD:
		return filter_method(filter, expr);
	case EXPR_IN:
		return in_list(filter, expr);
	default:
		if (expr->op >= EXPR_EXISTS) return filter_rfc9535(filter, expr);
		return expr->left ? binary(filter, expr) : leaf(filter, expr);
	}
}

bool filter_holds(struct filter *filter, const struct expr *expr)
{
	filter->failed = false;
	bool holds = value_is_true(filter_value(filter, expr));
	filter_end(filter);
	if (filter->failed) filter->report->filter_failures++;
	return holds && !filter->failed;
}

bool filter_name(struct filter *filter, const struct expr *expr, struct selector *selector)
{
	filter->failed = false;
	struct value value = filter_value(filter, expr);
	filter_end(filter);
	if (filter->failed) {
		filter->report->filter_failures++;
		return false;
	}
	if (value.kind != VALUE_NUMBER || value.number < 0 || value.number > UINT32_MAX ||
			value.number != floor(value.number))
		return false;
	*selector = (struct selector){.kind = SELECT_INDEX, .index = (int64_t)value.number};
	return true;
}
