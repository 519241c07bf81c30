/* SPDX-License-Identifier: EUPL-1.2 */
/* JSON Pointers: the examples of RFC 6901, bad ones, fragments, and places in the text. */
#include "docs.h"

static const char rfc[] =
		"{\"foo\":[\"bar\",\"baz\"],\"\":0,\"a/b\":1,\"c%d\":2,\"e^f\":3,\"g|h\":4,\"i\\\\j\":5,\"k\\\"l\":6,\" \":7,"
		"\"m~n\":8}";

static void resolves_the_examples_of_the_rfc(void **state)
{
	struct doc *doc = read_bytes(state, "a.json", str_of(rfc));
	static const char *const pairs[][2] = {{"/foo/0", "bar"}, {"/", "0"}, {"/a~1b", "1"}, {"/c%d", "2"}, {"/e^f", "3"},
			{"/g|h", "4"}, {"/i\\j", "5"}, {"/k\"l", "6"}, {"/ ", "7"}, {"/m~0n", "8"}};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		text_is(at(doc, pairs[i][0]), pairs[i][1]);
	assert_ptr_equal(at(doc, ""), doc->root);
	doc_close(doc);
}

static void names_nothing_otherwise(void **state)
{
	struct doc *doc = read_bytes(state, "a.json", str_of(rfc));
	static const char *const bad[] = {"foo", "/foo/2", "/foo/-", "/foo/00", "/foo/01", "/foo/+1", "/foo/",
			"/foo/99999999999", "/m~2n", "/m~", "/x", "/foo/0/a", "#/foo"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (pointer_get(doc->root, str_of(bad[i]))) fail_msg("%s names something", bad[i]);
	doc_close(doc);
}

static void writes_what_it_reads(void **state)
{
	struct errors *errors = *state;
	struct strbuf buf;
	strbuf_init(&buf, 1000);
	pointer_add_token(&buf, STR("a/b~c"));
	pointer_add_token(&buf, STR(""));
	pointer_add_index(&buf, 12);
	assert_string_equal(buf.ptr, "/a~1b~0c//12");
	struct str rest = strbuf_str(&buf), token;
	assert_true(pointer_next(&rest, errors->arena, &token) && str_eq(token, STR("a/b~c")));
	assert_true(pointer_next(&rest, errors->arena, &token) && str_eq(token, STR("")));
	assert_true(pointer_next(&rest, errors->arena, &token) && str_eq(token, STR("12")));
	assert_false(pointer_next(&rest, errors->arena, &token));
	strbuf_release(&buf);
}

static void decodes_fragments(void **state)
{
	struct errors *errors = *state;
	struct str out;
	assert_true(pointer_decode_fragment(STR("/paths/~1a%7Bid%7d/%C3%A9"), errors->arena, &out));
	assert_true(str_eq(out, STR("/paths/~1a{id}/\xC3\xA9")));
	assert_true(pointer_decode_fragment(STR(""), errors->arena, &out) && out.len == 0);
	assert_false(pointer_decode_fragment(STR("/%"), errors->arena, &out));
	assert_false(pointer_decode_fragment(STR("/%4"), errors->arena, &out));
	assert_false(pointer_decode_fragment(STR("/%g0"), errors->arena, &out));
}

static void offset_is(const struct doc *doc, const char *text, const char *pointer)
{
	struct strbuf buf;
	strbuf_init(&buf, 1000);
	pointer_at_offset(doc->root, (uint32_t)str_find_str(doc->source->bytes, str_of(text)), &buf);
	assert_true(str_eq(strbuf_str(&buf), str_of(pointer)));
	strbuf_release(&buf);
}

static void finds_the_pointer_of_a_place(void **state)
{
	struct doc *doc = read_bytes(
			state, "a.yaml", STR("info: &i\n  title: Titel # note\nlist:\n  - {a: one}\n  - two\nagain: *i\n"));
	offset_is(doc, "Titel", "/info/title");
	offset_is(doc, "title:", "/info/title");
	offset_is(doc, "one", "/list/0/a");
	offset_is(doc, "two", "/list/1");
	offset_is(doc, "*i", "/again");
	offset_is(doc, "# note", "");
	doc_close(doc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			doc_test(resolves_the_examples_of_the_rfc),
			doc_test(names_nothing_otherwise),
			doc_test(writes_what_it_reads),
			doc_test(decodes_fragments),
			doc_test(finds_the_pointer_of_a_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
