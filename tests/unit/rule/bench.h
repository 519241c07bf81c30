/* SPDX-License-Identifier: EUPL-1.2 */
/* A folder that dies with the test, with one small rule set in it and documents to judge. */
#ifndef TESTS_UNIT_RULE_BENCH_H
#define TESTS_UNIT_RULE_BENCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "rule/run.h"

struct bench {
	char root[64];
	struct arena *arena;
	struct err err;
	struct ruleset *made; /* the same, for a test that changes it */
	const struct ruleset *ruleset;
	struct run run;
};

static inline struct str bench_file(struct bench *bench, const char *name, const char *text)
{
	struct str path = str_printf(bench->arena, "%s/%s", bench->root, name);
	FILE *file = fopen(path.ptr, "w");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
	return path;
}

static inline void bench_folder(struct bench *bench, const char *name)
{
	assert_int_equal(mkdir(str_printf(bench->arena, "%s/%s", bench->root, name).ptr, 0755), 0);
}

/* must: title; should: contact; must: paths in lower case; manual: a fourth. */
static inline void bench_ruleset(struct bench *bench)
{
	struct spectral_options options = {0};
	bench_folder(bench, "demo");
	bench_folder(bench, "demo/1");
	bench_file(bench, "demo/1/r.yaml",
			"rules:\n"
			"  title: {given: $.info, severity: error, message: no title, then: {field: title, function: truthy}}\n"
			"  contact: {given: $.info, severity: warn, message: no contact, then: {field: contact, function: truthy}}\n"
			"  lower: {given: '$.paths[*]~', severity: error, message: not lower, then: {function: pattern,"
			" functionOptions: {match: '^[a-z/]+$'}}}\n");
	bench_file(bench, "demo/1/ruleset.yaml",
			"id: demo\nversion: \"1\"\ntitle: {nl: Proef, en: Demo}\nauthority: A\nlevel: national\nsource: https://x\n"
			"status: {state: effective}\nchecks:\n  document: {engine: spectral, file: r.yaml, subject: openapi}\n"
			"requirements:\n"
			"  - {id: title, obligation: must, title: {nl: Titel, en: Title}, clause: 'https://c/1',"
			" fix: {nl: Geef een titel., en: Give a title.}, checks: [document#title], follows-references: false}\n"
			"  - {id: contact, obligation: should, title: {nl: Contact, en: Contact}, clause: 'https://c/2',"
			" checks: [document#contact]}\n"
			"  - {id: lower, obligation: must, title: {nl: Klein, en: Lower}, clause: 'https://c/3',"
			" checks: [document#lower]}\n"
			"  - {id: human, obligation: must, title: {nl: Mens, en: Human}, clause: 'https://c/4',"
			" not-tested: {nl: Vraagt een mens., en: Needs a human.}}\n"
			"score: {title: {nl: Score, en: Score}, groups: [{id: a, checks: [document#title]},"
			" {id: b, checks: [document#lower]}, {id: c, checks: [document#contact]}]}\n");
	struct ruleset *ruleset = ruleset_load(
			bench->arena, str_printf(bench->arena, "%s/demo/1", bench->root).ptr, &bench->err);
	if (!ruleset || !ruleset_compile(ruleset, &options, &bench->err))
		fail_msg("%.*s", STR_FMT(bench->err.message.in[LANG_EN]));
	bench->ruleset = bench->made = ruleset;
}

static inline int bench_setup(void **state)
{
	struct bench *bench = calloc(1, sizeof *bench);
	snprintf(bench->root, sizeof bench->root, "/tmp/keur-test-XXXXXX");
	assert_non_null(mkdtemp(bench->root));
	bench->arena = arena_new();
	err_init(&bench->err, bench->arena);
	bench_ruleset(bench);
	*state = bench;
	return 0;
}

static inline int bench_teardown(void **state)
{
	struct bench *bench = *state;
	char command[128];
	snprintf(command, sizeof command, "rm -r '%s'", bench->root);
	assert_int_equal(system(command), 0);
	if (bench->run.arena) run_free(&bench->run);
	arena_free(bench->arena);
	free(bench);
	return 0;
}

static inline void bench_run(struct bench *bench, const char *const *targets, uint32_t count, uint32_t threads)
{
	struct run_options options = {{.rulesets = &bench->ruleset, .count = 1}, targets, count, threads};
	if (bench->run.arena) run_free(&bench->run);
	assert_true(run_all(&bench->run, &options, &bench->err));
}

/* Judges one document. */
static inline const struct target_result *bench_judge(struct bench *bench, const char *name, const char *text)
{
	const char *path = bench_file(bench, name, text).ptr;
	bench_run(bench, &path, 1, 1);
	return &bench->run.targets[0];
}

#endif
