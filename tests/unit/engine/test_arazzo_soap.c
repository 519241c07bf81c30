/* SPDX-License-Identifier: EUPL-1.2 */
/* Tests of SOAP in scenarios: envelopes, values put into XML, prefixes, pairs, fresh values, what is judged aside. */
#include "unit/engine/arazzo_stub.h"

#define SOAP_1_1 "http://schemas.xmlsoap.org/soap/envelope/"
#define SOAP_1_2 "http://www.w3.org/2003/05/soap-envelope"
#define SEED "00112233445566778899aabbccddeeff"

#define SOAP_HEAD                                                                                                      \
	"arazzo: 1.1.0\n"                                                                                                  \
	"info: {title: t, version: '1'}\n"                                                                                 \
	"sourceDescriptions: [{name: zds, x-keur-type: wsdl, url: zds.wsdl}]\n"                                            \
	"x-keur-namespaces: {soap: '" SOAP_1_1 "', s: 'urn:s'}\n"                                                          \
	"workflows:\n"                                                                                                     \
	"  - workflowId: w\n"                                                                                              \
	"    steps:\n"                                                                                                     \
	"      - stepId: a\n"                                                                                              \
	"        x-keur-soap: {action: 'urn:s/ask', path: /Ask}\n"                                                         \
	"        requestBody: {payload: '<s:ask><s:n>{$inputs.n}</s:n></s:ask>'}\n"

#define PAIR(condition, more)                                                                                          \
	"          - context: $x-keur.pair\n"                                                                              \
	"            type: {type: xpath, version: xpath-10}\n"                                                             \
	"            condition: " condition "\n" more

#define XML "Content-Type: text/xml; charset=utf-8"
#define ANSWER                                                                                                         \
	"<?xml version=\"1.0\"?>\n<e:Envelope xmlns:e='" SOAP_1_1                                                          \
	"'><e:Body><s:told xmlns:s='urn:s'><s:n>a&amp;b</s:n></s:told>"                                                    \
	"</e:Body></e:Envelope>"
#define FAULT                                                                                                          \
	"<e:Envelope xmlns:e='" SOAP_1_1                                                                                   \
	"'><e:Body><e:Fault><faultcode>e:Client</faultcode></e:Fault></e:Body></e:Envelope>"

static struct run_values values;

static void play_soap(struct fixture *fixture, const char *text, struct answer *answers, const char *inputs)
{
	struct err err;
	open_fixture(fixture, text);
	err_init(&err, fixture->arena);
	fixture->stub = (struct stub){.transport = {stub_send, stub_wait}, .answers = answers, .arena = fixture->arena};
	struct doc *doc = doc_of(STR("inputs"), str_of(inputs), &err);
	arena_on_free(fixture->arena, shelf_close, doc);
	values = (struct run_values){.mark = {1767265200000, STR(SEED)}, .scope = STR("t")};
	fixture->options.inputs = doc->root;
	fixture->options.values = &values;
	fixture->options.server = STR("https://soap.test/zds");
	fixture->run = scenario_play(fixture->scenario, &fixture->stub.transport, &fixture->options, fixture->arena);
}

static void test_an_envelope(void **state)
{
	struct answer answers[] = {{.request = "POST /zds/Ask", .status = 200, .body = ANSWER, .fields = XML}, {0}};
	struct fixture fixture;
	(void)state;
	play_soap(&fixture, SOAP_HEAD, answers, "{\"n\": \"a<b&\\\"c'\\n>\"}");
	assert_string_equal(fixture.stub.seen[0], "POST https://soap.test/zds/Ask");
	assert_string_equal(fixture.stub.fields[0], "Content-Type: text/xml; charset=utf-8\nSOAPAction: \"urn:s/ask\"\n");
	assert_string_equal(fixture.stub.bodies[0],
			"<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"" SOAP_1_1 "\" xmlns:soap=\"" SOAP_1_1 "\" xmlns:s=\"urn:s\">"
			"<SOAP-ENV:Body><s:ask><s:n>a&#60;b&#38;&#34;c&#39;&#10;&#62;</s:n></s:ask></SOAP-ENV:Body>"
			"</SOAP-ENV:Envelope>\n");
	assert_holds(&fixture, "w/a");
	assert_false(values.used);
	close_fixture(&fixture);
}

