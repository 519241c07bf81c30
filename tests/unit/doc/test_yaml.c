/* SPDX-License-Identifier: EUPL-1.2 */
/* The YAML reader: the core schema, anchors, merge keys, places, ceilings, and what it refuses. */
#include "docs.h"

#include "base/limits.h"
#include "base/vec.h"
#include "doc/yaml.h"

static struct doc *read_yaml(void **state, const char *text)
{
	struct doc *doc = read_bytes(state, "test.yaml", str_of(text));
	assert_int_equal(doc->format, DOC_YAML);
	return doc;
}

static void refuses(void **state, const char *text, unsigned line, unsigned column, const char *words)
{
	refuses_bytes(state, "test.yaml", str_of(text), ERR_SYNTAX, line, column, words);
}

static void number_is(void **state, const char *plain, const char *number)
{
	struct errors *errors = *state;
	struct doc *doc = read_yaml(state, str_printf(errors->arena, "a: %s\n", plain).ptr);
	if (at(doc, "/a")->kind != NODE_NUMBER) fail_msg("%s is no number", plain);
	text_is(at(doc, "/a"), number);
	doc_close(doc);
}

static void kind_is(void **state, const char *plain, enum node_kind kind)
{
	struct errors *errors = *state;
	struct doc *doc = read_yaml(state, str_printf(errors->arena, "a: %s\n", plain).ptr);
	if (at(doc, "/a")->kind != kind) fail_msg("%s is of kind %d", plain, at(doc, "/a")->kind);
	if (kind == NODE_STRING) text_is(at(doc, "/a"), plain);
	doc_close(doc);
}

static void resolves_numbers(void **state)
{
	static const char *const pairs[][2] = {{"12", "12"}, {"-12", "-12"}, {"+12", "12"}, {"010", "10"}, {"0o10", "8"},
			{"0x1F", "31"}, {"0xffffffffffffffffffff", "1208925819614629174706175"}, {".5", "0.5"}, {"5.", "5"},
			{"-.5e3", "-0.5e3"}, {"1e3", "1e3"}, {"00.50", "0.50"}, {".inf", "Infinity"}, {"-.INF", "-Infinity"},
			{".nan", "NaN"}, {"1.10", "1.10"}, {"000", "0"}};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		number_is(state, pairs[i][0], pairs[i][1]);
}

static void resolves_words(void **state)
{
	static const char *const strings[] = {"yes", "no", "on", "off", "y", "2024-01-31", "1_000", "1:30", "tRue", "nul",
			"0x", "0o8", "0xG", "+0x1", "1.2.3", "-", "1e", ".", "+", "+.nan", "0b1", "e5", "NaN"};
	for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
		if (strcmp(strings[i], "-") != 0) kind_is(state, strings[i], NODE_STRING);
	kind_is(state, "true", NODE_TRUE);
	kind_is(state, "FALSE", NODE_FALSE);
	kind_is(state, "~", NODE_NULL);
	kind_is(state, "NULL", NODE_NULL);
	kind_is(state, "", NODE_NULL);
}

static void honours_tags(void **state)
{
	struct doc *doc = read_yaml(state,
			"a: !!str 12\nb: !!int \"12\"\nc: ! 12\nd: &x !!str true\ne: !!float 1\nf: !!map {}\ng: !!null\n"
			"h: !\n");
	assert_int_equal(at(doc, "/a")->kind, NODE_STRING);
	assert_int_equal(at(doc, "/b")->kind, NODE_NUMBER);
	assert_int_equal(at(doc, "/c")->kind, NODE_STRING);
	text_is(at(doc, "/d"), "true");
	assert_int_equal(at(doc, "/e")->kind, NODE_NUMBER);
	assert_int_equal(at(doc, "/g")->kind, NODE_NULL);
	assert_int_equal(at(doc, "/h")->kind, NODE_STRING);
	doc_close(doc);
	refuses(state, "a: !!int x\n", 1, 10, "agrees with its tag !!int, found 'x'");
	refuses(state, "a: !!seq {}\n", 1, 10, "agrees with its tag !!seq, found a mapping");
	refuses(state, "a: !!str []\n", 1, 10, "agrees with its tag !!str, found a list");
	refuses(state, "a: !!map x\n", 1, 10, "agrees with its tag !!map, found 'x'");
}

