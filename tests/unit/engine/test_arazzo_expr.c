/* SPDX-License-Identifier: EUPL-1.2 */
/* Tests of engine/arazzo_expr and arazzo_condition: what is a runtime expression, what a condition means. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "engine/arazzo_condition.h"

static struct expression parsed(const char *text)
{
	struct expression expression;
	struct expression_fault fault;
	if (!expression_parse(str_of(text), &expression, &fault))
		fail_msg("%s: %zu %.*s", text, fault.offset, STR_FMT(fault.expected.in[LANG_EN]));
	return expression;
}

#define assert_text(s, literal)                                                                                        \
	do {                                                                                                               \
		struct str got = (s);                                                                                          \
		if (!str_eq(got, STR(literal))) fail_msg("%.*s", STR_FMT(got));                                                \
	} while (0)

static void test_expressions(void **state)
{
	(void)state;
	assert_int_equal(parsed("$url").kind, EXPRESSION_URL);
	assert_int_equal(parsed("$method").kind, EXPRESSION_METHOD);
	assert_int_equal(parsed("$statusCode").kind, EXPRESSION_STATUS);
	assert_int_equal(parsed("$self").kind, EXPRESSION_SELF);
	assert_text(parsed("$request.header.X-Request.Id").name, "X-Request.Id");
	assert_text(parsed("$request.query.a b[c]").name, "a b[c]");
	assert_text(parsed("$request.path.id").name, "id");
	assert_text(parsed("$response.body#/a~1b/~0c/0").pointer, "/a~1b/~0c/0");
	assert_text(parsed("$response.body#").pointer, "");
	assert_null(parsed("$response.body").pointer.ptr);
	assert_text(parsed("$response.body.data[0]['x y'].z").access, ".data[0]['x y'].z");
	struct expression step = parsed("$steps.log-in.outputs.token.value#/x");
	assert_text(step.owner, "log-in");
	assert_text(step.name, "token.value");
	assert_text(step.pointer, "/x");
	assert_text(parsed("$inputs.x-store-id").name, "x-store-id");
	assert_int_equal(parsed("$workflows.w.inputs.a").kind, EXPRESSION_WORKFLOW_INPUTS);
	assert_int_equal(parsed("$workflows.w.outputs.a").kind, EXPRESSION_WORKFLOW_OUTPUTS);
	assert_text(parsed("$workflows.w.steps.s.outputs.a").step, "s");
	assert_text(parsed("$sourceDescriptions.api.get /x").name, "get /x");
	assert_text(parsed("$components.parameters.a.b").name, "a.b");
	assert_int_equal(parsed("$message.payload#/x").kind, EXPRESSION_MESSAGE);
}

static void test_malformed_expressions(void **state)
{
	static const struct {
		const char *text;
		size_t offset;
	} bad[] = {{"", 0}, {"statusCode", 0}, {"$", 0}, {"$statusCode2", 11}, {"$response", 0}, {"$response.", 10},
			{"$response.headers.x", 10}, {"$response.header.", 17}, {"$response.query.x", 10}, {"$response.body#x", 15},
			{"$response.body#/a~2", 17}, {"$response.body#/a}", 17}, {"$response.body.", 14}, {"$response.body[x]", 14},
			{"$response.body[01234567890]", 14}, {"$steps..outputs.x", 7}, {"$steps.s.inputs.x", 8},
			{"$steps.s.outputs.", 17}, {"$inputs.", 8}, {"$inputs.a b", 9}, {"$workflows.w.x", 12},
			{"$components.inputs.x", 12}, {"$sourceDescriptions.api", 23}};
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct expression expression;
		struct expression_fault fault;
		if (expression_parse(str_of(bad[i].text), &expression, &fault)) fail_msg("accepted: %s", bad[i].text);
		if (fault.offset != bad[i].offset) fail_msg("%s: %zu", bad[i].text, fault.offset);
		assert_true(fault.expected.in[LANG_NL].len > 0);
	}
}

static void test_templates(void **state)
{
	struct arena *arena = arena_new();
	struct template template;
	struct expression_fault fault;
	(void)state;
	assert_true(template_parse(arena, STR("$inputs.a"), &template, &fault));
	assert_true(template.whole && template.count == 1);
	assert_true(template_parse(arena, STR("a{$inputs.a}{b}{$url}"), &template, &fault));
	assert_int_equal(template.count, 4);
	assert_text(template.parts[2].text, "{b}");
	assert_false(template.constant);
	assert_true(template_parse(arena, STR("$5 and {} and {$} and \\d{2}$"), &template, &fault));
	assert_true(template.constant);
	assert_false(template_parse(arena, STR("$response.boby"), &template, &fault));
	assert_int_equal(fault.offset, 10);
	assert_false(template_parse(arena, STR("x {$inputs.a"), &template, &fault));
	assert_false(template_parse(arena, STR("x {$nothing}"), &template, &fault));
	assert_int_equal(fault.offset, 3);
	assert_true(template_parse(arena, STR("$urls"), &template, &fault));
	assert_true(template.constant);
	arena_free(arena);
}

/* The tree of a condition in prefix form. */
static void print(const struct condition *condition, struct strbuf *out)
{
	static const char *const names[] = {"", "", "==", "!=", "<", "<=", ">", ">=", "!", "&&", "||"};
	if (condition->op == CONDITION_LITERAL)
		strbuf_printf(out, "%.*s", condition->literal.kind >= NODE_NUMBER ? (int)condition->literal.len : 1,
				condition->literal.kind >= NODE_NUMBER ? condition->literal.text
				: condition->literal.kind == NODE_NULL ? "N"
													   : "B");
	else if (condition->op == CONDITION_EXPRESSION)
		strbuf_add(out, condition->expression.text);
	else {
		strbuf_printf(out, "(%s ", names[condition->op]);
		print(condition->left, out);
		if (condition->right) strbuf_add_char(out, ' ');
		if (condition->right) print(condition->right, out);
		strbuf_add_char(out, ')');
	}
}

