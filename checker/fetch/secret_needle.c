/* SPDX-License-Identifier: EUPL-1.2 */
/* Encodings of a secret, one within another where programs do that. */
#include "fetch/secret_needle.h"

#include "base/utf8.h"
#include "fetch/base64.h"

struct maker {
	struct matcher *matcher;
	struct arena *arena;
	uint32_t secret;
};

static struct str take(struct maker *maker, struct strbuf *buf)
{
	struct str text = str_copy(maker->arena, strbuf_str(buf));
	strbuf_release(buf);
	return text;
}

static void add(struct maker *maker, struct str bytes, enum needle_kind kind)
{
	matcher_add(maker->matcher, (struct needle){.bytes = bytes, .secret = maker->secret, .kind = (uint8_t)kind});
}

static struct str hex_of(struct maker *maker, struct str bytes, const char *digits)
{
	char *hex = arena_alloc(maker->arena, bytes.len * 2 + 1);
	for (size_t i = 0; i < bytes.len; i++) {
		hex[2 * i] = digits[(unsigned char)bytes.ptr[i] >> 4];
		hex[2 * i + 1] = digits[(unsigned char)bytes.ptr[i] & 15];
	}
	return (struct str){hex, bytes.len * 2};
}

static const char lower[] = "0123456789abcdef", upper[] = "0123456789ABCDEF";

/*
 * The base64 digits that `bytes` alone decide when `shift` (0 to 2) bytes of something else come before them in their
 * group of three; `*before` and `*after`: the digit on that side is shared with what comes there.
 */
static struct str base64_within(
		struct maker *maker, struct str bytes, size_t shift, enum base64_alphabet alphabet, bool *before, bool *after)
{
	char *padded = arena_alloc(maker->arena, bytes.len + shift + 1);
	memset(padded, 0, shift);
	if (bytes.len) memcpy(padded + shift, bytes.ptr, bytes.len);
	struct strbuf all;
	strbuf_init(&all, SIZE_MAX / 2);
	base64_encode(&all, (struct str){padded, bytes.len + shift}, alphabet);
	size_t first = (shift * 8 + 5) / 6, last = (bytes.len + shift) * 8 / 6;
	*before = shift * 8 % 6 != 0;
	*after = (bytes.len + shift) * 8 % 6 != 0;
	struct str digits = take(maker, &all);
	return last > first ? (struct str){digits.ptr + first, last - first} : (struct str){"", 0};
}

static void add_base64(struct maker *maker, struct str bytes)
{
	for (size_t shift = 0; shift < 3; shift++) {
		struct needle needle = {.secret = maker->secret, .kind = NEEDLE_BASE64};
		needle.bytes = base64_within(maker, bytes, shift, BASE64, &needle.before, &needle.after);
		matcher_add(maker->matcher, needle);
	}
}

/* Within a second encoding the alphabet of the first one is fixed. */
static void add_twice(struct maker *maker, struct str value)
{
	bool before, after;
	for (int alphabet = BASE64; alphabet <= BASE64_URL; alphabet++) {
		for (size_t shift = 0; shift < 3; shift++) {
			struct str inner = base64_within(maker, value, shift, (enum base64_alphabet)alphabet, &before, &after);
			if (inner.len < NEEDLE_MIN) continue;
			add_base64(maker, inner);
			add(maker, hex_of(maker, inner, lower), NEEDLE_HEX);
		}
	}
}

static bool is_unreserved(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c && strchr("-._~", c));
}

static struct str percent_of(struct maker *maker, struct str value, const char *digits, bool form)
{
	struct strbuf buf;
	strbuf_init(&buf, SIZE_MAX / 2);
	for (size_t i = 0; i < value.len; i++) {
		unsigned char c = (unsigned char)value.ptr[i];
		char escape[] = {'%', digits[c >> 4], digits[c & 15]};
		if (is_unreserved((char)c) || (form && c == ' '))
			strbuf_add_char(&buf, c == ' ' ? '+' : (char)c);
		else
			strbuf_add(&buf, (struct str){escape, 3});
	}
	return take(maker, &buf);
}

