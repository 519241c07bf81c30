/* SPDX-License-Identifier: EUPL-1.2 */
/* Two OpenAPI documents: operations, parameters, bodies, statuses, headers and rights, and where findings point. */
#include "support/contract.h"

#include "doc/pointer.h"

#define HEAD "openapi: 3.0.3\ninfo: {title: t, version: '1'}\n"
#define OK "responses: {'204': {description: d}}"

struct case_of {
	const char *official, *vendor, *lines;
};

static void check(const struct case_of *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		assert_compared(cases[i].official, cases[i].vendor, cases[i].lines);
		assert_compared(cases[i].official, cases[i].official, "");
	}
}

#define CHECK(cases) check(cases, sizeof(cases) / sizeof *(cases))

static void test_operations(void **state)
{
	(void)state;
	static const struct case_of cases[] = {
			{HEAD "servers: [{url: /a}]\npaths: {'/z/{id}': {get: {" OK "}}}",
					HEAD "servers: [{url: 'https://b'}]\npaths: {'/z/{uuid}': {get: {operationId: x, tags: [t], " OK
						 "}}}",
					""},
			{HEAD "paths: {'/z/{id}': {get: {" OK "}, head: {" OK "}}}",
					HEAD "paths: {'/z/{id}': {get: {" OK "}, put: {" OK "}}}",
					"operations: HEAD /z/{id}: operation of the contract is missing\n"
					"operations-extension: PUT /z/{id}: operation is not in the contract\n"},
			{HEAD "paths: {'/z/{id}': {get: {" OK "}}}", HEAD "paths: {'/z/{id}/x': {get: {" OK "}}}",
					"operations: GET /z/{id}: operation of the contract is missing\n"
					"operations-extension: GET /z/{id}/x: operation is not in the contract\n"},
			{HEAD "paths: {'/z.{x}': {get: {" OK "}}}",
					HEAD "paths: {'/z': {get: {" OK "}}, '/z.{y}': {get: {" OK "}}}",
					"operations-extension: GET /z: operation is not in the contract\n"},
			{HEAD "paths: {}", HEAD "paths: {}", ""},
	};
	CHECK(cases);
}

#define GET(parameters) HEAD "paths: {/z: {get: {parameters: [" parameters "], " OK "}}}"

static void test_parameters(void **state)
{
	(void)state;
	static const struct case_of cases[] = {
			{GET("{name: a, in: query, schema: {type: string}}"), GET("{name: b, in: query, schema: {type: string}}"),
					"parameters: GET /z: parameter \"a\" (query) of the contract is missing\n"
					"parameters-extension: GET /z: parameter \"b\" (query) is not in the contract\n"},
			{GET(""), GET("{name: b, in: query, required: true, schema: {type: string}}"),
					"parameters: GET /z: parameter \"b\" (query) is required, and not in the contract\n"},
			{GET("{name: X-A, in: header, schema: {type: string}}"),
					GET("{name: x-a, in: header, schema: {type: string}}"), ""},
			{GET("{name: X-A, in: header, schema: {type: string}}"), GET(""),
					"optional-tolerated: GET /z: parameter \"X-A\" (header) of the contract is missing\n"},
			{GET("{name: X-A, in: header, required: true, schema: {type: string}}"), GET(""),
					"parameters: GET /z: parameter \"X-A\" (header) of the contract is missing\n"},
			{GET("{name: Accept, in: header, required: true, schema: {type: string}}"), GET(""), ""},
			{GET("{name: a, in: cookie, schema: {type: string}}"), GET("{name: A, in: cookie, schema: {type: string}}"),
					"optional-tolerated: GET /z: parameter \"a\" (cookie) of the contract is missing\n"
					"parameters-extension: GET /z: parameter \"A\" (cookie) is not in the contract\n"},
			{GET("{name: a, in: query, schema: {type: string}}"),
					GET("{name: a, in: query, required: true, schema: {type: string}}"),
					"parameters: GET /z, parameter \"a\" in query: is required, which a client may leave out by the contract\n"},
			{GET("{name: a, in: query, required: true, schema: {type: string}}"),
					GET("{name: a, in: query, schema: {type: string}}"),
					"parameters-tolerated: GET /z, parameter \"a\" in query: may be left out, which the contract requires of a client\n"},
			{GET("{name: a, in: query, schema: {type: integer}}"), GET("{name: a, in: query, schema: {type: string}}"),
					"parameters-tolerated: GET /z, parameter \"a\" in query: \"type\" is string, where the contract has integer; "
					"the service accepts more than it has to\n"},
			{GET("{name: a, in: query, schema: {type: integer}}"),
					GET("{name: a, in: query, schema: {type: string, format: date}}"),
					"parameters-tolerated: GET /z, parameter \"a\" in query: \"type\" is string, where the contract has integer; "
					"the service accepts more than it has to\n"
					"parameters: GET /z, parameter \"a\" in query: \"format\" is date, where the contract has none; the service "
					"may refuse what a client may send by the contract\n"},
			{GET("{name: a, in: query, schema: {type: integer, enum: [1, 2]}}"),
					GET("{name: a, in: query, schema: {type: string, enum: ['2', '1']}}"),
					"parameters-tolerated: GET /z, parameter \"a\" in query: \"type\" is string, where the contract has integer; "
					"the service accepts more than it has to\n"},
			{GET("{name: a, in: query, content: {application/json: {schema: {type: integer}}}}"),
					GET("{name: a, in: query, content: {application/json: {schema: {type: string}}}}"),
					"parameters: GET /z, parameter \"a\" in query: \"type\" is string, where the contract has integer; the service "
					"may refuse what a client may send by the contract\n"},
	};
	CHECK(cases);
}

