/* SPDX-License-Identifier: EUPL-1.2 */
/* How conditions of Arazzo compare two values: loosely, and text whatever its case. */
#include <ctype.h>

#include "base/utf8.h"
#include "doc/decimal.h"
#include "engine/arazzo_condition.h"

/* Letters whose other case is one letter in the same script; what folds otherwise is compared as it is. */
static uint32_t fold(uint32_t code)
{
	if (code < 0x80) return (uint32_t)tolower((int)code);
	if ((code >= 0xC0 && code <= 0xDE && code != 0xD7) || (code >= 0x391 && code <= 0x3A9) ||
			(code >= 0x410 && code <= 0x42F))
		return code + 0x20;
	if (code >= 0x400 && code <= 0x40F) return code + 0x50;
	bool even = (code >= 0x100 && code <= 0x137 && code != 0x130) || (code >= 0x14A && code <= 0x177) ||
				(code >= 0x1E00 && code <= 0x1E95) || (code >= 0x1EA0 && code <= 0x1EFF);
	bool odd = (code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17E);
	if (even && code % 2 == 0) return code + 1;
	if (odd && code % 2 == 1) return code + 1;
	return code == 0x178 ? 0xFF : code;
}

/* The first letter, folded, taken off; a byte that is no UTF-8 is itself. */
static uint32_t next_folded(struct str *text)
{
	uint32_t code = 0;
	size_t len = utf8_decode(*text, &code);
	if (len == 0) {
		code = 0x110000u + (unsigned char)text->ptr[0];
		len = 1;
	}
	*text = str_skip(*text, len);
	return fold(code);
}

static int compare_text(struct str a, struct str b)
{
	while (a.len > 0 && b.len > 0) {
		uint32_t left = next_folded(&a), right = next_folded(&b);
		if (left != right) return left < right ? -1 : 1;
	}
	return a.len > 0 ? 1 : b.len > 0 ? -1 : 0;
}

bool condition_same_text(struct str a, struct str b)
{
	return compare_text(a, b) == 0;
}

/* Is it a number, or a text that is one as JSON writes numbers? */
static bool number_of(const struct node *value, struct str *number)
{
	if (value->kind != NODE_NUMBER && value->kind != NODE_STRING) return false;
	struct str text = node_text(value);
	*number = text;
	if (value->kind == NODE_NUMBER) return true;
	if (text.len > 0 && text.ptr[0] == '-') text = str_skip(text, 1);
	size_t at = 0;
	while (at < text.len && isdigit((unsigned char)text.ptr[at]))
		at++;
	if (at == 0 || at > 1000) return false;
	if (at < text.len && text.ptr[at] == '.') {
		size_t fraction = ++at;
		while (at < text.len && isdigit((unsigned char)text.ptr[at]))
			at++;
		if (at == fraction) return false;
	}
	return at == text.len;
}

static bool by_order(enum condition_op op, int order)
{
	switch (op) {
	case CONDITION_EQUAL:
		return order == 0;
	case CONDITION_UNEQUAL:
		return order != 0;
	case CONDITION_LESS:
		return order < 0;
	case CONDITION_LESS_EQUAL:
		return order <= 0;
	case CONDITION_GREATER:
		return order > 0;
	default:
		return order >= 0;
	}
}

static bool compare_numbers(enum condition_op op, struct str a, struct str b)
{
	struct decimal left = decimal_of(a), right = decimal_of(b);
	if (left.kind == DECIMAL_NAN || right.kind == DECIMAL_NAN) return op == CONDITION_UNEQUAL;
	return by_order(op, decimal_compare(&left, &right));
}

static bool is_boolean(const struct node *value)
{
	return value->kind == NODE_TRUE || value->kind == NODE_FALSE;
}

/* true and 'true' are the same: values of headers and parameters are texts. */
static bool same_boolean(const struct node *a, const struct node *b)
{
	if (is_boolean(a) && is_boolean(b)) return a->kind == b->kind;
	const struct node *text = is_boolean(a) ? b : a, *truth = is_boolean(a) ? a : b;
	if (text->kind != NODE_STRING) return false;
	return condition_same_text(node_text(text), truth->kind == NODE_TRUE ? STR("true") : STR("false"));
}

/* Values that have no order: equal or not, and never less or more. */
static bool by_equality(enum condition_op op, bool equal)
{
	if (op == CONDITION_EQUAL || op == CONDITION_LESS_EQUAL || op == CONDITION_GREATER_EQUAL) return equal;
	return op == CONDITION_UNEQUAL && !equal;
}

bool condition_compare(enum condition_op op, const struct node *left, const struct node *right)
{
	static const struct node nothing = {.kind = NODE_NULL, .text = ""};
	const struct node *a = left ? left : &nothing, *b = right ? right : &nothing;
	struct str x, y;
	bool ordered = op != CONDITION_EQUAL && op != CONDITION_UNEQUAL;
	if (a->kind == NODE_NULL || b->kind == NODE_NULL) {
		bool equal = a->kind == b->kind;
		return ordered ? false : by_equality(op, equal);
	}
	bool texts = a->kind == NODE_STRING && b->kind == NODE_STRING;
	if ((!texts || ordered) && number_of(a, &x) && number_of(b, &y)) return compare_numbers(op, x, y);
	if (texts) return by_order(op, compare_text(node_text(a), node_text(b)));
	if (is_boolean(a) || is_boolean(b)) return by_equality(op, same_boolean(a, b));
	return by_equality(op, node_equal(a, b));
}
