/* SPDX-License-Identifier: EUPL-1.2 */
/* Links what was compiled: finds endless schemas, makes shapes for the quick test, inlines references. */
#include "engine/schema_finish.h"

#include "base/vec.h"
#include "engine/schema_ask.h"
#include "engine/schema_checks.h"
#include "engine/schema_keyword.h"
#include "engine/schema_operand.h"

/* Names of dynamic anchors that one resource may have in scope, so that one word remembers which are its own. */
enum { MAX_DYNAMIC = 64 };

/* Up to here, the members of an object are looked up by name: conditions mostly ask for one or two. */
enum { FEW_NAMES = 4 };

/* A block whose schemas for the same value are being looked at, and how far. */
struct visit {
	uint32_t block;
	uint32_t instruction, branch;
};

enum visited { UNSEEN, OPEN, CLOSED };

/*
 * The schemas that an instruction applies to the same value whatever that is, one after another; NO_BLOCK after the
 * last. Of anyOf and oneOf that is only the first: when it holds, the others may go unasked.
 */
static uint32_t applied(const struct instruction *instruction, uint32_t branch)
{
	schema_check_fn *check = instruction->check;
	if (check == check_all_of) return branch < instruction->count ? instruction->blocks[branch] : NO_BLOCK;
	if (branch > 0) return NO_BLOCK;
	if (check == check_any_of || check == check_one_of) return instruction->count ? instruction->blocks[0] : NO_BLOCK;
	if (check == check_dynamic) return instruction->then == NO_BLOCK ? instruction->block : NO_BLOCK;
	bool asks = check == check_if && (instruction->then != NO_BLOCK || instruction->otherwise != NO_BLOCK);
	return check == check_reference || check == check_not || asks ? instruction->block : NO_BLOCK;
}

/* The next schema that a block applies; NO_BLOCK when there are no more. */
static uint32_t next_applied(const struct compiler *compiler, struct visit *visit)
{
	const struct block *block = &compiler->blocks.items[visit->block];
	struct run any = block->runs[GROUP_ANY];
	for (; visit->instruction < any.count; visit->instruction++, visit->branch = 0) {
		uint32_t next = applied(&compiler->instructions.items[any.first + visit->instruction], visit->branch++);
		if (next != NO_BLOCK) return next;
	}
	return NO_BLOCK;
}

static bool fail_endless(struct compiler *compiler, const struct visit *visit)
{
	const struct block *block = &compiler->blocks.items[visit->block];
	const struct instruction *at = &compiler->instructions.items[block->runs[GROUP_ANY].first + visit->instruction];
	compiler->current = visit->block;
	return compiler_fail(compiler, at->keyword->name, at->operand,
			"applies a schema to the same value as that schema itself, without end: remove the circle",
			"past een schema toe op dezelfde waarde als dat schema zelf, zonder einde: haal de cirkel eruit");
}

/* Depth first, with a stack on the heap: a chain of references may be as long as the document. */
static bool check_ends(struct compiler *compiler)
{
	struct {
		struct visit *items;
		size_t count, capacity;
	} stack = {0};
	uint8_t *seen = arena_zalloc(compiler->arena, compiler->blocks.count + 1);
	bool ends = true;
	for (uint32_t i = 0; i < compiler->blocks.count && ends; i++) {
		if (seen[i] != UNSEEN) continue;
		seen[i] = OPEN;
		*vec_push(&stack) = (struct visit){i, 0, 0};
		while (stack.count > 0 && ends) {
			struct visit *top = &stack.items[stack.count - 1];
			uint32_t next = next_applied(compiler, top);
			if (next == NO_BLOCK) {
				seen[top->block] = CLOSED;
				stack.count--;
			} else if (seen[next] == OPEN) {
				ends = fail_endless(compiler, top);
			} else if (seen[next] == UNSEEN) {
				seen[next] = OPEN;
				*vec_push(&stack) = (struct visit){next, 0, 0};
			}
		}
	}
	vec_release(&stack);
	return ends;
}

