/* SPDX-License-Identifier: EUPL-1.2 */
/* Compiles many schemas at once, and tells what each of them reaches, in one walk over all of them. */
#include "engine/schema_set.h"

#include <stdlib.h>

#include "base/vec.h"
#include "engine/schema_checks.h"
#include "engine/schema_compiler.h"
#include "engine/schema_finish.h"
#include "engine/schema_keyword.h"

/* What a schema is, or reaches. */
enum trait { TRAIT_INVALID = 1, TRAIT_MISSING = 2, TRAIT_CIRCULAR = 4, TRAIT_NULLABLE = 8 };

struct schema_set {
	struct schema_entry *entries;
	size_t count;
	uint32_t *slots; /* open addressing by address: number in entries, plus one */
	size_t mask;
};

/* Tarjan's strongly connected components, with the stack on the heap. */
struct mark {
	uint32_t order; /* 0: not seen yet */
	uint32_t low;
	uint32_t fault; /* of the first mistake in reach, plus one */
	uint8_t traits;
	bool open; /* on the stack of components */
};

struct visit {
	uint32_t block;
	uint32_t group, instruction, branch;
};

struct search_state {
	const struct compiler *compiler;
	struct mark *marks;
	struct {
		struct visit *items;
		size_t count, capacity;
	} way;
	struct {
		uint32_t *items;
		size_t count, capacity;
	} members;
	uint32_t order;
};

struct faults {
	struct text *items;
	size_t count, capacity;
};

static bool has_list(const struct instruction *at)
{
	schema_check_fn *check = at->check;
	return check == check_any_of || check == check_one_of || check == check_all_of || check == check_tuple ||
		   (check == check_items && at->block == NO_BLOCK);
}

static bool has_entries(const struct instruction *at)
{
	return at->check == check_properties || at->check == check_pattern_properties || at->check == check_dependencies;
}

/* The nth schema that an instruction applies, NO_BLOCK where there is none at that number; false past the last. */
static bool nth_target(const struct instruction *at, uint32_t n, uint32_t *target)
{
	if (has_list(at)) {
		if (n >= at->count) return false;
		*target = at->blocks[n];
	} else if (has_entries(at)) {
		if (n >= at->entries->count) return false;
		*target = at->entries->items[n].block;
	} else if (at->check == check_if) {
		if (n > 2) return false;
		*target = n == 0 ? at->block : n == 1 ? at->then : at->otherwise;
	} else {
		if (n > 0) return false;
		*target = at->block;
	}
	return true;
}

/* The next schema that a block applies. */
static bool next_target(const struct compiler *compiler, struct visit *visit, uint32_t *target)
{
	const struct block *block = &compiler->blocks.items[visit->block];
	for (; visit->group < GROUP_COUNT; visit->group++, visit->instruction = visit->branch = 0) {
		struct run run = block->runs[visit->group];
		for (; visit->instruction < run.count; visit->instruction++, visit->branch = 0) {
			const struct instruction *at = &compiler->instructions.items[run.first + visit->instruction];
			while (nth_target(at, visit->branch, target)) {
				visit->branch++;
				if (*target != NO_BLOCK) return true;
			}
		}
	}
	return false;
}

static void merge(struct mark *into, const struct mark *from)
{
	into->traits |= from->traits;
	if (!into->fault) into->fault = from->fault;
}

static void enter(struct search_state *state, uint32_t block)
{
	struct mark *mark = &state->marks[block];
	mark->order = mark->low = ++state->order;
	mark->open = true;
	*vec_push(&state->members) = block;
	*vec_push(&state->way) = (struct visit){.block = block};
}

/* All of a component reach the same; more than one, and they reach themselves. */
static void close_component(struct search_state *state, uint32_t head)
{
	struct mark *mark = &state->marks[head];
	size_t start = state->members.count;
	while (state->members.items[--start] != head)
		merge(mark, &state->marks[state->members.items[start]]);
	if (state->members.count - start > 1) mark->traits |= TRAIT_CIRCULAR;
	for (size_t i = start; i < state->members.count; i++) {
		struct mark *member = &state->marks[state->members.items[i]];
		member->traits = mark->traits;
		member->fault = mark->fault;
		member->open = false;
	}
	state->members.count = start;
}

