/* JSON Schema: order and place of violations, references, ceilings. */
#include "support/fixture.h"

#include "engine/schema.h"

struct found {
	struct schema_sink sink;
	unsigned count;
	char last[256];
};

static void keep(struct schema_sink *sink, const struct schema_violation *violation)
{
	struct found *found = (struct found *)sink;
	found->count++;
	snprintf(found->last, sizeof found->last, "%.*s: %.*s", STR_FMT(violation->instance),
			STR_FMT(violation->message.in[LANG_EN]));
}

/* Checks an instance; the last violation is left in `found`. */
static enum schema_result check(const char *schema, const char *instance, enum schema_mode mode, struct found *found)
{
	struct arena *arena = arena_new();
	struct err err;
	struct doc *rules = fixture_doc(arena, schema);
	struct doc *doc = fixture_doc(arena, instance);
	struct view view = {doc, NULL};
	struct schema_options options = {.draft = SCHEMA_DRAFT7, .formats = true};
	*found = (struct found){.sink = {.report = keep}};
	err_init(&err, arena);
	struct schema *compiled = schema_compile(arena, rules->source, rules->root, &options, &err);
	assert_non_null(compiled);
	enum schema_result result = schema_check(compiled, &view, doc->root, mode, &found->sink, arena, &err);
	doc_close(doc);
	doc_close(rules);
	arena_free(arena);
	return result;
}

static void first_violation_is_the_type(void **state)
{
	(void)state;
	struct found found;
	const char *schema = "{\"properties\": {\"a\": {\"type\": \"string\"}, \"b\": {\"minimum\": 3}}}";
	assert_int_equal(check(schema, "{\"b\": 1, \"a\": 1}", SCHEMA_FIRST, &found), SCHEMA_INVALID);
	assert_int_equal(found.count, 1);
	assert_string_equal(found.last, "/a: \"a\" property type must be string");
	assert_int_equal(check(schema, "{\"b\": 1, \"a\": 1}", SCHEMA_ALL, &found), SCHEMA_INVALID);
	assert_int_equal(found.count, 2);
	assert_string_equal(found.last, "/b: \"b\" property must be >= 3");
}

static void names_at_fault_are_reported_at_the_object(void **state)
{
	(void)state;
	struct found found;
	const char *schema = "{\"propertyNames\": {\"maxLength\": 2}}";
	assert_int_equal(check(schema, "{\"abc\": 1}", SCHEMA_ALL, &found), SCHEMA_INVALID);
	assert_string_equal(found.last, ": Object property name must be valid");
}

/* The message with which a schema is refused; empty when it is not. */
static const char *refusal(const char *schema, enum schema_draft draft, char message[512])
{
	struct arena *arena = arena_new();
	struct err err;
	struct doc *rules = fixture_doc(arena, schema);
	struct schema_options options = {.draft = draft, .formats = true};
	err_init(&err, arena);
	message[0] = '\0';
	if (!schema_compile(arena, rules->source, rules->root, &options, &err))
		snprintf(message, 512, "%u:%u %.*s", err.loc.line, err.loc.column, STR_FMT(err.message.in[LANG_EN]));
	doc_close(rules);
	arena_free(arena);
	return message;
}

static void schemas_without_end_are_refused(void **state)
{
	(void)state;
	char message[512];
	const char *const endless[] = {"{\"$ref\": \"#\"}", "{\"allOf\": [{\"$ref\": \"#\"}]}",
			"{\"$ref\": \"#/definitions/a\", \"definitions\": {\"a\": {\"not\": {\"$ref\": \"#\"}}}}"};
	for (size_t i = 0; i < 3; i++)
		assert_non_null(strstr(refusal(endless[i], SCHEMA_DRAFT7, message), "without end"));
	assert_string_equal(refusal("{\"properties\": {\"a\": {\"$ref\": \"#\"}}}", SCHEMA_DRAFT7, message), "");
}

