/* SPDX-License-Identifier: EUPL-1.2 */
/* Tests of engine/wsdl_compare: which differences go over the wire, in which direction, and what is not known. */
#include "engine/wsdl_compare.h"

#include "wsdl_sample.h"

#define SECOND_OPERATION                                                                                                \
	"<portType name='Q'><operation name='zoek'><input message='t:vraag'/></operation></portType>"                       \
	"<binding name='C' type='t:Q'><s:binding transport='http://schemas.xmlsoap.org/soap/http'/><operation name='zoek'>" \
	"<s:operation soapAction='urn:t/zoek'/><input><s:body use='literal' parts='p'/></input></operation></binding>"
/* The only operation of the sample once more, in a binding of its own. */
#define SAME_OPERATION                                                                                                  \
	"<binding name='E' type='t:P'><s:binding transport='http://schemas.xmlsoap.org/soap/http'/><operation name='geef'>" \
	"<s:operation soapAction='urn:t/geef' style='document'/><input><s:body parts='p' use='literal'/></input>"           \
	"<output><s:body use='literal'/></output><fault name='f'><s:fault name='f' use='literal'/></fault></operation></binding>"
#define OTHER_USE                                                                                                       \
	"<binding name='E' type='t:P'><s:binding transport='http://schemas.xmlsoap.org/soap/http'/><operation name='geef'>" \
	"<s:operation soapAction='urn:t/geef' style='document'/><input><s:body parts='p' use='literal'/></input>"           \
	"<output><s:body use='encoded'/></output><fault name='f'><s:fault name='f' use='literal'/></fault></operation></binding>"
#define SOAP_12 "<binding name='D' type='t:P'><z:binding xmlns:z='http://schemas.xmlsoap.org/wsdl/soap12/'/></binding>"
#define HEADER "<s:header message='t:vraag' part='h' use='literal'/>"

struct compared {
	struct arena *arena;
	struct facts facts;
};

static struct compared compare_texts(struct arena *arena, struct str vendor, struct str official)
{
	struct compared compared = {.arena = arena};
	const struct wsdl *mine = sample_read(compared.arena, vendor), *theirs = sample_read(compared.arena, official);
	wsdl_compare(mine, theirs, compared.arena, &compared.facts);
	return compared;
}

static const struct result *only(const struct compared *compared, enum wsdl_rule rule)
{
	for (uint32_t i = 0; i < compared->facts.result_count; i++) {
		const struct result *result = &compared->facts.results[i];
		if (result->rule != rule)
			fail_msg("%s: %s", wsdl_rule_names[result->rule].ptr, result->message.in[LANG_EN].ptr);
		assert_true(result->message.in[LANG_NL].len > 0);
		assert_true(result->pointer.len > 1);
		assert_non_null(result->basis);
	}
	assert_int_equal(compared->facts.result_count, 1);
	return &compared->facts.results[0];
}

/* The vendor differs from the official one in that rule alone. */
static void assert_differs(struct sample vendor, struct sample official, enum wsdl_rule rule)
{
	struct arena *arena = arena_new();
	struct compared compared = compare_texts(arena, sample_text(arena, vendor), sample_text(arena, official));
	only(&compared, rule);
	arena_free(arena);
}

static void assert_same(struct sample vendor, struct sample official)
{
	struct arena *arena = arena_new();
	struct compared compared = compare_texts(arena, sample_text(arena, vendor), sample_text(arena, official));
	if (compared.facts.result_count) fail_msg("%s", compared.facts.results[0].message.in[LANG_EN].ptr);
	for (int i = 0; i < WSDL_RULES; i++)
		assert_false(compared.facts.items[i].undecided);
	arena_free(arena);
}

