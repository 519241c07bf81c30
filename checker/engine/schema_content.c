/* SPDX-License-Identifier: EUPL-1.2 */
/* Content in strings: base64, and JSON by our own reader. */
#include "engine/schema_content.h"

#include "doc/json.h"

static int digit_of(char c)
{
	if (c >= 'A' && c <= 'Z') return c - 'A';
	if (c >= 'a' && c <= 'z') return c - 'a' + 26;
	if (c >= '0' && c <= '9') return c - '0' + 52;
	if (c == '+') return 62;
	return c == '/' ? 63 : -1;
}

/* Decodes into `out` (NULL: only checks), which has room for three bytes for each four. */
static bool decode(struct str text, char *out, size_t *length)
{
	size_t padding = 0;
	*length = 0;
	if (text.len % 4 != 0) return false;
	while (padding < 2 && padding < text.len && text.ptr[text.len - 1 - padding] == '=')
		padding++;
	for (size_t at = 0; at < text.len; at += 4) {
		uint32_t bits = 0;
		size_t missing = at + 4 == text.len ? padding : 0;
		for (size_t i = 0; i < 4; i++) {
			int digit = i < 4 - missing ? digit_of(text.ptr[at + i]) : 0;
			if (digit < 0) return false;
			bits = bits << 6 | (uint32_t)digit;
		}
		for (size_t i = 0; i < 3 - missing; i++, ++*length)
			if (out) out[*length] = (char)(bits >> (16 - 8 * i));
	}
	return true;
}

bool schema_is_base64(struct str text)
{
	size_t length;
	return decode(text, NULL, &length);
}

bool schema_is_json(struct str text, bool encoded)
{
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct str json = text;
	bool valid = true;
	if (encoded) {
		char *bytes = arena_alloc(arena, text.len + 1);
		valid = decode(text, bytes, &json.len);
		json.ptr = bytes;
	}
	json = str_copy(arena, json); /* the reader wants a NUL behind it */
	struct doc doc = {.arena = arena, .source = source_of(arena, STR("content"), json)};
	valid = valid && json_read(&doc, &err);
	arena_free(arena);
	return valid;
}
