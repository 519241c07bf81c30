/* SPDX-License-Identifier: EUPL-1.2 */
/* The official JSON Schema tests of drafts 4, 6, 7, 2019-09 and 2020-12: required and optional ones, and formats. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "doc/doc.h"
#include "engine/schema.h"
#include "skips.h"

struct tally {
	unsigned total, passed, skipped, unexpected;
};

/* One folder of a draft. */
struct draft {
	const char *folder;
	enum schema_draft draft;
	bool formats;
};

/* Documents that tests refer to: the suite has them at http://localhost:1234/. */
struct remotes {
	struct schema_resolver resolver;
	struct arena *arena;
	const char *folder;
	struct schema_document tested; /* the schema at hand, at urn:tested */
};

static void close_remote(void *doc)
{
	doc_close(doc);
}

static bool find_remote(struct schema_resolver *resolver, struct str uri, struct schema_document *document)
{
	struct remotes *remotes = (struct remotes *)resolver;
	struct str host = STR("http://localhost:1234/");
	struct err err;
	*document = remotes->tested;
	if (str_eq(uri, STR("urn:tested"))) return true;
	if (!str_starts(uri, host)) return false;
	err_init(&err, remotes->arena);
	struct str rest = str_skip(uri, host.len);
	struct str path = str_printf(remotes->arena, "%s/remotes/%.*s", remotes->folder, STR_FMT(rest));
	struct doc *doc = doc_open(path.ptr, &err);
	if (!doc) return false;
	arena_on_free(remotes->arena, close_remote, doc);
	*document = (struct schema_document){doc->root, doc->source};
	return true;
}

static const char *suite_folder;

static struct str member_bytes(const struct doc *doc, const struct node *node)
{
	return (struct str){doc->source->bytes.ptr + node->start, node->end - node->start};
}

struct counter {
	struct schema_sink sink;
	unsigned *count;
};

static void count_violation(struct schema_sink *sink, const struct schema_violation *violation)
{
	(void)violation;
	++*((struct counter *)sink)->count;
}

/*
 * Does keur agree with one test? Both the quick question and what is reported have to: `beside` has the schema beside
 * one that is false, so that everything is reported even of valid values, and that one violation is too many.
 */
static bool agrees(const struct schema *schema, const struct schema *beside, const struct node *test,
		const struct doc *doc, struct arena *arena)
{
	struct err err;
	struct view view = {doc, NULL};
	struct schema_sink sink = {0};
	err_init(&err, arena);
	const struct node *data = node_member(test, STR("data"));
	bool valid = node_member(test, STR("valid"))->kind == NODE_TRUE;
	enum schema_result expected = valid ? SCHEMA_VALID : SCHEMA_INVALID;
	if (schema_check(schema, &view, data, SCHEMA_TEST, &sink, arena, &err) != expected) return false;
	unsigned reported = 0;
	struct counter counter = {{.report = count_violation}, &reported};
	schema_check(beside, &view, data, SCHEMA_ALL, &counter.sink, arena, &err);
	return (reported == 1) == valid && reported > 0;
}

static void note(struct tally *tally, bool right, bool listed, struct str id)
{
	tally->total++;
	tally->passed += right;
	tally->skipped += !right && listed;
	tally->unexpected += !right && !listed;
	if (!right && !listed) printf("%.*s\n", STR_FMT(id));
}

/* A group of tests with one schema; the skip list names files, or groups as file#number. Returns what failed. */
static unsigned run_group(const struct doc *doc, uint32_t index, const struct draft *draft, struct str file,
		bool file_listed, const struct skips *skips, struct tally *tally)
{
	const struct node *group = &doc->root->children[index];
	const struct node *tests = node_member(group, STR("tests"));
	struct arena *arena = arena_new();
	struct remotes remotes = {.resolver = {find_remote}, .arena = arena, .folder = suite_folder};
	struct schema_options options = {.draft = draft->draft,
			.unicode = true,
			.formats = draft->formats,
			.standard_formats = true,
			.content = draft->draft == SCHEMA_DRAFT7 && str_eq(file, STR("content.json")),
			.resolver = &remotes.resolver};
	struct err err;
	err_init(&err, arena);
	const struct node *node = node_member(group, STR("schema"));
	struct schema *schema = schema_compile(arena, doc->source, node, &options, &err);
	struct doc *wrapper = doc_of(STR("wrapper"), STR("{\"allOf\": [{\"$ref\": \"urn:tested\"}, false]}"), &err);
	remotes.tested = (struct schema_document){node, doc->source};
	struct schema *beside = schema ? schema_compile(arena, wrapper->source, wrapper->root, &options, &err) : NULL;
	struct str id = str_printf(arena, "%s/%.*s#%u", draft->folder, STR_FMT(file), index);
	bool listed = file_listed || skips_has(skips, id);
	unsigned failed = 0;
	if (!beside && !listed) printf("%.*s\n", STR_FMT(err.message.in[LANG_EN]));
	for (uint32_t i = 0; i < tests->len; i++) {
		bool right = schema && beside && agrees(schema, beside, &tests->children[i], doc, arena);
		struct str description = member_bytes(doc, node_member(&tests->children[i], STR("description")));
		struct str name = str_printf(arena, "%.*s %.*s", STR_FMT(id), STR_FMT(description));
		note(tally, right, listed, name);
		failed += !right;
	}
	if (!file_listed && listed && failed == 0) {
		printf("%.*s passes, yet is listed\n", STR_FMT(id));
		tally->unexpected++;
	}
	doc_close(wrapper);
	arena_free(arena);
	return failed;
}

