/* SPDX-License-Identifier: EUPL-1.2 */
/* Adding up facts: nothing that one run found is lost, and an undecided one never makes the sum decided. */
#include "support/fixture.h"

#include "rule/fact_sum.h"

static struct arena *arena;

static struct facts facts_of(struct fact fact, struct result *result)
{
	struct fact *item = arena_alloc(arena, sizeof *item);
	*item = fact;
	return (struct facts){.items = item, .results = result, .result_count = result ? 1 : 0};
}

static void test_sum(void **state)
{
	struct result result = {.rule = 0, .exchange = 7};
	struct facts first = facts_of((struct fact){.applies = true, .selected = 2, .violations = 1}, &result);
	struct facts second = facts_of(
			(struct fact){.undecided = true, .why = TEXT("broken", "kapot"), .selected = 3, .cut = true}, NULL);
	struct facts third = facts_of(
			(struct fact){.undecided = true, .unseen = true, .why = TEXT("no answer", "geen antwoord")}, NULL);
	struct fact_sum sum;
	struct facts out;
	(void)state;
	fact_sum_init(&sum, arena, 1);
	fact_sum_add(&sum, &first);
	fact_sum_add(&sum, &third);
	fact_sum_add(&sum, &second);
	fact_sum_add(&sum, &third);
	fact_sum_take(&sum, &out);
	/* What could not be evaluated weighs more than what was not seen. */
	assert_true(out.items[0].applies && out.items[0].undecided && !out.items[0].unseen && out.items[0].cut);
	assert_true(str_eq(out.items[0].why.in[LANG_EN], STR("broken")));
	assert_int_equal(out.items[0].selected, 5);
	assert_int_equal(out.items[0].violations, 1);
	assert_int_equal(out.result_count, 1);
	assert_int_equal(out.results[0].exchange, 7);
}

static void test_nothing(void **state)
{
	struct fact_sum sum;
	struct facts out;
	(void)state;
	fact_sum_init(&sum, arena, 2);
	fact_sum_take(&sum, &out);
	assert_int_equal(out.result_count, 0);
	assert_false(out.items[1].applies || out.items[1].undecided);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_sum), cmocka_unit_test(test_nothing)};
	arena = arena_new();
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(arena);
	return failed;
}
