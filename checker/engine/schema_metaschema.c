/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The metaschemas of drafts 4 to 2020-12: which keywords there are and what their values have to be, as the drafts say
 * it in section 10 and appendix of core and validation. Written in YAML's flow style, which the C compiler leaves
 * alone.
 */
#include "engine/schema_metaschema.h"

#include "doc/uri.h"

#define URI_2019 "https://json-schema.org/draft/2019-09/"
#define URI_2020 "https://json-schema.org/draft/2020-12/"

/* Definitions that drafts 6 and 7 share. */
#define OLD_DEFINITIONS                                                                                                \
	"definitions: {"                                                                                                   \
	"schemaArray: {type: array, minItems: 1, items: {$ref: '#'}},"                                                     \
	"nonNegativeInteger: {type: integer, minimum: 0},"                                                                 \
	"nonNegativeIntegerDefault0: {allOf: [{$ref: '#/definitions/nonNegativeInteger'}, {default: 0}]},"                 \
	"simpleTypes: {enum: [array, boolean, integer, 'null', number, object, string]},"                                  \
	"stringArray: {type: array, items: {type: string}, uniqueItems: true, default: []}},"

/* Keywords that drafts 6 and 7 share. */
#define OLD_PROPERTIES                                                                                                 \
	"$id: {type: string, format: uri-reference},"                                                                      \
	"$schema: {type: string, format: uri},"                                                                            \
	"$ref: {type: string, format: uri-reference},"                                                                     \
	"title: {type: string}, description: {type: string},"                                                              \
	"multipleOf: {type: number, exclusiveMinimum: 0},"                                                                 \
	"maximum: {type: number}, exclusiveMaximum: {type: number},"                                                       \
	"minimum: {type: number}, exclusiveMinimum: {type: number},"                                                       \
	"maxLength: {$ref: '#/definitions/nonNegativeInteger'},"                                                           \
	"minLength: {$ref: '#/definitions/nonNegativeIntegerDefault0'},"                                                   \
	"pattern: {type: string, format: regex},"                                                                          \
	"additionalItems: {$ref: '#'},"                                                                                    \
	"items: {anyOf: [{$ref: '#'}, {$ref: '#/definitions/schemaArray'}], default: true},"                               \
	"maxItems: {$ref: '#/definitions/nonNegativeInteger'},"                                                            \
	"minItems: {$ref: '#/definitions/nonNegativeIntegerDefault0'},"                                                    \
	"uniqueItems: {type: boolean, default: false}, contains: {$ref: '#'},"                                             \
	"maxProperties: {$ref: '#/definitions/nonNegativeInteger'},"                                                       \
	"minProperties: {$ref: '#/definitions/nonNegativeIntegerDefault0'},"                                               \
	"required: {$ref: '#/definitions/stringArray'},"                                                                   \
	"additionalProperties: {$ref: '#'},"                                                                               \
	"definitions: {type: object, additionalProperties: {$ref: '#'}, default: {}},"                                     \
	"properties: {type: object, additionalProperties: {$ref: '#'}, default: {}},"                                      \
	"patternProperties: {type: object, additionalProperties: {$ref: '#'}, propertyNames: {format: regex}, "            \
	"default: {}},"                                                                                                    \
	"dependencies: {type: object, additionalProperties: "                                                              \
	"{anyOf: [{$ref: '#'}, {$ref: '#/definitions/stringArray'}]}},"                                                    \
	"propertyNames: {$ref: '#'}, const: true, enum: {type: array, items: true},"                                       \
	"type: {anyOf: [{$ref: '#/definitions/simpleTypes'}, {type: array, "                                               \
	"items: {$ref: '#/definitions/simpleTypes'}, minItems: 1, uniqueItems: true}]},"                                   \
	"format: {type: string}, default: true, examples: {type: array, items: true},"                                     \
	"allOf: {$ref: '#/definitions/schemaArray'}, anyOf: {$ref: '#/definitions/schemaArray'},"                          \
	"oneOf: {$ref: '#/definitions/schemaArray'}, not: {$ref: '#'}"