static void reads_past_tags_that_it_does_not_know(void **state)
{
	struct doc *doc = read_yaml(state, "a: !foo 1\nb: &x !!binary 'eA=='\nc: !<tag:x> [1]\n!k d: !!set {}\n");
	assert_int_equal(at(doc, "/a")->kind, NODE_NUMBER);
	text_is(at(doc, "/b"), "eA==");
	assert_int_equal(at(doc, "/c")->kind, NODE_ARRAY);
	assert_int_equal(at(doc, "/d")->kind, NODE_OBJECT);
	static const char *const tags[] = {"!foo", "!!binary", "!<tag:x>", "!k", "!!set"};
	assert_int_equal(doc->diagnostic_count, 5);
	for (uint32_t i = 0; i < 5; i++) {
		const struct diagnostic *remark = &doc->diagnostics[i];
		assert_int_equal(remark->kind, DIAGNOSTIC_UNKNOWN_TAG);
		assert_true(str_eq(remark->what, str_of(tags[i])));
		assert_int_equal(remark->end - remark->start, strlen(tags[i]));
		assert_ptr_equal(remark->what.ptr, doc->source->bytes.ptr + remark->start);
	}
	doc_close(doc);
}

static void reads_streams(void **state)
{
	struct errors *errors = *state;
	struct str text = STR("&a 1\n---\n- *a\n");
	struct doc doc = {.arena = errors->arena, .source = source_of(errors->arena, STR("test"), text)};
	struct yaml_stream stream = {0};
	assert_false(yaml_read_stream(&doc, &stream, &errors->err));
	error_is(errors, ERR_SYNTAX, 3, 3, "name of an anchor that comes before");
	stream.count = 0;
	err_init(&errors->err, errors->arena);
	doc.source = source_of(errors->arena, STR("test"), STR("a: 1\n...\n%YAML 1.2\n---\n- 2\n---\n"));
	assert_true(yaml_read_stream(&doc, &stream, &errors->err));
	assert_int_equal(stream.count, 3);
	text_is(node_member(stream.items[0], STR("a")), "1");
	text_is(node_at(stream.items[1], 0), "2");
	assert_int_equal(stream.items[2]->kind, NODE_NULL);
	stream.count = 0;
	doc.source = source_of(errors->arena, STR("test"), STR("# nothing\n"));
	assert_true(yaml_read_stream(&doc, &stream, &errors->err));
	assert_int_equal(stream.count, 0);
	vec_release(&stream);
}

static void spans_are_exact(void **state)
{
	struct doc *doc = read_yaml(state,
			"\xEF\xBB\xBF# \xC3\xA9\r\na: &x 'it''s'  # c\r\nb:\r\n  - [1, {c: \"d\"}]\r\n  - plain text\r\n"
			"\xF0\x9F\x98\x80: !!str 5\r\ne: |\r\n  block\r\n\r\nf:\r\n");
	spans(doc, at(doc, "/a"), "'it''s'");
	spans(doc, at(doc, "/b"), "- [1, {c: \"d\"}]\r\n  - plain text");
	spans(doc, at(doc, "/b/0"), "[1, {c: \"d\"}]");
	spans(doc, at(doc, "/b/0/1"), "{c: \"d\"}");
	spans(doc, at(doc, "/b/1"), "plain text");
	spans(doc, at(doc, "/\xF0\x9F\x98\x80"), "5");
	spans(doc, at(doc, "/e"), "|\r\n  block");
	text_is(at(doc, "/e"), "block\n");
	spans(doc, at(doc, "/f"), "");
	struct place place = source_locate(doc->source, at(doc, "/\xF0\x9F\x98\x80")->start);
	assert_int_equal(place.line, 6);
	assert_int_equal(place.column, 10);
	doc_close(doc);
}

static void line_ends_of_unicode_do_not_move_places(void **state)
{
	struct doc *doc = read_yaml(state, "a: \"x\xC2\x85y\"\nb: \"\xE2\x80\xA8\"\nc: here\n");
	spans(doc, at(doc, "/c"), "here");
	assert_int_equal(source_locate(doc->source, at(doc, "/c")->start).line, 3);
	doc_close(doc);
}

static void scalars_as_written_are_not_copied(void **state)
{
	struct doc *doc = read_yaml(state, "a: plain\nb: 'quoted'\n");
	assert_ptr_equal(at(doc, "/a")->text, doc->source->bytes.ptr + 3);
	assert_ptr_equal(at(doc, "/b")->text, doc->source->bytes.ptr + 13);
	doc_close(doc);
}

