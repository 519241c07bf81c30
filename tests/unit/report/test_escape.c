/* SPDX-License-Identifier: EUPL-1.2 */
/* Escaping: what a vendor controls stays text in every notation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "report/escape.h"

static void expect(void (*escape)(struct strbuf *out, struct str text), const char *text, const char *wanted)
{
	struct strbuf out;
	strbuf_init(&out, 10000);
	escape(&out, str_of(text));
	assert_string_equal(out.len ? out.ptr : "", wanted);
	strbuf_release(&out);
}

#define BAD "\xEF\xBF\xBD"

static void test_xml(void **state)
{
	(void)state;
	expect(escape_xml, "a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;");
	expect(escape_xml, "]]>", "]]&gt;");
	expect(escape_xml, "\t\r\n", "&#9;&#13;&#10;");
	expect(escape_xml, "\x01\x08\x0B\x1B\x1F", BAD BAD BAD BAD BAD);
	expect(escape_xml, "\xEF\xBF\xBE\xEF\xBF\xBF", BAD BAD);
	expect(escape_xml, "\xC3\xA9\xF0\x9F\x98\x80", "\xC3\xA9\xF0\x9F\x98\x80");
	expect(escape_xml, "a\xC3", "a" BAD);
	expect(escape_xml, "\xED\xA0\x80", BAD BAD BAD);
	struct strbuf out;
	strbuf_init(&out, 100);
	escape_xml(&out, (struct str){"a\0b", 3});
	assert_string_equal(out.ptr, "a" BAD "b");
	size_t length = out.len;
	escape_xml(&out, (struct str){NULL, 0}); /* a text that is absent: nothing, also for the sanitizers */
	assert_int_equal(out.len, length);
	strbuf_release(&out);
}

static void test_html(void **state)
{
	(void)state;
	expect(escape_html, "<script>alert('1')</script>", "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;");
	expect(escape_html, "\" onload=\"x", "&quot; onload=&quot;x");
	expect(escape_html, "a\nb\tc", "a\nb\tc");
	/* A mark that turns the direction of text, and controls. */
	expect(escape_html,
			"a\xE2\x80\xAE"
			"b\x7F\xC2\x9B",
			"a" BAD "b" BAD BAD);
	expect(escape_html, "", "");
}

static void test_csv(void **state)
{
	(void)state;
	expect(escape_csv, "Dorpsoft, \"BV\"", "\"Dorpsoft, \"\"BV\"\"\"");
	expect(escape_csv, "=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"");
	static const char *const formulas[] = {"+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "  =1",
			"\xEF\xBC\x9D"
			"1"};
	for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
		struct strbuf out;
		strbuf_init(&out, 100);
		escape_csv(&out, str_of(formulas[i]));
		if (!str_starts(strbuf_str(&out), STR("\"'"))) fail_msg("%s is a formula in %s", formulas[i], out.ptr);
		strbuf_release(&out);
	}
	expect(escape_csv, "1.0-beta", "\"1.0-beta\"");
	expect(escape_csv, "a\r\nb", "\"a" BAD "\nb\"");
}

static void test_github(void **state)
{
	(void)state;
	expect(escape_github, "a\n::error::b", "a%0A::error::b");
	expect(escape_github, "100%\r", "100%25%0D");
	expect(escape_github, "%0A", "%250A");
	expect(escape_github_property, "a:b,c", "a%3Ab%2Cc");
	expect(escape_github_property, "\n%", "%0A%25");
	expect(escape_github, "\x1B[31m", BAD "[31m");
}

static void test_uri(void **state)
{
	(void)state;
	expect(escape_uri, "./a b/c%.yaml", "a%20b/c%25.yaml");
	expect(escape_uri, "/a/b.yaml", "file:///a/b.yaml");
	expect(escape_uri, "c:d#e?f", "c%3Ad%23e%3Ff");
	expect(escape_uri, "https://x/y?z=%20#a", "https://x/y?z=%20#a");
	expect(escape_uri, "https://x/\"<>", "https://x/%22%3C%3E");
	expect(escape_uri, "-", "stdin");
	expect(escape_uri, "\xC3\xA9", "%C3%A9");
	assert_true(is_web_url(STR("https://x")));
	assert_false(is_web_url(STR("javascript:alert(1)")));
	assert_false(is_web_url(STR(" https://x")));
	assert_false(is_web_url(STR("data:text/html,x")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_xml), cmocka_unit_test(test_html),
			cmocka_unit_test(test_csv), cmocka_unit_test(test_github), cmocka_unit_test(test_uri)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
