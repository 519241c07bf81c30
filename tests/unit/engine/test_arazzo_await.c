/* SPDX-License-Identifier: EUPL-1.2 */
/* Tests of call-backs in scenarios: awaited, missing, passed over, forbidden, and what is left out without a
 * counterpart. */
#include "unit/engine/arazzo_stub.h"

/* Requests that have come, each given once. */
struct fake {
	struct counterpart counterpart;
	struct exchange *came[8];
	bool taken[8];
	uint32_t count, begun;
};

static void begin(struct counterpart *counterpart)
{
	((struct fake *)counterpart)->begun++;
}

static const struct exchange *await(struct counterpart *counterpart, const struct awaited *awaited, struct arena *arena)
{
	struct fake *fake = (struct fake *)counterpart;
	for (uint32_t i = 0; i < fake->count; i++) {
		struct exchange *came = fake->came[i];
		if (fake->taken[i] || !str_eq(came->request.method, awaited->method)) continue;
		if (!counterpart_fits(counterpart->base, came->request.url, awaited->path)) continue;
		if (awaited->fits && !awaited->fits(awaited->self, came)) continue;
		fake->taken[i] = true;
		came->number = 100 + i;
		return came;
	}
	struct exchange *missing = arena_zalloc(arena, sizeof *missing);
	missing->failure = FAILURE_TIMEOUT;
	missing->request.method = awaited->method;
	missing->request.url = awaited->path;
	return missing;
}

static void come(struct fake *fake, struct arena *arena, const char *path, const char *type, const char *body)
{
	struct exchange *exchange = arena_zalloc(arena, sizeof *exchange);
	struct http_field *field = arena_zalloc(arena, sizeof *field);
	*field = (struct http_field){STR("Content-Type"), str_of(type)};
	exchange->inbound = true;
	exchange->request = (struct http_request){.method = STR("POST"), .fields = {field, 1}, .body = str_of(body)};
	exchange->request.url = str_printf(arena, "http://keur:1%s", path);
	exchange->response.status = 204;
	fake->came[fake->count++] = exchange;
}

static struct fake fake;

static void play_with(struct fixture *fixture, const char *text, bool counterpart)
{
	struct answer answers[] = {{.request = "POST /", .status = 201, .body = "{}"}, {0}};
	open_fixture(fixture, text);
	fake = (struct fake){.counterpart = {STR("http://keur:1"), begin, await, NULL}};
	come(&fake, fixture->arena, "/cb/a?soort=x", "application/json", "{\"actie\": \"create\", \"n\": 1}");
	come(&fake, fixture->arena, "/cb/a", "application/json", "{\"actie\": \"update\", \"n\": 2}");
	come(&fake, fixture->arena, "/cb/x", "text/xml", "<a xmlns='urn:a'><nr>7</nr></a>");
	fixture->stub = (struct stub){.transport = {stub_send, stub_wait}, .answers = answers, .arena = fixture->arena};
	fixture->options.counterpart = counterpart ? &fake.counterpart : NULL;
	fixture->run = scenario_play(fixture->scenario, &fixture->stub.transport, &fixture->options, fixture->arena);
}

