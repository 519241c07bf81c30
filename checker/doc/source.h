/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A source: the bytes of one file and the name that a reader knows it by; offsets into line and column on demand.
 *
 * A line ends with LF, CR LF or CR. Columns count code points from 1. A UTF-8 byte order mark belongs to no column.
 * The line index is made at the first question: a source belongs to one thread at a time.
 */
#ifndef KEUR_DOC_SOURCE_H
#define KEUR_DOC_SOURCE_H

#include "base/err.h"
#include "base/str.h"

struct source {
	struct arena *arena;
	struct str name;       /* as messages show it: a path as given, a URL, "<stdin>" */
	struct str bytes;      /* followed by a NUL */
	struct str original;   /* the bytes before they were made UTF-8; ptr NULL: they are `bytes` */
	uint32_t *line_starts; /* made by source_locate() */
	uint32_t line_count;
	size_t last_offset; /* of the last question, so that columns of a long line are counted once */
	uint32_t last_line, last_column;
};

struct place {
	uint32_t line;
	uint32_t column;
};

/* Reads `path` ("-" for standard input) into the arena. Errors as io_read(). */
struct source *source_read(struct arena *arena, const char *path, struct err *err);

/* A source over bytes that outlive it and are followed by a NUL. */
struct source *source_of(struct arena *arena, struct str name, struct str bytes);

/* Line and column of a byte offset; an offset past the end is the end. */
struct place source_locate(struct source *source, size_t offset);

/* Byte offset of a place, as source_locate() gave it. */
size_t source_offset(struct source *source, struct place place);

/* The text of a line, counted from 1, without its line end; empty when there is no such line. */
struct str source_line(struct source *source, uint32_t line);

/* A `struct loc` for err_set(): this source, at this offset. */
struct loc source_loc(struct source *source, size_t offset);

#endif
