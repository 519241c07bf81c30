/* SPDX-License-Identifier: EUPL-1.2 */
/* Differences from an official contract that an interpretation accepts. */
#include "support/fixture.h"

#include "engine/contract.h"
#include "engine/openapi.h"
#include "engine/openapi_check.h"
#include "rule/interpretation.h"

static struct arena *arena;

/* Constant initialisers, which compound literals are not in ISO C. */
#define LITERAL(text)                                                                                                  \
	{                                                                                                                  \
		(text), sizeof(text) - 1                                                                                       \
	}

static const struct acceptance accepted[] = {
		{.interpretation = LITERAL("E6"),
				.rule = LITERAL("responses"),
				.at = LITERAL("*/enum"),
				.found = LITERAL("\"\"")},
		{.interpretation = LITERAL("E2"),
				.rule = LITERAL("responses"),
				.at = LITERAL("/paths/~1a/post"),
				.vendor = LITERAL("*/responses/201")},
};
static const struct acceptances accepts = {.items = accepted, .count = 2};

static uint32_t breaking(enum contract_topic topic)
{
	return contract_rule(topic, CONTRACT_BREAKING);
}

/* One result, in facts that count it. What became of its rule? */
static uint32_t rule_after(struct result result, bool cut, struct facts *facts)
{
	static struct source contract;
	result.basis = &contract;
	result.message = TEXT("differs", "verschilt");
	*facts = (struct facts){.results = arena_alloc(arena, sizeof result), .result_count = 1};
	facts->items = arena_zalloc(arena, CONTRACT_COMPARISONS * sizeof *facts->items);
	facts->items[result.rule] = (struct fact){.applies = true, .violations = 1, .cut = cut};
	facts->results[0] = result;
	interpretations_apply(arena, &accepts, facts);
	return facts->results[0].rule;
}

static void test_what_is_accepted_is_tolerated(void **state)
{
	struct facts facts;
	(void)state;
	struct result result = {.rule = breaking(TOPIC_RESPONSE),
			.basis_pointer = STR("/components/schemas/A/properties/b/enum"),
			.pointer = STR("/x"),
			.found = STR("\"\"")};
	uint32_t tolerated = contract_rule(TOPIC_RESPONSE, CONTRACT_TOLERATED);
	assert_int_equal(rule_after(result, false, &facts), tolerated);
	assert_int_equal(facts.items[breaking(TOPIC_RESPONSE)].violations, 0);
	assert_int_equal(facts.items[tolerated].violations, 1);
	assert_true(facts.items[tolerated].applies);
	assert_str(facts.results[0].message.in[LANG_EN], "differs (accepted by interpretation E6)");
	assert_str(facts.results[0].message.in[LANG_NL], "verschilt (aanvaard volgens interpretatie E6)");
}

static void test_anything_else_stays(void **state)
{
	struct facts facts;
	(void)state;
	struct result result = {.rule = breaking(TOPIC_RESPONSE),
			.basis_pointer = STR("/components/schemas/A/properties/b/enum"),
			.pointer = STR("/x"),
			.found = STR("\"\", \"other\"")};
	assert_int_equal(rule_after(result, false, &facts), result.rule);
	result.found = STR("\"\"");
	result.basis_pointer = STR("/components/schemas/A/properties/b/type");
	assert_int_equal(rule_after(result, false, &facts), result.rule);
	result.basis_pointer = STR("/components/schemas/A/properties/b/enum");
	result.rule = breaking(TOPIC_REQUEST);
	assert_int_equal(rule_after(result, false, &facts), result.rule);
}

static void test_the_place_at_the_vendor_counts_where_it_is_named(void **state)
{
	struct facts facts;
	(void)state;
	struct result result = {.rule = breaking(TOPIC_RESPONSE),
			.basis_pointer = STR("/paths/~1a/post"),
			.pointer = STR("/paths/~1a/post/responses/202")};
	assert_int_equal(rule_after(result, false, &facts), result.rule);
	result.pointer = STR("/paths/~1a/post/responses/201");
	assert_int_not_equal(rule_after(result, false, &facts), result.rule);
}

static void test_nothing_is_accepted_of_a_rule_that_was_cut(void **state)
{
	struct facts facts;
	(void)state;
	struct result result = {.rule = breaking(TOPIC_RESPONSE),
			.basis_pointer = STR("/paths/~1a/post"),
			.pointer = STR("/paths/~1a/post/responses/201")};
	assert_int_equal(rule_after(result, true, &facts), result.rule);
	assert_int_equal(facts.items[result.rule].violations, 1);
}

/* A description of one answer, of which the schema Broken is `broken`. */
static struct doc *describe(const char *broken)
{
	struct err err;
	err_init(&err, arena);
	struct str text = str_printf(arena,
			"{\"openapi\": \"3.0.3\", \"info\": {\"title\": \"t\", \"version\": \"1\"}, \"paths\": {\"/a\": {\"get\": "
			"{\"responses\": {\"200\": {\"description\": \"ok\", \"content\": {\"application/json\": {\"schema\": {\"type\": "
			"\"object\", \"properties\": {\"b\": {\"$ref\": \"#/components/schemas/Broken\"}}}}}}}}}}, "
			"\"components\": {\"schemas\": {\"Broken\": %s}}}",
			broken);
	struct doc *doc = doc_of(STR("openapi.json"), text, &err);
	assert_non_null(doc);
	return doc;
}

