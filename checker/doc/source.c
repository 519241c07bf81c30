/* SPDX-License-Identifier: EUPL-1.2 */
/* Sources: bytes with a lazy index of lines. */
#include "doc/source.h"

#include "base/io.h"
#include "base/limits.h"
#include "base/swar.h"
#include "base/utf8.h"
#include "base/vec.h"

static const struct str byte_order_mark = {"\xEF\xBB\xBF", 3};

struct source *source_of(struct arena *arena, struct str name, struct str bytes)
{
	struct source *source = arena_alloc(arena, sizeof *source);
	*source = (struct source){.arena = arena, .name = str_copy(arena, name), .bytes = bytes};
	return source;
}

struct source *source_read(struct arena *arena, const char *path, struct err *err)
{
	struct str bytes;
	if (!io_read(arena, path, LIMIT_DOCUMENT_BYTES, &bytes, err)) return NULL;
	return source_of(arena, strcmp(path, "-") == 0 ? STR("<stdin>") : str_of(path), bytes);
}

/* The next line break at or after `at`, or the end. */
static size_t find_break(struct str bytes, size_t at)
{
	for (; bytes.len - at >= 8; at += 8) {
		uint64_t word = swar_load(bytes.ptr + at);
		uint64_t breaks = swar_equal(word, '\n') | swar_equal(word, '\r');
		if (breaks) return at + swar_first(breaks);
	}
	while (at < bytes.len && bytes.ptr[at] != '\n' && bytes.ptr[at] != '\r')
		at++;
	return at;
}

static void index_lines(struct source *source)
{
	struct {
		uint32_t *items;
		size_t count, capacity;
	} starts = {0};
	struct str bytes = source->bytes;
	*vec_push(&starts) = str_starts(bytes, byte_order_mark) ? (uint32_t)byte_order_mark.len : 0;
	for (size_t i = find_break(bytes, 0); i < bytes.len; i = find_break(bytes, i + 1))
		if (bytes.ptr[i] == '\n' || i + 1 == bytes.len || bytes.ptr[i + 1] != '\n')
			*vec_push(&starts) = (uint32_t)i + 1;
	source->line_starts = arena_alloc(source->arena, starts.count * sizeof *starts.items);
	memcpy(source->line_starts, starts.items, starts.count * sizeof *starts.items);
	source->line_count = (uint32_t)starts.count;
	vec_release(&starts);
}

/* Number of the last line that starts at or before `offset`, from 0. */
static uint32_t line_at(const struct source *source, size_t offset)
{
	uint32_t low = 0, high = source->line_count;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (source->line_starts[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

struct place source_locate(struct source *source, size_t offset)
{
	if (!source->line_starts) index_lines(source);
	if (offset > source->bytes.len) offset = source->bytes.len;
	uint32_t line = line_at(source, offset);
	size_t start = source->line_starts[line];
	uint32_t column = 1;
	if (source->last_column && source->last_line == line && source->last_offset <= offset) {
		start = source->last_offset;
		column = source->last_column;
	}
	struct str before = {source->bytes.ptr + start, offset > start ? offset - start : 0};
	column += (uint32_t)utf8_count(before);
	source->last_line = line;
	source->last_offset = offset > start ? offset : start;
	source->last_column = column;
	return (struct place){line + 1, column};
}

struct str source_line(struct source *source, uint32_t line)
{
	if (!source->line_starts) index_lines(source);
	if (line == 0 || line > source->line_count) return (struct str){"", 0};
	size_t start = source->line_starts[line - 1];
	size_t end = line < source->line_count ? source->line_starts[line] : source->bytes.len;
	while (end > start && (source->bytes.ptr[end - 1] == '\n' || source->bytes.ptr[end - 1] == '\r'))
		end--;
	return (struct str){source->bytes.ptr + start, end - start};
}

size_t source_offset(struct source *source, struct place place)
{
	if (!source->line_starts) index_lines(source);
	if (place.line == 0 || place.line > source->line_count) return 0;
	size_t at = source->line_starts[place.line - 1];
	for (uint32_t column = 1; column < place.column && at < source->bytes.len; column++) {
		uint32_t code;
		size_t taken = utf8_decode(str_skip(source->bytes, at), &code);
		at += taken ? taken : 1;
	}
	return at;
}

struct loc source_loc(struct source *source, size_t offset)
{
	struct place place = source_locate(source, offset);
	return (struct loc){.file = source->name, .line = place.line, .column = place.column};
}