static void test_styles(void **state)
{
	(void)state;
	static const char written[] =
			"parameters: GET /z, parameter \"a\" in query: the value is written in another way than in the contract\n";
	static const struct case_of cases[] = {
			{GET("{name: a, in: query, schema: {type: array, items: {type: string}}}"),
					GET("{name: a, in: query, explode: false, schema: {type: array, items: {type: string}}}"), written},
			{GET("{name: a, in: query, schema: {type: string}}"),
					GET("{name: a, in: query, explode: false, schema: {type: string}}"), ""},
			{GET("{name: a, in: query, schema: {type: object}}"),
					GET("{name: a, in: query, style: deepObject, schema: {type: object}}"), written},
			{GET("{name: a, in: query, schema: {type: string}}"),
					GET("{name: a, in: query, content: {text/plain: {schema: {type: string}}}}"), written},
			{GET("{name: a, in: query, schema: {type: string}}"),
					GET("{name: a, in: query, explode: false, schema: {type: array, items: {type: string, maxLength: 9}}}"),
					"parameters: GET /z, parameter \"a\" in query, []: \"maxLength\" is 9, where the contract has none; the service "
					"may refuse what a client may send by the contract\n"},
			{GET("{name: a, in: query, explode: false, schema: {type: array, items: {type: string}}}"),
					GET("{name: a, in: query, schema: {type: string}}"),
					"parameters-tolerated: GET /z, parameter \"a\" in query: \"type\" is string, where the contract has array; the "
					"service accepts more than it has to\n"},
	};
	CHECK(cases);
}

/* Variables of paths by their place; those of the path itself count for each operation. */
static void test_path_parameters(void **state)
{
	(void)state;
	static const struct case_of cases[] = {
			{HEAD "paths: {'/a/{x}/b/{y}': {parameters: [{name: y, in: path, required: true, schema: {type: string}}], get: {" OK
				  ", parameters: [{name: x, in: path, required: true, schema: {type: string, format: uuid}}]}}}",
					HEAD "paths: {'/a/{y}/b/{x}': {get: {" OK
						 ", parameters: [{name: x, in: path, required: true, schema: {type: "
						 "string}}, {name: y, in: path, required: true, schema: {type: string, format: date}}]}}}",
					"parameters: GET /a/{x}/b/{y}, parameter \"x\" in path: \"format\" is date, where the contract has uuid; the "
					"service may refuse what a client may send by the contract\n"},
	};
	CHECK(cases);
}

#define POST(rest) HEAD "paths: {/z: {post: {" rest "}}}"