static void aliases_share_what_they_name(void **state)
{
	struct doc *doc = read_yaml(state, "a: &x {b: [1]}\nc: *x\nd: &x 2\ne: *x\n? &k key\n: v\n*k : w\n");
	assert_ptr_equal(at(doc, "/a")->children, at(doc, "/c")->children);
	assert_true(at(doc, "/c")->flags & NODE_SHARED);
	assert_false(at(doc, "/a")->flags & NODE_SHARED);
	spans(doc, at(doc, "/c"), "*x");
	text_is(at(doc, "/e"), "2");
	assert_int_equal(doc->diagnostic_count, 1);
	assert_true(node_equal(at(doc, "/a"), at(doc, "/c")));
	doc_close(doc);
	refuses(state, "a: *b\n", 1, 4, "name of an anchor that comes before");
	refuses(state, "&a [*a]\n", 1, 5, "endless");
	refuses(state, "a: &x:y 1\n", 1, 6, "expected a space after the name of an anchor");
}

static void merge_keys_bring_in_what_is_not_there(void **state)
{
	struct doc *doc = read_yaml(state,
			"x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\none: {z: 0, <<: *x, a: 9}\nmany: {<<: [*x, *y]}\n"
			"quoted: {\"<<\": 1}\n");
	const struct node *one = at(doc, "/one");
	assert_int_equal(node_count(one), 3);
	assert_true(str_eq(node_key(node_at(one, 1)), STR("b")));
	text_is(at(doc, "/one/a"), "9");
	assert_true(at(doc, "/one/b")->flags & NODE_SHARED);
	assert_int_equal(node_count(at(doc, "/many")), 3);
	text_is(at(doc, "/many/b"), "2");
	text_is(at(doc, "/quoted/<<"), "1");
	assert_int_equal(doc->diagnostic_count, 0);
	doc_close(doc);
	refuses(state, "a: {<<: 3}\n", 1, 9, "behind '<<'");
}

static void remarks_keys_that_are_no_strings(void **state)
{
	struct doc *doc = read_yaml(state, "200: a\ntrue: b\n~: c\n0x1F: d\n'201': e\nno: f\n!!str 5: g\n");
	assert_int_equal(doc->diagnostic_count, 4);
	assert_int_equal(doc->diagnostics[0].kind, DIAGNOSTIC_KEY_NOT_STRING);
	assert_true(at(doc, "/200")->flags & NODE_KEY_SPECIAL);
	assert_true(at(doc, "/0x1F")->flags & NODE_KEY_SPECIAL);
	assert_false(at(doc, "/201")->flags & NODE_KEY_SPECIAL);
	assert_false(at(doc, "/no")->flags & NODE_KEY_SPECIAL);
	doc_close(doc);
	refuses(state, "? [a]\n: b\n", 1, 3, "JSON cannot hold");
}

static void remarks_duplicate_keys(void **state)
{
	struct doc *doc = read_yaml(state, "a: 1\n'a': 2\n");
	assert_int_equal(doc->diagnostic_count, 1);
	assert_int_equal(doc->diagnostics[0].start, 5);
	assert_int_equal(doc->diagnostics[0].end, 8);
	text_is(at(doc, "/a"), "2");
	doc_close(doc);
}

static void reads_surrogate_pairs_of_json(void **state)
{
	struct doc *doc = read_yaml(
			state, "a: \"\\ud83d\\ude00 \\\\ud83d x\"\nb: '\\ud83d'\nc: \\ud83d\nd: |\n  \\ud83d\ne: \"\\ud83d\"\n");
	text_is(at(doc, "/a"), "\xF0\x9F\x98\x80 \\ud83d x");
	text_is(at(doc, "/b"), "\\ud83d");
	text_is(at(doc, "/c"), "\\ud83d");
	text_is(at(doc, "/d"), "\\ud83d\n");
	text_is(at(doc, "/e"), "\xEF\xBF\xBD");
	assert_int_equal(doc->diagnostic_count, 1);
	doc_close(doc);
}

static void holds_one_document(void **state)
{
	doc_close(read_yaml(state, "a: 1\n...\n"));
	doc_close(read_yaml(state, "--- # first\na: 1\n---\n"));
	refuses(state, "a: 1\n---\nb: 2\n", 3, 1, "found a second one");
	refuses(state, "# nothing\n", 1, 1, "without content");
	refuses(state, "", 1, 1, "without content");
}