static void assert_tree(const char *text, const char *tree)
{
	struct arena *arena = arena_new();
	struct expression_fault fault;
	struct strbuf out;
	struct condition *condition = condition_parse(arena, str_of(text), &fault);
	if (!condition) fail_msg("%s: %zu %.*s", text, fault.offset, STR_FMT(fault.expected.in[LANG_EN]));
	strbuf_init(&out, 10000);
	print(condition, &out);
	assert_string_equal(out.ptr, tree);
	strbuf_release(&out);
	arena_free(arena);
}

static void test_conditions(void **state)
{
	(void)state;
	assert_tree("$statusCode == 200", "(== $statusCode 200)");
	assert_tree("$statusCode==200&&$url!='it''s'", "(&& (== $statusCode 200) (!= $url it's))");
	assert_tree("true || false && null", "(|| B (&& B N))");
	assert_tree("(true || false) && !$response.body.ok", "(&& (|| B B) (! $response.body.ok))");
	assert_tree("$response.body#/a(b)/c >= -1.5e3", "(>= $response.body#/a(b)/c -1.5e3)");
	assert_tree("($response.body#/a)", "$response.body#/a");
	assert_tree("$response.body['a == b'] < $inputs.x", "(< $response.body['a == b'] $inputs.x)");
	assert_tree("!!true", "(! (! B))");
}

static void test_malformed_conditions(void **state)
{
	static const struct {
		const char *text;
		size_t offset;
	} bad[] = {{"", 0}, {"$statusCode = 200", 12}, {"$statusCode == ", 15}, {"$statusCode == \"200\"", 15},
			{"$statusCode == 'a", 15}, {"($statusCode == 1", 17}, {"1 == 1 == 1", 7}, {"$statusCode == 0200", 15},
			{"$status == 1", 0}, {"true and false", 5}, {"a == 1", 0}, {"$response.body#/a == truey", 21}, {"1 2", 2}};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct expression_fault fault;
		if (condition_parse(arena, str_of(bad[i].text), &fault)) fail_msg("accepted: %s", bad[i].text);
		if (fault.offset != bad[i].offset) fail_msg("%s: %zu", bad[i].text, fault.offset);
	}
	arena_free(arena);
}