static void test_bodies(void **state)
{
	(void)state;
	static const struct case_of cases[] = {
			{POST("requestBody: {content: {application/json: {}}}, " OK), POST(OK),
					"requests: POST /z, request body: no body is described, which a client may send by the contract\n"},
			{POST(OK), POST("requestBody: {content: {application/json: {}}}, " OK),
					"requests-extension: POST /z, request body: a body is accepted, of which the contract does not speak\n"},
			{POST(OK), POST("requestBody: {required: true, content: {application/json: {}}}, " OK),
					"requests: POST /z, request body: a body is required, of which the contract does not speak\n"},
			{POST("requestBody: {content: {application/json: {}}}, " OK),
					POST("requestBody: {required: true, content: {application/json: {}}}, " OK),
					"requests: POST /z, request body: a body is required, which a client may leave out by the contract\n"},
			{POST("requestBody: {required: true, content: {application/json: {}}}, " OK),
					POST("requestBody: {content: {application/json: {}}}, " OK),
					"requests-tolerated: POST /z, request body: the body may be left out, which the contract requires of a client\n"},
			{POST("requestBody: {content: {application/json: {}, text/csv: {}}}, " OK),
					POST("requestBody: {content: {application/json: {}, text/xml: {}}}, " OK),
					"requests: POST /z, request body: media type text/csv of the contract is not accepted\n"
					"requests-extension: POST /z, request body: media type text/xml is not in the contract\n"},
			{POST("requestBody: {content: {application/json: {}}}, " OK),
					POST("requestBody: {content: {'*/*': {}}}, " OK), ""},
			{POST("requestBody: {content: {application/json: {}}}, " OK),
					POST("requestBody: {content: {'Application/JSON; charset=utf-8': {}}}, " OK), ""},
	};
	CHECK(cases);
}

static void test_statuses(void **state)
{
	(void)state;
	static const struct case_of cases[] = {
			{POST("responses: {'201': {description: d}}"), POST("responses: {'200': {description: d}}"),
					"responses: POST /z, response 201: status 201 of the contract is not described\n"
					"responses: POST /z, response 200: may succeed with status 200, for which no client is prepared by the contract\n"},
			{POST("responses: {'201': {description: d}}"), POST("responses: {2XX: {description: d}}"), ""},
			{POST("responses: {2XX: {description: d}}"), POST("responses: {'201': {description: d}}"), ""},
			{POST("responses: {'201': {description: d}, '404': {description: d}}"),
					POST("responses: {'201': {description: d}, '409': {description: d}}"),
					"optional-tolerated: POST /z, response 404: status 404 of the contract is not described\n"
					"responses-extension: POST /z, response 409: status 409 is not in the contract\n"},
			{POST("responses: {default: {description: d, content: {application/json: {schema: {type: string}}}}}"),
					POST("responses: {'200': {description: d, content: {application/json: {schema: {type: integer}}}}}"),
					"responses: POST /z, response 200: \"type\" is integer, where the contract has string; a client may get what the contract rules out\n"},
			{POST("responses: {'200': {description: d, content: {application/json: {}}}}"),
					POST("responses: {'200': {description: d}}"),
					"responses: POST /z, response 200: media type application/json of the contract is not offered\n"},
			{POST("responses: {'200': {description: d}}"),
					POST("responses: {'200': {description: d, content: {application/json: {}}}}"),
					"responses-extension: POST /z, response 200: media type application/json is not in the contract\n"},
	};
	CHECK(cases);
}

#define HEADERS(headers) POST("responses: {'200': {description: d, headers: {" headers "}}}")

static void test_headers(void **state)
{
	(void)state;
	static const struct case_of cases[] = {
			{HEADERS("API-version: {schema: {type: string}}"), HEADERS("api-version: {schema: {type: string}}"), ""},
			{HEADERS("API-version: {schema: {type: string}}"), HEADERS(""),
					"optional-tolerated: POST /z, response 200: header API-version of the contract is not described; the contract does not require it\n"},
			{HEADERS("API-version: {required: true, schema: {type: string}}"), HEADERS(""),
					"headers: POST /z, response 200: header API-version is missing, which the contract requires\n"},
			{HEADERS("API-version: {required: true, schema: {type: string}}"),
					HEADERS("API-version: {schema: {type: string}}"),
					"headers: POST /z, response 200: header API-version is not required, so it may be absent where a client counts on it\n"},
			{HEADERS(""), HEADERS("X-Meer: {schema: {type: string}}"),
					"headers-extension: POST /z, response 200: header X-Meer is not in the contract\n"},
			{HEADERS("X-N: {schema: {type: integer}}"), HEADERS("X-N: {schema: {type: string}}"),
					"headers: POST /z, response 200, header X-N: \"type\" is string, where the contract has integer; a client may get what the contract rules out\n"},
	};
	CHECK(cases);
}

