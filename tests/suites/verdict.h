/* SPDX-License-Identifier: EUPL-1.2 */
/* What the suites that compare with Spectral share: results as sorted lines, and what two lists have apart. */
#ifndef KEUR_TESTS_SUITES_VERDICT_H
#define KEUR_TESTS_SUITES_VERDICT_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/vec.h"
#include "doc/pointer.h"
#include "engine/spectral.h"

struct lines {
	struct str *items;
	size_t count, capacity;
};

static inline int lines_compare(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static inline void lines_sort(struct lines *lines)
{
	if (lines->count) qsort(lines->items, lines->count, sizeof *lines->items, lines_compare);
}

/*
 * Calls `differs(context, line, side)` for each line that only one of two lists has, side '+' for `actual` and '-' for
 * `expected`; returns how many lines both have. Sorts both.
 */
typedef void lines_differ_fn(void *context, struct str line, char side);
static inline size_t lines_match(struct lines *actual, struct lines *expected, lines_differ_fn *differs, void *context)
{
	size_t a = 0, e = 0, both = 0;
	lines_sort(actual);
	lines_sort(expected);
	while (a < actual->count || e < expected->count) {
		int order = a == actual->count     ? 1
					: e == expected->count ? -1
										   : str_compare(actual->items[a], expected->items[e]);
		if (order < 0)
			differs(context, actual->items[a++], '+');
		else if (order > 0)
			differs(context, expected->items[e++], '-');
		else
			a++, e++, both++;
	}
	return both;
}

/* An array of path segments, as Spectral prints a path in JSON, as a pointer. */
static inline struct str pointer_of_path(struct arena *arena, const struct node *path)
{
	struct strbuf buf;
	strbuf_init(&buf, LIMIT_DOCUMENT_BYTES);
	for (uint32_t i = 0; path && i < node_count(path); i++)
		pointer_add_token(&buf, node_text(&path->children[i]));
	struct str pointer = str_copy(arena, strbuf_str(&buf));
	strbuf_release(&buf);
	return pointer;
}

/* A file of text; ptr NULL when it cannot be written. */
static inline const char *file_of(struct arena *arena, const char *folder, const char *name, struct str text)
{
	const char *path = str_printf(arena, "%s/%s", folder, name).ptr;
	FILE *file = fopen(path, "w");
	if (!file) return NULL;
	fwrite(text.ptr, 1, text.len, file);
	return fclose(file) == 0 ? path : NULL;
}

static inline const char *suite_folder(void)
{
	const char *shared = getenv("KEUR_SHARED");
	return shared ? shared : "../shared";
}

static inline void close_document(void *doc)
{
	doc_close(doc);
}

/* Spectral's own places and bugs: what its verdicts were made with. */
static inline struct spectral_options spectral_parity(void)
{
	return (struct spectral_options){.builtin_dir = STR("rules/spectral"), .nimma_bugs = true, .spectral_places = true};
}

#endif
