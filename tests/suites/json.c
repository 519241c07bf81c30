/* SPDX-License-Identifier: EUPL-1.2 */
/* JSONTestSuite against the JSON reader: y_ must be read, n_ must be refused, i_ must end either way. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "doc/json.h"
#include "skips.h"

enum { PATH_MAX_BYTES = 4096 };

static bool read_file(const char *path, bool *complete)
{
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct doc doc = {.arena = arena, .source = source_read(arena, path, &err)};
	bool ok = doc.source && json_read(&doc, &err);
	*complete = ok ? doc.root != NULL
				   : err.code != ERR_NONE && err.message.in[LANG_EN].len && err.message.in[LANG_NL].len;
	arena_free(arena);
	return ok;
}

int main(void)
{
	const char *shared = getenv("KEUR_SHARED");
	char folder[PATH_MAX_BYTES / 2], path[PATH_MAX_BYTES];
	snprintf(folder, sizeof folder, "%s/suites/json/test_parsing", shared ? shared : "../shared");
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, alphasort);
	if (count < 0) {
		printf("suite: json: skipped, no KEUR_SHARED at %s\n", folder);
		return 0;
	}
	struct arena *arena = arena_new();
	struct skips skips = skips_read(arena, "tests/suites/json.skip");
	unsigned total = 0, passed = 0, skipped = 0;
	for (int i = 0; i < count; i++) {
		const char *name = entries[i]->d_name;
		if (str_ends(str_of(name), STR(".json")) && name[1] == '_') {
			bool complete, listed = skips_has(&skips, str_of(name));
			snprintf(path, sizeof path, "%s/%s", folder, name);
			bool read = read_file(path, &complete);
			bool right = complete && (name[0] == 'i' || read == (name[0] == 'y'));
			total++;
			passed += right && !listed;
			skipped += !right && listed;
			if (right == listed) printf("%s %s%s\n", name, read ? "read" : "refused", listed ? ", yet listed" : "");
		}
		free(entries[i]);
	}
	free(entries);
	arena_free(arena);
	printf("suite: json: %u of %u passed, %u skipped (tests/suites/json.skip)\n", passed, total, skipped);
	return passed + skipped != total;
}
