/* SPDX-License-Identifier: EUPL-1.2 */
/* Which types a shape allows, and what its unions are. */
#include "base/vec.h"
#include "doc/pointer.h"
#include "engine/contract_digest.h"
#include "engine/contract_shape_private.h"

/* Unions within unions that are looked into for types: beyond this they may be of any. */
enum { MOST_DEPTH = 50 };

unsigned shape_type_of(const struct node *value)
{
	static const unsigned types[] = {
			SHAPE_NULL, SHAPE_BOOLEAN, SHAPE_BOOLEAN, SHAPE_FRACTION, SHAPE_STRING, SHAPE_ARRAY, SHAPE_OBJECT};
	return value->kind == NODE_NUMBER && node_is_integer(value) ? SHAPE_INTEGER : types[value->kind];
}

static unsigned type_by_name(const struct node *name)
{
	static const struct {
		const char *name;
		unsigned types;
	} types[] = {{"null", SHAPE_NULL}, {"boolean", SHAPE_BOOLEAN}, {"integer", SHAPE_INTEGER},
			{"number", SHAPE_INTEGER | SHAPE_FRACTION}, {"string", SHAPE_STRING}, {"array", SHAPE_ARRAY},
			{"object", SHAPE_OBJECT}};
	for (size_t i = 0; name->kind == NODE_STRING && i < sizeof types / sizeof types[0]; i++)
		if (str_eq(node_text(name), str_of(types[i].name))) return types[i].types;
	return SHAPE_ANY;
}

/* What `type` says; SHAPE_ANY without it. */
static unsigned own_types(const struct node *type)
{
	unsigned types = 0;
	if (!type) return SHAPE_ANY;
	if (type->kind != NODE_ARRAY) return type_by_name(type);
	for (uint32_t i = 0; i < type->len; i++)
		types |= type_by_name(&type->children[i]);
	return types;
}

/* Types that a keyword is about, for schemas that say no type: `properties` are meant for objects. */
static unsigned hinted_types(const struct node *schema)
{
	static const struct {
		const char *keyword;
		unsigned types;
	} hints[] = {{"properties", SHAPE_OBJECT}, {"required", SHAPE_OBJECT}, {"additionalProperties", SHAPE_OBJECT},
			{"items", SHAPE_ARRAY}, {"minItems", SHAPE_ARRAY}, {"maxItems", SHAPE_ARRAY}, {"minLength", SHAPE_STRING},
			{"maxLength", SHAPE_STRING}, {"pattern", SHAPE_STRING}, {"minimum", SHAPE_INTEGER | SHAPE_FRACTION},
			{"maximum", SHAPE_INTEGER | SHAPE_FRACTION}};
	unsigned types = 0;
	for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++)
		if (node_member(schema, str_of(hints[i].keyword))) types |= hints[i].types;
	return types;
}

static bool is_true(const struct node *schema, const char *keyword)
{
	const struct node *value = node_member(schema, str_of(keyword));
	return value && value->kind == NODE_TRUE;
}

/* Of the values in one list. */
static unsigned listed_types(const struct shape *shape, const struct spot *list)
{
	unsigned types = 0;
	if (str_eq(list->key, STR("const"))) return shape_type_of(list->node);
	for (uint32_t i = 0; i < list->node->len; i++) {
		const struct node *item = &list->node->children[i];
		if (str_eq(list->key, STR("enum"))) {
			types |= shape_type_of(item);
			continue;
		}
		const struct target *target = refs_target(shape->openapi->refs, item);
		const struct node *schema = target ? target->node : item;
		const struct node *values = node_member(schema, STR("enum")), *only = node_member(schema, STR("const"));
		for (uint32_t j = 0; values && j < node_count(values); j++)
			types |= shape_type_of(&values->children[j]);
		if (only) types |= shape_type_of(only);
	}
	return types;
}

void shape_find_types(struct shape *shape)
{
	unsigned types = SHAPE_ANY, hints = 0;
	bool old = shape->openapi->version < OPENAPI_3_1;
	for (uint32_t i = 0; i < shape->part_count; i++) {
		const struct node *schema = shape->parts[i]->node;
		if (schema->kind == NODE_FALSE) types = 0;
		if (schema->kind != NODE_OBJECT) continue;
		const struct node *type = node_member(schema, STR("type"));
		unsigned own = own_types(type);
		bool nullable = old && is_true(schema, "nullable");
		if (nullable && type) own |= SHAPE_NULL;
		shape->loose_null |= nullable && !type;
		shape->typed |= type != NULL;
		types &= own;
		hints |= hinted_types(schema);
	}
	for (uint32_t i = 0; i < shape->value_count; i++) {
		unsigned listed = listed_types(shape, shape->values[i]);
		types &= listed | SHAPE_NULL;
		if (!(listed & SHAPE_NULL) && !shape->typed) types &= ~(unsigned)SHAPE_NULL;
	}
	shape->typed |= shape->value_count > 0;
	if (!shape->typed && hints && shape->union_count == 0) {
		types &= hints;
		shape->typed = true;
	}
	if (shape->loose_null && types != 0) types |= SHAPE_NULL;
	shape->types = types & shape->mask;
}