static const char both[] = HEAD
		"  - workflowId: w\n"
		"    steps:\n"
		"      - stepId: ask\n"
		"        operationId: create\n"
		"        requestBody: {payload: {to: '{$x-keur.counterpart}/cb/a'}}\n"
		"      - stepId: second\n"
		"        x-keur-await: {method: POST, path: /cb/a, match: [{condition: $request.body#/actie == 'update'}]}\n"
		"        successCriteria: [{condition: $request.body#/n == 2, x-keur-rule: update}]\n"
		"        outputs: {n: $request.body#/n}\n"
		"      - stepId: first\n"
		"        x-keur-await: {method: POST, path: '/cb/{$inputs.where}'}\n"
		"        successCriteria:\n"
		"          - {condition: $request.query.soort == 'x', x-keur-rule: query}\n"
		"          - {condition: $request.header.content-type == 'application/json', x-keur-rule: query}\n"
		"          - {condition: $steps.second.outputs.n == 2, x-keur-rule: query}\n"
		"          - {condition: $statusCode == 204, x-keur-rule: query}\n"
		"          - {condition: $request.body#/n == 2, x-keur-rule: wrong, x-keur-aside: true}\n"
		"      - stepId: message\n"
		"        x-keur-await: {method: POST, path: /cb/x}\n"
		"        successCriteria:\n"
		"          - {context: $request.body, type: {type: xpath, version: xpath-10}, condition: \"//*[local-name()='nr'] = 7\", "
		"x-keur-rule: xml}\n"
		"      - stepId: never\n"
		"        x-keur-await: {method: POST, path: /cb/a, absent: true, timeout: 100}\n"
		"        x-keur-rule: never\n"
		"  - workflowId: other\n"
		"    steps:\n"
		"      - stepId: plain\n"
		"        operationId: create\n"
		"        successCriteria: [{condition: $statusCode == 201, x-keur-rule: plain}]\n";

static void test_requests_are_awaited(void **state)
{
	struct fixture fixture;
	(void)state;
	char text[sizeof both + 20];
	snprintf(text, sizeof text, "%s", both);
	char *where = strstr(text, "{$inputs.where}");
	memmove(where + 1, where + strlen("{$inputs.where}"), strlen(where) - strlen("{$inputs.where}") + 1);
	*where = 'a';
	play_with(&fixture, text, true);
	assert_true(fixture.scenario->asks_counterpart);
	assert_string_equal(fixture.stub.bodies[0], "{\"to\":\"http://keur:1/cb/a\"}");
	assert_holds(&fixture, "update");
	assert_holds(&fixture, "query");
	assert_holds(&fixture, "xml");
	assert_holds(&fixture, "never");
	assert_holds(&fixture, "plain");
	assert_int_equal(fact_of(&fixture, "wrong")->violations, 1);
	assert_int_equal(step_of(&fixture, "w/second")->exchange, 101);
	assert_int_equal(fake.begun, 2);
	close_fixture(&fixture);
}

static void test_without_a_counterpart(void **state)
{
	struct fixture fixture;
	(void)state;
	play_with(&fixture, both, false);
	assert_int_equal(fixture.stub.count, 1); /* of the other workflow: this one asks nothing either */
	assert_holds(&fixture, "plain");
	static const char *const names[] = {"update", "query", "xml", "never"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct fact *fact = fact_of(&fixture, names[i]);
		assert_true(fact->untested);
		assert_false(fact->applies || fact->undecided);
		assert_true(str_find_str(fact->why.in[LANG_NL], STR("tegenpartij")) < fact->why.in[LANG_NL].len);
	}
	assert_false(fact_of(&fixture, "plain")->untested);
	close_fixture(&fixture);
}

static void test_what_does_not_come(void **state)
{
	struct fixture fixture;
	(void)state;
	play_with(&fixture,
			HEAD
			"  - workflowId: w\n"
			"    steps:\n"
			"      - stepId: a\n"
			"        x-keur-await: {method: POST, path: /cb/none, timeout: 100}\n"
			"        successCriteria:\n"
			"          - {condition: $request.body#/n == 1, x-keur-rule: one}\n"
			"          - {condition: $request.body#/n == 2, x-keur-rule: two}\n"
			"        outputs: {n: $request.body#/n}\n"
			"      - stepId: b\n"
			"        operationId: create\n"
			"        requestBody: {payload: {n: $steps.a.outputs.n}}\n"
			"        x-keur-rule: after\n"
			"  - workflowId: v\n"
			"    steps:\n"
			"      - {stepId: c, x-keur-rule: absent, x-keur-await: {method: POST, path: /cb/a, timeout: 100, absent: true}}\n",
			true);
	assert_int_equal(fact_of(&fixture, "one")->violations, 1);
	assert_int_equal(fact_of(&fixture, "two")->violations, 1);
	assert_undecided(&fixture, "after", "did not succeed");
	assert_int_equal(fact_of(&fixture, "absent")->violations, 1);
	close_fixture(&fixture);
}

