/* Tests of engine/arazzo_run: what is sent, what is judged, which way the flow goes, what becomes of rules. */
#include "unit/engine/arazzo_stub.h"

static const char api[] =
		"openapi: 3.0.3\n"
		"info: {title: t, version: '1'}\n"
		"servers: [{url: 'https://api.test/v1/'}]\n"
		"paths:\n"
		"  /things:\n"
		"    get:\n"
		"      operationId: list\n"
		"      parameters:\n"
		"        - {name: tags, in: query, schema: {type: array}}\n"
		"        - {name: piped, in: query, style: pipeDelimited, explode: false, schema: {type: array}}\n"
		"        - {name: flat, in: query, explode: false, schema: {type: array}}\n"
		"        - {name: deep, in: query, style: deepObject, schema: {type: object}}\n"
		"        - {name: must, in: query, required: false, schema: {type: string}}\n"
		"      responses: {'200': {description: ok}}\n"
		"    post:\n"
		"      operationId: create\n"
		"      requestBody: {content: {application/json: {schema: {type: object}}}}\n"
		"      responses: {'201': {description: ok}}\n"
		"  /things/{id}:\n"
		"    get: {operationId: read, responses: {'200': {description: ok}}}\n"
		"    delete: {operationId: remove, responses: {'204': {description: ok}}}\n";

struct fixture {
	struct arena *arena;
	struct doc *doc;
	struct scenario *scenario;
	struct stub stub;
	struct shelf shelf;
	struct scenario_run *run;
	const struct node *inputs;
	struct scenario_run_options options;
};

#define HEAD                                                                                                           \
	"arazzo: 1.0.1\n"                                                                                                  \
	"info: {title: t, version: '1'}\n"                                                                                 \
	"sourceDescriptions: [{name: api, type: openapi, url: api.yaml}]\n"                                                \
	"workflows:\n"

static void close_fixture(struct fixture *fixture)
{
	doc_close(fixture->doc);
	arena_free(fixture->arena);
}

static void open_fixture(struct fixture *fixture, const char *text)
{
	struct err err;
	*fixture = (struct fixture){.arena = arena_new()};
	err_init(&err, fixture->arena);
	fixture->shelf = (struct shelf){{shelf_open}, {{"api.yaml", api}}};
	fixture->doc = doc_of(STR("test.arazzo.yaml"), str_of(text), &err);
	if (!fixture->doc) fail_msg("%.*s", STR_FMT(err.message.in[LANG_EN]));
	struct scenario_options options = {&fixture->shelf.loader};
	fixture->scenario = scenario_load(fixture->arena, fixture->doc, &options, &err);
	if (!fixture->scenario) fail_msg("%u:%u %.*s", err.loc.line, err.loc.column, STR_FMT(err.message.in[LANG_EN]));
}

static void play(struct fixture *fixture, const char *text, struct answer *answers, const char *inputs)
{
	struct err err;
	open_fixture(fixture, text);
	err_init(&err, fixture->arena);
	fixture->stub = (struct stub){.transport = {stub_send, stub_wait}, .answers = answers, .arena = fixture->arena};
	if (inputs) {
		struct doc *doc = doc_of(STR("inputs"), str_of(inputs), &err);
		arena_on_free(fixture->arena, shelf_close, doc);
		fixture->options.inputs = doc->root;
	}
	fixture->run = scenario_play(fixture->scenario, &fixture->stub.transport, &fixture->options, fixture->arena);
}

static const struct scenario_step *step_of(const struct fixture *fixture, const char *name)
{
	for (uint32_t i = 0; i < fixture->run->step_count; i++)
		if (!fixture->run->steps[i].replaced && str_eq(fixture->run->steps[i].name, str_of(name)))
			return &fixture->run->steps[i];
	fail_msg("no step %s", name);
	return NULL;
}

static const struct fact *fact_of(const struct fixture *fixture, const char *name)
{
	uint32_t rule = scenario_rule_find(fixture->scenario, str_of(name));
	if (rule == UINT32_MAX) fail_msg("no rule %s", name);
	return &fixture->run->facts.items[rule];
}

static void assert_holds(const struct fixture *fixture, const char *name)
{
	const struct fact *fact = fact_of(fixture, name);
	assert_true(fact->applies);
	if (fact->undecided) fail_msg("%.*s", STR_FMT(fact->why.in[LANG_EN]));
	assert_int_equal(fact->violations, 0);
}

static void assert_undecided(const struct fixture *fixture, const char *name, const char *why)
{
	const struct fact *fact = fact_of(fixture, name);
	assert_true(fact->undecided);
	assert_int_equal(fact->violations, 0);
	if (str_find_str(fact->why.in[LANG_EN], str_of(why)) == fact->why.in[LANG_EN].len)
		fail_msg("why: %.*s", STR_FMT(fact->why.in[LANG_EN]));
	assert_true(fact->why.in[LANG_NL].len > 0);
}

static void test_a_chain(void **state)
{
	static const char text[] = HEAD
			"  - workflowId: w\n"
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
	struct answer answers[] = {{.request = "POST /v1/things", .status = 201, .body = "{\"id\": \"x/y z\"}",
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
	static const char text[] = HEAD
			"  - workflowId: w\n"
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

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_a_chain),
			cmocka_unit_test(test_a_violation_and_what_depends_on_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
