/* SPDX-License-Identifier: EUPL-1.2 */
/* Functions of the OpenAPI rule set: what each reports, what it passes over, and that odd documents harm none. */
#include "engine/oas_function.h"

#include "base/limits.h"
#include "doc/pointer.h"
#include "support/fixture.h"

/* Violations as lines "below: message". */
struct collector {
	struct violation_sink sink;
	struct strbuf lines;
};

static void collect(struct violation_sink *sink, const struct violation *violation)
{
	struct collector *collector = (struct collector *)sink;
	assert_true(violation->message.in[LANG_NL].len > 0);
	strbuf_printf(
			&collector->lines, "%.*s: %.*s\n", STR_FMT(violation->below), STR_FMT(violation->message.in[LANG_EN]));
}

static const struct function *function_of(const char *name)
{
	for (const struct function *function = oas_functions; function->name; function++)
		if (strcmp(function->name, name) == 0) return function;
	fail_msg("no function %s", name);
	return NULL;
}

static void close_doc(void *doc)
{
	doc_close(doc);
}

/* A document that ends with the arena. */
static const struct doc *doc_in(struct arena *arena, const char *text)
{
	struct doc *doc = fixture_doc(arena, text);
	arena_on_free(arena, close_doc, doc);
	return doc;
}

static const void *compile(struct arena *arena, const struct function *function, const char *options)
{
	struct err err;
	err_init(&err, arena);
	const struct doc *doc = options ? doc_in(arena, options) : NULL;
	void *compiled = NULL;
	bool good = function->compile(arena, doc ? doc->source : NULL, doc ? doc->root : NULL, &compiled, &err);
	if (!good) fail_msg("%.*s", STR_FMT(err.message.in[LANG_EN]));
	return compiled;
}

enum { STEPS = 8 };

/* Runs a function on the place `pointer` of a document, through references unless `written`. */
static enum function_result run(struct collector *collector, struct arena *arena, const char *name, const char *options,
		const char *text, const char *pointer, bool written)
{
	const struct function *function = function_of(name);
	const struct doc *doc = doc_in(arena, text);
	const struct refs *refs = refs_new(arena, doc);
	struct view view = {doc, written ? NULL : refs};
	struct step steps[STEPS] = {step_root(&view)};
	uint32_t depth = 0;
	struct str rest = str_of(pointer), token;
	while (pointer_next(&rest, arena, &token)) {
		const struct node *parent = steps[depth].node, *child;
		uint32_t index = 0;
		assert_true(depth + 1 < STEPS);
		child = str_to_u32(token, &index) && parent->kind == NODE_ARRAY ? node_at(parent, index)
																		: node_member(parent, token);
		steps[depth + 1] = child ? step_child(&view, &steps[depth], child, index) : step_missing(&steps[depth], token);
		depth++;
	}
	struct subject subject = {
			.view = &view, .value = steps[depth].node, .where = &steps[depth], .refs = refs, .arena = arena};
	struct err err;
	err_init(&err, arena);
	return function->evaluate(compile(arena, function, options), &subject, &collector->sink, &err);
}

static void check(const char *name, const char *options, const char *text, const char *pointer, const char *expected)
{
	struct arena *arena = arena_new();
	struct collector collector = {.sink = {collect}};
	strbuf_init(&collector.lines, LIMIT_MESSAGE_BYTES);
	bool written = strcmp(name, "refSiblings") == 0 || strcmp(name, "oasUnusedComponent") == 0;
	assert_int_equal(run(&collector, arena, name, options, text, pointer, written), FUNCTION_DONE);
	assert_str(strbuf_str(&collector.lines), expected);
	strbuf_release(&collector.lines);
	arena_free(arena);
}

static void test_success_response(void **state)
{
	(void)state;
	static const char none[] = ": Operation must define at least a single 2xx or 3xx response\n";
	check("oasOpSuccessResponse", NULL, "{openapi: 3.0.1, r: {'400': {}, '204': {}}}", "/r", "");
	check("oasOpSuccessResponse", NULL, "{openapi: 3.0.1, r: {'399': {}}}", "/r", "");
	check("oasOpSuccessResponse", NULL, "{openapi: 3.0.1, r: {'400': {}, default: {}}}", "/r", none);
	check("oasOpSuccessResponse", NULL, "{openapi: 3.1.0, r: {2XX: {}}}", "/r", "");
	check("oasOpSuccessResponse", NULL, "{swagger: '2.0', r: {2XX: {}}}", "/r", none);
	check("oasOpSuccessResponse", NULL, "{openapi: 3.0.1, r: {}}", "/r", none);
	check("oasOpSuccessResponse", NULL, "{openapi: 3.0.1}", "/r", "");
	check("oasOpSuccessResponse", NULL, "{openapi: 3.0.1, r: []}", "/r", "");
}

