/* SPDX-License-Identifier: EUPL-1.2 */
/* Tests of engine/arazzo: what documents are refused, where and why; what is only remarked; what a scenario shows. */
#include "engine/openapi_check.h"
#include "unit/engine/arazzo_stub.h"

/* Refused at that line and column, with that in the message. */
static void refuse(const char *text, uint32_t line, uint32_t column, const char *message)
{
	struct arena *arena = arena_new();
	struct err err;
	struct shelf shelf = {{shelf_open}, {{"api.yaml", stub_api}}};
	struct scenario_options options = {.loader = &shelf.loader};
	err_init(&err, arena);
	struct doc *doc = doc_of(STR("t.yaml"), str_of(text), &err);
	assert_non_null(doc);
	if (scenario_load(arena, doc, &options, &err)) fail_msg("accepted: %s", text);
	struct str english = err.message.in[LANG_EN];
	if (str_find_str(english, str_of(message)) == english.len || err.loc.line != line || err.loc.column != column)
		fail_msg("%s\n%u:%u %.*s", text, err.loc.line, err.loc.column, STR_FMT(english));
	assert_true(err.message.in[LANG_NL].len > 0);
	assert_true(err.code == ERR_RULES || err.code == ERR_LIMIT);
	doc_close(doc);
	arena_free(arena);
}

/* Refused, and leniently read with one remark that says the same at the same place. */
static void forgive(const char *text, uint32_t line, uint32_t column, const char *message)
{
	struct arena *arena = arena_new();
	struct err err;
	struct shelf shelf = {{shelf_open}, {{"api.yaml", stub_api}}};
	struct scenario_options options = {.loader = &shelf.loader, .lenient = true};
	err_init(&err, arena);
	struct doc *doc = doc_of(STR("t.yaml"), str_of(text), &err);
	refuse(text, line, column, message);
	struct scenario *scenario = scenario_load(arena, doc, &options, &err);
	if (!scenario) fail_msg("%s\n%.*s", text, STR_FMT(err.message.in[LANG_EN]));
	assert_int_equal(scenario->remark_count, 1);
	struct scenario_remark *remark = &scenario->remarks[0];
	struct str english = remark->text.in[LANG_EN];
	if (str_find_str(english, str_of(message)) == english.len || remark->loc.line != line ||
			remark->loc.column != column)
		fail_msg("%s\n%u:%u %.*s", text, remark->loc.line, remark->loc.column, STR_FMT(english));
	assert_false(remark->harmless);
	doc_close(doc);
	arena_free(arena);
}

#define ONE_STEP HEAD "  - workflowId: w\n    steps: [{stepId: a, "

static void test_what_is_forgiven(void **state)
{
	(void)state;
	forgive(ONE_STEP "operationId: lst}]\n", 6, 38, "operationId \"lst\"");
	forgive(ONE_STEP "operationId: $sourceDescriptions.api.lst}]\n", 6, 38, "operationId \"lst\"");
	forgive(ONE_STEP "operationId: $sourceDescriptions.other.list}]\n", 6, 38, "no source description \"other\"");
	forgive(ONE_STEP "operationPath: '{$sourceDescriptions.other.url}#/paths/~1/get'}]\n", 6, 40, "\"other\"");
	forgive(ONE_STEP "operationPath: /things}]\n", 6, 40, "expected \"{$sourceDescriptions");
	forgive(ONE_STEP "workflowId: v}]\n", 6, 37, "no workflow \"v\"");
	forgive(ONE_STEP "workflowId: $sourceDescriptions.api.v}]\n", 6, 37, "is no Arazzo document");
	forgive(ONE_STEP "operationId: read}]\n", 6, 13, "parameter \"id\" in: path");
	forgive(ONE_STEP "operationId: list, outputs: {o: $response.headers.a}}]\n", 6, 57, "header. or body");
	forgive(ONE_STEP "operationId: list, outputs: {o: $steps.b.outputs.a}}]\n", 6, 57, "has no step \"b\"");
	forgive(ONE_STEP "operationId: list, requestBody: {payload: [$steps.a]}}]\n", 6, 68, ".outputs.");
	forgive(ONE_STEP "operationId: list, successCriteria: [{condition: $statusCode = 1}]}]\n", 6, 74, "an operator");
	forgive(ONE_STEP "operationId: list, successCriteria: [{condition: '(', type: regex, context: $url}]}]\n", 6, 74,
			"not closed");
	forgive(ONE_STEP "operationId: list, onFailure: [{name: f, type: goto, stepId: b}]}]\n", 6, 86, "no step \"b\"");
	forgive(ONE_STEP "operationId: list, onSuccess: [{name: f, type: goto, workflowId: v}]}]\n", 6, 90, "no workflow");
}

