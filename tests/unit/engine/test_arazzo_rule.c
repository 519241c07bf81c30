/* SPDX-License-Identifier: EUPL-1.2 */
/* Tests of engine/arazzo_run: rules, criteria of each type, test data, clean-up, marks of requests. */
#include "unit/engine/arazzo_stub.h"

#include "fetch/auth.h"

static void test_named_rules(void **state)
{
	static const char text[] = HEAD
			"  - workflowId: w\n"
			"    x-keur-rule: whole\n"
			"    steps:\n"
			"      - stepId: a\n"
			"        operationId: list\n"
			"        successCriteria:\n"
			"          - {condition: $statusCode == 200, x-keur-rule: status}\n"
			"          - {condition: $response.header.x-version == '1.2',\n"
			"             x-keur-rule: version, x-keur-message: {en: no version, nl: geen versie},\n"
			"             x-keur-expected: {en: a version, nl: een versie}}\n"
			"          - {condition: $response.body#/ok == true}\n"
			"      - {stepId: b, operationId: create, x-keur-rule: status, successCriteria: [{condition: $statusCode == 201}]}\n";
	struct answer answers[] = {{.request = "GET /", .status = 200, .body = "{\"ok\": true}"}, {0}};
	struct answer good[] = {{.request = "GET /",
									.status = 200,
									.body = "{\"ok\": true}",
									.fields = "Content-Type: application/problem+json\nX-Version: 1.2"},
			{.request = "POST /", .status = 200}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, answers, NULL);
	assert_true(fixture.scenario->named);
	assert_int_equal(fixture.scenario->rule_count, 3);
	assert_holds(&fixture, "whole");
	assert_int_equal(fact_of(&fixture, "version")->violations, 1);
	assert_undecided(&fixture, "status", "did not succeed");
	const struct result *result = &fixture.run->facts.results[0];
	assert_true(str_eq(result->message.in[LANG_NL], STR("geen versie")));
	assert_true(str_eq(result->expected.in[LANG_EN], STR("a version")));
	assert_true(str_eq(result->found, STR("$response.header.x-version: null")));
	close_fixture(&fixture);
	play(&fixture, text, good, NULL);
	assert_holds(&fixture, "version");
	assert_int_equal(fact_of(&fixture, "status")->violations, 1);
	close_fixture(&fixture);
}

static void test_test_data_that_is_not_there(void **state)
{
	static const char text[] = HEAD
			"  - workflowId: w\n"
			"    x-keur-requires: [token]\n"
			"    inputs: {type: object, properties: {token: {type: string}}}\n"
			"    steps: [{stepId: a, operationId: list, parameters: [{name: must, in: query, value: $inputs.token}]}]\n"
			"  - workflowId: v\n"
			"    inputs: {type: object, required: [n], properties: {n: {type: integer}}}\n"
			"    steps: [{stepId: a, operationId: list, parameters: [{name: must, in: query, value: $inputs.n},\n"
			"             {name: tags, in: query, value: $inputs.nothing}]}]\n";
	struct answer answers[] = {{.request = "GET /", .status = 200}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, answers, NULL);
	assert_int_equal(fixture.stub.count, 0);
	assert_int_equal(fixture.run->workflows[0].state, SCENARIO_SKIPPED);
	assert_false(fact_of(&fixture, "w/a")->applies);
	assert_true(fact_of(&fixture, "w/a")->why.in[LANG_NL].len > 0);
	assert_undecided(&fixture, "v/a", "needs test data \"n\"");
	close_fixture(&fixture);
	play(&fixture, text, answers, "{\"token\": \"a b\", \"n\": 3}");
	assert_string_equal(fixture.stub.seen[0], "GET https://api.test/v1/things?must=a%20b");
	assert_string_equal(fixture.stub.seen[1], "GET https://api.test/v1/things?must=3");
	close_fixture(&fixture);
	play(&fixture, text, answers, "{\"token\": \"x\", \"n\": \"three\"}");
	assert_int_equal(fixture.stub.count, 1);
	assert_undecided(&fixture, "v/a", "not as its inputs ask: /n");
	close_fixture(&fixture);
}

