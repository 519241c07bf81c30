/* SPDX-License-Identifier: EUPL-1.2 */
/* Compiles the operands of JSON Schema keywords about objects. */
#include "base/limits.h"
#include "engine/schema_compiler.h"
#include "engine/schema_keyword.h"
#include "engine/schema_open.h"
#include "engine/schema_operand.h"

static bool is_name_list(const struct node *list)
{
	if (list->kind != NODE_ARRAY) return false;
	for (uint32_t i = 0; i < list->len; i++)
		if (list->children[i].kind != NODE_STRING) return false;
	return true;
}

static bool check_name_list(struct compiler *compiler, const char *keyword, const struct node *list)
{
	if (is_name_list(list)) return true;
	return compiler_fail(
			compiler, keyword, list, "must be a list of names", "moet een lijst van namen van eigenschappen zijn");
}

/* The schema of a member, through references (which in OpenAPI 3.0 have no siblings); NULL when there is none. */
static const struct node *member_schema(struct compiler *compiler, const struct node *schema, struct str name)
{
	if (compiler->options.refs)
		return compiler_see(
				compiler, node_member(compiler_see(compiler, node_member(schema, STR("properties"))), name));
	const struct node *member = node_member(node_member(schema, STR("properties")), name);
	for (int hops = 0; hops < LIMIT_REF_HOPS; hops++) {
		const struct node *reference = node_member(member, STR("$ref"));
		struct str dynamic;
		bool own = node_member(member, STR("readOnly")) || node_member(member, STR("writeOnly"));
		if (!reference || reference->kind != NODE_STRING || own) return member;
		if (!compiler_resolve_open(compiler, "$ref", reference, &member, &dynamic) || !member) return NULL;
	}
	return member;
}

/* A member that does not travel in the direction at hand need not be there (OpenAPI 3.0, Schema Object). */
static bool travels(struct compiler *compiler, const struct node *schema, struct str name)
{
	enum schema_direction direction = compiler->options.direction;
	bool asks = compiler_dialect(compiler)->openapi || compiler->options.refs;
	if (direction == SCHEMA_ANY_DIRECTION || !asks) return true;
	const struct node *member = member_schema(compiler, schema, name);
	const struct node *only = node_member(member, direction == SCHEMA_REQUEST ? STR("readOnly") : STR("writeOnly"));
	return !only || only->kind != NODE_TRUE;
}

/* Draft 3's and OpenAPI's `required: true` beside a property is not what JSON Schema has; ajv refuses it too. */
bool compile_names(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	*skip = compiler->options.loose_required && out->operand->kind != NODE_ARRAY;
	if (*skip) return true;
	if (!check_name_list(compiler, out->keyword->name, out->operand)) return false;
	struct str *names = arena_alloc(compiler->arena, (out->operand->len + 1) * sizeof *names);
	for (uint32_t i = 0; i < out->operand->len; i++) {
		struct str name = node_text(&out->operand->children[i]);
		if (travels(compiler, schema, name)) names[out->count++] = name;
	}
	if (compiler->err->code != ERR_NONE) return false;
	out->names = names;
	*skip = out->count == 0;
	return true;
}

enum { FEW_ENTRIES = 64 };

uint32_t *compiler_slot(const struct entries *entries, struct str key, uint16_t hash)
{
	uint32_t slot = entries_start(entries->seed, key, hash) & entries->mask;
	while (entries->slots[slot] && !str_eq(entries->items[entries->slots[slot] - 1].key, key))
		slot = (slot + 1) & entries->mask;
	return &entries->slots[slot];
}

void compiler_index(struct arena *arena, struct entries *entries, uint32_t most)
{
	uint32_t capacity = 4;
	while (capacity < most * 2)
		capacity *= 2;
	entries->mask = capacity - 1;
	entries->seed = 0;
	entries->slots = arena_zalloc(arena, capacity * sizeof *entries->slots);
	if (most > FEW_ENTRIES) entries->seed = hash_seed(entries->slots) | 1;
	for (uint32_t i = 0; i < entries->count; i++) {
		struct entry *entry = &entries->items[i];
		entry->hash = node_hash(entry->key);
		*compiler_slot(entries, entry->key, entry->hash) = i + 1;
	}
}

/* Entries without blocks for the members of the operand of a keyword, which has to be an object. */
static struct entries *make_entries(struct compiler *compiler, const char *keyword, const struct node *object)
{
	if (object->kind != NODE_OBJECT) {
		compiler_fail(compiler, keyword, object, "must be an object", "moet een object zijn");
		return NULL;
	}
	struct entries *entries = arena_zalloc(compiler->arena, sizeof *entries);
	entries->items = arena_zalloc(compiler->arena, (object->len + 1) * sizeof *entries->items);
	entries->count = object->len;
	for (uint32_t i = 0; i < object->len; i++)
		entries->items[i] = (struct entry){.key = node_key(&object->children[i]), .block = NO_BLOCK};
	compiler_index(compiler->arena, entries, entries->count);
	return entries;
}

bool compile_members(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	(void)schema, (void)skip;
	const char *keyword = out->keyword->name;
	struct entries *entries = make_entries(compiler, keyword, out->operand);
	for (uint32_t i = 0; entries && i < entries->count; i++) {
		struct entry *entry = &entries->items[i];
		if (!compiler_block(compiler, &out->operand->children[i], keyword, entry->key, &entry->block)) return false;
	}
	out->entries = entries;
	return entries != NULL;
}

static bool compile_searches(
		struct compiler *compiler, const char *keyword, const struct node *object, struct entries *entries)
{
	for (uint32_t i = 0; i < entries->count; i++) {
		struct entry *entry = &entries->items[i];
		if (!compiler_search(compiler, keyword, &object->children[i], entry->key, &entry->search)) return false;
	}
	return true;
}

bool compile_patterns(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	if (!compile_members(compiler, schema, out, skip)) return false;
	struct entries *entries = (struct entries *)out->entries;
	return compile_searches(compiler, out->keyword->name, out->operand, entries);
}

bool compile_additional(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	const struct node *members = compiler_see(compiler, node_member(schema, STR("properties")));
	const struct node *patterns = compiler_see(compiler, node_member(schema, STR("patternProperties")));
	*skip = compiler_holds_always(out->operand) && !compiler_annotates(compiler);
	if (!compile_schema(compiler, schema, out, skip)) return false;
	if (members && !(out->entries = make_entries(compiler, "properties", members))) return false;
	if (!patterns) return true;
	struct entries *entries = make_entries(compiler, "patternProperties", patterns);
	out->patterns = entries;
	return entries && compile_searches(compiler, "patternProperties", patterns, entries);
}

bool compile_dependencies(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	(void)schema, (void)skip;
	const char *keyword = out->keyword->name;
	bool names_only = str_eq(str_of(keyword), STR("dependentRequired"));
	struct entries *entries = make_entries(compiler, keyword, out->operand);
	for (uint32_t i = 0; entries && i < entries->count; i++) {
		struct entry *entry = &entries->items[i];
		const struct node *value = &out->operand->children[i];
		if (names_only || value->kind == NODE_ARRAY) {
			if (!check_name_list(compiler, keyword, value)) return false;
			entry->names = value;
		} else if (!compiler_block(compiler, value, keyword, entry->key, &entry->block)) {
			return false;
		}
	}
	out->entries = entries;
	return entries != NULL;
}
