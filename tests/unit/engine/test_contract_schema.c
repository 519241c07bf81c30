/* SPDX-License-Identifier: EUPL-1.2 */
/* Schemas beside those of the contract: one case for each kind of difference, in both directions. */
#include "support/contract.h"

enum { BUFFER = 8192 };

/* A document whose one operation takes and gives a body of that schema; `more` is at the top of components.schemas. */
static const char *body_document(char *buffer, const char *version, const char *schema, const char *more, bool request)
{
	int length = snprintf(buffer, BUFFER,
			"openapi: %s\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    post:\n%s%s%s"
			"      responses: {'200': {description: d%s%s%s}}\ncomponents:\n  schemas:\n    Vrij: {}\n%s",
			version, request ? "      requestBody: {content: {application/json: {schema: " : "", request ? schema : "",
			request ? "}}}\n" : "", request ? "" : ", content: {application/json: {schema: ", request ? "" : schema,
			request ? "" : "}}", more);
	assert_true(length > 0 && length < BUFFER);
	return buffer;
}

struct schema_case {
	const char *official, *vendor;
	const char *request, *response; /* lines without "POST /a, request body" and the like; NULL: none */
};

/* "requests: POST /a, request body" stands for "<" before each line, "responses: POST /a, response 200" likewise. */
static const char *spelled(char *buffer, const char *lines, bool request)
{
	size_t length = 0;
	buffer[0] = '\0';
	for (const char *at = lines ? lines : ""; *at; at++) {
		const char *topic = request ? "requests" : "responses";
		const char *place = request ? "POST /a, request body" : "POST /a, response 200";
		int more;
		if (*at == '<')
			more = snprintf(buffer + length, BUFFER - length, "%s: %s", topic, place);
		else if (*at == '~')
			more = snprintf(buffer + length, BUFFER - length, "%s-tolerated: %s", topic, place);
		else if (*at == '>')
			more = snprintf(buffer + length, BUFFER - length, "%s-extension: %s", topic, place);
		else if (*at == '?')
			more = snprintf(buffer + length, BUFFER - length, "%s?: %s", topic, place);
		else
			more = snprintf(buffer + length, BUFFER - length, "%c", *at);
		assert_true(more > 0);
		length += (size_t)more;
		assert_true(length < BUFFER);
	}
	return buffer;
}

static void check_both(const char *version, const struct schema_case *one, const char *more)
{
	static char official[BUFFER], vendor[BUFFER], lines[BUFFER];
	for (int request = 0; request < 2; request++)
		assert_compared(body_document(official, version, one->official, more, request != 0),
				body_document(vendor, version, one->vendor, more, request != 0),
				spelled(lines, request ? one->request : one->response, request != 0));
}

static void check_all(const char *version, const struct schema_case *cases, size_t count, const char *more)
{
	for (size_t i = 0; i < count; i++) {
		check_both(version, &cases[i], more);
		struct schema_case same = {cases[i].official, cases[i].official, NULL, NULL};
		check_both(version, &same, more);
	}
}

#define REFUSES "; the service may refuse what a client may send by the contract\n"
#define RULED_OUT "; a client may get what the contract rules out\n"
#define MORE "; the service accepts more than it has to\n"
#define LESS "; the service sends less than it may\n"

static void test_types(void **state)
{
	(void)state;
	static const struct schema_case cases[] = {
			{"{type: string}", "{type: integer}", "<: \"type\" is integer, where the contract has string" REFUSES,
					"<: \"type\" is integer, where the contract has string" RULED_OUT},
			{"{type: number}", "{type: integer}", "<: \"type\" is integer, where the contract has number" REFUSES,
					"~: \"type\" is integer, where the contract has number" LESS},
			{"{type: integer}", "{type: number}", "~: \"type\" is number, where the contract has integer" MORE,
					"<: \"type\" is number, where the contract has integer" RULED_OUT},
			{"{type: string}", "{}", NULL, "<: no \"type\", where the contract has string" RULED_OUT},
			{"{}", "{type: string}", "<: \"type\" is string, where the contract has none" REFUSES, NULL},
			{"{type: string, nullable: true}", "{type: string}",
					"<: null is refused, which the contract allows a client to send\n",
					"~: is never null, which the contract would allow\n"},
			{"{type: string}", "{type: string, nullable: true}",
					"~: null is accepted, which no client sends by the contract\n",
					"<: may be null, which the contract rules out\n"},
			{"{type: object, properties: {a: {type: string}}}", "{properties: {a: {type: string}}}", NULL, NULL},
			{"{type: string, enum: [a]}", "{enum: [a]}", NULL, NULL},
			{"{allOf: [{type: string}], nullable: true}", "{type: string, nullable: true}", NULL, NULL},
	};
	check_all("3.0.3", cases, sizeof cases / sizeof *cases, "");
}

