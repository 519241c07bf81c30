/* SPDX-License-Identifier: EUPL-1.2 */
/* The model of an OpenAPI document: what it holds, and finding the operation of a request. */
#include "support/fixture.h"

#include "engine/openapi.h"
#include "engine/openapi_match.h"

static const char
		*const document = "openapi: 3.0.3\n"
						  "servers:\n"
						  "  - url: https://{omgeving}.example.nl/{pad}/v1/\n"
						  "    variables: {omgeving: {default: api}, pad: {default: diep/pad}}\n"
						  "paths:\n"
						  "  /zaken:\n"
						  "    parameters:\n"
						  "      - {name: taal, in: header, schema: {type: string}}\n"
						  "      - {name: page, in: query, schema: {type: integer}}\n"
						  "    get:\n"
						  "      operationId: lijst\n"
						  "      parameters:\n"
						  "        - {name: Taal, in: header, required: true}\n"
						  "        - {name: Accept, in: header}\n"
						  "        - $ref: '#/components/parameters/Sort'\n"
						  "        - $ref: '#/components/parameters/Weg'\n"
						  "      responses:\n"
						  "        '200': {$ref: '#/components/responses/Lijst'}\n"
						  "        4XX: {description: fout}\n"
						  "        default: {description: rest}\n"
						  "        x-eigen: {}\n"
						  "    post:\n"
						  "      operationId: maak\n"
						  "      requestBody: {required: true, content: {application/json: {schema: {type: object}}}}\n"
						  "      responses: {'201': {description: gemaakt}}\n"
						  "  /zaken/{id}:\n"
						  "    get: {operationId: een, responses: {}}\n"
						  "    delete: {operationId: weg, responses: {}}\n"
						  "  /zaken/mijn:\n"
						  "    get: {operationId: mijn, responses: {}}\n"
						  "  /zaken/{id}.{vorm}:\n"
						  "    get: {operationId: vorm, responses: {}}\n"
						  "  /zaken/{anders}/rollen:\n"
						  "    get: {operationId: rollen, responses: {}, servers: [{url: /eigen}]}\n"
						  "  /met spatie/{a}-{b}:\n"
						  "    get: {operationId: spatie, responses: {}}\n"
						  "  /:\n"
						  "    get: {operationId: wortel, responses: {}}\n"
						  "components:\n"
						  "  parameters:\n"
						  "    Sort: {name: sort, in: query, style: pipeDelimited, schema: {type: array}}\n"
						  "  responses:\n"
						  "    Lijst:\n"
						  "      description: goed\n"
						  "      headers: {X-Total: {required: true, schema: {type: integer}}, content-type: {}}\n"
						  "      content: {application/json: {schema: {type: array}}, 'text/*': {}}\n";

struct setup {
	struct arena *arena;
	struct doc *doc;
	struct refs *refs;
	struct openapi *openapi;
	struct err err;
};

static struct setup set_up(const char *text)
{
	struct setup setup = {.arena = arena_new()};
	err_init(&setup.err, setup.arena);
	setup.doc = fixture_doc(setup.arena, text);
	setup.refs = refs_new(setup.arena, setup.doc);
	setup.openapi = openapi_new(setup.arena, setup.refs, &setup.err);
	return setup;
}

static void tear_down(struct setup *setup)
{
	arena_free(setup->arena);
	doc_close(setup->doc);
}

