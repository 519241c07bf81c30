/* SPDX-License-Identifier: EUPL-1.2 */
/* What every carrier of HTTP exchanges needs: names of failures, and looking up fields. */
#include "fetch/exchange.h"

#include <ctype.h>
#include <strings.h>

const char *const failure_names[FAILURE_COUNT] = {"none", "url", "name", "address", "connect", "timeout", "certificate",
		"tls", "redirect", "too-large", "malformed", "reset", "proxy", "not-recorded", "other"};

static bool is_named(const struct http_field *field, struct str name)
{
	return field->name.len == name.len && strncasecmp(field->name.ptr, name.ptr, name.len) == 0;
}

const struct http_field *http_field_find(const struct http_fields *fields, struct str name)
{
	for (uint32_t i = 0; i < fields->count; i++)
		if (is_named(&fields->items[i], name)) return &fields->items[i];
	return NULL;
}

struct str http_field_value(const struct http_fields *fields, struct str name, struct arena *arena)
{
	struct strbuf all;
	bool found = false;
	strbuf_init(&all, SIZE_MAX / 2);
	for (uint32_t i = 0; i < fields->count; i++) {
		if (!is_named(&fields->items[i], name)) continue;
		if (found) strbuf_add(&all, STR(", "));
		strbuf_add(&all, fields->items[i].value);
		found = true;
	}
	struct str value = found ? str_copy(arena, strbuf_str(&all)) : (struct str){NULL, 0};
	strbuf_release(&all);
	return value;
}

struct str http_media_type(const struct http_fields *fields, struct arena *arena)
{
	const struct http_field *field = http_field_find(fields, STR("content-type"));
	if (!field) return (struct str){"", 0};
	struct str type = {field->value.ptr, str_find(field->value, ';')};
	while (type.len && (type.ptr[0] == ' ' || type.ptr[0] == '\t'))
		type = str_skip(type, 1);
	while (type.len && (type.ptr[type.len - 1] == ' ' || type.ptr[type.len - 1] == '\t'))
		type.len--;
	char *lower = arena_copy(arena, type.ptr, type.len);
	for (size_t i = 0; i < type.len; i++)
		lower[i] = (char)tolower((unsigned char)lower[i]);
	return (struct str){lower, type.len};
}
