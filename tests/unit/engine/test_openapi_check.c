/* SPDX-License-Identifier: EUPL-1.2 */
/* Exchanges beside their description: what is held against a service, what is not, what is undecided. */
#include "support/fixture.h"

#include "engine/openapi_check.h"

static const char *const document =
		"openapi: 3.0.3\n"
		"servers: [{url: 'https://api.nl/v1'}]\n"
		"paths:\n"
		"  /zaken:\n"
		"    get:\n"
		"      parameters:\n"
		"        - {name: page, in: query, schema: {type: integer, minimum: 1}}\n"
		"        - {name: ids, in: query, style: form, explode: false, schema: {type: array, items: {type: integer}}}\n"
		"        - {name: filter, in: query, style: deepObject, schema: {$ref: '#/components/schemas/Filter'}}\n"
		"        - {name: X-Taal, in: header, required: true, schema: {type: string, enum: [nl, en]}}\n"
		"      responses:\n"
		"        '200':\n"
		"          description: goed\n"
		"          headers:\n"
		"            X-Total: {required: true, schema: {type: integer}}\n"
		"            X-Bij: {schema: {type: array, items: {type: string, maxLength: 2}}}\n"
		"          content:\n"
		"            application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Zaak'}}}\n"
		"            application/xml: {schema: {type: array, items: {}}}\n"
		"            text/csv: {schema: {type: string}}\n"
		"        '304': {description: niet veranderd}\n"
		"        4XX:\n"
		"          description: fout\n"
		"          content: {application/problem+json: {schema: {type: object, required: [status]}}}\n"
		"    post:\n"
		"      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Zaak'}}}}\n"
		"      responses: {'201': {description: gemaakt, content: {application/json: {schema: {$ref: '#/components/schemas/Zaak'}}}}}\n"
		"  /zaken/{id}:\n"
		"    get:\n"
		"      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]\n"
		"      responses: {default: {description: alles}}\n"
		"  /stuk:\n"
		"    get: {responses: {'200': {$ref: '#/nergens'}}}\n"
		"components:\n"
		"  schemas:\n"
		"    Filter: {type: object, properties: {status: {type: string}, jaar: {type: integer}}, additionalProperties: false}\n"
		"    Zaak:\n"
		"      type: object\n"
		"      required: [id, naam, geheim]\n"
		"      properties:\n"
		"        id: {type: integer, format: int32, readOnly: true}\n"
		"        naam: {type: string, nullable: true}\n"
		"        geheim: {type: string, writeOnly: true}\n"
		"        datum: {type: string, format: date}\n";

struct checker {
	struct arena *arena;
	struct doc *doc;
	struct openapi_check *check;
	const struct facts *facts;
};

static struct checker checker_of(const char *text, bool requests)
{
	struct checker checker = {.arena = arena_new()};
	struct err err;
	err_init(&err, checker.arena);
	checker.doc = fixture_doc(checker.arena, text);
	struct openapi *openapi = openapi_new(checker.arena, refs_new(checker.arena, checker.doc), &err);
	assert_non_null(openapi);
	struct openapi_check_options options = {.base = STR(""), .requests = requests};
	checker.check = openapi_check_new(checker.arena, openapi, &options);
	return checker;
}

static void checker_end(struct checker *checker)
{
	arena_free(checker->arena);
	doc_close(checker->doc);
}

/* One exchange as a test writes it. Fields are "Name: value" lines. */
struct case_of {
	const char *method, *url, *request_fields, *request_body;
	uint32_t status;
	const char *fields, *body;
	const char *expected; /* "rule: message" of each result, "rule undecided" and "rule applies" */
};

static struct http_fields fields_of(struct arena *arena, const char *lines)
{
	struct http_fields fields = {arena_alloc(arena, 20 * sizeof *fields.items), 0};
	struct str rest = lines ? str_of(lines) : STR("");
	while (rest.len) {
		struct str line = {rest.ptr, str_find(rest, '\n')};
		size_t colon = str_find(line, ':');
		rest = str_skip(rest, line.len + 1);
		fields.items[fields.count++] = (struct http_field){{line.ptr, colon}, str_skip(line, colon + 2)};
	}
	return fields;
}

static void run(struct checker *checker, const struct case_of *one, uint32_t number)
{
	struct exchange exchange = {.number = number};
	exchange.request = (struct http_request){.method = str_of(one->method), .url = str_of(one->url)};
	exchange.request.fields = fields_of(checker->arena, one->request_fields);
	if (one->request_body) exchange.request.body = str_of(one->request_body);
	exchange.response.status = one->status;
	exchange.response.fields = fields_of(checker->arena, one->fields);
	exchange.response.body = one->body ? str_of(one->body) : STR("");
	if (!one->status) exchange.failure = FAILURE_CONNECT;
	openapi_check_exchange(checker->check, &exchange);
	checker->facts = openapi_check_facts(checker->check);
}

