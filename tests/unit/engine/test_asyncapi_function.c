/* SPDX-License-Identifier: EUPL-1.2 */
/* Rules of spectral:asyncapi with functions of their own: what they report, and that odd documents harm none. */
#include "engine/asyncapi_function.h"

#include "base/limits.h"
#include "engine/spectral.h"
#include "support/fixture.h"

/* Checks a document with one rule; `expected` are the places of its results, one a line. */
static void check(const char *rule, const char *text, bool parity, const char *expected)
{
	struct arena *arena = arena_new();
	char path[] = "/tmp/keur-asyncapi-XXXXXX";
	int file = mkstemp(path);
	assert_true(file >= 0);
	assert_true(dprintf(file, "extends: [['spectral:asyncapi', off]]\nrules: {%s: true}\n", rule) > 0);
	struct err err;
	err_init(&err, arena);
	struct spectral_options options = {.builtin_dir = STR("rules/spectral"), .spectral_places = parity};
	const struct spectral *spectral = spectral_load(arena, path, &options, &err);
	if (!spectral) fail_msg("%.*s", STR_FMT(err.message.in[LANG_EN]));
	struct doc *doc = fixture_doc(arena, text);
	struct facts facts;
	spectral_check(spectral, refs_new(arena, doc), arena, &facts);
	assert_false(facts.items[0].undecided);
	struct strbuf lines;
	strbuf_init(&lines, LIMIT_MESSAGE_BYTES);
	for (uint32_t i = 0; i < facts.result_count; i++)
		strbuf_printf(&lines, "%.*s\n", STR_FMT(facts.results[i].pointer));
	assert_str(strbuf_str(&lines), expected);
	strbuf_release(&lines);
	arena_free(arena);
	doc_close(doc);
	close(file);
	unlink(path);
}

static void parameters_are_described(void **state)
{
	(void)state;
	const char *rule = "asyncapi-channel-parameters";
	check(rule, "{asyncapi: 2.6.0, channels: {'a/{b}': {parameters: {c: {}}}}}", false,
			"/channels/a~1{b}/parameters\n/channels/a~1{b}/parameters/c\n");
	check(rule, "{asyncapi: 3.0.0, channels: {x: {address: 'a/{b}', parameters: {b: {}}}, '{': {parameters: 1}}}",
			false, "");
}

static void values_agree_with_their_schema(void **state)
{
	(void)state;
	const char *text = "{asyncapi: 2.6.0, components: {schemas: {S: {type: integer, examples: [1, x, true]}}}}";
	const char *message = "{asyncapi: 2.6.0, components: {messages: {m: {payload: {type: string}, examples: [{payload: "
						  "x}, {payload: 1}], traits: [{payload: {type: number}}]}}}}";
	check("asyncapi-schema-examples", text, false,
			"/components/schemas/S/examples/1\n/components/schemas/S/examples/2\n");
	check("asyncapi-schema-examples", text, true, "/components/schemas/S/examples/2\n");
	check("asyncapi-message-examples", message, false, "/components/messages/m/examples/0/payload\n");
}

static void documents_have_the_structure_of_their_version(void **state)
{
	(void)state;
	check("asyncapi-schema", "{asyncapi: 2.1.0, info: {title: t, version: '1'}, channels: {a: {servers: []}}}", false,
			"/channels/a/servers\n");
	check("asyncapi-schema", "{asyncapi: 2.2.0, info: {title: t, version: '1'}, channels: {a: {servers: []}}}", false,
			"");
	check("asyncapi-3-document-unresolved", "{asyncapi: 3.0.0, info: {$ref: '#/x-a'}, x-a: {}}", false, "/info\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(parameters_are_described),
			cmocka_unit_test(values_agree_with_their_schema),
			cmocka_unit_test(documents_have_the_structure_of_their_version),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