static void test_soap_1_2_and_a_header(void **state)
{
	static const char text[] =
			"arazzo: 1.0.1\n"
			"info: {title: t, version: '1'}\n"
			"sourceDescriptions: [{name: zds, x-keur-type: wsdl, url: zds.wsdl}]\n"
			"workflows:\n"
			"  - workflowId: w\n"
			"    steps:\n"
			"      - stepId: a\n"
			"        x-keur-soap: {action: 'urn:{$inputs.n}', version: '1.2', header: '<t xmlns=\"urn:t\">{$inputs.n}</t>'}\n"
			"        requestBody: {payload: $inputs.body}\n";
	struct answer answers[] = {{.request = "POST /zds", .status = 200, .body = ANSWER, .fields = XML}, {0}};
	struct fixture fixture;
	(void)state;
	play_soap(&fixture, text, answers, "{\"n\": \"<\", \"body\": \"<a/>\"}");
	assert_string_equal(fixture.stub.seen[0], "POST https://soap.test/zds");
	assert_string_equal(
			fixture.stub.fields[0], "Content-Type: application/soap+xml; charset=utf-8; action=\"urn:<\"\n");
	assert_string_equal(fixture.stub.bodies[0],
			"<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"" SOAP_1_2 "\"><SOAP-ENV:Header><t xmlns=\"urn:t\">&#60;</t>"
			"</SOAP-ENV:Header><SOAP-ENV:Body><a/></SOAP-ENV:Body></SOAP-ENV:Envelope>\n");
	close_fixture(&fixture);
}

static void test_a_fault_is_no_success(void **state)
{
	struct answer faults[] = {{.request = "POST /", .status = 200, .body = FAULT, .fields = XML}, {0}};
	struct answer errors[] = {{.request = "POST /", .status = 500, .body = "<a/>", .fields = XML}, {0}};
	struct fixture fixture;
	(void)state;
	play_soap(&fixture, SOAP_HEAD, faults, "{\"n\": 1}");
	assert_int_equal(fact_of(&fixture, "w/a")->violations, 1);
	close_fixture(&fixture);
	play_soap(&fixture, SOAP_HEAD, errors, "{\"n\": 1}");
	assert_int_equal(fact_of(&fixture, "w/a")->violations, 1);
	close_fixture(&fixture);
}

static void assert_unsent(const char *text, const char *inputs, const char *why)
{
	struct answer answers[] = {{.request = "POST /", .status = 200, .body = ANSWER, .fields = XML}, {0}};
	struct fixture fixture;
	play_soap(&fixture, text, answers, inputs);
	if (fixture.stub.count) fail_msg("sent: %s", fixture.stub.bodies[0]);
	assert_undecided(&fixture, "w/a", why);
	close_fixture(&fixture);
}

static void test_what_cannot_be_sent(void **state)
{
	static const char raw[] = "arazzo: 1.0.1\n"
							  "info: {title: t, version: '1'}\n"
							  "sourceDescriptions: [{name: zds, x-keur-type: wsdl, url: zds.wsdl}]\n"
							  "workflows:\n"
							  "  - workflowId: w\n"
							  "    steps:\n"
							  "      - stepId: a\n"
							  "        x-keur-soap: {action: '{$inputs.action}'}\n"
							  "        requestBody: {payload: $inputs.body}\n";
	(void)state;
	assert_unsent(SOAP_HEAD, "{\"n\": \"a\\u0001\"}", "a character that XML does not have");
	assert_unsent(SOAP_HEAD, "{\"n\": \"a\\uffff\"}", "a character that XML does not have");
	assert_unsent(SOAP_HEAD, "{}", "$inputs.n is not there");
	assert_unsent(raw, "{\"action\": \"x\", \"body\": \"<a>\"}", "the message of the scenario cannot be sent");
	assert_unsent(raw, "{\"action\": \"x\", \"body\": \"<a/></SOAP-ENV:Body>\"}", "cannot be sent");
	assert_unsent(raw, "{\"action\": \"x\", \"body\": \"<!DOCTYPE a><a/>\"}", "cannot be sent");
	assert_unsent(raw, "{\"action\": \"x\", \"body\": \"<p:a/>\"}", "cannot be sent");
	assert_unsent(raw, "{\"action\": \"x\", \"body\": {}}", "given as a text");
	assert_unsent(raw, "{\"action\": \"x\\\"y\", \"body\": \"<a/>\"}", "without quotes");
	assert_unsent(raw, "{\"action\": \"x\\r\\nHost: y\", \"body\": \"<a/>\"}", "on one line");
}

