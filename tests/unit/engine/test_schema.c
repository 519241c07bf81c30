/* SPDX-License-Identifier: EUPL-1.2 */
/* JSON Schema: order and place of violations, references, ceilings. */
#include "support/fixture.h"

#include "doc/pointer.h"
#include "engine/schema.h"
#include "engine/schema_metaschema.h"

struct found {
	struct schema_sink sink;
	unsigned count;
	char last[256];
	char pointer[64]; /* of the keyword */
};

static void keep(struct schema_sink *sink, const struct schema_violation *violation)
{
	struct found *found = (struct found *)sink;
	found->count++;
	snprintf(found->last, sizeof found->last, "%.*s: %.*s", STR_FMT(violation->instance),
			STR_FMT(violation->message.in[LANG_EN]));
	snprintf(found->pointer, sizeof found->pointer, "%.*s", STR_FMT(violation->pointer));
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

static void keywords_have_their_place_in_the_schema(void **state)
{
	(void)state;
	struct found found;
	const char *schema = "{\"definitions\": {\"a/b\": {\"items\": [{\"minimum\": 3}]}}, \"not\": {\"type\": \"null\"}, "
						 "\"properties\": {\"x\": {\"$ref\": \"#/definitions/a~1b\"}, \"y\": false}}";
	check(schema, "{\"x\": [1]}", SCHEMA_ALL, &found);
	assert_string_equal(found.pointer, "/definitions/a~1b/items/0/minimum");
	check(schema, "{\"y\": 1}", SCHEMA_ALL, &found);
	assert_string_equal(found.pointer, "/properties/y");
	check(schema, "null", SCHEMA_ALL, &found);
	assert_string_equal(found.pointer, "/not");
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
	assert_int_equal(check("{\"maxProperties\": 1}", "{\"a\": 1, \"a\": 2}", SCHEMA_ALL, &found), SCHEMA_VALID);
	assert_int_equal(check("{\"const\": {\"a\": 2}}", "{\"a\": 1, \"a\": 2}", SCHEMA_ALL, &found), SCHEMA_VALID);
	assert_int_equal(check("{\"const\": {\"a\": 1}}", "{\"a\": 1, \"a\": 2}", SCHEMA_ALL, &found), SCHEMA_INVALID);
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

/* A verdict with options of one's own; the schema is all of `document`, or the part of it that `at` names. */
static enum schema_result judge(
		const char *document, const char *at, const char *instance, struct schema_options options)
{
	struct arena *arena = arena_new();
	struct err err;
	struct doc *rules = fixture_doc(arena, document);
	struct doc *doc = fixture_doc(arena, instance);
	struct view view = {doc, NULL};
	const struct node *root = pointer_get(rules->root, str_of(at));
	err_init(&err, arena);
	assert_non_null(root);
	if (root != rules->root) options.document = rules->root;
	struct schema *schema = schema_compile(arena, rules->source, root, &options, &err);
	if (!schema) fail_msg("%.*s", STR_FMT(err.message.in[LANG_EN]));
	enum schema_result result = schema_check(schema, &view, doc->root, SCHEMA_TEST, NULL, arena, &err);
	doc_close(doc);
	doc_close(rules);
	arena_free(arena);
	return result;
}

static void openapi_3_0_has_its_own_keywords(void **state)
{
	(void)state;
	struct schema_options openapi = {.openapi = SCHEMA_OPENAPI_3_0};
	const char *nullable = "{type: string, nullable: true}";
	assert_int_equal(judge(nullable, "", "null", openapi), SCHEMA_VALID);
	assert_int_equal(judge(nullable, "", "1", openapi), SCHEMA_INVALID);
	assert_int_equal(judge("{minimum: 1, exclusiveMinimum: true}", "", "1", openapi), SCHEMA_INVALID);
	/* const is of later drafts, patternProperties is left out, `$schema` and `id` mean nothing */
	assert_int_equal(judge("{const: 1, $schema: x, id: y}", "", "2", openapi), SCHEMA_VALID);
	assert_int_equal(judge("{patternProperties: {a: false}}", "", "{a: 1}", openapi), SCHEMA_VALID);
	const char *siblings =
			"{components: {schemas: {A: {type: string}, B: {$ref: '#/components/schemas/A', minLength: 2}}}}";
	assert_int_equal(judge(siblings, "/components/schemas/B", "a", openapi), SCHEMA_VALID);
	assert_int_equal(judge(siblings, "/components/schemas/B", "1", openapi), SCHEMA_INVALID);
}

static void required_goes_by_direction(void **state)
{
	(void)state;
	const char *schema =
			"{components: {schemas: {Id: {type: string, readOnly: true}}}, "
			"a: {required: [id, pin], properties: {id: {$ref: '#/components/schemas/Id'}, pin: {writeOnly: true}}}}";
	struct schema_options options = {.openapi = SCHEMA_OPENAPI_3_0};
	assert_int_equal(judge(schema, "/a", "{pin: 1}", options), SCHEMA_INVALID);
	options.direction = SCHEMA_REQUEST;
	assert_int_equal(judge(schema, "/a", "{pin: 1}", options), SCHEMA_VALID);
	assert_int_equal(judge(schema, "/a", "{id: x}", options), SCHEMA_INVALID);
	options.direction = SCHEMA_RESPONSE;
	assert_int_equal(judge(schema, "/a", "{id: x}", options), SCHEMA_VALID);
}

static void discriminator_chooses_a_schema(void **state)
{
	(void)state;
	struct schema_options openapi = {.openapi = SCHEMA_OPENAPI_3_0};
	const char
			*one_of = "{components: {schemas: {Cat: {required: [lives]}, Dog: {required: [bark]}}}, a: {"
					  "oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], "
					  "discriminator: {propertyName: kind, mapping: {hond: '#/components/schemas/Dog', poes: Cat}}}}";
	assert_int_equal(judge(one_of, "/a", "{kind: Cat, lives: 9}", openapi), SCHEMA_VALID);
	assert_int_equal(judge(one_of, "/a", "{kind: hond, bark: 1}", openapi), SCHEMA_VALID);
	assert_int_equal(judge(one_of, "/a", "{kind: poes, bark: 1}", openapi), SCHEMA_INVALID);
	assert_int_equal(judge(one_of, "/a", "{kind: vis, bark: 1}", openapi), SCHEMA_INVALID);
	assert_int_equal(judge(one_of, "/a", "{bark: 1}", openapi), SCHEMA_INVALID);
	const char *all_of = "{components: {schemas: {Pet: {discriminator: {propertyName: kind}}, "
						 "Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {required: [lives]}]}}}}";
	assert_int_equal(judge(all_of, "/components/schemas/Pet", "{kind: Cat, lives: 9}", openapi), SCHEMA_VALID);
	assert_int_equal(judge(all_of, "/components/schemas/Pet", "{kind: Cat}", openapi), SCHEMA_INVALID);
	/* in 3.1 it changes no verdict */
	openapi.openapi = SCHEMA_OPENAPI_3_1;
	assert_int_equal(judge(all_of, "/components/schemas/Pet", "{kind: Cat}", openapi), SCHEMA_VALID);
}

static void check_metaschema(void *context, const char *uri)
{
	struct arena *arena = arena_new();
	struct schema_document document;
	struct schema_options options = {.draft = SCHEMA_2020_12, .unicode = true};
	struct err err;
	(void)context;
	err_init(&err, arena);
	assert_true(schema_metaschema_find(arena, str_of(uri), &document));
	/* each is a schema, and valid against the one that it names */
	assert_non_null(schema_compile(arena, document.source, document.root, &options, &err));
	struct schema_document meta;
	struct str name = node_string_member(document.root, STR("$schema"));
	name.len = str_find(name, '#');
	assert_true(schema_metaschema_find(arena, name, &meta));
	struct schema *schema = schema_compile(arena, meta.source, meta.root, &options, &err);
	assert_non_null(schema);
	struct view view = {NULL, NULL};
	assert_int_equal(schema_check(schema, &view, document.root, SCHEMA_TEST, NULL, arena, &err), SCHEMA_VALID);
	struct node wrong = {.kind = NODE_NUMBER, .text = "1", .len = 1};
	assert_int_equal(schema_check(schema, &view, &wrong, SCHEMA_TEST, NULL, arena, &err), SCHEMA_INVALID);
	arena_free(arena);
}

static void metaschemas_hold_for_themselves(void **state)
{
	(void)state;
	schema_metaschema_each(check_metaschema, NULL);
}

/* The readers refuse such depth; whoever builds a tree otherwise gets no verdict, and keeps its stack. */
static void deep_values_are_undecided(void **state)
{
	(void)state;
	enum { DEPTH = 100000 };
	struct arena *arena = arena_new();
	struct err err;
	struct doc *rules = fixture_doc(arena, "{items: {$ref: '#'}, uniqueItems: true}");
	struct view view = {NULL, NULL};
	struct schema_options options = {.draft = SCHEMA_2020_12};
	struct node *nodes = arena_zalloc(arena, (DEPTH + 1) * sizeof *nodes);
	struct found found = {.sink = {.report = keep}};
	for (size_t i = 0; i < DEPTH; i++)
		nodes[i] = (struct node){.kind = NODE_ARRAY, .children = &nodes[i + 1], .len = 1};
	err_init(&err, arena);
	struct schema *schema = schema_compile(arena, rules->source, rules->root, &options, &err);
	assert_int_equal(schema_check(schema, &view, nodes, SCHEMA_ALL, &found.sink, arena, &err), SCHEMA_UNDECIDED);
	assert_int_equal(err.code, ERR_UNDECIDED);
	doc_close(rules);
	arena_free(arena);
}

static void numbers_are_exact_and_bounded(void **state)
{
	(void)state;
	struct schema_options options = {.draft = SCHEMA_2020_12};
	assert_int_equal(judge("{maximum: 9007199254740993}", "", "9007199254740993", options), SCHEMA_VALID);
	assert_int_equal(judge("{maximum: 9007199254740993}", "", "9007199254740994", options), SCHEMA_INVALID);
	assert_int_equal(judge("{multipleOf: 3}", "", "1e1000000", options), SCHEMA_INVALID);
	assert_int_equal(judge("{multipleOf: 5}", "", "1e1000000", options), SCHEMA_VALID);
	assert_int_equal(judge("{maximum: 1e999999}", "", "1e1000000", options), SCHEMA_INVALID);
	assert_int_equal(judge("{type: integer}", "", "1e1000000", options), SCHEMA_VALID);
	assert_int_equal(judge("{const: 1e1000000}", "", "10e999999", options), SCHEMA_VALID);
	assert_int_equal(judge("{multipleOf: 0.1}", "", "0.30000000000000004", options), SCHEMA_INVALID);
}

static void content_is_asserted_when_asked(void **state)
{
	(void)state;
	struct schema_options options = {.draft = SCHEMA_2020_12};
	const char *schema = "{contentEncoding: base64, contentMediaType: application/json}";
	assert_int_equal(judge(schema, "", "'%'", options), SCHEMA_VALID);
	options.content = true;
	assert_int_equal(judge(schema, "", "'%'", options), SCHEMA_INVALID);
	assert_int_equal(judge(schema, "", "'e30='", options), SCHEMA_VALID);
	assert_int_equal(judge(schema, "", "'e30'", options), SCHEMA_INVALID);
	assert_int_equal(judge(schema, "", "'e30K'", options), SCHEMA_VALID);
	assert_int_equal(judge(schema, "", "'fX0='", options), SCHEMA_INVALID);
}

static void long_lists_of_values_are_hashed(void **state)
{
	(void)state;
	struct schema_options options = {.draft = SCHEMA_2020_12};
	const char *schema = "{enum: [a, b, c, d, e, f, g, h, 1, {x: [1.0]}, null]}";
	assert_int_equal(judge(schema, "", "h", options), SCHEMA_VALID);
	assert_int_equal(judge(schema, "", "1.0", options), SCHEMA_VALID);
	assert_int_equal(judge(schema, "", "{x: [1]}", options), SCHEMA_VALID);
	assert_int_equal(judge(schema, "", "{x: [2]}", options), SCHEMA_INVALID);
	assert_int_equal(judge(schema, "", "null", options), SCHEMA_VALID);
	assert_int_equal(judge(schema, "", "true", options), SCHEMA_INVALID);
}

/* More names than nodes have different hashes: looking one up still takes no longer. */
static void many_names_are_found(void **state)
{
	(void)state;
	enum { NAMES = 100000 };
	struct strbuf schema;
	struct strbuf instance;
	strbuf_init(&schema, 64 << 20);
	strbuf_init(&instance, 64 << 20);
	strbuf_add(&schema, STR("{\"additionalProperties\": false, \"properties\": {\"a\": true"));
	strbuf_add(&instance, STR("{\"a\": 1"));
	for (int i = 0; i < NAMES; i++) {
		strbuf_printf(&schema, ",\"p%d\": {\"type\": \"integer\"}", i);
		strbuf_printf(&instance, ",\"p%d\": 1", NAMES - 1 - i);
	}
	strbuf_add(&schema, STR("}}"));
	strbuf_add(&instance, STR("}"));
	struct schema_options options = {.draft = SCHEMA_2020_12};
	assert_int_equal(judge(schema.ptr, "", instance.ptr, options), SCHEMA_VALID);
	instance.ptr[2] = 'b';
	assert_int_equal(judge(schema.ptr, "", instance.ptr, options), SCHEMA_INVALID);
	strbuf_release(&schema);
	strbuf_release(&instance);
}

/* A schema that names few members looks them up one by one, in small objects and in indexed ones, wherever they are. */
static void few_names_are_found_anywhere(void **state)
{
	(void)state;
	struct found found;
	const char *schema = "{\"if\": {\"required\": [\"in\"], \"properties\": {\"in\": {\"const\": \"path\"}}}, "
						 "\"then\": {\"required\": [\"need\"]}}";
	const char *filler = "\"c1\": 1, \"c2\": 1, \"c3\": 1, \"c4\": 1, \"c5\": 1, \"c6\": 1, \"c7\": 1, "
						 "\"c8\": 1, \"c9\": 1, \"c10\": 1, \"c11\": 1, \"c12\": 1, \"c13\": 1";
	static const struct {
		const char *members;
		enum schema_result result;
	} cases[] = {
			{"\"in\": \"path\"", SCHEMA_INVALID},
			{"\"need\": 1, \"in\": \"path\"", SCHEMA_VALID},
			{"\"in\": \"path\", \"need\": 1", SCHEMA_VALID},
			{"\"a\": 1, \"in\": \"path\", \"b\": 2", SCHEMA_INVALID},
			{"\"in\": \"query\"", SCHEMA_VALID},
			{"\"in\": \"path\", \"in\": \"query\"", SCHEMA_VALID},
			{"\"in\": \"query\", \"in\": \"path\"", SCHEMA_INVALID},
			{"\"im\": \"path\"", SCHEMA_VALID},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[512];
		snprintf(text, sizeof text, "{%s}", cases[i].members);
		assert_int_equal(check(schema, text, SCHEMA_ALL, &found), cases[i].result);
		snprintf(text, sizeof text, "{%s, %s}", cases[i].members, filler);
		assert_int_equal(check(schema, text, SCHEMA_ALL, &found), cases[i].result);
		snprintf(text, sizeof text, "{%s, %s}", filler, cases[i].members);
		assert_int_equal(check(schema, text, SCHEMA_ALL, &found), cases[i].result);
	}
	assert_int_equal(check(schema, "{}", SCHEMA_ALL, &found), SCHEMA_VALID);
}

/* A pattern without a schema of its own keeps a member out of the rest; one with a schema asks it of named members too.
 */
static void patterns_go_beside_names(void **state)
{
	(void)state;
	struct found found;
	const char *idle = "{\"properties\": {\"a\": {\"type\": \"string\"}}, \"patternProperties\": {\"^x-\": {}}, "
					   "\"additionalProperties\": false}";
	assert_int_equal(check(idle, "{\"a\": \"\", \"x-b\": 1}", SCHEMA_ALL, &found), SCHEMA_VALID);
	assert_int_equal(check(idle, "{\"a\": 1, \"x-b\": 1}", SCHEMA_ALL, &found), SCHEMA_INVALID);
	assert_int_equal(check(idle, "{\"a\": \"\", \"b\": 1}", SCHEMA_ALL, &found), SCHEMA_INVALID);
	const char *asks = "{\"properties\": {\"x-a\": {\"type\": \"integer\"}}, "
					   "\"patternProperties\": {\"^y-\": {}, \"^x-\": {\"minimum\": 5}}}";
	assert_int_equal(check(asks, "{\"x-a\": 5, \"y-a\": 1}", SCHEMA_ALL, &found), SCHEMA_VALID);
	assert_int_equal(check(asks, "{\"x-a\": 4, \"y-a\": 1}", SCHEMA_ALL, &found), SCHEMA_INVALID);
}

static void unevaluated_members_are_told(void **state)
{
	(void)state;
	struct found found;
	const char *schema =
			"{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\", \"unevaluatedProperties\": false, "
			"\"anyOf\": [{\"properties\": {\"a\": true}}, {\"properties\": {\"b\": {\"type\": \"string\"}}}]}";
	assert_int_equal(check(schema, "{\"a\": 1, \"b\": \"x\"}", SCHEMA_ALL, &found), SCHEMA_VALID);
	assert_int_equal(check(schema, "{\"a\": 1, \"b\": 2}", SCHEMA_ALL, &found), SCHEMA_INVALID);
	assert_int_equal(found.count, 1);
	assert_string_equal(found.last, ": Object must not have unevaluated properties");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(first_violation_is_the_type),
			cmocka_unit_test(names_at_fault_are_reported_at_the_object),
			cmocka_unit_test(keywords_have_their_place_in_the_schema),
			cmocka_unit_test(schemas_without_end_are_refused),
			cmocka_unit_test(schemas_that_may_not_end_are_undecided),
			cmocka_unit_test(mistakes_have_a_place),
			cmocka_unit_test(multiples_are_exact),
			cmocka_unit_test(of_duplicate_members_the_last_counts),
			cmocka_unit_test(formats_look_at_text_only),
			cmocka_unit_test(openapi_3_0_has_its_own_keywords),
			cmocka_unit_test(required_goes_by_direction),
			cmocka_unit_test(discriminator_chooses_a_schema),
			cmocka_unit_test(metaschemas_hold_for_themselves),
			cmocka_unit_test(deep_values_are_undecided),
			cmocka_unit_test(numbers_are_exact_and_bounded),
			cmocka_unit_test(content_is_asserted_when_asked),
			cmocka_unit_test(long_lists_of_values_are_hashed),
			cmocka_unit_test(many_names_are_found),
			cmocka_unit_test(few_names_are_found_anywhere),
			cmocka_unit_test(patterns_go_beside_names),
			cmocka_unit_test(unevaluated_members_are_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
