/* SPDX-License-Identifier: EUPL-1.2 */
/* Looks at a schema for the types of values that it allows. */
#include "engine/openapi_type.h"

/* Schemas looked at for one question: enough for any that a person wrote, and no more. */
enum { MOST_LOOKS = 200 };

struct look {
	const struct openapi *openapi;
	unsigned left;
};

static unsigned type_by_name(const struct node *name)
{
	static const struct {
		const char *name;
		unsigned type;
	} types[] = {{"null", TYPES_NULL}, {"boolean", TYPES_BOOLEAN}, {"number", TYPES_NUMBER}, {"integer", TYPES_NUMBER},
			{"string", TYPES_STRING}, {"array", TYPES_ARRAY}, {"object", TYPES_OBJECT}};
	for (size_t i = 0; name->kind == NODE_STRING && i < sizeof types / sizeof types[0]; i++)
		if (str_eq(node_text(name), str_of(types[i].name))) return types[i].type;
	return TYPES_ALL;
}

static unsigned type_of_value(const struct node *value)
{
	static const unsigned types[] = {
			TYPES_NULL, TYPES_BOOLEAN, TYPES_BOOLEAN, TYPES_NUMBER, TYPES_STRING, TYPES_ARRAY, TYPES_OBJECT};
	return types[value->kind];
}

static unsigned types_of(struct look *look, const struct node *schema);

/* Of `type`, `enum` and `const`. */
static unsigned own_types(const struct node *schema)
{
	const struct node *type = node_member(schema, STR("type"));
	const struct node *list = node_member(schema, STR("enum"));
	const struct node *only = node_member(schema, STR("const"));
	const struct node *nullable = node_member(schema, STR("nullable"));
	unsigned types = type ? 0 : TYPES_ALL, values = 0;
	if (type && type->kind != NODE_ARRAY) types = type_by_name(type);
	for (uint32_t i = 0; type && type->kind == NODE_ARRAY && i < type->len; i++)
		types |= type_by_name(&type->children[i]);
	if (nullable && nullable->kind == NODE_TRUE) types |= TYPES_NULL;
	for (uint32_t i = 0; list && list->kind == NODE_ARRAY && i < list->len; i++)
		values |= type_of_value(&list->children[i]);
	if (list) types &= values;
	return only ? types & type_of_value(only) : types;
}

static unsigned branch_types(struct look *look, const struct node *list)
{
	unsigned types = 0;
	if (!list || list->kind != NODE_ARRAY) return TYPES_ALL;
	for (uint32_t i = 0; i < list->len && types != TYPES_ALL; i++)
		types |= types_of(look, &list->children[i]);
	return types;
}

static unsigned types_of(struct look *look, const struct node *schema)
{
	if (!schema || schema->kind != NODE_OBJECT || look->left == 0) return TYPES_ALL;
	look->left--;
	unsigned types = TYPES_ALL;
	const struct target *target = refs_target(look->openapi->refs, schema);
	if (target) types = types_of(look, target->node);
	if (target && look->openapi->version < OPENAPI_3_1) return types;
	types &= own_types(schema);
	const struct node *all = node_member(schema, STR("allOf"));
	for (uint32_t i = 0; all && all->kind == NODE_ARRAY && i < all->len; i++)
		types &= types_of(look, &all->children[i]);
	types &= branch_types(look, node_member(schema, STR("anyOf")));
	return types & branch_types(look, node_member(schema, STR("oneOf")));
}

unsigned schema_types(const struct openapi *openapi, const struct node *schema)
{
	struct look look = {openapi, MOST_LOOKS};
	unsigned types = types_of(&look, schema);
	return types && look.left ? types : TYPES_ALL;
}

static const struct node *part_of(struct look *look, const struct node *schema, struct str keyword, struct str name)
{
	if (!schema || schema->kind != NODE_OBJECT || look->left == 0) return NULL;
	look->left--;
	const struct node *found = node_member(schema, keyword);
	if (found && name.ptr) found = node_member(found, name);
	if (found) return found;
	const struct target *target = refs_target(look->openapi->refs, schema);
	if (target) found = part_of(look, target->node, keyword, name);
	const struct node *all = node_member(schema, STR("allOf"));
	for (uint32_t i = 0; !found && all && all->kind == NODE_ARRAY && i < all->len; i++)
		found = part_of(look, &all->children[i], keyword, name);
	return found;
}

const struct node *schema_part(const struct openapi *openapi, const struct node *schema, struct str keyword)
{
	struct look look = {openapi, MOST_LOOKS};
	return part_of(&look, schema, keyword, (struct str){NULL, 0});
}

const struct node *schema_property(const struct openapi *openapi, const struct node *schema, struct str name)
{
	struct look look = {openapi, MOST_LOOKS};
	return part_of(&look, schema, STR("properties"), name.ptr ? name : STR(""));
}
