/* SPDX-License-Identifier: EUPL-1.2 */
/* Tests of resolving URI references: every example of RFC 3986 section 5.4, and what `$id` has besides. */
#include "doc/uri.h"

#include "support/fixture.h"

/* Resolves as `$ref` does: the fragment stands apart. */
static struct str resolve(struct arena *arena, const char *base, const char *reference)
{
	struct str fragment;
	struct str rest = uri_without_fragment(str_of(reference), &fragment);
	struct str uri = uri_resolve(arena, str_of(base), rest);
	if (!strchr(reference, '#')) return str_copy(arena, uri);
	return str_printf(arena, "%.*s#%.*s", STR_FMT(uri), STR_FMT(fragment));
}

static void expect_all(const char *base, const char *const pairs[][2], size_t count)
{
	struct arena *arena = arena_new();
	for (size_t i = 0; i < count; i++)
		assert_string_equal(resolve(arena, base, pairs[i][0]).ptr, pairs[i][1]);
	arena_free(arena);
}

static void test_normal_examples(void **state)
{
	(void)state;
	static const char *const pairs[][2] = {{"g:h", "g:h"}, {"g", "http://a/b/c/g"}, {"./g", "http://a/b/c/g"},
			{"g/", "http://a/b/c/g/"}, {"/g", "http://a/g"}, {"//g", "http://g"}, {"?y", "http://a/b/c/d;p?y"},
			{"g?y", "http://a/b/c/g?y"}, {"#s", "http://a/b/c/d;p?q#s"}, {"g#s", "http://a/b/c/g#s"},
			{"g?y#s", "http://a/b/c/g?y#s"}, {";x", "http://a/b/c/;x"}, {"g;x", "http://a/b/c/g;x"},
			{"g;x?y#s", "http://a/b/c/g;x?y#s"}, {"", "http://a/b/c/d;p?q"}, {".", "http://a/b/c/"},
			{"./", "http://a/b/c/"}, {"..", "http://a/b/"}, {"../", "http://a/b/"}, {"../g", "http://a/b/g"},
			{"../..", "http://a/"}, {"../../", "http://a/"}, {"../../g", "http://a/g"}};
	expect_all("http://a/b/c/d;p?q", pairs, sizeof pairs / sizeof pairs[0]);
}

static void test_abnormal_examples(void **state)
{
	(void)state;
	static const char *const pairs[][2] = {{"../../../g", "http://a/g"}, {"../../../../g", "http://a/g"},
			{"/./g", "http://a/g"}, {"/../g", "http://a/g"}, {"g.", "http://a/b/c/g."}, {".g", "http://a/b/c/.g"},
			{"g..", "http://a/b/c/g.."}, {"..g", "http://a/b/c/..g"}, {"./../g", "http://a/b/g"},
			{"./g/.", "http://a/b/c/g/"}, {"g/./h", "http://a/b/c/g/h"}, {"g/../h", "http://a/b/c/h"},
			{"g;x=1/./y", "http://a/b/c/g;x=1/y"}, {"g;x=1/../y", "http://a/b/c/y"},
			{"g?y/./x", "http://a/b/c/g?y/./x"}, {"g?y/../x", "http://a/b/c/g?y/../x"},
			{"g#s/./x", "http://a/b/c/g#s/./x"}, {"g#s/../x", "http://a/b/c/g#s/../x"}, {"http:g", "http:g"}};
	expect_all("http://a/b/c/d;p?q", pairs, sizeof pairs / sizeof pairs[0]);
}

static void test_other_bases(void **state)
{
	(void)state;
	static const char *const of_host[][2] = {{"g", "http://a/g"}, {"?y", "http://a?y"}, {"../g", "http://a/g"}};
	static const char *const of_query[][2] = {{"g", "http://a/g"}, {"?y", "http://a?y"}, {"/g", "http://a/g"}};
	static const char *const of_urn[][2] = {{"#s", "urn:a:b#s"}, {"", "urn:a:b"}, {"urn:c:d", "urn:c:d"}};
	static const char *const of_file[][2] = {{"b.json", "file:///x/b.json"}, {"../b.json", "file:///b.json"}};
	static const char *const of_relative[][2] = {{"b.json", "x/b.json"}, {"#s", "x/a.json#s"}};
	expect_all("http://a", of_host, 3);
	expect_all("http://a?q=/x", of_query, 3);
	expect_all("urn:a:b", of_urn, 3);
	expect_all("file:///x/a.json", of_file, 2);
	expect_all("x/a.json", of_relative, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_normal_examples), cmocka_unit_test(test_abnormal_examples),
			cmocka_unit_test(test_other_bases)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