static void test_values_in_other_xml_are_escaped_too(void **state)
{
	static const char text[] = HEAD
			"  - workflowId: w\n"
			"    steps:\n"
			"      - stepId: a\n"
			"        operationId: create\n"
			"        requestBody: {contentType: 'text/xml; charset=utf-8', payload: '<a b=\"{$inputs.n}\"/>'}\n"
			"      - stepId: b\n"
			"        operationId: create\n"
			"        requestBody: {contentType: text/plain, payload: '<{$inputs.n}'}\n";
	struct answer answers[] = {{.request = "POST /", .status = 200, .body = "{}"}, {0}};
	struct fixture fixture;
	(void)state;
	play(&fixture, text, answers, "{\"n\": \"<\\\"\"}");
	assert_string_equal(fixture.stub.bodies[0], "<a b=\"&#60;&#34;\"/>");
	assert_string_equal(fixture.stub.bodies[1], "<<\"");
	close_fixture(&fixture);
}

static void test_request_and_answer_as_one(void **state)
{
	static const char text[] = SOAP_HEAD "        successCriteria:\n" PAIR(
			"/pair/request/soap:Envelope/soap:Body/s:ask/s:n = 'a&b'",
			"") PAIR("/pair/request/soap:Envelope/soap:Body/s:ask/s:n = /pair/response//s:told/s:n",
			"") PAIR("/pair/response[@status = 200 and @media-type = 'text/xml']/@content-type = "
					 "'text/xml; charset=utf-8'",
			"") PAIR("/pair/request/@action = '\"urn:s/ask\"'",
			"") "        outputs:\n"
				"          n: {context: $x-keur.pair, selector: /pair/response//s:n, type: {type: xpath, version: xpath-10}}\n";
	struct answer answers[] = {{.request = "POST /", .status = 200, .body = ANSWER, .fields = XML}, {0}};
	struct fixture fixture;
	(void)state;
	play_soap(&fixture, text, answers, "{\"n\": \"a&b\"}");
	assert_holds(&fixture, "w/a");
	close_fixture(&fixture);
}

static void test_an_answer_in_latin_1(void **state)
{
	static const char text[] = SOAP_HEAD "        successCriteria:\n" PAIR(
			"/pair/response//n = '\xC3\xA9' and /pair/response//text() = //n",
			"") "          - {context: $response.body, type: {type: xpath, version: xpath-10}, condition: \"//n = '\xC3\xA9'\"}\n";
	struct answer declared[] = {{.request = "POST /",
										.status = 200,
										.body = "<?xml version='1.0' encoding='ISO-8859-1'?><n>\xE9</n>",
										.fields = "Content-Type: text/xml"},
			{0}};
	struct answer said[] = {{.request = "POST /",
									.status = 200,
									.body = "<n>\xE9</n>",
									.fields = "Content-Type: text/xml; charset=ISO-8859-1"},
			{0}};
	struct answer other[] = {
			{.request = "POST /", .status = 200, .body = "<n/>", .fields = "Content-Type: text/xml; charset=koi8-r"},
			{0}};
	struct fixture fixture;
	(void)state;
	play_soap(&fixture, text, declared, "{\"n\": 1}");
	assert_holds(&fixture, "w/a");
	close_fixture(&fixture);
	play_soap(&fixture, text, said, "{\"n\": 1}");
	assert_holds(&fixture, "w/a");
	close_fixture(&fixture);
	play_soap(&fixture, text, other, "{\"n\": 1}");
	assert_undecided(&fixture, "w/a", "koi8-r");
	close_fixture(&fixture);
}

