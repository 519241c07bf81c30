/* SPDX-License-Identifier: EUPL-1.2 */
/* Lays out what a linked schema asks, for the quick test. */
#include "base/vec.h"
#include "engine/schema_ask.h"
#include "engine/schema_checks.h"
#include "engine/schema_format.h"

/* FEW_TEXTS: longer lists are looked up by hash, by the keyword itself. HOPS: of lists that are but another list. */
enum { FEW_TEXTS = 8, HOPS = 8, BYTES_OF_CHARACTER = 4 };

static const struct question nothing = {.ask = ASK_NOTHING};

/* The list at hand: of one block, for one kind of value. */
struct layout {
	struct arena *arena;
	const struct schema *schema;
	struct asks *asks;
	const struct block *block;
	enum node_kind kind;
	bool never; /* it cannot hold */
	struct {
		struct question *items;
		size_t count, capacity;
	} list;
};

/* Adds a question; valid until the next. */
static struct question *add(struct layout *layout, enum ask ask)
{
	struct question *question = vec_push(&layout->list);
	*question = (struct question){.ask = ask};
	return question;
}

static void add_keyword(struct layout *layout, const struct instruction *instruction)
{
	add(layout, ASK_KEYWORD)->instruction = instruction;
}

/* The types that a value of a kind may have without a further look; whole numbers need one. */
static uint8_t types_of(enum node_kind kind)
{
	struct node value = {.kind = (uint8_t)kind};
	unsigned types = 0;
	for (unsigned type = TYPE_NULL; type <= TYPE_OBJECT; type <<= 1)
		if (type != TYPE_INTEGER && schema_has_type(&value, (uint8_t)type)) types |= type;
	return (uint8_t)types;
}

static bool is_of_type(const struct block *block, enum node_kind kind)
{
	return !block->types || block->types & types_of(kind);
}

/* May a block hold for a value of the kind at hand? */
static bool may_hold(const struct layout *layout, const struct block *block)
{
	bool may_be_whole = layout->kind == NODE_NUMBER && block->types & (TYPE_INTEGER | TYPE_DIGITS);
	return !block->never && (is_of_type(block, layout->kind) || may_be_whole);
}

/* Does it hold for all of them? */
static bool does_hold(const struct layout *layout, const struct block *block)
{
	return block->simple && is_of_type(block, layout->kind);
}

static const struct asks *asks_of(const struct layout *layout, uint32_t block)
{
	return block == NO_BLOCK ? NULL : &layout->asks[block];
}

/* What another block says has to hold as well. */
static void add_block(struct layout *layout, uint32_t index)
{
	const struct block *block = &layout->schema->blocks[index];
	if (!may_hold(layout, block)) layout->never = true;
	if (!layout->never && !does_hold(layout, block)) add(layout, ASK_ALSO)->asks = asks_of(layout, index);
}

static void add_not(struct layout *layout, uint32_t index)
{
	const struct block *block = &layout->schema->blocks[index];
	if (!may_hold(layout, block)) return;
	if (does_hold(layout, block)) layout->never = true;
	add(layout, ASK_NOT)->asks = asks_of(layout, index);
}

/* anyOf and oneOf: the branches that may hold for this kind are what there is to choose from. */
static void add_choice(struct layout *layout, const struct instruction *instruction, enum ask ask)
{
	const struct block *blocks = layout->schema->blocks;
	const struct asks **branches = arena_alloc(layout->arena, (instruction->count + 1) * sizeof(void *));
	uint32_t last = 0, count = 0;
	for (uint32_t i = 0; i < instruction->count; i++) {
		if (!may_hold(layout, &blocks[instruction->blocks[i]])) continue;
		last = instruction->blocks[i];
		branches[count++] = asks_of(layout, last);
		if (ask == ASK_ANY_OF && does_hold(layout, &blocks[last])) return;
	}
	if (count == 0) layout->never = true;
	if (count == 1) add_block(layout, last);
	if (count <= 1) return;
	struct question *question = add(layout, ask);
	question->branches = branches;
	question->count = count;
}

static void add_condition(struct layout *layout, const struct instruction *instruction)
{
	const struct asks **branches = arena_alloc(layout->arena, 3 * sizeof(void *));
	branches[0] = asks_of(layout, instruction->block);
	branches[1] = asks_of(layout, instruction->then);
	branches[2] = asks_of(layout, instruction->otherwise);
	if (!branches[1] && !branches[2]) return;
	if (!may_hold(layout, &layout->schema->blocks[instruction->block])) {
		if (branches[2]) add_block(layout, instruction->otherwise);
	} else {
		add(layout, ASK_IF)->branches = branches;
	}
}

