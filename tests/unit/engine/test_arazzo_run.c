/* SPDX-License-Identifier: EUPL-1.2 */
/* Tests of engine/arazzo_run: what is sent, which way the flow goes, where it ends. */
#include "unit/engine/arazzo_stub.h"

#define HEAD_1_1                                                                                                       \
	"arazzo: 1.1.0\n"                                                                                                  \
	"info: {title: t, version: '1'}\n"                                                                                 \
	"sourceDescriptions: [{name: api, type: openapi, url: api.yaml}]\n"                                                \
	"workflows:\n"

static void test_a_chain(void **state)
{
	static const char text[] = HEAD "  - workflowId: w\n"
									"    steps:\n"
									"      - stepId: make\n"
									"        operationId: create\n"
									"        requestBody: {payload: {name: 'a \"b\"', size: 12.50, on: true}}\n"
									"        successCriteria:\n"
									"          - condition: $statusCode == 201 && $response.body#/id != null\n"
									"        outputs: {id: $response.body#/id, where: $response.header.location}\n"
									"      - stepId: look\n"
									"        operationId: $sourceDescriptions.api.read\n"
									"        parameters:\n"
									"          - {name: id, in: path, value: $steps.make.outputs.id}\n"
									"          - {name: X-Where, in: header, value: 'at {$steps.make.outputs.where}'}\n"
									"        successCriteria:\n"
									"          - condition: $response.body#/name == 'A \"B\"'\n"
									"    outputs: {made: $steps.make.outputs.id}\n";
	struct answer answers[] = {{.request = "POST /v1/things",
									   .status = 201,
									   .body = "{\"id\": \"x/y z\"}",
									   .fields = "Content-Type: application/json\nLocation: /here"},
			{.request = "GET /v1/things/", .status = 200, .body = "{\"name\": \"a \\\"b\\\"\"}"}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, answers, NULL);
	assert_int_equal(fixture.stub.count, 2);
	assert_string_equal(fixture.stub.seen[0], "POST https://api.test/v1/things");
	assert_string_equal(fixture.stub.bodies[0], "{\"name\":\"a \\\"b\\\"\",\"size\":12.50,\"on\":true}");
	assert_string_equal(fixture.stub.fields[0], "Content-Type: application/json\n");
	assert_string_equal(fixture.stub.seen[1], "GET https://api.test/v1/things/x%2Fy%20z");
	assert_string_equal(fixture.stub.fields[1], "X-Where: at /here\n");
	assert_holds(&fixture, "w/make");
	assert_holds(&fixture, "w/look");
	assert_int_equal(fixture.run->workflow_count, 1);
	assert_int_equal(fixture.run->workflows[0].state, SCENARIO_SUCCEEDED);
	assert_true(str_eq(node_string_member(fixture.run->workflows[0].outputs, STR("made")), STR("x/y z")));
	assert_int_equal(step_of(&fixture, "w/look")->exchange, 2);
	close_fixture(&fixture);
}

static void test_a_violation_and_what_depends_on_it(void **state)
{
	static const char text[] = HEAD "  - workflowId: w\n"
									"    steps:\n"
									"      - stepId: a\n"
									"        operationId: list\n"
									"        successCriteria: [{condition: $statusCode == 200}]\n"
									"        outputs: {first: $response.body#/0/id}\n"
									"      - stepId: b\n"
									"        operationId: read\n"
									"        parameters: [{name: id, in: path, value: $steps.a.outputs.first}]\n";
	struct answer answers[] = {{.request = "GET /v1/things", .status = 500, .body = "{}"}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, answers, NULL);
	assert_int_equal(fact_of(&fixture, "w/a")->violations, 1);
	assert_false(fact_of(&fixture, "w/a")->undecided);
	assert_undecided(&fixture, "w/b", "step \"w/a\" did not succeed");
	assert_int_equal(fixture.run->facts.result_count, 1);
	const struct result *result = &fixture.run->facts.results[0];
	assert_int_equal(result->exchange, 1);
	assert_true(str_eq(result->expected.in[LANG_EN], STR("$statusCode == 200")));
	assert_true(str_eq(result->found, STR("$statusCode: 500")));
	assert_true(str_eq(result->pointer, STR("/workflows/0/steps/0/successCriteria/0/condition")));
	assert_int_equal(source_locate(result->doc->source, result->start).line, 9);
	close_fixture(&fixture);
}

