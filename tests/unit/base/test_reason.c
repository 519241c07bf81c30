/* SPDX-License-Identifier: EUPL-1.2 */
/* Tests of base/reason: what users meet is told in both languages. */
#include "base/reason.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void test_both_languages(void **state)
{
	static const int numbers[] = {ENOENT, EACCES, EISDIR, ENOTDIR, EMFILE, ENOSPC, ECONNREFUSED, ETIMEDOUT,
			EHOSTUNREACH, ENETUNREACH, EADDRINUSE, EPIPE, EROFS, ENAMETOOLONG, ELOOP};
	struct text unknown = reason_of(99999);
	(void)state;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct text text = reason_of(numbers[i]);
		assert_string_not_equal(text.in[LANG_EN].ptr, unknown.in[LANG_EN].ptr);
		assert_string_not_equal(text.in[LANG_EN].ptr, text.in[LANG_NL].ptr);
		assert_int_equal(text.in[LANG_NL].len, strlen(text.in[LANG_NL].ptr));
	}
	assert_true(unknown.in[LANG_NL].len > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_both_languages)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