static bool is_wanted(const struct compiler *compiler, const struct anchor *anchor)
{
	return anchor->dynamic && strmap_get(&compiler->dynamic, anchor->name);
}

/* The dynamic anchors of each resource; anchors were found resource by resource, though not always in one go. */
static bool make_scopes(struct compiler *compiler, struct schema *schema)
{
	size_t resources = compiler->resources.count;
	struct run *scopes = arena_zalloc(compiler->arena, (resources + 1) * sizeof *scopes);
	struct dynamic *dynamics = arena_zalloc(compiler->arena, (compiler->anchors.count + 1) * sizeof *dynamics);
	uint32_t total = 0;
	for (size_t i = 0; i < compiler->anchors.count; i++)
		if (is_wanted(compiler, &compiler->anchors.items[i])) scopes[compiler->anchors.items[i].resource].count++;
	for (size_t i = 0; i < resources; i++) {
		scopes[i].first = total;
		total += scopes[i].count;
		if (scopes[i].count > MAX_DYNAMIC)
			return compiler_fail(compiler, "$dynamicAnchor", compiler->resources.items[i].node,
					"occurs more than 64 times in one schema resource", "komt meer dan 64 keer voor in een schema");
		scopes[i].count = 0;
	}
	for (size_t i = 0; i < compiler->anchors.count; i++) {
		const struct anchor *anchor = &compiler->anchors.items[i];
		if (!is_wanted(compiler, anchor)) continue;
		struct run *scope = &scopes[anchor->resource];
		uint32_t block = compiler_known(compiler, anchor->node)->block;
		dynamics[scope->first + scope->count++] = (struct dynamic){
				*strmap_get(&compiler->dynamic, anchor->name), block};
	}
	schema->scopes = scopes;
	schema->dynamics = dynamics;
	schema->dynamic_names = (uint32_t)compiler->dynamic.count;
	return true;
}

/* A name that only one anchor has leads there always: no scope needs to be kept. */
static void settle_dynamic(struct compiler *compiler)
{
	uint32_t names = (uint32_t)compiler->dynamic.count;
	uint32_t *anchors = arena_zalloc(compiler->arena, (names + 1) * sizeof *anchors);
	bool open = false;
	for (size_t i = 0; i < compiler->anchors.count; i++)
		if (is_wanted(compiler, &compiler->anchors.items[i]))
			anchors[*strmap_get(&compiler->dynamic, compiler->anchors.items[i].name)]++;
	for (size_t i = 0; i < compiler->instructions.count; i++) {
		struct instruction *at = &compiler->instructions.items[i];
		if (at->check != check_dynamic || at->then == NO_BLOCK) continue;
		if (anchors[at->then] <= 1) at->then = NO_BLOCK;
		open |= at->then != NO_BLOCK;
	}
	if (open) return;
	strmap_release(&compiler->dynamic);
	for (size_t i = 0; i < compiler->blocks.count; i++)
		compiler->blocks.items[i].resource = 0;
}

/* Where a block that is but a reference leads. ajv makes functions of targets with references: those stay. */
static uint32_t target_of(const struct compiler *compiler, uint32_t index)
{
	for (;;) {
		const struct block *block = &compiler->blocks.items[index];
		uint32_t count = 0;
		for (int group = 0; group < GROUP_COUNT; group++)
			count += block->runs[group].count;
		bool bare = count == 1 && block->runs[GROUP_ANY].count == 1 && !block->types && !block->never &&
					!block->null_ok;
		if (!bare) return index;
		const struct instruction *only = &compiler->instructions.items[block->runs[GROUP_ANY].first];
		if (only->check != check_reference || !only->flag) return index;
		if (compiler->blocks.items[only->block].resource != block->resource) return index;
		index = only->block;
	}
}

static void relink(const struct compiler *compiler, uint32_t *block)
{
	if (*block != NO_BLOCK) *block = target_of(compiler, *block);
}