static void test_an_answer_that_is_no_xml(void **state)
{
	static const char text[] = SOAP_HEAD
			"        successCriteria:\n" PAIR("/pair/response[@xml = 'false' and not(node())]", "");
	static const char dangerous[] = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>";
	const char *bodies[] = {"</response><response>", "<a", "no"};
	struct fixture fixture;
	(void)state;
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		struct answer answers[] = {{.request = "POST /", .status = 200, .body = bodies[i], .fields = XML}, {0}};
		play_soap(&fixture, text, answers, "{\"n\": 1}");
		assert_holds(&fixture, "w/a");
		close_fixture(&fixture);
	}
	struct answer doctype[] = {{.request = "POST /", .status = 200, .body = dangerous, .fields = XML}, {0}};
	play_soap(&fixture, text, doctype, "{\"n\": 1}");
	assert_undecided(&fixture, "w/a", "DOCTYPE");
	close_fixture(&fixture);
	struct answer silence[] = {{.request = "POST /", .failure = FAILURE_TIMEOUT}, {0}};
	play_soap(&fixture, text, silence, "{\"n\": 1}");
	assert_undecided(&fixture, "w/a", "the stub has no answer");
	close_fixture(&fixture);
}

static void test_what_was_found(void **state)
{
	static const char text[] = SOAP_HEAD
			"        successCriteria:\n" PAIR("//s:n = 'x'", "            x-keur-found: //s:told/s:n\n");
	static const char none[] = SOAP_HEAD
			"        successCriteria:\n" PAIR("//s:n = 'x'", "            x-keur-found: //s:nothing\n");
	struct answer answers[] = {{.request = "POST /", .status = 200, .body = ANSWER, .fields = XML}, {0}};
	struct fixture fixture;
	(void)state;
	play_soap(&fixture, text, answers, "{\"n\": 1}");
	assert_true(str_eq(fixture.run->facts.results[0].found, STR("\"a&b\"")));
	close_fixture(&fixture);
	play_soap(&fixture, none, answers, "{\"n\": 1}");
	assert_true(str_eq(fixture.run->facts.results[0].found, STR("-")));
	close_fixture(&fixture);
}

static void test_a_criterion_aside(void **state)
{
	static const char text[] = SOAP_HEAD "        successCriteria:\n" PAIR(
			"//s:n = 'x'", "            x-keur-rule: aside\n            x-keur-aside: true\n")
			PAIR("//s:n", "            x-keur-rule: main\n") "      - stepId: b\n"
															 "        x-keur-soap: {action: '', path: /B}\n"
															 "        requestBody: {payload: <b/>}\n"
															 "        x-keur-rule: next\n";
	struct answer answers[] = {{.request = "POST /", .status = 200, .body = ANSWER, .fields = XML}, {0}};
	struct fixture fixture;
	(void)state;
	play_soap(&fixture, text, answers, "{\"n\": 1}");
	assert_int_equal(fact_of(&fixture, "aside")->violations, 1);
	assert_holds(&fixture, "main");
	assert_holds(&fixture, "next");
	assert_int_equal(step_of(&fixture, "w/a")->state, SCENARIO_SUCCEEDED);
	assert_string_equal(fixture.stub.fields[1], "Content-Type: text/xml; charset=utf-8\nSOAPAction: \"\"\n");
	close_fixture(&fixture);
}

static void test_fresh_values(void **state)
{
	static const char text[] =
			"arazzo: 1.0.1\n"
			"info: {title: t, version: '1'}\n"
			"sourceDescriptions: [{name: zds, x-keur-type: wsdl, url: zds.wsdl}]\n"
			"workflows:\n"
			"  - workflowId: w\n"
			"    steps:\n"
			"      - stepId: a\n"
			"        x-keur-soap: {action: ''}\n"
			"        requestBody: {payload: '<a>{$x-keur.uuid} {$x-keur.reference} {$x-keur.stuf-time}</a>'}\n"
			"  - workflowId: v\n"
			"    steps:\n"
			"      - stepId: a\n"
			"        x-keur-soap: {action: ''}\n"
			"        requestBody: {payload: '<a>{$x-keur.stuf-date} {$x-keur.stuf-time}</a>'}\n";
	struct answer answers[] = {{.request = "POST /", .status = 200, .body = ANSWER, .fields = XML}, {0}};
	struct fixture fixture;
	char first[1000];
	(void)state;
	play_soap(&fixture, text, answers, "{}");
	snprintf(first, sizeof first, "%s", fixture.stub.bodies[0]);
	assert_non_null(strstr(first, " keur-00112233-102 20260101120000103</a>"));
	assert_non_null(strstr(fixture.stub.bodies[1], "<a>20260101 20260101120000202</a>"));
	assert_true(values.used);
	close_fixture(&fixture);
	play_soap(&fixture, text, answers, "{}");
	assert_string_equal(fixture.stub.bodies[0], first);
	close_fixture(&fixture);
	play(&fixture, text, answers, "{}");
	assert_undecided(&fixture, "w/a", "no mark");
	close_fixture(&fixture);
}

