/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * yaml-test-suite against the YAML reader: a case with `error` must be refused; of any other, every document must give
 * the tree of its events (`test.event`) and, where it has JSON (`in.json`), of that too. What does not hold for is in
 * yaml.skip, and must still be refused: keur never reads a wrong tree in silence.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/io.h"
#include "doc/json.h"
#include "doc/yaml.h"
#include "skips.h"
#include "yaml_events.h"

enum { PATH_MAX_BYTES = 4096, FILE_MAX_BYTES = 1 << 20 };

struct suite {
	struct skips skips;
	const char *root;
	unsigned passed, skipped, total, failures;
};

enum outcome { READ_RIGHT, READ_WRONG, REFUSED_RIGHT, REFUSED_WRONG };

static bool exists(const char *folder, const char *name)
{
	char path[PATH_MAX_BYTES];
	struct stat info;
	snprintf(path, sizeof path, "%s/%s", folder, name);
	return stat(path, &info) == 0;
}

static struct str file_in(struct arena *arena, const char *folder, const char *name)
{
	char path[PATH_MAX_BYTES];
	struct str bytes = {"", 0};
	struct err err;
	err_init(&err, arena);
	snprintf(path, sizeof path, "%s/%s", folder, name);
	if (!io_read(arena, path, FILE_MAX_BYTES, &bytes, &err)) printf("no %s\n", path);
	return bytes;
}

/* Takes one JSON text off the texts in `rest`; the suite writes one after the other. */
static struct str next_json(struct str *rest)
{
	size_t at = 0, depth = 0;
	while (rest->len && strchr(" \n", rest->ptr[0]))
		*rest = str_skip(*rest, 1);
	for (bool quoted = false; at < rest->len; at++) {
		char c = rest->ptr[at];
		if (c == '"') quoted = !quoted;
		if (quoted && c == '\\') at++;
		if (quoted) continue;
		if (depth == 0 && c == '\n') break;
		depth += c == '[' || c == '{';
		depth -= c == ']' || c == '}';
	}
	struct str text = {rest->ptr, at};
	*rest = str_skip(*rest, at);
	return text;
}

static bool equals_json(struct arena *arena, const struct yaml_stream *stream, struct str texts)
{
	for (size_t i = 0; i < stream->count; i++) {
		struct str text = next_json(&texts);
		struct doc doc = {.arena = arena, .source = source_of(arena, STR("in.json"), str_copy(arena, text))};
		struct err err;
		err_init(&err, arena);
		if (!json_read(&doc, &err) || !node_equal(stream->items[i], doc.root)) return false;
	}
	return next_json(&texts).len == 0;
}

static bool equals_events(struct arena *arena, const struct yaml_stream *stream, struct str text)
{
	struct events *events = arena_zalloc(arena, sizeof *events);
	events->arena = arena;
	events->rest = text;
	for (size_t i = 0; i < stream->count; i++) {
		const struct node *expected = events_document(events);
		if (!expected || !node_equal(stream->items[i], expected)) return false;
	}
	return !events_document(events) && !events->odd;
}

static enum outcome run_case(const char *folder, struct arena *arena, struct err *err)
{
	struct doc doc = {.arena = arena};
	struct yaml_stream stream = {0};
	doc.source = source_of(arena, STR("in.yaml"), file_in(arena, folder, "in.yaml"));
	bool read = yaml_read_stream(&doc, &stream, err);
	bool right = read && equals_events(arena, &stream, file_in(arena, folder, "test.event")) &&
				 (!exists(folder, "in.json") || equals_json(arena, &stream, file_in(arena, folder, "in.json")));
	vec_release(&stream);
	if (exists(folder, "error")) return read ? READ_WRONG : REFUSED_RIGHT;
	if (!read) return REFUSED_WRONG;
	return right ? READ_RIGHT : READ_WRONG;
}

static const char *const names[] = {"read right", "READ WRONG", "refused right", "refused"};

/* A listed case must be refused; one that is read as the suite does not have it says so: "<id> accepted: <reason>". */
static bool as_expected(const struct suite *suite, struct str id, enum outcome outcome, bool listed)
{
	char accepted[PATH_MAX_BYTES];
	snprintf(accepted, sizeof accepted, "%.*s accepted:", STR_FMT(id));
	if (listed && str_find_str(suite->skips.text, str_of(accepted)) < suite->skips.text.len)
		return outcome == READ_WRONG;
	if (listed) return outcome == REFUSED_WRONG;
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
