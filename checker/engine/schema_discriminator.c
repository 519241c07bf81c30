/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * `discriminator` of OpenAPI: the value of one member names the schema of the whole.
 *
 * Beside oneOf or anyOf it chooses one of their branches, by `mapping` or by the last part of the branch's reference.
 * Without them it chooses one of the schemas in `components/schemas` that have this one in their allOf, and what is
 * chosen has to hold as well. A name that chooses nothing is a violation.
 */
#include "base/vec.h"
#include "engine/schema_checks.h"
#include "engine/schema_eval.h"
#include "engine/schema_keyword.h"
#include "engine/schema_open.h"
#include "engine/schema_operand.h"

struct choices {
	struct entry *items;
	size_t count, capacity;
};

/* Number of children of what may not be there. */
static uint32_t count_of(const struct node *list)
{
	return list ? node_count(list) : 0;
}

/* The last part of a reference is the name of a schema in the components. */
static struct str last_part(struct str reference)
{
	for (size_t i = reference.len; i > 0; i--)
		if (reference.ptr[i - 1] == '/') return str_skip(reference, i);
	return reference;
}

static bool add_choice(struct compiler *compiler, struct choices *choices, struct str name, const struct node *schema)
{
	struct entry entry = {.key = name, .block = NO_BLOCK};
	if (!compiler_block(compiler, schema, "discriminator", name, &entry.block)) return false;
	*vec_push(choices) = entry;
	return true;
}

/* A branch without a reference has no name. */
static bool add_branches(struct compiler *compiler, struct choices *choices, const struct node *list)
{
	for (uint32_t i = 0; i < count_of(list); i++) {
		struct str reference = node_string_member(&list->children[i], STR("$ref"));
		if (reference.ptr && !add_choice(compiler, choices, last_part(reference), &list->children[i])) return false;
	}
	return true;
}

/* Does a schema have `parent` in its allOf? */
static bool extends(struct compiler *compiler, const struct node *schema, const struct node *parent)
{
	const struct node *list = node_member(schema, STR("allOf"));
	if (!compiler_work(compiler, 1 + count_of(list))) return false;
	for (uint32_t i = 0; i < count_of(list); i++) {
		const struct node *reference = node_member(&list->children[i], STR("$ref"));
		const struct node *target;
		struct str dynamic;
		if (!reference || reference->kind != NODE_STRING) continue;
		if (!compiler_resolve_open(compiler, "$ref", reference, &target, &dynamic)) return false;
		if (target == parent) return true;
	}
	return false;
}

static bool add_children(struct compiler *compiler, struct choices *choices, const struct node *parent)
{
	const struct node *root = compiler_resource(compiler)->node;
	const struct node *schemas = node_member(node_member(root, STR("components")), STR("schemas"));
	for (uint32_t i = 0; i < count_of(schemas); i++) {
		const struct node *child = &schemas->children[i];
		if (child != parent && !extends(compiler, child, parent)) {
			if (compiler->err->code != ERR_NONE) return false;
			continue;
		}
		if (!add_choice(compiler, choices, node_key(child), child)) return false;
	}
	return compiler->err->code == ERR_NONE;
}

/* A mapping names a schema by reference, or by its name in the components. */
static bool add_mapped(struct compiler *compiler, struct choices *choices, const struct node *member)
{
	const struct node *root = compiler_resource(compiler)->node;
	const struct node *target = NULL;
	struct str dynamic;
	if (member->kind != NODE_STRING)
		return compiler_fail(compiler, "mapping", member, "must be a string", "moet een tekst zijn");
	if (str_find(node_text(member), '/') == member->len && str_find(node_text(member), '#') == member->len)
		target = node_member(node_member(node_member(root, STR("components")), STR("schemas")), node_text(member));
	if (!target && !compiler_resolve_open(compiler, "mapping", member, &target, &dynamic)) return false;
	if (target) return add_choice(compiler, choices, node_key(member), target);
	struct entry unknown = {.key = node_key(member), .block = NO_BLOCK};
	compiler_unknown(compiler, member, &unknown.block);
	*vec_push(choices) = unknown;
	return true;
}

static bool gather(
		struct compiler *compiler, const struct node *schema, const struct node *mapping, struct choices *choices)
{
	const struct node *one_of = node_member(schema, STR("oneOf"));
	const struct node *any_of = node_member(schema, STR("anyOf"));
	bool found = one_of || any_of ? add_branches(compiler, choices, one_of ? one_of : any_of)
								  : add_children(compiler, choices, schema);
	for (uint32_t i = 0; found && i < count_of(mapping); i++)
		found = add_mapped(compiler, choices, &mapping->children[i]);
	return found;
}

/* Names of the mapping come last, and so replace those that speak for themselves. */
bool compile_discriminator(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	const struct node *name = node_member(out->operand, STR("propertyName"));
	struct choices choices = {0};
	if (!name || name->kind != NODE_STRING)
		return compiler_fail(compiler, "discriminator", out->operand, "must have a \"propertyName\", a string",
				"moet een \"propertyName\" hebben, een tekst");
	*skip = compiler_dialect(compiler)->openapi != SCHEMA_OPENAPI_3_0; /* in 3.1 it changes no verdict */
	if (*skip) return true;
	bool good = gather(compiler, schema, node_member(out->operand, STR("mapping")), &choices);
	struct entries *entries = arena_zalloc(compiler->arena, sizeof *entries);
	struct str *names = arena_alloc(compiler->arena, sizeof *names);
	entries->items = arena_zalloc(compiler->arena, (choices.count + 1) * sizeof *entries->items);
	if (choices.count) memcpy(entries->items, choices.items, choices.count * sizeof *choices.items);
	entries->count = (uint32_t)choices.count;
	vec_release(&choices);
	compiler_index(compiler->arena, entries, entries->count);
	*names = node_text(name);
	out->names = names;
	out->patterns = entries;
	*skip = entries->count == 0;
	return good;
}

/* The schema chosen may come back here, through its allOf: for the same value the choice has been made. */
bool check_discriminator(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	struct failure failure = {.instruction = instruction, .value = value, .name = *instruction->names};
	const struct node *member = node_member(value, *instruction->names);
	if (evaluation->discriminated == value) return true;
	if (!member || member->kind != NODE_STRING) return schema_fail_with(evaluation, &failure);
	uint32_t slot = *compiler_slot(instruction->patterns, node_text(member), node_hash(node_text(member)));
	if (slot == 0) return schema_fail_with(evaluation, &failure);
	const struct node *outer = evaluation->discriminated;
	evaluation->discriminated = value;
	bool valid = schema_block_check(evaluation, instruction->patterns->items[slot - 1].block, value);
	evaluation->discriminated = outer;
	return valid;
}