static const char draft4[] =
		"{id: 'http://json-schema.org/draft-04/schema#', $schema: 'http://json-schema.org/draft-04/schema#',"
		"description: Core schema meta-schema,"
		"definitions: {"
		"schemaArray: {type: array, minItems: 1, items: {$ref: '#'}},"
		"positiveInteger: {type: integer, minimum: 0},"
		"positiveIntegerDefault0: {allOf: [{$ref: '#/definitions/positiveInteger'}, {default: 0}]},"
		"simpleTypes: {enum: [array, boolean, integer, 'null', number, object, string]},"
		"stringArray: {type: array, items: {type: string}, minItems: 1, uniqueItems: true}},"
		"type: object, properties: {"
		"id: {type: string}, $schema: {type: string}, title: {type: string}, description: {type: string}, default: {},"
		"multipleOf: {type: number, minimum: 0, exclusiveMinimum: true},"
		"maximum: {type: number}, exclusiveMaximum: {type: boolean},"
		"minimum: {type: number}, exclusiveMinimum: {type: boolean},"
		"maxLength: {$ref: '#/definitions/positiveInteger'}, minLength: {$ref: '#/definitions/positiveIntegerDefault0'},"
		"pattern: {type: string, format: regex},"
		"additionalItems: {anyOf: [{type: boolean}, {$ref: '#'}], default: {}},"
		"items: {anyOf: [{$ref: '#'}, {$ref: '#/definitions/schemaArray'}], default: {}},"
		"maxItems: {$ref: '#/definitions/positiveInteger'}, minItems: {$ref: '#/definitions/positiveIntegerDefault0'},"
		"uniqueItems: {type: boolean, default: false},"
		"maxProperties: {$ref: '#/definitions/positiveInteger'},"
		"minProperties: {$ref: '#/definitions/positiveIntegerDefault0'},"
		"required: {$ref: '#/definitions/stringArray'},"
		"additionalProperties: {anyOf: [{type: boolean}, {$ref: '#'}], default: {}},"
		"definitions: {type: object, additionalProperties: {$ref: '#'}, default: {}},"
		"properties: {type: object, additionalProperties: {$ref: '#'}, default: {}},"
		"patternProperties: {type: object, additionalProperties: {$ref: '#'}, default: {}},"
		"dependencies: {type: object, additionalProperties: {anyOf: [{$ref: '#'}, {$ref: '#/definitions/stringArray'}]}},"
		"enum: {type: array, minItems: 1, uniqueItems: true},"
		"type: {anyOf: [{$ref: '#/definitions/simpleTypes'}, {type: array, items: {$ref: '#/definitions/simpleTypes'}, "
		"minItems: 1, uniqueItems: true}]},"
		"format: {type: string}, allOf: {$ref: '#/definitions/schemaArray'}, anyOf: {$ref: '#/definitions/schemaArray'},"
		"oneOf: {$ref: '#/definitions/schemaArray'}, not: {$ref: '#'}},"
		"dependencies: {exclusiveMaximum: [maximum], exclusiveMinimum: [minimum]}, default: {}}";

static const char draft6[] =
		"{$schema: 'http://json-schema.org/draft-06/schema#', $id: 'http://json-schema.org/draft-06/schema#',"
		"title: Core schema meta-schema," OLD_DEFINITIONS "type: [object, boolean], properties: {" OLD_PROPERTIES
		"}, default: {}}";

static const char draft7[] =
		"{$schema: 'http://json-schema.org/draft-07/schema#', $id: 'http://json-schema.org/draft-07/schema#',"
		"title: Core schema meta-schema," OLD_DEFINITIONS "type: [object, boolean], properties: {" OLD_PROPERTIES
		", $comment: {type: string}, readOnly: {type: boolean, default: false}, writeOnly: {type: boolean, default: false},"
		"contentMediaType: {type: string}, contentEncoding: {type: string},"
		"if: {$ref: '#'}, then: {$ref: '#'}, else: {$ref: '#'}}, default: true}";

