/* SPDX-License-Identifier: EUPL-1.2 */
/* Scripts of filters, evaluated as JavaScript has it: truthiness, loose and strict equality, members of undefined. */
#include "engine/jsonpath_filter.h"

#include <math.h>

#include "base/limits.h"
#include "base/utf8.h"

enum { PATH_BYTES = 64 << 10 };

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

bool filter_work(struct filter *filter, size_t amount)
{
	enum { WORK_OF_STEP = 32 };
	filter->work += amount;
	if (filter->work < WORK_OF_STEP) return true;
	uint64_t steps = filter->work / WORK_OF_STEP;
	filter->work = 0;
	if (*filter->steps > steps) {
		*filter->steps -= steps;
		return true;
	}
	*filter->steps = 0;
	filter->report->undecided = true;
	filter->failed = true;
	return false;
}

static struct value fail(struct filter *filter)
{
	filter->failed = true;
	return value_undefined();
}

static bool work_on_text(struct filter *filter, struct str text)
{
	return filter_work(filter, text.len / 8);
}

static struct value arithmetic(struct filter *filter, enum expr_op op, struct value a, struct value b)
{
	if (op == EXPR_ADD && (a.kind == VALUE_STRING || b.kind == VALUE_STRING)) {
		struct str left = value_text(&filter->scratch, a), right = value_text(&filter->scratch, b);
		if (left.len + right.len > LIMIT_SUBJECT_BYTES) {
			filter->report->undecided = true;
			return fail(filter);
		}
		if (!filter_work(filter, (left.len + right.len) / 8)) return value_undefined();
		char *joined = arena_alloc(filter_scratch(filter), left.len + right.len + 1);
		memcpy(joined, left.ptr, left.len);
		memcpy(joined + left.len, right.ptr, right.len);
		return value_of_text((struct str){joined, left.len + right.len});
	}
	double left = value_number(a), right = value_number(b);
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

static struct value length_of(struct value value)
{
	return value_of_number(value.kind == VALUE_STRING ? (double)utf8_utf16_length(value.text) : node_count(value.node));
}

/* value.name, as JavaScript looks it up: own members, then what every value of its type has. */
static struct value member_of(struct filter *filter, struct value value, struct str name)
{
	if (value_is_nullish(value)) return fail(filter);
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
	if (str_eq(name, STR("constructor"))) return value_constructor(value);
	return value_undefined();
}

static struct value tried(struct filter *filter, const struct regex *regex, struct str text)
{
	if (!work_on_text(filter, text)) return value_undefined();
	enum regex_result result = regex_search(regex, text);
	if (result != REGEX_UNDECIDED) return value_of_bool(result == REGEX_YES);
	filter->report->undecided = true;
	return fail(filter);
}

/* An index of @property is a number in JavaScript, on which nimma calls text methods as on its text. */
static bool as_subject(struct filter *filter, const struct expr *expr, struct value *value)
{
	if (value->kind == VALUE_STRING) return true;
	if (expr->left->op != EXPR_PROPERTY || value->kind != VALUE_NUMBER) return false;
	*value = value_of_text(value_number_text(&filter->scratch, value->number));
	return true;
}

static struct value mapped(struct filter *filter, struct str text, int (*map)(int))
{
	char *made = arena_copy(filter_scratch(filter), text.ptr, text.len);
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)made[i] < 128) made[i] = (char)map(made[i]);
	return value_of_text((struct str){made, text.len});
}

