/* SPDX-License-Identifier: EUPL-1.2 */
/* Tests of engine/regex: what ECMAScript accepts, what it means, what is refused, what ends undecided. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/limits.h"
#include "engine/regex.h"

static enum regex_result search(const char *pattern, const char *flags, const char *subject)
{
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct regex *regex = regex_compile(arena, str_of(pattern), str_of(flags), &err);
	if (!regex) fail_msg("refused: %.*s", STR_FMT(err.message.in[LANG_EN]));
	enum regex_result result = regex_search(regex, str_of(subject));
	arena_free(arena);
	return result;
}

#define assert_found(pattern, flags, subject) assert_int_equal(search(pattern, flags, subject), REGEX_YES)
#define assert_not_found(pattern, flags, subject) assert_int_equal(search(pattern, flags, subject), REGEX_NO)

static void assert_refused(const char *pattern, const char *flags, const char *hint)
{
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	assert_null(regex_compile(arena, str_of(pattern), str_of(flags), &err));
	assert_int_equal(err.code, ERR_RULES);
	struct str message = err.message.in[LANG_EN];
	if (str_find_str(message, str_of(hint)) == message.len) fail_msg("%.*s", STR_FMT(message));
	assert_true(err.message.in[LANG_NL].len > 0);
	arena_free(arena);
}

static void test_sets_are_those_of_ecmascript(void **state)
{
	(void)state;
	assert_not_found("\\d", "", "\u0663");
	assert_not_found("^\\w$", "", "\u00e9");
	assert_found("^\\s$", "", "\ufeff");
	assert_found("^\\s$", "", "\u2028");
	assert_not_found("\\s", "", "\u180e");
	assert_found("^[\\S]$", "", "\u180e");
	assert_not_found("^.$", "", "\u2029");
	assert_found("^.$", "s", "\n");
	assert_found("^[^]$", "", "\n");
	assert_not_found("[]", "", "a");
	assert_found("^[[:alpha:]]$", "", ":]");
}

static void test_anchors(void **state)
{
	(void)state;
	assert_not_found("a$", "", "a\n");
	assert_found("^b$", "m", "a\nb\rc");
	assert_found("^b$", "m", "a\u2028b");
	assert_not_found("^b", "", "a\nb");
}

static void test_annex_b_without_u(void **state)
{
	(void)state;
	assert_found("^{,5}$", "", "{,5}");
	assert_found("^x{a}$", "", "x{a}");
	assert_found("^\\A\\h\\Q\\p{L}$", "", "AhQp{L}");
	assert_found("^[\\d-x]+$", "", "1-x");
	assert_found("^\\12$", "", "\n");
	assert_found("^\\c$", "", "\\c");
	assert_found("^(?=a)*a]$", "", "a]");
	assert_found("^\\k<n>$", "", "k<n>");
	assert_found("\\x4", "", "x4");
}

static void test_escapes(void **state)
{
	(void)state;
	assert_found("^\\x41\\u0042\\cJ\\/$", "", "AB\n/");
	assert_found("^\\uD83D\\uDE00$", "", "\U0001F600");
	assert_found("^\\u{1F600}$", "u", "\U0001F600");
	assert_found("^\\u{3}$", "", "uuu");
	assert_found("^\\p{Letter}\\p{Script=Greek}\\P{Lu}$", "u", "a\u03b1a");
	assert_not_found("\\uD83D", "", "a");
	assert_found("^(?<year>\\d+)-\\k<year>$", "", "20-20");
	assert_found("^(a)?\\1b$", "", "b");
	assert_found("(?<=a)b(?!c)", "", "abd");
}

static void test_what_pcre2_has_and_ecmascript_has_not(void **state)
{
	(void)state;
	assert_refused("(?i)a", "", "flags stand outside");
	assert_refused("a++", "", "possessive");
	assert_refused("(?>a)", "", "atomic");
	assert_refused("(?P<n>a)", "", "(?<name>...)");
	assert_refused("(?#a)", "", "comments");
	assert_refused("(*UTF)a", "", "nothing to repeat");
	assert_refused("\\A", "u", "flag u");
	assert_refused("\\p{Foo}", "u", "Unicode property");
	assert_refused("\\p{Greek}", "u", "Script=");
}

static void test_errors_name_the_place(void **state)
{
	(void)state;
	assert_refused("ab(c", "", "offset 2: a group that is not closed");
	assert_refused("ab)c", "", "offset 2: a )");
	assert_refused("[z-a]", "", "offset 1: a range out of order");
	assert_refused("a{2,1}", "", "offset 1: a quantifier out of order");
	assert_refused("*", "", "offset 0: nothing to repeat");
	assert_refused("^*", "", "offset 1: nothing to repeat");
	assert_refused("[a", "", "offset 0: a class that is not closed");
	assert_refused("a\\", "", "offset 1: a backslash at the end");
	assert_refused("(?<a>.)(?<a>.)", "", "same name");
	assert_refused("(?<a>.)\\k<b>", "", "no group of that name");
	assert_refused("{", "u", "lone bracket");
	assert_refused("a", "x", "flags are some of");
	assert_refused("[a&&b]", "v", "flag v");
}

static void test_what_cannot_be_evaluated(void **state)
{
	(void)state;
	assert_refused("(?<=a+)b", "", "cannot be evaluated: a lookbehind");
	assert_refused("a{70000}", "", "cannot be evaluated: more than 65535");
	assert_refused("((((a{100}){100}){100}){100}){100}", "", "cannot be evaluated: too large");
}

static char *repeated(const char *text, size_t count, const char *tail)
{
	size_t length = strlen(text);
	char *subject = malloc(length * count + strlen(tail) + 1);
	for (size_t i = 0; i < count; i++)
		memcpy(subject + i * length, text, length);
	memcpy(subject + length * count, tail, strlen(tail) + 1);
	return subject;
}

/* These take minutes where only PCRE2's own limit counts. */
static void test_searches_end(void **state)
{
	(void)state;
	static const char *const patterns[] = {
			"(a+)+$", "(a|aa)+$", "\\s+$", "a+a+[bc]", "(a*)*b", "a*\\s*a*\\s*c", "(?=(a+))\\1c", "(.*)(.*)(.*)(.*)x$"};
	char *letters = repeated("a", 100000, "!"), *blanks = repeated(" ", 100000, "!");
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
		assert_int_not_equal(search(patterns[i], "", letters), REGEX_YES);
		assert_int_not_equal(search(patterns[i], "", blanks), REGEX_YES);
	}
	free(letters);
	free(blanks);
}

