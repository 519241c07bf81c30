/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Documents of many makers with all rules of spectral:oas, against what Spectral 6.16.3 says: code and place of each
 * result. Those of readers and references are counted apart. A difference is explained in spectral_documents.skip.
 */
#include "explained.h"

#include <dirent.h>

struct suite {
	struct arena *arena;
	struct explanations skips;
	const char *folder;
	const struct spectral *spectral;
	struct str document; /* being compared */
	size_t agreed, differ, explained;
	unsigned documents, same, apart;
};

static void differs(void *context, struct str line, char side)
{
	struct suite *suite = context;
	if (is_explained(&suite->skips, suite->document, line)) {
		suite->explained++;
		return;
	}
	suite->differ++;
	printf("%.*s %c %.*s\n", STR_FMT(suite->document), side, STR_FMT(line));
}

static bool is_of_reader(struct str code)
{
	return str_eq(code, STR("parser")) || str_eq(code, STR("invalid-ref")) || str_eq(code, STR("unrecognized-format"));
}

static struct str line_of(struct arena *arena, struct str code, struct str pointer)
{
	return str_printf(arena, "%.*s %.*s", STR_FMT(code), STR_FMT(pointer));
}

static void read_expected(struct suite *suite, const struct node *results, struct arena *arena, struct lines *lines)
{
	for (uint32_t i = 0; i < node_count(results); i++) {
		struct str code = node_string_member(&results->children[i], STR("code"));
		struct str pointer = pointer_of_path(arena, node_member(&results->children[i], STR("path")));
		suite->apart += is_of_reader(code);
		if (!is_of_reader(code)) *vec_push(lines) = line_of(arena, code, pointer);
	}
}

static void read_actual(const struct suite *suite, const struct facts *run, struct arena *arena, struct lines *lines)
{
	uint32_t count;
	const struct spectral_rule *rules = spectral_rules(suite->spectral, &count);
	for (uint32_t i = 0; i < run->result_count; i++)
		*vec_push(lines) = line_of(arena, rules[run->results[i].rule].name, run->results[i].pointer);
	for (uint32_t i = 0; i < count; i++)
		if (run->items[i].undecided) *vec_push(lines) = line_of(arena, rules[i].name, STR("undecided"));
}

static void compare(struct suite *suite, const struct doc *record, struct doc *doc, struct arena *arena)
{
	struct facts run;
	struct lines actual = {0}, expected = {0};
	size_t before = suite->differ + suite->explained;
	arena_on_free(arena, close_document, doc);
	spectral_check(suite->spectral, refs_new(arena, doc), arena, &run);
	read_actual(suite, &run, arena, &actual);
	read_expected(suite, node_member(record->root, STR("results")), arena, &expected);
	suite->agreed += lines_match(&actual, &expected, differs, suite);
	suite->documents++;
	suite->same += suite->differ + suite->explained == before;
	vec_release(&actual);
	vec_release(&expected);
}

static void run_record(struct suite *suite, const char *name)
{
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct doc *record = doc_open(str_printf(arena, "%s/%s", suite->folder, name).ptr, &err);
	struct str path = record ? node_string_member(record->root, STR("doc")) : STR("");
	struct doc *doc = record ? doc_open(str_printf(arena, "%s/%.*s", suite->folder, STR_FMT(path)).ptr, &err) : NULL;
	suite->document = str_of(name);
	if (doc)
		compare(suite, record, doc, arena);
	else
		differs(suite, err.message.in[LANG_EN], '-');
	doc_close(record);
	arena_free(arena);
}

static int is_record(const struct dirent *entry)
{
	return str_ends(str_of(entry->d_name), STR(".json"));
}

static void run_all(struct suite *suite)
{
	struct dirent **entries;
	int count = scandir(suite->folder, &entries, is_record, alphasort);
	for (int i = 0; i < count; i++) {
		run_record(suite, entries[i]->d_name);
		free(entries[i]);
	}
	if (count >= 0) free(entries);
}

int main(void)
{
	struct suite suite = {.arena = arena_new()};
	struct spectral_options options = spectral_parity();
	struct err err;
	err_init(&err, suite.arena);
	suite.folder = str_printf(suite.arena, "%s/suites/spectral/documents", suite_folder()).ptr;
	if (access(suite.folder, R_OK) != 0) {
		printf("suite: spectral-documents: skipped, no KEUR_SHARED at %s\n", suite.folder);
		arena_free(suite.arena);
		return 0;
	}
	explanations_read(&suite.skips, suite.arena, "tests/suites/spectral_documents.skip");
	suite.spectral = spectral_load(suite.arena, "tests/suites/spectral_oas_all.yaml", &options, &err);
	if (suite.spectral) run_all(&suite);
	unsigned stale = explanations_stale(&suite.skips, "spectral_documents.skip");
	printf("suite: spectral-documents: %u of %u documents the same; results: agreed %zu, differ %zu, explained %zu "
		   "(tests/suites/spectral_documents.skip), of readers %u\n",
			suite.same, suite.documents, suite.agreed, suite.differ, suite.explained, suite.apart);
	vec_release(&suite.skips);
	arena_free(suite.arena);
	return !suite.spectral || suite.differ > 0 || stale > 0;
}