/* As most programs escape in a JSON string; `strict` also '/', as PHP does. */
static struct str json_of(struct maker *maker, struct str value, bool strict)
{
	static const char specials[] = "\"\\\b\f\n\r\t/", names[] = "\"\\bfnrt/";
	struct strbuf buf;
	strbuf_init(&buf, SIZE_MAX / 2);
	for (size_t i = 0; i < value.len; i++) {
		char c = value.ptr[i];
		const char *hit = c ? strchr(specials, c) : NULL;
		if (hit && (c != '/' || strict)) {
			strbuf_add_char(&buf, '\\');
			strbuf_add_char(&buf, names[hit - specials]);
		} else if ((unsigned char)c < 0x20) {
			strbuf_printf(&buf, "\\u%04x", (unsigned)(unsigned char)c);
		} else {
			strbuf_add_char(&buf, c);
		}
	}
	return take(maker, &buf);
}

static struct str xml_of(struct maker *maker, struct str value)
{
	static const char specials[] = "&<>\"'";
	static const struct str entities[] = {STR("&amp;"), STR("&lt;"), STR("&gt;"), STR("&quot;"), STR("&apos;")};
	struct strbuf buf;
	strbuf_init(&buf, SIZE_MAX / 2);
	for (size_t i = 0; i < value.len; i++) {
		const char *hit = value.ptr[i] ? strchr(specials, value.ptr[i]) : NULL;
		if (hit)
			strbuf_add(&buf, entities[hit - specials]);
		else
			strbuf_add_char(&buf, value.ptr[i]);
	}
	return take(maker, &buf);
}

/* Empty when `value` is no text. */
static struct str utf16_of(struct maker *maker, struct str value, bool big)
{
	struct strbuf buf;
	strbuf_init(&buf, SIZE_MAX / 2);
	while (value.len) {
		uint32_t code = 0;
		size_t len = utf8_decode(value, &code);
		if (len == 0) break;
		uint32_t units[] = {code, 0};
		if (code >= 0x10000) {
			units[0] = 0xD800 + ((code - 0x10000) >> 10);
			units[1] = 0xDC00 + ((code - 0x10000) & 0x3FF);
		}
		for (int i = 0; i < (code >= 0x10000 ? 2 : 1); i++) {
			char pair[] = {(char)units[i], (char)(units[i] >> 8)};
			strbuf_add_char(&buf, pair[big]);
			strbuf_add_char(&buf, pair[!big]);
		}
		value = str_skip(value, len);
	}
	if (value.len) strbuf_clear(&buf);
	return take(maker, &buf);
}

void needles_add(struct matcher *matcher, struct str value, uint32_t secret, bool plain, struct arena *arena)
{
	struct maker maker = {matcher, arena, secret};
	add(&maker, value, NEEDLE_EXACT);
	add(&maker, hex_of(&maker, value, lower), NEEDLE_HEX);
	add_base64(&maker, value);
	if (plain) return;
	struct str escaped[] = {percent_of(&maker, value, upper, false), percent_of(&maker, value, lower, false),
			percent_of(&maker, value, upper, true), json_of(&maker, value, false), json_of(&maker, value, true),
			xml_of(&maker, value)};
	for (size_t i = 0; i < sizeof escaped / sizeof *escaped; i++) {
		if (str_eq(escaped[i], value)) continue;
		add_base64(&maker, escaped[i]);
		add(&maker, hex_of(&maker, escaped[i], lower), NEEDLE_HEX);
	}
	for (int big = 0; big < 2; big++) {
		struct str wide = utf16_of(&maker, value, big);
		add(&maker, wide, NEEDLE_EXACT);
		add_base64(&maker, wide);
	}
	add_base64(&maker, hex_of(&maker, value, lower));
	add_base64(&maker, hex_of(&maker, value, upper));
	add(&maker, hex_of(&maker, hex_of(&maker, value, lower), lower), NEEDLE_HEX);
	add(&maker, hex_of(&maker, hex_of(&maker, value, upper), lower), NEEDLE_HEX);
	add_twice(&maker, value);
}
