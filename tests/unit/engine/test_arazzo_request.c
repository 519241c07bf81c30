/* SPDX-License-Identifier: EUPL-1.2 */
/* Tests of the requests that steps make: styles of parameters, bodies of each kind, replacements, what cannot be made.
 */
#include "unit/engine/arazzo_stub.h"

#define STEP HEAD "  - workflowId: w\n    steps:\n      - stepId: a\n        operationId: "

static struct answer fine[] = {{.request = "GET /", .status = 200}, {.request = "POST /", .status = 200}, {0}};

/* Plays one step, and compares the query of its URL. */
static void assert_query(const char *parameters, const char *query)
{
	struct fixture fixture;
	struct arena *arena = arena_new();
	struct str text = str_printf(arena, STEP "list\n        parameters: [%s]\n", parameters);
	play(&fixture, text.ptr, fine, NULL);
	if (fixture.stub.count == 0) fail_msg("%.*s", STR_FMT(fixture.run->steps[0].why.in[LANG_EN]));
	assert_string_equal(fixture.stub.seen[0], str_printf(arena, "GET https://api.test/v1/things%s", query).ptr);
	close_fixture(&fixture);
	arena_free(arena);
}

static void test_styles(void **state)
{
	(void)state;
	assert_query("{name: tags, in: query, value: [a b, 'c&d', 3]}", "?tags=a%20b&tags=c%26d&tags=3");
	assert_query("{name: flat, in: query, value: [a, 'b,c']}", "?flat=a,b%2Cc");
	assert_query("{name: piped, in: query, value: [a, b]}", "?piped=a%7Cb");
	assert_query("{name: deep, in: query, value: {a: 1, 'b c': true}}", "?deep%5Ba%5D=1&deep%5Bb%20c%5D=true");
	assert_query("{name: other, in: query, value: {a: 1, b: x}}", "?a=1&b=x");
	assert_query("{name: n, in: query, value: null}, {name: s, in: query, value: ''}", "?n=null&s=");
	assert_query("{name: 'a[]', in: query, value: ü}", "?a%5B%5D=%C3%BC");
	assert_query("", "");
}

static void test_path_styles(void **state)
{
	static const char described[] = "openapi: 3.1.0\n"
									"info: {title: t, version: '1'}\n"
									"servers: [{url: 'https://{host}/', variables: {host: {default: a.test}}}]\n"
									"paths:\n"
									"  /x/{s}/{l}/{m}/{o}:\n"
									"    get:\n"
									"      operationId: x\n"
									"      parameters:\n"
									"        - {name: s, in: path, required: true}\n"
									"        - {name: l, in: path, required: true, style: label, explode: true}\n"
									"        - {name: m, in: path, required: true, style: matrix, explode: true}\n"
									"        - {name: o, in: path, required: true, explode: true}\n"
									"        - {name: h, in: header}\n"
									"        - {name: j, in: query, content: {application/json: {}}}\n"
									"        - {name: r, in: query, allowReserved: true}\n";
	static const char text[] = HEAD
			"  - workflowId: w\n"
			"    steps:\n"
			"      - stepId: a\n"
			"        operationPath: $sourceDescriptions.api#/paths/~1x~1{s}~1{l}~1{m}~1{o}/get\n"
			"        parameters:\n"
			"          - {name: s, in: path, value: [a/b, c]}\n"
			"          - {name: l, in: path, value: [a, b]}\n"
			"          - {name: m, in: path, value: {k: 1, n: 2}}\n"
			"          - {name: o, in: path, value: {k: 1}}\n"
			"          - {name: h, in: header, value: [a, b]}\n"
			"          - {name: j, in: query, value: {k: [1, x]}}\n"
			"          - {name: r, in: query, value: 'a/b?c d'}\n";
	struct fixture fixture = {.arena = arena_new()};
	struct err err;
	(void)state;
	err_init(&err, fixture.arena);
	fixture.shelf = (struct shelf){{shelf_open}, {{"api.yaml", described}}};
	fixture.doc = doc_of(STR("t"), str_of(text), &err);
	struct scenario_options options = {.loader = &fixture.shelf.loader};
	fixture.scenario = scenario_load(fixture.arena, fixture.doc, &options, &err);
	if (!fixture.scenario) fail_msg("%u %.*s", err.loc.line, STR_FMT(err.message.in[LANG_EN]));
	fixture.stub = (struct stub){.transport = {stub_send, stub_wait}, .answers = fine, .arena = fixture.arena};
	fixture.run = scenario_play(fixture.scenario, &fixture.stub.transport, NULL, fixture.arena);
	assert_string_equal(fixture.stub.seen[0],
			"GET https://a.test/x/a%2Fb,c/.a.b/;k=1;n=2/k=1?j=%7B%22k%22%3A%5B1%2C%22x%22%5D%7D&r=a/b?c%20d");
	assert_string_equal(fixture.stub.fields[0], "h: a,b\n");
	close_fixture(&fixture);
}

