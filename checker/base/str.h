/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Text: `struct str` is a borrowed slice of bytes (UTF-8 unless said otherwise, not NUL-terminated); `struct strbuf`
 * grows one on the heap, up to a ceiling. Over the ceiling nothing is added and `overflow` is set: whoever made the
 * buffer says so to the reader.
 */
#ifndef KEUR_BASE_STR_H
#define KEUR_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

struct str {
	const char *ptr;
	size_t len;
};

/* A slice of a string literal, and the arguments that print a slice with "%.*s". */
#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})
#define STR_FMT(s) (int)(s).len, (s).ptr

static inline struct str str_of(const char *text)
{
	return (struct str){text, strlen(text)};
}

static inline bool str_eq(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool str_starts(struct str s, struct str prefix)
{
	return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.ptr, prefix.ptr, prefix.len) == 0);
}

static inline bool str_ends(struct str s, struct str suffix)
{
	return s.len >= suffix.len && (suffix.len == 0 || memcmp(s.ptr + s.len - suffix.len, suffix.ptr, suffix.len) == 0);
}

/* The rest of `s` after `count` bytes; empty when `s` is shorter. */
static inline struct str str_skip(struct str s, size_t count)
{
	if (count > s.len) count = s.len;
	return (struct str){count ? s.ptr + count : s.ptr, s.len - count};
}

/* Order of bytes, which for UTF-8 is the order of code points: negative, 0 or positive. */
int str_compare(struct str a, struct str b);

/* Place of the first `byte` in `s`, or s.len. */
size_t str_find(struct str s, char byte);

/* Place of the first `needle` in `s`, or s.len. */
size_t str_find_str(struct str s, struct str needle);

/* Parses a whole decimal number without sign that fits 32 bits; `*out` is untouched on false. */
bool str_to_u32(struct str s, uint32_t *out);

/* A copy in the arena, NUL-terminated beyond its length. */
struct str str_copy(struct arena *arena, struct str s);

/* A formatted text in the arena. */
struct str str_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

struct strbuf {
	char *ptr; /* NUL-terminated whenever not NULL */
	size_t len;
	size_t capacity;
	size_t ceiling;
	bool overflow;
};

/* Prepares an empty buffer of at most `ceiling` bytes, in the caller's storage; ends with strbuf_release(). */
void strbuf_init(struct strbuf *buf, size_t ceiling);
void strbuf_release(struct strbuf *buf);

/* Empties the buffer and keeps its memory. */
void strbuf_clear(struct strbuf *buf);

/* Each adds at the end, all of it or, past the ceiling, nothing; then nothing more is added, so that no part is missing
 * within. */
void strbuf_add(struct strbuf *buf, struct str s);
void strbuf_add_char(struct strbuf *buf, char c);
void strbuf_add_repeat(struct strbuf *buf, char c, size_t count);
void strbuf_printf(struct strbuf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What is in the buffer, borrowed until its next change. */
static inline struct str strbuf_str(const struct strbuf *buf)
{
	return (struct str){buf->ptr ? buf->ptr : "", buf->len};
}

/* Ends the buffer: what was in it, as a text in the arena. What did not all fit ends visibly, in "…". */
struct str strbuf_take(struct strbuf *buf, struct arena *arena);

#endif
