/* SPDX-License-Identifier: EUPL-1.2 */
/* Errors: both languages, copies of what they name, the first one stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/err.h"

static void says_it_in_both_languages(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	char file[] = "a.yaml";
	struct loc loc = {.file = str_of(file), .line = 3, .column = 4, .pointer = STR("/a")};
	assert_false(err_set(&err, ERR_SYNTAX, loc, "expected %s", "verwacht: %s", "x"));
	file[0] = 'b';
	assert_int_equal(err.code, ERR_SYNTAX);
	assert_string_equal(text_in(err.message, LANG_EN).ptr, "expected x");
	assert_string_equal(text_in(err.message, LANG_NL).ptr, "verwacht: x");
	assert_string_equal(err.loc.file.ptr, "a.yaml");
	assert_true(str_eq(err.loc.pointer, STR("/a")));
	assert_int_equal(err.loc.line, 3);
	arena_free(arena);
}

static void the_first_error_stays(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	err_set(&err, ERR_IO, (struct loc){0}, "first", "eerste");
	err_set(&err, ERR_LIMIT, (struct loc){0}, "second", "tweede");
	assert_int_equal(err.code, ERR_IO);
	assert_string_equal(err.message.in[LANG_EN].ptr, "first");
	assert_null(err.loc.pointer.ptr);
	arena_free(arena);
}

static void a_text_without_translation_is_english(void **state)
{
	(void)state;
	struct text text = {{STR("only")}};
	assert_true(str_eq(text_in(text, LANG_NL), STR("only")));
	struct arena *arena = arena_new();
	text = text_printf(arena, "%d of %s", "%d van %s", 2, "x");
	assert_string_equal(text_in(text, LANG_NL).ptr, "2 van x");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(says_it_in_both_languages),
			cmocka_unit_test(the_first_error_stays),
			cmocka_unit_test(a_text_without_translation_is_english),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