static void test_operation_id_unique(void **state)
{
	(void)state;
	check("oasOpIdUnique", NULL, "{paths: {/a: {get: {operationId: x}, put: {operationId: y}}, /b: {get: {}}}}",
			"/paths", "");
	check("oasOpIdUnique", NULL, "{paths: {/a: {get: {operationId: x}}, /b: {put: {operationId: x}}}}", "/paths",
			"/~1b/put/operationId: operationId must be unique.\n");
	check("oasOpIdUnique", NULL, "{paths: {/a: {get: {operationId: 1}, put: {operationId: '1'}}}}", "/paths", "");
	check("oasOpIdUnique", NULL, "{paths: {/a: {get: {operationId: x}, x-put: {operationId: x}}}}", "/paths", "");
	check("oasOpIdUnique", NULL, "{paths: {/a: {get: {operationId: x}}, /b: {$ref: '#/paths/~1a'}}}", "/paths",
			"/~1b/get/operationId: operationId must be unique.\n");
}

static void test_operation_params(void **state)
{
	(void)state;
	static const char twice[] =
			"/1: A parameter in this operation already exposes the same combination of \"name\" and \"in\" values.\n";
	check("oasOpParams", NULL, "{p: [{in: query, name: a}, {in: header, name: a}, null, 3, []]}", "/p", "");
	check("oasOpParams", NULL, "{p: [{in: query, name: a}, {in: query, name: a}]}", "/p", twice);
	check("oasOpParams", NULL, "{p: [{in: body, name: a}, {in: formData, name: b}]}", "/p",
			": Operation must not have both \"in:body\" and \"in:formData\" parameters.\n");
	check("oasOpParams", NULL, "{p: [{in: body, name: a}, {in: body, name: b}]}", "/p",
			"/1: Operation must not have more than a single instance of the \"in:body\" parameter.\n");
	check("oasOpParams", NULL, "{p: [{$ref: '#/a'}, {$ref: '#/b'}]}", "/p", "");
	check("oasOpParams", NULL, "{p: [{$ref: '#/a'}, {$ref: '#/a'}], a: {in: query, name: x}}", "/p", twice);
}

static void test_path_params(void **state)
{
	(void)state;
	check("oasPathParam", NULL,
			"{paths: {'/a/{x}': {parameters: [{in: path, name: x, required: true}], get: {}, delete: {}}}}", "/paths",
			"");
	check("oasPathParam", NULL, "{paths: {'/a/{x}': {get: {}}}}", "/paths",
			"/~1a~1{x}/get: Operation must define parameter \"{x}\" as expected by path \"/a/{x}\".\n");
	check("oasPathParam", NULL, "{paths: {/a: {get: {parameters: [{in: path, name: x, required: true}]}}}}", "/paths",
			"/~1a/get/parameters/0: Parameter \"x\" must be used in path \"/a\".\n");
	check("oasPathParam", NULL, "{paths: {'/{x}': {get: {parameters: [{in: path, name: x}]}}}}", "/paths",
			"/~1{x}/get/parameters/0: Path parameter \"x\" must have \"required\" property that is set to \"true\".\n");
	check("oasPathParam", NULL, "{paths: {'/{x}': {}, '/{y}': {}}}", "/paths",
			"/~1{y}: Paths \"/{x}\" and \"/{y}\" must not be equivalent.\n");
	check("oasPathParam", NULL, "{paths: {'/{x}/{x}': {}}}", "/paths",
			"/~1{x}~1{x}: Path \"/{x}/{x}\" must not use parameter \"{x}\" multiple times.\n");
	check("oasPathParam", NULL,
			"{paths: {'/{x}': {parameters: [{in: path, name: x, required: true}, {in: path, name: x, required: true}]}}}",
			"/paths", "/~1{x}/parameters/1: Path parameter \"x\" must not be defined multiple times.\n");
	check("oasPathParam", NULL, "{paths: {'/{;?x*}{': {}, '/{}': {}, '/{a b}': null, x-y: [1]}}", "/paths", "");
}

