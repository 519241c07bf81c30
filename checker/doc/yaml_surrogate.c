/* SPDX-License-Identifier: EUPL-1.2 */
/* Surrogate escapes, led past libyaml by way of the private use area. */
#include "doc/yaml_surrogate.h"

#include "base/utf8.h"

enum { PRIVATE_FIRST = 0xE800, PRIVATE_LOW = 0xEC00, PRIVATE_LAST = 0xEFFF };

/* `p` is at "\u", with two characters behind it: a first hex digit `digit` and a second one of 8 to F. */
static bool is_escape_of(const char *p, char digit)
{
	char second = p[3];
	bool high = second == '8' || second == '9' || (second >= 'a' && second <= 'f') || (second >= 'A' && second <= 'F');
	return (p[2] | 0x20) == digit && high;
}

/* Place of the next "\uD8" to "\uDF" (`digit` 'd') or "\uE8" to "\uEF" (`digit` 'e'), or text.len. */
static size_t find_escape(struct str text, size_t from, char digit)
{
	while (from < text.len) {
		from += str_find(str_skip(text, from), '\\');
		if (text.len - from < 4) return text.len;
		if (text.ptr[from + 1] == 'u' && is_escape_of(text.ptr + from, digit)) return from;
		from++;
	}
	return text.len;
}

/* U+E800 to U+EFFF are EE A0..BF 80..BF. */
static bool holds_private(struct str text)
{
	size_t from = 0;
	while (from < text.len) {
		from += str_find(str_skip(text, from), '\xEE');
		if (from + 1 < text.len && (unsigned char)text.ptr[from + 1] >= 0xA0) return true;
		from++;
	}
	return find_escape(text, 0, 'e') < text.len || str_find_str(text, STR("\\U0000")) < text.len;
}

bool surrogates_found(struct str text)
{
	return find_escape(text, 0, 'd') < text.len;
}

enum surrogates surrogates_patch(struct str text, struct arena *arena, struct str *patched)
{
	size_t at = find_escape(text, 0, 'd');
	if (at == text.len) return SURROGATES_NONE;
	if (holds_private(text)) return SURROGATES_CLASH;
	char *copy = arena_copy(arena, text.ptr, text.len);
	for (; at < text.len; at = find_escape(text, at + 1, 'd'))
		copy[at + 2]++;
	*patched = (struct str){copy, text.len};
	return SURROGATES_PATCHED;
}

static bool is_private(struct str rest, uint32_t *code)
{
	return rest.len >= 3 && rest.ptr[0] == '\xEE' && utf8_decode(rest, code) == 3 && *code >= PRIVATE_FIRST &&
		   *code <= PRIVATE_LAST;
}

/* One character or escape of the private use area at the start of `rest`, put right; returns what was taken. */
static size_t restore_one(struct str rest, char **to, bool *lone)
{
	uint32_t high, low;
	if (rest.len >= 4 && rest.ptr[0] == '\\' && rest.ptr[1] == 'u' && is_escape_of(rest.ptr, 'e')) {
		memcpy(*to, rest.ptr, 4);
		(*to)[2]--;
		*to += 4;
		return 4;
	}
	if (!is_private(rest, &high)) {
		*(*to)++ = rest.ptr[0];
		return 1;
	}
	if (high < PRIVATE_LOW && is_private(str_skip(rest, 3), &low) && low >= PRIVATE_LOW) {
		*to += utf8_encode(0x10000 + ((high - PRIVATE_FIRST) << 10) + (low - PRIVATE_LOW), *to);
		return 6;
	}
	*lone = true;
	*to += utf8_encode(0xFFFD, *to);
	return 3;
}

struct str surrogates_restore(struct str value, struct arena *arena, bool *lone)
{
	bool touched = str_find(value, '\xEE') < value.len || find_escape(value, 0, 'e') < value.len;
	if (!touched) return value;
	char *text = arena_alloc(arena, value.len + 1), *to = text;
	for (size_t at = 0; at < value.len;)
		at += restore_one(str_skip(value, at), &to, lone);
	return (struct str){text, (size_t)(to - text)};
}
