/*
 * yaml-test-suite against the YAML reader: a case with `error` must be refused, one with `in.json` must give that tree.
 * What neither holds for is in yaml.skip, and must still be refused: keur never reads a wrong tree in silence.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/io.h"
#include "doc/json.h"
#include "doc/yaml.h"
#include "skips.h"

enum { PATH_MAX_BYTES = 4096, FILE_MAX_BYTES = 1 << 20 };

struct suite {
	struct skips skips;
	const char *root;
	unsigned passed, skipped, total, failures;
};

enum outcome { READ_RIGHT, READ_WRONG, READ_UNCHECKED, REFUSED_RIGHT, REFUSED_WRONG };

static bool exists(const char *folder, const char *name)
{
	char path[PATH_MAX_BYTES];
	struct stat info;
	snprintf(path, sizeof path, "%s/%s", folder, name);
	return stat(path, &info) == 0;
}

static bool read_with(bool (*reader)(struct doc *, struct err *), const char *folder, const char *name, struct doc *doc,
		struct err *err)
{
	char path[PATH_MAX_BYTES];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	doc->source = source_read(doc->arena, path, err);
	return doc->source && reader(doc, err);
}

static enum outcome run_case(const char *folder, struct arena *arena, struct err *err)
{
	struct doc doc = {.arena = arena}, expected = {.arena = arena};
	struct err json_err;
	err_init(&json_err, arena);
	bool read = read_with(yaml_read, folder, "in.yaml", &doc, err);
	if (exists(folder, "error")) return read ? READ_WRONG : REFUSED_RIGHT;
	if (!read) return REFUSED_WRONG;
	if (!exists(folder, "in.json")) return READ_UNCHECKED;
	if (!read_with(json_read, folder, "in.json", &expected, &json_err)) return READ_WRONG;
	return node_equal(doc.root, expected.root) ? READ_RIGHT : READ_WRONG;
}

static const char *const names[] = {"read right", "READ WRONG", "read, unchecked", "refused right", "refused"};

/*
 * A listed case must be refused, or be one that nothing can be compared with; one that is read as the suite does not
 * have it says so: "<id> accepted: <reason>".
 */
static bool as_expected(const struct suite *suite, struct str id, enum outcome outcome, bool listed)
{
	char accepted[PATH_MAX_BYTES];
	snprintf(accepted, sizeof accepted, "%.*s accepted:", STR_FMT(id));
	if (listed && str_find_str(suite->skips.text, str_of(accepted)) < suite->skips.text.len)
		return outcome == READ_WRONG;
	if (listed) return outcome == REFUSED_WRONG || outcome == READ_UNCHECKED;
	return outcome == READ_RIGHT || outcome == REFUSED_RIGHT;
}

static void judge(struct suite *suite, const char *folder)
{
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct str id = str_of(folder + strlen(suite->root) + 1);
	enum outcome outcome = run_case(folder, arena, &err);
	bool listed = skips_has(&suite->skips, id);
	bool ok = as_expected(suite, id, outcome, listed);
	suite->total++;
	suite->passed += ok && !listed;
	suite->skipped += ok && listed;
	suite->failures += !ok;
	if (!ok)
		printf("%.*s %s%s: %u:%u %.*s\n", STR_FMT(id), names[outcome], listed ? ", yet listed in yaml.skip" : "",
				err.loc.line, err.loc.column, STR_FMT(text_in(err.message, LANG_EN)));
	arena_free(arena);
}

/* A folder is a case, or holds cases. */
static void walk(struct suite *suite, const char *folder, int depth)
{
	if (exists(folder, "in.yaml")) judge(suite, folder);
	struct dirent **entries;
	int count = depth < 2 ? scandir(folder, &entries, NULL, alphasort) : 0;
	for (int i = 0; i < count; i++) {
		char path[PATH_MAX_BYTES];
		struct stat info;
		snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
		if (entries[i]->d_name[0] != '.' && stat(path, &info) == 0 && S_ISDIR(info.st_mode))
			walk(suite, path, depth + 1);
		free(entries[i]);
	}
	if (count > 0) free(entries);
}

int main(void)
{
	const char *shared = getenv("KEUR_SHARED");
	char root[PATH_MAX_BYTES];
	snprintf(root, sizeof root, "%s/suites/yaml", shared ? shared : "../shared");
	if (!exists(root, ".")) {
		printf("suite: yaml: skipped, no KEUR_SHARED at %s\n", root);
		return 0;
	}
	struct arena *arena = arena_new();
	struct suite suite = {.skips = skips_read(arena, "tests/suites/yaml.skip"), .root = root};
	walk(&suite, root, 0);
	printf("suite: yaml: %u of %u passed, %u skipped (tests/suites/yaml.skip)\n", suite.passed, suite.total,
			suite.skipped);
	arena_free(arena);
	return suite.failures != 0;
}