static void run_file(
		const char *folder, struct str file, const struct draft *draft, const struct skips *skips, struct tally *tally)
{
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct str path = str_printf(arena, "%s/%s/%.*s", folder, draft->folder, STR_FMT(file));
	struct doc *doc = doc_open(path.ptr, &err);
	bool listed = skips_has(skips, str_printf(arena, "%s/%.*s", draft->folder, STR_FMT(file)));
	unsigned failed = 0;
	for (uint32_t i = 0; doc && i < doc->root->len; i++)
		failed += run_group(doc, i, draft, file, listed, skips, tally);
	if (!doc || (listed && failed == 0)) {
		printf("%s %s\n", path.ptr, doc ? "passes, yet is listed" : "cannot be read");
		tally->unexpected++;
	}
	doc_close(doc);
	arena_free(arena);
}

/* All files of a draft; false when there are none. */
static bool run_draft(const char *folder, const struct draft *draft, const struct skips *skips, struct tally *tally)
{
	struct arena *arena = arena_new();
	struct str path = str_printf(arena, "%s/%s", folder, draft->folder);
	struct dirent **entries;
	int count = scandir(path.ptr, &entries, NULL, alphasort);
	for (int i = 0; i < count; i++) {
		struct str name = str_of(entries[i]->d_name);
		if (str_ends(name, STR(".json"))) run_file(folder, name, draft, skips, tally);
		free(entries[i]);
	}
	if (count >= 0) free(entries);
	arena_free(arena);
	return count >= 0;
}

static void print_tally(const char *what, const struct tally *tally)
{
	printf("suite: json_schema: %s: %u of %u passed, %u skipped\n", what, tally->passed, tally->total, tally->skipped);
}

/* Required, optional and format tests of one draft; false when they are not there. */
static bool run_drafts(const char *folder, const struct draft drafts[3], const struct skips *skips, struct tally *all)
{
	bool found = true;
	for (int i = 0; i < 3 && found; i++) {
		struct tally tally = {0};
		found = run_draft(folder, &drafts[i], skips, &tally);
		if (found) print_tally(drafts[i].folder, &tally);
		all->total += tally.total;
		all->passed += tally.passed;
		all->skipped += tally.skipped;
		all->unexpected += tally.unexpected;
	}
	return found;
}

int main(void)
{
	static const struct draft drafts[][3] = {
			{{"draft4", SCHEMA_DRAFT4, false}, {"draft4/optional", SCHEMA_DRAFT4, false},
					{"draft4/optional/format", SCHEMA_DRAFT4, true}},
			{{"draft6", SCHEMA_DRAFT6, false}, {"draft6/optional", SCHEMA_DRAFT6, false},
					{"draft6/optional/format", SCHEMA_DRAFT6, true}},
			{{"draft7", SCHEMA_DRAFT7, false}, {"draft7/optional", SCHEMA_DRAFT7, false},
					{"draft7/optional/format", SCHEMA_DRAFT7, true}},
			{{"draft2019-09", SCHEMA_2019_09, false}, {"draft2019-09/optional", SCHEMA_2019_09, false},
					{"draft2019-09/optional/format", SCHEMA_2019_09, true}},
			{{"draft2020-12", SCHEMA_2020_12, false}, {"draft2020-12/optional", SCHEMA_2020_12, false},
					{"draft2020-12/optional/format", SCHEMA_2020_12, true}},
	};
	const char *shared = getenv("KEUR_SHARED");
	struct arena *arena = arena_new();
	struct str folder = str_printf(arena, "%s/suites/json-schema/tests", shared ? shared : "../shared");
	struct skips skips = skips_read(arena, "tests/suites/json_schema.skip");
	struct tally tally = {0};
	bool found = true;
	suite_folder = str_printf(arena, "%s/suites/json-schema", shared ? shared : "../shared").ptr;
	for (size_t i = 0; i < sizeof drafts / sizeof drafts[0] && found; i++)
		found = run_drafts(folder.ptr, drafts[i], &skips, &tally);
	if (found) {
		printf("suite: json_schema: %u of %u passed, %u skipped (tests/suites/json_schema.skip)\n", tally.passed,
				tally.total, tally.skipped);
	} else {
		printf("suite: json_schema: skipped, no KEUR_SHARED at %s\n", folder.ptr);
	}
	arena_free(arena);
	return tally.unexpected > 0;
}
