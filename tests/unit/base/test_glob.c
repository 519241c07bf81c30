/* SPDX-License-Identifier: EUPL-1.2 */
/* File name patterns. */
#include "support/fixture.h"

#include "base/glob.h"

static void check(const char *pattern, const char *path, bool expected)
{
	if (glob_match(str_of(pattern), str_of(path)) != expected)
		fail_msg("%s %s %s", pattern, expected ? "should match" : "should not match", path);
}

static void stars_stay_within_a_segment(void **state)
{
	(void)state;
	check("*.json", "a.json", true);
	check("v1/*.json", "v1/a.json", true);
	check("v1/*.json", "v1/x/a.json", false);
	check("v1/*", "v2/a", false);
	check("*", "", true);
}

static void a_pattern_without_slash_is_for_the_last_segment(void **state)
{
	(void)state;
	check("*.json", "deep/in/a.json", true);
	check("a.json", "x/b.json", false);
}

static void two_stars_cross_segments(void **state)
{
	(void)state;
	check("**/*.json", "a.json", true);
	check("**/*.json", "x/y/a.json", true);
	check("v2/**/*.json", "v2/a.json", true);
	check("v2/**/*.json", "v1/a.json", false);
	check("v2/**", "v2/x/y", true);
}

static void classes_braces_and_escapes_count(void **state)
{
	(void)state;
	check("v[0-9]/a?.{yaml,json}", "v3/ab.json", true);
	check("v[!0-9]/a", "v3/a", false);
	check("{a,b{c,d}}/x", "bd/x", true);
	check("{a,b{c,d}}/x", "be/x", false);
	check("a\\*", "a*", true);
	check("a\\*", "ab", false);
	check("[a", "[a", true);
	check("a{b", "a{b", true);
	check("{a{b,c}x", "{acx", true);
	check("{,a}b,c", "ab,c", true);
	check("{a\\,b,c}", "a,b", true);
	check("{a,b}", "a,b", false);
}

static void a_hostile_pattern_ends(void **state)
{
	(void)state;
	check("*a*a*a*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false);
	check("{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}b", "aaaaaaaaaaaaaaaaaaaa", false);
	check("***a", "xa", true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(stars_stay_within_a_segment),
			cmocka_unit_test(a_pattern_without_slash_is_for_the_last_segment),
			cmocka_unit_test(two_stars_cross_segments),
			cmocka_unit_test(classes_braces_and_escapes_count),
			cmocka_unit_test(a_hostile_pattern_ends),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
