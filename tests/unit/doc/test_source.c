/* SPDX-License-Identifier: EUPL-1.2 */
/* Sources: lines and columns with text of many bytes, every kind of line end, and a byte order mark. */
#include "docs.h"

static void place_is(struct source *source, size_t offset, unsigned line, unsigned column)
{
	struct place place = source_locate(source, offset);
	if (place.line != line || place.column != column) fail_msg("%zu is at %u:%u", offset, place.line, place.column);
}

static struct source *source_from(void **state, struct str bytes)
{
	struct errors *errors = *state;
	return source_of(errors->arena, STR("test"), bytes);
}

static void counts_every_kind_of_line_end(void **state)
{
	struct source *source = source_from(state, STR("a\nb\r\nc\rd\n\ne"));
	place_is(source, 0, 1, 1);
	place_is(source, 1, 1, 2);
	place_is(source, 2, 2, 1);
	place_is(source, 5, 3, 1);
	place_is(source, 7, 4, 1);
	place_is(source, 9, 5, 1);
	place_is(source, 10, 6, 1);
	place_is(source, 99, 6, 2);
}

static void columns_count_code_points(void **state)
{
	struct source *source = source_from(state, STR("\xC3\xA9\xF0\x9F\x98\x80x\n\xE2\x82\xACy"));
	place_is(source, 2, 1, 2);
	place_is(source, 6, 1, 3);
	place_is(source, 8, 2, 1);
	place_is(source, 11, 2, 2);
}

static void a_byte_order_mark_has_no_column(void **state)
{
	struct source *source = source_from(state, STR("\xEF\xBB\xBF"
												   "ab\nc"));
	place_is(source, 0, 1, 1);
	place_is(source, 3, 1, 1);
	place_is(source, 4, 1, 2);
	place_is(source, 6, 2, 1);
	assert_true(str_eq(source_line(source, 1), STR("ab")));
}

static void gives_lines_without_their_end(void **state)
{
	struct source *source = source_from(state, STR("one\r\n\r\nthree\n"));
	assert_true(str_eq(source_line(source, 1), STR("one")));
	assert_true(str_eq(source_line(source, 2), STR("")));
	assert_true(str_eq(source_line(source, 3), STR("three")));
	assert_int_equal(source_line(source, 0).len, 0);
	assert_int_equal(source_line(source, 99).len, 0);
}

static void finds_places_again(void **state)
{
	struct str text = STR("\xEF\xBB\xBF\xC3\xA9x\r\ny\xF0\x9F\x98\x80z\n");
	struct source *source = source_from(state, text);
	static const size_t starts[] = {3, 5, 6, 8, 9, 13, 14, 15};
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		assert_int_equal(source_offset(source, source_locate(source, starts[i])), starts[i]);
	assert_int_equal(source_offset(source, (struct place){0, 0}), 0);
	assert_int_equal(source_offset(source, (struct place){9, 1}), 0);
}

static void empty_sources_have_a_first_line(void **state)
{
	struct source *source = source_from(state, STR(""));
	place_is(source, 0, 1, 1);
	struct loc loc = source_loc(source, 0);
	assert_true(str_eq(loc.file, STR("test")));
	assert_int_equal(loc.line, 1);
}

static void finds_breaks_anywhere_in_a_line(void **state)
{
	char text[41];
	for (size_t at = 0; at < sizeof text - 1; at++) {
		memset(text, 'x', sizeof text);
		text[at] = at % 2 ? '\n' : '\r';
		struct source *source = source_from(state, (struct str){text, sizeof text - 1});
		place_is(source, at, 1, (unsigned)at + 1);
		place_is(source, at + 1, 2, 1);
		place_is(source, sizeof text - 1, 2, (unsigned)(sizeof text - 1 - at));
		assert_int_equal(source->line_count, 2);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			doc_test(counts_every_kind_of_line_end),
			doc_test(columns_count_code_points),
			doc_test(a_byte_order_mark_has_no_column),
			doc_test(gives_lines_without_their_end),
			doc_test(finds_breaks_anywhere_in_a_line),
			doc_test(finds_places_again),
			doc_test(empty_sources_have_a_first_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