static void relink_entries(const struct compiler *compiler, const struct entries *entries)
{
	for (uint32_t i = 0; entries && i < entries->count; i++)
		relink(compiler, &entries->items[i].block);
}

static void relink_instruction(const struct compiler *compiler, struct instruction *at)
{
	schema_check_fn *check = at->check;
	relink(compiler, &at->block);
	if (check == check_if) {
		relink(compiler, &at->then);
		relink(compiler, &at->otherwise);
	}
	bool list = check == check_any_of || check == check_one_of || check == check_all_of || check == check_tuple ||
				(check == check_items && at->block == NO_BLOCK);
	/* the lists are ours until the schema is done */
	for (uint32_t i = 0; list && i < at->count; i++)
		relink(compiler, (uint32_t *)&at->blocks[i]);
	if (check == check_properties || check == check_pattern_properties || check == check_dependencies)
		relink_entries(compiler, at->entries);
}

/* Adds the names that are required to a shape's entries. */
static void add_required(struct shape *shape, struct entries *entries, const struct instruction *required)
{
	for (uint32_t i = 0; required && i < required->count; i++) {
		struct str name = required->names[i];
		uint16_t hash = node_hash(name);
		uint32_t *slot = compiler_slot(entries, name, hash);
		if (*slot == 0) {
			entries->items[entries->count++] = (struct entry){.key = name, .block = NO_BLOCK, .hash = hash};
			*slot = entries->count;
		}
		struct entry *entry = &entries->items[*slot - 1];
		shape->required += !entry->required;
		entry->required = true;
	}
}

static const struct instruction *find(const struct compiler *compiler, struct run run, schema_check_fn *check)
{
	for (uint32_t i = run.first; i < run.first + run.count; i++)
		if (compiler->instructions.items[i].check == check) return &compiler->instructions.items[i];
	return NULL;
}

/* Names close together, for the walk. */
static void name_members(
		struct compiler *compiler, const struct asks *asks, struct shape *shape, const struct entries *entries)
{
	struct shape_name *names = arena_alloc(compiler->arena, (entries->count + 1) * sizeof *names);
	for (uint32_t i = 0; i < entries->count; i++) {
		const struct entry *entry = &entries->items[i];
		const struct asks *its = entry->block == NO_BLOCK ? NULL : &asks[entry->block];
		names[i] = (struct shape_name){entry->key.ptr, its, (uint32_t)entry->key.len, entry->hash, entry->required};
	}
	names[entries->count] = (struct shape_name){.len = UINT32_MAX};
	shape->names = names;
	shape->slots = entries->slots;
	shape->mask = entries->mask;
	shape->seed = entries->seed;
	shape->count = entries->count;
}

static const struct shape *make_shape(struct compiler *compiler, const struct asks *asks, uint32_t block)
{
	struct run run = compiler->blocks.items[block].runs[GROUP_OBJECT];
	const struct instruction *properties = find(compiler, run, check_properties);
	const struct instruction *required = find(compiler, run, check_required);
	const struct instruction *patterns = find(compiler, run, check_pattern_properties);
	const struct instruction *additional = find(compiler, run, check_additional_properties);
	uint32_t named = properties ? properties->entries->count : 0;
	uint32_t most = named + (required ? required->count : 0);
	struct shape *shape = arena_zalloc(compiler->arena, sizeof *shape);
	struct entries *entries = arena_zalloc(compiler->arena, sizeof *entries);
	entries->items = arena_zalloc(compiler->arena, (most + 1) * sizeof *entries->items);
	if (named) memcpy(entries->items, properties->entries->items, named * sizeof *entries->items);
	entries->count = named;
	compiler_index(compiler->arena, entries, most);
	add_required(shape, entries, required);
	name_members(compiler, asks, shape, entries);
	shape->block = block;
	shape->patterns = patterns ? patterns->entries : NULL;
	shape->additional = NO_BLOCK;
	if (additional && !compiler->blocks.items[additional->block].trivial) shape->additional = additional->block;
	shape->idle = true;
	for (uint32_t i = 0; patterns && i < patterns->entries->count; i++)
		shape->idle &= compiler->blocks.items[patterns->entries->items[i].block].trivial;
	shape->sparse = !patterns && shape->additional == NO_BLOCK && shape->count <= FEW_NAMES;
	return shape;
}

