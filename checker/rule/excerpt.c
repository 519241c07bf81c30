/* SPDX-License-Identifier: EUPL-1.2 */
/* Cutting a window out of a source line. */
#include "rule/excerpt.h"

enum { BEFORE_SPAN = 80 }; /* bytes of the line kept before a span in a long line */

static bool is_continuation(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

static size_t back_to_character(struct str line, size_t at)
{
	while (at > 0 && at < line.len && is_continuation(line.ptr[at]))
		at--;
	return at;
}

struct excerpt excerpt_of(struct arena *arena, struct source *source, uint32_t start, uint32_t end)
{
	struct str line = source_line(source, source_locate(source, start).line);
	size_t base = (size_t)(line.ptr - source->bytes.ptr);
	size_t from = start > base ? start - base : 0, to = end > base ? end - base : 0;
	if (line.len == 0) return (struct excerpt){.text = STR("")};
	if (from >= line.len) from = back_to_character(line, line.len - 1);
	struct excerpt excerpt = {.continues = to > line.len};
	if (to > line.len) to = line.len;
	if (to <= from) to = from + 1;
	while (to < line.len && is_continuation(line.ptr[to]))
		to++;
	size_t first = 0, last = line.len;
	if (line.len > EXCERPT_BYTES) {
		first = back_to_character(line, from > BEFORE_SPAN ? from - BEFORE_SPAN : 0);
		last = back_to_character(line, first + EXCERPT_BYTES < line.len ? first + EXCERPT_BYTES : line.len);
	}
	if (to > last) to = last;
	excerpt.text = str_copy(arena, (struct str){line.ptr + first, last - first});
	excerpt.start = (uint32_t)(from - first);
	excerpt.length = (uint32_t)(to - from);
	excerpt.cut_before = first > 0;
	excerpt.cut_after = last < line.len;
	return excerpt;
}

struct excerpt excerpt_at(struct arena *arena, struct source *source, uint32_t line, uint32_t column)
{
	struct str text = source_line(source, line);
	size_t at = 0;
	for (uint32_t i = 1; i < column && at < text.len; i++) {
		at++;
		while (at < text.len && is_continuation(text.ptr[at]))
			at++;
	}
	if (text.len == 0) return (struct excerpt){.text = STR("")};
	uint32_t start = (uint32_t)((size_t)(text.ptr - source->bytes.ptr) + at);
	return excerpt_of(arena, source, start, start + 1);
}