static void tells_what_it_expected_and_found(void **state)
{
	refuses(state, "\xC3\xA9:\n\t- b\n", 2, 1, "found a tab; indent with spaces, never tabs");
	refuses(state, "\xC3\xA9: b: c\n", 1, 5, "expected no ':' here");
	refuses(state, "a: \"x\n", 2, 1, "closing quote");
	refuses(state, "a: \"\\q\"\n", 1, 5, "escape");
	refuses(state, "a: [1, 2\nb: 3\n", 2, 2, "',' or ']'");
	refuses(state, "a: \x01\n", 1, 4, "U+0001");
	refuses(state, "a: \"v\"# c\n", 1, 7, "a space before a comment");
	refuses(state, "a: [-]\n", 1, 5, "expected a value");
	refuses(state, "a: {?b: c}\n", 1, 5, "put text that starts with '?'");
	refuses_bytes(state, "test.yaml", STR("a: \xE9\n"), ERR_SYNTAX, 1, 4, "byte 0xE9");
}

static struct str repeat(struct arena *arena, const char *head, const char *piece, size_t count)
{
	struct strbuf buf;
	strbuf_init(&buf, 64 << 20);
	strbuf_add(&buf, str_of(head));
	for (size_t i = 0; i < count; i++)
		strbuf_add(&buf, str_of(piece));
	struct str text = str_copy(arena, strbuf_str(&buf));
	strbuf_release(&buf);
	return text;
}

static void stops_at_its_limits(void **state)
{
	struct arena *arena = ((struct errors *)*state)->arena;
	refuses_bytes(
			state, "a.yaml", repeat(arena, "x: ", "[", 100000), ERR_LIMIT, 1, LIMIT_DEPTH + 3, "deeper than 1000");
	refuses_bytes(
			state, "a.yaml", repeat(arena, "", "- ", 100000), ERR_LIMIT, 1, LIMIT_DEPTH * 2 + 1, "deeper than 1000");
	refuses_bytes(state, "a.yaml", repeat(arena, "", "%TAG !a! b\n", 50000), ERR_LIMIT, LIMIT_DIRECTIVES + 1, 1,
			"directives");
	struct str deep = repeat(arena, "", "[", 900);
	refuses_bytes(state, "a.yaml", repeat(arena, str_printf(arena, "x: %.*s", STR_FMT(deep)).ptr, "1,", 100000),
			ERR_LIMIT, 1, 119690, "too many values in brackets");
	struct str bomb = STR(
			"a: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
			"d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n"
			"f: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f,*f]\n");
	refuses_bytes(state, "a.yaml", bomb, ERR_LIMIT, 7, 14, "aliases and merge keys");
}

/* Found in review: levels that aliases add count too, so that whoever walks a tree may trust LIMIT_DEPTH. */
static void refuses_depth_by_aliases(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct strbuf text;
	struct err err;
	err_init(&err, arena);
	strbuf_init(&text, 1 << 20);
	strbuf_add(&text, STR("a0: &a0 [1]\n"));
	for (int i = 1; i < 300; i++)
		strbuf_printf(&text, "a%d: &a%d [[[[*a%d]]]]\n", i, i, i - 1);
	assert_null(doc_of(STR("a.yaml"), strbuf_str(&text), &err));
	assert_int_equal(err.code, ERR_LIMIT);
	assert_true(err.loc.line > 200);
	strbuf_release(&text);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			doc_test(resolves_numbers),
			doc_test(resolves_words),
			doc_test(honours_tags),
			doc_test(reads_past_tags_that_it_does_not_know),
			doc_test(reads_streams),
			doc_test(spans_are_exact),
			doc_test(line_ends_of_unicode_do_not_move_places),
			doc_test(scalars_as_written_are_not_copied),
			doc_test(aliases_share_what_they_name),
			doc_test(merge_keys_bring_in_what_is_not_there),
			doc_test(remarks_keys_that_are_no_strings),
			doc_test(remarks_duplicate_keys),
			doc_test(reads_surrogate_pairs_of_json),
			doc_test(holds_one_document),
			doc_test(tells_what_it_expected_and_found),
			doc_test(stops_at_its_limits),
			doc_test(refuses_depth_by_aliases),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