static bool is_shaped(const struct instruction *at)
{
	return at->check == check_properties || at->check == check_required || at->check == check_pattern_properties ||
		   at->check == check_additional_properties;
}

/* What is asked of objects when only the verdict counts: the shape, then what is no part of it. */
static void add_shape(struct compiler *compiler, const struct asks *asks, uint32_t index)
{
	static const struct keyword keyword = {.name = "", .group = GROUP_OBJECT, .check = check_shape};
	struct run run = compiler->blocks.items[index].runs[GROUP_OBJECT];
	uint32_t first = (uint32_t)compiler->instructions.count;
	bool shaped = false;
	for (uint32_t i = run.first; i < run.first + run.count; i++)
		shaped |= is_shaped(&compiler->instructions.items[i]);
	if (!shaped) return;
	struct instruction shape = {.check = check_shape, .keyword = &keyword, .block = NO_BLOCK};
	shape.shape = make_shape(compiler, asks, index);
	*vec_push(&compiler->instructions) = shape;
	for (uint32_t i = run.first; i < run.first + run.count; i++) {
		struct instruction copy = compiler->instructions.items[i];
		if (!is_shaped(&copy)) *vec_push(&compiler->instructions) = copy;
	}
	compiler->blocks.items[index].test = (struct run){first, (uint32_t)compiler->instructions.count - first};
}

static void note_tracking(struct compiler *compiler, bool scopes)
{
	for (size_t i = 0; i < compiler->blocks.count; i++) {
		struct block *block = &compiler->blocks.items[i];
		block->tracks = find(compiler, block->runs[GROUP_ARRAY], check_unevaluated) ||
						find(compiler, block->runs[GROUP_OBJECT], check_unevaluated);
		block->quick = !scopes && !block->tracks && !block->never && !block->unknown;
	}
}

static struct schema *build(struct compiler *compiler, struct schema *schema, struct asks *asks)
{
	size_t blocks = compiler->blocks.count * sizeof *compiler->blocks.items;
	size_t instructions = compiler->instructions.count * sizeof *compiler->instructions.items;
	schema->blocks = memcpy(arena_alloc(compiler->arena, blocks), compiler->blocks.items, blocks);
	schema->block_count = (uint32_t)compiler->blocks.count;
	schema->instruction_count = (uint32_t)compiler->instructions.count;
	struct instruction *copy = arena_alloc(compiler->arena, instructions + 1);
	if (instructions) memcpy(copy, compiler->instructions.items, instructions);
	schema->instructions = copy;
	schema->asks = asks;
	schema_ask_all(compiler->arena, schema, asks);
	return schema;
}

struct schema *compiler_link(struct compiler *compiler)
{
	struct schema *schema = arena_zalloc(compiler->arena, sizeof *schema);
	settle_dynamic(compiler);
	if (!make_scopes(compiler, schema)) return NULL;
	note_tracking(compiler, schema->dynamic_names > 0);
	for (size_t i = 0; i < compiler->instructions.count; i++)
		relink_instruction(compiler, &compiler->instructions.items[i]);
	struct asks *asks = arena_alloc(compiler->arena, (compiler->blocks.count + 1) * sizeof *asks);
	for (uint32_t i = 0; i < compiler->blocks.count; i++)
		add_shape(compiler, asks, i);
	return build(compiler, schema, asks);
}

struct schema *compiler_finish(struct compiler *compiler, uint32_t root)
{
	struct schema *schema = check_ends(compiler) ? compiler_link(compiler) : NULL;
	if (schema) schema->root = target_of(compiler, root);
	return schema;
}

uint32_t compiler_target(const struct compiler *compiler, uint32_t block)
{
	return target_of(compiler, block);
}