static void test_no_difference(void **state)
{
	static const char other[] =
			"<w:definitions xmlns:w='http://schemas.xmlsoap.org/wsdl/' xmlns:soap='http://schemas.xmlsoap.org/wsdl/soap/'"
			" xmlns='urn:t' targetNamespace='urn:vendor' xmlns:v='urn:vendor'><w:documentation>anders</w:documentation>"
			"<w:service name='Z'><w:port name='z' binding='v:Z'><soap:address location='https://v.nl'/></w:port></w:service>"
			"<w:binding name='Z' type='v:Z'><soap:binding transport='http://schemas.xmlsoap.org/soap/http'/>"
			"<w:operation name='geef'><soap:operation soapAction='urn:t/geef' style='document'/>"
			"<w:input><soap:body use='literal'/></w:input><w:output><soap:body use='literal'/></w:output>"
			"<w:fault name='e'><soap:fault name='e' use='literal'/></w:fault></w:operation></w:binding>"
			"<w:portType name='Z'><w:operation name='geef'><w:input message='v:i'/><w:output message='v:o'/>"
			"<w:fault name='e' message='v:e'/></w:operation></w:portType>"
			"<w:message name='e'><w:part name='x' element='fout'/></w:message>"
			"<w:message name='o'><w:part name='x' element='antwoord'/></w:message>"
			"<w:message name='i'><w:part name='x' element='vraag'/></w:message></w:definitions>";
	(void)state;
	struct arena *arena = arena_new();
	struct compared compared = compare_texts(arena, STR(other), sample_text(arena, (struct sample){0}));
	if (compared.facts.result_count) fail_msg("%s", compared.facts.results[0].message.in[LANG_EN].ptr);
	assert_true(compared.facts.items[WSDL_REQUEST].applies);
	arena_free(arena);
	assert_same((struct sample){.headers = HEADER}, (struct sample){.headers = HEADER});
	/* Found by the fuzzer: of an operation that two official bindings have, one is enough. */
	assert_same((struct sample){.more = SAME_OPERATION}, (struct sample){.more = SAME_OPERATION});
	assert_same((struct sample){0}, (struct sample){.more = SAME_OPERATION});
	assert_same((struct sample){.more = OTHER_USE}, (struct sample){.more = OTHER_USE});
}

static void test_wire(void **state)
{
	struct sample official = {0};
	(void)state;
	assert_differs((struct sample){.action = "urn:t/Geef"}, official, WSDL_SOAP_ACTION);
	assert_differs((struct sample){.transport = "urn:jms"}, official, WSDL_TRANSPORT);
	assert_differs((struct sample){.request = "anders"}, official, WSDL_REQUEST);
	assert_differs((struct sample){.response = "anders"}, official, WSDL_RESPONSE);
	assert_differs((struct sample){.fault = "anders"}, official, WSDL_FAULT);
	assert_differs((struct sample){.operation = "pak"}, official, WSDL_OPERATION_NAME);
	assert_differs(
			(struct sample){0}, (struct sample){.input_attributes = "wsam:Action='urn:a'"}, WSDL_ADDRESSING_ACTION);
	assert_same((struct sample){.input_attributes = "wsam:Action='urn:a'"}, official);
}

/* Nothing that tells one operation from another is the same: not a subset, but another service. */
static void test_another_service(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct sample other = {.operation = "pak", .action = "urn:x/pak", .request = "anders"};
	struct compared compared = compare_texts(arena, sample_text(arena, other), sample_text(arena, (struct sample){0}));
	assert_int_equal(compared.facts.items[WSDL_OPERATION_LACKING].violations, 1);
	assert_int_equal(compared.facts.items[WSDL_OPERATION_ADDED].violations, 1);
	assert_int_equal(compared.facts.items[WSDL_SERVICE].violations, 1);
	arena_free(arena);
}

static void test_directions(void **state)
{
	struct sample plain = {0}, second = {.more = SECOND_OPERATION}, soap12 = {.more = SOAP_12};
	(void)state;
	assert_differs(second, plain, WSDL_OPERATION_ADDED);
	assert_differs(plain, second, WSDL_OPERATION_LACKING);
	assert_differs(soap12, plain, WSDL_BINDING_ADDED);
	assert_differs(plain, soap12, WSDL_BINDING_LACKING);
	assert_differs((struct sample){.headers = HEADER}, plain, WSDL_HEADER);
	assert_differs(plain, (struct sample){.headers = HEADER}, WSDL_HEADER_EXTRA);
	assert_int_equal(wsdl_rule_severity(WSDL_OPERATION_LACKING), SEVERITY_WARN);
	assert_int_equal(wsdl_rule_severity(WSDL_OPERATION_ADDED), SEVERITY_INFO);
	assert_int_equal(wsdl_rule_severity(WSDL_REQUEST), SEVERITY_ERROR);
}

