/* SPDX-License-Identifier: EUPL-1.2 */
/* What unit tests share: documents from text, and files in a folder of their own. */
#ifndef KEUR_TESTS_SUPPORT_FIXTURE_H
#define KEUR_TESTS_SUPPORT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "doc/doc.h"

#define assert_str(actual, expected)                                                                                   \
	do {                                                                                                               \
		struct str fixture_actual = (actual);                                                                          \
		struct str fixture_expected = str_of(expected);                                                                \
		if (!str_eq(fixture_actual, fixture_expected))                                                                 \
			fail_msg("expected \"%s\", got \"%.*s\"", expected, STR_FMT(fixture_actual));                              \
	} while (0)

/* A document from text under the name "test.json" (or .yaml, as the text is); the test fails when it cannot be read. */
static inline struct doc *fixture_doc(struct arena *arena, const char *text)
{
	struct err err;
	err_init(&err, arena);
	struct doc *doc = doc_of(STR("test.yaml"), str_of(text), &err);
	if (!doc) fail_msg("%.*s", STR_FMT(err.message.in[LANG_EN]));
	return doc;
}

/* Writes a file named `name` in `folder` and returns its path. */
static inline const char *fixture_file(struct arena *arena, const char *folder, const char *name, const char *text)
{
	struct str path = str_printf(arena, "%s/%s", folder, name);
	FILE *file = fopen(path.ptr, "w");
	assert_non_null(file);
	assert_int_equal(fputs(text, file) < 0, 0);
	assert_int_equal(fclose(file), 0);
	return path.ptr;
}

/* A new folder below /tmp; fixture_remove() ends it. */
static inline const char *fixture_folder(struct arena *arena)
{
	char *path = arena_copy(arena, "/tmp/keur-test-XXXXXX", strlen("/tmp/keur-test-XXXXXX"));
	assert_non_null(mkdtemp(path));
	return path;
}

static inline void fixture_remove(struct arena *arena, const char *folder)
{
	assert_int_equal(system(str_printf(arena, "rm -rf '%s'", folder).ptr), 0);
}

#endif