static void test_the_document(void **state)
{
	(void)state;
	refuse("[]", 1, 1, "expected an Arazzo document");
	refuse("arazzo: 1.2.0", 1, 9, "1.0.x");
	refuse("arazzo: '1.0'", 1, 9, "1.0.x");
	refuse("arazzo: 1.0.1-", 1, 9, "1.0.x");
	refuse("arazzo: 1.0.0\ninfo: {title: t, version: 1}\nsourceDescriptions: [x]\nworkflows: [x]", 2, 27, "a text");
	refuse("arazzo: 1.0.0\ninfo: {title: t, version: '1'}\nsourceDescriptions: []\nworkflows: [x]", 3, 21,
			"at least one item");
	refuse("arazzo: 1.0.0\ninfo: {title: t, version: '1'}\nsourceDescriptions: [x]", 1, 1, "\"workflows\"");
	refuse("arazzo: 1.0.0\n$self: a\ninfo: {title: t, version: '1'}\nsourceDescriptions: [x]\nworkflows: [x]", 2, 1,
			"of Arazzo 1.1");
	refuse("arazzo: 1.0.0\nextra: a\ninfo: {title: t, version: '1'}\nsourceDescriptions: [x]\nworkflows: [x]", 2, 1,
			"unknown member \"extra\"");
	refuse(HEAD "  - workflowId: w\n    x-keur-rul: a\n    steps: [{stepId: a, operationId: list}]\n", 6, 5,
			"unknown member \"x-keur-rul\"");
	refuse(HEAD "  - workflowId: w\n    steps: [{stepId: a, operationId: list}]\nx-keur-passive: body\n", 7, 17,
			"a list of");
	refuse(HEAD "  - workflowId: w\n    steps: [{stepId: a, operationId: list}]\nx-keur-passive: [body, x]\n", 7, 24,
			"content-type");
}

static void test_identifiers(void **state)
{
	(void)state;
	refuse(HEAD "  - workflowId: w\n    steps: [{stepId: a, operationId: list}]\n"
				"  - workflowId: w\n    steps: [{stepId: a, operationId: list}]\n",
			7, 17, "workflowId \"w\" is there twice");
	refuse(HEAD "  - workflowId: w\n    steps: [{stepId: a, operationId: list}, {stepId: a, operationId: list}]\n", 6,
			54, "stepId \"a\" is there twice");
	refuse(HEAD "  - workflowId: w\n    steps: [{operationId: list}]\n", 6, 13, "\"stepId\"");
	refuse(HEAD "  - workflowId: w\n    steps: [{stepId: a, operationId: list, x-keur-token: {iat: 1.5}}]\n", 6, 64,
			"a whole number of seconds");
	refuse(HEAD "  - workflowId: w\n    steps: [{stepId: a, operationId: list, x-keur-token: {exp: 1000000000}}]\n", 6,
			64, "a whole number of seconds");
	refuse(HEAD "  - workflowId: w\n    steps: [{stepId: a, operationId: list, x-keur-token: {without: [exp]}}]\n", 6,
			69, "iat or client_id");
	refuse(HEAD "  - workflowId: w\n    steps: [{stepId: a, operationId: list, x-keur-token: {alg: HS512}}]\n", 6, 64,
			"none");
	refuse(HEAD "  - workflowId: w\n    steps: [{stepId: a, operationId: list, x-keur-token: {algorithm: none}}]\n", 6,
			59, "unknown member");
	refuse(HEAD
			"  - workflowId: w\n    steps: [{stepId: a, operationId: list, x-keur-anonymous: true, x-keur-token: {}}]\n",
			6, 82, "x-keur-anonymous");
	refuse(HEAD "  - workflowId: w\n    steps: [{stepId: a, operationId: lst}]\n", 6, 38, "operationId \"lst\"");
	refuse(HEAD "  - workflowId: w\n    steps: [{stepId: a, workflowId: v}]\n", 6, 37, "no workflow \"v\"");
	refuse(HEAD "  - workflowId: w\n    steps: [{stepId: a, operationId: $sourceDescriptions.other.list}]\n", 6, 38,
			"no source description \"other\"");
	refuse(HEAD
			"  - workflowId: w\n    steps: [{stepId: a, operationPath: '{$sourceDescriptions.api.url}#/paths/~1no/get'}]\n",
			6, 40, "no operation at");
	refuse(HEAD "  - workflowId: w\n    steps: [{stepId: a, operationId: list, workflowId: w}]\n", 6, 44, "beside");
	refuse(HEAD "  - workflowId: w\n    steps: [{stepId: a}]\n", 6, 13, "expected operationId");
	refuse(HEAD "  - workflowId: w\n    dependsOn: [v]\n    steps: [{stepId: a, operationId: list}]\n", 6, 17,
			"no workflow \"v\"");
	refuse(HEAD "  - workflowId: w\n    dependsOn: [v]\n    steps: [{stepId: a, operationId: list}]\n"
				"  - workflowId: v\n    dependsOn: [w]\n    steps: [{stepId: a, operationId: list}]\n",
			9, 16, "depends on it");
	refuse(HEAD "  - workflowId: w\n    dependsOn: [w]\n    steps: [{stepId: a, operationId: list}]\n", 6, 16,
			"depends on it");
}