static void test_policy(void **state)
{
	static const char policy[] =
			"<w:Policy xmlns:w='http://www.w3.org/ns/ws-policy'><x:Teken xmlns:x='urn:x'/></w:Policy>";
	(void)state;
	assert_differs((struct sample){.policy = policy}, (struct sample){0}, WSDL_POLICY);
	assert_same((struct sample){0}, (struct sample){.policy = policy});
	assert_same((struct sample){.policy = policy}, (struct sample){.policy = policy});
}

/* Presence of an output, and faults that one has and the other has not. */
static void test_presence(void **state)
{
	static const char one_way[] = SAMPLE_HEAD
			"<message name='vraag'><part name='p' element='t:vraag'/></message><portType name='P'>"
			"<operation name='geef'><input message='t:vraag'/></operation></portType><binding name='B' type='t:P'>"
			"<s:binding transport='http://schemas.xmlsoap.org/soap/http'/><operation name='geef'>"
			"<s:operation soapAction='urn:t/geef'/><input><s:body use='literal'/></input></operation></binding>"
			"</definitions>";
	(void)state;
	struct arena *arena = arena_new();
	struct compared compared = compare_texts(arena, STR(one_way), sample_text(arena, (struct sample){0}));
	assert_int_equal(compared.facts.result_count, 2);
	assert_int_equal(compared.facts.results[0].rule, WSDL_RESPONSE);
	assert_int_equal(compared.facts.results[1].rule, WSDL_FAULT_LACKING);
	compared = compare_texts(arena, sample_text(arena, (struct sample){0}), STR(one_way));
	assert_int_equal(compared.facts.result_count, 2);
	assert_int_equal(compared.facts.results[1].rule, WSDL_FAULT_ADDED);
	arena_free(arena);
}

/* Both messages, so twice. */
static void test_use_and_style(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct str official = sample_text(arena, (struct sample){0});
	struct compared compared = compare_texts(arena, sample_text(arena, (struct sample){.use = "encoded"}), official);
	assert_int_equal(compared.facts.result_count, 2);
	assert_int_equal(compared.facts.results[1].rule, WSDL_USE);
	compared = compare_texts(arena, sample_text(arena, (struct sample){.style = "rpc"}), official);
	assert_int_equal(compared.facts.results[0].rule, WSDL_STYLE);
	assert_true(compared.facts.items[WSDL_REQUEST].violations > 0);
	arena_free(arena);
}

/* What was not read is neither lacking nor there. */
static void test_what_is_not_known(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct str official = sample_text(arena, (struct sample){0});
	struct compared compared = compare_texts(
			arena, STR(SAMPLE_HEAD "<import namespace='urn:t' location='deel.wsdl'/></definitions>"), official);
	assert_int_equal(compared.facts.result_count, 0);
	assert_true(compared.facts.items[WSDL_BINDING_LACKING].undecided);
	assert_true(compared.facts.items[WSDL_REQUEST].undecided);
	assert_true(compared.facts.items[WSDL_BINDING_LACKING].why.in[LANG_NL].len > 0);
	compared = compare_texts(arena, sample_text(arena, (struct sample){.request = "x' wsam:x='"}), official);
	only(&compared, WSDL_REQUEST);
	arena_free(arena);
}

/* Places in both documents. */
static void test_places(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct compared compared = compare_texts(
			arena, sample_text(arena, (struct sample){.response = "anders"}), sample_text(arena, (struct sample){0}));
	const struct result *result = only(&compared, WSDL_RESPONSE);
	assert_string_equal(result->pointer.ptr, "/definitions/message[@name='antwoord']/part[@name='p']/@element");
	assert_string_equal(result->basis_pointer.ptr, "/definitions/message[@name='antwoord']/part[@name='p']/@element");
	assert_int_equal(source_locate(result->doc->source, result->start).line, 3);
	assert_string_equal(result->found.ptr, "{urn:t}anders");
	assert_string_equal(result->expected.in[LANG_NL].ptr, "{urn:t}antwoord");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_no_difference),
			cmocka_unit_test(test_wire),
			cmocka_unit_test(test_another_service),
			cmocka_unit_test(test_directions),
			cmocka_unit_test(test_policy),
			cmocka_unit_test(test_presence),
			cmocka_unit_test(test_use_and_style),
			cmocka_unit_test(test_what_is_not_known),
			cmocka_unit_test(test_places),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
