/* SPDX-License-Identifier: EUPL-1.2 */
/* Slices and growing buffers of text. */
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

int str_compare(struct str a, struct str b)
{
	size_t shared = a.len < b.len ? a.len : b.len;
	int order = shared ? memcmp(a.ptr, b.ptr, shared) : 0;
	if (order != 0) return order;
	return (a.len > b.len) - (a.len < b.len);
}

size_t str_find(struct str s, char byte)
{
	const char *hit = s.len ? memchr(s.ptr, byte, s.len) : NULL;
	return hit ? (size_t)(hit - s.ptr) : s.len;
}

size_t str_find_str(struct str s, struct str needle)
{
	if (needle.len == 0) return 0;
	const char *hit = s.len ? memmem(s.ptr, s.len, needle.ptr, needle.len) : NULL;
	return hit ? (size_t)(hit - s.ptr) : s.len;
}

bool str_to_u32(struct str s, uint32_t *out)
{
	uint64_t value = 0;
	if (s.len == 0 || s.len > 10) return false;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] < '0' || s.ptr[i] > '9') return false;
		value = value * 10 + (uint64_t)(s.ptr[i] - '0');
	}
	if (value > UINT32_MAX) return false;
	*out = (uint32_t)value;
	return true;
}

struct str str_copy(struct arena *arena, struct str s)
{
	return (struct str){arena_copy(arena, s.ptr, s.len), s.len};
}

struct str str_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	int needed = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (needed < 0) return (struct str){"", 0};
	char *text = arena_alloc(arena, (size_t)needed + 1);
	va_start(args, format);
	vsnprintf(text, (size_t)needed + 1, format, args);
	va_end(args);
	return (struct str){text, (size_t)needed};
}

void strbuf_init(struct strbuf *buf, size_t ceiling)
{
	*buf = (struct strbuf){.ceiling = ceiling};
}

void strbuf_release(struct strbuf *buf)
{
	free(buf->ptr);
	*buf = (struct strbuf){.ceiling = buf->ceiling};
}

struct str strbuf_take(struct strbuf *buf, struct arena *arena)
{
	struct str text = strbuf_str(buf);
	text = buf->overflow ? str_printf(arena, "%.*s…", STR_FMT(text)) : str_copy(arena, text);
	strbuf_release(buf);
	return text;
}

void strbuf_clear(struct strbuf *buf)
{
	buf->len = 0;
	buf->overflow = false;
	if (buf->ptr) buf->ptr[0] = '\0';
}

/* Makes room for `more` bytes and a NUL; false, with `overflow` set, when that passes the ceiling. */
static bool strbuf_reserve(struct strbuf *buf, size_t more)
{
	if (buf->overflow || more > buf->ceiling - buf->len) {
		buf->overflow = true;
		return false;
	}
	size_t needed = buf->len + more + 1;
	if (needed <= buf->capacity) return true;
	size_t capacity = buf->capacity ? buf->capacity : 64;
	while (capacity < needed)
		capacity *= 2;
	buf->ptr = mem_resize(buf->ptr, capacity, 1);
	buf->capacity = capacity;
	return true;
}

void strbuf_add(struct strbuf *buf, struct str s)
{
	if (!strbuf_reserve(buf, s.len)) return;
	if (s.len) memcpy(buf->ptr + buf->len, s.ptr, s.len);
	buf->len += s.len;
	buf->ptr[buf->len] = '\0';
}

void strbuf_add_char(struct strbuf *buf, char c)
{
	strbuf_add(buf, (struct str){&c, 1});
}

void strbuf_add_repeat(struct strbuf *buf, char c, size_t count)
{
	if (!strbuf_reserve(buf, count)) return;
	memset(buf->ptr + buf->len, c, count);
	buf->len += count;
	buf->ptr[buf->len] = '\0';
}

void strbuf_printf(struct strbuf *buf, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	int needed = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (needed < 0 || !strbuf_reserve(buf, (size_t)needed)) return;
	va_start(args, format);
	vsnprintf(buf->ptr + buf->len, (size_t)needed + 1, format, args);
	va_end(args);
	buf->len += (size_t)needed;
}