static void test_steps(void **state)
{
	(void)state;
	refuse(HEAD "  - workflowId: w\n    steps:\n      - stepId: a\n        operationId: read\n", 7, 9, "\"id\"");
	refuse(HEAD "  - workflowId: w\n    steps:\n      - stepId: a\n        operationId: list\n"
				"        parameters: [{name: q, value: 1}]\n",
			9, 22, "\"in\"");
	refuse(HEAD "  - workflowId: w\n    steps:\n      - stepId: a\n        operationId: list\n"
				"        parameters: [{name: X, in: header, value: 1}, {name: x, in: header, value: 1}]\n",
			9, 55, "given twice");
	refuse(HEAD "  - workflowId: w\n    steps:\n      - stepId: a\n        operationId: list\n"
				"        parameters: [{name: q, in: body, value: 1}]\n",
			9, 36, "expected path");
	refuse(HEAD "  - workflowId: w\n    steps:\n      - stepId: a\n        operationId: list\n"
				"        parameters: [{reference: $components.parameters.p}]\n",
			9, 34, "no such member");
	refuse(HEAD "  - workflowId: w\n    steps:\n      - stepId: a\n        operationId: list\n"
				"        parameters: [{name: q, in: query, value: $steps.b.outputs.c}]\n",
			9, 50, "no step \"b\"");
	refuse(HEAD "  - workflowId: w\n    steps:\n      - stepId: a\n        operationId: list\n"
				"        requestBody: {payload: {a: [1, '{$response.bod}']}}\n",
			9, 40, "at character 12");
	refuse(HEAD "  - workflowId: w\n    steps:\n      - stepId: a\n        operationId: list\n"
				"        requestBody: {payload: {}, replacements: [{target: a, value: 1}]}\n",
			9, 60, "JSON Pointer");
	refuse(HEAD "  - workflowId: w\n    steps:\n      - stepId: a\n        operationId: list\n"
				"        outputs: {a: body}\n",
			9, 22, "a runtime expression");
	refuse(HEAD "  - workflowId: w\n    steps:\n      - stepId: a\n        operationId: list\n"
				"        outputs: {a b: $url}\n",
			9, 19, "expected a name of letters");
	refuse(HEAD "  - workflowId: w\n    steps:\n      - stepId: a\n        x-keur-request: {method: G ET, path: /}\n",
			8, 34, "an HTTP method");
	refuse(HEAD "  - workflowId: w\n    steps:\n      - stepId: a\n        x-keur-request: {method: GET}\n", 8, 25,
			"either \"path\" or \"url\"");
	refuse(HEAD "  - workflowId: w\n    steps:\n      - stepId: a\n        operationId: list\n"
				"        x-keur-failure: [tsl]\n",
			9, 26, "certificate");
	refuse(HEAD "  - workflowId: w\n    steps:\n      - stepId: a\n        operationId: list\n"
				"        x-keur-cleanup: 1\n",
			9, 25, "true or false");
}