/* Plays one POST with that requestBody; compares type and bytes. */
static void assert_body(const char *body, const char *inputs, const char *type, const char *bytes)
{
	struct fixture fixture;
	struct arena *arena = arena_new();
	struct str text = str_printf(arena, STEP "create\n        requestBody: %s\n", body);
	play(&fixture, text.ptr, fine, inputs);
	if (fixture.stub.count == 0) fail_msg("%.*s", STR_FMT(fixture.run->steps[0].why.in[LANG_EN]));
	assert_string_equal(fixture.stub.fields[0], str_printf(arena, "Content-Type: %s\n", type).ptr);
	assert_string_equal(fixture.stub.bodies[0], bytes);
	close_fixture(&fixture);
	arena_free(arena);
}

static void test_bodies(void **state)
{
	(void)state;
	assert_body(
			"{payload: [1.50, null, {a: \"\\u00e9\\n\"}]}", NULL, "application/json", "[1.50,null,{\"a\":\"é\\n\"}]");
	assert_body("{payload: {n: $inputs.n, o: $inputs.o, s: 'x{$inputs.n}{$inputs.o}'}}",
			"{\"n\": 1e2, \"o\": {\"k\": [true]}}", "application/json",
			"{\"n\":1e2,\"o\":{\"k\":[true]},\"s\":\"x1e2{\\\"k\\\":[true]}\"}");
	assert_body("{payload: '{\"raw\": \"{$inputs.n}\"}'}", "{\"n\": \"v\"}", "application/json", "{\"raw\": \"v\"}");
	assert_body("{payload: $inputs.n}", "{\"n\": \"v\"}", "application/json", "\"v\"");
	assert_body("{contentType: application/x-www-form-urlencoded, payload: {a: 'b c&d', l: [1, 2], t: true}}", NULL,
			"application/x-www-form-urlencoded", "a=b+c%26d&l=1&l=2&t=true");
	assert_body("{contentType: application/x-www-form-urlencoded, payload: 'a={$inputs.n}'}", "{\"n\": \"v\"}",
			"application/x-www-form-urlencoded", "a=v");
	assert_body("{contentType: application/xml, payload: '<a>{$inputs.n}</a>'}", "{\"n\": 5}", "application/xml",
			"<a>5</a>");
	assert_body("{contentType: application/octet-stream, payload: {x-keur-base64: aGVsbG8=}}", NULL,
			"application/octet-stream", "hello");
	assert_body("{contentType: application/merge-patch+json, payload: {a: null}}", NULL, "application/merge-patch+json",
			"{\"a\":null}");
}

static void test_multipart(void **state)
{
	struct fixture fixture, again;
	static const char text[] = STEP
			"create\n        requestBody: {contentType: multipart/form-data, payload: {'a\"b': x, f: {x-keur-base64: aGk=}, o: {k: 1}, l: [1, 2]}}\n";
	(void)state;
	play(&fixture, text, fine, NULL);
	play(&again, text, fine, NULL);
	assert_string_equal(fixture.stub.bodies[0], again.stub.bodies[0]);
	struct str type = str_of(fixture.stub.fields[0]), mark = STR("boundary=");
	assert_true(str_starts(type, STR("Content-Type: multipart/form-data; boundary=keur-")));
	struct str boundary = str_skip(type, str_find_str(type, mark) + mark.len);
	boundary.len--;
	struct str expected = str_printf(fixture.arena,
			"--%.*s\r\nContent-Disposition: form-data; name=\"a%%22b\"\r\n\r\nx\r\n"
			"--%.*s\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\nContent-Type: "
			"application/octet-stream\r\n\r\nhi\r\n"
			"--%.*s\r\nContent-Disposition: form-data; name=\"o\"\r\nContent-Type: application/json\r\n\r\n{\"k\":1}\r\n"
			"--%.*s\r\nContent-Disposition: form-data; name=\"l\"\r\n\r\n1\r\n"
			"--%.*s\r\nContent-Disposition: form-data; name=\"l\"\r\n\r\n2\r\n"
			"--%.*s--\r\n",
			STR_FMT(boundary), STR_FMT(boundary), STR_FMT(boundary), STR_FMT(boundary), STR_FMT(boundary),
			STR_FMT(boundary));
	assert_string_equal(fixture.stub.bodies[0], expected.ptr);
	close_fixture(&fixture);
	close_fixture(&again);
}

static void test_replacements(void **state)
{
	(void)state;
	assert_body(
			"{payload: {a: {b: [1, 2]}, c: 3}, replacements: [{target: /a/b/1, value: $inputs.n}, {target: /d, value: x}, "
			"{target: /a/b/-, value: y}]}",
			"{\"n\": {\"k\": 1}}", "application/json", "{\"a\":{\"b\":[1,{\"k\":1},\"y\"]},\"c\":3,\"d\":\"x\"}");
	assert_body("{payload: '{\"a\": 1}', replacements: [{target: /a, value: '2{$inputs.n}'}]}", "{\"n\": 5}",
			"application/json", "{\"a\":\"25\"}");
	assert_body("{payload: {a: 1}, replacements: [{target: '', value: {}}]}", NULL, "application/json", "{}");
}