static void test_tags(void **state)
{
	(void)state;
	check("oasTagDefined", NULL, "{tags: [{name: a}], paths: {/x: {get: {tags: [a]}}}}", "", "");
	check("oasTagDefined", NULL, "{tags: [{name: a}, null, b, {name: 1}], paths: {/x: {get: {tags: [a, b, 1]}}}}", "",
			"/paths/~1x/get/tags/1: Operation tags must be defined in global tags.\n"
			"/paths/~1x/get/tags/2: Operation tags must be defined in global tags.\n");
	check("oasTagDefined", NULL, "{paths: {/x: {get: {tags: a}}, /y: []}}", "", "");
	check("uniquenessTags", NULL, "{tags: [{name: a}, {name: b}]}", "/tags", "");
	check("uniquenessTags", NULL, "{tags: [{name: a}, {name: b}, {name: a}]}", "/tags",
			"/2/name: \"tags\" object contains duplicate tag name \"a\".\n");
	check("uniquenessTags", NULL, "{tags: [{name: a}, {name: a}, {}]}", "/tags", "");
}

static void test_security(void **state)
{
	(void)state;
	static const char *v3 = "{oasVersion: 3}";
	check("oasSecurityDefined", v3, "{components: {securitySchemes: {k: {}}}, security: [{k: []}]}", "/security/0", "");
	check("oasSecurityDefined", v3, "{security: [{k: []}]}", "/security/0",
			"/k: API \"security\" values must match a scheme defined in the \"components.securitySchemes\" object.\n");
	check("oasSecurityDefined", "{oasVersion: 2}", "{paths: {/a: {get: {security: [{k: []}]}}}}",
			"/paths/~1a/get/security/0",
			"/k: Operation \"security\" values must match a scheme defined in the \"securityDefinitions\" object.\n");
	check("oasSecurityDefined", v3,
			"{components: {securitySchemes: {k: {flows: {implicit: {scopes: {r: x}}}}}}, security: [{k: [r, w]}]}",
			"/security/0", "/k/1: \"w\" must be listed among scopes.\n");
	check("oasSecurityDefined", "{oasVersion: 2}",
			"{securityDefinitions: {k: {scopes: {r: x}}}, security: [{k: [r, w]}]}", "/security/0",
			"/k/1: \"w\" must be listed among scopes.\n");
	check("oasSecurityDefined", v3, "{components: [], security: [{k: {}}, {k: [1]}, null, [a]]}", "/security/0", "");
	check("oasSecurityDefined", v3, "{components: [], security: [{k: {}}, {k: [1]}, null, [a]]}", "/security/2", "");
}

static void test_security_options(void **state)
{
	(void)state;
	static const char *const wrong[] = {"{oasVersion: 4}", "{oasVersion: '3'}", "{versie: 3}", "[]", "null"};
	const struct function *function = function_of("oasSecurityDefined");
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct arena *arena = arena_new();
		const struct doc *doc = doc_in(arena, wrong[i]);
		struct err err;
		void *compiled;
		err_init(&err, arena);
		assert_false(function->compile(arena, doc->source, doc->root, &compiled, &err));
		assert_int_equal(err.code, ERR_RULES);
		assert_true(err.message.in[LANG_NL].len > 0);
		arena_free(arena);
	}
}

static void test_discriminator(void **state)
{
	(void)state;
	check("oasDiscriminator", NULL, "{s: {discriminator: t, properties: {t: {}}, required: [t]}}", "/s", "");
	check("oasDiscriminator", NULL, "{s: {discriminator: t, properties: [], required: t}}", "/s",
			"/properties: The discriminator property must be defined in this schema.\n"
			"/required: The discriminator property must be in the required property list.\n");
	check("oasDiscriminator", NULL, "{s: {discriminator: {propertyName: t}}}", "/s", "");
}

static void test_form_data(void **state)
{
	(void)state;
	check("oasOpFormDataConsumeCheck", NULL, "{o: {consumes: [multipart/form-data], parameters: [{in: formData}]}}",
			"/o", "");
	check("oasOpFormDataConsumeCheck", NULL, "{o: {consumes: [a/b, null], parameters: [null, {in: formData}]}}", "/o",
			": Consumes must include urlencoded, multipart, or form-data media type when using formData parameter.\n");
	check("oasOpFormDataConsumeCheck", NULL, "{o: {parameters: [{in: formData}]}}", "/o", "");
}

