/* SPDX-License-Identifier: EUPL-1.2 */
/* What is told of a version of a standard that is not simply in force, and which version is taken without one. */
#include "bench.h"

#include "rule/library.h"
#include "rule/life_cycle.h"

static struct target_result target;

/* What is told of it on a day; empty: nothing. */
static struct str told(struct bench *bench, enum status status, const char *from, const char *until, const char *today)
{
	struct ruleset ruleset = *bench->made;
	ruleset.status = status;
	ruleset.from = str_of(from);
	ruleset.until = str_of(until);
	ruleset.replaced_by = status == STATUS_DEPRECATED ? STR("demo@2") : STR("");
	target = (struct target_result){.arena = bench->arena, .path = STR("a.yaml")};
	life_cycle_tell(&target, &ruleset, str_of(today));
	life_cycle_tell(&target, &ruleset, str_of(today)); /* told once */
	assert_true(target.preflight_count <= 1);
	return target.preflight_count ? target.preflight[0].message.in[LANG_EN] : STR("");
}

#define TELLS(status, from, until, today, expected)                                                                    \
	assert_string_equal(told(bench, status, from, until, today).ptr, expected)

static void test_told(void **state)
{
	struct bench *bench = *state;
	TELLS(STATUS_EFFECTIVE, "", "", "2026-11-25", "");
	TELLS(STATUS_EFFECTIVE, "2026-11-25", "2026-11-25", "2026-11-25", "");
	TELLS(STATUS_EFFECTIVE, "2026-11-26", "", "2026-11-25", "demo 1 is in force only from 2026-11-26");
	assert_int_equal(target.preflight[0].level, LEVEL_NOTE);
	TELLS(STATUS_EFFECTIVE, "", "2026-11-24", "2026-11-25", "demo 1 ended on 2026-11-24");
	assert_int_equal(target.preflight[0].level, LEVEL_PROBLEM);
	TELLS(STATUS_EFFECTIVE, "2026-11-26", "2026-11-24", "", "");
	TELLS(STATUS_WARN, "", "2026-12-31", "2026-11-25", "demo 1 is being phased out, and ends on 2026-12-31");
	TELLS(STATUS_WARN, "", "", "2026-11-25", "demo 1 is being phased out");
	TELLS(STATUS_DRAFT, "2027-01-01", "", "2026-11-25", "demo 1 is a draft: it may still change, and has no force yet");
	TELLS(STATUS_DEPRECATED, "", "", "2026-11-25",
			"demo 1 is deprecated: no service should be built on it any more; demo@2 takes its place");
	assert_int_equal(target.preflight[0].level, LEVEL_PROBLEM);
	assert_string_equal(target.preflight[0].message.in[LANG_NL].ptr,
			"demo 1 is verouderd: bouw er geen diensten meer op; demo@2 komt ervoor in de plaats");
}

/* It is told in a run, and changes no decision. */
static void test_run(void **state)
{
	struct bench *bench = *state;
	bench_judge(bench, "a.yaml", "openapi: 3.0.3\ninfo: {title: a, contact: {}}\npaths: {}\n");
	enum decision before = bench->run.decision;
	assert_int_equal(bench->run.targets[0].preflight_count, 0);
	run_free(&bench->run);
	bench->made->status = STATUS_DEPRECATED;
	bench_judge(bench, "a.yaml", "openapi: 3.0.3\ninfo: {title: a, contact: {}}\npaths: {}\n");
	assert_int_equal(bench->run.decision, before);
	assert_int_equal(bench->run.targets[0].preflight_count, 1);
	assert_int_equal(bench->run.targets[0].preflight[0].kind, PREFLIGHT_LIFE_CYCLE);
}

static void add_version(struct bench *bench, const char *version, const char *state)
{
	bench_folder(bench, str_printf(bench->arena, "demo/%s", version).ptr);
	bench_file(bench, str_printf(bench->arena, "demo/%s/ruleset.yaml", version).ptr,
			str_printf(bench->arena, "id: demo\nversion: '%s'\nstatus: {state: %s}\n", version, state).ptr);
}

static struct str newest(struct bench *bench)
{
	struct str root = str_of(bench->root), dir = {"", 0};
	struct library library = {.roots = &root, .root_count = 1};
	err_init(&bench->err, bench->arena);
	if (!library_find(&library, bench->arena, STR("demo"), &dir, &bench->err)) return STR("");
	return str_skip(dir, dir.len - 1);
}

static void test_newest(void **state)
{
	struct bench *bench = *state;
	add_version(bench, "2", "warn");
	add_version(bench, "3", "draft");
	assert_true(str_eq(newest(bench), STR("1"))); /* effective, though older */
	add_version(bench, "4", "effective");
	add_version(bench, "5", "deprecated");
	assert_true(str_eq(newest(bench), STR("4")));
	bench_file(bench, "demo/1/ruleset.yaml", "id: demo\nversion: '1'\nstatus: {state: warn}\n");
	bench_file(bench, "demo/4/ruleset.yaml", "id: demo\nversion: '4'\nstatus: {state: draft}\n");
	assert_true(str_eq(newest(bench), STR("2"))); /* the newest of those that are being phased out */
	bench_file(bench, "demo/1/ruleset.yaml", "id: demo\nversion: '1'\nstatus: {state: draft}\n");
	bench_file(bench, "demo/2/ruleset.yaml", "id: demo\nversion: '2'\nstatus: {state: draft}\n");
	assert_true(str_eq(newest(bench), STR("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test_setup_teardown(test_told, bench_setup, bench_teardown),
			cmocka_unit_test_setup_teardown(test_run, bench_setup, bench_teardown),
			cmocka_unit_test_setup_teardown(test_newest, bench_setup, bench_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