static void test_cleaning_up(void **state)
{
	static const char text[] = HEAD "  - workflowId: w\n"
									"    steps:\n"
									"      - {stepId: a, operationId: create, outputs: {id: $response.body#/id}}\n"
									"      - {stepId: b, operationId: create, outputs: {id: $response.body#/id}}\n"
									"      - {stepId: c, operationId: list}\n"
									"      - {stepId: never, operationId: create, outputs: {id: $response.body#/id}}\n"
									"      - {stepId: da, x-keur-cleanup: true, operationId: remove,\n"
									"         parameters: [{name: id, in: path, value: $steps.a.outputs.id}]}\n"
									"      - {stepId: db, x-keur-cleanup: true, operationId: remove,\n"
									"         parameters: [{name: id, in: path, value: $steps.b.outputs.id}]}\n"
									"      - {stepId: dn, x-keur-cleanup: true, operationId: remove,\n"
									"         parameters: [{name: id, in: path, value: $steps.never.outputs.id}]}\n"
									"  - workflowId: last\n"
									"    x-keur-cleanup: true\n"
									"    steps: [{stepId: x, x-keur-request: {method: PURGE, path: /all/}}]\n";
	struct answer answers[] = {{.request = "POST /", .status = 201, .body = "{\"id\": 1}", .times = 1},
			{.request = "POST /", .status = 201, .body = "{\"id\": 2}"}, {.request = "GET /", .status = 500},
			{.request = "DELETE /", .status = 500}, {.request = "PURGE /", .status = 200}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, answers, NULL);
	assert_int_equal(fixture.stub.count, 6);
	assert_string_equal(fixture.stub.seen[3], "DELETE https://api.test/v1/things/2");
	assert_string_equal(fixture.stub.seen[4], "DELETE https://api.test/v1/things/1");
	assert_string_equal(fixture.stub.seen[5], "PURGE https://api.test/v1/all/");
	assert_int_equal(scenario_rule_find(fixture.scenario, STR("w/da")), UINT32_MAX);
	assert_int_equal(step_of(&fixture, "w/da")->state, SCENARIO_FAILED);
	assert_true(step_of(&fixture, "w/da")->cleanup);
	assert_int_equal(step_of(&fixture, "w/dn")->state, SCENARIO_NOT_REACHED);
	assert_int_equal(fixture.run->facts.result_count, 1);
	close_fixture(&fixture);
}

static void test_criteria_of_other_types(void **state)
{
	static const char text[] = HEAD
			"  - workflowId: w\n"
			"    inputs: {type: object, properties: {want: {type: string, default: b}}}\n"
			"    steps:\n"
			"      - stepId: a\n"
			"        operationId: list\n"
			"        successCriteria:\n"
			"          - {context: $statusCode, condition: '^20[0-4]$', type: regex, x-keur-rule: regex}\n"
			"          - {context: $response.body, condition: '$.items[?@.k == \"{$inputs.want}\"]', type: jsonpath, x-keur-rule: made}\n"
			"          - {context: $response.body, condition: '$.items[?@.k == \"z\"]', type: jsonpath, x-keur-rule: none}\n"
			"          - {context: $response.body#/missing, condition: '.*', type: regex, x-keur-rule: missing}\n"
			"          - {context: $response.body, condition: /a/b, type: xpath, x-keur-rule: xpath}\n"
			"          - {context: $response.body, condition: '$.a == 1', type: jsonpath, x-keur-rule: nopath}\n"
			"          - {context: $response.body, condition: '$.items', type: {type: jsonpath, version: draft-goessner-dispatch-jsonpath-00}, x-keur-rule: old}\n";
	struct answer answers[] = {
			{.request = "GET /", .status = 204, .body = "{\"items\": [{\"k\": \"a\"}, {\"k\": \"b\"}]}"}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, answers, NULL);
	assert_holds(&fixture, "regex");
	assert_holds(&fixture, "made");
	assert_holds(&fixture, "old");
	assert_int_equal(fact_of(&fixture, "none")->violations, 1);
	assert_int_equal(fact_of(&fixture, "missing")->violations, 1);
	assert_int_equal(fact_of(&fixture, "xpath")->violations, 1);
	assert_undecided(&fixture, "nopath", "JSONPath");
	assert_int_equal(fixture.scenario->remark_count, 2);
	close_fixture(&fixture);
}

