/* SPDX-License-Identifier: EUPL-1.2 */
/* The quick test says what the keywords say one by one, for values of every kind. */
#include "support/fixture.h"

#include "engine/schema.h"

/* Schemas in which keywords are put together, branches go, and types are settled. */
static const char *const schemas[] = {
		"true",
		"false",
		"{\"type\": \"integer\"}",
		"{\"type\": [\"integer\", \"null\"], \"minimum\": 2, \"exclusiveMaximum\": 5}",
		"{\"minimum\": 2, \"maximum\": 4}",
		"{\"minimum\": 1.5, \"maximum\": 4}",
		"{\"exclusiveMinimum\": 2, \"multipleOf\": 2}",
		"{\"minimum\": -999999999999999999, \"maximum\": 999999999999999999}",
		"{\"minLength\": 2}",
		"{\"minLength\": 2, \"maxLength\": 3}",
		"{\"maxLength\": 0}",
		"{\"minLength\": 4294967295}",
		"{\"type\": \"string\", \"minLength\": 1, \"maxLength\": 5, \"pattern\": \"^a\", \"format\": \"date\"}",
		"{\"pattern\": \"^.b\"}",
		"{\"enum\": [\"a\", \"abc\", 1, null, [1], {\"a\": 1}]}",
		"{\"enum\": [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"abc\", \"\", true]}",
		"{\"const\": 3}",
		"{\"const\": \"abc\"}",
		"{\"const\": false}",
		"{\"const\": {\"a\": 1}}",
		"{\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"integer\", \"minimum\": 3}, {\"type\": \"object\"}]}",
		"{\"anyOf\": [{\"type\": \"string\", \"minLength\": 3}, {\"type\": \"string\", \"maxLength\": 1}]}",
		"{\"anyOf\": [{\"type\": \"string\"}, false]}",
		"{\"oneOf\": [{\"type\": \"string\"}, {\"type\": \"integer\"}, {\"type\": \"number\"}]}",
		"{\"oneOf\": [{\"required\": [\"a\"]}, {\"required\": [\"b\"]}, {\"type\": \"array\"}]}",
		"{\"oneOf\": [true, {\"type\": \"string\"}]}",
		"{\"oneOf\": [{\"properties\": {\"a\": {\"const\": 1}}, \"required\": [\"a\"]},"
		" {\"properties\": {\"a\": {\"const\": \"x\"}}, \"required\": [\"a\"]}]}",
		"{\"allOf\": [{\"type\": \"string\"}, {\"minLength\": 2}, {\"maxLength\": 3}]}",
		"{\"allOf\": [{\"type\": [\"string\", \"array\"]}, {\"type\": [\"array\", \"object\"]}]}",
		"{\"not\": {\"type\": \"string\"}}",
		"{\"not\": {\"type\": \"string\", \"minLength\": 2}}",
		"{\"not\": {\"type\": \"integer\"}}",
		"{\"not\": true}",
		"{\"if\": {\"type\": \"string\"}, \"then\": {\"minLength\": 2}, \"else\": {\"type\": \"array\"}}",
		"{\"if\": {\"type\": \"object\", \"required\": [\"a\"]}, \"then\": {\"required\": [\"b\"]}}",
		"{\"if\": {\"minimum\": 3}, \"else\": {\"const\": 1}}",
		"{\"items\": {\"type\": \"integer\"}}",
		"{\"items\": {\"type\": \"integer\"}, \"minItems\": 1, \"maxItems\": 2}",
		"{\"minItems\": 2}",
		"{\"items\": true, \"maxItems\": 1}",
		"{\"prefixItems\": [{\"type\": \"integer\"}], \"items\": {\"type\": \"string\"}}",
		"{\"prefixItems\": [true], \"items\": false}",
		"{\"uniqueItems\": true, \"items\": {\"type\": [\"integer\", \"string\"]}}",
		"{\"contains\": {\"type\": \"string\"}}",
		"{\"properties\": {\"a\": {\"type\": \"integer\"}, \"b\": {\"$ref\": \"#\"}}, \"required\": [\"a\"],"
		" \"additionalProperties\": false}",
		"{\"properties\": {\"a\": {\"type\": \"integer\"}}, \"patternProperties\": {\"^b\": {\"type\": \"string\"}},"
		" \"additionalProperties\": {\"type\": \"null\"}}",
		"{\"properties\": {\"b\": {\"minLength\": 2}}, \"required\": [\"b\", \"a\"], \"minProperties\": 2}",
		"{\"propertyNames\": {\"maxLength\": 1}}",
		"{\"dependentRequired\": {\"a\": [\"b\"]}}",
		"{\"$ref\": \"#/$defs/x\", \"$defs\": {\"x\": {\"$ref\": \"#/$defs/y\"}, \"y\": {\"type\": \"string\"}}}",
		"{\"$ref\": \"#/$defs/x\", \"minLength\": 2, \"$defs\": {\"x\": {\"anyOf\": [{\"$ref\": \"#/$defs/x/$defs/z\"}, "
		"{\"type\": \"null\"}], \"$defs\": {\"z\": {\"type\": \"string\"}}}}}",
		"{\"type\": \"object\", \"additionalProperties\": {\"anyOf\": [{\"$ref\": \"#\"}, {\"type\": \"integer\"}]}}",
		"{\"properties\": {\"a\": true}, \"unevaluatedProperties\": false}",
		"{\"allOf\": [{\"properties\": {\"a\": {\"type\": \"integer\"}}}], \"unevaluatedProperties\": {\"type\": \"string\"}}",
};