/* Is anything of the answers undecided, and how many differences break? */
static bool compared(struct doc *official, struct doc *vendor, uint32_t *broken)
{
	struct err err;
	struct facts facts;
	err_init(&err, arena);
	const struct openapi *ours = openapi_new(arena, refs_new(arena, official), &err);
	const struct openapi *theirs = openapi_new(arena, refs_new(arena, vendor), &err);
	assert_non_null(ours);
	assert_non_null(theirs);
	contract_compare(arena, ours, theirs, &facts);
	*broken = facts.items[breaking(TOPIC_RESPONSE)].violations;
	return !facts.items[breaking(TOPIC_RESPONSE)].undecided;
}

static void test_anything_is_right_where_the_contract_cannot_be_read(void **state)
{
	static const char broken[] = "{\"allOf\": [{\"$ref\": \"#/components/schemas/Gone\"}]}",
					  number[] = "{\"type\": \"number\"}";
	static const char text[] = "{\"type\": \"string\"}";
	static const struct str at = LITERAL("/components/schemas/Broken");
	const struct acceptances mends = {.unreadable = &at, .unreadable_count = 1};
	struct doc *docs[] = {describe(broken), describe(broken), describe(broken), describe(number), describe(text)};
	uint32_t differences;
	(void)state;
	assert_false(compared(docs[0], docs[1], &differences)); /* not mended */
	interpretations_mend(&mends, docs[2]);
	assert_true(compared(docs[2], docs[1], &differences));
	assert_int_equal(differences, 0);
	assert_true(compared(docs[2], docs[3], &differences));
	assert_int_equal(differences, 0);
	assert_true(compared(docs[4], docs[3], &differences)); /* what can be read is compared */
	assert_int_equal(differences, 1);
	for (size_t i = 0; i < sizeof docs / sizeof *docs; i++)
		doc_close(docs[i]);
}

static const struct acceptance of_answers[] = {
		{.interpretation = LITERAL("E6"),
				.rule = LITERAL("responses"),
				.at = LITERAL("*/enum"),
				.found = LITERAL("\"\"")},
		{.interpretation = LITERAL("E2"),
				.rule = LITERAL("responses"),
				.at = LITERAL("/paths/~1a/post"),
				.vendor = LITERAL("*/responses/201")},
		{.interpretation = LITERAL("E2"), .rule = LITERAL("responses"), .at = LITERAL("/paths/~1a/post/responses/200")},
		{.interpretation = LITERAL("F"),
				.rule = LITERAL("contract-status"),
				.at = LITERAL("*"),
				.found = LITERAL("404")},
		{.interpretation = LITERAL("H"), .rule = LITERAL("headers"), .at = LITERAL("*/ETag/*")},
};

/* Is one answer accepted, of a rule that may have been cut? */
static bool accepted_answer(uint32_t rule, const char *at, const char *found, bool cut)
{
	static const struct acceptances all = {.items = of_answers, .count = sizeof of_answers / sizeof *of_answers};
	struct result result = {.rule = rule, .pointer = str_of(at), .found = str_of(found)};
	struct facts facts = {.results = &result, .result_count = 1};
	facts.items = arena_zalloc(arena, CONTRACT_RULES * sizeof *facts.items);
	facts.items[rule] = (struct fact){.applies = true, .violations = 1, .cut = cut};
	interpretations_apply_exchanges(arena, &all, &facts);
	assert_int_equal(facts.items[rule].violations, facts.result_count);
	assert_true(facts.items[rule].applies);
	return facts.result_count == 0;
}

static void test_answers_are_accepted_as_descriptions_are(void **state)
{
	(void)state;
	assert_true(accepted_answer(CONTRACT_BODY, "/components/schemas/A/enum", "\"\"", false));
	assert_true(accepted_answer(CONTRACT_ERROR, "/components/schemas/A/enum", "\"\"", false));
	assert_false(accepted_answer(CONTRACT_BODY, "/components/schemas/A/enum", "\"x\"", false));
	assert_false(accepted_answer(CONTRACT_BODY, "/components/schemas/A/enum", "\"\"", true));
	assert_false(accepted_answer(CONTRACT_REQUEST, "/components/schemas/A/enum", "\"\"", false));
	assert_true(accepted_answer(CONTRACT_STATUS, "/paths/~1a/post", "201", false));
	assert_false(accepted_answer(CONTRACT_STATUS, "/paths/~1a/post", "202", false));
	assert_false(accepted_answer(CONTRACT_STATUS, "/paths/~1a/put", "201", false));
	assert_true(accepted_answer(CONTRACT_STATUS, "/paths/~1b/get", "404", false));
	assert_true(accepted_answer(CONTRACT_HEADER, "/paths/~1b/get/responses/200/headers/ETag/schema", "x", false));
	/* That a description may lack a status says nothing of the media type under it. */
	assert_false(accepted_answer(CONTRACT_CONTENT_TYPE, "/paths/~1a/post/responses/200", "text/html", false));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_what_is_accepted_is_tolerated),
			cmocka_unit_test(test_anything_else_stays),
			cmocka_unit_test(test_the_place_at_the_vendor_counts_where_it_is_named),
			cmocka_unit_test(test_nothing_is_accepted_of_a_rule_that_was_cut),
			cmocka_unit_test(test_anything_is_right_where_the_contract_cannot_be_read),

			cmocka_unit_test(test_answers_are_accepted_as_descriptions_are)};
	arena = arena_new();
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(arena);
	return failed;
}
