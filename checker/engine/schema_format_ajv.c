/* SPDX-License-Identifier: EUPL-1.2 */
/* Formats as ajv-formats has them, which Spectral goes by: laxer than their standards here, stricter there. */
#include <math.h>

#include "base/ascii.h"
#include "engine/schema_format.h"

/* Takes `count` digits off `rest` as a number. */
static bool take_number(struct str *rest, size_t count, int *number)
{
	*number = 0;
	if (rest->len < count) return false;
	for (size_t i = 0; i < count; i++) {
		if (!ascii_is_digit(rest->ptr[i])) return false;
		*number = *number * 10 + rest->ptr[i] - '0';
	}
	*rest = str_skip(*rest, count);
	return true;
}

static bool take_date(struct str *rest)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int year;
	int month;
	int day;
	if (!take_number(rest, 4, &year) || !ascii_take(rest, '-') || !take_number(rest, 2, &month)) return false;
	if (!ascii_take(rest, '-') || !take_number(rest, 2, &day) || month < 1 || month > 12) return false;
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return day >= 1 && day <= days[month - 1] + (month == 2 && leap);
}

/* "Z", "+01:00", and as ajv has it "+0100" and "+01". */
static bool take_zone(struct str *rest)
{
	int ignored;
	if (ascii_take(rest, 'Z') || ascii_take(rest, 'z')) return true;
	if (!ascii_take(rest, '+') && !ascii_take(rest, '-')) return false;
	if (!take_number(rest, 2, &ignored)) return false;
	bool colon = ascii_take(rest, ':');
	bool minutes = rest->len >= 2 && ascii_is_digit(rest->ptr[0]);
	return minutes ? take_number(rest, 2, &ignored) : !colon;
}

static bool take_time(struct str *rest)
{
	int hour;
	int minute;
	int second;
	if (!take_number(rest, 2, &hour) || !ascii_take(rest, ':') || !take_number(rest, 2, &minute)) return false;
	if (!ascii_take(rest, ':') || !take_number(rest, 2, &second)) return false;
	if (ascii_take(rest, '.')) {
		size_t digits = ascii_digits(*rest);
		if (digits == 0) return false;
		*rest = str_skip(*rest, digits);
	}
	if (hour == 23 && minute == 59 && second == 60) return true;
	return hour <= 23 && minute <= 59 && second <= 59;
}

static bool is_date(struct str text)
{
	return take_date(&text) && text.len == 0;
}

static bool is_time(struct str text)
{
	return take_time(&text) && (text.len == 0 || take_zone(&text)) && text.len == 0;
}

static bool is_date_time(struct str text)
{
	if (!take_date(&text)) return false;
	if (!ascii_take(&text, 'T') && !ascii_take(&text, 't') && !ascii_take(&text, ' ')) return false;
	return take_time(&text) && (text.len == 0 || take_zone(&text)) && text.len == 0;
}

/* Takes "12X34Y" in the order of `units`; at least one. */
static bool take_units(struct str *rest, const char *units)
{
	bool any = false;
	for (; *units; units++) {
		size_t digits = ascii_digits(*rest);
		if (digits == 0 || digits == rest->len || rest->ptr[digits] != *units) continue;
		*rest = str_skip(*rest, digits + 1);
		any = true;
	}
	return any;
}

static bool is_duration(struct str text)
{
	if (!ascii_take(&text, 'P')) return false;
	bool date = take_units(&text, "W");
	if (date) return text.len == 0;
	date = take_units(&text, "YMD");
	if (ascii_take(&text, 'T')) return take_units(&text, "HMS") && text.len == 0;
	return date && text.len == 0;
}

/* One label of a host name: letters, digits, hyphens inside. */
static bool is_label(struct str label, size_t most)
{
	if (label.len == 0 || label.len > most || label.ptr[0] == '-' || label.ptr[label.len - 1] == '-') return false;
	for (size_t i = 0; i < label.len; i++)
		if (!ascii_is_alnum(label.ptr[i]) && label.ptr[i] != '-') return false;
	return true;
}

/* Are there at least `least` labels between dots? */
static bool is_labels(struct str text, size_t least, size_t most_length)
{
	size_t count = 0;
	for (;;) {
		size_t dot = str_find(text, '.');
		if (!is_label((struct str){text.ptr, dot}, most_length)) return false;
		count++;
		if (dot == text.len) return count >= least;
		text = str_skip(text, dot + 1);
	}
}

static bool is_hostname(struct str text)
{
	if (text.len > 0 && text.ptr[text.len - 1] == '.') text.len--;
	return text.len <= 253 && is_labels(text, 1, 63);
}

static bool is_email(struct str text)
{
	size_t at = str_find(text, '@');
	struct str local = {text.ptr, at};
	if (at == 0 || at == text.len || local.ptr[0] == '.' || local.ptr[at - 1] == '.') return false;
	if (str_find_str(local, STR("..")) < local.len) return false;
	for (size_t i = 0; i < at; i++)
		if (!ascii_is_alnum(local.ptr[i]) && (local.ptr[i] == '\0' || !strchr("!#$%&'*+/=?^_`{|}~-.", local.ptr[i])))
			return false;
	return is_labels(str_skip(text, at + 1), 2, SIZE_MAX);
}