static void test_a_body_that_is_no_json(void **state)
{
	static const char text[] = HEAD "  - workflowId: w\n"
									"    steps:\n"
									"      - stepId: a\n"
									"        operationId: list\n"
									"        successCriteria: [{condition: $response.body#/id == 1}]\n";
	struct answer answers[] = {{.request = "GET /", .status = 200, .body = "<html>"}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, answers, NULL);
	assert_int_equal(fact_of(&fixture, "w/a")->violations, 1);
	struct str found = fixture.run->facts.results[0].found;
	assert_true(str_find_str(found, STR("the body is no JSON")) < found.len);
	close_fixture(&fixture);
}

static void test_marks_of_requests_and_servers(void **state)
{
	static const char text[] = HEAD
			"  - workflowId: w\n"
			"    steps:\n"
			"      - {stepId: a, operationId: list, x-keur-anonymous: true, x-keur-keep-redirect: true}\n"
			"      - {stepId: b, x-keur-request: {method: OPTIONS, path: '/things?x=1'},\n"
			"         parameters: [{name: q, in: query, value: é&}, {name: c, in: cookie, value: 1}, {name: d, in: cookie, value: z}]}\n";
	struct answer answers[] = {{.request = "GET /", .status = 200}, {.request = "OPTIONS /", .status = 200}, {0}};
	struct fixture fixture;
	(void)state;
	open_fixture(&fixture, text);
	fixture.options.server = STR("http://localhost:1/base/");
	fixture.stub = (struct stub){.transport = {stub_send, stub_wait}, .answers = answers, .arena = fixture.arena};
	fixture.run = scenario_play(fixture.scenario, &fixture.stub.transport, &fixture.options, fixture.arena);
	assert_string_equal(fixture.stub.seen[0], "GET http://localhost:1/base/things");
	assert_string_equal(fixture.stub.seen[1], "OPTIONS http://localhost:1/base/things?x=1&q=%C3%A9%26");
	assert_string_equal(fixture.stub.fields[1], "Cookie: c=1; d=z\n");
	assert_true(fixture.stub.anonymous[0] && fixture.stub.kept[0]);
	assert_false(fixture.stub.anonymous[1] || fixture.stub.kept[1]);
	close_fixture(&fixture);
}

static void test_a_step_without_criteria(void **state)
{
	static const char text[] = HEAD "  - workflowId: w\n"
									"    steps:\n"
									"      - {stepId: a, operationId: list}\n"
									"      - {stepId: b, operationId: create}\n";
	struct answer answers[] = {{.request = "GET /", .status = 304}, {.request = "POST /", .status = 404}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, answers, NULL);
	assert_holds(&fixture, "w/a");
	assert_int_equal(fact_of(&fixture, "w/b")->violations, 1);
	assert_true(str_eq(fixture.run->facts.results[0].pointer, STR("/workflows/0/steps/1")));
	assert_true(str_eq(fixture.run->facts.results[0].found, STR("404")));
	assert_true(str_eq(fixture.scenario->rules[1].pointer, STR("/workflows/0/steps/1")));
	close_fixture(&fixture);
}

/* What comes behind a failure of another workflow is known all the same. */
static void test_workflows_stand_apart(void **state)
{
	static const char text[] = HEAD "  - {workflowId: w, steps: [{stepId: a, operationId: list}]}\n"
									"  - {workflowId: v, steps: [{stepId: a, operationId: create}]}\n";
	struct answer answers[] = {{.request = "GET /", .status = 500}, {.request = "POST /", .status = 200}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, answers, NULL);
	assert_int_equal(fact_of(&fixture, "w/a")->violations, 1);
	assert_holds(&fixture, "v/a");
	close_fixture(&fixture);
}

