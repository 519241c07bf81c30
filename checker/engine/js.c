/* SPDX-License-Identifier: EUPL-1.2 */
/* How JavaScript sees a value. */
#include "engine/js.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/utf8.h"

enum { OUTLINE_BYTES = 60, FOUND_BYTES = 120 }; /* what a reader still takes in at a glance */

bool js_truthy(const struct node *value)
{
	if (!value) return false;
	switch (value->kind) {
	case NODE_NULL:
	case NODE_FALSE:
		return false;
	case NODE_NUMBER: {
		double number = node_double(value);
		return number != 0 && !isnan(number);
	}
	case NODE_STRING:
		return value->len > 0;
	default:
		return true;
	}
}

/* White space of ECMAScript, as far as it is one byte in UTF-8. */
static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static struct str trim(struct str text)
{
	while (text.len > 0 && is_space(text.ptr[0]))
		text = str_skip(text, 1);
	while (text.len > 0 && is_space(text.ptr[text.len - 1]))
		text.len--;
	return text;
}

/* Length of the run of decimal digits at `at`. */
static size_t digits(struct str text, size_t at)
{
	size_t count = 0;
	while (at + count < text.len && text.ptr[at + count] >= '0' && text.ptr[at + count] <= '9')
		count++;
	return count;
}

/* Is this a StrDecimalLiteral other than Infinity? "1", ".5", "1.", "-1e9". */
static bool is_decimal(struct str text)
{
	size_t at = text.len > 0 && (text.ptr[0] == '-' || text.ptr[0] == '+');
	size_t whole = digits(text, at);
	size_t fraction = 0;
	at += whole;
	if (at < text.len && text.ptr[at] == '.') {
		fraction = digits(text, ++at);
		at += fraction;
	}
	if (whole + fraction == 0) return false;
	if (at < text.len && (text.ptr[at] == 'e' || text.ptr[at] == 'E')) {
		at++;
		if (at < text.len && (text.ptr[at] == '-' || text.ptr[at] == '+')) at++;
		size_t exponent = digits(text, at);
		if (exponent == 0) return false;
		at += exponent;
	}
	return at == text.len;
}

static int digit_value(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	if (c >= 'a' && c <= 'f') return c - 'a' + 10;
	if (c >= 'A' && c <= 'F') return c - 'A' + 10;
	return 99;
}

static double number_in_base(struct str text, int base)
{
	double number = 0;
	for (size_t i = 0; i < text.len; i++) {
		int digit = digit_value(text.ptr[i]);
		if (digit >= base) return NAN;
		number = number * base + digit;
	}
	return text.len ? number : NAN;
}

double js_number_of(struct str text)
{
	text = trim(text);
	if (text.len == 0) return 0;
	if (text.len > 1 && text.ptr[0] == '0') {
		char mark = text.ptr[1] | 0x20;
		if (mark == 'x') return number_in_base(str_skip(text, 2), 16);
		if (mark == 'o') return number_in_base(str_skip(text, 2), 8);
		if (mark == 'b') return number_in_base(str_skip(text, 2), 2);
	}
	if (str_eq(text, STR("Infinity")) || str_eq(text, STR("+Infinity"))) return INFINITY;
	if (str_eq(text, STR("-Infinity"))) return -INFINITY;
	if (!is_decimal(text)) return NAN;
	struct strbuf copy;
	strbuf_init(&copy, text.len + 1);
	strbuf_add(&copy, text);
	double number = strtod(copy.ptr, NULL);
	strbuf_release(&copy);
	return number;
}

/* The shortest decimal digits of a positive finite number; returns the exponent of the first one. */
static int shortest_digits(double number, char out[32])
{
	char text[40];
	for (int precision = 0; precision <= 16; precision++) {
		snprintf(text, sizeof text, "%.*e", precision, number);
		if (strtod(text, NULL) == number) break;
	}
	int count = 0;
	const char *c = text;
	for (; *c && *c != 'e'; c++)
		if (*c != '.') out[count++] = *c;
	out[count] = '\0';
	return (int)strtol(c + 1, NULL, 10);
}

/* Number::toString (ECMA-262 6.1.6.1.20) of a positive finite number. */
static void print_positive(struct strbuf *buf, double number)
{
	char digit[32];
	int point = shortest_digits(number, digit) + 1; /* of the decimal point, counted from the first digit */
	int count = (int)strlen(digit);
	if (point > 21 || point <= -6) {
		strbuf_add_char(buf, digit[0]);
		if (count > 1) strbuf_printf(buf, ".%s", digit + 1);
		strbuf_printf(buf, "e%c%d", point > 0 ? '+' : '-', point > 0 ? point - 1 : 1 - point);
	} else if (point <= 0) {
		strbuf_add(buf, STR("0."));
		strbuf_add_repeat(buf, '0', (size_t)-point);
		strbuf_add(buf, str_of(digit));
	} else if (count <= point) {
		strbuf_add(buf, str_of(digit));
		strbuf_add_repeat(buf, '0', (size_t)(point - count));
	} else {
		strbuf_printf(buf, "%.*s.%s", point, digit, digit + point);
	}
}