/* What came of one exchange: each result, and what is undecided. */
static struct str outcome(struct checker *checker)
{
	struct strbuf all;
	strbuf_init(&all, 10000);
	for (uint32_t i = 0; i < checker->facts->result_count; i++) {
		const struct result *result = &checker->facts->results[i];
		strbuf_printf(&all, "%.*s %.*s @%.*s\n", STR_FMT(openapi_rule_names[result->rule]),
				STR_FMT(result->message.in[LANG_EN]), STR_FMT(result->pointer));
		assert_true(result->message.in[LANG_NL].len > 0);
	}
	for (int i = 0; i < CONTRACT_RULES; i++)
		if (checker->facts->items[i].undecided)
			strbuf_printf(&all, "%.*s undecided %.*s\n", STR_FMT(openapi_rule_names[i]),
					STR_FMT(checker->facts->items[i].why.in[LANG_EN]));
	return strbuf_take(&all, checker->arena);
}

static void expect_all(const struct case_of *cases, size_t count, bool requests)
{
	for (size_t i = 0; i < count; i++) {
		struct checker checker = checker_of(document, requests);
		run(&checker, &cases[i], 1);
		struct str found = outcome(&checker);
		if (!str_eq(found, str_of(cases[i].expected)))
			fail_msg("case %zu, %s %s: expected\n%s, got\n%.*s", i, cases[i].method, cases[i].url, cases[i].expected,
					STR_FMT(found));
		checker_end(&checker);
	}
}

#define GET "GET", "https://api.nl/v1/zaken"
#define JSON "X-Total: 1\nContent-Type: application/json; charset=utf-8"
#define CONTENT "/paths/~1zaken/get/responses/200/content/application~1json"

static void responses_are_compared_with_their_description(void **state)
{
	(void)state;
	static const struct case_of cases[] = {
			{GET, NULL, NULL, 200, JSON, "[{\"id\": 1, \"naam\": null, \"extra\": true}]", ""},
			{GET, NULL, NULL, 200, JSON, "[\n{\"id\": \"a\", \"naam\": \"b\"}]",
					"contract-body GET /zaken, 200: response body /0/id (line 2, column 8): \"id\" property type must be "
					"integer @/components/schemas/Zaak/properties/id/type\n"},
			{GET, NULL, NULL, 200, JSON, "[{\"id\": 3000000000, \"naam\": \"b\", \"datum\": \"2024-02-30\"}]",
					"contract-body GET /zaken, 200: response body /0/id (line 1, column 9): \"id\" property must match "
					"format \"int32\" @/components/schemas/Zaak/properties/id/format\n"
					"contract-body GET /zaken, 200: response body /0/datum (line 1, column 43): \"datum\" property must "
					"match format \"date\" @/components/schemas/Zaak/properties/datum/format\n"},
			{GET, NULL, NULL, 200, JSON, "[{\"id\": 1}",
					"contract-body GET /zaken, 200: response body (line 1, column 11): expected ',' or ']', found the end "
					"of the file; the [ of line 1 is still open @" CONTENT "\n"},
			{GET, NULL, NULL, 200, "Content-Type: application/json", "[]",
					"contract-header GET /zaken, 200: response header X-Total: is required, and not there "
					"@/paths/~1zaken/get/responses/200/headers/X-Total\n"},
			{GET, NULL, NULL, 200, "x-total: veel\nX-Bij: a, bb\nContent-Type: application/json", "[]",
					"contract-header GET /zaken, 200: response header X-Total: Value type must be integer "
					"@/paths/~1zaken/get/responses/200/headers/X-Total/schema/type\n"},
			{GET, NULL, NULL, 200, JSON "\nX-Bij: a, bbb\nX-Bij: ccc", "[]",
					"contract-header GET /zaken, 200: response header X-Bij /1: \"1\" property must not have more than 2 "
					"characters @/paths/~1zaken/get/responses/200/headers/X-Bij/schema/items/maxLength\n"
					"contract-header GET /zaken, 200: response header X-Bij /2: \"2\" property must not have more than 2 "
					"characters @/paths/~1zaken/get/responses/200/headers/X-Bij/schema/items/maxLength\n"},
			{GET, NULL, NULL, 200, "X-Total: 1\nContent-Type: text/html", "<p>",
					"contract-content-type GET /zaken, 200: the media type of the response is not described "
					"@/paths/~1zaken/get/responses/200\n"},
			{GET, NULL, NULL, 200, "X-Total: 1", "[]",
					"contract-content-type GET /zaken, 200: the response has a body without a Content-Type "
					"@/paths/~1zaken/get/responses/200\n"},
			{GET, NULL, NULL, 200, "X-Total: 1\nContent-Type: text/csv", "a;b", ""},
			{GET, NULL, NULL, 200, "X-Total: 1\nContent-Type: application/xml", "<a/>",
					"contract-body undecided GET /zaken, 200: response body: keur does not check application/xml against "
					"a schema\n"},
			{GET, NULL, NULL, 200, JSON, "",
					"contract-body GET /zaken, 200: the response has no body, although one is described "
					"@/paths/~1zaken/get/responses/200\n"},
			{"HEAD", "https://api.nl/v1/zaken", NULL, NULL, 200, "X-Total: 1", "", ""},
			{GET, NULL, NULL, 304, NULL, NULL, ""},
			{GET, NULL, NULL, 404, "Content-Type: application/problem+json", "{\"status\": 404}", ""},
			{GET, NULL, NULL, 404, "Content-Type: application/problem+json", "{}",
					"contract-body GET /zaken, 404: response body (line 1, column 1): Object must have required property "
					"\"status\" @/paths/~1zaken/get/responses/4XX/content/application~1problem+json/schema/required\n"},
			{GET, NULL, NULL, 500, NULL, NULL,
					"contract-status GET /zaken, 500: the status is not described for this operation: describe it, or "
					"add \"default\" @/paths/~1zaken/get\n"},
			{GET, NULL, NULL, 503, NULL, NULL,
					"contract-status undecided GET /zaken, 503: not described, but it may come from what stands in front "
					"of the service\n"},
			{GET, NULL, NULL, 0, NULL, NULL, ""},
			{"GET", "https://api.nl/v1/zaken/7", NULL, NULL, 200, NULL, "wat dan ook", ""},
			{"GET", "https://api.nl/v1/stuk", NULL, NULL, 200, NULL, "{}",
					"contract-content-type undecided GET /stuk, 200: the description of this response cannot be read: "
					"its reference leads nowhere\n"
					"contract-header undecided GET /stuk, 200: the description of this response cannot be read: its "
					"reference leads nowhere\n"
					"contract-body undecided GET /stuk, 200: the description of this response cannot be read: its "
					"reference leads nowhere\n"},
	};
	expect_all(cases, sizeof cases / sizeof cases[0], false);
}

