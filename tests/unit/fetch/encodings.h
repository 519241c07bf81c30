/* SPDX-License-Identifier: EUPL-1.2 */
/* Secrets, and the encodings that a header, a URL or a body may carry them in; from a sequence of numbers that is the
 * same in every run. */
#ifndef KEUR_TESTS_UNIT_FETCH_ENCODINGS_H
#define KEUR_TESTS_UNIT_FETCH_ENCODINGS_H

#include "exchanges.h"

#include "fetch/base64.h"

/* Of the test that runs. */
static struct arena *arena;
static uint64_t random_state;

static inline uint32_t random_below(uint32_t limit)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (uint32_t)(random_state >> 33) % limit;
}

static inline struct str take(struct strbuf *buf)
{
	struct str text = str_copy(arena, strbuf_str(buf));
	strbuf_release(buf);
	return text;
}

/* How often a character that need not be escaped is escaped all the same. */
enum mix { MIX_LEAST, MIX_SOME, MIX_ALL };

static inline bool escapes(enum mix mix, bool needed)
{
	return needed || mix == MIX_ALL || (mix == MIX_SOME && random_below(2));
}

static inline bool is_word(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

static inline struct str percent(struct str s, enum mix mix)
{
	struct strbuf buf;
	strbuf_init(&buf, 1 << 20);
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (escapes(mix, !is_word(c)))
			strbuf_printf(&buf, random_below(2) ? "%%%02x" : "%%%02X", c);
		else
			strbuf_add_char(&buf, (char)c);
	}
	return take(&buf);
}

static inline struct str form(struct str s, enum mix mix)
{
	(void)mix;
	struct strbuf buf;
	strbuf_init(&buf, 1 << 20);
	for (size_t i = 0; i < s.len; i++)
		strbuf_add(&buf, s.ptr[i] == ' ' ? STR("+") : percent((struct str){s.ptr + i, 1}, MIX_LEAST));
	return take(&buf);
}

/* Of ASCII and of UTF-8; what is neither stays. */
static inline struct str json(struct str s, enum mix mix)
{
	struct strbuf buf;
	strbuf_init(&buf, 1 << 20);
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (c == 0xC3 && escapes(mix, false))
			strbuf_printf(&buf, "\\u%04x", ((c & 0x1Fu) << 6) | ((unsigned char)s.ptr[++i] & 0x3Fu));
		else if (c >= 0x80)
			strbuf_add_char(&buf, (char)c);
		else if ((c == '/' || c == '"' || c == '\\') && (c != '/' || mix != MIX_LEAST) && random_below(2))
			strbuf_printf(&buf, "\\%c", c);
		else if (escapes(mix, c == '"' || c == '\\' || c < 0x20))
			strbuf_printf(&buf, random_below(2) ? "\\u%04x" : "\\u%04X", c);
		else
			strbuf_add_char(&buf, (char)c);
	}
	return take(&buf);
}

static inline struct str xml(struct str s, enum mix mix)
{
	static const char specials[] = "&<>\"'";
	static const char *const names[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
	struct strbuf buf;
	strbuf_init(&buf, 1 << 20);
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		const char *hit = c ? strchr(specials, c) : NULL;
		if (hit && random_below(2))
			strbuf_add(&buf, str_of(names[hit - specials]));
		else if (c < 0x80 && c && escapes(mix, hit != NULL))
			strbuf_printf(&buf, random_below(2) ? "&#%u;" : "&#x%x;", c);
		else
			strbuf_add_char(&buf, (char)c);
	}
	return take(&buf);
}

static inline struct str hex(struct str s, enum mix mix)
{
	struct strbuf buf;
	strbuf_init(&buf, 1 << 20);
	for (size_t i = 0; i < s.len; i++)
		strbuf_printf(&buf, mix == MIX_SOME && random_below(2) ? "%02X" : "%02x", (unsigned char)s.ptr[i]);
	return take(&buf);
}

static inline struct str raw(struct str s, enum mix mix)
{
	(void)mix;
	return s;
}

static const struct {
	const char *name;
	struct str (*encode)(struct str s, enum mix mix);
} encodings[] = {{"raw", raw}, {"percent", percent}, {"form", form}, {"json", json}, {"xml", xml}, {"hex", hex}};
enum { ENCODINGS = sizeof encodings / sizeof *encodings };

static inline struct str random_secret(void)
{
	static const char *const pieces[] = {"a", "Z", "0", "9", "+", "/", "=", "&", "%", "\"", "\\", " ", "<", ">", "'",
			"-", "_", ".", ":", ";", "#", "\xC3\xA9", "\xC3\xBC", "[", "]", "{", "q", "W", "7", "k", "M", "x"};
	struct strbuf buf;
	strbuf_init(&buf, 1 << 10);
	for (uint32_t count = 6 + random_below(40); count > 0; count--)
		strbuf_add(&buf, str_of(pieces[random_below(sizeof pieces / sizeof *pieces)]));
	return take(&buf);
}

static inline struct str base64(struct str s, enum base64_alphabet alphabet)
{
	struct strbuf buf;
	strbuf_init(&buf, 1 << 20);
	base64_encode(&buf, s, alphabet);
	return take(&buf);
}

/* With line ends after every `width` digits, as in mail. */
static inline struct str wrap(struct str s, size_t width)
{
	struct strbuf buf;
	strbuf_init(&buf, 1 << 20);
	for (size_t i = 0; i < s.len; i += width) {
		strbuf_add(&buf, (struct str){s.ptr + i, s.len - i < width ? s.len - i : width});
		strbuf_add(&buf, STR("\r\n"));
	}
	return take(&buf);
}

/* Of the characters that secrets here are made of. */
static inline struct str utf16(struct str s, bool big)
{
	struct strbuf buf;
	strbuf_init(&buf, 1 << 20);
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (c == 0xC3) c = (unsigned char)(0xC0 | ((unsigned char)s.ptr[++i] & 0x3F));
		strbuf_add(&buf, big ? (struct str){(char[]){0, (char)c}, 2} : (struct str){(char[]){(char)c, 0}, 2});
	}
	return take(&buf);
}

#endif
