/* SPDX-License-Identifier: EUPL-1.2 */
/* The table of core functions, and finding a function there or among those for OpenAPI and AsyncAPI. */
#include "engine/function.h"

#include "engine/asyncapi_function.h"
#include "engine/function_private.h"
#include "engine/oas_function.h"

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

static const struct function *find_in(const struct function *table, struct str name)
{
	for (; table->name; table++)
		if (str_eq(str_of(table->name), name)) return table;
	return NULL;
}

const struct function *function_find(struct str name)
{
	const struct function *core = find_in(functions, name);
	const struct function *oas = core ? NULL : find_in(oas_functions, name);
	return core ? core : oas ? oas : find_in(asyncapi_functions, name);
}

const struct function *function_table(void)
{
	return functions;
}