/* The values that are allowed, as far as they are of this kind. Of null, true and false there is but one each. */
static void add_values(
		struct layout *layout, const struct instruction *instruction, const struct node *values, uint32_t count)
{
	uint32_t found = 0;
	for (uint32_t i = 0; i < count; i++)
		found += values[i].kind == layout->kind;
	if (found == 0) layout->never = true;
	if (found == 0 || layout->kind < NODE_NUMBER) return;
	if (layout->kind != NODE_STRING || found > FEW_TEXTS) {
		add_keyword(layout, instruction);
		return;
	}
	struct str *texts = arena_alloc(layout->arena, found * sizeof *texts);
	struct question *question = add(layout, ASK_TEXTS);
	question->texts = texts;
	for (uint32_t i = 0; i < count; i++)
		if (values[i].kind == NODE_STRING) texts[question->count++] = node_text(&values[i]);
}

/* Keywords for values of any kind. */
static void add_any(struct layout *layout, const struct instruction *instruction)
{
	schema_check_fn *check = instruction->check;
	const struct node *operand = instruction->operand;
	if (check == check_reference || check == check_dynamic) {
		add_block(layout, instruction->block);
	} else if (check == check_const) {
		add_values(layout, instruction, operand, 1);
	} else if (check == check_enum) {
		add_values(layout, instruction, operand->children, operand->len);
	} else if (check == check_not) {
		add_not(layout, instruction->block);
	} else if (check == check_any_of || check == check_one_of) {
		add_choice(layout, instruction, check == check_any_of ? ASK_ANY_OF : ASK_ONE_OF);
	} else if (check == check_if) {
		add_condition(layout, instruction);
	} else if (check == check_all_of) {
		for (uint32_t i = 0; i < instruction->count; i++)
			add_block(layout, instruction->blocks[i]);
	} else {
		add_keyword(layout, instruction);
	}
}

/* Puts bounds together; false when one is no small whole number, or there is something else. */
static bool join_bounds(const struct layout *layout, struct run run, struct limits *limits)
{
	*limits = (struct limits){INT64_MIN, INT64_MAX, layout->block};
	for (uint32_t i = run.first; i < run.first + run.count; i++) {
		const struct instruction *at = &layout->schema->instructions[i];
		bool most = at->check == check_maximum || at->check == check_exclusive_maximum;
		bool least = at->check == check_minimum || at->check == check_exclusive_minimum;
		bool exclusive = at->flag || at->check == check_exclusive_maximum || at->check == check_exclusive_minimum;
		if ((!most && !least) || !at->bound->is_whole) return false;
		int64_t bound = at->bound->whole + (most ? -exclusive : exclusive);
		if (most && bound < limits->most) limits->most = bound;
		if (least && bound > limits->least) limits->least = bound;
	}
	return true;
}

static void add_number(struct layout *layout, struct run run)
{
	bool typed = is_of_type(layout->block, NODE_NUMBER);
	struct limits limits;
	if (run.count > 0 && join_bounds(layout, run, &limits)) {
		struct limits *kept = arena_alloc(layout->arena, sizeof *kept);
		*kept = limits;
		add(layout, ASK_WHOLE)->limits = kept;
		return;
	}
	if (!typed) add(layout, ASK_TYPE)->block = layout->block;
	for (uint32_t i = 0; i < run.count; i++)
		add_keyword(layout, &layout->schema->instructions[run.first + i]);
}

/* The question of lengths that a keyword adds to: the one that is there, else a new one. */
static struct question *range(struct layout *layout, enum ask ask)
{
	for (size_t i = 0; i < layout->list.count; i++)
		if (layout->list.items[i].ask == ask) return &layout->list.items[i];
	struct question *question = add(layout, ask);
	question->most = UINT32_MAX;
	return question;
}

static void add_least_length(struct layout *layout, uint32_t least)
{
	struct question *question = range(layout, ASK_LENGTH);
	uint64_t sure = least <= 1 ? least : (uint64_t)least * BYTES_OF_CHARACTER;
	question->least = least;
	question->count = sure < UINT32_MAX ? (uint32_t)sure : UINT32_MAX;
}