static const char schema_2019[] =
		"{$schema: '" URI_2019 "schema', $id: '" URI_2019 "schema', $vocabulary: {"
		"'" URI_2019 "vocab/core': true, '" URI_2019 "vocab/applicator': true, '" URI_2019 "vocab/validation': true,"
		"'" URI_2019 "vocab/meta-data': true, '" URI_2019 "vocab/format': false, '" URI_2019 "vocab/content': true},"
		"$recursiveAnchor: true, title: Core and Validation specifications meta-schema,"
		"allOf: [{$ref: meta/core}, {$ref: meta/applicator}, {$ref: meta/validation}, {$ref: meta/meta-data},"
		"{$ref: meta/format}, {$ref: meta/content}], type: [object, boolean], properties: {"
		"definitions: {type: object, additionalProperties: {$recursiveRef: '#'}, default: {}},"
		"dependencies: {type: object, additionalProperties: "
		"{anyOf: [{$recursiveRef: '#'}, {$ref: 'meta/validation#/$defs/stringArray'}]}}}}";

#define META_2019(name)                                                                                                \
	"{$schema: '" URI_2019 "schema', $id: '" URI_2019 "meta/" name "', $vocabulary: {'" URI_2019 "vocab/" name         \
	"': true}, $recursiveAnchor: true, type: [object, boolean], properties: {"

static const char core_2019[] = META_2019(
		"core") "$id: {type: string, format: uri-reference, pattern: '^[^#]*#?$'}, $schema: {type: string, format: uri},"
				"$anchor: {type: string, pattern: '^[A-Za-z][-A-Za-z0-9.:_]*$'}, $ref: {type: string, format: uri-reference},"
				"$recursiveRef: {type: string, format: uri-reference}, $recursiveAnchor: {type: boolean, default: false},"
				"$vocabulary: {type: object, propertyNames: {type: string, format: uri}, additionalProperties: {type: boolean}},"
				"$comment: {type: string}, $defs: {type: object, additionalProperties: {$recursiveRef: '#'}, default: {}}}}";

static const char applicator_2019[] = META_2019(
		"applicator") "additionalItems: {$recursiveRef: '#'}, unevaluatedItems: {$recursiveRef: '#'},"
					  "items: {anyOf: [{$recursiveRef: '#'}, {$ref: '#/$defs/schemaArray'}]}, contains: {$recursiveRef: '#'},"
					  "additionalProperties: {$recursiveRef: '#'}, unevaluatedProperties: {$recursiveRef: '#'},"
					  "properties: {type: object, additionalProperties: {$recursiveRef: '#'}, default: {}},"
					  "patternProperties: {type: object, additionalProperties: {$recursiveRef: '#'}, propertyNames: {format: regex}, "
					  "default: {}}, dependentSchemas: {type: object, additionalProperties: {$recursiveRef: '#'}},"
					  "propertyNames: {$recursiveRef: '#'}, if: {$recursiveRef: '#'}, then: {$recursiveRef: '#'},"
					  "else: {$recursiveRef: '#'}, allOf: {$ref: '#/$defs/schemaArray'}, anyOf: {$ref: '#/$defs/schemaArray'},"
					  "oneOf: {$ref: '#/$defs/schemaArray'}, not: {$recursiveRef: '#'}},"
					  "$defs: {schemaArray: {type: array, minItems: 1, items: {$recursiveRef: '#'}}}}";

/* The validation vocabulary of both recent drafts. */
#define VALIDATION                                                                                                     \
	"multipleOf: {type: number, exclusiveMinimum: 0}, maximum: {type: number}, exclusiveMaximum: {type: number},"      \
	"minimum: {type: number}, exclusiveMinimum: {type: number}, maxLength: {$ref: '#/$defs/nonNegativeInteger'},"      \
	"minLength: {$ref: '#/$defs/nonNegativeIntegerDefault0'}, pattern: {type: string, format: regex},"                 \
	"maxItems: {$ref: '#/$defs/nonNegativeInteger'}, minItems: {$ref: '#/$defs/nonNegativeIntegerDefault0'},"          \
	"uniqueItems: {type: boolean, default: false}, maxContains: {$ref: '#/$defs/nonNegativeInteger'},"                 \
	"minContains: {$ref: '#/$defs/nonNegativeInteger', default: 1},"                                                   \
	"maxProperties: {$ref: '#/$defs/nonNegativeInteger'},"                                                             \
	"minProperties: {$ref: '#/$defs/nonNegativeIntegerDefault0'}, required: {$ref: '#/$defs/stringArray'},"            \
	"dependentRequired: {type: object, additionalProperties: {$ref: '#/$defs/stringArray'}}, const: true,"             \
	"enum: {type: array, items: true}, type: {anyOf: [{$ref: '#/$defs/simpleTypes'}, {type: array, "                   \
	"items: {$ref: '#/$defs/simpleTypes'}, minItems: 1, uniqueItems: true}]}},"                                        \
	"$defs: {nonNegativeInteger: {type: integer, minimum: 0},"                                                         \
	"nonNegativeIntegerDefault0: {$ref: '#/$defs/nonNegativeInteger', default: 0},"                                    \
	"simpleTypes: {enum: [array, boolean, integer, 'null', number, object, string]},"                                  \
	"stringArray: {type: array, items: {type: string}, uniqueItems: true, default: []}}}"