static void test_types_of_3_1(void **state)
{
	(void)state;
	static const struct schema_case cases[] = {
			{"{type: [string, 'null']}", "{type: string}",
					"<: null is refused, which the contract allows a client to send\n",
					"~: is never null, which the contract would allow\n"},
			{"{type: [string, 'null']}", "{anyOf: [{type: string}, {type: 'null'}]}", NULL, NULL},
			{"{oneOf: [{type: 'null'}, {type: string, maxLength: 3}]}", "{type: ['null', string], maxLength: 3}", NULL,
					NULL},
			{"{type: [string, integer]}", "{type: string}",
					"<: \"type\" is string, where the contract has integer | string" REFUSES,
					"~: \"type\" is string, where the contract has integer | string" LESS},
			{"{type: [string, integer]}", "{oneOf: [{type: integer}, {type: string}]}", NULL, NULL},
			{"{const: a}", "{enum: [a]}", NULL, NULL},
			{"{$ref: '#/components/schemas/Vrij', maxLength: 3}", "{maxLength: 3}", NULL, NULL},
			{"{type: integer, exclusiveMinimum: 0}", "{type: integer, minimum: 0}",
					"~: \"minimum\" is 0, where the contract has 0 (exclusive)" MORE,
					"<: \"minimum\" is 0, where the contract has 0 (exclusive)" RULED_OUT},
			{"{type: string}", "false", "<: \"type\" is false, where the contract has string" REFUSES, NULL},
	};
	check_all("3.1.0", cases, sizeof cases / sizeof *cases, "");
	check_all("3.2.0", cases, sizeof cases / sizeof *cases, "");
}

static void test_values(void **state)
{
	(void)state;
	static const struct schema_case cases[] = {
			{"{type: string, enum: [a, b, c]}", "{type: string, enum: [c, a]}",
					"<: does not accept \"b\", which the contract allows a client to send\n",
					"~: is never \"b\", which the contract would allow\n"},
			{"{type: string, enum: [a]}", "{type: string, enum: [a, '']}",
					"~: accepts \"\" beside the values of the contract\n",
					"<: may be \"\", which is no value of the contract\n"},
			{"{type: string}", "{type: string, enum: [a, b]}",
					"<: \"enum\" is \"a\", \"b\", where the contract has none" REFUSES,
					"~: \"enum\" is \"a\", \"b\", where the contract has none" LESS},
			{"{type: string, enum: [a]}", "{type: string}", "~: no \"enum\", where the contract has \"a\"" MORE,
					"<: no \"enum\", where the contract has \"a\"" RULED_OUT},
			{"{type: number, enum: [1, 2.50]}", "{type: number, enum: [2.5, 1.0]}", NULL, NULL},
			{"{enum: [{a: 1, b: [2]}]}", "{enum: [{b: [2.0], a: 1}]}", NULL, NULL},
			{"{oneOf: [{enum: [a, b]}, {enum: ['']}]}", "{type: string, enum: ['', a, b]}", NULL, NULL},
			{"{oneOf: [{type: string, enum: [a]}, {enum: [null]}]}", "{type: string, enum: [a], nullable: true}", NULL,
					NULL},
			{"{type: boolean}", "{type: boolean, enum: [true, false]}",
					"<: \"enum\" is true, false, where the contract has none" REFUSES,
					"~: \"enum\" is true, false, where the contract has none" LESS},
	};
	check_all("3.0.3", cases, (sizeof cases / sizeof *cases) - 1, "");
}