static void test_ref_siblings(void **state)
{
	(void)state;
	check("refSiblings", NULL, "{a: {$ref: '#/b'}}", "/a", "");
	check("refSiblings", NULL, "{a: {x: 1, $ref: '#/b', y: 2}}", "/a",
			"/x: $ref must not be placed next to any other properties\n"
			"/y: $ref must not be placed next to any other properties\n");
	check("refSiblings", NULL, "{a: {x: 1}}", "/a", "");
}

static void test_unused_component(void **state)
{
	(void)state;
	static const char unused[] = "/components/schemas/A: Potential orphaned reusable object has been detected\n";
	check("oasUnusedComponent", NULL, "{a: {$ref: '#/components/schemas/A'}, components: {schemas: {A: {}}}}", "", "");
	check("oasUnusedComponent", NULL, "{components: {schemas: {A: {}}}}", "", unused);
	check("oasUnusedComponent", NULL, "{a: {$ref: '#/components/schemas/A/b'}, components: {schemas: {A: {b: {}}}}}",
			"", unused);
	check("oasUnusedComponent", NULL, "{components: {schemas: {A: {b: {$ref: '#/components/schemas/A'}}}}}", "",
			unused);
	check("oasUnusedComponent", NULL, "{a: {$ref: '#/components/schemas/%41'}, components: {schemas: {A: {}}}}", "",
			"");
	check("oasUnusedComponent", NULL,
			"{a: {$ref: './test.yaml#/components/schemas/A'}, components: {schemas: {A: {}}, x: {y: {}}}}", "", "");
	check("oasUnusedComponent", NULL, "{a: {$ref: 'other.yaml#/components/schemas/A'}, components: {schemas: {A: {}}}}",
			"", unused);
	check("oasUnusedComponent", NULL, "{components: {schemas: [], links: null}}", "", "");
	check("oasUnusedComponent", NULL, "{components: []}", "", "");
}

static const char *const strict = "{checkSubstitutions: true, requireDefault: true}";

static void test_server_variables(void **state)
{
	(void)state;
	check("serverVariables", strict, "{s: {url: 'https://x/{v}', variables: {v: {default: a, enum: [a, b]}}}}", "/s",
			"");
	check("serverVariables", strict, "{s: {url: /}}", "/s", "");
	check("serverVariables", strict, "{s: {url: 'https://{v}'}}", "/s",
			"/variables: Not all server's variables are described with \"variables\" object. Missed: v.\n");
	check("serverVariables", strict, "{s: {url: 'https://x', variables: {v: {}}}}", "/s",
			"/variables/v: Server's \"variables\" object has unused defined \"v\" url variable.\n");
	check("serverVariables", strict, "{s: {url: 'https://x{v}', variables: {v: {}}}}", "/s",
			"/variables/v: Server Variable \"v\" has a missing default.\n");
	check("serverVariables", strict, "{s: {url: 'https://x{v}', variables: {v: {enum: [a], default: b}}}}", "/s",
			"/variables/v/default: Server Variable \"v\" has a default not listed in the enum.\n");
	check("serverVariables", NULL, "{s: {url: 'https://x{v}', variables: {v: {enum: [':q']}}}}", "/s", "");
	check("serverVariables", strict, "{s: {url: 'https://x:{v}', variables: {v: {default: 80, x-y: 1}}}}", "/s",
			": Invalid Server Object\n");
	check("serverVariables", strict, "{s: [a]}", "/s", ": Invalid Server Object\n");
	check("serverVariables", strict, "{s: {variables: {}}}", "/s", ": Invalid Server Object\n");
}

static void test_substitutions(void **state)
{
	(void)state;
	check("serverVariables", strict, "{s: {url: '{v}', variables: {v: {default: 'a b'}}}}", "/s",
			"/variables: A few substitutions of server variables resulted in invalid URLs: a%20b\n");
	check("serverVariables", strict,
			"{s: {url: '{v}/{w}', variables: {v: {enum: [a, b], default: a}, w: {enum: [c, d, e], default: c}}}}", "/s",
			"/variables: At least 5 substitutions of server variables resulted in invalid URLs: "
			"a/c, a/d, a/e, b/c, b/d and more\n");
	check("serverVariables", strict, "{s: {url: '{v}{w}', variables: {v: {enum: []}, w: {default: x}}}}", "/s",
			"/variables/v: Server Variable \"v\" has a missing default.\n");
}