static void test_a_failed_exchange_is_undecided(void **state)
{
	static const char text[] = HEAD "  - workflowId: w\n"
									"    steps:\n"
									"      - stepId: a\n"
									"        operationId: list\n"
									"        successCriteria: [{condition: $statusCode == 200}]\n";
	struct answer answers[] = {{.request = "GET /v1/things", .failure = FAILURE_CERTIFICATE}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, answers, NULL);
	assert_undecided(&fixture, "w/a", "the stub has no answer");
	assert_int_equal(fixture.run->workflows[0].state, SCENARIO_UNDECIDED);
	assert_int_equal(fixture.run->facts.result_count, 0);
	close_fixture(&fixture);
}

/* The step's own time that ran out is a failure of the step; that of the transport decides nothing. */
static void test_a_step_that_takes_too_long(void **state)
{
	static const char text[] = "arazzo: 1.1.0\n"
							   "info: {title: t, version: '1'}\n"
							   "sourceDescriptions: [{name: api, type: openapi, url: api.yaml}]\n"
							   "workflows:\n"
							   "  - workflowId: w\n"
							   "    steps:\n"
							   "      - {stepId: a, operationId: list, timeout: 400,\n"
							   "         successCriteria: [{condition: $statusCode == 200}, {condition: 1 == 1}]}\n";
	struct answer slow[] = {{.request = "GET /v1/things", .failure = FAILURE_TIMEOUT, .took = 400.3}, {0}};
	struct answer silent[] = {{.request = "GET /v1/things", .failure = FAILURE_TIMEOUT, .took = 300}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, slow, NULL);
	assert_int_equal(fixture.run->workflows[0].state, SCENARIO_FAILED);
	assert_int_equal(fixture.run->facts.result_count, 1);
	struct str expected = fixture.run->facts.results[0].expected.in[LANG_EN];
	assert_true(str_eq(expected, STR("an answer within 400 ms (timeout)")));
	close_fixture(&fixture);
	play(&fixture, text, silent, NULL);
	assert_int_equal(fixture.run->workflows[0].state, SCENARIO_UNDECIDED);
	assert_undecided(&fixture, "w/a", "the stub has no answer");
	close_fixture(&fixture);
}

static void test_a_check_about_a_failure(void **state)
{
	static const char text[] = HEAD "  - workflowId: w\n"
									"    steps:\n"
									"      - stepId: a\n"
									"        x-keur-request: {method: GET, url: 'http://plain.test/x y'}\n"
									"        x-keur-failure: [connect, reset]\n"
									"        x-keur-rule: closed\n";
	struct answer refused[] = {{.request = "GET /", .failure = FAILURE_CONNECT}, {0}};
	struct answer open[] = {{.request = "GET /", .status = 301}, {0}};
	struct answer other[] = {{.request = "GET /", .failure = FAILURE_TIMEOUT}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, refused, NULL);
	assert_string_equal(fixture.stub.seen[0], "GET http://plain.test/x%20y");
	assert_holds(&fixture, "closed");
	close_fixture(&fixture);
	play(&fixture, text, open, NULL);
	assert_int_equal(fact_of(&fixture, "closed")->violations, 1);
	assert_true(str_eq(fixture.run->facts.results[0].found, STR("301")));
	close_fixture(&fixture);
	play(&fixture, text, other, NULL);
	assert_int_equal(fact_of(&fixture, "closed")->violations, 1);
	close_fixture(&fixture);
}