static void leave(struct search_state *state)
{
	uint32_t block = state->way.items[--state->way.count].block;
	struct mark *mark = &state->marks[block];
	if (mark->low == mark->order) close_component(state, block);
	if (state->way.count == 0) return;
	struct mark *above = &state->marks[state->way.items[state->way.count - 1].block];
	if (mark->open && mark->low < above->low) above->low = mark->low;
	merge(above, mark);
}

static void explore(struct search_state *state, uint32_t start)
{
	uint32_t next;
	if (state->marks[start].order) return;
	enter(state, start);
	while (state->way.count > 0) {
		struct visit *visit = &state->way.items[state->way.count - 1];
		struct mark *mark = &state->marks[visit->block];
		if (!next_target(state->compiler, visit, &next)) {
			leave(state);
			continue;
		}
		struct mark *target = &state->marks[next];
		if (next == visit->block) mark->traits |= TRAIT_CIRCULAR;
		if (target->order == 0) {
			enter(state, next);
		} else if (!target->open) {
			merge(mark, target);
		} else if (target->order < mark->low) {
			mark->low = target->order;
		}
	}
}

/* Mistakes that JSON Schema's own schema for schemas finds, and the evaluator can do without. */
static bool check_strictly(struct compiler *compiler, const struct node *schema)
{
	bool old = compiler_dialect(compiler)->draft == SCHEMA_DRAFT4;
	const struct node *required = node_member(schema, STR("required"));
	const struct node *values = node_member(schema, STR("enum"));
	if (old && required && required->kind == NODE_ARRAY && required->len == 0)
		return compiler_fail(compiler, "required", required, "must NOT have fewer than 1 items", "mag niet leeg zijn");
	if (values && values->kind == NODE_ARRAY && values->len == 0)
		return compiler_fail(compiler, "enum", values, "must NOT have fewer than 1 items", "mag niet leeg zijn");
	const struct node *dialect = node_member(schema, STR("$schema"));
	enum schema_draft draft;
	bool known = dialect && dialect->kind == NODE_STRING && schema_draft_of(node_text(dialect), &draft) &&
				 draft == compiler_dialect(compiler)->draft;
	if (dialect && dialect->kind == NODE_STRING && !known)
		return compiler_fail(compiler, "$schema", dialect, "is not the dialect of this document's schemas",
				"is niet het dialect van de schema's van dit document");
	return true;
}

/* `nullable` beside no `type`. */
static bool is_idle_nullable(const struct node *schema)
{
	const struct node *nullable = node_member(schema, STR("nullable"));
	return nullable && nullable->kind == NODE_TRUE && !node_member(schema, STR("type"));
}

static void compile(struct compiler *compiler, uint32_t block, struct mark *mark, struct faults *faults)
{
	const struct node *schema = compiler->blocks.items[block].node;
	err_init(compiler->err, compiler->arena);
	compiler->missing = false;
	compiler->current = block;
	bool bare = node_string_member(schema, STR("$ref")).ptr != NULL;
	*mark = (struct mark){0};
	if (compiler_compile(compiler, block) && (bare || check_strictly(compiler, schema))) {
		if (!bare && is_idle_nullable(schema)) mark->traits = TRAIT_NULLABLE;
		return;
	}
	mark->traits = compiler->missing ? TRAIT_MISSING : TRAIT_INVALID;
	*vec_push(faults) = compiler->err->message;
	mark->fault = (uint32_t)faults->count;
}

static uint32_t *find_slot(const struct schema_set *set, const struct node *node)
{
	size_t slot = ((uintptr_t)node >> 4) * 0x9E3779B97F4A7C15u >> 7 & set->mask;
	while (set->slots[slot] && set->entries[set->slots[slot] - 1].node != node)
		slot = (slot + 1) & set->mask;
	return &set->slots[slot];
}

