/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading rule sets: what is accepted, and that each fault is refused with its place and the reason. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "rule/fields.h"
#include "rule/library.h"
#include "rule/ruleset_made.h"

#define HEAD                                                                                                           \
	"id: demo\nversion: \"1\"\ntitle: {nl: Proef, en: Demo}\nauthority: A\nlevel: national\nsource: https://x\n"       \
	"status: {state: effective, from: 2026-01-01, until: null}\n"
#define CHECKS "checks:\n  document: {engine: spectral, file: r.spectral.yaml, subject: openapi}\n"
#define ONE                                                                                                            \
	"requirements:\n  - {id: a, obligation: must, title: {nl: N, en: E}, clause: https://c, checks: [document#r1]}\n"
#define SPECTRAL                                                                                                       \
	"rules:\n  r1: {given: $.info, severity: error, then: {field: title, function: truthy}}\n"                         \
	"  r2: {given: $.info, severity: warn, then: {field: contact, function: truthy}}\n"

struct bench {
	char root[64];
	struct arena *arena;
	struct err err;
};

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static struct str make_dir(struct bench *bench, const char *id, const char *version)
{
	struct str dir = str_printf(bench->arena, "%s/%s", bench->root, id);
	mkdir(dir.ptr, 0755);
	dir = str_printf(bench->arena, "%s/%s", dir.ptr, version);
	mkdir(dir.ptr, 0755);
	return dir;
}

static int setup(void **state)
{
	struct bench *bench = calloc(1, sizeof *bench);
	snprintf(bench->root, sizeof bench->root, "/tmp/keur-test-XXXXXX");
	assert_non_null(mkdtemp(bench->root));
	bench->arena = arena_new();
	err_init(&bench->err, bench->arena);
	*state = bench;
	return 0;
}

static int teardown(void **state)
{
	struct bench *bench = *state;
	char command[128];
	snprintf(command, sizeof command, "rm -r '%s'", bench->root);
	assert_int_equal(system(command), 0);
	arena_free(bench->arena);
	free(bench);
	return 0;
}

static struct ruleset *load(struct bench *bench, const char *yaml)
{
	struct str dir = make_dir(bench, "demo", "1");
	write_file(str_printf(bench->arena, "%s/ruleset.yaml", dir.ptr).ptr, yaml);
	write_file(str_printf(bench->arena, "%s/r.spectral.yaml", dir.ptr).ptr, SPECTRAL);
	err_init(&bench->err, bench->arena);
	return ruleset_load(bench->arena, dir.ptr, &bench->err);
}

static void test_complete(void **state)
{
	struct bench *bench = *state;
	struct ruleset *ruleset = load(bench, HEAD CHECKS
			"requirements:\n"
			"  - {id: a/b, obligation: must, kind: technical, title: {nl: N, en: E}, clause: https://c, why: {nl: W, en: V},"
			" fix: {nl: F, en: G}, checks: [document#r1], follows-references: false}\n"
			"  - {id: c, obligation: should, title: {nl: N, en: E}, clause: https://c, mode: semiAutomatic,"
			" checks: [document#r2], not-tested: {nl: D, en: P}}\n"
			"  - {id: d, obligation: may, title: {nl: N, en: E}, clause: https://c, not-tested: {nl: D, en: P}}\n"
			"score: {title: {nl: S, en: T}, groups: [{id: g, checks: [document#r1]}, {id: h, checks: []}]}\n");
	assert_non_null(ruleset);
	assert_int_equal(ruleset->requirement_count, 3);
	const struct requirement *first = &ruleset->requirements[0];
	assert_true(str_eq(first->title.in[LANG_NL], STR("N")) && str_eq(first->title.in[LANG_EN], STR("E")));
	assert_int_equal(first->mode, MODE_AUTOMATIC);
	assert_false(first->follows_references);
	assert_int_equal(ruleset->requirements[2].mode, MODE_MANUAL);
	assert_int_equal(ruleset->requirements[2].obligation, OBLIGATION_MAY);
	assert_int_equal(ruleset->status, STATUS_EFFECTIVE);
	assert_int_equal(ruleset->score_group_count, 2);
	assert_int_equal(ruleset->file_count, 2);
	assert_int_equal(strlen(ruleset->digest.hex), 64);
	struct spectral_options options = {0};
	assert_true(ruleset_compile(ruleset, &options, &bench->err));
	assert_int_equal(ruleset->requirements[1].uses[0].rule, 1);
}

