/* SPDX-License-Identifier: EUPL-1.2 */
/* URI references as paths: relative, absolute, file:, remote, malformed; normal and relative paths. */
#include "support/fixture.h"

#include "doc/uri_path.h"

static void check(const char *reference, const char *base, enum uri_place place, const char *expected)
{
	struct arena *arena = arena_new();
	struct str path = STR("untouched");
	assert_int_equal(uri_to_path(str_of(reference), str_of(base), arena, &path), place);
	assert_str(path, expected);
	arena_free(arena);
}

static void files_are_found_from_the_file_that_names_them(void **state)
{
	(void)state;
	check("b.yaml", "dir/a.yaml", URI_FILE, "dir/b.yaml");
	check("../b.yaml", "dir/a.yaml", URI_FILE, "b.yaml");
	check("../../b.yaml", "dir/a.yaml", URI_FILE, "../b.yaml");
	check("/x/./y/../b.yaml", "dir/a.yaml", URI_FILE, "/x/b.yaml");
	check("/../b.yaml", "a.yaml", URI_FILE, "/b.yaml");
	check("b%20c.yaml", "a.yaml", URI_FILE, "b c.yaml");
	check("b.yaml?query", "a.yaml", URI_FILE, "b.yaml");
	check("file:///x/b.yaml", "a.yaml", URI_FILE, "/x/b.yaml");
	check("file://localhost/x/b.yaml", "a.yaml", URI_FILE, "/x/b.yaml");
	check("c:b.yaml", "a.yaml", URI_FILE, "c:b.yaml");
}

static void other_places_are_told_apart(void **state)
{
	(void)state;
	check("", "a.yaml", URI_SAME, "untouched");
	check("https://example.nl/b.yaml", "a.yaml", URI_REMOTE, "https://example.nl/b.yaml");
	check("HTTP://example.nl/b.yaml", "a.yaml", URI_REMOTE, "HTTP://example.nl/b.yaml");
	check("//example.nl/b.yaml", "a.yaml", URI_REMOTE, "//example.nl/b.yaml");
	check("urn:isbn:1", "a.yaml", URI_MALFORMED, "untouched");
	check("file://host/b.yaml", "a.yaml", URI_MALFORMED, "untouched");
	check("b%2.yaml", "a.yaml", URI_MALFORMED, "untouched");
	check("b%00.yaml", "a.yaml", URI_MALFORMED, "untouched");
}

static void from_a_url_all_ways_lead_to_urls(void **state)
{
	(void)state;
	const char *base = "https://example.nl/api/v1/openapi.yaml?x=1";
	check("", base, URI_SAME, "untouched");
	check("b.yaml", base, URI_REMOTE, "https://example.nl/api/v1/b.yaml");
	check("../../../b.yaml?y", base, URI_REMOTE, "https://example.nl/b.yaml?y");
	check("/etc/passwd", base, URI_REMOTE, "https://example.nl/etc/passwd");
	check("//other.nl/b", base, URI_REMOTE, "https://other.nl/b");
	check("http://other.nl", base, URI_REMOTE, "http://other.nl");
	check("file:///etc/passwd", base, URI_MALFORMED, "untouched");
	check("ftp://example.nl/b", base, URI_MALFORMED, "untouched");
}

static void a_reference_splits_at_its_fragment(void **state)
{
	(void)state;
	struct str before, fragment;
	uri_split(STR("a.yaml#/x#y"), &before, &fragment);
	assert_str(before, "a.yaml");
	assert_str(fragment, "/x#y");
	uri_split(STR("a.yaml"), &before, &fragment);
	assert_null(fragment.ptr);
}

static void a_way_between_files_starts_in_the_folder_of_the_first(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	assert_str(path_relative(STR("/a/b/rules.yaml"), STR("/a/c/doc.yaml"), arena), "../c/doc.yaml");
	assert_str(path_relative(STR("/a/rules.yaml"), STR("/a/v2/doc.yaml"), arena), "v2/doc.yaml");
	assert_str(path_relative(STR("x/rules.yaml"), STR("x/doc.yaml"), arena), "doc.yaml");
	assert_str(path_normalize(STR("./a//b/../c/."), arena), "a/c");
	assert_str(path_normalize(STR("."), arena), ".");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(files_are_found_from_the_file_that_names_them),
			cmocka_unit_test(other_places_are_told_apart),
			cmocka_unit_test(from_a_url_all_ways_lead_to_urls),
			cmocka_unit_test(a_reference_splits_at_its_fragment),
			cmocka_unit_test(a_way_between_files_starts_in_the_folder_of_the_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