/* Each root is there once, however often it is named. */
static void index_roots(struct schema_set *set, struct arena *arena, const struct node *const *roots, size_t count)
{
	size_t capacity = 16;
	while (capacity < count * 2)
		capacity *= 2;
	set->mask = capacity - 1;
	set->slots = arena_zalloc(arena, capacity * sizeof *set->slots);
	set->entries = arena_zalloc(arena, (count + 1) * sizeof *set->entries);
	for (size_t i = 0; i < count; i++) {
		uint32_t *slot = find_slot(set, roots[i]);
		if (*slot) continue;
		set->entries[set->count++].node = roots[i];
		*slot = (uint32_t)set->count;
	}
}

/* What was found, for each root. */
static void settle(struct schema_set *set, struct compiler *compiler, const struct search_state *state,
		const uint32_t *blocks, const struct faults *faults)
{
	err_init(compiler->err, compiler->arena);
	const struct schema *linked = compiler_link(compiler);
	for (size_t i = 0; i < set->count; i++) {
		struct schema_entry *entry = &set->entries[i];
		const struct mark *mark = &state->marks[blocks[i]];
		entry->missing = !(mark->traits & TRAIT_INVALID) && mark->traits & TRAIT_MISSING;
		entry->circular = mark->traits & TRAIT_CIRCULAR;
		entry->nullable = mark->traits & TRAIT_NULLABLE;
		if (mark->fault) entry->fault = faults->items[mark->fault - 1];
		if (!linked) entry->fault = compiler->err->message;
		if (mark->traits & (TRAIT_INVALID | TRAIT_MISSING) || !linked) continue;
		struct schema *own = arena_alloc(compiler->arena, sizeof *own);
		*own = *linked;
		own->root = compiler_target(compiler, blocks[i]);
		entry->schema = own;
	}
}

/* Blocks are added while others are compiled; marks grow with them. */
static void compile_all(struct schema_set *set, struct compiler *compiler, uint32_t *blocks)
{
	struct {
		struct mark *items;
		size_t count, capacity;
	} marks = {0};
	struct faults faults = {0};
	err_init(compiler->err, compiler->arena);
	for (size_t i = 0; i < set->count; i++)
		compiler_block(compiler, set->entries[i].node, NULL, (struct str){NULL, 0}, &blocks[i]);
	while (marks.count < compiler->blocks.count) {
		struct mark mark;
		compile(compiler, (uint32_t)marks.count, &mark, &faults);
		*vec_push(&marks) = mark;
	}
	struct search_state state = {.compiler = compiler, .marks = marks.items};
	for (size_t i = 0; i < set->count; i++)
		explore(&state, blocks[i]);
	settle(set, compiler, &state, blocks, &faults);
	vec_release(&state.way);
	vec_release(&state.members);
	vec_release(&marks);
	vec_release(&faults);
}

struct schema_set *schema_set_new(
		struct arena *arena, const struct schema_options *options, const struct node *const *roots, size_t count)
{
	struct schema_set *set = arena_zalloc(arena, sizeof *set);
	struct err err;
	struct compiler compiler = {.arena = arena, .root = options->refs->main->root, .options = *options, .err = &err};
	index_roots(set, arena, roots, count);
	uint32_t *blocks = mem_resize(NULL, set->count + 1, sizeof *blocks);
	*vec_push(&compiler.resources) = (struct resource){.uri = STR(""),
			.node = compiler.root,
			.source = options->refs->main->source,
			.dialect = compiler_default_dialect(options)};
	if (set->count > 0) compile_all(set, &compiler, blocks);
	free(blocks);
	vec_release(&compiler.blocks);
	vec_release(&compiler.instructions);
	vec_release(&compiler.resources);
	vec_release(&compiler.anchors);
	strmap_release(&compiler.names);
	strmap_release(&compiler.dynamic);
	free(compiler.known);
	return set;
}

const struct schema_entry *schema_set_find(const struct schema_set *set, const struct node *node)
{
	uint32_t slot = *find_slot(set, node);
	return slot ? &set->entries[slot - 1] : NULL;
}