#define SECURE(security, schemes)                                                                                      \
	HEAD "paths: {/z: {post: {" security OK "}}}\ncomponents: {securitySchemes: {" schemes "}}"
#define JWT "{type: http, scheme: bearer, bearerFormat: JWT}"

static void test_security(void **state)
{
	(void)state;
	static const struct case_of cases[] = {
			{SECURE("security: [{jwt: ['(a | b)']}], ", "jwt: " JWT),
					SECURE("security: [{claims: ['b | a']}], ", "claims: {type: http, scheme: Bearer}"), ""},
			{SECURE("security: [{jwt: ['a | b']}], ", "jwt: " JWT), SECURE("security: [{jwt: [a]}], ", "jwt: " JWT),
					"security: POST /z: a client with the rights that the contract asks for may be refused\n"},
			{SECURE("security: [{jwt: [a]}], ", "jwt: " JWT),
					SECURE("security: [{jwt: [a]}, {jwt: [c]}], ", "jwt: " JWT),
					"security-tolerated: POST /z: asks for fewer rights than the contract\n"},
			{SECURE("", "jwt: " JWT), SECURE("security: [{jwt: []}], ", "jwt: " JWT),
					"security-extension: POST /z: asks for credentials, of which the contract says nothing here\n"},
			{SECURE("security: [], ", "jwt: " JWT), SECURE("security: [{jwt: []}], ", "jwt: " JWT),
					"security: POST /z: a client with the rights that the contract asks for may be refused\n"},
			{SECURE("security: [{jwt: []}], ", "jwt: " JWT), SECURE("security: [{jwt: []}, {}], ", "jwt: " JWT),
					"security-tolerated: POST /z: asks for fewer rights than the contract\n"},
			{SECURE("security: [{k: []}], ", "k: {type: apiKey, in: header, name: X-K}"),
					SECURE("security: [{s: []}], ", "s: {type: apiKey, in: query, name: X-K}"),
					"security: POST /z: a client with the rights that the contract asks for may be refused\n"},
			{SECURE("security: [{jwt: []}], ", "jwt: " JWT), "security: [{jwt: []}]\n" SECURE("", "jwt: " JWT), ""},
			{SECURE("security: [{jwt: []}], ", "jwt: " JWT), SECURE("security: 3, ", "jwt: " JWT),
					"security?: POST /z: \"security\" is no list of requirements, or a very long one (test.yaml:3:31)\n"},
	};
	CHECK(cases);
}

/* A finding has both places, as pointers that lead there and offsets into each text. */
static void test_places(void **state)
{
	(void)state;
	struct compared compared = compare_texts(
			POST("requestBody: {$ref: '#/components/requestBodies/B'}, " OK) "\ncomponents: {requestBodies: {B: {content: {application/json: {schema: "
																			 "{$ref: '#/components/schemas/A~1B'}}}}}, schemas: {A/B: {type: object, properties: {a/b: {type: string}}}}}",
			POST("requestBody: {content: {application/json: {schema: {type: object, properties: {a/b: {type: integer}}}}}}, " OK));
	assert_int_equal(compared.facts.result_count, 1);
	const struct result *result = &compared.facts.results[0];
	assert_str(result->pointer, "/paths/~1z/post/requestBody/content/application~1json/schema/properties/a~1b/type");
	assert_str(result->basis_pointer, "/components/schemas/A~1B/properties/a~1b/type");
	assert_ptr_equal(result->doc, compared.vendor);
	assert_memory_equal(compared.vendor->source->bytes.ptr + result->start, "integer", 7);
	assert_memory_equal(result->basis->bytes.ptr + result->basis_start, "type: string", 12);
	assert_str(result->expected.in[LANG_EN], "type string");
	assert_str(result->found, "integer");
	assert_int_equal(compared.facts.items[result->rule].violations, 1);
	compared_end(&compared);
}

