/* SPDX-License-Identifier: EUPL-1.2 */
/* Recognising null, booleans and numbers among plain scalars. */
#include "doc/scalar.h"

enum { WORD_MAX = 5 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Is it one of these words, none of which is longer than WORD_MAX? */
static bool is_one_of(struct str s, const char *const *words)
{
	if (s.len > WORD_MAX) return false;
	for (; *words; words++)
		if (str_eq(s, str_of(*words))) return true;
	return false;
}

static void set_text(struct node *node, enum node_kind kind, struct str text)
{
	node->kind = (uint8_t)kind;
	node->text = text.ptr;
	node->len = (uint32_t)text.len;
}

/* The parts of a decimal number as it is written; digits may be empty on one side of the point. */
struct written {
	bool negative, plus, has_point;
	struct str whole, fraction, exponent; /* exponent with its "e"; empty when there is none */
};

static size_t count_digits(struct str s)
{
	size_t count = 0;
	while (count < s.len && is_digit(s.ptr[count]))
		count++;
	return count;
}

/* Takes the digits at the start of `s` off it. */
static struct str take_digits(struct str *s)
{
	struct str digits = {s->ptr, count_digits(*s)};
	*s = str_skip(*s, digits.len);
	return digits;
}

static bool take_char(struct str *s, char c)
{
	if (s->len == 0 || s->ptr[0] != c) return false;
	*s = str_skip(*s, 1);
	return true;
}

/* [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )? */
static bool split_number(struct str s, struct written *parts)
{
	*parts = (struct written){.negative = take_char(&s, '-')};
	parts->plus = !parts->negative && take_char(&s, '+');
	parts->whole = take_digits(&s);
	parts->has_point = take_char(&s, '.');
	if (parts->has_point) parts->fraction = take_digits(&s);
	if (parts->whole.len == 0 && parts->fraction.len == 0) return false;
	if (s.len == 0) return true;
	parts->exponent = s;
	if (!take_char(&s, 'e') && !take_char(&s, 'E')) return false;
	if (!take_char(&s, '-')) take_char(&s, '+');
	return s.len > 0 && count_digits(s) == s.len;
}

static struct str write_number(struct arena *arena, const struct written *parts)
{
	struct str whole = parts->whole;
	while (whole.len > 1 && whole.ptr[0] == '0')
		whole = str_skip(whole, 1);
	if (whole.len == 0) whole = STR("0");
	return str_printf(arena, "%s%.*s%s%.*s%.*s", parts->negative ? "-" : "", STR_FMT(whole),
			parts->fraction.len ? "." : "", STR_FMT(parts->fraction), STR_FMT(parts->exponent));
}

static bool resolve_decimal(struct str plain, struct arena *arena, struct node *node)
{
	struct written parts;
	if (!split_number(plain, &parts)) return false;
	bool as_json = !parts.plus && parts.whole.len > 0 && (parts.whole.len == 1 || parts.whole.ptr[0] != '0') &&
				   (parts.fraction.len > 0 || !parts.has_point);
	set_text(node, NODE_NUMBER, as_json ? plain : write_number(arena, &parts));
	return true;
}

static int digit_value(char c)
{
	if (is_digit(c)) return c - '0';
	if (c >= 'a' && c <= 'f') return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 99;
}

/* Digits in another base to decimal ones: long multiplication, which SCALAR_DIGITS keeps short. */
static struct str to_decimal(struct arena *arena, struct str digits, int base)
{
	char decimal[SCALAR_DIGITS * 2];
	size_t size = sizeof decimal, used = 1;
	decimal[size - 1] = 0;
	for (size_t i = 0; i < digits.len; i++) {
		int carry = digit_value(digits.ptr[i]);
		for (size_t at = 1; at <= used || carry; at++) {
			if (at > used) decimal[size - (used = at)] = 0;
			int value = decimal[size - at] * base + carry;
			decimal[size - at] = (char)(value % 10);
			carry = value / 10;
		}
	}
	for (size_t at = 1; at <= used; at++)
		decimal[size - at] = (char)(decimal[size - at] + '0');
	return str_copy(arena, (struct str){decimal + size - used, used});
}

/* 0o17 and 0xFF. False when the number is too long; what is no number becomes a string. */
static bool resolve_based(struct str plain, int base, struct arena *arena, struct node *node)
{
	struct str digits = str_skip(plain, 2);
	bool all = digits.len > 0;
	for (size_t i = 0; i < digits.len && all; i++)
		all = digit_value(digits.ptr[i]) < base;
	if (!all) {
		set_text(node, NODE_STRING, plain);
		return true;
	}
	while (digits.len > 1 && digits.ptr[0] == '0')
		digits = str_skip(digits, 1);
	if (digits.len > SCALAR_DIGITS) return false;
	set_text(node, NODE_NUMBER, to_decimal(arena, digits, base));
	return true;
}

static bool resolve_special_float(struct str plain, struct node *node)
{
	static const char *const infinities[] = {".inf", ".Inf", ".INF", NULL};
	static const char *const nans[] = {".nan", ".NaN", ".NAN", NULL};
	bool negative = plain.ptr[0] == '-', sign = negative || plain.ptr[0] == '+';
	if (is_one_of(plain, nans))
		set_text(node, NODE_NUMBER, STR("NaN"));
	else if (is_one_of(str_skip(plain, sign), infinities))
		set_text(node, NODE_NUMBER, negative ? STR("-Infinity") : STR("Infinity"));
	else
		return false;
	return true;
}

static bool resolve_number(struct str plain, struct arena *arena, struct node *node)
{
	if (str_starts(plain, STR("0x"))) return resolve_based(plain, 16, arena, node);
	if (str_starts(plain, STR("0o"))) return resolve_based(plain, 8, arena, node);
	if (!resolve_decimal(plain, arena, node) && !resolve_special_float(plain, node)) set_text(node, NODE_STRING, plain);
	return true;
}

static void resolve_word(struct str plain, struct node *node, enum node_kind kind, const char *const *words)
{
	if (is_one_of(plain, words))
		set_text(node, kind, (struct str){NULL, 0});
	else
		set_text(node, NODE_STRING, plain);
}

bool scalar_resolve(struct str plain, struct arena *arena, struct node *node)
{
	static const char *const nulls[] = {"~", "null", "Null", "NULL", NULL};
	static const char *const trues[] = {"true", "True", "TRUE", NULL};
	static const char *const falses[] = {"false", "False", "FALSE", NULL};
	switch (plain.len ? plain.ptr[0] : '\0') {
	case '\0':
		set_text(node, plain.len ? NODE_STRING : NODE_NULL, (struct str){plain.len ? plain.ptr : NULL, plain.len});
		return true;
	case '~':
	case 'n':
	case 'N':
		resolve_word(plain, node, NODE_NULL, nulls);
		return true;
	case 't':
	case 'T':
		resolve_word(plain, node, NODE_TRUE, trues);
		return true;
	case 'f':
	case 'F':
		resolve_word(plain, node, NODE_FALSE, falses);
		return true;
	case '-':
	case '+':
	case '.':
		return resolve_number(plain, arena, node);
	default:
		if (is_digit(plain.ptr[0])) return resolve_number(plain, arena, node);
		set_text(node, NODE_STRING, plain);
		return true;
	}
}
