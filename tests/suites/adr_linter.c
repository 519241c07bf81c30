/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The NLGov API Design Rules as their linter has them: (a) Logius' own test cases with the output they expect, and (b)
 * the published rule sets, unmodified, on documents of Dutch governments, against what Spectral 6.16.3 says. Codes of
 * readers and references (parser, invalid-ref, unrecognized-format) are counted apart. A difference is explained in
 * adr_linter.skip: "<document> <code> <pointer or *> <reason>".
 */
#include "explained.h"

#include <dirent.h>

#include "stylish.h"

struct suite {
	struct arena *arena;
	const char *folder;
	struct explanations skips;
	struct str ruleset, document; /* being compared */
	size_t agreed, differ, explained;
	unsigned apart, undecided, cases, cases_passed;
};

static void differs(void *context, struct str line, char side)
{
	struct suite *suite = context;
	if (is_explained(&suite->skips, suite->document, line)) {
		suite->explained++;
		return;
	}
	suite->differ++;
	printf("%.*s %.*s %c %.*s\n", STR_FMT(suite->ruleset), STR_FMT(suite->document), side, STR_FMT(line));
}

static const char *shared_path(const struct suite *suite, const char *path)
{
	return str_printf(suite->arena, "%s/reference/adr/%s", suite->folder, path).ptr;
}

static const struct spectral *load(struct suite *suite, const char *ruleset)
{
	struct err err;
	err_init(&err, suite->arena);
	struct spectral_options options = spectral_parity();
	const char *path = str_eq(str_of(ruleset), STR("oas"))
							   ? "tests/suites/spectral_oas.yaml"
							   : shared_path(suite, str_printf(suite->arena, "rulesets/%s.yaml", ruleset).ptr);
	const struct spectral *spectral = spectral_load(suite->arena, path, &options, &err);
	suite->ruleset = str_of(ruleset);
	if (spectral) return spectral;
	printf("%s:%u:%u: %.*s\n", path, err.loc.line, err.loc.column, STR_FMT(err.message.in[LANG_EN]));
	suite->differ++;
	return NULL;
}

static bool is_of_reader(struct str code)
{
	return str_eq(code, STR("parser")) || str_eq(code, STR("invalid-ref")) || str_eq(code, STR("unrecognized-format"));
}

/* Checks a document; NULL when it cannot be read. */
static const struct facts *check(struct suite *suite, const struct spectral *spectral, const char *path,
		struct arena *arena, const struct doc **doc)
{
	struct err err;
	err_init(&err, arena);
	struct doc *opened = doc_open(path, &err);
	if (!opened) {
		printf("%s: %.*s\n", path, STR_FMT(err.message.in[LANG_EN]));
		suite->differ++;
		return NULL;
	}
	arena_on_free(arena, close_document, opened);
	struct facts *run = arena_alloc(arena, sizeof *run);
	spectral_check(spectral, refs_new(arena, opened), arena, run);
	uint32_t count;
	const struct spectral_rule *rules = spectral_rules(spectral, &count);
	for (uint32_t i = 0; i < count; i++) {
		if (!run->items[i].undecided) continue;
		suite->undecided++;
		printf("%s: rule %.*s undecided: %.*s\n", path, STR_FMT(rules[i].name), STR_FMT(run->items[i].why.in[LANG_EN]));
	}
	*doc = opened;
	return run;
}

static struct str code_and_pointer(struct arena *arena, struct str code, struct str pointer)
{
	return str_printf(arena, "%.*s %.*s", STR_FMT(code), STR_FMT(pointer));
}

/* Equal lines count once: the same place in two files has one line. */
static void lines_unique(struct lines *lines)
{
	size_t to = 0;
	lines_sort(lines);
	for (size_t i = 0; i < lines->count; i++)
		if (to == 0 || !str_eq(lines->items[to - 1], lines->items[i])) lines->items[to++] = lines->items[i];
	lines->count = to;
}

static void read_verdict(struct suite *suite, const struct node *verdict, struct arena *arena, struct lines *lines)
{
	for (uint32_t i = 0; i < node_count(verdict); i++) {
		const struct node *result = &verdict->children[i];
		struct str code = node_string_member(result, STR("code"));
		if (is_of_reader(code))
			suite->apart++;
		else
			*vec_push(lines) = code_and_pointer(arena, code, pointer_of_path(arena, node_member(result, STR("path"))));
	}
	lines_unique(lines);
}