/* A schema that many operations share is told once for each direction. */
static void test_once(void **state)
{
	(void)state;
#define SHARED(type)                                                                                                         \
	HEAD "paths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/R'}}}}, /b: {get: {responses: {'200': "       \
		 "{$ref: '#/components/responses/R'}}}}}\ncomponents: {responses: {R: {description: d, content: {application/json: " \
		 "{schema: {$ref: '#/components/schemas/S'}}}}}, schemas: {S: {type: " type "}}}"
	assert_compared(SHARED("string"), SHARED("integer"),
			"responses: GET /a, response 200: \"type\" is integer, where the contract has string; a client may get what the contract rules out\n");
}

static void test_broken(void **state)
{
	(void)state;
	static const struct case_of cases[] = {
			{GET("{name: a, in: query, schema: {}}"), GET("{$ref: '#/nergens'}"),
					"parameters?: GET /z: a parameter of the contract was not seen, and one of the parameters cannot be read (test.yaml:3:19)\n"},
			{HEAD "paths: {/a: {get: {" OK "}}}", HEAD "paths: {/a: {$ref: '#/nergens'}}",
					"operations?: GET /a: the operation was not seen, and some paths of the document cannot be read (test.yaml:3:8)\n"},
			{POST("responses: {'200': {description: d}}"), POST("responses: {'200': {$ref: '#/nergens'}}"),
					"responses?: POST /z, response 200: a reference leads nowhere, so that it is not known what is described here (test.yaml:3:40)\n"},
			{POST("requestBody: {content: {a/b: {}}}, " OK), POST("requestBody: {$ref: '#/nergens'}, " OK),
					"requests?: POST /z, request body: a reference leads nowhere, so that it is not known what is described here (test.yaml:3:34)\n"},
	};
	CHECK(cases);
}

/* What fuzzing found: things that are said twice, by documents that are wrong. A document does not differ from itself.
 */
static void test_twice(void **state)
{
	(void)state;
	static const char *const documents[] = {
			GET("{name: a, in: query, schema: {type: string, format: date}}, {name: a, in: query, schema: {type: string}}"),
			POST("responses: {'200': {description: d, content: {a/b: {schema: {type: string}}}}, 2XX: {description: d}}"),
			POST("responses: {'200': {description: d, content: {a/b: {schema: {type: string}}, A/B: {schema: {type: integer}}}}}"),
			HEADERS("A: {schema: {type: string}}, a: {schema: {type: integer}}"),
	};
	for (size_t i = 0; i < sizeof documents / sizeof *documents; i++)
		assert_compared(documents[i], documents[i], "");
}

static void test_swagger(void **state)
{
	(void)state;
	struct compared compared = compare_texts(HEAD "paths: {}", "swagger: '2.0'\npaths: {}");
	for (int i = 0; i < CONTRACT_COMPARISONS; i++) {
		assert_true(compared.facts.items[i].undecided);
		assert_non_null(strstr(compared.facts.items[i].why.in[LANG_EN].ptr, "convert the document to OpenAPI 3.0"));
	}
	assert_int_equal(compared.facts.result_count, 0);
	compared_end(&compared);
}

/* Different versions of OpenAPI say the same in other words. */
static void test_versions(void **state)
{
	(void)state;
	assert_compared(
			"openapi: 3.0.3\npaths: {/z: {get: {responses: {'200': {description: d, content: {application/json: {schema: {type: string, "
			"nullable: true, maxLength: 3}}}}}}}}",
			"openapi: 3.2.0\npaths: {/z: {get: {responses: {'200': {description: d, content: {application/json: {schema: {type: [string, "
			"'null'], maxLength: 3}}}}}}}}",
			"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_operations),
			cmocka_unit_test(test_parameters),
			cmocka_unit_test(test_styles),
			cmocka_unit_test(test_path_parameters),
			cmocka_unit_test(test_bodies),
			cmocka_unit_test(test_statuses),
			cmocka_unit_test(test_headers),
			cmocka_unit_test(test_security),
			cmocka_unit_test(test_places),
			cmocka_unit_test(test_once),
			cmocka_unit_test(test_broken),
			cmocka_unit_test(test_twice),
			cmocka_unit_test(test_swagger),
			cmocka_unit_test(test_versions),
	};
	return cmocka_run_group_tests_name("contract", tests, NULL, NULL);
}
