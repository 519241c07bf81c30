/* SPDX-License-Identifier: EUPL-1.2 */
/* Nodes: lookup with and without an index, numbers compared exactly, equality as JSON Schema has it. */
#include "docs.h"

#include <math.h>

static struct node number(const char *text)
{
	return (struct node){.kind = NODE_NUMBER, .text = text, .len = (uint32_t)strlen(text)};
}

static int compare(const char *a, const char *b)
{
	struct node left = number(a), right = number(b);
	int order = node_compare_numbers(&left, &right);
	return (order > 0) - (order < 0);
}

static void compares_numbers_by_their_text(void **state)
{
	(void)state;
	static const char *const rising[] = {"-Infinity", "-1e99999999999999999999", "-1e1000000", "-10", "-1.5", "-1e-9",
			"0", "1e-1000000", "0.1", "0.10000000000000000000001", "1", "9007199254740992", "9007199254740993", "1e400",
			"1e1000000", "1e99999999999999999999", "Infinity", "NaN"};
	for (size_t i = 0; i + 1 < sizeof rising / sizeof *rising; i++) {
		assert_int_equal(compare(rising[i], rising[i + 1]), -1);
		assert_int_equal(compare(rising[i + 1], rising[i]), 1);
	}
	static const char *const same[][2] = {{"1", "1.0"}, {"100", "1e2"}, {"0", "-0"}, {"0e5", "0"}, {"0.00120", "12e-4"},
			{"0e99999999999999999999999999", "0"}, {"12.30", "0.0123e3"}, {"1E+2", "100.00"}, {"10", "1.0e1"}};
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		assert_int_equal(compare(same[i][0], same[i][1]), 0);
	assert_int_not_equal(compare("NaN", "NaN"), 0);
}

static void tells_integers_exactly(void **state)
{
	(void)state;
	static const char *const whole[] = {"0", "-0.0", "1", "1.0", "1e2", "1.5e1", "120e-1", "9007199254740993",
			"1e1000000", "0e-5", "1.5e99999999999999999999"};
	static const char *const broken[] = {
			"1.5", "1e-1", "1.25e1", "9007199254740993.5", "1e-1000000", "1e-99999999999999999999", "Infinity", "NaN"};
	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
		struct node node = number(whole[i]);
		if (!node_is_integer(&node)) fail_msg("%s is an integer", whole[i]);
	}
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		struct node node = number(broken[i]);
		if (node_is_integer(&node)) fail_msg("%s is no integer", broken[i]);
	}
}

static void gives_the_nearest_double(void **state)
{
	(void)state;
	struct node tenth = number("0.1"), endless = number("-Infinity"), none = number("NaN");
	assert_true(node_double(&tenth) == 0.1);
	assert_true(isinf(node_double(&endless)) && node_double(&endless) < 0);
	assert_true(isnan(node_double(&none)));
	char digits[1000];
	memset(digits, '1', sizeof digits);
	struct node many = {.kind = NODE_NUMBER, .text = digits, .len = 300};
	assert_true(node_double(&many) > 1.1e299 && node_double(&many) < 1.2e299);
}

static void finds_members_with_and_without_an_index(void **state)
{
	struct errors *errors = *state;
	for (unsigned count = 0; count < 200; count += 3) {
		struct strbuf buf;
		strbuf_init(&buf, 1 << 20);
		strbuf_add(&buf, STR("{"));
		for (unsigned i = 0; i < count; i++)
			strbuf_printf(&buf, "%s\"key%u\":%u", i ? "," : "", i, i);
		strbuf_add(&buf, STR("}"));
		struct doc *doc = read_bytes(state, "a.json", strbuf_str(&buf));
		for (unsigned i = 0; i < count; i++)
			text_is(node_member(doc->root, str_printf(errors->arena, "key%u", i)),
					str_printf(errors->arena, "%u", i).ptr);
		assert_null(node_member(doc->root, STR("key")));
		assert_null(node_member(doc->root, STR("")));
		assert_null(node_at(doc->root, count));
		doc_close(doc);
		strbuf_release(&buf);
	}
	assert_null(node_member(NULL, STR("a")));
}

static void takes_the_last_of_duplicates(void **state)
{
	struct doc *few = read_bytes(state, "a.json", STR("{\"a\":1,\"b\":2,\"a\":3,\"a\":4}"));
	text_is(node_member(few->root, STR("a")), "4");
	assert_int_equal(few->diagnostic_count, 2);
	doc_close(few);
	struct doc *many = read_bytes(state, "a.json",
			STR("{\"0\":0,\"1\":1,\"2\":2,\"3\":3,\"4\":4,\"5\":5,\"6\":6,\"7\":7,\"8\":8,"
				"\"9\":9,\"a\":1,\"b\":2,\"c\":3,\"a\":4,\"a\":5}"));
	text_is(node_member(many->root, STR("a")), "5");
	text_is(node_member(many->root, STR("c")), "3");
	assert_int_equal(many->diagnostic_count, 2);
	assert_int_equal(many->diagnostics[1].other, many->diagnostics[0].other);
	doc_close(many);
}

static bool equal(void **state, const char *a, const char *b)
{
	struct doc *left = read_bytes(state, "a.json", str_of(a)), *right = read_bytes(state, "b.json", str_of(b));
	bool same = node_equal(left->root, right->root);
	assert_int_equal(same, node_equal(right->root, left->root));
	doc_close(left);
	doc_close(right);
	return same;
}

static void equality_is_that_of_json_schema(void **state)
{
	assert_true(equal(state, "[1, \"a\", null, {}]", "[1.0, \"\\u0061\", null, {}]"));
	assert_true(equal(state, "{\"a\":1,\"b\":[2]}", "{\"b\":[2e0],\"a\":1}"));
	assert_true(equal(state, "{\"a\":9,\"a\":1}", "{\"a\":1}"));
	assert_false(equal(state, "{\"a\":9,\"a\":1}", "{\"a\":1,\"b\":1}"));
	assert_false(equal(state, "{\"a\":1,\"b\":2}", "{\"a\":1,\"c\":2}"));
	assert_false(equal(state, "[1,2]", "[2,1]"));
	assert_false(equal(state, "[1]", "[1,1]"));
	assert_false(equal(state, "0", "false"));
	assert_false(equal(state, "\"1\"", "1"));
	assert_false(equal(state, "null", "false"));
}

static void string_members_are_strings(void **state)
{
	struct doc *doc = read_bytes(state, "a.json", STR("{\"s\":\"\",\"n\":1}"));
	assert_non_null(node_string_member(doc->root, STR("s")).ptr);
	assert_null(node_string_member(doc->root, STR("n")).ptr);
	assert_null(node_string_member(doc->root, STR("x")).ptr);
	assert_true(str_eq(node_kind_name((enum node_kind)doc->root->kind).in[LANG_EN], STR("object")));
	doc_close(doc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			doc_test(compares_numbers_by_their_text),
			doc_test(tells_integers_exactly),
			doc_test(gives_the_nearest_double),
			doc_test(finds_members_with_and_without_an_index),
			doc_test(takes_the_last_of_duplicates),
			doc_test(equality_is_that_of_json_schema),
			doc_test(string_members_are_strings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
