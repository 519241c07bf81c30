/* The table of JSON Schema keywords, in the order in which ajv checks them. */
#include "engine/schema_checks.h"
#include "engine/schema_compiler.h"

enum { FIRST = SCHEMA_DRAFT4, LAST = SCHEMA_2020_12, TUPLES = SCHEMA_2019_09 };

const struct keyword schema_keywords[] = {
		{"$ref", GROUP_ANY, compile_reference, check_reference, FIRST, LAST},
		{"const", GROUP_ANY, compile_any_value, check_const, FIRST, LAST},
		{"enum", GROUP_ANY, compile_values, check_enum, FIRST, LAST},
		{"not", GROUP_ANY, compile_schema, check_not, FIRST, LAST},
		{"anyOf", GROUP_ANY, compile_schemas, check_any_of, FIRST, LAST},
		{"oneOf", GROUP_ANY, compile_schemas, check_one_of, FIRST, LAST},
		{"allOf", GROUP_ANY, compile_schemas, check_all_of, FIRST, LAST},
		{"if", GROUP_ANY, compile_if, check_if, FIRST, LAST},

		{"maximum", GROUP_NUMBER, compile_bound, check_maximum, FIRST, LAST},
		{"minimum", GROUP_NUMBER, compile_bound, check_minimum, FIRST, LAST},
		{"exclusiveMaximum", GROUP_NUMBER, compile_number, check_exclusive_maximum, FIRST, LAST},
		{"exclusiveMinimum", GROUP_NUMBER, compile_number, check_exclusive_minimum, FIRST, LAST},
		{"multipleOf", GROUP_NUMBER, compile_multiple, check_multiple_of, FIRST, LAST},
		{"format", GROUP_NUMBER, compile_format, check_format, FIRST, LAST},

		{"maxLength", GROUP_STRING, compile_count, check_max_length, FIRST, LAST},
		{"minLength", GROUP_STRING, compile_count, check_min_length, FIRST, LAST},
		{"pattern", GROUP_STRING, compile_pattern, check_pattern, FIRST, LAST},
		{"format", GROUP_STRING, compile_format, check_format, FIRST, LAST},

		{"maxItems", GROUP_ARRAY, compile_count, check_max_items, FIRST, LAST},
		{"minItems", GROUP_ARRAY, compile_count, check_min_items, FIRST, LAST},
		{"additionalItems", GROUP_ARRAY, compile_additional_items, check_items, FIRST, TUPLES},
		{"prefixItems", GROUP_ARRAY, compile_schemas, check_tuple, SCHEMA_2020_12, LAST},
		{"items", GROUP_ARRAY, compile_items, check_items, FIRST, LAST},
		{"contains", GROUP_ARRAY, compile_contains, check_contains, FIRST, LAST},
		{"uniqueItems", GROUP_ARRAY, compile_unique, check_unique_items, FIRST, LAST},

		{"maxProperties", GROUP_OBJECT, compile_count, check_max_properties, FIRST, LAST},
		{"minProperties", GROUP_OBJECT, compile_count, check_min_properties, FIRST, LAST},
		{"required", GROUP_OBJECT, compile_names, check_required, FIRST, LAST},
		{"propertyNames", GROUP_OBJECT, compile_schema, check_property_names, FIRST, LAST},
		{"additionalProperties", GROUP_OBJECT, compile_additional, check_additional_properties, FIRST, LAST},
		{"dependencies", GROUP_OBJECT, compile_dependencies, check_dependencies, FIRST, LAST},
		{"properties", GROUP_OBJECT, compile_members, check_properties, FIRST, LAST},
		{"patternProperties", GROUP_OBJECT, compile_patterns, check_pattern_properties, FIRST, LAST},
		{"dependentRequired", GROUP_OBJECT, compile_dependencies, check_dependencies, SCHEMA_2019_09, LAST},
		{"dependentSchemas", GROUP_OBJECT, compile_dependencies, check_dependencies, SCHEMA_2019_09, LAST},
		{NULL, GROUP_COUNT, NULL, NULL, FIRST, LAST},
};
