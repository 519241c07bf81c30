/* SPDX-License-Identifier: EUPL-1.2 */
/* Eight bytes at a time: equality of texts of every short length, with a difference at every place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/swar.h"

enum { LONGEST = 40 };

static void texts_are_the_same_or_not(void **state)
{
	(void)state;
	for (size_t length = 0; length <= LONGEST; length++) {
		char *left = test_malloc(length + 1), *right = test_malloc(length + 1);
		for (size_t i = 0; i < length; i++)
			left[i] = right[i] = (char)('a' + i % 26);
		assert_true(swar_same(left, right, length));
		for (size_t i = 0; i < length; i++) {
			right[i] ^= 1;
			if (swar_same(left, right, length)) fail_msg("%zu bytes differ at %zu", length, i);
			right[i] ^= 1;
		}
		left[length] = 'x'; /* what is behind them does not count */
		right[length] = 'y';
		assert_true(swar_same(left, right, length));
		test_free(left);
		test_free(right);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(texts_are_the_same_or_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