/* Also as a URN. */
static bool is_uuid(struct str text)
{
	return format_is_uuid(text.len == 45 && str_starts(text, STR("urn:uuid:")) ? str_skip(text, 9) : text);
}

/* Characters of a URI (RFC 3986), percent-encoding checked; `extra` may occur besides. */
static bool is_uri_text(struct str text, const char *extra)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '%') {
			if (i + 2 >= text.len || !ascii_is_hex(text.ptr[i + 1]) || !ascii_is_hex(text.ptr[i + 2])) return false;
			i += 2;
		} else if (!ascii_is_alnum(c) && (c == '\0' || !strchr("-._~!$&'()*+,;=:@/?", c)) &&
				   (c == '\0' || !strchr(extra, c))) {
			return false;
		}
	}
	return true;
}

static bool has_scheme(struct str text)
{
	size_t colon = str_find(text, ':');
	if (colon == 0 || colon == text.len || !ascii_is_letter(text.ptr[0])) return false;
	for (size_t i = 0; i < colon; i++)
		if (!ascii_is_alnum(text.ptr[i]) && !strchr("+-.", text.ptr[i])) return false;
	return true;
}

/* Brackets stand around an IP address, in place of the host, and nowhere else (RFC 3986, 3.2.2): cuts that out. */
static bool take_ip_literal(struct str *before, struct str *after)
{
	size_t open = str_find(*before, '[');
	*after = STR("");
	if (open == before->len) return true;
	struct str head = {before->ptr, open};
	struct str inside = str_skip(*before, open + 1);
	struct str start = has_scheme(head) ? str_skip(head, str_find(head, ':') + 1) : head;
	bool host = str_starts(start, STR("//")) && (start.len == 2 || start.ptr[start.len - 1] == '@');
	inside.len = str_find(inside, ']');
	*after = str_skip(*before, open + inside.len + 2);
	*before = head;
	return host && (format_is_ipv6(inside) || (inside.len > 0 && (inside.ptr[0] | 0x20) == 'v'));
}

static bool is_uri_reference(struct str text)
{
	size_t hash = str_find(text, '#');
	struct str fragment = hash < text.len ? str_skip(text, hash + 1) : STR("");
	struct str before = {text.ptr, hash};
	struct str after;
	return take_ip_literal(&before, &after) && is_uri_text(before, "\"") && is_uri_text(after, "\"") &&
		   is_uri_text(fragment, "\"");
}

static bool is_uri(struct str text)
{
	return has_scheme(text) && text.ptr[text.len - 1] != ':' && is_uri_reference(text);
}

/* Expressions are in balanced braces; the rest is text of a URI. */
static bool is_uri_template(struct str text)
{
	bool inside = false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if ((c == '{' && inside) || (c == '}' && (!inside || text.ptr[i - 1] == '{'))) return false;
		if (c == '{' || c == '}') inside = c == '{';
		if ((unsigned char)c <= 0x20 || strchr("\"'<>\\^`", c)) return false;
	}
	return !inside;
}

static bool is_pointer_fragment(struct str text)
{
	return text.len > 0 && text.ptr[0] == '#' && format_is_pointer(str_skip(text, 1)) &&
		   is_uri_text(str_skip(text, 1), "");
}

static bool is_regex(struct str text)
{
	return regex_is_pattern(text, STR(""));
}

static bool is_int32(const struct node *number)
{
	return node_is_integer(number) && fabs(node_double(number) + 0.5) <= 2147483647.5;
}

const struct format schema_formats_of_ajv[] = {
		{"date", GROUP_STRING, is_date, NULL},
		{"time", GROUP_STRING, is_time, NULL},
		{"date-time", GROUP_STRING, is_date_time, NULL},
		{"duration", GROUP_STRING, is_duration, NULL},
		{"uri", GROUP_STRING, is_uri, NULL},
		{"uri-reference", GROUP_STRING, is_uri_reference, NULL},
		{"uri-template", GROUP_STRING, is_uri_template, NULL},
		{"url", GROUP_STRING, format_is_url, NULL},
		{"email", GROUP_STRING, is_email, NULL},
		{"hostname", GROUP_STRING, is_hostname, NULL},
		{"ipv4", GROUP_STRING, format_is_ipv4, NULL},
		{"ipv6", GROUP_STRING, format_is_ipv6, NULL},
		{"regex", GROUP_STRING, is_regex, NULL},
		{"uuid", GROUP_STRING, is_uuid, NULL},
		{"json-pointer", GROUP_STRING, format_is_pointer, NULL},
		{"json-pointer-uri-fragment", GROUP_STRING, is_pointer_fragment, NULL},
		{"relative-json-pointer", GROUP_STRING, format_is_relative_pointer, NULL},
		{"byte", GROUP_STRING, format_is_byte, NULL},
		{"int32", GROUP_NUMBER, NULL, is_int32},
		{"int64", GROUP_NUMBER, NULL, node_is_integer},
		{NULL, GROUP_ANY, NULL, NULL},
};
