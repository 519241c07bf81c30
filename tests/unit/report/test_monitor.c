/* SPDX-License-Identifier: EUPL-1.2 */
/* Monitoring: when a worse verdict counts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "report/monitor.h"

static void test_two_of_three(void **state)
{
	(void)state;
	static const struct {
		struct monitor_tally tally;
		enum monitor_answer wanted;
	} cases[] = {{{0, 0, 0}, MONITOR_PENDING}, {{1, 0, 0}, MONITOR_SAME}, {{0, 1, 0}, MONITOR_PENDING},
			{{0, 2, 0}, MONITOR_WORSE}, {{1, 1, 0}, MONITOR_PENDING}, {{2, 1, 0}, MONITOR_SAME},
			{{1, 2, 0}, MONITOR_WORSE}, {{0, 0, 1}, MONITOR_PENDING}, {{0, 0, 3}, MONITOR_UNKNOWN},
			{{1, 0, 2}, MONITOR_SAME}, {{0, 1, 1}, MONITOR_PENDING}, {{0, 1, 2}, MONITOR_UNKNOWN},
			{{1, 1, 1}, MONITOR_SAME}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(monitor_judge(&cases[i].tally, 3, 2), cases[i].wanted);
}

/* Whatever is asked for, there is an answer when every attempt was made, and worse only when enough were. */
static void test_ends(void **state)
{
	(void)state;
	for (uint32_t attempts = 1; attempts <= 6; attempts++)
		for (uint32_t failures = 1; failures <= attempts; failures++)
			for (uint32_t same = 0; same <= attempts; same++)
				for (uint32_t worse = 0; same + worse <= attempts; worse++) {
					struct monitor_tally tally = {same, worse, attempts - same - worse};
					enum monitor_answer answer = monitor_judge(&tally, attempts, failures);
					assert_int_not_equal(answer, MONITOR_PENDING);
					assert_int_equal(answer == MONITOR_WORSE, worse >= failures);
				}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_two_of_three), cmocka_unit_test(test_ends)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