static void test_bounds(void **state)
{
	(void)state;
	static const struct schema_case cases[] = {
			{"{type: string, maxLength: 40}", "{type: string, maxLength: 20}",
					"<: \"maxLength\" is 20, where the contract has 40" REFUSES,
					"~: \"maxLength\" is 20, where the contract has 40" LESS},
			{"{type: string, maxLength: 40}", "{type: string}", "~: no \"maxLength\", where the contract has 40" MORE,
					"<: no \"maxLength\", where the contract has 40" RULED_OUT},
			{"{type: string}", "{type: string, minLength: 0}", NULL, NULL},
			{"{type: string, format: uri}", "{type: string, format: uri, minLength: 1}", NULL, NULL},
			{"{type: string, minLength: 1}", "{type: string}", "~: no \"minLength\", where the contract has 1" MORE,
					"<: no \"minLength\", where the contract has 1" RULED_OUT},
			{"{type: integer, minimum: 1}", "{type: integer, minimum: 1, exclusiveMinimum: true}",
					"<: \"minimum\" is 1 (exclusive), where the contract has 1" REFUSES,
					"~: \"minimum\" is 1 (exclusive), where the contract has 1" LESS},
			{"{type: integer, maximum: 10}", "{type: integer, maximum: 10.0}", NULL, NULL},
			{"{type: array, items: {}, maxItems: 2}", "{type: array, items: {}, maxItems: 3}",
					"~: \"maxItems\" is 3, where the contract has 2" MORE,
					"<: \"maxItems\" is 3, where the contract has 2" RULED_OUT},
			{"{type: array, items: {}, uniqueItems: true}", "{type: array, items: {}}",
					"~: no \"uniqueItems\", where the contract has true" MORE,
					"<: no \"uniqueItems\", where the contract has true" RULED_OUT},
			{"{type: object, minProperties: 1}", "{type: object, minProperties: 2}",
					"<: \"minProperties\" is 2, where the contract has 1" REFUSES,
					"~: \"minProperties\" is 2, where the contract has 1" LESS},
			{"{type: integer, multipleOf: 2}", "{type: integer, multipleOf: 4}",
					"?: two values of \"multipleOf\" cannot be compared (test.yaml:7:70)\n",
					"~: \"multipleOf\" is 4, where the contract has 2" LESS},
			{"{type: integer, multipleOf: 2}", "{type: integer}", "~: no \"multipleOf\", where the contract has 2" MORE,
					"<: no \"multipleOf\", where the contract has 2" RULED_OUT},
			{"{type: integer}", "{type: integer, maxLength: 3}", NULL, NULL},
			{"{allOf: [{type: string, maxLength: 40}, {maxLength: 20}]}", "{type: string, maxLength: 20}", NULL, NULL},
	};
	check_all("3.0.3", cases, 10, "");
	check_all("3.0.3", cases + 11, 3, "");
	/* of which the request cannot be told: 4 divides by 2 */
	check_both("3.0.3",
			&(struct schema_case){cases[10].official, cases[10].vendor,
					"<: \"multipleOf\" is 4, where the contract has 2" REFUSES, cases[10].response},
			"");
}

static void test_texts(void **state)
{
	(void)state;
	static const struct schema_case cases[] = {
			{"{type: string}", "{type: string, format: date}",
					"<: \"format\" is date, where the contract has none" REFUSES,
					"~: \"format\" is date, where the contract has none" LESS},
			{"{type: string, format: date}", "{type: string, format: date-time}",
					"<: \"format\" is date-time, where the contract has date" REFUSES,
					"<: \"format\" is date-time, where the contract has date" RULED_OUT},
			{"{type: string, format: uri}", "{type: string, format: uri-reference}",
					"~: \"format\" is uri-reference, where the contract has uri" MORE,
					"<: \"format\" is uri-reference, where the contract has uri" RULED_OUT},
			{"{type: integer, format: int64}", "{type: integer, format: int32}",
					"<: \"format\" is int32, where the contract has int64" REFUSES,
					"~: \"format\" is int32, where the contract has int64" LESS},
			{"{type: integer}", "{type: integer, format: int64}", NULL, NULL},
			{"{type: string, format: string}", "{type: string, format: password}", NULL, NULL},
			{"{type: string}", "{type: string, pattern: '^[0-9]+$'}",
					"<: \"pattern\" is ^[0-9]+$, where the contract has none" REFUSES,
					"~: \"pattern\" is ^[0-9]+$, where the contract has none" LESS},
			{"{allOf: [{pattern: a}, {pattern: b}], type: string}", "{allOf: [{pattern: b}], type: string, pattern: a}",
					NULL, NULL},
	};
	check_all("3.0.3", cases, sizeof cases / sizeof *cases, "");
	const struct schema_case other = {"{type: string, pattern: '^a'}", "{type: string, pattern: '^b'}",
			"?: two patterns, or a pattern and a format, cannot be compared; write the pattern of the contract "
			"(test.yaml:6:82)\n",
			"?: two patterns, or a pattern and a format, cannot be compared; write the pattern of the contract "
			"(test.yaml:6:104)\n"};
	check_both("3.0.3", &other, "");
}

