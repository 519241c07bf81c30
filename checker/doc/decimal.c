/* SPDX-License-Identifier: EUPL-1.2 */
/* Numbers as their decimal text: compared digit by digit, exponents normalised. */
#include "doc/decimal.h"

#include <math.h>
#include <stdlib.h>

#define EXPONENT_MAX ((int64_t)100000000000000000)

enum { SHORT_NUMBER = 128 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The exponent after "e" or "E"; empty is 0. */
static int64_t exponent_of(struct str text)
{
	bool negative = text.len && text.ptr[0] == '-';
	if (text.len && !is_digit(text.ptr[0])) text = str_skip(text, 1);
	int64_t value = 0;
	for (size_t i = 0; i < text.len && value < EXPONENT_MAX; i++)
		value = value * 10 + (text.ptr[i] - '0');
	if (value > EXPONENT_MAX) value = EXPONENT_MAX;
	return negative ? -value : value;
}

static bool is_digits_edge(char c)
{
	return c == '0' || c == '.';
}

/* Mantissa "0012.3400": digits "12.34", count 4, magnitude 2 before the exponent is added. */
static void normalise(struct decimal *value, struct str mantissa)
{
	size_t point = str_find(mantissa, '.'), first = 0, last = mantissa.len;
	while (first < last && is_digits_edge(mantissa.ptr[first]))
		first++;
	while (last > first && is_digits_edge(mantissa.ptr[last - 1]))
		last--;
	bool point_inside = point > first && point < last;
	value->digits = (struct str){mantissa.ptr + first, last - first};
	value->count = last - first - (point_inside ? 1 : 0);
	value->magnitude = point >= first ? (int64_t)(point - first) : -(int64_t)(first - point - 1);
}

struct decimal decimal_of(struct str text)
{
	struct decimal value = {.negative = text.len && text.ptr[0] == '-'};
	if (value.negative) text = str_skip(text, 1);
	if (text.len && (text.ptr[0] == 'I' || text.ptr[0] == 'N')) {
		value.kind = text.ptr[0] == 'I' ? DECIMAL_INFINITE : DECIMAL_NAN;
		return value;
	}
	size_t mantissa = 0;
	while (mantissa < text.len && (is_digit(text.ptr[mantissa]) || text.ptr[mantissa] == '.'))
		mantissa++;
	normalise(&value, (struct str){text.ptr, mantissa});
	value.magnitude += exponent_of(str_skip(text, mantissa + 1));
	if (value.count == 0) value.negative = false;
	return value;
}

/* Takes one digit off; 0 when there are no more. */
static char next_digit(struct str *digits)
{
	if (digits->len && digits->ptr[0] == '.') *digits = str_skip(*digits, 1);
	if (digits->len == 0) return '0';
	char digit = digits->ptr[0];
	*digits = str_skip(*digits, 1);
	return digit;
}

static int compare_size(const struct decimal *a, const struct decimal *b)
{
	if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
	if (a->kind != DECIMAL_FINITE || (a->count == 0 && b->count == 0)) return 0;
	if (a->count == 0 || b->count == 0) return a->count == 0 ? -1 : 1;
	if (a->magnitude != b->magnitude) return a->magnitude < b->magnitude ? -1 : 1;
	struct str left = a->digits, right = b->digits;
	while (left.len || right.len) {
		int order = next_digit(&left) - next_digit(&right);
		if (order != 0) return order;
	}
	return 0;
}

int decimal_compare(const struct decimal *a, const struct decimal *b)
{
	if (a->kind == DECIMAL_NAN) return 1;
	if (b->kind == DECIMAL_NAN) return -1;
	if (a->negative != b->negative) return a->negative ? -1 : 1;
	return a->negative ? compare_size(b, a) : compare_size(a, b);
}

bool decimal_is_integer(const struct decimal *value)
{
	if (value->kind != DECIMAL_FINITE) return false;
	return value->count == 0 || (value->magnitude > 0 && (uint64_t)value->magnitude >= value->count);
}

/* The text need not end where strtod() would stop, so it is copied. */
double decimal_double(struct str text)
{
	struct decimal value = decimal_of(text);
	if (value.kind == DECIMAL_NAN) return (double)NAN;
	if (value.kind == DECIMAL_INFINITE) return value.negative ? -(double)INFINITY : (double)INFINITY;
	char few[SHORT_NUMBER];
	char *copy = text.len < sizeof few ? few : mem_resize(NULL, text.len + 1, 1);
	memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	double result = strtod(copy, NULL);
	if (copy != few) free(copy);
	return result;
}