#define METADATA                                                                                                       \
	"title: {type: string}, description: {type: string}, default: true, deprecated: {type: boolean, default: false},"  \
	"readOnly: {type: boolean, default: false}, writeOnly: {type: boolean, default: false},"                           \
	"examples: {type: array, items: true}}}"

static const char validation_2019[] = META_2019("validation") VALIDATION;
static const char metadata_2019[] = META_2019("meta-data") METADATA;
static const char format_2019[] = META_2019("format") "format: {type: string}}}";
static const char content_2019[] = META_2019(
		"content") "contentMediaType: {type: string}, contentEncoding: {type: string}, contentSchema: {$recursiveRef: '#'}}}";

static const char schema_2020[] =
		"{$schema: '" URI_2020 "schema', $id: '" URI_2020 "schema', $vocabulary: {"
		"'" URI_2020 "vocab/core': true, '" URI_2020 "vocab/applicator': true, '" URI_2020 "vocab/unevaluated': true,"
		"'" URI_2020 "vocab/validation': true, '" URI_2020 "vocab/meta-data': true,"
		"'" URI_2020 "vocab/format-annotation': true, '" URI_2020 "vocab/content': true},"
		"$dynamicAnchor: meta, title: Core and Validation specifications meta-schema,"
		"allOf: [{$ref: meta/core}, {$ref: meta/applicator}, {$ref: meta/unevaluated}, {$ref: meta/validation},"
		"{$ref: meta/meta-data}, {$ref: meta/format-annotation}, {$ref: meta/content}], type: [object, boolean],"
		"properties: {definitions: {type: object, additionalProperties: {$dynamicRef: '#meta'}, deprecated: true, "
		"default: {}}, dependencies: {type: object, additionalProperties: "
		"{anyOf: [{$dynamicRef: '#meta'}, {$ref: 'meta/validation#/$defs/stringArray'}]}, deprecated: true, default: {}},"
		"$recursiveAnchor: {$ref: 'meta/core#/$defs/anchorString', deprecated: true},"
		"$recursiveRef: {$ref: 'meta/core#/$defs/uriReferenceString', deprecated: true}}}";

#define META_2020(name)                                                                                                \
	"{$schema: '" URI_2020 "schema', $id: '" URI_2020 "meta/" name "', $vocabulary: {'" URI_2020 "vocab/" name         \
	"': true}, $dynamicAnchor: meta, type: [object, boolean], properties: {"

static const char core_2020[] = META_2020(
		"core") "$id: {$ref: '#/$defs/uriReferenceString', pattern: '^[^#]*#?$'}, $schema: {$ref: '#/$defs/uriString'},"
				"$ref: {$ref: '#/$defs/uriReferenceString'}, $anchor: {$ref: '#/$defs/anchorString'},"
				"$dynamicRef: {$ref: '#/$defs/uriReferenceString'}, $dynamicAnchor: {$ref: '#/$defs/anchorString'},"
				"$vocabulary: {type: object, propertyNames: {$ref: '#/$defs/uriString'}, additionalProperties: {type: boolean}},"
				"$comment: {type: string}, $defs: {type: object, additionalProperties: {$dynamicRef: '#meta'}}},"
				"$defs: {anchorString: {type: string, pattern: '^[A-Za-z_][-A-Za-z0-9._]*$'},"
				"uriString: {type: string, format: uri}, uriReferenceString: {type: string, format: uri-reference}}}";

