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

static void endless_schemas_are_undecided(void **state)
{
	(void)state;
	struct found found;
	assert_int_equal(check("{\"allOf\": [{\"$ref\": \"#\"}]}", "1", SCHEMA_TEST, &found), SCHEMA_UNDECIDED);
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
			cmocka_unit_test(endless_schemas_are_undecided),
			cmocka_unit_test(multiples_are_exact),
			cmocka_unit_test(of_duplicate_members_the_last_counts),
			cmocka_unit_test(formats_look_at_text_only),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