static void test_replacements_in_xml(void **state)
{
	(void)state;
	assert_body("{contentType: text/xml; charset=utf-8, payload: '<a b=\"1\"><c>x</c><c>y<d/></c></a>', "
				"replacements: [{target: /a/@b, value: $inputs.n}, {target: '//c[2]', value: 'q < \"r\"'}]}",
			"{\"n\": 5}", "text/xml; charset=utf-8", "<a b=\"5\"><c>x</c><c>q &lt; \"r\"</c></a>\n");
	assert_body(
			"{contentType: application/soap+xml, payload: '<?xml version=\"1.0\"?><s:a xmlns:s=\"u\"><s:b/>t</s:a>', "
			"replacements: [{target: /s:a/s:b, value: é}, {target: '//text()', value: w}]}",
			NULL, "application/soap+xml",
			"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<s:a xmlns:s=\"u\"><s:b>w</s:b>w</s:a>\n");
}

/* Nothing is sent, and the reason is told. */
static void assert_unmade(const char *step, const char *inputs, const char *why)
{
	struct fixture fixture;
	struct arena *arena = arena_new();
	struct str text = str_printf(arena, STEP "%s\n", step);
	play(&fixture, text.ptr, fine, inputs);
	assert_int_equal(fixture.stub.count, 0);
	assert_undecided(&fixture, "w/a", why);
	close_fixture(&fixture);
	arena_free(arena);
}

static void test_what_cannot_be_made(void **state)
{
	(void)state;
	assert_unmade("list\n        parameters: [{name: h, in: header, value: \"a\\nb\"}]", NULL, "header \"h\"");
	assert_unmade("read\n        parameters: [{name: id, in: path, value: $inputs.id}]", NULL, "parameter \"id\"");
	assert_unmade("create\n        requestBody: {payload: 'x {$inputs.none}'}", NULL, "$inputs.none is not there");
	assert_unmade(
			"create\n        requestBody: {payload: {a: 1}, replacements: [{target: /b/c, value: 1}]}", NULL, "/b/c");
	assert_unmade(
			"create\n        requestBody: {payload: text, replacements: [{target: /b, value: 1}]}", NULL, "no JSON");
	assert_unmade("create\n        requestBody: {contentType: text/xml, payload: {a: 1}}", NULL, "XML");
	assert_unmade(
			"create\n        requestBody: {contentType: text/xml, payload: <a/>, replacements: [{target: /b, value: 1}]}",
			NULL, "XPath \"/b\"");
	assert_unmade(
			"create\n        requestBody: {contentType: text/xml, payload: <a, replacements: [{target: /a, value: 1}]}",
			NULL, "no XML");
	assert_unmade(
			"create\n        requestBody: {contentType: text/xml, payload: <a/>, replacements: [{target: /a, value: {}}]}",
			NULL, "no object");
	assert_unmade("create\n        requestBody: {contentType: a/b, payload: {x-keur-base64: '%'}}", NULL, "base64");
	assert_unmade("create\n        requestBody: {contentType: multipart/form-data, payload: [1]}", NULL, "multipart");
}

static void test_what_was_sent_can_be_asked(void **state)
{
	static const char text[] = STEP
			"create\n"
			"        parameters: [{name: q, in: query, value: [1]}, {name: X-A, in: header, value: b}]\n"
			"        requestBody: {payload: {k: {d.e: [5]}}}\n"
			"        successCriteria:\n"
			"          - condition: $method == 'post' && $request.header.x-a == 'b'\n"
			"          - condition: $request.query.q == '[1]' || $request.body.k['d.e'][0] == 5\n"
			"          - condition: $url == 'https://api.test/v1/things?q=1'\n"
			"          - condition: $request.body#/k/d.e/0 == 5 && $request.path.id == null\n"
			"          - condition: $sourceDescriptions.api.url == 'api.yaml' && $self == 'test.arazzo.yaml'\n"
			"          - condition: $response.body.a[1].b == 'C' && !$response.body.none && $response.header.content-type != null\n";
	struct answer answers[] = {{.request = "POST /", .status = 200, .body = "{\"a\": [0, {\"b\": \"c\"}]}"}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, answers, NULL);
	for (uint32_t i = 0; i < fixture.run->steps[0].criterion_count; i++)
		if (fixture.run->steps[0].criteria[i].state != CRITERION_HOLDS)
			fail_msg("%.*s: %.*s", STR_FMT(fixture.run->steps[0].criteria[i].condition),
					STR_FMT(fixture.run->steps[0].criteria[i].found));
	assert_holds(&fixture, "w/a");
	close_fixture(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_styles),
			cmocka_unit_test(test_path_styles),
			cmocka_unit_test(test_bodies),
			cmocka_unit_test(test_multipart),
			cmocka_unit_test(test_replacements),
			cmocka_unit_test(test_replacements_in_xml),
			cmocka_unit_test(test_what_cannot_be_made),
			cmocka_unit_test(test_what_was_sent_can_be_asked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