/* Thirty variables of four values would make 4^30 URLs. */
static void test_too_many_substitutions(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct strbuf text;
	struct collector collector = {.sink = {collect}};
	strbuf_init(&text, LIMIT_MESSAGE_BYTES);
	strbuf_init(&collector.lines, LIMIT_MESSAGE_BYTES);
	strbuf_add(&text, STR("{s: {url: 'https://x/"));
	for (int i = 0; i < 30; i++)
		strbuf_printf(&text, "{v%d}", i);
	strbuf_add(&text, STR("', variables: {"));
	for (int i = 0; i < 30; i++)
		strbuf_printf(&text, "v%d: {default: a, enum: [a, b, c, d]},", i);
	strbuf_add(&text, STR("}}}"));
	assert_int_equal(run(&collector, arena, "serverVariables", strict, text.ptr, "/s", false), FUNCTION_UNDECIDED);
	assert_int_equal(collector.lines.len, 0);
	strbuf_release(&text);
	strbuf_release(&collector.lines);
	arena_free(arena);
}

/* Every function on every kind of value, and on a place that is missing. */
static const char media[] = "{oasVersion: 3, schemaField: schema, type: media}";

static void test_media_examples(void **state)
{
	(void)state;
	check("oasExample", media, "{openapi: 3.0.3, m: {schema: {type: string}, example: 1}}", "/m",
			"/example: \"example\" property type must be string\n");
	check("oasExample", media, "{openapi: 3.0.3, m: {schema: {type: string}, example: a, examples: {x: {value: 1}}}}",
			"/m", "");
	check("oasExample", media,
			"{openapi: 3.0.3, m: {schema: {$ref: '#/s'}, examples: {x: {value: {a: 1}}, y: {externalValue: u}, z: {}}}, "
			"s: {properties: {a: {type: string}}}}",
			"/m",
			"/examples/x/value/a: \"a\" property type must be string\n"
			"/examples/z/value: \"z.value\" property must exist\n");
	check("oasExample", "{oasVersion: 2, schemaField: schema, type: media}",
			"{swagger: '2.0', m: {schema: {type: string}, examples: {a/b: 1}}}", "/m",
			"/examples/a~1b: \"a/b\" property type must be string\n");
	check("oasExample", media,
			"{openapi: 3.2.0, m: {schema: {type: string}, examples: {x: {dataValue: 1}, y: "
			"{serializedValue: '1'}}}}",
			"/m", "/examples/x/dataValue: \"dataValue\" property type must be string\n");
	check("oasExample", media, "{openapi: 3.0.3, m: {schema: {type: text}, example: 1}}", "/m",
			"/example: schema is invalid: JSON Schema: \"type\" must be one of null, boolean, number, integer, string, "
			"array, object, or a list of those\n");
	check("oasExample", media, "{openapi: 3.0.3, m: {schema: {$ref: '#/nowhere'}, example: 1}}", "/m", "");
}

static void test_directions_of_examples(void **state)
{
	(void)state;
	static const char document[] =
			"{openapi: 3.0.3, components: {requestBodies: {A: {content: {a: {schema: {$ref: '#/s'}, example: {}}}}}, "
			"responses: {A: {content: {a: {schema: {$ref: '#/s'}, example: {}}}}}}, "
			"s: {required: [r, w], properties: {r: {readOnly: true}, w: {writeOnly: true}}}}";
	check("oasExample", media, document, "/components/requestBodies/A/content/a",
			"/example: \"example\" property must have required property \"w\"\n");
	check("oasExample", media, document, "/components/responses/A/content/a",
			"/example: \"example\" property must have required property \"r\"\n");
}

static void test_schema_examples(void **state)
{
	(void)state;
	static const char options[] = "{oasVersion: 3, schemaField: $, type: schema}";
	check("oasExample", options, "{openapi: 3.0.3, s: {type: string, example: 1, default: 2, x-example: 3}}", "/s",
			"/example: \"example\" property type must be string\n/default: \"default\" property type must be string\n");
	check("oasExample", options, "{openapi: 3.0.3, s: {type: string, nullable: true, example: 1}}", "/s",
			"/example: \"example\" property type must be string,null\n");
	check("oasExample", options, "{openapi: 3.1.0, s: {type: array, prefixItems: [{type: string}], example: [1]}}",
			"/s", "/example/0: Item at index 0 must be string\n");
	check("oasExample", "{oasVersion: 2, schemaField: $, type: schema}",
			"{swagger: '2.0', s: {type: integer, required: true, x-example: a}}", "/s",
			"/x-example: \"x-example\" property type must be integer\n");
	check("oasExample", options,
			"{openapi: 3.0.3, s: {type: object, properties: {n: {$ref: '#/s'}, a: {type: string}}, "
			"example: {n: {a: 1}}}}",
			"/s", "/example/n/a: \"a\" property type must be string\n");
}