static void test_faults(void **state)
{
	static const struct {
		const char *yaml;
		unsigned line, column;
		const char *part;
	} faults[] = {
			{"id: demo\nverzion: x\n", 2, 1, "did you mean 'version'"},
			{HEAD CHECKS, 1, 1, "'requirements' is missing"},
			{HEAD CHECKS "requirements: []\n", 10, 15, "needs requirements"},
			{HEAD CHECKS "requirements:\n  - {id: a, obligation: shall, title: {nl: N, en: E}, clause: c}\n", 11, 25,
					"must, should, may"},
			{HEAD CHECKS "requirements:\n  - {id: a, obligation: must, title: {en: E}, clause: c}\n", 11, 38,
					"'nl' is missing"},
			{HEAD CHECKS "requirements:\n  - {id: a, obligation: must, title: {nl: N, en: E}, clause: c}\n", 11, 5,
					"no checks"},
			{HEAD CHECKS
					"requirements:\n  - {id: a, obligation: must, title: {nl: N, en: E}, clause: c, checks: [live#x]}\n",
					11, 74, "no check 'live'"},
			{HEAD CHECKS
					"requirements:\n  - {id: a, obligation: must, title: {nl: N, en: E}, clause: c, checks: [document]}\n",
					11, 74, "<check>#<rule>"},
			{HEAD CHECKS
					"requirements:\n  - {id: a, obligation: must, title: {nl: N, en: E}, clause: c, mode: manual, checks: [document#r1]}\n",
					11, 5, "cannot be manual"},
			{HEAD CHECKS
					"requirements:\n  - {id: a, obligation: must, title: {nl: N, en: E}, clause: c, mode: semiAutomatic, not-tested: {nl: a, en: b}}\n",
					11, 5, "needs at least one check"},
			{HEAD CHECKS
					"requirements:\n  - {id: a, obligation: must, title: {nl: N, en: E}, clause: c, not-tested: {nl: a, en: b}, checks: [document#r1]}\n",
					11, 5, "must be semiAutomatic"},
			{HEAD CHECKS
					"requirements:\n  - {id: a, obligation: must, title: {nl: N, en: E}, clause: c, not-tested: {nl: a, en: b}, references: resolve}\n",
					11, 5, "needs at least one check beside it"},
			{HEAD CHECKS
					"requirements:\n  - {id: a, obligation: must, title: {nl: N, en: E}, clause: c, references: ignore}\n",
					11, 77, "resolve"},
			{HEAD "checks:\n  references: {engine: spectral, file: f, subject: openapi}\n" ONE, 9, 15, "another name"},
			{HEAD CHECKS ONE "  - {id: a, obligation: must, title: {nl: N, en: E}, clause: c, checks: [document#r1]}\n",
					12, 5, "twice"},
			{HEAD "checks:\n  x: {engine: xslt, file: f, subject: openapi}\n" ONE, 9, 15,
					"engine xslt is not supported"},
			{HEAD "checks:\n  x: {engine: spectral, file: ../f, subject: openapi}\n" ONE, 9, 31,
					"folder of the rule set"},
			{HEAD "checks:\n  x: {engine: spectral, file: f, subject: endpoint}\n" ONE, 9, 43, "subject endpoint"},
			{HEAD CHECKS ONE "id: demo\n", 12, 1, "twice"},
			{"- a\n", 1, 1, "mapping"},
	};
	struct bench *bench = *state;
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		struct ruleset *ruleset = load(bench, faults[i].yaml);
		const struct err *err = &bench->err;
		assert_null(ruleset);
		if (str_find_str(err->message.in[LANG_EN], str_of(faults[i].part)) == err->message.in[LANG_EN].len ||
				err->code != ERR_RULES || err->loc.line != faults[i].line || err->loc.column != faults[i].column)
			fail_msg("fault %zu: %u:%u %.*s", i, err->loc.line, err->loc.column, STR_FMT(err->message.in[LANG_EN]));
		assert_true(err->message.in[LANG_NL].len > 0);
		assert_false(str_eq(err->message.in[LANG_EN], err->message.in[LANG_NL]));
	}
}

