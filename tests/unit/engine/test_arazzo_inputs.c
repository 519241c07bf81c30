/* SPDX-License-Identifier: EUPL-1.2 */
/* Tests of engine/arazzo_run: inputs that are filled in when nobody gives them, and requests by another client. */
#include "fetch/auth.h"
#include "unit/engine/arazzo_stub.h"

static struct run_values values;

static void play_with(struct fixture *fixture, const char *text, const char *inputs, const struct http_auth *clients,
		struct answer *answers)
{
	static const char seed[] = "00112233445566778899aabbccddeeff";
	open_fixture(fixture, text);
	values = (struct run_values){.mark = {1767265200000, str_of(seed)}, .scope = STR("t")};
	fixture->options.values = &values;
	fixture->options.clients = clients;
	fixture->options.client_count = clients ? 1 : 0;
	if (inputs) {
		struct err err;
		err_init(&err, fixture->arena);
		struct doc *doc = doc_of(STR("inputs"), str_of(inputs), &err);
		arena_on_free(fixture->arena, shelf_close, doc);
		fixture->options.inputs = doc->root;
	}
	fixture->stub = (struct stub){.transport = {stub_send, stub_wait}, .answers = answers, .arena = fixture->arena};
	fixture->run = scenario_play(fixture->scenario, &fixture->stub.transport, &fixture->options, fixture->arena);
}

static void test_a_default_is_made(void **state)
{
	static const char text[] = HEAD
			"  - workflowId: w\n"
			"    x-keur-requires: [kind]\n"
			"    inputs: {type: object, properties: {kind: {type: string, x-keur-default: 'a/{$x-keur.reference}'}}}\n"
			"    steps: [{stepId: a, operationId: list, parameters: [{name: must, in: query, value: $inputs.kind}]}]\n";
	struct answer answers[] = {{.request = "GET /", .status = 200}, {0}};
	struct fixture fixture;
	(void)state;
	play_with(&fixture, text, NULL, NULL, answers);
	assert_int_equal(fixture.stub.count, 1);
	assert_non_null(strstr(fixture.stub.seen[0], "must=a%2Fkeur-"));
	close_fixture(&fixture);
	play_with(&fixture, text, "{\"kind\": \"own\"}", NULL, answers);
	assert_string_equal(fixture.stub.seen[0], "GET https://api.test/v1/things?must=own");
	close_fixture(&fixture);
	/* Without a mark there is nothing to make it from: as if it were not given. */
	play(&fixture, text, answers, NULL);
	assert_int_equal(fixture.stub.count, 0);
	assert_int_equal(fixture.run->workflows[0].state, SCENARIO_SKIPPED);
	close_fixture(&fixture);
}

/* A default that only a counterpart can give: the run has to offer one, and without it nothing was tested. */
static void test_a_default_of_a_counterpart(void **state)
{
	static const char text[] = HEAD
			"  - workflowId: w\n"
			"    x-keur-requires: [list]\n"
			"    inputs: {type: object, properties: {list: {type: string, x-keur-default: '{$x-keur.counterpart}/list'}}}\n"
			"    steps: [{stepId: a, operationId: list, parameters: [{name: must, in: query, value: $inputs.list}]}]\n";
	struct answer answers[] = {{.request = "GET /", .status = 200}, {0}};
	struct fixture fixture;
	(void)state;
	play_with(&fixture, text, NULL, NULL, answers);
	assert_true(fixture.scenario->asks_counterpart);
	assert_int_equal(fixture.stub.count, 0);
	assert_int_equal(fixture.run->workflows[0].state, SCENARIO_SKIPPED);
	assert_true(fixture.run->facts.items[0].untested);
	close_fixture(&fixture);
	play_with(&fixture, text, "{\"list\": \"own\"}", NULL, answers);
	assert_string_equal(fixture.stub.seen[0], "GET https://api.test/v1/things?must=own");
	close_fixture(&fixture);
}

static void test_a_default_that_is_wrong_is_refused(void **state)
{
	static const char *const wrong[] = {"$response.body", "'{$x-keur.nothing}'", "[a]"};
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct fixture fixture = {.arena = arena_new()};
		struct scenario_options options = {.loader = &fixture.shelf.loader};
		struct err err;
		char text[2000];
		err_init(&err, fixture.arena);
		fixture.shelf = (struct shelf){{shelf_open}, {{"api.yaml", stub_api}}};
		snprintf(text, sizeof text,
				HEAD "  - workflowId: w\n"
					 "    inputs: {type: object, properties: {kind: {type: string, x-keur-default: %s}}}\n"
					 "    steps: [{stepId: a, operationId: list}]\n",
				wrong[i]);
		fixture.doc = doc_of(STR("test.arazzo.yaml"), str_of(text), &err);
		assert_non_null(fixture.doc);
		assert_null(scenario_load(fixture.arena, fixture.doc, &options, &err));
		assert_int_equal(err.code, ERR_RULES);
		assert_int_equal(err.loc.line, 6);
		close_fixture(&fixture);
	}
}

static void test_another_client(void **state)
{
	static const char text[] = HEAD "  - workflowId: w\n"
									"    x-keur-client: limited\n"
									"    steps: [{stepId: a, operationId: list}]\n"
									"  - workflowId: v\n"
									"    steps: [{stepId: a, operationId: list}]\n";
	struct answer answers[] = {{.request = "GET /", .status = 200}, {0}};
	struct http_auth limited = {.client = STR("limited")};
	struct fixture fixture;
	(void)state;
	play_with(&fixture, text, NULL, &limited, answers);
	assert_int_equal(fixture.stub.count, 2);
	assert_true(str_eq(fixture.stub.client[0], STR("limited")));
	assert_int_equal(fixture.stub.client[1].len, 0);
	close_fixture(&fixture);
	play_with(&fixture, text, NULL, NULL, answers);
	assert_int_equal(fixture.stub.count, 1);
	assert_int_equal(fixture.run->workflows[0].state, SCENARIO_SKIPPED);
	assert_non_null(strstr(fixture.run->workflows[0].why.in[LANG_NL].ptr, "\"limited\""));
	close_fixture(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_a_default_is_made),
			cmocka_unit_test(test_a_default_of_a_counterpart),
			cmocka_unit_test(test_a_default_that_is_wrong_is_refused),
			cmocka_unit_test(test_another_client),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