static void success_on_what_is_not_described_is_a_violation(void **state)
{
	(void)state;
	static const struct case_of cases[] = {
			{"GET", "https://api.nl/v1/geheim", NULL, NULL, 200, NULL, NULL,
					"contract-operation GET https://api.nl/v1/geheim, 200: the service answers on a path that is not "
					"described: describe it, or answer 404 @/paths\n"},
			{"GET", "https://api.nl/v1/geheim", NULL, NULL, 404, NULL, NULL, ""},
			{"GET", "https://api.nl/v1/openapi.json?x", NULL, NULL, 200, NULL, NULL, ""},
			{"GET", "https://api.nl/v1/", NULL, NULL, 200, "Content-Type: text/html; charset=utf-8", "<p>", ""},
			{"DELETE", "https://api.nl/v1/zaken", NULL, NULL, 204, NULL, NULL,
					"contract-operation DELETE https://api.nl/v1/zaken, 204: the service answers to a method that is not "
					"described for this path: describe it, or answer 405 @/paths/~1zaken/get\n"},
			{"DELETE", "https://api.nl/v1/zaken", NULL, NULL, 405, NULL, NULL, ""},
			{"OPTIONS", "https://api.nl/v1/zaken", NULL, NULL, 204, NULL, NULL, ""},
	};
	expect_all(cases, sizeof cases / sizeof cases[0], false);
}

#define NL "X-Taal: nl"
#define TAKEN 200, "X-Total: 1\nContent-Type: text/csv", "a"

