/* SPDX-License-Identifier: EUPL-1.2 */
/* Content codings: whole streams in pieces of any size, one in another, and what is cut off or behind the end. */
#include "support/fixture.h"

#include "fetch/coding.h"

#define BYTES(literal) ((struct str){literal, sizeof(literal) - 1})

static const struct str gzip = BYTES("\x1f\x8b\x08\0\0\0\0\0\0\x03\xcbH\xcd\xc9\xc9\x07\0\x86\xa6\x10\x36\5\0\0\0"),
						zlib = BYTES("\x78\x9c\xcbH\xcd\xc9\xc9\x07\0\x06,\x02\x15"),
						raw = BYTES("\xcbH\xcd\xc9\xc9\x07\0"), br = BYTES("\x0b\x02\x80hello\x03");

enum outcome { WHOLE, CUT, BROKEN };

/* Decodes `bytes` in pieces of so many; what came out is in `out`. */
static enum outcome decode(const char *value, struct str bytes, size_t piece, struct strbuf *out)
{
	struct arena *arena = arena_new();
	struct err err;
	struct coding coding = {0};
	err_init(&err, arena);
	const struct curl_api *api = curl_load(&err);
	assert_non_null(api);
	bool taken = coding_start(&coding, api, str_of(value));
	strbuf_clear(out);
	while (taken && bytes.len > 0) {
		struct str part = {bytes.ptr, bytes.len < piece ? bytes.len : piece};
		taken = coding_add(&coding, part, out);
		bytes = str_skip(bytes, part.len);
	}
	bool whole = taken && coding_end(&coding);
	assert_true(whole || coding.fault || out->overflow);
	coding_release(&coding);
	arena_free(arena);
	return whole ? WHOLE : taken ? CUT : BROKEN;
}

static void assert_decodes(const char *value, struct str bytes, const char *expected)
{
	struct strbuf out;
	strbuf_init(&out, 1 << 20);
	for (size_t piece = 1; piece <= bytes.len + 1; piece++) {
		assert_int_equal(decode(value, bytes, piece, &out), WHOLE);
		assert_true(str_eq(strbuf_str(&out), str_of(expected)));
	}
	strbuf_release(&out);
}

static void every_coding_in_pieces(void **state)
{
	(void)state;
	assert_decodes("", STR("hello"), "hello");
	assert_decodes("identity", STR("hello"), "hello");
	assert_decodes("gzip", gzip, "hello");
	assert_decodes("X-GZIP , identity", gzip, "hello");
	assert_decodes("deflate", zlib, "hello");
	assert_decodes("deflate", raw, "hello");
	assert_decodes("br", br, "hello");
}

static void members_follow_each_other(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct str twice = str_copy(arena, (struct str){NULL, 0});
	struct strbuf both;
	strbuf_init(&both, 1 << 10);
	strbuf_add(&both, gzip);
	strbuf_add(&both, gzip);
	twice = strbuf_take(&both, arena);
	assert_decodes("gzip", twice, "hellohello");
	arena_free(arena);
}

/* brotli of what is gzip of "hello": a metablock that is not compressed. */
static void one_in_another(void **state)
{
	(void)state;
	static const char bytes[] =
			"\x0b\x0c\x80\x1f\x8b\x08\0\0\0\0\0\0\x03\xcbH\xcd\xc9\xc9\x07\0\x86\xa6\x10\x36\5\0\0\0\x03";
	assert_decodes("gzip, br", BYTES(bytes), "hello");
	struct strbuf out;
	strbuf_init(&out, 100);
	assert_int_equal(decode("gzip,gzip,gzip,gzip,gzip,gzip", gzip, 100, &out), BROKEN);
	assert_int_equal(decode("gzip, compress", gzip, 100, &out), BROKEN);
	strbuf_release(&out);
}

/* Every cut of every coding is told, but that of nothing at all. */
static void what_is_cut_off_is_told(void **state)
{
	(void)state;
	static const char *const names[] = {"gzip", "deflate", "deflate", "br"};
	const struct str all[] = {gzip, zlib, raw, br};
	struct strbuf out;
	strbuf_init(&out, 100);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		assert_int_equal(decode(names[i], (struct str){all[i].ptr, 0}, 1, &out), WHOLE);
		for (size_t length = 1; length < all[i].len; length++)
			assert_int_equal(decode(names[i], (struct str){all[i].ptr, length}, 3, &out), CUT);
	}
	strbuf_release(&out);
}

static void what_is_broken_or_behind_is_told(void **state)
{
	(void)state;
	struct strbuf out, longer;
	static const char *const names[] = {"gzip", "deflate", "deflate", "br"};
	const struct str all[] = {gzip, zlib, raw, br};
	strbuf_init(&out, 100);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		strbuf_init(&longer, 100);
		strbuf_add(&longer, all[i]);
		strbuf_add(&longer, STR("xxxxxxxxxxxx"));
		for (size_t piece = 1; piece < longer.len; piece++)
			assert_int_equal(decode(names[i], strbuf_str(&longer), piece, &out), BROKEN);
		strbuf_release(&longer);
	}
	assert_int_equal(decode("gzip", STR("no gzip at all"), 1, &out), BROKEN);
	assert_int_equal(decode("deflate", STR("\xff\xff\xff\xff"), 1, &out), BROKEN);
	assert_int_equal(decode("br", STR("\xff\xff\xff\xff"), 1, &out), BROKEN);
	strbuf_release(&out);
}

static void the_ceiling_holds(void **state)
{
	(void)state;
	struct strbuf out;
	strbuf_init(&out, 3);
	assert_int_equal(decode("gzip", gzip, 100, &out), BROKEN);
	assert_true(out.overflow);
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(every_coding_in_pieces),
			cmocka_unit_test(members_follow_each_other),
			cmocka_unit_test(one_in_another),
			cmocka_unit_test(what_is_cut_off_is_told),
			cmocka_unit_test(what_is_broken_or_behind_is_told),
			cmocka_unit_test(the_ceiling_holds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
