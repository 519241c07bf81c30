/* SPDX-License-Identifier: EUPL-1.2 */
/* Core functions: what Spectral's own tests leave out (those are in tests/suites/functions.c). */
#include "support/fixture.h"

#include "engine/function.h"

struct found {
	struct violation_sink sink;
	unsigned count;
	char last[256];
};

static void keep(struct violation_sink *sink, const struct violation *violation)
{
	struct found *found = (struct found *)sink;
	found->count++;
	snprintf(found->last, sizeof found->last, "%.*s", STR_FMT(violation->message.in[LANG_EN]));
	assert_true(violation->message.in[LANG_NL].len > 0);
}

static void check(const char *name, const char *options, const char *input, const char *message)
{
	struct arena *arena = arena_new();
	struct err err;
	struct doc *rules = fixture_doc(arena, options);
	struct doc *doc = fixture_doc(arena, input);
	struct view view = {doc, NULL};
	struct step where = step_root(&view);
	struct subject subject = {.view = &view, .value = doc->root, .where = &where, .arena = arena};
	struct found found = {.sink = {keep}};
	const struct function *function = function_find(str_of(name));
	void *compiled;
	err_init(&err, arena);
	assert_non_null(function);
	assert_true(function->compile(arena, rules->source, rules->root, &compiled, &err));
	assert_int_equal(function->evaluate(compiled, &subject, &found.sink, &err), FUNCTION_DONE);
	assert_int_equal(found.count, message != NULL);
	if (message) assert_string_equal(found.last, message);
	doc_close(doc);
	doc_close(rules);
	arena_free(arena);
}

static void xor_and_or_are_worded_as_in_spectral_6_16(void **state)
{
	(void)state;
	const char *options = "{\"properties\": [\"a\", \"b\"]}";
	check("xor", options, "{\"c\": 1}", "At least one of \"a\" or \"b\" must be defined");
	check("xor", options, "{\"a\": 1, \"b\": 1}", "Just one of \"a\" and \"b\" must be defined");
	check("or", options, "{\"a\": 1, \"b\": 1}", NULL);
	check("or", "{\"properties\": [\"a\", \"b\", \"c\", \"d\", \"e\"]}", "{}",
			"At least one of \"a\" or \"b\" or \"c\" or 2 other properties must be defined");
}

static void enums_are_of_their_type(void **state)
{
	(void)state;
	check("typedEnum", "null", "{\"type\": \"integer\", \"enum\": [1, 2.0]}", NULL);
	check("typedEnum", "null", "{\"type\": \"integer\", \"enum\": [1, \"x\"]}",
			"Enum value \"x\" must be \"integer\".");
}

/* Options that are refused, and where. */
static void refuse(const char *name, const char *options, unsigned line, unsigned column)
{
	struct arena *arena = arena_new();
	struct err err;
	struct doc *rules = fixture_doc(arena, options);
	void *compiled;
	err_init(&err, arena);
	assert_false(function_find(str_of(name))->compile(arena, rules->source, rules->root, &compiled, &err));
	assert_int_equal(err.loc.line, line);
	assert_int_equal(err.loc.column, column);
	doc_close(rules);
	arena_free(arena);
}

static void wrong_options_are_refused_at_their_place(void **state)
{
	(void)state;
	refuse("pattern", "{\"match\": \"(\"}", 1, 11);
	refuse("schema", "{\"schema\": {},\n\"dialect\": 4}", 2, 12);
	refuse("schema", "{\"schema\": {},\n\"allErrors\": \"yes\"}", 2, 14);
	refuse("schema", "{\"schema\": []}", 1, 12);
}

static void errors_of_a_place_stay_together(void **state)
{
	(void)state;
	const char *options = "{\"schema\": {\"anyOf\": [{\"enum\": [1]}, {\"enum\": [2]}]}}";
	check("schema", options, "2", NULL);
	options = "{\"allErrors\": true, \"schema\": {\"additionalProperties\": {\"type\": \"string\"}}}";
	check("schema", options, "{\"a\": \"x\", \"b\": 1}", "\"b\" property type must be string");
	options = "{\"schema\": {\"properties\": {\"a\": {\"enum\": [1]}}}}";
	check("schema", options, "{\"a\": 2}", "\"a\" property must be equal to one of the allowed values: 1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(xor_and_or_are_worded_as_in_spectral_6_16),
			cmocka_unit_test(enums_are_of_their_type),
			cmocka_unit_test(wrong_options_are_refused_at_their_place),
			cmocka_unit_test(errors_of_a_place_stay_together),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
