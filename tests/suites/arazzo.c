/* SPDX-License-Identifier: EUPL-1.2 */
/* The Arazzo Initiative's own documents: those of its schema tests that pass and fail, and its examples. */
#include <stdlib.h>

#include "base/folder.h"
#include "engine/arazzo.h"
#include "skips.h"

struct tally {
	struct skips skips;
	uint32_t count, passed, skipped;
};

/* Is it an Arazzo document? The examples hold others too. */
static bool is_arazzo(const struct doc *doc)
{
	return node_member(doc->root, STR("arazzo")) != NULL;
}

static void judge(struct tally *tally, struct str id, const struct doc *doc, bool accept, bool all)
{
	static const struct scenario_options published = {.lenient = true}; /* as `keur check --scenario` does */
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	if (all || is_arazzo(doc)) {
		struct scenario *scenario = scenario_load(arena, doc, &published, &err);
		bool good = accept ? scenario != NULL : !scenario && err.loc.line > 0 && err.message.in[LANG_NL].len > 0;
		bool skip = skips_has(&tally->skips, id);
		tally->count++;
		tally->passed += good;
		tally->skipped += !good && skip;
		if (good == skip)
			printf("%s: %.*s: %u:%u %.*s\n", good ? "in the list of skips, and passed" : "failed", STR_FMT(id),
					err.loc.line, err.loc.column, STR_FMT(err.message.in[LANG_EN]));
		if (getenv("VERBOSE") && !scenario)
			printf("%.*s: %u:%u %.*s\n", STR_FMT(id), err.loc.line, err.loc.column, STR_FMT(err.message.in[LANG_EN]));
		for (uint32_t i = 0; getenv("VERBOSE") && scenario && i < scenario->remark_count; i++)
			printf("  remark %.*s: %u:%u %.*s\n", STR_FMT(id), scenario->remarks[i].loc.line,
					scenario->remarks[i].loc.column, STR_FMT(scenario->remarks[i].text.in[LANG_EN]));
	}
	arena_free(arena);
}

static bool folder(struct tally *tally, const char *shared, const char *part, bool accept, bool all)
{
	struct arena *arena = arena_new();
	struct err err;
	struct str *names;
	uint32_t count;
	err_init(&err, arena);
	struct str path = str_printf(arena, "%s/suites/arazzo/%s", shared, part);
	bool there = folder_list(arena, path.ptr, &names, &count, &err);
	for (uint32_t i = 0; there && i < count; i++) {
		struct err doc_err;
		err_init(&doc_err, arena);
		if (!str_ends(names[i], STR(".yaml"))) continue;
		struct doc *doc = doc_open(str_printf(arena, "%.*s/%.*s", STR_FMT(path), STR_FMT(names[i])).ptr, &doc_err);
		struct str id = str_printf(arena, "%s/%.*s", part, STR_FMT(names[i]));
		if (doc)
			judge(tally, id, doc, accept, all);
		else
			printf("unreadable: %.*s\n", STR_FMT(id));
		doc_close(doc);
	}
	arena_free(arena);
	return there;
}

int main(void)
{
	const char *shared = getenv("KEUR_SHARED");
	struct arena *arena = arena_new();
	struct tally tally = {skips_read(arena, "tests/suites/arazzo.skip"), 0, 0, 0};
	if (!shared) shared = "../shared";
	bool there = folder(&tally, shared, "v1.0/tests/schema/pass", true, true) &&
				 folder(&tally, shared, "v1.0/tests/schema/fail", false, true) &&
				 folder(&tally, shared, "v1.1/tests/schema/pass", true, true) &&
				 folder(&tally, shared, "v1.1/tests/schema/fail", false, true) &&
				 folder(&tally, shared, "v1.0/examples/1.0.0", true, false) &&
				 folder(&tally, shared, "v1.1/examples/1.0.0", true, false) &&
				 folder(&tally, shared, "v1.1/examples/1.1.0", true, false);
	if (there)
		printf("suite: arazzo: %u of %u passed, %u skipped (tests/suites/arazzo.skip)\n", tally.passed, tally.count,
				tally.skipped);
	else
		printf("suite: arazzo: skipped, no KEUR_SHARED at %s\n", shared);
	arena_free(arena);
	return there && tally.passed + tally.skipped != tally.count;
}
