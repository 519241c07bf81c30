/* SPDX-License-Identifier: EUPL-1.2 */
/* The table of JSON Schema keywords, in the order in which ajv checks them. */
#include "engine/schema_keyword.h"

#include "engine/schema_checks.h"

enum {
	FIRST = SCHEMA_DRAFT4,
	LAST = SCHEMA_2020_12,
	TUPLES = SCHEMA_2019_09,
	D6 = SCHEMA_DRAFT6,
	D7 = SCHEMA_DRAFT7,
	D2019 = SCHEMA_2019_09,
	CORE = VOCABULARY_CORE,
	APPLY = VOCABULARY_APPLICATOR,
	VALID = VOCABULARY_VALIDATION,
	REST = VOCABULARY_UNEVALUATED,
};

const struct keyword schema_keywords[] = {
		{"$ref", GROUP_ANY, compile_reference, check_reference, FIRST, LAST, FIRST, CORE},
		{"$dynamicRef", GROUP_ANY, compile_dynamic, check_dynamic, LAST, LAST, LAST, CORE},
		{"$recursiveRef", GROUP_ANY, compile_dynamic, check_dynamic, D2019, D2019, D2019, CORE},
		{"const", GROUP_ANY, compile_any_value, check_const, D6, LAST, FIRST, VALID},
		{"enum", GROUP_ANY, compile_values, check_enum, FIRST, LAST, FIRST, VALID},
		{"not", GROUP_ANY, compile_schema, check_not, FIRST, LAST, FIRST, APPLY},
		{"anyOf", GROUP_ANY, compile_schemas, check_any_of, FIRST, LAST, FIRST, APPLY},
		{"oneOf", GROUP_ANY, compile_schemas, check_one_of, FIRST, LAST, FIRST, APPLY},
		{"allOf", GROUP_ANY, compile_schemas, check_all_of, FIRST, LAST, FIRST, APPLY},
		{"if", GROUP_ANY, compile_if, check_if, D7, LAST, FIRST, APPLY},

		{"maximum", GROUP_NUMBER, compile_bound, check_maximum, FIRST, LAST, FIRST, VALID},
		{"minimum", GROUP_NUMBER, compile_bound, check_minimum, FIRST, LAST, FIRST, VALID},
		{"exclusiveMaximum", GROUP_NUMBER, compile_number, check_exclusive_maximum, FIRST, LAST, FIRST, VALID},
		{"exclusiveMinimum", GROUP_NUMBER, compile_number, check_exclusive_minimum, FIRST, LAST, FIRST, VALID},
		{"multipleOf", GROUP_NUMBER, compile_multiple, check_multiple_of, FIRST, LAST, FIRST, VALID},
		{"format", GROUP_NUMBER, compile_format, check_format, FIRST, LAST, FIRST, VOCABULARY_FORMAT},

		{"maxLength", GROUP_STRING, compile_count, check_max_length, FIRST, LAST, FIRST, VALID},
		{"minLength", GROUP_STRING, compile_count, check_min_length, FIRST, LAST, FIRST, VALID},
		{"pattern", GROUP_STRING, compile_pattern, check_pattern, FIRST, LAST, FIRST, VALID},
		{"format", GROUP_STRING, compile_format, check_format, FIRST, LAST, FIRST, VOCABULARY_FORMAT},
		{"contentEncoding", GROUP_STRING, compile_encoding, check_content_encoding, D7, LAST, D7, VOCABULARY_CONTENT},
		{"contentMediaType", GROUP_STRING, compile_media, check_content_media, D7, LAST, D7, VOCABULARY_CONTENT},

		{"maxItems", GROUP_ARRAY, compile_count, check_max_items, FIRST, LAST, FIRST, VALID},
		{"minItems", GROUP_ARRAY, compile_count, check_min_items, FIRST, LAST, FIRST, VALID},
		{"additionalItems", GROUP_ARRAY, compile_additional_items, check_items, FIRST, TUPLES, FIRST, APPLY},
		{"prefixItems", GROUP_ARRAY, compile_schemas, check_tuple, LAST, LAST, LAST, APPLY},
		{"items", GROUP_ARRAY, compile_items, check_items, FIRST, LAST, FIRST, APPLY},
		{"contains", GROUP_ARRAY, compile_contains, check_contains, D6, LAST, FIRST, APPLY},
		{"uniqueItems", GROUP_ARRAY, compile_unique, check_unique_items, FIRST, LAST, FIRST, VALID},
		{"unevaluatedItems", GROUP_ARRAY, compile_schema, check_unevaluated, D2019, LAST, D2019, REST},

		{"maxProperties", GROUP_OBJECT, compile_count, check_max_properties, FIRST, LAST, FIRST, VALID},
		{"minProperties", GROUP_OBJECT, compile_count, check_min_properties, FIRST, LAST, FIRST, VALID},
		{"required", GROUP_OBJECT, compile_names, check_required, FIRST, LAST, FIRST, VALID},
		{"propertyNames", GROUP_OBJECT, compile_schema, check_property_names, D6, LAST, FIRST, APPLY},
		{"additionalProperties", GROUP_OBJECT, compile_additional, check_additional_properties, FIRST, LAST, FIRST,
				APPLY},
		{"dependencies", GROUP_OBJECT, compile_dependencies, check_dependencies, FIRST, LAST, FIRST, APPLY},
		{"properties", GROUP_OBJECT, compile_members, check_properties, FIRST, LAST, FIRST, APPLY},
		{"patternProperties", GROUP_OBJECT, compile_patterns, check_pattern_properties, FIRST, LAST, FIRST, APPLY},
		{"dependentRequired", GROUP_OBJECT, compile_dependencies, check_dependencies, D2019, LAST, D2019, VALID},
		{"dependentSchemas", GROUP_OBJECT, compile_dependencies, check_dependencies, D2019, LAST, D2019, APPLY},
		{"discriminator", GROUP_OBJECT, compile_discriminator, check_discriminator, FIRST, LAST, FIRST,
				VOCABULARY_OPENAPI},
		{"unevaluatedProperties", GROUP_OBJECT, compile_schema, check_unevaluated, D2019, LAST, D2019, REST},
		{NULL, GROUP_COUNT, NULL, NULL, FIRST, LAST, FIRST, CORE},
};
