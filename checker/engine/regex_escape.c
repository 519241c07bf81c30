/* SPDX-License-Identifier: EUPL-1.2 */
/* Escapes of ECMAScript patterns that stand for one character: ECMA-262 section 22.2.1, Annex B.1.2 without flag u. */
#include "engine/regex_parse.h"

#include "base/utf8.h"

static int hex_value(int c)
{
	if (c >= '0' && c <= '9') return c - '0';
	if (c >= 'a' && c <= 'f') return c - 'a' + 10;
	if (c >= 'A' && c <= 'F') return c - 'A' + 10;
	return -1;
}

static bool is_letter(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(int c)
{
	return c >= '0' && c <= '9';
}

uint32_t regex_next(struct regex_pattern *pattern)
{
	uint32_t code = 0xfffd;
	size_t length = utf8_decode(str_skip(pattern->text, pattern->at), &code);
	pattern->at += length ? length : 1;
	return code;
}

/* Exactly `count` hex digits from `ahead` on; -1 when they are not there. */
static long fixed_hex(const struct regex_pattern *pattern, size_t ahead, int count)
{
	long value = 0;
	for (int i = 0; i < count; i++) {
		int digit = hex_value(regex_peek(pattern, ahead + (size_t)i));
		if (digit < 0) return -1;
		value = value * 16 + digit;
	}
	return value;
}

/* \u{...} of flag u; `at` is at the brace. */
static bool braced_code(struct regex_pattern *pattern, uint32_t *code)
{
	size_t start = pattern->at++;
	uint32_t value = 0;
	while (hex_value(regex_peek(pattern, 0)) >= 0 && value <= 0x10ffff)
		value = value * 16 + (uint32_t)hex_value(regex_peek(pattern, 0)), pattern->at++;
	if (regex_peek(pattern, 0) != '}' || pattern->at == start + 1 || value > 0x10ffff) {
		return regex_refuse(pattern, start, "\\u{...} needs hexadecimal digits of a code point up to 10FFFF",
				"\\u{...} vraagt hexadecimale cijfers van een codepunt tot en met 10FFFF");
	}
	pattern->at++;
	*code = value;
	return true;
}

/* `at` is behind the u. Two escapes that are halves of one character are that character. */
static bool unicode_escape(struct regex_pattern *pattern, uint32_t *code)
{
	if (pattern->unicode && regex_peek(pattern, 0) == '{') return braced_code(pattern, code);
	long unit = fixed_hex(pattern, 0, 4);
	if (unit < 0) {
		if (pattern->unicode) {
			return regex_refuse(pattern, pattern->at - 2, "\\u needs four hexadecimal digits, or {...}",
					"\\u vraagt vier hexadecimale cijfers, of {...}");
		}
		*code = 'u';
		return true;
	}
	pattern->at += 4;
	*code = (uint32_t)unit;
	if (unit < 0xd800 || unit > 0xdbff || regex_peek(pattern, 0) != '\\' || regex_peek(pattern, 1) != 'u') return true;
	long low = fixed_hex(pattern, 2, 4);
	if (low < 0xdc00 || low > 0xdfff) return true;
	pattern->at += 6;
	*code = 0x10000 + ((uint32_t)(unit - 0xd800) << 10) + (uint32_t)(low - 0xdc00);
	return true;
}

static bool hex_escape(struct regex_pattern *pattern, uint32_t *code)
{
	long value = fixed_hex(pattern, 0, 2);
	if (value < 0) {
		if (pattern->unicode) {
			return regex_refuse(pattern, pattern->at - 2, "\\x needs two hexadecimal digits",
					"\\x vraagt twee hexadecimale cijfers");
		}
		*code = 'x';
		return true;
	}
	pattern->at += 2;
	*code = (uint32_t)value;
	return true;
}

/* `at` is behind the c. Where Annex B does not know it, the backslash is a character and the c comes next. */
static bool control_escape(struct regex_pattern *pattern, bool in_class, uint32_t *code)
{
	int c = regex_peek(pattern, 0);
	bool wide = in_class && !pattern->unicode && (is_digit(c) || c == '_');
	if (is_letter(c) || wide) {
		pattern->at++;
		*code = (uint32_t)c % 32;
		return true;
	}
	if (pattern->unicode) {
		return regex_refuse(
				pattern, pattern->at - 2, "\\c needs a letter A to Z", "\\c vraagt een letter A tot en met Z");
	}
	pattern->at--;
	*code = '\\';
	return true;
}

/* `at` is at a digit that is no back reference. */
static bool digit_escape(struct regex_pattern *pattern, uint32_t *code)
{
	int first = regex_peek(pattern, 0);
	if (first == '0' && !is_digit(regex_peek(pattern, 1))) {
		pattern->at++;
		*code = 0;
		return true;
	}
	if (pattern->unicode) {
		return regex_refuse(pattern, pattern->at - 1, "a decimal escape that is no group; write \\xHH for a character",
				"een decimale escape zonder groep; schrijf \\xHH voor een teken");
	}
	pattern->at++;
	if (first >= '8') {
		*code = (uint32_t)first;
		return true;
	}
	uint32_t value = (uint32_t)(first - '0');
	for (int more = first <= '3' ? 2 : 1; more > 0; more--) {
		int c = regex_peek(pattern, 0);
		if (c < '0' || c > '7') break;
		value = value * 8 + (uint32_t)(c - '0');
		pattern->at++;
	}
	*code = value;
	return true;
}

/* What stands for itself behind a backslash under flag u: a SyntaxCharacter or "/", in a class also "-". */
static bool may_be_quoted(const struct regex_pattern *pattern, uint32_t code, bool in_class)
{
	if (!pattern->unicode) return true;
	if (code == '-' && in_class) return true;
	return code && code < 128 && strchr("^$\\.*+?()[]{}|/", (int)code);
}

static bool identity_escape(struct regex_pattern *pattern, bool in_class, uint32_t *code)
{
	size_t start = pattern->at;
	*code = regex_next(pattern);
	if (may_be_quoted(pattern, *code, in_class)) return true;
	return regex_refuse(pattern, start - 1, "no escape of ECMAScript under flag u; leave out the backslash",
			"geen escape van ECMAScript bij vlag u; laat de backslash weg");
}

bool regex_parse_escape(struct regex_pattern *pattern, bool in_class, uint32_t *code)
{
	static const char letters[] = "tnvfr", values[] = "\t\n\v\f\r";
	int c = regex_peek(pattern, 0);
	if (c < 0) {
		return regex_refuse(pattern, pattern->at - 1, "a backslash at the end; write \\\\ for a backslash",
				"een backslash aan het eind; schrijf \\\\ voor een backslash");
	}
	if (is_digit(c)) return digit_escape(pattern, code);
	if (c == 0 || !(strchr(letters, c) || strchr("cxu", c))) return identity_escape(pattern, in_class, code);
	pattern->at++;
	if (c == 'c') return control_escape(pattern, in_class, code);
	if (c == 'x') return hex_escape(pattern, code);
	if (c == 'u') return unicode_escape(pattern, code);
	*code = (uint32_t)values[strchr(letters, c) - letters];
	return true;
}

void regex_emit_code(struct regex_pattern *pattern, uint32_t code)
{
	if (regex_is_surrogate(code)) {
		strbuf_add(pattern->out, STR("(?:(?!))"));
	} else if (code < 128 && (is_digit((int)code) || is_letter((int)code))) {
		strbuf_add_char(pattern->out, (char)code);
	} else if (code > ' ' && code < 127) {
		strbuf_add_char(pattern->out, '\\');
		strbuf_add_char(pattern->out, (char)code);
	} else {
		strbuf_printf(pattern->out, "\\x{%x}", code);
	}
}
