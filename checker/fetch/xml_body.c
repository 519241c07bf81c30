/* SPDX-License-Identifier: EUPL-1.2 */
/* Makes UTF-8 of XML that came by HTTP. */
#include "fetch/xml_body.h"

#include <strings.h>

#include "doc/xml_encoding.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '"';
}

/* Value of the parameter charset, without its quotes. */
static struct str charset_of(const struct http_fields *fields)
{
	const struct http_field *field = http_field_find(fields, STR("content-type"));
	struct str rest = field ? str_skip(field->value, str_find(field->value, ';')) : STR("");
	while (rest.len) {
		rest = str_skip(rest, 1);
		while (rest.len && is_blank(rest.ptr[0]))
			rest = str_skip(rest, 1);
		struct str parameter = {rest.ptr, str_find(rest, ';')};
		rest = str_skip(rest, parameter.len);
		if (parameter.len < 8 || strncasecmp(parameter.ptr, "charset=", 8) != 0) continue;
		parameter = str_skip(parameter, 8);
		while (parameter.len && is_blank(parameter.ptr[0]))
			parameter = str_skip(parameter, 1);
		while (parameter.len && is_blank(parameter.ptr[parameter.len - 1]))
			parameter.len--;
		return parameter;
	}
	return STR("");
}

/* A "<", or what UTF-16 has before or in place of one. */
static bool may_be_xml(struct str body)
{
	return body.len > 1 && (body.ptr[0] == '<' || body.ptr[0] == '\0' || str_starts(body, STR("\xFF\xFE")) ||
								   str_starts(body, STR("\xFE\xFF")));
}

bool xml_body(const struct http_fields *fields, struct str body, struct arena *arena, struct str *text, struct err *err)
{
	if (may_be_xml(body)) return xml_decode_text(arena, STR(""), body, charset_of(fields), text, err);
	*text = body;
	return true;
}
