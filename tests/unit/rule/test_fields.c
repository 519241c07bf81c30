/* SPDX-License-Identifier: EUPL-1.2 */
/* Days as descriptors, rule sets and the command line have them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "rule/fields.h"

static void knows_days(void **state)
{
	static const char *const none[] = {"", "2026-06-31", "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-25",
			"2026- 1-25", "+026-11-25", " 2026-11-2", "2026-11-255", "2026/11/25", "20261125ab"};
	int64_t midnight = -1;
	(void)state;
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_false(fields_is_day(str_of(none[i]), &midnight));
	assert_true(fields_is_day(STR("1970-01-02"), &midnight));
	assert_int_equal(midnight, 86400);
	assert_true(fields_is_day(STR("2024-02-29"), &midnight));
	assert_int_equal(midnight, 1709164800);
	/* What stands behind it is not read. */
	assert_true(fields_is_day((struct str){"2026-11-25T12:00:00Z", 10}, &midnight));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(knows_days)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