static void test_retries(void **state)
{
	static const char text[] = HEAD "  - workflowId: w\n"
									"    steps:\n"
									"      - stepId: a\n"
									"        operationId: list\n"
									"        successCriteria: [{condition: $statusCode == 200}]\n"
									"        onFailure:\n"
									"          - {name: again, type: retry, retryAfter: 1.5, retryLimit: 2,\n"
									"             criteria: [{condition: $statusCode == 503}]}\n"
									"          - {name: stop, type: end}\n";
	struct answer soon[] = {{.request = "GET /v1/things", .status = 503, .times = 2},
			{.request = "GET /v1/things", .status = 200}, {0}};
	struct answer never[] = {{.request = "GET /v1/things", .status = 503}, {0}};
	struct answer later[] = {{.request = "GET /v1/things", .status = 503, .fields = "Retry-After: 7", .times = 1},
			{.request = "GET /v1/things", .status = 200}, {0}};
	struct answer long_wait[] = {{.request = "GET /v1/things", .status = 503, .fields = "Retry-After: 86400"}, {0}};
	struct answer other[] = {{.request = "GET /v1/things", .status = 404}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, soon, NULL);
	assert_int_equal(fixture.stub.count, 3);
	assert_int_equal(fixture.stub.waited, 3000);
	assert_int_equal(step_of(&fixture, "w/a")->attempts, 3);
	assert_holds(&fixture, "w/a");
	close_fixture(&fixture);
	play(&fixture, text, never, NULL);
	assert_int_equal(fixture.stub.count, 3);
	assert_int_equal(fact_of(&fixture, "w/a")->violations, 1);
	close_fixture(&fixture);
	play(&fixture, text, later, NULL);
	assert_int_equal(fixture.stub.waited, 7000);
	assert_holds(&fixture, "w/a");
	close_fixture(&fixture);
	play(&fixture, text, long_wait, NULL);
	assert_int_equal(fixture.stub.waits, 0);
	assert_undecided(&fixture, "w/a", "86400");
	close_fixture(&fixture);
	play(&fixture, text, other, NULL);
	assert_int_equal(fixture.stub.count, 1);
	assert_int_equal(fact_of(&fixture, "w/a")->violations, 1);
	close_fixture(&fixture);
}

static void test_going_elsewhere(void **state)
{
	static const char text[] = HEAD
			"  - workflowId: w\n"
			"    steps:\n"
			"      - stepId: a\n"
			"        operationId: list\n"
			"        onSuccess: [{name: skip, type: goto, stepId: c, criteria: [{condition: $statusCode == 200}]}]\n"
			"      - {stepId: b, operationId: read, parameters: [{name: id, in: path, value: 1}]}\n"
			"      - {stepId: c, operationId: create, onSuccess: [{name: over, type: goto, workflowId: v}]}\n"
			"      - {stepId: d, operationId: list}\n"
			"  - workflowId: v\n"
			"    steps: [{stepId: e, operationId: remove, parameters: [{name: id, in: path, value: 2}]}]\n";
	struct answer answers[] = {{.request = "GET /v1/things", .status = 200}, {.request = "POST /", .status = 201},
			{.request = "DELETE /", .status = 204}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, answers, NULL);
	assert_int_equal(fixture.stub.count, 3);
	assert_string_equal(fixture.stub.seen[2], "DELETE https://api.test/v1/things/2");
	assert_holds(&fixture, "w/a");
	assert_holds(&fixture, "v/e");
	assert_false(fact_of(&fixture, "w/b")->applies);
	assert_false(fact_of(&fixture, "w/b")->undecided);
	assert_int_equal(step_of(&fixture, "w/d")->state, SCENARIO_NOT_REACHED);
	assert_int_equal(fixture.run->workflow_count, 2);
	close_fixture(&fixture);
}

static void test_a_loop_ends_at_the_ceiling(void **state)
{
	static const char text[] = HEAD
			"  - workflowId: w\n"
			"    steps: [{stepId: a, operationId: list, onSuccess: [{name: on, type: goto, stepId: a}]}]\n";
	static const char calls[] = HEAD "  - workflowId: w\n"
									 "    steps: [{stepId: a, workflowId: v}]\n"
									 "  - workflowId: v\n"
									 "    steps: [{stepId: a, workflowId: w}]\n";
	struct answer answers[] = {{.request = "GET /v1/things", .status = 200}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, answers, NULL);
	assert_int_equal(fixture.stub.count, LIMIT_SCENARIO_STEPS);
	assert_undecided(&fixture, "w/a", "10000 steps");
	close_fixture(&fixture);
	play(&fixture, calls, answers, NULL);
	assert_int_equal(fixture.stub.count, 0);
	assert_undecided(&fixture, "w/a", "32 deep");
	close_fixture(&fixture);
}

/* A clean-up that goes round ends as well, and a failure in it is only told. */
static void test_cleaning_up_for_ever(void **state)
{
	static const char text[] = HEAD
			"  - {workflowId: w, steps: [{stepId: a, operationId: list}]}\n"
			"  - workflowId: last\n"
			"    x-keur-cleanup: true\n"
			"    steps: [{stepId: x, operationId: create, onFailure: [{name: on, type: goto, stepId: x}]}]\n";
	struct answer answers[] = {{.request = "GET /", .status = 200}, {.request = "POST /", .status = 500}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, answers, NULL);
	assert_int_equal(fixture.stub.count, 1 + LIMIT_SCENARIO_STEPS);
	assert_int_equal(fixture.scenario->rule_count, 1);
	assert_holds(&fixture, "w/a");
	close_fixture(&fixture);
}

