/* Methods of texts and arrays that filters call, as JavaScript has them. */
#include "engine/jsonpath_filter_private.h"

#include "base/utf8.h"

struct value filter_tried(struct filter *filter, const struct regex *regex, struct str text)
{
	enum regex_result result = regex_search(regex, text);
	if (result != REGEX_UNDECIDED) return value_of_bool(result == REGEX_YES);
	filter->report->undecided = true;
	return filter_fail(filter);
}

/* An index of @property is a number in JavaScript, on which nimma calls text methods as on its text. */
static bool as_subject(struct filter *filter, const struct expr *expr, struct value *value)
{
	if (value->kind == VALUE_STRING) return true;
	if (expr->left->op != EXPR_PROPERTY || value->kind != VALUE_NUMBER) return false;
	*value = value_of_text(filter_number_text(filter, value->number));
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
	struct str needle = expr->right ? filter_text(filter, argument) : STR("");
	size_t at;
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
		return filter_fail(filter);
	}
}

static struct value array_method(
		struct filter *filter, const struct expr *expr, const struct node *array, struct value argument)
{
	if (expr->method != METHOD_INCLUDES && expr->method != METHOD_INDEX_OF) return filter_fail(filter);
	for (uint32_t i = 0; i < array->len; i++) {
		if (value_strict_equal(value_of_node(filter->view, &array->children[i]), argument))
			return expr->method == METHOD_INCLUDES ? value_of_bool(true) : value_of_number(i);
	}
	return expr->method == METHOD_INCLUDES ? value_of_bool(false) : value_of_number(-1);
}

struct value filter_method(struct filter *filter, const struct expr *expr)
{
	if (expr->method == METHOD_TEST) {
		struct value subject = filter_value(filter, expr->right);
		return filter->failed ? value_undefined()
							  : filter_tried(filter, expr->left->regex, filter_text(filter, subject));
	}
	struct value left = filter_value(filter, expr->left);
	struct value argument = value_undefined();
	if (expr->right && expr->method != METHOD_MATCH) argument = filter_value(filter, expr->right);
	if (filter->failed || value_is_nullish(left)) return filter_fail(filter);
	bool is_object = left.kind == VALUE_NODE && left.node->kind == NODE_OBJECT;
	if (expr->method == METHOD_HAS_OWN)
		return value_of_bool(is_object && node_member(left.node, filter_text(filter, argument)) != NULL);
	if (expr->method == METHOD_TO_STRING) return value_of_text(filter_text(filter, left));
	if (left.kind == VALUE_NODE && !is_object) return array_method(filter, expr, left.node, argument);
	if (!as_subject(filter, expr, &left)) return filter_fail(filter);
	if (expr->method != METHOD_MATCH) return text_method(filter, expr, left.text, argument);
	/* what match() gives is an array or null: only its truth can be asked for */
	struct value found = filter_tried(filter, expr->right->regex, left.text);
	return found.truth ? found : (struct value){.kind = VALUE_NULL};
}
