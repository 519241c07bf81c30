/* SPDX-License-Identifier: EUPL-1.2 */
/* UTF-8: every code point there and back, and everything that is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"

static void every_code_point_goes_there_and_back(void **state)
{
	(void)state;
	for (uint32_t code = 0; code <= 0x10FFFF; code++) {
		if (code == 0xD800) code = 0xE000;
		char bytes[4];
		uint32_t back = 0;
		size_t len = utf8_encode(code, bytes);
		if (utf8_decode((struct str){bytes, len}, &back) != len || back != code) fail_msg("U+%04X", code);
		if (utf8_invalid((struct str){bytes, len}) != len) fail_msg("U+%04X is valid", code);
		if (utf8_count((struct str){bytes, len}) != 1) fail_msg("U+%04X is one", code);
		if (len > 1 && utf8_decode((struct str){bytes, len - 1}, &back) != 0) fail_msg("U+%04X cut off", code);
	}
}

static void refuses_what_is_none(void **state)
{
	(void)state;
	static const char *const bad[] = {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC3", "\xC3(", "\xE0\x80\x80",
			"\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xE2\x82", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF",
			"\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xF0\x9F\x98", "\xFE", "\xFF"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		uint32_t code = 7;
		assert_int_equal(utf8_decode(str_of(bad[i]), &code), 0);
		assert_int_equal(code, 7);
		assert_int_equal(utf8_invalid(str_of(bad[i])), 0);
	}
}

static void says_where(void **state)
{
	(void)state;
	assert_int_equal(utf8_invalid(STR("")), 0);
	assert_int_equal(utf8_invalid(STR("twelve bytes\xE9")), 12);
	assert_int_equal(utf8_invalid(STR("\xC3\xA9 and more text\xC3")), 16);
	assert_int_equal(utf8_invalid(STR("\xC3\xA9 all of it is valid")), 21);
}

static void counts(void **state)
{
	(void)state;
	struct str text = STR("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
	assert_int_equal(utf8_count(text), 4);
	assert_int_equal(utf8_utf16_length(text), 5);
	assert_int_equal(utf8_count(STR("\xFF\xFF"
									"a")),
			3);
	assert_int_equal(utf8_count(STR("")), 0);
}

/* Blocks are looked at as a whole: one byte that is wrong counts wherever it is, and nothing behind the end does. */
static void tells_text_from_bytes(void **state)
{
	(void)state;
	static const char bad[] = {'\0', '\x80', '\xFF', '\xC3'};
	char bytes[81];
	for (size_t at = 0; at < sizeof bytes - 1; at++) {
		memset(bytes, 'a', sizeof bytes);
		assert_true(utf8_is_text((struct str){bytes, at}));
		for (size_t i = 0; i < sizeof bad; i++) {
			bytes[at] = bad[i];
			assert_true(utf8_is_text((struct str){bytes, at}));
			assert_false(utf8_is_text((struct str){bytes, sizeof bytes}));
		}
		bytes[at] = '\xC3';
		bytes[at + 1] = '\xA9';
		assert_true(utf8_is_text((struct str){bytes, sizeof bytes}));
		bytes[at] = '\x7F';
		bytes[at + 1] = '\x01';
		assert_true(utf8_is_text((struct str){bytes, sizeof bytes}));
	}
}

static void assert_shown(size_t length, size_t at, const char *begins, const char *ends)
{
	struct arena *arena = arena_new();
	char text[1000];
	memset(text, 'a', sizeof text);
	for (size_t i = 1; i + 1 < length; i += 2)
		memcpy(text + i, "\xC3\xA9", 2);
	struct str shown = utf8_shown(arena, (struct str){text, length}, at);
	assert_int_equal(utf8_invalid(shown), shown.len);
	if (!str_starts(shown, str_of(begins)) || !str_ends(shown, str_of(ends))) fail_msg("%.*s", STR_FMT(shown));
	assert_true(shown.len <= 225);
	arena_free(arena);
}

static void shows_what_fits(void **state)
{
	(void)state;
	assert_shown(3, 0, "a\xC3\xA9", "\xC3\xA9");
	assert_shown(200, 100, "a\xC3\xA9", "\xA9\x61");
	assert_shown(201, 0, "a\xC3\xA9", "\xC3\xA9… (201 bytes)");
	assert_shown(1000, 500, "…\xC3\xA9", "\xC3\xA9… (1000 bytes)");
	assert_shown(1000, 999, "…\xC3\xA9", "\xC3\xA9\x61 (1000 bytes)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(every_code_point_goes_there_and_back),
			cmocka_unit_test(refuses_what_is_none),
			cmocka_unit_test(says_where),
			cmocka_unit_test(counts),
			cmocka_unit_test(tells_text_from_bytes),
			cmocka_unit_test(shows_what_fits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