/* A large workflow that is called again and again ends at its first step: what is recorded does not grow with it. */
static void test_a_large_workflow_called_often(void **state)
{
	struct strbuf text;
	struct answer answers[] = {{.request = "GET /", .status = 500}, {0}};
	struct fixture fixture;
	(void)state;
	strbuf_init(&text, 1 << 20);
	strbuf_add(&text,
			STR(HEAD
					"  - workflowId: w\n    steps: [{stepId: a, workflowId: v, onFailure: [{name: on, type: goto, stepId: a}]}]\n"
					"  - workflowId: v\n    steps:\n"));
	for (int i = 0; i < 2000; i++)
		strbuf_printf(&text, "      - {stepId: s%d, operationId: list}\n", i);
	play(&fixture, text.ptr, answers, NULL);
	assert_true(fixture.run->step_count < 10000);
	assert_undecided(&fixture, "v/s1", "did not succeed");
	assert_undecided(&fixture, "w/a", "were called in this run");
	close_fixture(&fixture);
	strbuf_release(&text);
}

static void test_called_workflows(void **state)
{
	static const char text[] = HEAD
			"  - workflowId: w\n"
			"    inputs: {type: object, properties: {kind: {type: string, default: small}}}\n"
			"    steps:\n"
			"      - stepId: a\n"
			"        workflowId: make\n"
			"        parameters: [{name: label, value: 'x {$inputs.kind}'}]\n"
			"        successCriteria: [{condition: $outputs.id == 5 && $statusCode == 201}]\n"
			"        outputs: {id: $outputs.id}\n"
			"      - {stepId: b, operationId: read, parameters: [{name: id, in: path, value: $steps.a.outputs.id}]}\n"
			"  - workflowId: make\n"
			"    inputs: {type: object, required: [label], properties: {label: {type: string}}}\n"
			"    steps:\n"
			"      - stepId: post\n"
			"        operationId: create\n"
			"        requestBody: {payload: {label: $inputs.label, none: $inputs.other}}\n"
			"        outputs: {id: $response.body#/id}\n"
			"    outputs: {id: $steps.post.outputs.id}\n";
	struct answer answers[] = {{.request = "POST /", .status = 201, .body = "{\"id\": 5}"},
			{.request = "GET /v1/things/5", .status = 200}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, answers, NULL);
	assert_int_equal(fixture.stub.count, 2);
	assert_string_equal(fixture.stub.bodies[0], "{\"label\":\"x small\"}");
	assert_holds(&fixture, "w/a");
	assert_holds(&fixture, "w/b");
	assert_holds(&fixture, "make/post");
	assert_int_equal(fixture.run->workflows[1].depth, 1);
	close_fixture(&fixture);
	struct answer broken[] = {{.request = "POST /", .status = 400}, {0}};
	play(&fixture, text, broken, NULL);
	assert_int_equal(fact_of(&fixture, "make/post")->violations, 1);
	assert_int_equal(fact_of(&fixture, "w/a")->violations, 1);
	assert_undecided(&fixture, "w/b", "w/a");
	close_fixture(&fixture);
}

static void test_dependencies(void **state)
{
	static const char text[] = HEAD
			"  - workflowId: second\n"
			"    dependsOn: [first]\n"
			"    steps: [{stepId: a, operationId: read,\n"
			"             parameters: [{name: id, in: path, value: $workflows.first.outputs.id}]}]\n"
			"  - workflowId: first\n"
			"    steps: [{stepId: a, operationId: create, outputs: {id: $response.body#/id}}]\n"
			"    outputs: {id: $steps.a.outputs.id}\n";
	struct answer answers[] = {
			{.request = "POST /", .status = 201, .body = "{\"id\": \"k\"}"}, {.request = "GET /", .status = 200}, {0}};
	struct answer broken[] = {{.request = "POST /", .status = 500}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, answers, NULL);
	assert_string_equal(fixture.stub.seen[1], "GET https://api.test/v1/things/k");
	assert_holds(&fixture, "second/a");
	close_fixture(&fixture);
	play(&fixture, text, broken, NULL);
	assert_int_equal(fixture.stub.count, 1);
	assert_undecided(&fixture, "second/a", "depends on workflow \"first\"");
	close_fixture(&fixture);
}

