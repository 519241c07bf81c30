/* SPDX-License-Identifier: EUPL-1.2 */
/* Tests of fetch/run_mark: values follow from the mark, and from nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "doc/doc.h"
#include "fetch/run_mark.h"

#define SEED "00112233445566778899aabbccddeeff"

static struct arena *arena;

static void assert_str(struct str found, const char *expected)
{
	if (!str_eq(found, str_of(expected))) fail_msg("%.*s", STR_FMT(found));
}

static struct run_values values_at(int64_t moment)
{
	return (struct run_values){.mark = {moment, STR(SEED)}, .scope = STR("a")};
}

static void test_dutch_time(void **state)
{
	static const struct {
		int64_t moment;
		const char *time;
	} moments[] = {{0, "19700101010000001"}, {1767225599998, "20260101005959999"}, {1774745999998, "20260329015959999"},
			{1774745999999, "20260329030000000"}, {1792889999998, "20261025025959999"},
			{1792889999999, "20261025020000000"}, {1709164800000, "20240229010000001"}};
	(void)state;
	for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
		struct run_values values = values_at(moments[i].moment);
		assert_str(run_value(&values, STR("stuf-time"), arena), moments[i].time);
	}
}

static void test_every_value_is_new(void **state)
{
	struct run_values values = values_at(1767265200000), again = values, other = values, later = values;
	(void)state;
	struct str first = run_value(&values, STR("uuid"), arena), second = run_value(&values, STR("uuid"), arena);
	assert_int_equal(first.len, 36);
	assert_true(first.ptr[14] == '4' && first.ptr[19] == '8');
	assert_false(str_eq(first, second));
	assert_true(str_eq(first, run_value(&again, STR("uuid"), arena)));
	other.scope = STR("b");
	assert_false(str_eq(first, run_value(&other, STR("uuid"), arena)));
	later.mark.seed = STR("10112233445566778899aabbccddeeff");
	assert_false(str_eq(first, run_value(&later, STR("uuid"), arena)));
	assert_str(run_value(&values, STR("reference"), arena), "keur-00112233-3");
	assert_str(run_value(&values, STR("stuf-time"), arena), "20260101120000004");
	assert_str(run_value(&values, STR("stuf-date"), arena), "20260101");
}

static void test_parts_stand_by_themselves(void **state)
{
	struct run_values few = values_at(0), many = values_at(0);
	(void)state;
	run_values_part(&few);
	run_values_part(&many);
	for (int i = 0; i < 99; i++)
		run_value(&many, STR("uuid"), arena);
	run_values_part(&few);
	run_values_part(&many);
	assert_true(str_eq(run_value(&few, STR("uuid"), arena), run_value(&many, STR("uuid"), arena)));
	assert_int_equal(few.count, 201);
	for (int i = 0; i < 250; i++)
		run_value(&many, STR("uuid"), arena);
	run_values_part(&many);
	assert_int_equal(many.count, 500);
}

static void test_nothing_without_a_mark(void **state)
{
	struct run_values none = {.scope = STR("a")}, some = values_at(0);
	(void)state;
	assert_null(run_value(NULL, STR("uuid"), arena).ptr);
	assert_null(run_value(&none, STR("uuid"), arena).ptr);
	assert_null(run_value(&some, STR("guid"), arena).ptr);
	assert_false(none.used || some.used);
	assert_false(run_value_known(STR("guid")));
	assert_true(run_value_known(STR("stuf-date")));
}

static void test_a_new_mark(void **state)
{
	struct run_mark one, two;
	(void)state;
	assert_true(run_mark_new(arena, &one) && run_mark_new(arena, &two));
	assert_int_equal(one.seed.len, 32);
	assert_false(str_eq(one.seed, two.seed));
	assert_true(one.moment_ms > 1700000000000 && two.moment_ms >= one.moment_ms);
}

static void test_a_mark_that_is_written(void **state)
{
	struct run_mark mark;
	(void)state;
	assert_true(run_mark_read(STR("1767265200000 " SEED), &mark));
	assert_true(mark.moment_ms == 1767265200000);
	assert_str(mark.seed, SEED);
	const char *wrong[] = {"", " " SEED, "1", "1 ", "1 " SEED "0", "x " SEED, "1 0011", "-1 " SEED,
			"176726520000000 " SEED, "1 00112233445566778899AABBCCDDEEFF"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (run_mark_read(str_of(wrong[i]), &mark)) fail_msg("%s", wrong[i]);
}

static void assert_of(const char *text, bool there)
{
	struct err err;
	err_init(&err, arena);
	struct doc *doc = doc_of(STR("a.har"), str_of(text), &err);
	assert_non_null(doc);
	struct run_mark mark = run_mark_of(doc->root);
	if ((mark.seed.len > 0) != there) fail_msg("%s", text);
	doc_close(doc);
}

static void test_a_mark_in_a_recording(void **state)
{
	(void)state;
	assert_of("{\"log\": {\"_keur\": {\"mark\": {\"moment\": 1, \"seed\": \"" SEED "\"}}}}", true);
	assert_of("{\"log\": {\"_keur\": {\"mark\": {\"moment\": -1, \"seed\": \"" SEED "\"}}}}", false);
	assert_of("{\"log\": {\"_keur\": {\"mark\": {\"moment\": 1e300, \"seed\": \"" SEED "\"}}}}", false);
	assert_of("{\"log\": {\"_keur\": {\"mark\": {\"moment\": \"1\", \"seed\": \"" SEED "\"}}}}", false);
	assert_of("{\"log\": {\"_keur\": {\"mark\": {\"moment\": 1, \"seed\": 7}}}}", false);
	assert_of("{\"log\": {\"_keur\": {\"mark\": {\"moment\": 1}}}}", false);
	assert_of("{\"log\": {\"_keur\": []}}", false);
	assert_of("{\"log\": []}", false);
	assert_of("[]", false);
	assert_of("{}", false);
}

static int set_up(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test_setup_teardown(test_dutch_time, set_up, tear_down),
			cmocka_unit_test_setup_teardown(test_every_value_is_new, set_up, tear_down),
			cmocka_unit_test_setup_teardown(test_parts_stand_by_themselves, set_up, tear_down),
			cmocka_unit_test_setup_teardown(test_nothing_without_a_mark, set_up, tear_down),
			cmocka_unit_test_setup_teardown(test_a_new_mark, set_up, tear_down),
			cmocka_unit_test_setup_teardown(test_a_mark_that_is_written, set_up, tear_down),
			cmocka_unit_test_setup_teardown(test_a_mark_in_a_recording, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