static void test_criteria_and_actions(void **state)
{
	(void)state;
	refuse(HEAD "  - workflowId: w\n    steps:\n      - stepId: a\n        operationId: list\n"
				"        successCriteria: [{condition: $statusCode = 200}]\n",
			9, 39, "at character 13 expected an operator");
	refuse(HEAD "  - workflowId: w\n    steps:\n      - stepId: a\n        operationId: list\n"
				"        successCriteria: [{condition: '^2', type: regex}]\n",
			9, 27, "\"context\"");
	refuse(HEAD "  - workflowId: w\n    steps:\n      - stepId: a\n        operationId: list\n"
				"        successCriteria: [{context: $statusCode, condition: '(2', type: regex}]\n",
			9, 61, "(");
	refuse(HEAD "  - workflowId: w\n    steps:\n      - stepId: a\n        operationId: list\n"
				"        successCriteria: [{context: $statusCode, condition: '2', type: glob}]\n",
			9, 72, "expected simple");
	refuse(HEAD "  - workflowId: w\n    steps:\n      - stepId: a\n        operationId: list\n"
				"        onSuccess: [{name: x, type: retry}]\n",
			9, 37, "end or goto");
	refuse(HEAD "  - workflowId: w\n    steps:\n      - stepId: a\n        operationId: list\n"
				"        onSuccess: [{name: x, type: goto}]\n",
			9, 21, "to go to");
	refuse(HEAD "  - workflowId: w\n    steps:\n      - stepId: a\n        operationId: list\n"
				"        onFailure: [{name: x, type: goto, stepId: b}]\n",
			9, 51, "no step \"b\"");
	refuse(HEAD "  - workflowId: w\n    steps:\n      - stepId: a\n        operationId: list\n"
				"        onFailure: [{name: x, type: retry, retryLimit: 101}]\n",
			9, 56, "at most 100");
	refuse(HEAD "  - workflowId: w\n    steps:\n      - stepId: a\n        operationId: list\n"
				"        onFailure: [{name: x, type: end}, {name: x, type: end}]\n",
			9, 43, "given twice");
	refuse(HEAD "  - workflowId: w\n    inputs: {type: wrong}\n    steps: [{stepId: a, operationId: list}]\n", 6, 20,
			"");
}

static void test_what_is_not_there_is_remarked(void **state)
{
	static const char text[] =
			"arazzo: 1.1.0\n"
			"info: {title: t, version: '3'}\n"
			"sourceDescriptions:\n"
			"  - {name: api, type: openapi, url: 'https://x.test/missing.yaml'}\n"
			"  - {name: ev, type: asyncapi, url: ev.yaml}\n"
			"workflows:\n"
			"  - workflowId: w\n"
			"    steps: [{stepId: a, operationId: $sourceDescriptions.api.list}, {stepId: b, operationId: $sourceDescriptions.ev.x, action: send}]\n";
	struct fixture fixture;
	struct answer answers[] = {{0}};
	(void)state;
	play(&fixture, text, answers, NULL);
	assert_int_equal(fixture.scenario->remark_count, 3);
	assert_int_equal(fixture.scenario->remarks[0].loc.line, 4);
	assert_int_equal(fixture.stub.count, 0);
	assert_undecided(&fixture, "w/a", "was not read");
	assert_undecided(&fixture, "w/b", "w/a");
	close_fixture(&fixture);
}

