/* SPDX-License-Identifier: EUPL-1.2 */
/* Waivers: a deviation that was accepted at a place excuses that place, and nothing that nobody saw. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "rule/excuse.h"
#include "rule/service.h"

/* One requirement that failed at /paths/~1a, and a waiver for `at`. */
static enum disposition excuse_at(const char *at, bool cut, bool unfinished)
{
	struct arena *arena = arena_new();
	struct requirement requirement = {.id = STR("core/x")};
	struct ruleset ruleset = {.id = STR("demo"), .requirements = &requirement, .requirement_count = 1};
	struct finding finding = {.loc = {.pointer = STR("/paths/~1a")}};
	struct requirement_result result = {.requirement = &requirement,
			.verdict = {OUTCOME_FAIL, OBLIGATION_MUST, MODE_AUTOMATIC, DISPOSITION_NONE},
			.findings = &finding,
			.finding_count = 1,
			.violations = 1,
			.cut = cut,
			.unfinished = unfinished};
	struct standard_result standard = {.ruleset = &ruleset, .requirements = &result, .requirement_count = 1};
	struct waiver waiver = {
			.requirement = STR("demo/core/x"), .reason = STR("r"), .approved_by = STR("a"), .until = STR("2027-01-01")};
	if (at) waiver.at = str_of(at);
	struct service service = {.waivers = &waiver, .waiver_count = 1};
	struct target_result target = {.arena = arena};
	excuse_standard(&target, &standard, &service, STR("2026-11-25"));
	enum disposition disposition = result.verdict.disposition;
	arena_free(arena);
	return disposition;
}

static void test_place(void **state)
{
	(void)state;
	assert_int_equal(excuse_at("/paths/~1a", false, false), DISPOSITION_WAIVED);
	assert_int_equal(excuse_at("/paths/*", false, false), DISPOSITION_WAIVED);
	assert_int_equal(excuse_at("/paths/~1b", false, false), DISPOSITION_NONE);
	assert_int_equal(excuse_at(NULL, false, false), DISPOSITION_WAIVED);
}

static void test_what_nobody_saw_is_not_excused(void **state)
{
	(void)state;
	assert_int_equal(excuse_at("/paths/~1a", true, false), DISPOSITION_NONE);
	assert_int_equal(excuse_at("/paths/~1a", false, true), DISPOSITION_NONE);
	assert_int_equal(excuse_at(NULL, true, true), DISPOSITION_WAIVED);
}

/* How many remarks a waiver for `at` gives, of a requirement that came to `outcome` with a finding at /paths/~1a. */
static uint32_t remarks_of(enum outcome outcome, const char *at)
{
	struct arena *arena = arena_new();
	struct requirement requirement = {.id = STR("core/x")};
	struct ruleset ruleset = {.id = STR("demo"), .requirements = &requirement, .requirement_count = 1};
	struct finding finding = {.loc = {.pointer = STR("/paths/~1a")}};
	struct requirement_result result = {.requirement = &requirement,
			.verdict = {outcome, OBLIGATION_MUST, MODE_AUTOMATIC, DISPOSITION_NONE},
			.findings = &finding,
			.finding_count = outcome == OUTCOME_FAIL};
	struct standard_result standard = {.ruleset = &ruleset, .requirements = &result, .requirement_count = 1};
	struct waiver waiver = {.requirement = STR("demo/core/x"), .at = str_of(at), .until = STR("2027-01-01")};
	struct service service = {.waivers = &waiver, .waiver_count = 1};
	struct target_result target = {.arena = arena, .standards = &standard, .standard_count = 1};
	excuse_remarks(&target, &service, STR("2026-11-25"));
	uint32_t count = target.preflight_count;
	arena_free(arena);
	return count;
}

static void test_a_waiver_that_excuses_nothing_is_told(void **state)
{
	(void)state;
	assert_int_equal(remarks_of(OUTCOME_PASS, ""), 1);
	assert_int_equal(remarks_of(OUTCOME_PASS, "/paths/~1a"), 1);
	assert_int_equal(remarks_of(OUTCOME_NOT_TESTED, ""), 1);
	assert_int_equal(remarks_of(OUTCOME_FAIL, "/paths/~1b"), 1);
	assert_int_equal(remarks_of(OUTCOME_FAIL, "/paths/~1a"), 0);
	assert_int_equal(remarks_of(OUTCOME_FAIL, ""), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_place),
			cmocka_unit_test(test_what_nobody_saw_is_not_excused),
			cmocka_unit_test(test_a_waiver_that_excuses_nothing_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