static void test_rule_must_exist(void **state)
{
	struct bench *bench = *state;
	struct spectral_options options = {0};
	struct ruleset *ruleset = load(bench, HEAD CHECKS
			"requirements:\n  - {id: a, obligation: must, title: {nl: N, en: E}, clause: c, checks: [document#nope]}\n");
	assert_non_null(ruleset);
	assert_false(ruleset_compile(ruleset, &options, &bench->err));
	assert_int_equal(bench->err.code, ERR_RULES);
	assert_int_equal(bench->err.loc.line, 11);
}

static void test_digest_follows_extends(void **state)
{
	struct bench *bench = *state;
	struct ruleset *before = load(bench, HEAD CHECKS ONE);
	struct str shared = str_printf(bench->arena, "%s/shared.yaml", bench->root);
	struct str check = str_printf(bench->arena, "%s/demo/1/r.spectral.yaml", bench->root);
	struct str dir = str_printf(bench->arena, "%s/demo/1", bench->root);
	assert_non_null(before);
	write_file(shared.ptr, SPECTRAL);
	write_file(check.ptr, "extends: [[../../shared.yaml, all]]\nrules: {}\n");
	struct ruleset *one = ruleset_load(bench->arena, dir.ptr, &bench->err);
	write_file(shared.ptr, SPECTRAL "# changed\n");
	struct ruleset *two = ruleset_load(bench->arena, dir.ptr, &bench->err);
	assert_int_equal(one->file_count, 3);
	assert_true(str_eq(one->files[2].name, STR("../../shared.yaml")));
	assert_string_not_equal(one->digest.hex, two->digest.hex);
	assert_string_not_equal(one->digest.hex, before->digest.hex);
}

static void test_digest_covers_built_in(void **state)
{
	struct bench *bench = *state;
	struct str mine = str_printf(bench->arena, "%s/mine.yaml", bench->root);
	struct str oas = str_printf(bench->arena, "%s/oas.yaml", bench->root);
	struct spectral_options options = {.builtin_dir = str_of(bench->root)};
	struct digest seen[2];
	write_file(mine.ptr, "extends: spectral:oas\n" SPECTRAL);
	for (int i = 0; i < 2; i++) {
		write_file(oas.ptr, i ? SPECTRAL "# changed\n" : SPECTRAL);
		struct ruleset *ruleset = ruleset_ad_hoc(bench->arena, mine.ptr, &options, &bench->err);
		assert_non_null(ruleset);
		assert_int_equal(ruleset->file_count, 2);
		assert_true(str_eq(ruleset->files[1].name, STR("spectral:oas")));
		assert_int_equal(strlen(ruleset->files[1].digest.hex), 64);
		seen[i] = ruleset->digest;
	}
	assert_string_not_equal(seen[0].hex, seen[1].hex);
}

static void test_ad_hoc(void **state)
{
	struct bench *bench = *state;
	struct spectral_options options = {0};
	struct str path = str_printf(bench->arena, "%s/mine.yaml", bench->root);
	write_file(path.ptr, SPECTRAL);
	struct ruleset *ruleset = ruleset_ad_hoc(bench->arena, path.ptr, &options, &bench->err);
	assert_non_null(ruleset);
	assert_true(ruleset->ad_hoc);
	assert_int_equal(ruleset->requirement_count, 2);
	assert_int_equal(ruleset->requirements[0].obligation, OBLIGATION_MUST);
	assert_int_equal(ruleset->requirements[1].obligation, OBLIGATION_SHOULD);
	assert_true(str_eq(ruleset->id, STR("mine.yaml")));
}

