/* SPDX-License-Identifier: EUPL-1.2 */
/* How JavaScript sees values. */
#include "support/fixture.h"

#include "engine/js.h"

static void check_found(const char *text, const char *expected)
{
	struct arena *arena = arena_new();
	struct doc *doc = fixture_doc(arena, text);
	assert_str(js_found(arena, doc->root), expected);
	doc_close(doc);
	arena_free(arena);
}

static bool truthy(const char *text)
{
	struct arena *arena = arena_new();
	struct doc *doc = fixture_doc(arena, text);
	bool is = js_truthy(doc->root);
	doc_close(doc);
	arena_free(arena);
	return is;
}

static void only_empty_things_are_false(void **state)
{
	(void)state;
	static const char *const no[] = {"null", "false", "0", "-0.0", "\"\"", ".nan", "0e9"};
	static const char *const yes[] = {"true", "1", "\"0\"", "{}", "[]", "-1", ".inf"};
	for (int i = 0; i < 7; i++) {
		assert_false(truthy(no[i]));
		assert_true(truthy(yes[i]));
	}
	assert_false(js_truthy(NULL));
}

static void check_number(double number, const char *expected)
{
	struct strbuf buf;
	strbuf_init(&buf, 100);
	js_print_number(&buf, number);
	assert_str(strbuf_str(&buf), expected);
	strbuf_release(&buf);
}

static void numbers_have_the_shortest_digits(void **state)
{
	(void)state;
	check_number(1, "1");
	check_number(-0.0, "0");
	check_number(0.1, "0.1");
	check_number(1e21, "1e+21");
	check_number(123456789012345680000.0, "123456789012345680000");
	check_number(1e-7, "1e-7");
	check_number(0.000001, "0.000001");
	check_number(5e-324, "5e-324");
}

static void a_reader_sees_an_outline_of_containers(void **state)
{
	(void)state;
	check_found("{}", "{}");
	check_found("{\"a\": 1, \"b\": 2}", "{a, b}");
	check_found("[1, 2, 3]", "[...] (3)");
	check_found("\"x\\ny\"", "\"x\\ny\"");
	check_found("{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\": 1}", "{...}");
}

static void a_long_text_is_cut_between_characters(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct strbuf text;
	strbuf_init(&text, 1000);
	strbuf_add(&text, STR("\""));
	for (int i = 0; i < 100; i++)
		strbuf_add(&text, STR("\xC3\xA9"));
	strbuf_add(&text, STR("\""));
	struct doc *doc = fixture_doc(arena, text.ptr);
	struct str found = js_found(arena, doc->root);
	assert_true(str_ends(found, STR("\xC3\xA9...")));
	assert_true(found.len < 130);
	doc_close(doc);
	strbuf_release(&text);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(only_empty_things_are_false),
			cmocka_unit_test(numbers_have_the_shortest_digits),
			cmocka_unit_test(a_reader_sees_an_outline_of_containers),
			cmocka_unit_test(a_long_text_is_cut_between_characters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