static void test_properties(void **state)
{
	(void)state;
	static const struct schema_case cases[] = {
			{"{type: object, properties: {a: {type: string}}}", "{type: object, properties: {}}",
					"<: property \"a\" is missing, which a client may send by the contract\n",
					"optional-tolerated: POST /a, response 200: property \"a\" of the contract is never sent; the contract "
					"does not require it\n"},
			{"{type: object, required: [a], properties: {a: {type: string}}}", "{type: object, properties: {}}",
					"<: property \"a\" is missing, which a client may send by the contract\n",
					"<: property \"a\" is missing, which the contract requires\n"},
			{"{type: object}", "{type: object, properties: {a: {type: string}}}",
					">: property \"a\" is accepted, which the contract does not have\n",
					">: property \"a\" may be sent, which the contract does not have\n"},
			{"{type: object, additionalProperties: false}", "{type: object, properties: {a: {type: string}}}",
					">: property \"a\" is accepted, which the contract does not have\n",
					"<: property \"a\" may be sent, which the contract does not have\n"
					"~: no \"additionalProperties\", where the contract has false" LESS},
			{"{type: object, properties: {a: {}}}", "{type: object, required: [a], properties: {a: {}}}",
					"<: property \"a\" is required, which a client may leave out by the contract\n",
					"~: property \"a\" is always sent; the contract does not require it\n"},
			{"{type: object, required: [a], properties: {a: {}}}", "{type: object, properties: {a: {}}}",
					"~: property \"a\" may be left out, which the contract requires of a client\n",
					"<: property \"a\" is not required, so it may be absent where a client counts on it\n"},
			{"{type: object}", "{type: object, required: [a], properties: {a: {}}}",
					"<: property \"a\" is required, which a client may leave out by the contract\n",
					">: property \"a\" may be sent, which the contract does not have\n"},
			{"{type: object, properties: {a: {type: object, properties: {b: {type: array, items: {type: string}}}}}}",
					"{type: object, properties: {a: {type: object, properties: {b: {type: array, items: {type: integer}}}}}}",
					"<, a.b[]: \"type\" is integer, where the contract has string" REFUSES,
					"<, a.b[]: \"type\" is integer, where the contract has string" RULED_OUT},
			{"{type: array}", "{type: array, items: {type: string}}",
					"<, []: \"type\" is string, where the contract has none" REFUSES, NULL},
			{"{type: object, additionalProperties: {type: string}}",
					"{type: object, additionalProperties: {type: integer}}",
					"<, [*]: \"type\" is integer, where the contract has string" REFUSES,
					"<, [*]: \"type\" is integer, where the contract has string" RULED_OUT},
			{"{type: object, additionalProperties: {type: string}}", "{type: object, properties: {a: {type: integer}}}",
					"<, a: \"type\" is integer, where the contract has string" REFUSES,
					"<, a: \"type\" is integer, where the contract has string" RULED_OUT},
			{"{allOf: [{type: object, properties: {a: {type: string}}}, {required: [a]}]}",
					"{type: object, properties: {a: {type: string}}, required: [a]}", NULL, NULL},
	};
	check_all("3.0.3", cases, sizeof cases / sizeof *cases, "");
}

static void test_read_only(void **state)
{
	(void)state;
	static const struct schema_case cases[] = {
			{"{type: object, required: [a], properties: {a: {type: string, readOnly: true}}}", "{type: object}", NULL,
					"<: property \"a\" is missing, which the contract requires\n"},
			{"{type: object, properties: {a: {type: string}}}",
					"{type: object, properties: {a: {type: string, readOnly: true}}}",
					"<: property \"a\" is readOnly, which a client may send by the contract\n", NULL},
			{"{type: object}", "{type: object, required: [a], properties: {a: {type: string, readOnly: true}}}", NULL,
					">: property \"a\" may be sent, which the contract does not have\n"},
			{"{type: object, properties: {a: {type: string, writeOnly: true}}}",
					"{type: object, properties: {a: {type: string}}}", NULL,
					"~: property \"a\" is writeOnly in the contract, and should not be sent\n"},
			{"{type: object, required: [a], properties: {a: {type: string}}}",
					"{type: object, required: [a], properties: {a: {type: string, writeOnly: true}}}", NULL,
					"<: property \"a\" is missing, which the contract requires\n"},
			{"{type: object, properties: {a: {type: string, readOnly: true}}}",
					"{type: object, properties: {a: {allOf: [{$ref: '#/components/schemas/S'}], readOnly: true}}}",
					NULL, NULL},
	};
	check_all("3.0.3", cases, sizeof cases / sizeof *cases, "    S: {type: string}\n");
}