static const char applicator_2020[] = META_2020(
		"applicator") "prefixItems: {$ref: '#/$defs/schemaArray'}, items: {$dynamicRef: '#meta'}, contains: {$dynamicRef: '#meta'},"
					  "additionalProperties: {$dynamicRef: '#meta'},"
					  "properties: {type: object, additionalProperties: {$dynamicRef: '#meta'}, default: {}},"
					  "patternProperties: {type: object, additionalProperties: {$dynamicRef: '#meta'}, propertyNames: {format: regex}, "
					  "default: {}},"
					  "dependentSchemas: {type: object, additionalProperties: {$dynamicRef: '#meta'}, default: {}},"
					  "propertyNames: {$dynamicRef: '#meta'}, if: {$dynamicRef: '#meta'}, then: {$dynamicRef: '#meta'},"
					  "else: {$dynamicRef: '#meta'}, allOf: {$ref: '#/$defs/schemaArray'}, anyOf: {$ref: '#/$defs/schemaArray'},"
					  "oneOf: {$ref: '#/$defs/schemaArray'}, not: {$dynamicRef: '#meta'}},"
					  "$defs: {schemaArray: {type: array, minItems: 1, items: {$dynamicRef: '#meta'}}}}";

static const char unevaluated_2020[] = META_2020(
		"unevaluated") "unevaluatedItems: {$dynamicRef: '#meta'}, unevaluatedProperties: {$dynamicRef: '#meta'}}}";

static const char validation_2020[] = META_2020("validation") VALIDATION;
static const char metadata_2020[] = META_2020("meta-data") METADATA;
static const char annotation_2020[] = META_2020("format-annotation") "format: {type: string}}}";
static const char assertion_2020[] = META_2020("format-assertion") "format: {type: string}}}";
static const char content_2020[] = META_2020(
		"content") "contentEncoding: {type: string}, contentMediaType: {type: string}, contentSchema: {$dynamicRef: '#meta'}}}";

static const struct {
	const char *uri;
	const char *text;
} metaschemas[] = {
		{"http://json-schema.org/draft-04/schema", draft4},
		{"http://json-schema.org/draft-06/schema", draft6},
		{"http://json-schema.org/draft-07/schema", draft7},
		{URI_2019 "schema", schema_2019},
		{URI_2019 "meta/core", core_2019},
		{URI_2019 "meta/applicator", applicator_2019},
		{URI_2019 "meta/validation", validation_2019},
		{URI_2019 "meta/meta-data", metadata_2019},
		{URI_2019 "meta/format", format_2019},
		{URI_2019 "meta/content", content_2019},
		{URI_2020 "schema", schema_2020},
		{URI_2020 "meta/core", core_2020},
		{URI_2020 "meta/applicator", applicator_2020},
		{URI_2020 "meta/unevaluated", unevaluated_2020},
		{URI_2020 "meta/validation", validation_2020},
		{URI_2020 "meta/meta-data", metadata_2020},
		{URI_2020 "meta/format-annotation", annotation_2020},
		{URI_2020 "meta/format-assertion", assertion_2020},
		{URI_2020 "meta/content", content_2020},
};

enum { METASCHEMA_COUNT = sizeof metaschemas / sizeof metaschemas[0] };

static void close_document(void *doc)
{
	doc_close(doc);
}

/* The same address by http and by https is the same document. */
static struct str without_scheme(struct str uri)
{
	if (str_starts(uri, STR("http:"))) return str_skip(uri, 5);
	if (str_starts(uri, STR("https:"))) return str_skip(uri, 6);
	return uri;
}

bool schema_metaschema_find(struct arena *arena, struct str uri, struct schema_document *document)
{
	for (size_t i = 0; i < METASCHEMA_COUNT; i++) {
		struct str name = str_of(metaschemas[i].uri);
		if (!str_eq(without_scheme(name), without_scheme(uri))) continue;
		struct err err;
		err_init(&err, arena);
		struct doc *doc = doc_of(name, str_of(metaschemas[i].text), &err);
		if (!doc) return false;
		arena_on_free(arena, close_document, doc);
		*document = (struct schema_document){doc->root, doc->source};
		return true;
	}
	return false;
}

void schema_metaschema_each(void (*visit)(void *context, const char *uri), void *context)
{
	for (size_t i = 0; i < METASCHEMA_COUNT; i++)
		visit(context, metaschemas[i].uri);
}