/* An answer in XML: XPath 1.0 decides; what is another version, or hostile, is undecided. */
static void test_xml_answers(void **state)
{
	static const char text[] = HEAD_1_1
			"  - workflowId: w\n"
			"    steps:\n"
			"      - stepId: a\n"
			"        operationId: list\n"
			"        successCriteria:\n"
			"          - {context: $response.body, condition: \"/r/id = 'x1'\", type: xpath, x-keur-rule: plain}\n"
			"          - {context: $response.body, condition: /r/id, type: {type: xpath, version: xpath-10}, x-keur-rule: one}\n"
			"          - {context: $response.body, condition: /r/none, type: {type: xpath, version: xpath-10}, x-keur-rule: none}\n"
			"          - {context: $response.body, condition: /r/id, type: {type: xpath, version: xpath-31}, x-keur-rule: later}\n"
			"          - {context: $response.body, condition: '/r[', type: {type: xpath, version: xpath-10}, x-keur-rule: wrong}\n"
			"          - {context: $response.body, condition: \"/r/id[. = 'x{$statusCode}']\", type: {type: xpath, version: xpath-10}, x-keur-rule: made}\n"
			"        outputs:\n"
			"          id: {context: $response.body, selector: /r/id, type: {type: xpath, version: xpath-10}}\n";
	struct answer xml[] = {{.request = "GET /v1/things",
								   .status = 200,
								   .body = "<r><id>x1</id><id>x200</id></r>",
								   .fields = "Content-Type: application/xml"},
			{0}};
	struct answer hostile[] = {{.request = "GET /v1/things",
									   .status = 200,
									   .body = "<!DOCTYPE r [<!ENTITY e 'x1'>]><r><id>&e;</id></r>",
									   .fields = "Content-Type: application/xml"},
			{0}};
	struct answer broken[] = {{.request = "GET /v1/things",
									  .status = 200,
									  .body = "<r><id>x1</r>",
									  .fields = "Content-Type: application/xml"},
			{0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, xml, NULL);
	assert_holds(&fixture, "plain");
	assert_holds(&fixture, "one");
	assert_holds(&fixture, "made");
	assert_int_equal(fact_of(&fixture, "none")->violations, 1);
	assert_undecided(&fixture, "later", "only XPath 1.0");
	assert_undecided(&fixture, "wrong", "XPath 1.0");
	assert_int_equal(fixture.scenario->remark_count, 3);
	close_fixture(&fixture);
	play(&fixture, text, hostile, NULL);
	assert_undecided(&fixture, "one", "DOCTYPE");
	close_fixture(&fixture);
	play(&fixture, text, broken, NULL);
	assert_int_equal(fact_of(&fixture, "one")->violations, 1);
	close_fixture(&fixture);
}

static void test_an_output_from_xml(void **state)
{
	static const char text[] = HEAD_1_1
			"  - workflowId: w\n"
			"    steps:\n"
			"      - stepId: a\n"
			"        operationId: list\n"
			"        outputs:\n"
			"          id: {context: $response.body, selector: /r/id, type: {type: xpath, version: xpath-10}}\n"
			"    outputs: {id: $steps.a.outputs.id}\n";
	struct answer xml[] = {{.request = "GET /v1/things",
								   .status = 200,
								   .body = "<r><id>x1</id><id>x2</id></r>",
								   .fields = "Content-Type: application/xml"},
			{0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, xml, NULL);
	assert_int_equal(fixture.scenario->remark_count, 0);
	assert_true(str_eq(node_string_member(fixture.run->workflows[0].outputs, STR("id")), STR("x1")));
	close_fixture(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_a_chain),
			cmocka_unit_test(test_a_violation_and_what_depends_on_it),
			cmocka_unit_test(test_a_failed_exchange_is_undecided),
			cmocka_unit_test(test_a_step_that_takes_too_long),
			cmocka_unit_test(test_a_check_about_a_failure),
			cmocka_unit_test(test_retries),
			cmocka_unit_test(test_going_elsewhere),
			cmocka_unit_test(test_a_loop_ends_at_the_ceiling),
			cmocka_unit_test(test_cleaning_up_for_ever),
			cmocka_unit_test(test_a_large_workflow_called_often),
			cmocka_unit_test(test_called_workflows),
			cmocka_unit_test(test_dependencies),
			cmocka_unit_test(test_xml_answers),
			cmocka_unit_test(test_an_output_from_xml),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
