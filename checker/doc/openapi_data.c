/* Data in OpenAPI documents: examples, defaults, enumerations, extensions. */
#include "doc/openapi_data.h"

static bool is_one_of(struct str name, const char *const *names)
{
	for (; *names; names++)
		if (str_eq(name, str_of(*names))) return true;
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
	if (!key.ptr || is_map_of_names(parent)) return false;
	if (str_eq(key, STR("examples"))) return member->kind == NODE_ARRAY;
	if (str_eq(key, STR("value"))) return str_eq(grandparent, STR("examples"));
	return str_starts(key, STR("x-")) || is_one_of(key, data);
}