static void operations_have_what_it_takes_to_make_a_request(void **state)
{
	(void)state;
	struct setup setup = set_up(document);
	assert_non_null(setup.openapi);
	assert_int_equal(setup.openapi->version, OPENAPI_3_0);
	assert_str(setup.openapi->servers[0].url, "https://api.example.nl/diep/pad/v1/");
	const struct openapi_operation *lijst = openapi_by_id(setup.openapi, STR("lijst"));
	assert_non_null(lijst);
	assert_str(lijst->method, "GET");
	assert_str(lijst->path, "/zaken");
	assert_str(lijst->way, "/paths/~1zaken/get");
	assert_false(lijst->broken);
	assert_int_equal(lijst->parameter_count, 4); /* Taal replaces taal, Accept does not count, Weg is unknown */
	assert_str(lijst->parameters[0].name, "Taal");
	assert_true(lijst->parameters[0].required);
	assert_int_equal(lijst->parameters[1].style, STYLE_PIPES);
	assert_false(lijst->parameters[1].explode);
	assert_str(lijst->parameters[1].at.pointer, "/components/parameters/Sort");
	assert_str(lijst->parameters[1].schema.pointer, "/components/parameters/Sort/schema");
	assert_true(lijst->parameters[2].broken);
	assert_str(lijst->parameters[3].name, "page");
	assert_int_equal(lijst->parameters[3].style, STYLE_FORM);
	assert_true(lijst->parameters[3].explode);
	const struct openapi_operation *maak = openapi_by_pointer(setup.openapi, STR("/paths/~1zaken/post"));
	assert_non_null(maak);
	assert_true(maak->body->required);
	assert_str(maak->body->media[0].type, "application/json");
	assert_null(openapi_by_id(setup.openapi, STR("geen")));
	assert_null(openapi_by_pointer(setup.openapi, STR("/paths/~1zaken/put")));
	tear_down(&setup);
}

static void responses_are_found_by_status_range_and_default(void **state)
{
	(void)state;
	struct setup setup = set_up(document);
	const struct openapi_operation *lijst = openapi_by_id(setup.openapi, STR("lijst"));
	const struct openapi_response *good = openapi_response_of(lijst, 200);
	assert_str(good->status, "200");
	assert_str(good->at.pointer, "/components/responses/Lijst");
	assert_int_equal(good->header_count, 1);
	assert_true(good->headers[0].required);
	assert_str(openapi_response_of(lijst, 404)->status, "4XX");
	assert_str(openapi_response_of(lijst, 500)->status, "default");
	assert_null(openapi_response_of(openapi_by_id(setup.openapi, STR("maak")), 200));
	tear_down(&setup);
}

/* "operationId values..." of what a request is of, or what it is instead. */
static const char *matched(struct setup *setup, const char *method, const char *url, const char *base)
{
	struct openapi_match match;
	static char text[200];
	switch (openapi_match(setup->openapi, str_of(method), str_of(url), str_of(base), setup->arena, &match)) {
	case OPENAPI_NO_METHOD:
		return "no method";
	case OPENAPI_NO_PATH:
		return "no path";
	case OPENAPI_UNKNOWN:
		return "unknown";
	case OPENAPI_FOUND:
		break;
	}
	int at = snprintf(text, sizeof text, "%.*s", STR_FMT(match.operation->id));
	for (uint32_t i = 0; i < match.value_count; i++)
		at += snprintf(text + at, sizeof text - (size_t)at, " %.*s=%.*s", STR_FMT(match.values[i].name),
				STR_FMT(match.values[i].value));
	return text;
}

static void requests_are_matched_concrete_before_templated(void **state)
{
	(void)state;
	static const char *const cases[][4] = {
			{"GET", "https://api.example.nl/x/v1/zaken", "", "lijst"},
			{"GET", "https://api.example.nl/diep/pad/v1/zaken?page=1", "", "lijst"},
			{"GET", "https://elders.nl/zaken#deel", "", "lijst"},
			{"GET", "https://elders.nl/test/omgeving/zaken", "https://elders.nl/test/omgeving/", "lijst"},
			{"GET", "https://elders.nl/test/x/v1/zaken", "https://elders.nl/test", "lijst"},
			{"HEAD", "/x/v1/zaken", "", "lijst"},
			{"GET", "/zaken/mijn", "", "mijn"},
			{"DELETE", "/zaken/mijn", "", "weg id=mijn"},
			{"GET", "/zaken/a%2Fb", "", "een id=a%2Fb"},
			{"GET", "/zaken/12.json", "", "vorm id=12 vorm=json"},
			{"GET", "/zaken/7/rollen", "", "rollen anders=7"},
			{"GET", "/eigen/zaken/7/rollen", "", "rollen anders=7"},
			{"GET", "/met%20spatie/1-2-3", "", "spatie a=1 b=2-3"},
			{"GET", "https://elders.nl", "", "wortel"},
			{"GET", "/x/v1", "", "wortel"},
			{"PUT", "/zaken", "", "no method"},
			{"GET", "/zaken/", "", "no path"},
			{"GET", "/zaak", "", "no path"},
			{"GET", "/zaken/7/rollen/8", "", "no path"},
	};
	struct setup setup = set_up(document);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *found = matched(&setup, cases[i][0], cases[i][1], cases[i][2]);
		if (strcmp(found, cases[i][3]) != 0)
			fail_msg("%s %s: expected %s, got %s", cases[i][0], cases[i][1], cases[i][3], found);
	}
	tear_down(&setup);
}

