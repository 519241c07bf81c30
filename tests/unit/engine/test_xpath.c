/* SPDX-License-Identifier: EUPL-1.2 */
/* Tests of engine/xpath: results, namespaces, mistakes, the ceiling of operations. */
#include "engine/xpath.h"

#include <setjmp.h>
#include <stdarg.h>
#include <time.h>

#include <cmocka.h>

static const char sample[] =
		"<s:r xmlns:s='urn:s' xmlns='urn:d'><item n='1'>een</item><item n='2'>twee</item><s:e/></s:r>";

struct fixture {
	struct arena *arena;
	struct err err;
	xmlDoc *doc;
};

static struct fixture opened(struct str text)
{
	struct fixture fixture = {.arena = arena_new()};
	err_init(&fixture.err, fixture.arena);
	fixture.doc = xml_parse(fixture.arena, text, &fixture.err);
	assert_non_null(fixture.doc);
	return fixture;
}

static void assert_holds(const char *text, bool expected)
{
	struct fixture fixture = opened(STR(sample));
	bool holds = !expected;
	if (!xpath_holds(str_of(text), fixture.doc, NULL, &holds, &fixture.err) || holds != expected) fail_msg("%s", text);
	arena_free(fixture.arena);
}

static void assert_text(const char *text, const char *expected)
{
	struct fixture fixture = opened(STR(sample));
	struct str found;
	assert_true(xpath_text(str_of(text), fixture.doc, NULL, fixture.arena, &found, &fixture.err));
	if (!expected)
		assert_null(found.ptr);
	else
		assert_string_equal(found.ptr, expected);
	arena_free(fixture.arena);
}

static void assert_error(const char *text, enum err_code code)
{
	struct fixture fixture = opened(STR(sample));
	bool holds;
	if (xpath_holds(str_of(text), fixture.doc, NULL, &holds, &fixture.err) || fixture.err.code != code)
		fail_msg("%s", text);
	assert_true(fixture.err.message.in[LANG_NL].len > 0);
	arena_free(fixture.arena);
}

static void test_booleans(void **state)
{
	(void)state;
	assert_holds("/s:r", true);
	assert_holds("/r", false);
	assert_holds("/s:r/s:e", true);
	assert_holds("//*[local-name() = 'item'][@n = 2] = 'twee'", true);
	assert_holds("count(//*) = 4", true);
	assert_holds("0", false);
	assert_holds("''", false);
	assert_holds("'false'", true);
	assert_holds("number('x')", false);
	assert_holds("not(/s:r/s:none)", true);
}

static void test_texts(void **state)
{
	(void)state;
	assert_text("//@n", "1");
	assert_text("//*[@n = 2]", "twee");
	assert_text("count(//@n)", "2");
	assert_text("//@n = 2", "true");
	assert_text("//s:e", "");
	assert_text("//s:none", NULL);
}

static void test_mistakes(void **state)
{
	struct arena *arena = arena_new();
	struct err err;
	(void)state;
	err_init(&err, arena);
	assert_true(xpath_check(STR("/a/b[@c = 'd']"), &err));
	assert_true(xpath_check(STR("/x:a"), &err));
	assert_false(xpath_check(STR("/a[1"), &err));
	assert_int_equal(err.code, ERR_RULES);
	err_init(&err, arena);
	assert_false(xpath_check(STR("for $i in 1 to 3 return $i"), &err));
	err_init(&err, arena);
	assert_false(xpath_check(STR(""), &err));
	err_init(&err, arena);
	assert_false(xpath_check(STR("/a\0b"), &err));
	arena_free(arena);
	assert_error("/other:a", ERR_RULES);
	assert_error("matches(/a, 'b')", ERR_RULES);
	assert_error("$v = 1", ERR_RULES);
	assert_error("document('/etc/passwd')", ERR_RULES);
}

static void test_the_ceiling_of_operations(void **state)
{
	struct strbuf buf;
	bool holds;
	(void)state;
	strbuf_init(&buf, 1 << 20);
	strbuf_add(&buf, STR("<a>"));
	for (int i = 0; i < 5000; i++)
		strbuf_add(&buf, STR("<b/>"));
	strbuf_add(&buf, STR("</a>"));
	struct fixture fixture = opened(strbuf_str(&buf));
	assert_false(xpath_holds(STR("count(//b[count(//b) = 1])"), fixture.doc, NULL, &holds, &fixture.err));
	assert_int_equal(fixture.err.code, ERR_LIMIT);
	err_init(&fixture.err, fixture.arena);
	assert_true(xpath_holds(STR("count(//b) = 5000"), fixture.doc, NULL, &holds, &fixture.err));
	assert_true(holds);
	arena_free(fixture.arena);
	strbuf_release(&buf);
}