static void add_string(struct layout *layout, const struct instruction *instruction)
{
	if (instruction->check == check_max_length) {
		range(layout, ASK_LENGTH)->most = instruction->count;
	} else if (instruction->check == check_min_length) {
		add_least_length(layout, instruction->count);
	} else if (instruction->check == check_pattern && instruction->search.pattern) {
		add(layout, ASK_PATTERN)->pattern = instruction->search.pattern;
	} else if (instruction->check == check_format && instruction->format->check_text) {
		add(layout, ASK_FORMAT)->is_format = instruction->format->check_text;
	} else {
		add_keyword(layout, instruction);
	}
}

static void add_array(struct layout *layout, const struct instruction *instruction)
{
	if (instruction->check == check_max_items) {
		range(layout, ASK_ITEMS)->most = instruction->count;
	} else if (instruction->check == check_min_items) {
		range(layout, ASK_ITEMS)->least = instruction->count;
	} else if (instruction->check == check_unique_items) {
		add(layout, ASK_UNIQUE)->instruction = instruction;
	} else if (instruction->check == check_items && instruction->block != NO_BLOCK) {
		struct question *question = range(layout, ASK_ITEMS);
		if (layout->schema->blocks[instruction->block].trivial) return;
		question->asks = asks_of(layout, instruction->block);
		question->count = instruction->count;
	} else {
		add_keyword(layout, instruction);
	}
}

static void add_object(struct layout *layout, const struct instruction *instruction)
{
	if (instruction->check == check_shape) {
		add(layout, ASK_SHAPE)->shape = instruction->shape;
	} else {
		add_keyword(layout, instruction);
	}
}

/* The keywords for one kind, by what adds them. */
static void add_run(
		struct layout *layout, struct run run, void (*add_one)(struct layout *layout, const struct instruction *))
{
	for (uint32_t i = run.first; i < run.first + run.count; i++)
		add_one(layout, &layout->schema->instructions[i]);
}

static void add_all(struct layout *layout)
{
	const struct block *block = layout->block;
	if (!block->quick) {
		add(layout, ASK_BLOCK)->block = block;
		return;
	}
	if (layout->kind == NODE_NUMBER) add_number(layout, block->runs[GROUP_NUMBER]);
	if (layout->kind == NODE_STRING) add_run(layout, block->runs[GROUP_STRING], add_string);
	if (layout->kind == NODE_ARRAY) add_run(layout, block->runs[GROUP_ARRAY], add_array);
	if (layout->kind == NODE_OBJECT) add_run(layout, block->test, add_object);
	add_run(layout, block->runs[GROUP_ANY], add_any);
}

/* The list of what was added. What another block asks comes last where there is but one: that costs no level. */
static const struct question *finish(struct layout *layout)
{
	size_t count = layout->list.count;
	if (layout->never) return NULL;
	if (count == 0) return &nothing;
	struct question *items = layout->list.items;
	for (size_t i = 0; i < count && items[count - 1].ask != ASK_THEN; i++) {
		if (items[i].ask != ASK_ALSO) continue;
		struct question last = items[count - 1];
		items[count - 1] = items[i];
		items[i] = last;
		items[count - 1].ask = ASK_THEN;
	}
	struct question *list = arena_alloc(layout->arena, (count + 1) * sizeof *list);
	memcpy(list, items, count * sizeof *list);
	list[count] = nothing;
	return list;
}

static const struct question *lay_out(struct layout *layout, enum node_kind kind)
{
	layout->kind = kind;
	layout->list.count = 0;
	layout->never = false;
	if (layout->block->null_ok && kind == NODE_NULL) return finish(layout);
	layout->never = !may_hold(layout, layout->block);
	if (!layout->never) add_all(layout);
	return finish(layout);
}

/* Where lists that are but another list lead. */
static void settle(struct asks *asks)
{
	for (int kind = NODE_NULL; kind <= NODE_OBJECT; kind++)
		for (int hop = 0; hop < HOPS && asks->of[kind] && asks->of[kind]->ask == ASK_THEN; hop++)
			asks->of[kind] = asks->of[kind]->asks->of[kind];
}

void schema_ask_all(struct arena *arena, const struct schema *schema, struct asks *asks)
{
	struct layout layout = {.arena = arena, .schema = schema, .asks = asks};
	for (uint32_t i = 0; i < schema->block_count; i++) {
		layout.block = &schema->blocks[i];
		for (int kind = NODE_NULL; kind <= NODE_OBJECT; kind++)
			asks[i].of[kind] = lay_out(&layout, (enum node_kind)kind);
	}
	for (uint32_t i = 0; i < schema->block_count; i++)
		settle(&asks[i]);
	vec_release(&layout.list);
}
