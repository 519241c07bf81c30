/* SPDX-License-Identifier: EUPL-1.2 */
/* Slices and buffers: comparison, search, numbers, the ceiling. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

static void compares_bytes(void **state)
{
	(void)state;
	assert_true(str_eq(STR("ab"), STR("ab")) && !str_eq(STR("ab"), STR("abc")));
	assert_true(str_eq((struct str){NULL, 0}, STR("")));
	assert_true(str_compare(STR("a"), STR("b")) < 0 && str_compare(STR("b"), STR("a")) > 0);
	assert_true(str_compare(STR("a"), STR("ab")) < 0 && str_compare(STR("a"), STR("a")) == 0);
	assert_true(str_compare(STR("z"), STR("\xC3\xA9")) < 0);
	assert_true(str_starts(STR("abc"), STR("ab")) && !str_starts(STR("a"), STR("ab")) && str_starts(STR("a"), STR("")));
	assert_true(str_ends(STR("abc"), STR("bc")) && !str_ends(STR("c"), STR("bc")));
}

static void finds(void **state)
{
	(void)state;
	assert_int_equal(str_find(STR("abc"), 'c'), 2);
	assert_int_equal(str_find(STR("abc"), 'x'), 3);
	assert_int_equal(str_find((struct str){NULL, 0}, 'x'), 0);
	assert_int_equal(str_find_str(STR("abcabd"), STR("abd")), 3);
	assert_int_equal(str_find_str(STR("abc"), STR("")), 0);
	assert_int_equal(str_find_str(STR("ab"), STR("abc")), 2);
	assert_true(str_eq(str_skip(STR("abc"), 2), STR("c")));
	assert_int_equal(str_skip(STR("abc"), 9).len, 0);
}

static void reads_numbers(void **state)
{
	(void)state;
	uint32_t value = 7;
	assert_true(str_to_u32(STR("4294967295"), &value) && value == UINT32_MAX);
	assert_true(str_to_u32(STR("000"), &value) && value == 0);
	value = 7;
	static const char *const bad[] = {"", "-1", "+1", "1x", "4294967296", "99999999999"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(str_to_u32(str_of(bad[i]), &value));
	assert_int_equal(value, 7);
}

static void formats_in_an_arena(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct str text = str_printf(arena, "%s-%d", "a", 12);
	assert_string_equal(text.ptr, "a-12");
	assert_int_equal(text.len, 4);
	assert_string_equal(str_copy(arena, (struct str){"abc", 2}).ptr, "ab");
	arena_free(arena);
}

static void buffers_stop_at_their_ceiling(void **state)
{
	(void)state;
	struct strbuf buf;
	strbuf_init(&buf, 10);
	assert_int_equal(strbuf_str(&buf).len, 0);
	strbuf_add(&buf, STR("12345"));
	strbuf_printf(&buf, "%d", 678);
	strbuf_add_repeat(&buf, 'x', 2);
	assert_string_equal(buf.ptr, "12345678xx");
	assert_false(buf.overflow);
	strbuf_add_char(&buf, '!');
	assert_true(buf.overflow);
	assert_string_equal(buf.ptr, "12345678xx");
	strbuf_clear(&buf);
	assert_false(buf.overflow);
	strbuf_printf(&buf, "%s", "more than ten bytes");
	assert_true(buf.overflow && buf.len == 0);
	strbuf_release(&buf);
}

static void buffers_grow(void **state)
{
	(void)state;
	struct strbuf buf;
	strbuf_init(&buf, 1 << 20);
	for (int i = 0; i < 10000; i++)
		strbuf_add(&buf, STR("abc"));
	assert_int_equal(buf.len, 30000);
	assert_int_equal(strlen(buf.ptr), 30000);
	strbuf_release(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(compares_bytes),
			cmocka_unit_test(finds),
			cmocka_unit_test(reads_numbers),
			cmocka_unit_test(formats_in_an_arena),
			cmocka_unit_test(buffers_stop_at_their_ceiling),
			cmocka_unit_test(buffers_grow),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