static void compare_document(struct suite *suite, const struct spectral *spectral, const char *name)
{
	struct arena *arena = arena_new();
	struct err err;
	const struct doc *doc;
	err_init(&err, arena);
	suite->document = str_of(name);
	struct str verdict_path = str_printf(arena, "verdicts/%.*s/%s.json", STR_FMT(suite->ruleset), name);
	struct doc *verdict = doc_open(shared_path(suite, verdict_path.ptr), &err);
	const struct facts *run = check(
			suite, spectral, shared_path(suite, str_printf(arena, "documents/%s", name).ptr), arena, &doc);
	if (verdict && run) {
		struct lines actual = {0}, expected = {0};
		uint32_t count;
		const struct spectral_rule *rules = spectral_rules(spectral, &count);
		for (uint32_t i = 0; i < run->result_count; i++)
			*vec_push(&actual) = code_and_pointer(arena, rules[run->results[i].rule].name, run->results[i].pointer);
		lines_unique(&actual);
		read_verdict(suite, verdict->root, arena, &expected);
		suite->agreed += lines_match(&actual, &expected, differs, suite);
		vec_release(&actual);
		vec_release(&expected);
	}
	doc_close(verdict);
	arena_free(arena);
}

static int is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && strcmp(entry->d_name, "INDEX.tsv") != 0;
}

static void compare_documents(struct suite *suite, const char *ruleset)
{
	const struct spectral *spectral = load(suite, ruleset);
	struct dirent **entries;
	int count = spectral ? scandir(shared_path(suite, "documents"), &entries, is_visible, alphasort) : -1;
	for (int i = 0; i < count; i++) {
		compare_document(suite, spectral, entries[i]->d_name);
		free(entries[i]);
	}
	if (count >= 0) free(entries);
}

/* Lines of a test case that are of rules. */
static void read_expected(struct str text, struct arena *arena, struct lines *lines)
{
	while (text.len > 0) {
		struct str line = {text.ptr, str_find(text, '\n')};
		struct str code;
		text = str_skip(text, line.len + 1);
		if (!stylish_read(line, arena, &code, &line)) continue;
		if (!is_of_reader(code)) *vec_push(lines) = line;
	}
}

static void run_case(struct suite *suite, const struct spectral *spectral, const char *folder)
{
	struct arena *arena = arena_new();
	struct err err;
	struct str text;
	const struct doc *doc;
	err_init(&err, arena);
	size_t before = suite->differ;
	suite->document = str_of(strrchr(folder, '/') + 1);
	bool read = io_read(arena, str_printf(arena, "%s/expected-output.txt", folder).ptr, 1 << 20, &text, &err);
	const struct facts *run = check(suite, spectral, str_printf(arena, "%s/openapi.json", folder).ptr, arena, &doc);
	if (read && run) {
		struct lines actual = {0}, expected = {0};
		read_expected(text, arena, &expected);
		for (uint32_t i = 0; i < run->result_count; i++)
			*vec_push(&actual) = stylish_line(spectral, &run->results[i], arena);
		suite->agreed += lines_match(&actual, &expected, differs, suite);
		vec_release(&actual);
		vec_release(&expected);
	}
	suite->cases++;
	suite->cases_passed += read && run && suite->differ == before;
	arena_free(arena);
}

static void run_cases(struct suite *suite, const char *version, const char *ruleset)
{
	const struct spectral *spectral = load(suite, ruleset);
	const char *folder = shared_path(suite, str_printf(suite->arena, "testcases/%s/linter/testcases", version).ptr);
	struct dirent **entries;
	int count = spectral ? scandir(folder, &entries, is_visible, alphasort) : -1;
	for (int i = 0; i < count; i++) {
		run_case(suite, spectral, str_printf(suite->arena, "%s/%s", folder, entries[i]->d_name).ptr);
		free(entries[i]);
	}
	if (count >= 0) free(entries);
}

int main(void)
{
	static const char *const rulesets[] = {"adr-2.1", "adr-2.2", "don-2.0", "adr-draft-reconstructed", "oas"};
	struct suite suite = {.arena = arena_new(), .folder = suite_folder()};
	if (access(shared_path(&suite, "documents"), R_OK) != 0) {
		printf("suite: adr-linter: skipped, no KEUR_SHARED at %s\n", shared_path(&suite, "documents"));
		arena_free(suite.arena);
		return 0;
	}
	explanations_read(&suite.skips, suite.arena, "tests/suites/adr_linter.skip");
	run_cases(&suite, "2.1.0", "adr-2.1");
	run_cases(&suite, "2.2", "adr-2.2");
	for (size_t i = 0; i < sizeof rulesets / sizeof *rulesets; i++)
		compare_documents(&suite, rulesets[i]);
	unsigned stale = explanations_stale(&suite.skips, "adr_linter.skip");
	printf("suite: adr-linter: agreed %zu, differ %zu, explained %zu (tests/suites/adr_linter.skip), of readers %u, "
		   "undecided %u; %u of %u test cases of Logius passed\n",
			suite.agreed, suite.differ, suite.explained, suite.apart, suite.undecided, suite.cases_passed, suite.cases);
	vec_release(&suite.skips);
	arena_free(suite.arena);
	return suite.differ > 0 || stale > 0;
}