static void test_unions(void **state)
{
	(void)state;
	static const struct schema_case cases[] = {
			{"{oneOf: [{$ref: '#/components/schemas/Kat'}, {$ref: '#/components/schemas/Hond'}]}",
					"{oneOf: [{$ref: '#/components/schemas/Hond'}, {$ref: '#/components/schemas/Kat'}]}", NULL, NULL},
			{"{oneOf: [{$ref: '#/components/schemas/Kat'}, {$ref: '#/components/schemas/Hond'}]}",
					"{anyOf: [{$ref: '#/components/schemas/Blaffer'}, {$ref: '#/components/schemas/Kat'}]}", NULL,
					NULL},
			{"{oneOf: [{$ref: '#/components/schemas/Kat'}, {$ref: '#/components/schemas/Hond'}]}",
					"{oneOf: [{$ref: '#/components/schemas/Kat'}, {$ref: '#/components/schemas/Hond'}, {type: string}]}",
					"~: \"type\" is string | object, where the contract has object" MORE
					">: alternative 3 is accepted, which the contract does not have\n",
					"<: \"type\" is string | object, where the contract has object" RULED_OUT},
			{"{oneOf: [{type: string}, {type: integer}]}", "{type: string}",
					"<: \"type\" is string, where the contract has integer | string" REFUSES,
					"~: \"type\" is string, where the contract has integer | string" LESS},
			{"{type: string, maxLength: 5}", "{oneOf: [{type: integer}, {type: string, maxLength: 3}]}",
					"~: \"type\" is integer | string, where the contract has string" MORE
					"<: \"maxLength\" is 3, where the contract has 5" REFUSES,
					"<: \"type\" is integer | string, where the contract has string" RULED_OUT
					"~: \"maxLength\" is 3, where the contract has 5" LESS},
	};
	static const char more[] =
			"    Kat: {type: object, required: [soort, miauwt], properties: {soort: {type: string, enum: [kat]}, miauwt: {type: boolean}}}\n"
			"    Hond: {type: object, required: [soort, blaft], properties: {soort: {type: string, enum: [hond]}, blaft: {type: boolean}}}\n"
			"    Blaffer: {type: object, required: [blaft, soort], properties: {blaft: {type: boolean}, soort: {type: string, enum: [hond]}}}\n";
	check_all("3.0.3", cases, 2, more);
	check_all("3.0.3", cases + 2, 3, more);
}

#define PET                                                                                                            \
	"    Dier: {type: object, required: [soort], properties: {soort: {type: string}, naam: {type: string}}, "          \
	"discriminator: {propertyName: soort, mapping: {%s}}}\n"                                                           \
	"    %s: {allOf: [{$ref: '#/components/schemas/Dier'}, {type: object, properties: {miauwt: {type: %s}}}]}\n"       \
	"    Hond: {allOf: [{$ref: '#/components/schemas/Dier'}, {type: object, properties: {blaft: {type: boolean}}}]}\n"

/* A base that maps to what includes it: subtypes are compared by value, whatever their names. */
static void test_discriminator(void **state)
{
	(void)state;
	static char more[BUFFER], other[BUFFER], official[BUFFER], vendor[BUFFER];
	static const char schema[] = "{$ref: '#/components/schemas/Dier'}";
	snprintf(more, sizeof more, PET, "kat: '#/components/schemas/Kat', hond: Hond", "Kat", "boolean");
	snprintf(other, sizeof other, PET, "hond: '#/components/schemas/Hond', kat: '#/components/schemas/Poes'", "Poes",
			"boolean");
	assert_compared(body_document(official, "3.0.3", schema, more, true),
			body_document(vendor, "3.0.3", schema, other, true), "");
	snprintf(other, sizeof other, PET, "kat: Poes, hond: Hond", "Poes", "string");
	assert_compared(body_document(official, "3.0.3", schema, more, true),
			body_document(vendor, "3.0.3", schema, other, true),
			"requests: POST /a, request body, (kat).miauwt: \"type\" is string, where the contract has boolean" REFUSES);
	snprintf(other, sizeof other, PET, "kat: Poes", "Poes", "boolean");
	assert_compared(body_document(official, "3.0.3", schema, more, true),
			body_document(vendor, "3.0.3", schema, other, true),
			"requests: POST /a, request body: alternative hond of the contract is not accepted\n");
	assert_compared(body_document(official, "3.0.3", schema, other, false),
			body_document(vendor, "3.0.3", schema, more, false),
			"responses: POST /a, response 200: alternative hond may be sent, which the contract does not have\n");
}

