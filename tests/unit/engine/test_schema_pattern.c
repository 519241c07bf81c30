/* SPDX-License-Identifier: EUPL-1.2 */
/* Patterns that do without PCRE2 say what PCRE2 says. */
#include "engine/schema_pattern.h"

#include "base/utf8.h"
#include "engine/regex.h"
#include "support/fixture.h"

enum { MAX_TEXT = 80, ROUNDS = 400 };

static const char *const simple[] = {
		"^[0-9]{9}$",
		"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
		"^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
		"^[a-c]{7}$",
		"^[a-cx]{8}$",
		"^[a-cA-C]{15}$",
		"^[a-c]{16}$",
		"^[a-cA-C]{17}$",
		"^[abAB0-9]{9}$",
		"^x-",
		"^[a-zA-Z0-9\\.\\-_]+$",
		"^\\/",
		"^a*b?c{2,3}$",
		"^$",
		"^P(?!$)([0-9]+Y)?([0-9]+M)?([0-9]+D)?$",
		"^(get|put|post|delete|options|head|patch|trace)$",
		"^[1-5](?:\\d{2}|XX)$",
		"^(a|ab)(c|bcd)?$",
		"^(a*b){2}$",
		"^(a*)*b",
		"^(?:a|b|)+c$",
		"^[ab]*a[ab]{3}$",
		"^a+ab",
		"^(a{0}b){1,3}$",
		"[0-9]{3}",
		"(ab)*$",
		"b(ab)+$",
		"abab",
		"a|b*",
		"^(?:)$",
};

static uint32_t state = 7;

static uint32_t random_below(uint32_t limit)
{
	state = state * 1664525 + 1013904223;
	return (state >> 8) % limit;
}

/* A text of characters that patterns are about; or one that is nearly good, where the pattern has a length. */
static struct str random_text(char *text, const char *alphabet)
{
	size_t length = random_below(12);
	size_t characters = strlen(alphabet);
	for (size_t i = 0; i < length; i++)
		text[i] = alphabet[random_below((uint32_t)characters)];
	return (struct str){text, length};
}

static void compare(const char *source, struct pattern *pattern, struct regex *regex, struct str text)
{
	char copy[MAX_TEXT]; /* so that reading past its end is seen */
	struct str subject = {memcpy(copy + MAX_TEXT - text.len, text.ptr, text.len), text.len};
	bool expected = regex_search(regex, subject) == REGEX_YES;
	if (schema_pattern_search(pattern, subject) == expected) return;
	print_error("%s on \"%.*s\": should %smatch\n", source, STR_FMT(text), expected ? "" : "not ");
	fail();
}

static void says_what_pcre_says(void **ignored)
{
	(void)ignored;
	static const char *const alphabets[] = {"ab", "abcABC", "0123456789YMDP", "abcx-./0", "aé9", "getpus15X"};
	static const char *const whole[] = {"123456789", "2024-01-31", "f3b0c442-98fc-41c1-8a9b-0123456789ab", "abcabca",
			"abcxabcx", "abcABCabcABCabc", "abcabcabcabcabca", "abcABCabcABCabcAB", "abAB01239", "delete", "4XX", "404",
			"P1Y2M3D", "P6M", "P", "x-y", "/"};
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	for (size_t i = 0; i < sizeof simple / sizeof *simple; i++) {
		struct str source = str_of(simple[i]);
		struct regex *regex = regex_compile(arena, source, STR("u"), &err);
		struct pattern *pattern = schema_pattern_of(arena, source);
		assert_non_null(regex);
		if (strcmp(simple[i], "a|b*") == 0) {
			assert_null(pattern);
			continue;
		}
		if (!pattern) print_error("%s is not simple\n", simple[i]);
		assert_non_null(pattern);
		for (int round = 0; round < ROUNDS; round++) {
			char text[MAX_TEXT];
			struct str random = random_text(text, alphabets[random_below(sizeof alphabets / sizeof *alphabets)]);
			if (utf8_invalid(random) == random.len) compare(simple[i], pattern, regex, random);
		}
		for (size_t j = 0; j < sizeof whole / sizeof *whole; j++) {
			char text[MAX_TEXT];
			struct str good = {text, strlen(whole[j])};
			memcpy(text, whole[j], good.len);
			compare(simple[i], pattern, regex, good);
			for (size_t at = 0; at < good.len; at++) { /* each place wrong by turns */
				text[at] = "g!:/@[`{"[random_below(8)];
				compare(simple[i], pattern, regex, good);
				text[at] = whole[j][at];
			}
			compare(simple[i], pattern, regex, (struct str){text, good.len - 1});
		}
	}
	arena_free(arena);
}

/* What means more than ASCII, or needs too large an automaton, is left to PCRE2. */
static void leaves_the_rest(void **ignored)
{
	(void)ignored;
	static const char *const others[] = {"^.+$", "^[^a]$", "^\\s$", "^(?=a)a$", "^(a)\\1$", "^a+?$", "^(?!$)a", "^a$b",
			"(a$|b)", "^é$", "^(a|b)*a(a|b){9}$", "^(?:(?:(?:(?:(?:a{99}){99}){99}){99}){99})$", "^(){100000}$",
			"^(?!$)(?!$)|a$", "^a|b$"};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (schema_pattern_of(arena, str_of(others[i]))) fail_msg("%s is simple", others[i]);
	struct strbuf deep;
	strbuf_init(&deep, 1 << 20);
	strbuf_add_repeat(&deep, '(', 100000);
	assert_null(schema_pattern_of(arena, strbuf_str(&deep)));
	strbuf_clear(&deep);
	strbuf_add(&deep, STR("^"));
	for (int i = 0; i < 100000; i++)
		strbuf_add(&deep, STR("(?!$)"));
	strbuf_add(&deep, STR("a$"));
	assert_null(schema_pattern_of(arena, strbuf_str(&deep)));
	strbuf_release(&deep);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(says_what_pcre_says),
			cmocka_unit_test(leaves_the_rest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
