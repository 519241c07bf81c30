/* SPDX-License-Identifier: EUPL-1.2 */
/* Values of parameters, read back from every style that they are written in. */
#include "support/fixture.h"

#include "engine/openapi.h"
#include "engine/openapi_value.h"

/* A value as JSON, near enough for comparison. */
static void write_value(struct strbuf *out, const struct node *value)
{
	bool object = value->kind == NODE_OBJECT;
	if (value->kind == NODE_STRING) strbuf_printf(out, "'%.*s'", STR_FMT(node_text(value)));
	if (value->kind == NODE_NUMBER) strbuf_add(out, node_text(value));
	if (value->kind <= NODE_TRUE) strbuf_add(out, node_kind_name((enum node_kind)value->kind).in[LANG_EN]);
	if (!node_is_container(value)) return;
	strbuf_add_char(out, object ? '{' : '[');
	for (uint32_t i = 0; i < value->len; i++) {
		if (i) strbuf_add_char(out, ',');
		if (object) strbuf_printf(out, "%.*s:", STR_FMT(node_key(&value->children[i])));
		write_value(out, &value->children[i]);
	}
	strbuf_add_char(out, object ? '}' : ']');
}

/* Reads the texts of the first parameter of the only operation; query values are names and values in turn. */
static struct str read_back(struct arena *arena, const char *parameter, const char *const *texts, bool second)
{
	struct err err;
	err_init(&err, arena);
	struct str document = str_printf(arena,
			"{\"openapi\": \"3.1.0\", \"paths\": {\"/\": {\"get\": {\"parameters\": [{\"name\": \"kleur\", %s}]}}}}",
			parameter);
	struct doc *doc = fixture_doc(arena, document.ptr);
	struct openapi *openapi = openapi_new(arena, refs_new(arena, doc), &err);
	const struct openapi_parameter *described = &openapi->operations[0].parameters[0];
	assert_false(described->broken);
	struct str list[8];
	struct route_value query[8];
	struct value_source source = {openapi, described, list, 0, query, 0, second};
	for (; texts[source.text_count]; source.text_count++) {
		list[source.text_count] = str_of(texts[source.text_count]);
		struct str name = {texts[source.text_count], str_find(list[source.text_count], '=')};
		query[source.query_count++] = (struct route_value){name, str_skip(list[source.text_count], name.len + 1)};
	}
	struct node value;
	bool choice = false;
	struct strbuf out;
	strbuf_init(&out, 1000);
	enum value_result result = openapi_value_read(&source, arena, &value, &choice);
	static const char *const names[] = {"", "absent", "malformed", "unknown"};
	strbuf_add(&out, str_of(names[result]));
	if (result == VALUE_READ) write_value(&out, &value);
	if (choice && result == VALUE_READ) strbuf_add_char(&out, '?');
	struct str text = strbuf_take(&out, arena);
	doc_close(doc);
	return text;
}

#define ARRAY "\"schema\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}}"
#define OBJECT                                                                                                         \
	"\"schema\": {\"type\": \"object\", \"properties\": {\"R\": {\"type\": \"integer\"}, \"G\": {\"type\": "           \
	"\"integer\"}}}"