bool is_null_alone(const struct node *schema)
{
	if (schema->kind != NODE_OBJECT) return false;
	const struct node *type = node_member(schema, STR("type")), *list = node_member(schema, STR("enum"));
	const struct node *only = node_member(schema, STR("const"));
	if (type && own_types(type) == SHAPE_NULL) return true;
	if (only && only->kind == NODE_NULL) return true;
	return list && list->kind == NODE_ARRAY && list->len == 1 && list->children[0].kind == NODE_NULL;
}

bool is_values_alone(const struct node *schema)
{
	bool values = false;
	for (uint32_t i = 0; schema->kind == NODE_OBJECT && i < schema->len; i++) {
		const struct node *member = &schema->children[i];
		struct str key = node_key(member);
		bool lists = str_eq(key, STR("enum")) && member->kind == NODE_ARRAY;
		values |= lists || str_eq(key, STR("const"));
		bool plain = lists || str_eq(key, STR("const")) || str_eq(key, STR("type")) || str_eq(key, STR("nullable")) ||
					 keyword_is_annotation(key);
		if (!plain) return false;
	}
	return values;
}

/* The last token of where a reference leads, which names a component. */
static struct str name_of(const struct spot *branch)
{
	if (branch->up) return branch->key;
	size_t at = branch->key.len;
	while (at > 0 && branch->key.ptr[at - 1] != '/')
		at--;
	return str_skip(branch->key, at);
}

/* What a value of `mapping` leads to: a reference within the document, or the name of a component. */
static const struct spot *mapped(struct arena *arena, const struct spot *schema, const struct node *value)
{
	struct str text = node_text(value), pointer;
	if (value->kind != NODE_STRING) return NULL;
	if (text.len && text.ptr[0] == '#') {
		if (!pointer_decode_fragment(str_skip(text, 1), arena, &pointer)) return NULL;
	} else {
		pointer = str_printf(arena, "/components/schemas/%.*s", STR_FMT(text));
	}
	struct target target = {schema->doc, pointer_get(schema->doc->root, pointer), pointer};
	return target.node ? spot_of_target(arena, &target) : NULL;
}

static const struct spot *mapping_of(struct arena *arena, const struct spot *schema)
{
	const struct spot *discriminator = spot_member(arena, schema, STR("discriminator"));
	const struct spot *mapping = discriminator ? spot_member(arena, discriminator, STR("mapping")) : NULL;
	return mapping && mapping->node->kind == NODE_OBJECT && mapping->node->len ? mapping : NULL;
}

/* A polymorphic base: what it maps to includes it, and is what is meant. */
static void add_mapping(struct flattening *flattening, const struct spot *schema, const struct spot *mapping)
{
	struct arena *arena = flattening->comparer->arena;
	const struct node *node = mapping->node;
	const struct spot **items = arena_alloc(arena, node->len * sizeof *items);
	struct str *names = arena_alloc(arena, node->len * sizeof *names);
	struct shape_union made = {.at = mapping, .items = items, .names = names};
	for (uint32_t i = 0; i < node->len; i++) {
		const struct spot *item = mapped(arena, schema, &node->children[i]);
		if (item) item = spot_seen(arena, flattening->shape->openapi, item);
		flattening->shape->unknown |= item == NULL;
		if (!item || node_is_repeated(node, &node->children[i])) continue;
		names[made.count] = node_key(&node->children[i]);
		items[made.count++] = item;
	}
	contract_step(flattening->comparer, node->len);
	if (made.count) *vec_push(&flattening->unions) = made;
}

/* Names of branches by what the discriminator maps to them. */
static void name_branches(struct arena *arena, const struct spot *schema, struct shape_union *made, struct str *names)
{
	const struct spot *mapping = mapping_of(arena, schema);
	for (uint32_t i = 0; mapping && i < mapping->node->len; i++) {
		const struct spot *item = mapped(arena, schema, &mapping->node->children[i]);
		for (uint32_t j = 0; item && j < made->count; j++)
			if (made->items[j]->node == item->node) names[j] = node_key(&mapping->node->children[i]);
	}
}