static void test_calls_are_left_out_as_well(void **state)
{
	struct fixture fixture;
	(void)state;
	play_with(&fixture,
			HEAD "  - workflowId: outer\n"
				 "    steps:\n"
				 "      - {stepId: first, operationId: create}\n"
				 "      - {stepId: inner, workflowId: called, x-keur-rule: called}\n"
				 "  - workflowId: called\n"
				 "    steps:\n"
				 "      - {stepId: c, x-keur-await: {method: POST, path: /cb/a}}\n",
			false);
	assert_int_equal(fixture.stub.count, 0);
	assert_true(fact_of(&fixture, "called")->untested);
	close_fixture(&fixture);
}

static void test_mistakes(void **state)
{
	static const char *const wrong[] = {"{method: POST}", "{method: 'a b', path: /x}", "{method: POST, path: x}",
			"{method: POST, path: /x, timeout: 99}", "{method: POST, path: /x, timeout: 60001}",
			"{method: POST, path: /x, url: y}", "{method: POST, path: /x, match: []}",
			"{method: POST, path: /x, absent: 1}", "{method: POST, path: '/{$inputs}'}",
			"{method: POST, path: /x}\n        requestBody: {payload: 1}",
			"{method: POST, path: /x, absent: true}\n        successCriteria: [{condition: $statusCode == 1}]",
			"{method: POST, path: /x}\n        operationId: create"};
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct arena *arena = arena_new();
		struct err err;
		struct shelf shelf = {{shelf_open}, {{"api.yaml", stub_api}}};
		struct scenario_options options = {.loader = &shelf.loader};
		struct str text = str_printf(arena,
				"%s  - workflowId: w\n    steps:\n      - stepId: a\n        x-keur-await: %s\n", HEAD, wrong[i]);
		err_init(&err, arena);
		struct doc *doc = doc_of(STR("t.yaml"), text, &err);
		assert_non_null(doc);
		if (scenario_load(arena, doc, &options, &err)) fail_msg("%s", wrong[i]);
		assert_int_equal(err.code, ERR_RULES);
		assert_true(err.message.in[LANG_NL].len > 0);
		doc_close(doc);
		arena_free(arena);
	}
}

/* Nobody said that the service sends it: not tested, also what only a called workflow waits for. */
static void test_what_is_not_announced_is_not_tested(void **state)
{
	static const char text[] = HEAD
			"  - workflowId: w\n"
			"    x-keur-requires: [sends]\n"
			"    inputs: {type: object, properties: {sends: {type: boolean}}}\n"
			"    steps:\n"
			"      - {stepId: go, workflowId: waits}\n"
			"  - workflowId: waits\n"
			"    steps:\n"
			"      - stepId: a\n"
			"        x-keur-await: {method: POST, path: /cb/a}\n"
			"        successCriteria: [{condition: $request.body#/n == 1, x-keur-rule: awaited}]\n"
			"  - workflowId: plain\n"
			"    x-keur-requires: [sends]\n"
			"    inputs: {type: object, properties: {sends: {type: boolean}}}\n"
			"    steps:\n"
			"      - {stepId: b, operationId: list, x-keur-rule: listed}\n";
	struct fixture fixture;
	(void)state;
	play_with(&fixture, text, true);
	const struct fact *fact = fact_of(&fixture, "awaited");
	assert_false(fact->applies);
	assert_true(fact->untested);
	assert_non_null(strstr(fact->why.in[LANG_EN].ptr, "\"sends\" is not given"));
	assert_false(fact_of(&fixture, "listed")->untested);
	close_fixture(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_requests_are_awaited),
			cmocka_unit_test(test_without_a_counterpart),
			cmocka_unit_test(test_what_does_not_come),
			cmocka_unit_test(test_calls_are_left_out_as_well),
			cmocka_unit_test(test_mistakes),
			cmocka_unit_test(test_what_is_not_announced_is_not_tested),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
