/* SPDX-License-Identifier: EUPL-1.2 */
/* Expressions of scopes: reading, who has what another asks for, and what cannot be told. */
#include "support/fixture.h"

#include "engine/contract_scope.h"

static const struct scope *parsed(struct arena *arena, const char *text)
{
	const struct scope *scope;
	if (!text) return NULL;
	if (!scope_parse(arena, str_of(text), &scope)) fail_msg("%s", text);
	return scope;
}

static void test_text(void **state)
{
	(void)state;
	static const char *const pairs[][2] = {
			{"zaken.lezen", "zaken.lezen"},
			{"(zaken.bijwerken | zaken.geforceerd-bijwerken)", "zaken.bijwerken | zaken.geforceerd-bijwerken"},
			{"a&b|c", "a & b | c"},
			{" ( a | b ) & ((c)) ", "(a | b) & c"},
			{"read:items", "read:items"},
	};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		assert_str(scope_text(arena, parsed(arena, pairs[i][0])), pairs[i][1]);
	assert_str(scope_text(arena, NULL), "");
	arena_free(arena);
}

static void test_refused(void **state)
{
	(void)state;
	static const char *const texts[] = {"", " ", "(", "a |", "| a", "(a", "a)", "a b", "a & & b", "()"};
	struct arena *arena = arena_new();
	const struct scope *scope = NULL;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_false(scope_parse(arena, str_of(texts[i]), &scope));
	struct strbuf deep;
	strbuf_init(&deep, 1 << 20);
	strbuf_add_repeat(&deep, '(', 100000);
	assert_false(scope_parse(arena, strbuf_str(&deep), &scope));
	strbuf_release(&deep);
	assert_null(scope);
	arena_free(arena);
}

static void test_implies(void **state)
{
	(void)state;
	static const struct {
		const char *strong, *weak;
		enum scope_relation relation;
	} cases[] = {
			{"a", "a", SCOPE_IMPLIES},
			{"a", "a | b", SCOPE_IMPLIES},
			{"a | b", "a", SCOPE_DIFFERS},
			{"a & b", "b", SCOPE_IMPLIES},
			{"a", "a & b", SCOPE_DIFFERS},
			{"(a | b) & c", "c & b | a & c", SCOPE_IMPLIES},
			{"c & b | a & c", "(a | b) & c", SCOPE_IMPLIES},
			{"a", NULL, SCOPE_IMPLIES},
			{NULL, "a", SCOPE_DIFFERS},
			{NULL, NULL, SCOPE_IMPLIES},
	};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(
				scope_implies(arena, parsed(arena, cases[i].strong), parsed(arena, cases[i].weak)), cases[i].relation);
	arena_free(arena);
}

/* 2^12 ways are too many to look at, and are not guessed about. */
static void test_too_many(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const struct scope *all = NULL;
	for (int i = 0; i < 12; i++) {
		struct str either = str_printf(arena, "a%d | b%d", i, i);
		all = scope_both(arena, all, parsed(arena, either.ptr));
	}
	assert_int_equal(scope_implies(arena, all, parsed(arena, "x")), SCOPE_UNDECIDED);
	assert_int_equal(scope_implies(arena, parsed(arena, "x"), all), SCOPE_DIFFERS);
	arena_free(arena);
}

static void test_lists(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct doc *doc = fixture_doc(arena, "[[a, 'b | c'], ['two words'], [], [1], x]");
	const struct scope *scope;
	assert_true(scope_parse_list(arena, node_at(doc->root, 0), &scope));
	assert_str(scope_text(arena, scope), "a & (b | c)");
	assert_true(scope_parse_list(arena, node_at(doc->root, 1), &scope));
	assert_str(scope_text(arena, scope), "two words");
	assert_true(scope_parse_list(arena, node_at(doc->root, 2), &scope));
	assert_null(scope);
	assert_false(scope_parse_list(arena, node_at(doc->root, 3), &scope));
	assert_false(scope_parse_list(arena, node_at(doc->root, 4), &scope));
	assert_null(scope_either(arena, NULL, scope_name(arena, STR("a"))));
	doc_close(doc);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_text),
			cmocka_unit_test(test_refused),
			cmocka_unit_test(test_implies),
			cmocka_unit_test(test_too_many),
			cmocka_unit_test(test_lists),
	};
	return cmocka_run_group_tests_name("contract_scope", tests, NULL, NULL);
}