static void add_union(struct flattening *flattening, const struct spot *schema, const struct spot *list)
{
	struct arena *arena = flattening->comparer->arena;
	const struct spot **items = arena_alloc(arena, (list->node->len + 1) * sizeof *items);
	struct str *names = arena_alloc(arena, (list->node->len + 1) * sizeof *names);
	struct shape_union made = {.at = list, .items = items, .names = names};
	bool values = true;
	contract_step(flattening->comparer, list->node->len);
	for (uint32_t i = 0; i < list->node->len; i++) {
		const struct spot *item = spot_child(arena, list, i);
		const struct spot *seen = spot_seen(arena, flattening->shape->openapi, item);
		flattening->shape->unknown |= seen == NULL;
		if (!seen) continue;
		if (list->node->len > 1 && is_null_alone(seen->node)) {
			made.null_too = true;
			continue;
		}
		values &= is_values_alone(seen->node);
		names[made.count] = seen->up ? STR("") : name_of(seen);
		items[made.count++] = seen;
	}
	if (made.null_too) flattening->shape->loose_null |= made.count == 1 || values;
	if (made.count == 1)
		*vec_push(&flattening->work) = items[0];
	else if (made.count && values)
		*vec_push(&flattening->values) = list;
	else if (made.count) {
		name_branches(arena, schema, &made, names);
		*vec_push(&flattening->unions) = made;
	}
}

static bool is_used(const struct shape *shape, const struct node *node)
{
	for (uint32_t i = 0; i < shape->used_count; i++)
		if (shape->used[i] == node) return true;
	return false;
}

void flatten_unions(struct flattening *flattening, const struct spot *schema)
{
	static const char *const keywords[] = {"oneOf", "anyOf"};
	struct arena *arena = flattening->comparer->arena;
	bool any = false;
	for (size_t i = 0; i < 2; i++) {
		const struct spot *list = spot_member(arena, schema, str_of(keywords[i]));
		if (!list) continue;
		any = true;
		flattening->shape->unknown |= list->node->kind != NODE_ARRAY || list->node->len == 0;
		if (list->node->kind == NODE_ARRAY && !is_used(flattening->shape, list->node))
			add_union(flattening, schema, list);
	}
	const struct spot *mapping = any ? NULL : mapping_of(arena, schema);
	if (mapping && !is_used(flattening->shape, mapping->node)) add_mapping(flattening, schema, mapping);
}

static unsigned whole_types(struct comparer *comparer, const struct shape *shape, int depth);

/* Types that a union leaves, by a look into its branches. */
static unsigned union_types(
		struct comparer *comparer, const struct shape *shape, const struct shape_union *all, int depth)
{
	unsigned types = all->null_too || shape->loose_null ? SHAPE_NULL : 0;
	for (uint32_t i = 0; i < all->count && types != SHAPE_ANY; i++) {
		if (!contract_step(comparer, 1)) return SHAPE_ANY;
		types |= whole_types(comparer, shape_of(comparer, shape->openapi, &all->items[i], 1, SHAPE_ANY), depth + 1);
	}
	return types;
}

/* Of a shape that contains itself, or is very deep: as far as that is seen without it. */
static unsigned whole_types(struct comparer *comparer, const struct shape *shape, int depth)
{
	struct shape_types *whole = shape->whole;
	if (whole->known) return whole->types;
	if (whole->asked || depth > MOST_DEPTH) return shape->types;
	whole->asked = true;
	unsigned types = shape->types;
	for (uint32_t i = 0; i < shape->union_count; i++)
		types &= union_types(comparer, shape, &shape->unions[i], depth);
	whole->types = types;
	whole->known = true;
	return types;
}

bool shape_allows_null(struct comparer *comparer, const struct shape *shape)
{
	return (whole_types(comparer, shape, 0) & SHAPE_NULL) != 0;
}

unsigned shape_types(struct comparer *comparer, const struct shape *shape)
{
	return whole_types(comparer, shape, 0) & ~(unsigned)SHAPE_NULL;
}

struct str shape_types_text(struct arena *arena, unsigned types)
{
	static const struct {
		unsigned types;
		const char *name;
	} names[] = {{SHAPE_INTEGER | SHAPE_FRACTION, "number"}, {SHAPE_INTEGER, "integer"}, {SHAPE_FRACTION, "number"},
			{SHAPE_STRING, "string"}, {SHAPE_BOOLEAN, "boolean"}, {SHAPE_ARRAY, "array"}, {SHAPE_OBJECT, "object"},
			{SHAPE_NULL, "null"}};
	struct str text = STR("");
	if ((types | SHAPE_NULL) == SHAPE_ANY) return text;
	if (types == 0) return STR("false");
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if ((types & names[i].types) != names[i].types) continue;
		types &= ~names[i].types;
		text = str_printf(arena, "%.*s%s%s", STR_FMT(text), text.len ? " | " : "", names[i].name);
	}
	return text;
}
