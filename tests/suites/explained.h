/* SPDX-License-Identifier: EUPL-1.2 */
/* Differences with another tool that are meant: "<document> <code> <pointer or *> <reason>", one a line. */
#ifndef KEUR_TESTS_SUITES_EXPLAINED_H
#define KEUR_TESTS_SUITES_EXPLAINED_H

#include "verdict.h"

#include "base/io.h"

struct skip {
	struct str document, code, pointer;
	unsigned used;
};

struct explanations {
	struct skip *items;
	size_t count, capacity;
};

static inline struct str take_word(struct str *line)
{
	struct str word = {line->ptr, str_find(*line, ' ')};
	*line = str_skip(*line, word.len + 1);
	return word;
}

static inline void explanations_read(struct explanations *explanations, struct arena *arena, const char *path)
{
	struct err err;
	struct str text;
	err_init(&err, arena);
	if (!io_read(arena, path, 1 << 20, &text, &err)) return;
	while (text.len > 0) {
		struct str line = {text.ptr, str_find(text, '\n')};
		text = str_skip(text, line.len + 1);
		if (line.len == 0 || line.ptr[0] == '#') continue;
		struct skip skip = {.document = take_word(&line)};
		skip.code = take_word(&line);
		skip.pointer = take_word(&line);
		*vec_push(explanations) = skip;
	}
}

static inline bool matches(struct str pattern, struct str text)
{
	return str_eq(pattern, STR("*")) || str_eq(pattern, text);
}

/* A line is "<code> <pointer>". */
static inline bool is_explained(struct explanations *explanations, struct str document, struct str line)
{
	struct str pointer = line, code = take_word(&pointer);
	for (size_t i = 0; i < explanations->count; i++) {
		struct skip *skip = &explanations->items[i];
		if (!matches(skip->document, document) || !matches(skip->code, code)) continue;
		if (!matches(skip->pointer, pointer)) continue;
		skip->used++;
		return true;
	}
	return false;
}

/* Tells of explanations that nothing asked for; how many. */
static inline unsigned explanations_stale(const struct explanations *explanations, const char *file)
{
	unsigned stale = 0;
	for (size_t i = 0; i < explanations->count; i++) {
		const struct skip *skip = &explanations->items[i];
		if (skip->used) continue;
		stale++;
		printf("%s: nothing differs at: %.*s %.*s %.*s\n", file, STR_FMT(skip->document), STR_FMT(skip->code),
				STR_FMT(skip->pointer));
	}
	return stale;
}

#endif
