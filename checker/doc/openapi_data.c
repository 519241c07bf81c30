/* SPDX-License-Identifier: EUPL-1.2 */
/* Data in OpenAPI documents: examples, defaults, enumerations, extensions. */
#include "doc/openapi_data.h"

static bool is_one_of(struct str name, const char *const *names)
{
	for (; name.len && *names; names++)
		if (name.ptr[0] == (*names)[0] && str_eq(name, str_of(*names))) return true;
	return false;
}

/* Members of these have names that the author chose: `default` is a response there, `example` a property. */
static bool is_map_of_names(struct str name)
{
	static const char *const maps[] = {"properties", "patternProperties", "dependentSchemas", "schemas", "definitions",
			"$defs", "parameters", "headers", "responses", "examples", "requestBodies", "securitySchemes", "links",
			"callbacks", "pathItems", "mediaTypes", "variables", "paths", "webhooks", "encoding", "content", NULL};
	return is_one_of(name, maps);
}

bool openapi_is_data(struct str grandparent, struct str parent, const struct node *member)
{
	static const char *const data[] = {"example", "default", "enum", "const", NULL};
	struct str key = node_key(member);
	bool is_data = false;
	if (!key.ptr) return false;
	if (str_eq(key, STR("examples")))
		is_data = member->kind == NODE_ARRAY;
	else if (str_eq(key, STR("value")))
		is_data = str_eq(grandparent, STR("examples"));
	else
		is_data = str_starts(key, STR("x-")) || is_one_of(key, data);
	return is_data && !is_map_of_names(parent);
}
