/* SPDX-License-Identifier: EUPL-1.2 */
/* The JSON reader: values, places, remarks, and what it refuses. */
#include "docs.h"

#include <stdio.h>

#include "base/limits.h"
#include "doc/json.h"

static struct doc *read_json(void **state, const char *text)
{
	struct doc *doc = read_bytes(state, "test.json", str_of(text));
	assert_int_equal(doc->format, DOC_JSON);
	return doc;
}

static void refuses(void **state, const char *text, unsigned line, unsigned column, const char *words)
{
	reader_refuses(state, json_read, str_of(text), ERR_SYNTAX, line, column, words);
}

static void reads_every_kind_of_value(void **state)
{
	struct doc *doc = read_json(state, " {\"a\":[1,-2.50e+3,\"x\",true,false,null],\"b\":{},\"c\":[]} ");
	assert_int_equal(node_count(doc->root), 3);
	assert_int_equal(at(doc, "/a")->kind, NODE_ARRAY);
	text_is(at(doc, "/a/0"), "1");
	text_is(at(doc, "/a/1"), "-2.50e+3");
	assert_int_equal(at(doc, "/a/3")->kind, NODE_TRUE);
	assert_int_equal(at(doc, "/a/4")->kind, NODE_FALSE);
	assert_int_equal(at(doc, "/a/5")->kind, NODE_NULL);
	assert_int_equal(at(doc, "/b")->kind, NODE_OBJECT);
	assert_int_equal(node_count(at(doc, "/c")), 0);
	doc_close(doc);
}

static void reads_a_scalar_document(void **state)
{
	struct doc *doc = read_json(state, "\"alone\"");
	text_is(doc->root, "alone");
	doc_close(doc);
}

static void spans_are_exact(void **state)
{
	struct doc *doc = read_json(state, "{ \"a\" : [ 1 , \"\\u00e9\" ] , \"b\" : { \"c\" : null } }");
	spans(doc, at(doc, "/a"), "[ 1 , \"\\u00e9\" ]");
	spans(doc, at(doc, "/a/1"), "\"\\u00e9\"");
	spans(doc, at(doc, "/b/c"), "null");
	assert_int_equal(at(doc, "/a")->key_start, 2);
	doc_close(doc);
}

static void decodes_escapes(void **state)
{
	struct doc *doc = read_json(
			state, "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\", \"\\u00e9\\u20AC\", \"\\ud83d\\ude00!\", \"a\\u0000b\"]");
	text_is(at(doc, "/0"), "\"\\/\b\f\n\r\t");
	text_is(at(doc, "/1"), "\xC3\xA9\xE2\x82\xAC");
	text_is(at(doc, "/2"), "\xF0\x9F\x98\x80!");
	assert_int_equal(at(doc, "/3")->len, 3);
	assert_memory_equal(at(doc, "/3")->text, "a\0b", 3);
	doc_close(doc);
}

static void plain_strings_are_not_copied(void **state)
{
	struct doc *doc = read_json(state, "[\"plain\", 12]");
	assert_ptr_equal(at(doc, "/0")->text, doc->source->bytes.ptr + 2);
	assert_ptr_equal(at(doc, "/1")->text, doc->source->bytes.ptr + 10);
	doc_close(doc);
}

static void remarks_half_surrogates(void **state)
{
	struct doc *doc = read_json(state, "[\"a\\ud800b\", \"\\udc00\\ud800\\u0041\"]");
	text_is(at(doc, "/0"), "a\xEF\xBF\xBD"
						   "b");
	text_is(at(doc, "/1"), "\xEF\xBF\xBD\xEF\xBF\xBD"
						   "A");
	assert_int_equal(doc->diagnostic_count, 3);
	assert_int_equal(doc->diagnostics[0].kind, DIAGNOSTIC_LONE_SURROGATE);
	assert_int_equal(doc->diagnostics[0].start, 3);
	assert_int_equal(doc->diagnostics[0].end, 9);
	doc_close(doc);
}

static void remarks_duplicate_keys_in_order_of_the_text(void **state)
{
	struct doc *doc = read_json(state, "{\"a\":{\"x\":1,\"x\":2},\"a\":3,\"\\u0061\":4}");
	text_is(at(doc, "/a"), "4");
	assert_int_equal(doc->diagnostic_count, 3);
	assert_int_equal(doc->diagnostics[0].start, 12);
	assert_int_equal(doc->diagnostics[1].start, 19);
	assert_int_equal(doc->diagnostics[1].end, 22);
	assert_int_equal(doc->diagnostics[1].other, 1);
	assert_int_equal(doc->diagnostics[2].other, 1);
	assert_int_equal(doc->diagnostics[2].end - doc->diagnostics[2].start, 8);
	doc_close(doc);
}

static void skips_a_byte_order_mark(void **state)
{
	struct doc *doc = read_json(state, "\xEF\xBB\xBF[1]");
	assert_int_equal(doc->root->start, 3);
	doc_close(doc);
	refuses(state, "\xEF\xBB\xBF[}", 1, 2, "expected a value, found '}'");
}