/* Outputs of a step that did not succeed are not known; what decides without them decides all the same. */
static void test_what_a_failure_kept_away(void **state)
{
	static const char text[] = HEAD
			"  - workflowId: w\n"
			"    steps:\n"
			"      - stepId: a\n"
			"        operationId: create\n"
			"        x-keur-rule: made\n"
			"        successCriteria: [{condition: $statusCode == 201}]\n"
			"        onFailure: [{name: on, type: goto, stepId: b}]\n"
			"        outputs: {id: $response.body#/id, n: $response.body#/n}\n"
			"      - stepId: b\n"
			"        operationId: list\n"
			"        successCriteria:\n"
			"          - {condition: $steps.a.outputs.id == null, x-keur-rule: unknown}\n"
			"          - {condition: $steps.a.outputs.id == null && $statusCode == 500, x-keur-rule: no}\n"
			"          - {condition: $steps.a.outputs.id == null || $statusCode == 200, x-keur-rule: yes}\n"
			"          - {condition: '!($steps.a.outputs.id == null)', x-keur-rule: negated}\n"
			"          - {condition: $steps.a.outputs.n == 4, x-keur-rule: known}\n";
	struct answer answers[] = {
			{.request = "POST /", .status = 500, .body = "{\"n\": 4}"}, {.request = "GET /", .status = 200}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, answers, NULL);
	assert_int_equal(fact_of(&fixture, "made")->violations, 1);
	assert_undecided(&fixture, "unknown", "step \"a\" did not succeed");
	assert_undecided(&fixture, "negated", "step \"a\" did not succeed");
	assert_int_equal(fact_of(&fixture, "no")->violations, 1);
	assert_false(fact_of(&fixture, "no")->undecided);
	assert_holds(&fixture, "yes");
	assert_holds(&fixture, "known");
	close_fixture(&fixture);
}