/* Which branch applies is known only when evaluating: no verdict, and no endless loop. */
static void schemas_that_may_not_end_are_undecided(void **state)
{
	(void)state;
	struct found found;
	const char *schema = "{\"anyOf\": [{\"type\": \"string\"}, {\"$ref\": \"#\"}]}";
	assert_int_equal(check(schema, "\"a\"", SCHEMA_TEST, &found), SCHEMA_VALID);
	assert_int_equal(check(schema, "1", SCHEMA_TEST, &found), SCHEMA_UNDECIDED);
}

static void mistakes_have_a_place(void **state)
{
	(void)state;
	char message[512];
	static const struct {
		const char *schema;
		const char *message;
	} cases[] = {
			{"{\"$schema\": \"urn:nothing\"}", "1:13 JSON Schema: \"$schema\" must name draft"},
			{"{\"$ref\": \"#/a\"}", "1:10 JSON Schema: \"$ref\" leads nowhere: there is no #/a in this schema"},
			{"{\"$ref\": \"other.json\"}", "1:10 JSON Schema: \"$ref\" leads to a document that keur has not got"},
			{"{\"multipleOf\": 0}", "1:16 JSON Schema: \"multipleOf\" must be above 0"},
			{"{\"pattern\": \"(\"}", "1:13 JSON Schema: \"pattern\" "},
			{"{\"minimum\": \"1\"}", "1:13 JSON Schema: \"minimum\" must be a number"},
			{"{\"type\": \"text\"}", "1:10 JSON Schema: \"type\" must be one of"},
			{"{\"properties\": []}", "1:16 JSON Schema: \"properties\" must be an object"},
			{"{\"allOf\": [1]}", "1:12 JSON Schema: \"allOf\" must be a schema"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		refusal(cases[i].schema, SCHEMA_DRAFT7, message);
		if (strncmp(message, cases[i].message, strlen(cases[i].message)) != 0)
			fail_msg("%s: %s", cases[i].schema, message);
	}
}

static void multiples_are_exact(void **state)
{
	(void)state;
	struct found found;
	assert_int_equal(check("{\"multipleOf\": 0.01}", "4.35", SCHEMA_TEST, &found), SCHEMA_VALID);
	assert_int_equal(check("{\"multipleOf\": 0.01}", "4.355", SCHEMA_TEST, &found), SCHEMA_INVALID);
}

static void of_duplicate_members_the_last_counts(void **state)
{
	(void)state;
	struct found found;
	const char *schema = "{\"properties\": {\"a\": {\"type\": \"string\"}}}";
	assert_int_equal(check(schema, "{\"a\": 1, \"a\": \"x\"}", SCHEMA_TEST, &found), SCHEMA_VALID);
	assert_int_equal(check(schema, "{\"a\": 1, \"a\": \"x\"}", SCHEMA_ALL, &found), SCHEMA_VALID);
	assert_int_equal(check(schema, "{\"a\": \"x\", \"a\": 1}", SCHEMA_TEST, &found), SCHEMA_INVALID);
	assert_int_equal(check(schema, "{\"a\": \"x\", \"a\": 1}", SCHEMA_ALL, &found), SCHEMA_INVALID);
}

static void formats_look_at_text_only(void **state)
{
	(void)state;
	struct found found;
	const char *schema = "{\"format\": \"date\"}";
	assert_int_equal(check(schema, "\"2026-02-28\"", SCHEMA_ALL, &found), SCHEMA_VALID);
	assert_int_equal(check(schema, "\"2026-02-30\"", SCHEMA_ALL, &found), SCHEMA_INVALID);
	assert_int_equal(check(schema, "20260230", SCHEMA_ALL, &found), SCHEMA_VALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(first_violation_is_the_type),
			cmocka_unit_test(names_at_fault_are_reported_at_the_object),
			cmocka_unit_test(schemas_without_end_are_refused),
			cmocka_unit_test(schemas_that_may_not_end_are_undecided),
			cmocka_unit_test(mistakes_have_a_place),
			cmocka_unit_test(multiples_are_exact),
			cmocka_unit_test(of_duplicate_members_the_last_counts),
			cmocka_unit_test(formats_look_at_text_only),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