static void styles_are_read_back(void **state)
{
	(void)state;
	static const struct {
		const char *parameter;
		const char *texts[4];
		const char *expected;
	} cases[] = {
			{"\"in\": \"path\", \"style\": \"matrix\", \"schema\": {\"type\": \"string\"}", {";kleur=blauw"},
					"'blauw'"},
			{"\"in\": \"path\", \"style\": \"matrix\", \"schema\": {\"type\": \"string\"}", {"blauw"}, "malformed"},
			{"\"in\": \"path\", \"style\": \"matrix\", " ARRAY, {";kleur=a,b"}, "['a','b']"},
			{"\"in\": \"path\", \"style\": \"matrix\", \"explode\": true, " ARRAY, {";kleur=a;kleur=b"}, "['a','b']"},
			{"\"in\": \"path\", \"style\": \"matrix\", \"explode\": true, " ARRAY, {";kleur=a;geur=b"}, "malformed"},
			{"\"in\": \"path\", \"style\": \"matrix\", " OBJECT, {";kleur=R,100,G,200"}, "{R:100,G:200}"},
			{"\"in\": \"path\", \"style\": \"matrix\", \"explode\": true, " OBJECT, {";R=100;G=200"}, "{R:100,G:200}"},
			{"\"in\": \"path\", \"style\": \"label\", " ARRAY, {".a,b"}, "['a','b']"},
			{"\"in\": \"path\", \"style\": \"label\", " ARRAY, {".a.b"}, "['a','b']"},
			{"\"in\": \"path\", \"style\": \"label\", \"explode\": true, " OBJECT, {".R=1.G=2"}, "{R:1,G:2}"},
			{"\"in\": \"path\", " ARRAY, {"a,b%2Cc"}, "['a','b,c']?"},
			{"\"in\": \"path\", " OBJECT, {"R,1,G,2"}, "{R:1,G:2}"},
			{"\"in\": \"path\", " OBJECT, {"R,1,G"}, "malformed"},
			{"\"in\": \"path\", \"explode\": true, " OBJECT, {"R=1,G=2"}, "{R:1,G:2}"},
			{"\"in\": \"query\", " ARRAY, {"a", "b%20c"}, "['a','b c']"},
			{"\"in\": \"query\", \"explode\": false, " ARRAY, {"a,b"}, "['a','b']"},
			{"\"in\": \"query\", \"explode\": false, " ARRAY, {"a", "b"}, "unknown"},
			{"\"in\": \"query\", " OBJECT, {"R=1", "anders=3", "G=2"}, "{R:1,G:2}"},
			{"\"in\": \"query\", " OBJECT, {"anders=3"}, "absent"},
			{"\"in\": \"query\", \"explode\": false, " OBJECT, {"R,1,G,2"}, "{R:1,G:2}"},
			{"\"in\": \"query\", \"style\": \"spaceDelimited\", \"explode\": false, " ARRAY, {"a%20b+c"},
					"['a','b','c']"},
			{"\"in\": \"query\", \"style\": \"pipeDelimited\", \"explode\": false, " ARRAY, {"a|b%7Cc"},
					"['a','b','c']"},
			{"\"in\": \"query\", \"style\": \"deepObject\", " OBJECT, {"kleur[R]=1", "kleur[G]=2"}, "{R:1,G:2}"},
			{"\"in\": \"query\", \"style\": \"deepObject\", " OBJECT, {"kleur[R][a]=1"}, "unknown"},
			{"\"in\": \"query\", \"schema\": {\"type\": [\"integer\", \"null\"]}", {"007"}, "7"},
			{"\"in\": \"query\", \"schema\": {\"type\": [\"integer\", \"null\"]}", {""}, "null"},
			{"\"in\": \"query\", \"schema\": {\"type\": \"number\"}", {"-1.5e+3"}, "-1.5e+3?"},
			{"\"in\": \"query\", \"schema\": {\"type\": \"number\"}", {"1."}, "'1.'"},
			{"\"in\": \"query\", \"schema\": {\"type\": \"boolean\"}", {"true"}, "boolean"},
			{"\"in\": \"query\", \"schema\": {}", {"12"}, "12?"},
			{"\"in\": \"query\", \"schema\": {\"anyOf\": [{\"type\": \"array\"}, {\"type\": \"object\"}]}", {"12"},
					"unknown"},
			{"\"in\": \"header\", \"schema\": {\"type\": \"string\"}", {" a%20b "}, "'a%20b'"},
			{"\"in\": \"cookie\", " ARRAY, {"a"}, "unknown"},
			{"\"in\": \"query\", " ARRAY, {"a+b"}, "['a+b']?"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena *arena = arena_new();
		struct str found = read_back(arena, cases[i].parameter, cases[i].texts, false);
		if (!str_eq(found, str_of(cases[i].expected)))
			fail_msg("case %zu, %s: expected %s, got %.*s", i, cases[i].parameter, cases[i].expected, STR_FMT(found));
		arena_free(arena);
	}
}

static void the_second_reading_takes_the_other_choice(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	static const char *const number[] = {"12", NULL}, *const plus[] = {"a+b", NULL}, *const comma[] = {"a%2Cb", NULL};
	assert_str(read_back(arena, "\"in\": \"query\", \"schema\": {}", number, true), "'12'?");
	assert_str(read_back(arena, "\"in\": \"query\", " ARRAY, plus, true), "['a b']?");
	assert_str(read_back(arena, "\"in\": \"path\", " ARRAY, comma, true), "['a','b']?");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(styles_are_read_back),
			cmocka_unit_test(the_second_reading_takes_the_other_choice),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