static void test_skipped_with_what_it_depends_on(void **state)
{
	static const char text[] = HEAD
			"  - {workflowId: w, x-keur-requires: [t], steps: [{stepId: a, operationId: list}]}\n"
			"  - {workflowId: v, dependsOn: [w], steps: [{stepId: a, operationId: list}]}\n"
			"  - workflowId: u\n"
			"    x-keur-optional: true\n"
			"    inputs: {type: object, required: [k], properties: {k: {type: string}}}\n"
			"    steps: [{stepId: a, operationId: list}]\n";
	struct answer answers[] = {{0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, answers, NULL);
	for (uint32_t i = 0; i < 3; i++) {
		assert_int_equal(fixture.run->workflows[i].state, SCENARIO_SKIPPED);
		assert_false(fixture.run->facts.items[i].applies || fixture.run->facts.items[i].undecided);
	}
	close_fixture(&fixture);
}

static void test_nothing_to_clean_up(void **state)
{
	static const char text[] = HEAD "  - workflowId: w\n"
									"    steps:\n"
									"      - {stepId: a, operationId: create, outputs: {id: $response.body#/id}}\n"
									"      - {stepId: b, x-keur-cleanup: true, operationId: remove,\n"
									"         parameters: [{name: id, in: path, value: $steps.a.outputs.id}]}\n";
	struct answer answers[] = {{.request = "POST /", .failure = FAILURE_RESET}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, answers, NULL);
	assert_int_equal(step_of(&fixture, "w/b")->state, SCENARIO_NOT_REACHED);
	assert_int_equal(fixture.stub.count, 1);
	close_fixture(&fixture);
}

/* A request that had to be refused made something, or did not: what it made is removed, and else nothing is sent. */
static void test_nothing_made(void **state)
{
	static const char text[] = HEAD
			"  - workflowId: w\n"
			"    steps:\n"
			"      - stepId: a\n"
			"        operationId: create\n"
			"        successCriteria: [{condition: $statusCode == 400, x-keur-rule: r, x-keur-aside: true}]\n"
			"        outputs: {id: $response.body#/id}\n"
			"      - {stepId: b, x-keur-cleanup: true, operationId: remove,\n"
			"         parameters: [{name: id, in: path, value: $steps.a.outputs.id}]}\n";
	struct answer refused[] = {{.request = "POST /", .status = 400, .body = "{\"code\": \"invalid\"}"}, {0}};
	struct answer made[] = {
			{.request = "POST /", .status = 201, .body = "{\"id\": 7}"}, {.request = "DELETE /", .status = 204}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, refused, NULL);
	assert_int_equal(step_of(&fixture, "w/b")->state, SCENARIO_NOT_REACHED);
	assert_int_equal(fixture.stub.count, 1);
	close_fixture(&fixture);
	play(&fixture, text, made, NULL);
	assert_string_equal(fixture.stub.seen[1], "DELETE https://api.test/v1/things/7");
	close_fixture(&fixture);
}

/* A criterion on refusals says nothing of what was not refused: neither violated nor, by itself, undecided. */
static void test_a_criterion_with_when(void **state)
{
	static const char text[] = HEAD
			"  - workflowId: w\n"
			"    steps:\n"
			"      - stepId: a\n"
			"        operationId: create\n"
			"        successCriteria:\n"
			"          - {condition: $statusCode == 400, x-keur-rule: status, x-keur-aside: true}\n"
			"          - {condition: $response.body#/code == 'x', x-keur-rule: code, x-keur-when: $statusCode == 400,\n"
			"             x-keur-aside: true}\n";
	struct answer accepted[] = {{.request = "POST /", .status = 201, .body = "{\"id\": 7}"}, {0}};
	struct answer refused[] = {{.request = "POST /", .status = 400, .body = "{\"code\": \"y\"}"}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, accepted, NULL);
	assert_int_equal(fact_of(&fixture, "status")->violations, 1);
	assert_false(fact_of(&fixture, "code")->applies);
	assert_false(fact_of(&fixture, "code")->undecided);
	assert_true(fact_of(&fixture, "code")->why.in[LANG_NL].len > 0);
	close_fixture(&fixture);
	play(&fixture, text, refused, NULL);
	assert_int_equal(fact_of(&fixture, "status")->violations, 0);
	assert_int_equal(fact_of(&fixture, "code")->violations, 1);
	close_fixture(&fixture);
}

struct counting {
	struct scenario_progress progress;
	uint32_t told, last, total;
};

static void count(struct scenario_progress *progress, uint32_t done, uint32_t total, struct str step)
{
	struct counting *counting = (struct counting *)progress;
	assert_int_equal(done, counting->told);
	assert_true(step.len > 0);
	counting->told++;
	counting->total = total;
}

static void test_progress(void **state)
{
	static const char text[] = HEAD
			"  - {workflowId: w, steps: [{stepId: a, operationId: list}, {stepId: b, operationId: create}]}\n";
	struct answer answers[] = {{.request = "GET /", .status = 200}, {.request = "POST /", .status = 200}, {0}};
	struct counting counting = {.progress = {count}};
	struct fixture fixture;
	(void)state;
	open_fixture(&fixture, text);
	fixture.options.progress = &counting.progress;
	fixture.stub = (struct stub){.transport = {stub_send, stub_wait}, .answers = answers, .arena = fixture.arena};
	fixture.run = scenario_play(fixture.scenario, &fixture.stub.transport, &fixture.options, fixture.arena);
	assert_int_equal(counting.told, 2);
	assert_int_equal(counting.total, 2);
	close_fixture(&fixture);
}

struct stopping {
	struct scenario_progress progress;
	atomic_bool stop;
	uint32_t after;
};

static void stop_after(struct scenario_progress *progress, uint32_t done, uint32_t total, struct str step)
{
	struct stopping *stopping = (struct stopping *)progress;
	(void)total;
	(void)step;
	if (done >= stopping->after) atomic_store(&stopping->stop, true);
}

/* Nothing new is begun, not even by a retry or another workflow; what was made is cleaned up. */
static void test_an_interruption_cleans_up(void **state)
{
	static const char text[] = HEAD
			"  - workflowId: w\n"
			"    steps:\n"
			"      - {stepId: make, operationId: create, outputs: {id: $response.body#/id}}\n"
			"      - {stepId: busy, operationId: list, successCriteria: [{condition: $statusCode == 200}],\n"
			"         onFailure: [{name: r, type: retry, retryAfter: 5, retryLimit: 9}]}\n"
			"      - {stepId: next, operationId: list}\n"
			"      - {stepId: gone, x-keur-cleanup: true, operationId: remove,\n"
			"         parameters: [{name: id, in: path, value: $steps.make.outputs.id}]}\n"
			"  - {workflowId: v, steps: [{stepId: a, operationId: list}]}\n";
	struct answer answers[] = {{.request = "POST /", .status = 201, .body = "{\"id\": \"7\"}"},
			{.request = "GET /", .status = 503}, {.request = "DELETE /v1/things/7", .status = 204}, {0}};
	struct stopping stopping = {.progress = {stop_after}, .after = 1};
	struct fixture fixture;
	(void)state;
	open_fixture(&fixture, text);
	fixture.options.progress = &stopping.progress;
	fixture.options.stop = &stopping.stop;
	fixture.stub = (struct stub){.transport = {stub_send, stub_wait}, .answers = answers, .arena = fixture.arena};
	fixture.run = scenario_play(fixture.scenario, &fixture.stub.transport, &fixture.options, fixture.arena);
	assert_int_equal(fixture.stub.count, 3);
	assert_string_equal(fixture.stub.seen[2], "DELETE https://api.test/v1/things/7");
	assert_int_equal(step_of(&fixture, "w/gone")->state, SCENARIO_SUCCEEDED);
	assert_holds(&fixture, "w/make");
	assert_undecided(&fixture, "w/busy", "interrupted");
	assert_undecided(&fixture, "w/next", "interrupted");
	assert_undecided(&fixture, "v/a", "interrupted");
	close_fixture(&fixture);
}

/* The exchange carries it; what becomes of it is the client's business (fetch/http). */
static void test_another_token(void **state)
{
	static const char text[] = HEAD
			"  - workflowId: w\n"
			"    steps:\n"
			"      - {stepId: a, operationId: list, x-keur-token: {iat: -60, exp: 5, secret: s, client-id: c, without: [iat, client_id]}}\n"
			"      - {stepId: b, operationId: list, x-keur-token: {alg: none}}\n"
			"      - {stepId: c, operationId: list}\n";
	struct answer answers[] = {{.request = "GET /", .status = 200}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, answers, NULL);
	const struct token_change *first = fixture.stub.token[0], *second = fixture.stub.token[1];
	assert_int_equal(first->age, 60);
	assert_true(first->expires && first->lifetime == 5 && first->without_iat && first->without_client_id);
	assert_true(str_eq(first->secret, STR("s")) && str_eq(first->client_id, STR("c")) && !first->is_unsigned);
	assert_true(second->is_unsigned && !second->expires && !second->secret.ptr && second->age == 0);
	assert_null(fixture.stub.token[2]);
	close_fixture(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_named_rules),
			cmocka_unit_test(test_test_data_that_is_not_there),
			cmocka_unit_test(test_cleaning_up),
			cmocka_unit_test(test_criteria_of_other_types),
			cmocka_unit_test(test_a_body_that_is_no_json),
			cmocka_unit_test(test_marks_of_requests_and_servers),
			cmocka_unit_test(test_a_step_without_criteria),
			cmocka_unit_test(test_workflows_stand_apart),
			cmocka_unit_test(test_what_a_failure_kept_away),
			cmocka_unit_test(test_skipped_with_what_it_depends_on),
			cmocka_unit_test(test_nothing_to_clean_up),
			cmocka_unit_test(test_nothing_made),
			cmocka_unit_test(test_a_criterion_with_when),
			cmocka_unit_test(test_progress),
			cmocka_unit_test(test_an_interruption_cleans_up),
			cmocka_unit_test(test_another_token),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
