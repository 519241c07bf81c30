/* SPDX-License-Identifier: EUPL-1.2 */
/* A list of cases that a suite program expects to miss: one a line, "<id> <reason>"; '#' starts a comment. */
#ifndef KEUR_TESTS_SUITES_SKIPS_H
#define KEUR_TESTS_SUITES_SKIPS_H

#include <stdio.h>

#include "base/io.h"

struct skips {
	struct str text;
};

/* Reads `path`; a missing file is an empty list. */
static inline struct skips skips_read(struct arena *arena, const char *path)
{
	struct err err;
	struct skips skips = {{"", 0}};
	err_init(&err, arena);
	if (!io_read(arena, path, 1 << 20, &skips.text, &err)) printf("no %s\n", path);
	return skips;
}

static inline bool skips_has(const struct skips *skips, struct str id)
{
	for (struct str rest = skips->text; rest.len;) {
		struct str line = {rest.ptr, str_find(rest, '\n')};
		if (line.len > id.len && str_starts(line, id) && line.ptr[id.len] == ' ') return true;
		rest = str_skip(rest, line.len + 1);
	}
	return false;
}

#endif