static void tells_what_it_expected_and_found(void **state)
{
	refuses(state, "[1,]", 1, 4, "expected a value, found ']'; is there a comma too many");
	refuses(state, "{\"a\":1,}", 1, 8, "expected a member name between double quotes, found '}'");
	refuses(state, "[1 2]", 1, 4, "expected ',' or ']', found '2'");
	refuses(state, "{\"a\" 1}", 1, 6, "expected ':' after the name, found '1'");
	refuses(state, "{\"a\":1", 1, 7, "found the end of the file; the { of line 1 is still open");
	refuses(state, "[1] 2", 1, 5, "expected the end of the document, found '2'");
	refuses(state, "[True]", 1, 2, "found 'True'; true, false and null are in lower case");
	refuses(state, "[\"a\\x\"]", 1, 5, "expected one of");
	refuses(state, "[\"\\u12g4\"]", 1, 3, "four hexadecimal digits");
	refuses(state, "[\"a\tb\"]", 1, 4, "found a tab");
	refuses(state, "[\"a", 1, 4, "it starts at line 1");
	refuses(state, "[-]", 1, 3, "expected a digit, found ']'");
	refuses(state, "[1.]", 1, 4, "expected a digit");
	refuses(state, "[1e]", 1, 4, "expected a digit");
	refuses(state, "[007]", 1, 2, "without leading zeroes");
	refuses(state, "[\x01]", 1, 2, "U+0001");
}

static void places_errors_in_text_of_many_bytes(void **state)
{
	refuses(state, "{\"\xC3\xA9\xF0\x9F\x98\x80\":\r\n \"\xE2\x82\xAC\" \"b\"}", 2, 6, "',' or '}'");
	refuses(state, "[1,\r2,\r\n3,\n;]", 4, 1, "found ';'");
}

static void names_other_encodings(void **state)
{
	const char *name = "test.json";
	refuses_bytes(state, name, STR("\xFF\xFE[\0]\0"), ERR_SYNTAX, 1, 1, "the file is UTF-16; save it as UTF-8");
	refuses_bytes(state, name, STR("\0[\0]"), ERR_SYNTAX, 1, 1, "UTF-16");
	refuses_bytes(state, name, STR("\xFF\xFE\0\0[\0\0\0"), ERR_SYNTAX, 1, 1, "UTF-32");
	refuses_bytes(state, name, STR("[\"\xE9\"]"), ERR_SYNTAX, 1, 3, "byte 0xE9");
	refuses_bytes(state, name, STR("[1,\0 2]"), ERR_SYNTAX, 1, 4, "NUL");
	refuses_bytes(state, name, STR(""), ERR_SYNTAX, 1, 1, "empty file");
	refuses_bytes(state, name, STR(" \n"), ERR_SYNTAX, 1, 1, "empty file");
}

static struct str nested(struct arena *arena, size_t depth)
{
	char *text = arena_alloc(arena, depth * 2);
	memset(text, '[', depth);
	memset(text + depth, ']', depth);
	return (struct str){text, depth * 2};
}

static void stops_at_the_depth_limit(void **state)
{
	struct errors *errors = *state;
	doc_close(read_bytes(state, "test.json", nested(errors->arena, LIMIT_DEPTH)));
	refuses_bytes(state, "test.json", nested(errors->arena, LIMIT_DEPTH + 1), ERR_LIMIT, 1, LIMIT_DEPTH + 1,
			"deeper than 1000");
	refuses_bytes(state, "test.json", nested(errors->arena, 100000), ERR_LIMIT, 1, LIMIT_DEPTH + 1, "deeper than 1000");
}

/* Every byte at every place of strings that are longer and shorter than what is looked at in one go. */
static void ends_strings_at_the_right_byte(void **state)
{
	for (int length = 1; length <= 40; length++) {
		for (int place = 0; place < length; place++) {
			char text[64];
			snprintf(text, sizeof text, "[\"%0*d\",7]", length, 0);
			text[2 + place] = '\\';
			if (place + 1 < length) {
				text[3 + place] = 'n';
				struct doc *doc = read_json(state, text);
				assert_int_equal(at(doc, "/0")->len, length - 1);
				assert_int_equal(at(doc, "/0")->text[place], '\n');
				text_is(at(doc, "/1"), "7");
				doc_close(doc);
			}
			text[2 + place] = '\x1F';
			refuses(state, text, 1, 3 + (unsigned)place, "on the same line");
			text[2 + place] = '"';
			refuses(state, text, 1, 4 + (unsigned)place, "");
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			doc_test(reads_every_kind_of_value),
			doc_test(reads_a_scalar_document),
			doc_test(spans_are_exact),
			doc_test(decodes_escapes),
			doc_test(plain_strings_are_not_copied),
			doc_test(remarks_half_surrogates),
			doc_test(remarks_duplicate_keys_in_order_of_the_text),
			doc_test(skips_a_byte_order_mark),
			doc_test(tells_what_it_expected_and_found),
			doc_test(places_errors_in_text_of_many_bytes),
			doc_test(names_other_encodings),
			doc_test(ends_strings_at_the_right_byte),
			doc_test(stops_at_the_depth_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
