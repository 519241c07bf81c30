/* SPDX-License-Identifier: EUPL-1.2 */
/* CSV as XML: what RFC 4180 has, and what is refused with its row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "rule/csv.h"

static void assert_xml(const char *csv, const char *expected)
{
	struct arena *arena = arena_new();
	struct strbuf out;
	struct err err;
	err_init(&err, arena);
	strbuf_init(&out, 1 << 20);
	if (!csv_to_xml(str_of(csv), &out, &err)) fail_msg("%s: %s", csv, err.message.in[LANG_EN].ptr);
	assert_string_equal(strbuf_take(&out, arena).ptr, expected);
	arena_free(arena);
}

static void assert_refused(const char *csv, uint32_t row)
{
	struct arena *arena = arena_new();
	struct strbuf out;
	struct err err;
	err_init(&err, arena);
	strbuf_init(&out, 1 << 20);
	if (csv_to_xml(str_of(csv), &out, &err)) fail_msg("accepted: %s", csv);
	assert_int_equal(err.code, ERR_SYNTAX);
	assert_int_equal(err.loc.line, row);
	assert_true(err.message.in[LANG_EN].len && err.message.in[LANG_NL].len);
	strbuf_release(&out);
	arena_free(arena);
}

static void test_fields(void **state)
{
	(void)state;
	assert_xml("a\n", "<list>\n</list>\n");
	assert_xml("a,b\n1,2", "<list>\n<row><a>1</a><b>2</b></row>\n</list>\n");
	assert_xml("a\r\n\"1,\"\"\r\n2\"\r\n", "<list>\n<row><a>1,\"&#13;\n2</a></row>\n</list>\n");
	assert_xml("a,b\n,\n", "<list>\n<row><a></a><b></b></row>\n</list>\n");
	assert_xml("a\n<&>\n", "<list>\n<row><a>&#60;&#38;&#62;</a></row>\n</list>\n");
}

static void test_names(void **state)
{
	(void)state;
	assert_xml("a b,1c,,\xC3\xA9\n1,2,3,4\n",
			"<list>\n<row><a_b>1</a_b><_1c>2</_1c><column3>3</column3><__>4</__></row>\n</list>\n");
}

static void test_mistakes(void **state)
{
	(void)state;
	assert_refused("a,b\n1\n", 2);
	assert_refused("a\n1\n1,2\n", 3);
	assert_refused("a\n\"1\n", 2);
	assert_refused("a\n\"1\"2\n", 2);
	assert_refused("a\n1\"2\n", 2);
	assert_refused("\"a", 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_fields), cmocka_unit_test(test_names), cmocka_unit_test(test_mistakes)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
