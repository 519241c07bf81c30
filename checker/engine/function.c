/* The table of core functions. */
#include "engine/function.h"

#include "engine/function_private.h"

static const struct function functions[] = {
		{"alphabetical", alphabetical_compile, alphabetical_evaluate},
		{"casing", casing_compile, casing_evaluate},
		{"defined", defined_compile, defined_evaluate},
		{"enumeration", enumeration_compile, enumeration_evaluate},
		{"falsy", falsy_compile, falsy_evaluate},
		{"length", length_compile, length_evaluate},
		{"or", or_compile, or_evaluate},
		{"pattern", pattern_compile, pattern_evaluate},
		{"schema", schema_function_compile, schema_function_evaluate},
		{"truthy", truthy_compile, truthy_evaluate},
		{"typedEnum", typed_enum_compile, typed_enum_evaluate},
		{"undefined", undefined_compile, undefined_evaluate},
		{"unreferencedReusableObject", unreferenced_reusable_object_compile, unreferenced_reusable_object_evaluate},
		{"xor", xor_compile, xor_evaluate},
		{NULL, NULL, NULL},
};

const struct function *function_find(struct str name)
{
	for (const struct function *function = functions; function->name; function++)
		if (str_eq(str_of(function->name), name)) return function;
	return NULL;
}

const struct function *function_table(void)
{
	return functions;
}