static void add_version(struct bench *bench, const char *version, const char *state)
{
	struct str dir = make_dir(bench, "demo", version);
	struct str yaml = str_printf(bench->arena,
			"id: demo\nversion: \"%s\"\ntitle: {nl: P, en: D}\nauthority: A\nlevel: n\nsource: s\n"
			"status: {state: %s}\n" CHECKS ONE,
			version, state);
	write_file(str_printf(bench->arena, "%s/ruleset.yaml", dir.ptr).ptr, yaml.ptr);
}

static void test_library(void **state)
{
	struct bench *bench = *state;
	struct str root = str_of(bench->root), dir;
	struct library library = {.roots = &root, .root_count = 1};
	struct library_entry *entries;
	uint32_t count;
	add_version(bench, "2.9", "effective");
	add_version(bench, "2.10", "effective");
	add_version(bench, "2.11", "draft");
	make_dir(bench, "report", "1");
	assert_true(library_list(&library, bench->arena, &entries, &count, &bench->err));
	assert_int_equal(count, 3);
	assert_true(str_eq(entries[2].version, STR("2.11")));
	assert_true(library_find(&library, bench->arena, STR("demo"), &dir, &bench->err));
	assert_true(str_ends(dir, STR("/demo/2.10")));
	assert_true(library_find(&library, bench->arena, STR("demo@2.11"), &dir, &bench->err));
	assert_true(str_ends(dir, STR("/demo/2.11")));
	assert_false(library_find(&library, bench->arena, STR("demo@3"), &dir, &bench->err));
	assert_int_equal(bench->err.code, ERR_USAGE);
	assert_true(str_find_str(bench->err.message.in[LANG_EN], STR("2.10")) < bench->err.message.in[LANG_EN].len);
	err_init(&bench->err, bench->arena);
	assert_false(library_find(&library, bench->arena, STR("nope"), &dir, &bench->err));
	assert_int_equal(bench->err.code, ERR_USAGE);
}

static void test_none_effective(void **state)
{
	struct bench *bench = *state;
	struct str root = str_of(bench->root), dir;
	struct library library = {.roots = &root, .root_count = 1};
	add_version(bench, "1", "draft");
	assert_false(library_find(&library, bench->arena, STR("demo"), &dir, &bench->err));
	assert_int_equal(bench->err.code, ERR_USAGE);
}

static void test_version_order(void **state)
{
	(void)state;
	assert_true(version_compare(STR("2.9"), STR("2.10")) < 0);
	assert_true(version_compare(STR("2.1"), STR("2.1.1")) < 0);
	assert_true(version_compare(STR("2.1-rc"), STR("2.1")) > 0);
	assert_int_equal(version_compare(STR("1.0"), STR("1.0")), 0);
}

static void test_nearest(void **state)
{
	(void)state;
	static const char *const names[] = {"check", "rules", NULL};
	assert_string_equal(nearest_name(STR("chek"), names), "check");
	assert_null(nearest_name(STR("zzzzzz"), names));
	assert_null(nearest_name(STR(""), names));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test_setup_teardown(test_complete, setup, teardown),
			cmocka_unit_test_setup_teardown(test_faults, setup, teardown),
			cmocka_unit_test_setup_teardown(test_rule_must_exist, setup, teardown),
			cmocka_unit_test_setup_teardown(test_digest_follows_extends, setup, teardown),
			cmocka_unit_test_setup_teardown(test_digest_covers_built_in, setup, teardown),
			cmocka_unit_test_setup_teardown(test_ad_hoc, setup, teardown),
			cmocka_unit_test_setup_teardown(test_library, setup, teardown),
			cmocka_unit_test_setup_teardown(test_none_effective, setup, teardown),
			cmocka_unit_test(test_version_order),
			cmocka_unit_test(test_nearest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