static void requests_are_compared_too(void **state)
{
	(void)state;
	static const struct case_of cases[] = {
			{"GET", "https://api.nl/v1/zaken?page=2&ids=1,2&filter[jaar]=2024&onbekend=1", NL, NULL, TAKEN, ""},
			{"GET", "https://api.nl/v1/zaken?page=0", NL, NULL, TAKEN,
					"contract-request GET /zaken, 200: query parameter page: Number must be >= 1 "
					"@/paths/~1zaken/get/parameters/0/schema/minimum\n"},
			{"GET", "https://api.nl/v1/zaken?page=een", NL, NULL, TAKEN,
					"contract-request GET /zaken, 200: query parameter page: Value type must be integer "
					"@/paths/~1zaken/get/parameters/0/schema/type\n"},
			{"GET", "https://api.nl/v1/zaken?ids=1,b", NL, NULL, TAKEN,
					"contract-request GET /zaken, 200: query parameter ids /1: \"1\" property type must be integer "
					"@/paths/~1zaken/get/parameters/1/schema/items/type\n"},
			{"GET", "https://api.nl/v1/zaken?ids=1%2C2", NL, NULL, TAKEN, ""},
			{"GET", "https://api.nl/v1/zaken?filter%5Bjaar%5D=x&filter[kleur]=rood", NL, NULL, TAKEN,
					"contract-request GET /zaken, 200: query parameter filter: Property \"kleur\" is not expected to be "
					"here @/components/schemas/Filter/additionalProperties\n"
					"contract-request GET /zaken, 200: query parameter filter /jaar: \"jaar\" property type must be "
					"integer @/components/schemas/Filter/properties/jaar/type\n"},
			{"GET", "https://api.nl/v1/zaken", NULL, NULL, TAKEN,
					"contract-request GET /zaken, 200: request header X-Taal: is required, and not there "
					"@/paths/~1zaken/get/parameters/3\n"},
			{"GET", "https://api.nl/v1/zaken", "x-taal: de", NULL, TAKEN,
					"contract-request GET /zaken, 200: request header X-Taal: String must be equal to one of the allowed values: "
					"\"nl\", \"en\" @/paths/~1zaken/get/parameters/3/schema/enum\n"},
			{"GET", "https://api.nl/v1/zaken/x", NULL, NULL, 200, NULL, NULL,
					"contract-request GET /zaken/{id}, 200: path parameter id: Value type must be integer "
					"@/paths/~1zaken~1{id}/get/parameters/0/schema/type\n"},
			{"POST", "https://api.nl/v1/zaken", "Content-Type: application/json",
					"{\"naam\": \"a\", \"geheim\": \"b\"}", 0, NULL, NULL, ""},
			{"POST", "https://api.nl/v1/zaken", "Content-Type: application/json", "{\"naam\": \"a\"}", 0, NULL, NULL,
					"contract-request POST /zaken: request body (line 1, column 1): Object must have required property "
					"\"geheim\" @/components/schemas/Zaak/required\n"},
			{"POST", "https://api.nl/v1/zaken", NULL, NULL, 0, NULL, NULL,
					"contract-request POST /zaken: request body: is required, and not there "
					"@/paths/~1zaken/post/requestBody\n"},
			{"POST", "https://api.nl/v1/zaken", "Content-Type: text/plain", "a", 0, NULL, NULL,
					"contract-request POST /zaken: request body: has a media type that is not described "
					"@/paths/~1zaken/post/requestBody\n"},
	};
	expect_all(cases, sizeof cases / sizeof cases[0], true);
}

