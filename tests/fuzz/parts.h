/* SPDX-License-Identifier: EUPL-1.2 */
/* Inputs of fuzzers that are several files, with a line "%%%" between them, written in a folder of their own. */
#ifndef TESTS_FUZZ_PARTS_H
#define TESTS_FUZZ_PARTS_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/str.h"

static char parts_folder[64];

static inline void parts_leave(void)
{
	char command[128];
	snprintf(command, sizeof command, "rm -r %s", parts_folder);
	if (system(command) != 0) abort();
}

/* Makes the folder at the first input; it goes when the fuzzer ends. */
static inline void parts_begin(void)
{
	if (parts_folder[0]) return;
	snprintf(parts_folder, sizeof parts_folder, "/tmp/keur-fuzz-XXXXXX");
	if (!mkdtemp(parts_folder)) abort();
	atexit(parts_leave);
}

/* Takes the first part off the rest. */
static inline struct str parts_next(struct str *rest)
{
	struct str part = {rest->ptr, str_find_str(*rest, STR("\n%%%\n"))};
	*rest = str_skip(*rest, part.len + 5);
	return part;
}

/* Path of a file in the folder; lives until the next call. */
static inline const char *parts_path(const char *name)
{
	static char path[128];
	snprintf(path, sizeof path, "%s/%s", parts_folder, name);
	return path;
}

static inline void parts_write(const char *name, struct str text)
{
	FILE *file = fopen(parts_path(name), "w");
	if (!file) abort();
	fwrite(text.ptr, 1, text.len, file);
	fclose(file);
}

#endif