static void test_long_subjects_of_plain_use(void **state)
{
	(void)state;
	char *words = repeated("word ", 100000, "end.");
	assert_found("[a-z]+\\.$", "", words);
	assert_not_found("[A-Z]{3}\\d+", "", words);
	assert_found("end", "", words);
	free(words);
	char *huge = repeated("a", LIMIT_SUBJECT_BYTES + 1, "");
	assert_int_equal(search("a", "", huge), REGEX_UNDECIDED);
	free(huge);
	assert_int_equal(search("a", "", "\xff"), REGEX_UNDECIDED);
	assert_int_equal(search("a.", "", "\xff"), REGEX_UNDECIDED);
}

static void test_literals_of_spectral(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct regex *regex = regex_compile_literal(arena, STR("/^AB$/i"), &err);
	assert_non_null(regex);
	assert_int_equal(regex_search(regex, STR("ab")), REGEX_YES);
	assert_true(str_eq(regex_source(regex), STR("^AB$")));
	regex = regex_compile_literal(arena, STR("/a"), &err);
	assert_int_equal(regex_search(regex, STR("x/a")), REGEX_YES);
	regex = regex_compile_literal(arena, STR("//"), &err);
	assert_int_equal(regex_search(regex, STR("a")), REGEX_NO);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_sets_are_those_of_ecmascript),
			cmocka_unit_test(test_anchors),
			cmocka_unit_test(test_annex_b_without_u),
			cmocka_unit_test(test_escapes),
			cmocka_unit_test(test_what_pcre2_has_and_ecmascript_has_not),
			cmocka_unit_test(test_errors_name_the_place),
			cmocka_unit_test(test_what_cannot_be_evaluated),
			cmocka_unit_test(test_searches_end),
			cmocka_unit_test(test_long_subjects_of_plain_use),
			cmocka_unit_test(test_literals_of_spectral),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