/* As a rule set has an official contract: errors by themselves, and null where its writer meant it. */
static void an_official_document_is_read_as_it_was_meant(void **state)
{
	(void)state;
	static const char text[] =
			"openapi: 3.0.3\n"
			"paths:\n"
			"  /a:\n"
			"    get:\n"
			"      responses:\n"
			"        '200': {description: goed, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/A'}}}}}\n"
			"        '202': {description: half, content: {application/json: {schema: {type: object, properties: {x: {$ref: '#/nergens'}, y: {type: integer}}}}}}\n"
			"        '400': {description: fout, content: {application/problem+json: {schema: {type: object, required: [code]}}}}\n"
			"components:\n"
			"  schemas:\n"
			"    B: {type: object}\n"
			"    A: {type: object, properties: {b: {nullable: true, allOf: [{$ref: '#/components/schemas/B'}]},\n"
			"        c: {nullable: true, oneOf: [{$ref: '#/components/schemas/B'}, {type: array, items: {type: string, nullable: true}}]}}}\n";
	static const struct case_of cases[] = {
			{"GET", "https://api.nl/a", NULL, NULL, 200, "Content-Type: application/json",
					"[{\"b\": null, \"c\": null}, {\"b\": {}, \"c\": [null]}]", ""},
			{"GET", "https://api.nl/a", NULL, NULL, 200, "Content-Type: application/json", "[{\"b\": 1}]",
					"contract-body GET /a, 200: response body /0/b (line 1, column 8): \"b\" property type must be object "
					"@/components/schemas/B/type\n"},
			{"GET", "https://api.nl/a", NULL, NULL, 202, "Content-Type: application/json", "{\"y\": 1}", ""},
			{"GET", "https://api.nl/a", NULL, NULL, 202, "Content-Type: application/json", "{\"x\": 1}",
					"contract-body undecided GET /a, 202: response body: a reference of the schema leads nowhere\n"},
			{"GET", "https://api.nl/a", NULL, NULL, 400, "Content-Type: application/problem+json", "{\"code\": 1}", ""},
			{"GET", "https://api.nl/a", NULL, NULL, 400, "Content-Type: application/problem+json", "{}",
					"contract-error GET /a, 400: response body (line 1, column 1): Object must have required property "
					"\"code\" @/paths/~1a/get/responses/400/content/application~1problem+json/schema/required\n"},
			{"GET", "https://api.nl/a", NULL, NULL, 400, "Content-Type: application/json", "{}",
					"contract-error GET /a, 400: the media type of the response is not described "
					"@/paths/~1a/get/responses/400\n"},
			{"GET", "https://api.nl/a", NULL, NULL, 400, NULL, NULL,
					"contract-error GET /a, 400: the response has no body, although one is described "
					"@/paths/~1a/get/responses/400\n"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct checker checker = checker_of(text, false);
		struct openapi_check_options options = {.base = STR(""), .official = true, .errors = true};
		struct err err;
		err_init(&err, checker.arena);
		struct openapi *openapi = openapi_new(checker.arena, refs_new(checker.arena, checker.doc), &err);
		checker.check = openapi_check_new(checker.arena, openapi, &options);
		run(&checker, &cases[i], 1);
		assert_str(outcome(&checker), cases[i].expected);
		checker_end(&checker);
	}
}

static void facts_are_of_all_exchanges(void **state)
{
	(void)state;
	struct checker checker = checker_of(document, false);
	struct case_of good = {GET, NULL, NULL, 200, JSON, "[]", NULL}, bad = {GET, NULL, NULL, 200, JSON, "{}", NULL};
	run(&checker, &good, 1);
	run(&checker, &bad, 2);
	run(&checker, &bad, 3);
	const struct fact *body = &checker.facts->items[CONTRACT_BODY];
	assert_true(body->applies);
	assert_int_equal(body->selected, 3);
	assert_int_equal(body->violations, 2);
	assert_int_equal(checker.facts->result_count, 2);
	assert_int_equal(checker.facts->results[1].exchange, 3);
	assert_str(checker.facts->results[0].found, "{}");
	assert_false(checker.facts->items[CONTRACT_REQUEST].applies);
	checker_end(&checker);
}

/* A reference into a folder above and back, and a discriminator: schemas are found in every document. */
static void schemas_lie_in_other_documents(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	const char *folder = fixture_folder(arena);
	const char *main = fixture_file(arena, folder, "api.yaml",
			"openapi: 3.1.0\npaths:\n  /a: {get: {responses: {200: {content: {application/json: {schema: {$ref: "
			"'mijn%20types.yaml#/$defs/A'}}}}}}}\n");
	fixture_file(arena, folder, "mijn types.yaml",
			"$defs:\n  A: {type: array, items: {$ref: './api2.yaml#/components/schemas/B'}}\n");
	fixture_file(arena, folder, "api2.yaml", "components: {schemas: {B: {type: integer}}}\n");
	struct doc *doc = doc_open(main, &err);
	struct openapi *openapi = openapi_new(arena, refs_new(arena, doc), &err);
	assert_non_null(openapi);
	struct openapi_check_options options = {.base = STR("")};
	struct checker checker = {arena, doc, openapi_check_new(arena, openapi, &options), NULL};
	struct case_of one = {"GET", "https://a.nl/a", NULL, NULL, 200, "Content-Type: application/json", "[1, \"b\"]", ""};
	run(&checker, &one, 1);
	assert_str(outcome(&checker),
			"contract-body GET /a, 200: response body /1 (line 1, column 5): \"1\" property type must be integer "
			"@/components/schemas/B/type\n");
	assert_true(str_ends(checker.facts->results[0].doc->source->name, STR("api2.yaml")));
	fixture_remove(arena, folder);
	checker_end(&checker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(responses_are_compared_with_their_description),
			cmocka_unit_test(success_on_what_is_not_described_is_a_violation),
			cmocka_unit_test(requests_are_compared_too),
			cmocka_unit_test(an_official_document_is_read_as_it_was_meant),
			cmocka_unit_test(facts_are_of_all_exchanges),
			cmocka_unit_test(schemas_lie_in_other_documents),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