static void media_types_are_matched_by_range_and_parameters(void **state)
{
	(void)state;
	static const char *const names[] = {"*/*", "text/*", "application/json", "application/json; profile=\"a b\""};
	struct openapi_media media[4] = {0};
	for (int i = 0; i < 4; i++) {
		media[i].name = str_of(names[i]);
		media[i].type = (struct str){names[i], str_find(str_of(names[i]), ';')};
	}
	assert_ptr_equal(openapi_media_of(media, 4, STR("Application/JSON ; charset=utf-8")), &media[2]);
	assert_ptr_equal(openapi_media_of(media, 4, STR("application/json;x=1;Profile=\"a b\"")), &media[3]);
	assert_ptr_equal(openapi_media_of(media, 4, STR("text/csv")), &media[1]);
	assert_ptr_equal(openapi_media_of(media, 4, STR("image/png")), &media[0]);
	assert_null(openapi_media_of(media + 1, 3, STR("image/png")));
	assert_null(openapi_media_of(media + 1, 3, STR("texts/csv")));
	assert_ptr_equal(openapi_media_of(media + 3, 1, STR("application/json")), &media[3]);
}

static void what_cannot_be_read_is_broken(void **state)
{
	(void)state;
	struct setup setup = set_up("openapi: 3.1.0\npaths:\n  /a: {$ref: '#/nergens'}\n"
								"  /b: {get: {responses: {'200': {$ref: '#/nergens'}}}}\n");
	assert_true(setup.openapi->broken);
	assert_string_equal(matched(&setup, "GET", "/c", ""), "unknown");
	assert_true(openapi_response_of(&setup.openapi->operations[0], 200)->broken);
	tear_down(&setup);
	setup = set_up("openapi: 4.0.0\npaths: {}\n");
	assert_null(setup.openapi);
	assert_int_equal(setup.err.code, ERR_RULES);
	tear_down(&setup);
}

static void swagger_2_says_the_same(void **state)
{
	(void)state;
	struct setup setup = set_up(
			"swagger: '2.0'\nhost: a.nl\nbasePath: /v2\nschemes: [https]\nproduces: [text/csv]\n"
			"paths:\n  /a:\n    post:\n      operationId: a\n      consumes: [application/json]\n"
			"      parameters:\n        - {in: body, name: b, required: true, schema: {type: object}}\n"
			"        - {in: query, name: q, type: array, collectionFormat: multi, required: true}\n"
			"      responses: {200: {description: a, schema: {type: string}}}\n");
	const struct openapi_operation *a = openapi_by_id(setup.openapi, STR("a"));
	assert_str(a->servers[0].url, "https://a.nl/v2");
	assert_int_equal(a->parameter_count, 1);
	assert_true(a->parameters[0].explode);
	assert_null(node_member(a->parameters[0].schema.node, STR("required")));
	assert_non_null(node_member(a->parameters[0].schema.node, STR("type")));
	assert_true(a->body->required);
	assert_str(a->body->media[0].type, "application/json");
	assert_str(openapi_response_of(a, 200)->media[0].type, "text/csv");
	assert_string_equal(matched(&setup, "POST", "https://b.nl/v2/a", ""), "a");
	tear_down(&setup);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(operations_have_what_it_takes_to_make_a_request),
			cmocka_unit_test(responses_are_found_by_status_range_and_default),
			cmocka_unit_test(requests_are_matched_concrete_before_templated),
			cmocka_unit_test(media_types_are_matched_by_range_and_parameters),
			cmocka_unit_test(what_cannot_be_read_is_broken),
			cmocka_unit_test(swagger_2_says_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