static void test_ceilings(void **state)
{
	struct arena *arena = arena_new();
	struct expression_fault fault;
	struct strbuf text;
	(void)state;
	strbuf_init(&text, 100000);
	strbuf_add_repeat(&text, '(', 65);
	strbuf_add(&text, STR("true"));
	strbuf_add_repeat(&text, ')', 65);
	assert_null(condition_parse(arena, strbuf_str(&text), &fault));
	strbuf_clear(&text);
	strbuf_add_repeat(&text, '!', 65);
	strbuf_add(&text, STR("true"));
	assert_null(condition_parse(arena, strbuf_str(&text), &fault));
	strbuf_clear(&text);
	strbuf_add(&text, STR("true"));
	for (int i = 0; i < 600; i++)
		strbuf_add(&text, STR("&&true"));
	assert_null(condition_parse(arena, strbuf_str(&text), &fault));
	strbuf_clear(&text);
	strbuf_add(&text, STR("$inputs."));
	strbuf_add_repeat(&text, 'a', 20000);
	struct expression expression;
	assert_false(expression_parse(strbuf_str(&text), &expression, &fault));
	strbuf_release(&text);
	arena_free(arena);
}

static struct node text_node(const char *text)
{
	return (struct node){.kind = NODE_STRING, .text = text, .len = (uint32_t)strlen(text)};
}

static struct node number(const char *text)
{
	struct node node = text_node(text);
	node.kind = NODE_NUMBER;
	return node;
}

#define compare(op, a, b) condition_compare(CONDITION_##op, &(struct node[]){a}[0], &(struct node[]){b}[0])

static void test_comparing(void **state)
{
	struct node yes = {.kind = NODE_TRUE, .text = ""}, none = {.kind = NODE_NULL, .text = ""};
	(void)state;
	assert_true(compare(EQUAL, text_node("Fries ÉÖЖ"), text_node("fRIES éöж")));
	assert_false(compare(EQUAL, text_node("a"), text_node("ab")));
	assert_true(compare(EQUAL, number("200"), number("2e2")));
	assert_true(compare(EQUAL, text_node("200"), number("200.0")));
	assert_false(compare(EQUAL, text_node("1"), text_node("1.0")));
	assert_true(compare(LESS, text_node("9"), text_node("10")));
	assert_true(compare(LESS, text_node("a9"), text_node("b10")));
	assert_true(compare(GREATER_EQUAL, number("12345678901234567891"), number("12345678901234567890")));
	assert_false(compare(GREATER_EQUAL, number("12345678901234567889"), number("12345678901234567890")));
	assert_true(compare(EQUAL, none, none));
	assert_true(condition_compare(CONDITION_EQUAL, NULL, &none));
	assert_true(condition_compare(CONDITION_UNEQUAL, NULL, &yes));
	assert_false(condition_compare(CONDITION_LESS_EQUAL, NULL, NULL));
	assert_false(compare(LESS, none, number("1")));
	assert_true(compare(EQUAL, yes, text_node("TRUE")));
	assert_false(compare(EQUAL, yes, number("1")));
	assert_true(compare(UNEQUAL, yes, text_node("false")));
	assert_false(compare(LESS, yes, text_node("true")));
	assert_false(compare(EQUAL, text_node("\xff"), text_node("\xfe")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_expressions),
			cmocka_unit_test(test_malformed_expressions),
			cmocka_unit_test(test_templates),
			cmocka_unit_test(test_conditions),
			cmocka_unit_test(test_malformed_conditions),
			cmocka_unit_test(test_ceilings),
			cmocka_unit_test(test_comparing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