static void test_document_schema(void **state)
{
	(void)state;
	static const char options[] =
			"{oas2: rules/spectral/oas-2.0.schema.yaml, oas3.1: rules/spectral/oas-3.1.schema.yaml, "
			"oas3.2: rules/spectral/oas-3.2.schema.yaml, oas3: rules/spectral/oas-3.0.schema.yaml}";
	check("oasDocumentSchema", options, "{openapi: 3.0.3, info: {title: a, version: '1'}, paths: {}}", "", "");
	check("oasDocumentSchema", options, "{openapi: 3.0.3, info: {title: a, version: 1, 'x/y': 1}, paths: {}}", "",
			"/info/x~1y: Property \"x/y\" is not expected to be here\n"
			"/info/version: \"version\" property must be string\n");
	check("oasDocumentSchema", options, "{openapi: 3.1.0, info: {title: a, version: '1'}}", "",
			": The document must have either \"paths\", \"webhooks\" or \"components\"\n");
	check("oasDocumentSchema", options, "{openapi: 3.2.0, info: {title: a, version: '1', summary: 1}, paths: {}}", "",
			"/info/summary: \"summary\" property must be string\n");
	check("oasDocumentSchema", options, "{swagger: '2.0', info: {title: a, version: '1'}, paths: {}, schemes: [htp]}",
			"",
			"/schemes/0: \"0\" property must be equal to one of the allowed values: \"http\", \"https\", \"ws\", "
			"\"wss\". Did you mean \"http\"?\n");
	check("oasDocumentSchema", options, "{asyncapi: 2.0.0}", "", "");
}

/* Options with which a function can be compiled. */
static const char *options_of(const char *name)
{
	if (strcmp(name, "oasSecurityDefined") == 0) return "{oasVersion: 3}";
	if (strcmp(name, "oasDocumentSchema") == 0) return "{oas3: rules/spectral/oas-3.0.schema.yaml}";
	if (strcmp(name, "oasExample") == 0) return "{oasVersion: 3, schemaField: schema, type: media}";
	return NULL;
}

static void test_odd_values(void **state)
{
	(void)state;
	static const char *const values[] = {"null", "true", "1", "text", "[]", "{}", "[null, [1], {}]",
			"{a: null, b: [1]}", "{paths: 1, tags: {}, components: 3}", "{$ref: 1}", "{parameters: {}, consumes: 1}",
			"{/a: {get: {parameters: [null, {in: path, name: null}], tags: {}, operationId: []}}}", "{url: '{'}"};
	for (const struct function *function = oas_functions; function->name; function++) {
		const char *options = options_of(function->name);
		for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
			struct arena *arena = arena_new();
			struct collector collector = {.sink = {collect}};
			strbuf_init(&collector.lines, LIMIT_MESSAGE_BYTES);
			run(&collector, arena, function->name, options, values[i], "", false);
			run(&collector, arena, function->name, options, values[i], "", true);
			run(&collector, arena, function->name, options, "{}", "/missing", false);
			strbuf_release(&collector.lines);
			arena_free(arena);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_success_response),
			cmocka_unit_test(test_operation_id_unique),
			cmocka_unit_test(test_operation_params),
			cmocka_unit_test(test_path_params),
			cmocka_unit_test(test_tags),
			cmocka_unit_test(test_security),
			cmocka_unit_test(test_security_options),
			cmocka_unit_test(test_discriminator),
			cmocka_unit_test(test_form_data),
			cmocka_unit_test(test_ref_siblings),
			cmocka_unit_test(test_unused_component),
			cmocka_unit_test(test_server_variables),
			cmocka_unit_test(test_substitutions),
			cmocka_unit_test(test_too_many_substitutions),
			cmocka_unit_test(test_odd_values),
			cmocka_unit_test(test_media_examples),
			cmocka_unit_test(test_directions_of_examples),
			cmocka_unit_test(test_schema_examples),
			cmocka_unit_test(test_document_schema),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