/* Trees that contain themselves, under other names. */
static void test_recursion(void **state)
{
	(void)state;
	static char official[BUFFER], vendor[BUFFER];
	static const char ours[] =
			"    Tak: {type: object, properties: {naam: {type: string}, onder: {type: array, items: {$ref: '#/components/schemas/Tak'}}}}\n";
	static const char theirs[] =
			"    Boom: {type: object, properties: {onder: {type: array, items: {$ref: '#/components/schemas/Boom'}}, naam: {type: string}}}\n";
	static const char wrong[] =
			"    Boom: {type: object, properties: {onder: {type: array, items: {$ref: '#/components/schemas/Boom'}}, naam: {type: integer}}}\n";
	body_document(official, "3.0.3", "{$ref: '#/components/schemas/Tak'}", ours, true);
	assert_compared(official, body_document(vendor, "3.0.3", "{$ref: '#/components/schemas/Boom'}", theirs, true), "");
	assert_compared(official, body_document(vendor, "3.0.3", "{$ref: '#/components/schemas/Boom'}", wrong, true),
			"requests: POST /a, request body, naam: \"type\" is integer, where the contract has string" REFUSES);
}

/* What is not understood is never a pass, unless both sides have the same. */
static void test_undecided(void **state)
{
	(void)state;
	static const struct schema_case cases[] = {
			{"{type: string}", "{type: string, not: {enum: [a]}}",
					"?: keur cannot compare \"not\" where it is not the same on both sides (test.yaml:6:78)\n", NULL},
			{"{type: object, patternProperties: {'^a': {type: string}}}",
					"{type: object, patternProperties: {'^a': {type: string, description: d}}}", NULL, NULL},
			{"{$ref: '#/components/schemas/Geen'}", "{$ref: '#/components/schemas/Geen'}",
					"?: part of a schema cannot be read: a reference leads nowhere, or something else stands where a schema has to be (test.yaml:6:58)\n",
					"?: part of a schema cannot be read: a reference leads nowhere, or something else stands where a schema has to be (test.yaml:6:80)\n"},
	};
	check_both("3.1.0", &cases[0], "");
	check_both("3.1.0", &cases[1], "");
	check_both("3.1.0", &cases[2], "");
}

/* Descriptions, order, names of components and wrappers are no difference. */
static void test_harmless(void **state)
{
	(void)state;
	static const struct schema_case cases[] = {
			{"{$ref: '#/components/schemas/A'}", "{$ref: '#/components/schemas/B'}", NULL, NULL},
			{"{type: object, title: een, properties: {a: {type: string, description: x, example: y}, b: {type: integer}}}",
					"{properties: {b: {type: integer, default: 3}, a: {type: string}}, type: object, x-iets: 1}", NULL,
					NULL},
			{"{type: object, required: [a, b], properties: {a: {}, b: {}}}",
					"{type: object, required: [b, a], properties: {a: {}, b: {}}}", NULL, NULL},
			{"{allOf: [{$ref: '#/components/schemas/A'}], description: x}", "{$ref: '#/components/schemas/B'}", NULL,
					NULL},
	};
	check_all("3.0.3", cases, sizeof cases / sizeof *cases,
			"    A: {type: string, maxLength: 3}\n    B: {maxLength: 3, type: string}\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_types),
			cmocka_unit_test(test_types_of_3_1),
			cmocka_unit_test(test_values),
			cmocka_unit_test(test_bounds),
			cmocka_unit_test(test_texts),
			cmocka_unit_test(test_properties),
			cmocka_unit_test(test_read_only),
			cmocka_unit_test(test_unions),
			cmocka_unit_test(test_discriminator),
			cmocka_unit_test(test_recursion),
			cmocka_unit_test(test_undecided),
			cmocka_unit_test(test_harmless),
	};
	return cmocka_run_group_tests_name("contract_schema", tests, NULL, NULL);
}
