/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The short cut of the YAML reader against libyaml, on all of yaml-test-suite, on published API descriptions and on
 * what is in this repository: the same trees, spans and remarks; and of real documents nearly all must go that way.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/io.h"
#include "base/limits.h"
#include "doc/complaint.h"
#include "doc/yaml.h"
#include "doc/yaml_fast.h"
#include "support/twins.h"

enum { PATH_MAX_BYTES = 4096, DEPTH_MAX = 8, LEAST_PERCENT = 95 };

struct tally {
	unsigned documents, fast, failures;
	bool tells; /* names what did not go the fast way */
};

static bool differs(struct doc *fast, struct err *err)
{
	struct doc full = {.arena = fast->arena, .source = fast->source};
	return !yaml_read_in_full(&full, err) || !twins_equal(fast, &full);
}

static void judge(struct tally *tally, const char *path)
{
	struct arena *arena = arena_new();
	struct err err;
	struct doc doc = {.arena = arena};
	size_t start;
	err_init(&err, arena);
	doc.source = source_read(arena, path, &err);
	if (doc.source && check_encoding(&doc, &start, &err)) {
		tally->documents++;
		if (!yaml_fast_read(&doc, start)) {
			if (tally->tells) printf("%s: read by libyaml\n", path);
		} else {
			tally->fast++;
			if (differs(&doc, &err)) {
				printf("%s DIFFERS: %.*s\n", path, STR_FMT(text_in(err.message, LANG_EN)));
				tally->failures++;
			}
		}
	}
	arena_free(arena);
}

static void walk(struct tally *tally, const char *folder, int depth)
{
	struct dirent **entries;
	int count = depth < DEPTH_MAX ? scandir(folder, &entries, NULL, alphasort) : 0;
	for (int i = 0; i < count; i++) {
		char path[PATH_MAX_BYTES];
		struct stat info;
		struct str name = str_of(entries[i]->d_name);
		snprintf(path, sizeof path, "%s/%s", folder, name.ptr);
		if (name.ptr[0] != '.' && stat(path, &info) == 0) {
			if (S_ISDIR(info.st_mode))
				walk(tally, path, depth + 1);
			else if (str_ends(name, STR(".yaml")) || str_ends(name, STR(".yml")))
				judge(tally, path);
		}
		free(entries[i]);
	}
	if (count > 0) free(entries);
}

static void walk_shared(struct tally *tally, const char *shared, const char *folder)
{
	char path[PATH_MAX_BYTES];
	snprintf(path, sizeof path, "%s/%s", shared, folder);
	walk(tally, path, 0);
}

/* Everything in the folders is held side by side; the documents that people wrote must go the fast way as well. */
int main(void)
{
	static const char *const real[] = {"reference/adr/documents", "reference/zgw/oas-bundled", "suites/openapi"};
	const char *given = getenv("KEUR_SHARED"), *shared = given ? given : "../shared";
	struct tally suite = {0}, written = {0}, own = {0};
	suite.tells = written.tells = own.tells = getenv("YAML_FAST_TELLS") != NULL;
	walk(&own, "fixtures", 0);
	walk(&own, "rules", 0);
	walk_shared(&suite, shared, "suites/yaml");
	for (size_t i = 0; i < sizeof real / sizeof *real; i++)
		walk_shared(&written, shared, real[i]);
	if (suite.documents == 0) printf("suite: yaml_fast: shared documents skipped, no KEUR_SHARED at %s\n", shared);
	printf("suite: yaml_fast: %u documents as libyaml reads them; the fast way: %u of %u of yaml-test-suite, "
		   "%u of %u published ones, %u of %u of ours\n",
			suite.fast + written.fast + own.fast, suite.fast, suite.documents, written.fast, written.documents,
			own.fast, own.documents);
	bool enough = written.fast * 100 > written.documents * LEAST_PERCENT || written.documents == 0;
	if (!enough) printf("suite: yaml_fast: too few published documents go the fast way\n");
	return suite.failures + written.failures + own.failures != 0 || !enough;
}