static int lower(int c)
{
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

static int upper(int c)
{
	return c >= 'a' && c <= 'z' ? c - ('a' - 'A') : c;
}

static struct value trim(struct str text)
{
	while (text.len && strchr(" \t\n\r\v\f", text.ptr[0]))
		text = str_skip(text, 1);
	while (text.len && strchr(" \t\n\r\v\f", text.ptr[text.len - 1]))
		text.len--;
	return value_of_text(text);
}

static struct value text_method(struct filter *filter, const struct expr *expr, struct str text, struct value argument)
{
	struct str needle = expr->right ? value_text(&filter->scratch, argument) : STR("");
	size_t at;
	if (!work_on_text(filter, text)) return value_undefined();
	switch (expr->method) {
	case METHOD_INCLUDES:
		return value_of_bool(str_find_str(text, needle) < text.len || !needle.len);
	case METHOD_STARTS_WITH:
		return value_of_bool(str_starts(text, needle));
	case METHOD_ENDS_WITH:
		return value_of_bool(str_ends(text, needle));
	case METHOD_INDEX_OF:
		at = str_find_str(text, needle);
		if (at >= text.len && needle.len) return value_of_number(-1);
		return value_of_number((double)utf8_utf16_length((struct str){text.ptr, at}));
	case METHOD_LOWER:
		return mapped(filter, text, lower);
	case METHOD_UPPER:
		return mapped(filter, text, upper);
	case METHOD_TRIM:
		return trim(text);
	case METHOD_TO_STRING:
		return value_of_text(text);
	default:
		return fail(filter);
	}
}

static struct value array_method(
		struct filter *filter, const struct expr *expr, const struct node *array, struct value argument)
{
	if (expr->method != METHOD_INCLUDES && expr->method != METHOD_INDEX_OF) return fail(filter);
	if (!filter_work(filter, array->len)) return value_undefined();
	for (uint32_t i = 0; i < array->len; i++) {
		if (value_equals(value_of_node(filter->view, &array->children[i]), argument))
			return expr->method == METHOD_INCLUDES ? value_of_bool(true) : value_of_number(i);
	}
	return expr->method == METHOD_INCLUDES ? value_of_bool(false) : value_of_number(-1);
}

static struct value method(struct filter *filter, const struct expr *expr)
{
	if (expr->method == METHOD_TEST) {
		struct value subject = filter_value(filter, expr->right);
		return filter->failed ? value_undefined()
							  : tried(filter, expr->left->regex, value_text(&filter->scratch, subject));
	}
	struct value left = filter_value(filter, expr->left);
	struct value argument = value_undefined();
	if (expr->right && expr->method != METHOD_MATCH) argument = filter_value(filter, expr->right);
	if (filter->failed || value_is_nullish(left)) return fail(filter);
	bool is_object = left.kind == VALUE_NODE && left.node->kind == NODE_OBJECT;
	if (expr->method == METHOD_HAS_OWN)
		return value_of_bool(is_object && node_member(left.node, value_text(&filter->scratch, argument)) != NULL);
	if (expr->method == METHOD_TO_STRING) return value_of_text(value_text(&filter->scratch, left));
	if (left.kind == VALUE_NODE && !is_object) return array_method(filter, expr, left.node, argument);
	if (!as_subject(filter, expr, &left)) return fail(filter);
	if (expr->method != METHOD_MATCH || !expr->right) return text_method(filter, expr, left.text, argument);
	/* what match() gives is an array or null: only its truth can be asked for */
	struct value found = tried(filter, expr->right->regex, left.text);
	return found.truth ? found : (struct value){.kind = VALUE_NULL};
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

static struct value in_list(struct filter *filter, const struct expr *expr)
{
	struct value value = filter_value(filter, expr->left);
	for (const struct expr *link = expr->third; link && !filter->failed; link = link->third)
		if (value_equals(value, filter_value(filter, link->left))) return value_of_bool(true);
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
		return value_of_number(-value_number(value));
	case EXPR_PLUS:
		return value_of_number(value_number(value));
	case EXPR_TYPEOF:
		return value_type_name(value);
	case EXPR_MEMBER:
		return member_of(filter, value, expr->name);
	case EXPR_TEST:
		return tried(filter, expr->regex, value_text(&filter->scratch, value));
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
		return member_of(filter, left, value_text(&filter->scratch, right));
	case EXPR_LOOSE_EQ:
	case EXPR_LOOSE_NE:
		return value_of_bool(value_loosely_equals(left, right) == (expr->op == EXPR_LOOSE_EQ));
	case EXPR_EQ:
	case EXPR_NE:
		return value_of_bool(value_equals(left, right) == (expr->op == EXPR_EQ));
	case EXPR_LT:
	case EXPR_GT:
	case EXPR_LE:
	case EXPR_GE:
		return value_of_bool(value_compares(expr->op, left, right));
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
		return value_of_bool(value_is_type(value_of_node(filter->view, filter->where->node), expr->name));
	default:
		return value_of_bool(true); /* a regex by itself is an object */
	}
}

struct value filter_value(struct filter *filter, const struct expr *expr)
{
	if (filter->failed || !filter_work(filter, 1)) return value_undefined();
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
		return method(filter, expr);
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