static const char *const values[] = {"null", "true", "false", "0", "1", "1.0", "2", "3", "4", "5", "-3", "2.5", "1e1",
		"123456789012345678901234567890", "-999999999999999999", "\"\"", "\"a\"", "\"ab\"", "\"abc\"", "\"abcd\"",
		"\"abcdefghijkl\"", "\"\xC3\xA9\xC3\xA9\"", "\"\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\"", "\"2024-01-31\"",
		"\"a\\u0000b\"", "[]", "[1]", "[1, 1]", "[1, 2]", "[1.0, 1]", "[\"a\", \"b\", \"a\"]",
		"[\"0123456789\", \"x123456789\", \"0123456789\"]", "[\"x123456789\", \"0123456789\"]", "[1, \"a\", \"b\"]",
		"[\"a\", 1]", "[{\"a\": 1}, {\"a\": 1.0}]", "{}", "{\"a\": 1}", "{\"a\": \"x\"}", "{\"b\": \"x\"}",
		"{\"a\": 1, \"b\": \"x\"}", "{\"b\": \"xy\", \"a\": 1}", "{\"a\": 1, \"b\": {\"a\": 2}}",
		"{\"a\": 1, \"b\": {\"b\": 2}}", "{\"c\": null}", "{\"c\": 1}", "{\"bb\": \"x\", \"cc\": null, \"a\": 2}",
		"{\"a\": \"x\", \"a\": 1}", "{\"a\": 1, \"a\": \"x\"}", "{\"a\": {\"a\": {\"a\": 3}}}"};

struct count {
	struct schema_sink sink;
	unsigned count;
};

static void count(struct schema_sink *sink, const struct schema_violation *violation)
{
	(void)violation;
	((struct count *)sink)->count++;
}

static struct schema *compile(struct arena *arena, const char *text)
{
	struct err err;
	err_init(&err, arena);
	struct doc *doc = fixture_doc(arena, text);
	struct schema_options options = {.draft = SCHEMA_2020_12, .formats = true, .standard_formats = true};
	struct schema *schema = schema_compile(arena, doc->source, doc->root, &options, &err);
	if (!schema) fail_msg("%s: %.*s", text, STR_FMT(err.message.in[LANG_EN]));
	arena_on_free(arena, (void (*)(void *))doc_close, doc);
	return schema;
}

