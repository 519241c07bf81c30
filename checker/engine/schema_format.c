/* SPDX-License-Identifier: EUPL-1.2 */
/* Finds formats, and has those that are short: JSON Pointers, UUIDs, regular expressions, OpenAPI's. */
#include "engine/schema_format.h"
#include "base/ascii.h"
#include "base/swar.h"

bool format_is_pointer(struct str text)
{
	if (text.len > 0 && text.ptr[0] != '/') return false;
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] == '~' && (i + 1 == text.len || (text.ptr[i + 1] != '0' && text.ptr[i + 1] != '1')))
			return false;
	return true;
}

bool format_is_pointer_fragment(struct str text)
{
	return text.len > 0 && text.ptr[0] == '#' && format_is_uri_reference(text) && format_is_pointer(str_skip(text, 1));
}

bool format_is_relative_pointer(struct str text)
{
	size_t digits = ascii_digits(text);
	if (digits == 0 || (digits > 1 && text.ptr[0] == '0')) return false;
	text = str_skip(text, digits);
	return str_eq(text, STR("#")) || format_is_pointer(text);
}

bool format_is_byte(struct str text)
{
	size_t padding = str_ends(text, STR("==")) ? 2 : str_ends(text, STR("="));
	if (text.len % 4 != 0) return false;
	for (size_t i = 0; i < text.len - padding; i++)
		if (!ascii_is_alnum(text.ptr[i]) && text.ptr[i] != '+' && text.ptr[i] != '/') return false;
	return true;
}

/* Are eight bytes hexadecimal digits? Sums stay below 0x100, so that no byte carries over into the next. */
static bool is_hex8(uint64_t word)
{
	uint64_t low = word & ~SWAR_TOPS;
	uint64_t lower = low | SWAR_ONES * 0x20;
	uint64_t digit = (low + SWAR_ONES * (0x80 - '0')) & ~(low + SWAR_ONES * (0x7F - '9'));
	uint64_t letter = (lower + SWAR_ONES * (0x80 - 'a')) & ~(lower + SWAR_ONES * (0x7F - 'f'));
	return ((digit | letter) & ~word & SWAR_TOPS) == SWAR_TOPS;
}

/* Hexadecimal digits in groups of 8, 4, 4, 4 and 12. */
bool format_is_uuid(struct str text)
{
	enum { LENGTH = 36 };
	if (text.len != LENGTH) return false;
	const char *p = text.ptr;
	if (p[8] != '-' || p[13] != '-' || p[18] != '-' || p[23] != '-') return false;
	uint64_t inner = (swar_load(p + 9) & 0xFFFFFFFF) | swar_load(p + 14) << 32; /* the second and the third group */
	uint64_t last = (swar_load(p + 19) & 0xFFFFFFFF) | swar_load(p + 24) << 32; /* the fourth, and half of the fifth */
	return is_hex8(swar_load(p)) && is_hex8(inner) && is_hex8(last) && is_hex8(swar_load(p + 28));
}

static bool is_regex(struct str text)
{
	return regex_is_pattern(text, STR("u"));
}

static bool is_between(const struct node *number, struct str least, struct str most)
{
	struct node low = {.kind = NODE_NUMBER, .text = least.ptr, .len = (uint32_t)least.len};
	struct node high = {.kind = NODE_NUMBER, .text = most.ptr, .len = (uint32_t)most.len};
	return node_is_integer(number) && node_compare_numbers(number, &low) >= 0 &&
		   node_compare_numbers(number, &high) <= 0;
}

static bool is_int32(const struct node *number)
{
	return is_between(number, STR("-2147483648"), STR("2147483647"));
}

static bool is_int64(const struct node *number)
{
	return is_between(number, STR("-9223372036854775808"), STR("9223372036854775807"));
}

/* As their standards have them; the last three are OpenAPI's. */
static const struct format formats[] = {
		{"date", GROUP_STRING, format_is_date, NULL},
		{"time", GROUP_STRING, format_is_time, NULL},
		{"date-time", GROUP_STRING, format_is_date_time, NULL},
		{"duration", GROUP_STRING, format_is_duration, NULL},
		{"uri", GROUP_STRING, format_is_uri, NULL},
		{"uri-reference", GROUP_STRING, format_is_uri_reference, NULL},
		{"iri", GROUP_STRING, format_is_iri, NULL},
		{"iri-reference", GROUP_STRING, format_is_iri_reference, NULL},
		{"uri-template", GROUP_STRING, format_is_uri_template, NULL},
		{"email", GROUP_STRING, format_is_email, NULL},
		{"idn-email", GROUP_STRING, format_is_idn_email, NULL},
		{"hostname", GROUP_STRING, format_is_hostname, NULL},
		{"idn-hostname", GROUP_STRING, format_is_idn_hostname, NULL},
		{"ipv4", GROUP_STRING, format_is_ipv4, NULL},
		{"ipv6", GROUP_STRING, format_is_ipv6, NULL},
		{"regex", GROUP_STRING, is_regex, NULL},
		{"uuid", GROUP_STRING, format_is_uuid, NULL},
		{"json-pointer", GROUP_STRING, format_is_pointer, NULL},
		{"json-pointer-uri-fragment", GROUP_STRING, format_is_pointer_fragment, NULL},
		{"relative-json-pointer", GROUP_STRING, format_is_relative_pointer, NULL},
		{"byte", GROUP_STRING, format_is_byte, NULL},
		{"int32", GROUP_NUMBER, NULL, is_int32},
		{"int64", GROUP_NUMBER, NULL, is_int64},
		{NULL, GROUP_ANY, NULL, NULL},
};

const struct format *schema_format_find(struct str name, bool standard)
{
	for (const struct format *format = standard ? formats : schema_formats_of_ajv; format->name; format++)
		if (str_eq(str_of(format->name), name)) return format;
	return NULL;
}

bool schema_format_applies(const struct format *format, enum schema_group group)
{
	return format->group == group;
}

bool schema_format_check(const struct format *format, const struct node *value)
{
	if (format->check_text) return format->check_text(node_text(value));
	return format->check_number(value);
}