static void refuse(const char *text, const char *message)
{
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct doc *doc = doc_of(STR("test.arazzo.yaml"), str_of(text), &err);
	struct scenario_options options = {.loader = NULL};
	assert_null(scenario_load(arena, doc, &options, &err));
	assert_int_equal(err.code, ERR_RULES);
	assert_true(err.loc.line > 0);
	if (str_find_str(err.message.in[LANG_EN], str_of(message)) == err.message.in[LANG_EN].len)
		fail_msg("%.*s", STR_FMT(err.message.in[LANG_EN]));
	doc_close(doc);
	arena_free(arena);
}

#define REFUSED(top, source, step)                                                                                     \
	"arazzo: 1.0.1\ninfo: {title: t, version: '1'}\n" top "sourceDescriptions: [{name: a, url: b, " source             \
	"}]\nworkflows: [{workflowId: w, steps: [{stepId: s, " step "}]}]\n"
#define BODY ", requestBody: {payload: <a/>}"

static void test_what_is_refused(void **state)
{
	(void)state;
	refuse(REFUSED("", "x-keur-type: wsdl", "x-keur-soap: {path: /a}" BODY), "\"action\"");
	refuse(REFUSED("", "x-keur-type: wsdl", "x-keur-soap: {action: a, pad: /a}" BODY), "unknown member \"pad\"");
	refuse(REFUSED("", "x-keur-type: wsdl", "x-keur-soap: {action: a, version: '1.3'}" BODY), "\"1.1\" or \"1.2\"");
	refuse(REFUSED("", "x-keur-type: wsdl", "x-keur-soap: {action: a, path: /a, url: 'http://a'}" BODY), "either");
	refuse(REFUSED("", "x-keur-type: wsdl", "x-keur-soap: {action: a}"), "\"payload\"");
	refuse(REFUSED("", "x-keur-type: wsdl", "x-keur-soap: {action: '{$x-keur.guid}'}" BODY), "uuid, reference");
	refuse(REFUSED("", "x-keur-type: wsdl", "x-keur-soap: {action: a}, operationId: b" BODY), "beside");
	refuse(REFUSED("", "x-keur-type: soap", "x-keur-soap: {action: a}" BODY), "wsdl");
	refuse(REFUSED("", "type: openapi, x-keur-type: wsdl", "x-keur-soap: {action: a}" BODY), "wsdl");
	refuse(REFUSED("x-keur-namespaces: [a]\n", "x-keur-type: wsdl", "x-keur-soap: {action: a}" BODY), "prefixes");
	refuse(REFUSED("x-keur-namespaces: {1a: b}\n", "x-keur-type: wsdl", "x-keur-soap: {action: a}" BODY), "a prefix");
	refuse(REFUSED("x-keur-namespaces: {xmlx: b}\n", "x-keur-type: wsdl", "x-keur-soap: {action: a}" BODY), "a prefix");
	refuse(REFUSED("x-keur-namespaces: {SOAP-ENV: b}\n", "x-keur-type: wsdl", "x-keur-soap: {action: a}" BODY),
			"a prefix");
	refuse(REFUSED("x-keur-namespaces: {a: 'b\"c'}\n", "x-keur-type: wsdl", "x-keur-soap: {action: a}" BODY), "URI");
	refuse(REFUSED("x-keur-namespaces: {a: ''}\n", "x-keur-type: wsdl", "x-keur-soap: {action: a}" BODY), "URI");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_an_envelope),
			cmocka_unit_test(test_soap_1_2_and_a_header),
			cmocka_unit_test(test_a_fault_is_no_success),
			cmocka_unit_test(test_what_cannot_be_sent),
			cmocka_unit_test(test_values_in_other_xml_are_escaped_too),
			cmocka_unit_test(test_request_and_answer_as_one),
			cmocka_unit_test(test_an_answer_in_latin_1),
			cmocka_unit_test(test_an_answer_that_is_no_xml),
			cmocka_unit_test(test_what_was_found),
			cmocka_unit_test(test_a_criterion_aside),
			cmocka_unit_test(test_fresh_values),
			cmocka_unit_test(test_what_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