void js_print_number(struct strbuf *buf, double number)
{
	if (isnan(number)) {
		strbuf_add(buf, STR("NaN"));
		return;
	}
	if (number < 0) strbuf_add_char(buf, '-');
	if (isinf(number)) {
		strbuf_add(buf, STR("Infinity"));
	} else if (number == 0) {
		strbuf_add_char(buf, '0');
	} else {
		print_positive(buf, fabs(number));
	}
}

static void print_control(struct strbuf *buf, unsigned char c)
{
	static const char short_forms[] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
	if (c < sizeof short_forms && short_forms[c]) {
		strbuf_printf(buf, "\\%c", short_forms[c]);
	} else {
		strbuf_printf(buf, "\\u%04x", c);
	}
}

void js_print_string(struct strbuf *buf, struct str text)
{
	strbuf_add_char(buf, '"');
	size_t plain = 0;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if (c >= 0x20 && c != '"' && c != '\\') continue;
		strbuf_add(buf, (struct str){text.ptr + plain, i - plain});
		plain = i + 1;
		if (c >= 0x20) {
			strbuf_printf(buf, "\\%c", c);
		} else {
			print_control(buf, c);
		}
	}
	strbuf_add(buf, (struct str){text.ptr + plain, text.len - plain});
	strbuf_add_char(buf, '"');
}

static void print_json_number(struct strbuf *buf, const struct node *value)
{
	double number = node_double(value);
	if (isfinite(number)) {
		js_print_number(buf, number);
	} else {
		strbuf_add(buf, STR("null"));
	}
}

/* JSON.stringify() of what is no container. */
static void print_scalar(struct strbuf *buf, const struct node *value)
{
	switch (value->kind) {
	case NODE_NULL:
		strbuf_add(buf, STR("null"));
		break;
	case NODE_FALSE:
		strbuf_add(buf, STR("false"));
		break;
	case NODE_TRUE:
		strbuf_add(buf, STR("true"));
		break;
	case NODE_NUMBER:
		print_json_number(buf, value);
		break;
	default:
		js_print_string(buf, node_text(value));
	}
}

void js_print_value(struct strbuf *buf, const struct node *value)
{
	if (!value) {
		strbuf_add(buf, STR("undefined"));
	} else if (value->kind == NODE_ARRAY) {
		strbuf_add(buf, STR("Array[]"));
	} else if (value->kind == NODE_OBJECT) {
		strbuf_add(buf, STR("Object{}"));
	} else {
		print_scalar(buf, value);
	}
}

bool js_print_json(struct strbuf *buf, const struct node *value, int depth)
{
	if (!node_is_container(value)) {
		print_scalar(buf, value);
		return true;
	}
	if (depth <= 0 || buf->overflow) return false;
	bool object = value->kind == NODE_OBJECT;
	strbuf_add_char(buf, object ? '{' : '[');
	for (uint32_t i = 0; i < value->len; i++) {
		const struct node *child = &value->children[i];
		if (i > 0) strbuf_add_char(buf, ',');
		if (object) {
			js_print_string(buf, node_key(child));
			strbuf_add_char(buf, ':');
		}
		if (!js_print_json(buf, child, depth - 1)) return false;
	}
	strbuf_add_char(buf, object ? '}' : ']');
	return true;
}

static struct str print_cut(struct arena *arena, const struct node *value, size_t most)
{
	struct strbuf buf;
	strbuf_init(&buf, LIMIT_SUBJECT_BYTES);
	js_print_value(&buf, value);
	struct str text = strbuf_str(&buf);
	bool cut = text.len > most;
	if (cut) {
		text.len = most;
		while (text.len > 0 && ((unsigned char)text.ptr[text.len] & 0xC0) == 0x80)
			text.len--;
	}
	struct str printed = str_printf(arena, "%.*s%s", STR_FMT(text), cut || buf.overflow ? "..." : "");
	strbuf_release(&buf);
	return printed;
}

/* A container as a reader wants to see it: the names in an object, the length of an array. */
static struct str outline(struct arena *arena, const struct node *container)
{
	if (container->kind == NODE_ARRAY) return str_printf(arena, "[...] (%u)", container->len);
	struct strbuf names;
	strbuf_init(&names, FOUND_BYTES);
	uint32_t shown = 0;
	for (; shown < container->len && names.len + container->children[shown].key_len < OUTLINE_BYTES; shown++)
		strbuf_printf(&names, "%s%.*s", shown ? ", " : "", STR_FMT(node_key(&container->children[shown])));
	struct str text = str_printf(arena, "{%.*s%s}", STR_FMT(strbuf_str(&names)),
			shown == container->len ? ""
			: shown                 ? ", ..."
									: "...");
	strbuf_release(&names);
	return text;
}

struct str js_found(struct arena *arena, const struct node *value)
{
	if (!value) return STR(""); /* nothing was found */
	if (node_is_container(value)) return outline(arena, value);
	return print_cut(arena, value, FOUND_BYTES);
}

struct str js_printed(struct arena *arena, const struct node *value)
{
	return print_cut(arena, value, LIMIT_MESSAGE_BYTES);
}
