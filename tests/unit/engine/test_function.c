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

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(xor_and_or_are_worded_as_in_spectral_6_16),
			cmocka_unit_test(enums_are_of_their_type),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