/* Few operations, each of which makes texts of the whole document, or compares all with all. */
static void test_the_ceiling_of_work(void **state)
{
	static const char *const expressions[] = {"//a[string(/) = 'x']", "//a[/ = 'x']", "//a[/ + 1 or / + 2]",
			"//*[starts-with(/, /)]", "//*[id(/)]", "translate(concat(/, /), concat(/, /), 'b')",
			"contains(concat(/, /, /, /), concat(/, /, 'b'))", "substring-before(concat(/, /, /), concat(/, 'b'))",
			"//*[sum(//a) > 1]", "//*/following::*", "//a != //b", "//*[//a = //b]", "//text()[. = //text()]",
			"substring-after(/, concat(substring(/, 4), 'b'))", "//*[normalize-space(/) = 'b']"};
	struct strbuf buf;
	(void)state;
	strbuf_init(&buf, 1 << 20);
	strbuf_add(&buf, STR("<r>"));
	for (int i = 0; i < 5000; i++)
		strbuf_printf(&buf, "<a>aaaaaaaaaaaaaaaaaaaa</a><b/>");
	strbuf_add(&buf, STR("</r>"));
	struct fixture fixture = opened(strbuf_str(&buf));
	clock_t start = clock();
	uint32_t refused = 0;
	for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++) {
		bool holds;
		err_init(&fixture.err, fixture.arena);
		bool done = xpath_holds(str_of(expressions[i]), fixture.doc, NULL, &holds, &fixture.err);
		if (!done && fixture.err.code != ERR_LIMIT) fail_msg("%s", expressions[i]);
		refused += !done;
	}
	assert_true(refused >= 5);
	assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 600); /* hours without the ceiling */
	arena_free(fixture.arena);
	strbuf_release(&buf);
}

static void test_a_text_that_is_joined(void **state)
{
	struct strbuf buf, text;
	bool holds;
	(void)state;
	strbuf_init(&buf, 8 << 20);
	strbuf_init(&text, 1 << 16);
	strbuf_add(&buf, STR("<r>"));
	strbuf_add_repeat(&buf, 'a', 7 << 20);
	strbuf_add(&buf, STR("</r>"));
	strbuf_add(&text, STR("concat(/"));
	for (int i = 0; i < 5000; i++)
		strbuf_add(&text, STR(",/"));
	strbuf_add(&text, STR(")"));
	struct fixture fixture = opened(strbuf_str(&buf));
	assert_false(xpath_holds(strbuf_str(&text), fixture.doc, NULL, &holds, &fixture.err)); /* 35 GB */
	assert_int_equal(fixture.err.code, ERR_LIMIT);
	err_init(&fixture.err, fixture.arena);
	assert_true(xpath_holds(
			STR("concat('a', 'b', 3) = 'ab3' and contains('ab', 'b') and translate('ab', 'b', '') = 'a' and "
				"substring-before('a-b', '-') = 'a' and substring-after('a-b', '-') = 'b'"),
			fixture.doc, NULL, &holds, &fixture.err));
	assert_true(holds);
	assert_false(xpath_holds(STR("contains('a')"), fixture.doc, NULL, &holds, &fixture.err));
	assert_int_equal(fixture.err.code, ERR_RULES);
	arena_free(fixture.arena);
	strbuf_release(&buf);
	strbuf_release(&text);
}

static void assert_set(const char *text, const char *value, const char *expected)
{
	struct fixture fixture = opened(STR("<r><a x='1'>een<b/></a><a>twee</a><!--c--></r>"));
	struct str made = {NULL, 0};
	bool set = xpath_set(str_of(text), fixture.doc, NULL, str_of(value), &fixture.err) &&
			   xml_print(fixture.doc, false, fixture.arena, &made, &fixture.err);
	if (set != (expected != NULL)) fail_msg("%s: %s", text, set ? made.ptr : fixture.err.message.in[LANG_EN].ptr);
	if (set) assert_string_equal(made.ptr, expected);
	arena_free(fixture.arena);
}

static void test_setting(void **state)
{
	(void)state;
	assert_set("/r/a[1]", "<&>", "<r><a x=\"1\">&lt;&amp;&gt;</a><a>twee</a><!--c--></r>\n");
	assert_set(
			"//@x | //b", "\"&amp;", "<r><a x=\"&quot;&amp;amp;\">een<b>\"&amp;amp;</b></a><a>twee</a><!--c--></r>\n");
	assert_set("//*|//text()|//@*", "z", "<r>z</r>\n");
	assert_set("/r/a[2]/text()", "<", "<r><a x=\"1\">een<b/></a><a>&lt;</a><!--c--></r>\n");
	assert_set("/r/a[2]", "", "<r><a x=\"1\">een<b/></a><a/><!--c--></r>\n");
	assert_set("/", "z", NULL);
	assert_set("//comment()", "z", NULL);
	assert_set("//namespace::*", "z", NULL);
	assert_set("//none", "z", NULL);
	assert_set("1 + 1", "z", NULL);
	assert_set("/r/a[1]", "\x01", NULL);
	assert_set("/r/a[1", "z", NULL);
}

static void test_an_expression_that_nests(void **state)
{
	struct arena *arena = arena_new();
	struct strbuf buf;
	struct err err;
	(void)state;
	err_init(&err, arena);
	strbuf_init(&buf, 1 << 20);
	strbuf_add_repeat(&buf, '(', 16000);
	assert_false(xpath_check(strbuf_str(&buf), &err));
	strbuf_add_repeat(&buf, '(', 16000);
	err_init(&err, arena);
	assert_false(xpath_check(strbuf_str(&buf), &err));
	assert_int_equal(err.code, ERR_LIMIT);
	strbuf_release(&buf);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_booleans),
			cmocka_unit_test(test_texts),
			cmocka_unit_test(test_mistakes),
			cmocka_unit_test(test_the_ceiling_of_operations),
			cmocka_unit_test(test_the_ceiling_of_work),
			cmocka_unit_test(test_a_text_that_is_joined),
			cmocka_unit_test(test_setting),
			cmocka_unit_test(test_an_expression_that_nests),
	};
	return cmocka_run_group_tests_name("engine/xpath", tests, NULL, NULL);
}