/*
 * Beside what is false everything is reported: one violation when the value is valid, and else more. A schema with
 * references into itself stays the root.
 */
static void agree(const char *text, const char *instance)
{
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	char both[1024];
	snprintf(both, sizeof both, "{\"allOf\": [{\"$id\": \"urn:x\", \"allOf\": [%s]}, false]}", text);
	if (strstr(text, "\"#")) snprintf(both, sizeof both, "%.*s, \"not\": {}}", (int)strlen(text) - 1, text);
	struct schema *quick = compile(arena, text), *told = compile(arena, both);
	struct doc *doc = fixture_doc(arena, instance);
	struct view view = {doc, NULL};
	struct count found = {.sink = {.report = count}};
	enum schema_result result = schema_check(quick, &view, doc->root, SCHEMA_TEST, NULL, arena, &err);
	assert_int_equal(schema_check(told, &view, doc->root, SCHEMA_ALL, &found.sink, arena, &err), SCHEMA_INVALID);
	if ((result == SCHEMA_VALID) != (found.count == 1))
		fail_msg("%s on %s: %s, but %u violations are told", text, instance,
				result == SCHEMA_VALID ? "valid" : "not valid", found.count - 1);
	doc_close(doc);
	arena_free(arena);
}

static void says_what_keywords_say(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof schemas / sizeof *schemas; i++) {
		/* where a schema refers to itself, what is false would be in it too */
		if (strstr(schemas[i], "\"#\"")) continue;
		for (size_t j = 0; j < sizeof values / sizeof *values; j++)
			agree(schemas[i], values[j]);
	}
}

static enum schema_result ask(const char *text, const char *instance)
{
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct schema *schema = compile(arena, text);
	struct doc *doc = fixture_doc(arena, instance);
	struct view view = {doc, NULL};
	enum schema_result result = schema_check(schema, &view, doc->root, SCHEMA_TEST, NULL, arena, &err);
	doc_close(doc);
	arena_free(arena);
	return result;
}

static void schemas_may_apply_to_what_is_below(void **state)
{
	(void)state;
	const char *tree = "{\"type\": \"object\", \"additionalProperties\": {\"anyOf\": [{\"$ref\": \"#\"},"
					   " {\"type\": \"integer\"}]}}";
	assert_int_equal(ask(tree, "{\"a\": {\"b\": {\"c\": 1}, \"d\": {}}}"), SCHEMA_VALID);
	assert_int_equal(ask(tree, "{\"a\": {\"b\": {\"c\": \"1\"}, \"d\": {}}}"), SCHEMA_INVALID);
	const char *list = "{\"properties\": {\"next\": {\"$ref\": \"#\"}, \"a\": {\"type\": \"integer\"}},"
					   " \"required\": [\"a\"]}";
	assert_int_equal(ask(list, "{\"a\": 1, \"next\": {\"next\": {\"a\": 1}, \"a\": 3}}"), SCHEMA_VALID);
	assert_int_equal(ask(list, "{\"a\": 1, \"next\": {\"next\": {\"b\": 1}, \"a\": 3}}"), SCHEMA_INVALID);
	/* the same value again, through what goes on in its place, and through what costs a level */
	assert_int_equal(ask("{\"anyOf\": [{\"type\": \"string\"}, {\"$ref\": \"#\"}]}", "\"a\""), SCHEMA_VALID);
	assert_int_equal(ask("{\"anyOf\": [{\"type\": \"string\"}, {\"$ref\": \"#\"}]}", "1"), SCHEMA_UNDECIDED);
	assert_int_equal(
			ask("{\"anyOf\": [{\"minimum\": 2}, {\"maximum\": 0}, {\"$ref\": \"#\"}]}", "1"), SCHEMA_UNDECIDED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(says_what_keywords_say),
			cmocka_unit_test(schemas_may_apply_to_what_is_below),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