static void test_other_arazzo_documents(void **state)
{
	static const char text[] =
			"arazzo: 1.0.1\n"
			"info: {title: t, version: '3'}\n"
			"sourceDescriptions: [{name: lib, type: arazzo, url: lib.yaml}, {name: api, url: api.yaml}]\n"
			"x-keur-passive: [body, status]\n"
			"workflows:\n"
			"  - workflowId: w\n"
			"    inputs: {type: object, required: [n], properties: {n: {type: string}}}\n"
			"    dependsOn: [$sourceDescriptions.lib.prepare]\n"
			"    steps:\n"
			"      - {stepId: a, workflowId: $sourceDescriptions.lib.make, parameters: [{name: k, value: $inputs.n}]}\n";
	static const char lib[] =
			"arazzo: 1.0.1\n"
			"info: {title: t, version: '3'}\n"
			"sourceDescriptions: [{name: api, url: api.yaml}, {name: back, type: arazzo, url: main.yaml}]\n"
			"workflows:\n"
			"  - {workflowId: prepare, steps: [{stepId: p, operationId: list}]}\n"
			"  - {workflowId: make, steps: [{stepId: m, operationId: create,\n"
			"     requestBody: {payload: {k: $inputs.k}}}]}\n";
	struct answer answers[] = {{.request = "GET /", .status = 200}, {.request = "POST /", .status = 201}, {0}};
	struct fixture fixture = {.arena = arena_new()};
	struct err err;
	(void)state;
	err_init(&err, fixture.arena);
	fixture.shelf = (struct shelf){{shelf_open}, {{"api.yaml", stub_api}, {"lib.yaml", lib}, {"main.yaml", text}}};
	fixture.doc = doc_of(STR("main.yaml"), str_of(text), &err);
	struct scenario_options options = {.loader = &fixture.shelf.loader};
	fixture.scenario = scenario_load(fixture.arena, fixture.doc, &options, &err);
	if (!fixture.scenario)
		fail_msg("%.*s:%u %.*s", STR_FMT(err.loc.file), err.loc.line, STR_FMT(err.message.in[LANG_EN]));
	assert_int_equal(fixture.scenario->doc_count, 3);
	assert_int_equal(fixture.scenario->part_count, 2);
	assert_int_equal(fixture.scenario->passive, 1u << CONTRACT_BODY | 1u << CONTRACT_STATUS);
	assert_int_equal(fixture.scenario->api_count, 2);
	assert_int_equal(scenario_api_of(fixture.scenario, STR("lib.make/m")), 1);
	assert_int_equal(scenario_api_of(fixture.scenario, STR("w/a")), UINT32_MAX);
	assert_int_equal(fixture.scenario->input_count, 1);
	assert_true(fixture.scenario->inputs[0].required);
	struct doc *inputs = doc_of(STR("i"), STR("{\"n\": \"v\"}"), &err);
	struct scenario_run_options how = {.inputs = inputs->root};
	fixture.stub = (struct stub){.transport = {stub_send, stub_wait}, .answers = answers, .arena = fixture.arena};
	fixture.run = scenario_play(fixture.scenario, &fixture.stub.transport, &how, fixture.arena);
	assert_int_equal(fixture.stub.count, 2);
	assert_string_equal(fixture.stub.bodies[1], "{\"k\":\"v\"}");
	assert_holds(&fixture, "lib.prepare/p");
	assert_holds(&fixture, "lib.make/m");
	assert_holds(&fixture, "w/a");
	doc_close(inputs);
	close_fixture(&fixture);
}

static void test_ceilings(void **state)
{
	struct strbuf text;
	(void)state;
	strbuf_init(&text, 1 << 20);
	strbuf_add(&text,
			STR(HEAD
					"  - workflowId: w\n    steps:\n      - stepId: a\n        operationId: list\n        parameters:\n"));
	for (int i = 0; i < 1001; i++)
		strbuf_printf(&text, "          - {name: p%d, in: query, value: 1}\n", i);
	refuse(text.ptr, 10, 11, "more than 1000");
	strbuf_clear(&text);
	strbuf_add(&text, STR(HEAD "  - workflowId: w\n    steps:\n"));
	for (int i = 0; i < 10001; i++)
		strbuf_printf(&text, "      - {stepId: s%d, operationId: list}\n", i);
	refuse(text.ptr, 10007, 9, "more than 10000 steps");
	strbuf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_the_document),
			cmocka_unit_test(test_what_is_forgiven),
			cmocka_unit_test(test_identifiers),
			cmocka_unit_test(test_steps),
			cmocka_unit_test(test_criteria_and_actions),
			cmocka_unit_test(test_what_is_not_there_is_remarked),
			cmocka_unit_test(test_other_arazzo_documents),
			cmocka_unit_test(test_ceilings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
