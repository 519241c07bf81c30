/* SPDX-License-Identifier: EUPL-1.2 */
/* The loop of the quick test. */
#include "engine/schema_ask.h"

#include "base/swar.h"
#include "base/utf8.h"
#include "engine/schema_checks.h"
#include "engine/schema_pattern.h"
#include "engine/schema_value.h"

/* What has children or branches stays out of the loop, so that texts and numbers do not pay for its registers. */
#define OUT_OF_LINE __attribute__((noinline))

static const struct str no_key = {NULL, 0};

/* Goes one level down, into children or branches. */
static inline bool enter(struct evaluation *evaluation, uint32_t steps)
{
	if (!schema_work(evaluation, 1 + (uint64_t)steps)) return false;
	if (evaluation->depth >= SCHEMA_MAX_DEPTH) return schema_too_deep(evaluation);
	evaluation->depth++;
	return true;
}

static inline bool leave(struct evaluation *evaluation, bool valid)
{
	evaluation->depth--;
	return valid;
}

static uint32_t block_of(const struct evaluation *evaluation, const struct asks *asks)
{
	return (uint32_t)(asks - evaluation->schema->asks);
}

/* What is asked of a child; where references are followed, the way to it matters. */
static inline bool ask_child(struct evaluation *evaluation, const struct asks *asks, const struct node *child,
		struct str key, uint32_t index)
{
	if (evaluation->plain) return schema_ask(evaluation, asks, child);
	return schema_child_check(evaluation, block_of(evaluation, asks), child, key, index);
}

static inline bool is_name(const struct shape_name *name, const struct node *member)
{
	return name->len == member->key_len && swar_same(name->key, member->key, name->len);
}

/* The name of a member, or NULL, when it is not the one that was expected. */
static OUT_OF_LINE const struct shape_name *look_up(const struct shape *shape, const struct node *member)
{
	uint32_t start = entries_start(shape->seed, node_key(member), member->key_hash);
	for (uint32_t slot = start & shape->mask; shape->slots[slot]; slot = (slot + 1) & shape->mask) {
		const struct shape_name *name = &shape->names[shape->slots[slot] - 1];
		if (name->hash == member->key_hash && is_name(name, member)) return name;
	}
	return NULL;
}

/* What a shape says of a member beyond its own schema: that of its patterns, and else the one for the rest. */
static OUT_OF_LINE bool ask_rest(
		struct evaluation *evaluation, const struct shape *shape, const struct node *member, bool named, uint32_t index)
{
	struct str key = node_key(member);
	for (uint32_t i = 0; shape->patterns && i < shape->patterns->count; i++) {
		const struct entry *entry = &shape->patterns->items[i];
		if (!schema_search(evaluation, &entry->search, key)) continue;
		named = true;
		if (!ask_child(evaluation, &evaluation->schema->asks[entry->block], member, key, index)) return false;
	}
	if (named || shape->additional == NO_BLOCK) return true;
	return ask_child(evaluation, &evaluation->schema->asks[shape->additional], member, key, index);
}

/*
 * Members are looked up in the schema, once each: fewer misses than the other way round, and what is required is
 * counted on the way.
 */
static OUT_OF_LINE bool ask_members(struct evaluation *evaluation, const struct shape *shape, const struct node *value)
{
	const struct shape_name *expected = shape->names;
	uint32_t missing = shape->required;
	for (uint32_t i = 0; i < value->len; i++) {
		const struct node *member = &value->children[i];
		const struct shape_name *name = is_name(expected, member) ? expected : look_up(shape, member);
		const struct asks *asks = name ? name->asks : NULL;
		if (name) {
			missing -= name->required;
			expected = name + 1;
		}
		if (asks && !ask_child(evaluation, asks, member, node_key(member), i)) return false;
		if (!(asks && shape->idle) && !ask_rest(evaluation, shape, member, asks, i)) return false;
	}
	return missing == 0;
}

/* The member of that name, or NULL; `guess` is where it may well be. */
static inline const struct node *find_member(const struct node *object, const struct shape_name *name, uint32_t guess)
{
	if (guess < object->len && is_name(name, &object->children[guess])) return &object->children[guess];
	if (object->flags & NODE_INDEXED) return node_member(object, (struct str){name->key, name->len});
	for (const struct node *at = object->children, *end = at + object->len; at < end; at++)
		if (name->hash == at->key_hash && is_name(name, at)) return at;
	return NULL;
}

/* A sparse shape. Members that it does not name are not looked at. */
static OUT_OF_LINE bool ask_few_members(
		struct evaluation *evaluation, const struct shape *shape, const struct node *value)
{
	uint32_t guess = 0;
	for (uint32_t i = 0; i < shape->count; i++) {
		const struct shape_name *name = &shape->names[i];
		const struct node *member = find_member(value, name, guess);
		if (!member && name->required) return false;
		if (!member) continue;
		uint32_t place = (uint32_t)(member - value->children);
		guess = place + 1;
		if (name->asks && !ask_child(evaluation, name->asks, member, node_key(member), place)) return false;
	}
	return true;
}

/* An object with duplicate keys goes the long way. */
static OUT_OF_LINE bool ask_shape(struct evaluation *evaluation, const struct shape *shape, const struct node *value)
{
	if (value->len < shape->required || !enter(evaluation, value->len)) return false;
	bool valid = value->flags & NODE_REPEATS
						 ? schema_run_check(
								   evaluation, evaluation->schema->blocks[shape->block].runs[GROUP_OBJECT], value)
				 : shape->sparse ? ask_few_members(evaluation, shape, value)
								 : ask_members(evaluation, shape, value);
	return leave(evaluation, valid && !evaluation->undecided);
}

bool check_shape(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	return ask_shape(evaluation, instruction->shape, value);
}

static OUT_OF_LINE bool ask_items(struct evaluation *evaluation, const struct question *at, const struct node *value)
{
	if (value->len < at->least || value->len > at->most) return false;
	if (!at->asks || value->len <= at->count) return true;
	if (!enter(evaluation, value->len)) return false;
	bool valid = true;
	for (uint32_t i = at->count; i < value->len && valid; i++)
		valid = ask_child(evaluation, at->asks, &value->children[i], no_key, i);
	return leave(evaluation, valid);
}

static OUT_OF_LINE bool ask_also(struct evaluation *evaluation, const struct asks *asks, const struct node *value)
{
	return enter(evaluation, 0) && leave(evaluation, schema_ask(evaluation, asks, value));
}

/* How many branches hold, counting no further than `enough`. */
static OUT_OF_LINE uint32_t count_branches(
		struct evaluation *evaluation, const struct question *at, const struct node *value, uint32_t enough)
{
	uint32_t matched = 0;
	if (!enter(evaluation, at->count)) return 0;
	for (uint32_t i = 0; i < at->count && matched < enough; i++)
		matched += schema_ask(evaluation, at->branches[i], value);
	leave(evaluation, true);
	return evaluation->undecided ? 0 : matched;
}

static OUT_OF_LINE bool ask_condition(
		struct evaluation *evaluation, const struct question *at, const struct node *value)
{
	const struct asks *asks = ask_also(evaluation, at->branches[0], value) ? at->branches[1] : at->branches[2];
	return !evaluation->undecided && (!asks || ask_also(evaluation, asks, value));
}

static OUT_OF_LINE bool ask_whole(struct evaluation *evaluation, const struct limits *limits, const struct node *value)
{
	int64_t whole;
	if (schema_whole(value, &whole)) return whole >= limits->least && whole <= limits->most;
	if (limits->block->types && !schema_has_type(value, limits->block->types)) return false;
	return schema_run_check(evaluation, limits->block->runs[GROUP_NUMBER], value);
}

/* A character takes one to four bytes, so most texts need no counting. */
static inline bool ask_length(const struct question *at, const struct node *value)
{
	if (value->len >= at->count && value->len <= at->most) return true;
	if (value->len < at->least) return false;
	size_t length = utf8_count(node_text(value));
	return length >= at->least && length <= at->most;
}

static inline bool ask_texts(const struct question *at, const struct node *value)
{
	for (uint32_t i = 0; i < at->count; i++)
		if (at->texts[i].len == value->len && swar_same(at->texts[i].ptr, value->text, value->len)) return true;
	return false;
}

static OUT_OF_LINE bool ask_unique(
		struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	uint32_t pair[2];
	return value->len < 2 || (!schema_find_duplicate(evaluation, instruction, value, pair) && !evaluation->undecided);
}

/* One question that leads to no other block by itself. */
static inline bool answer_one(struct evaluation *evaluation, const struct question *at, const struct node *value)
{
	switch (at->ask) {
	case ASK_LENGTH:
		return ask_length(at, value);
	case ASK_PATTERN:
		return schema_pattern_search(at->pattern, node_text(value));
	case ASK_FORMAT:
		return at->is_format(node_text(value));
	case ASK_TEXTS:
		return ask_texts(at, value);
	case ASK_WHOLE:
		return ask_whole(evaluation, at->limits, value);
	case ASK_TYPE:
		return schema_has_type(value, at->block->types);
	case ASK_SHAPE:
		return ask_shape(evaluation, at->shape, value);
	case ASK_ITEMS:
		return ask_items(evaluation, at, value);
	case ASK_UNIQUE:
		return ask_unique(evaluation, at->instruction, value);
	case ASK_ALSO:
		return ask_also(evaluation, at->asks, value);
	case ASK_NOT:
		return !ask_also(evaluation, at->asks, value) && !evaluation->undecided;
	case ASK_ANY_OF:
		return count_branches(evaluation, at, value, 1) == 1;
	case ASK_ONE_OF:
		return count_branches(evaluation, at, value, 2) == 1;
	case ASK_IF:
		return ask_condition(evaluation, at, value);
	case ASK_KEYWORD:
		return at->instruction->check(evaluation, at->instruction, value);
	case ASK_BLOCK:
		return schema_block_check(evaluation, (uint32_t)(at->block - evaluation->schema->blocks), value);
	default:
		return true;
	}
}

bool schema_answer(struct evaluation *evaluation, const struct question *at, const struct node *value)
{
	uint32_t hops = 0;
	while (at && at->ask != ASK_NOTHING) {
		if (at->ask == ASK_THEN) {
			if (++hops > SCHEMA_MAX_DEPTH) return schema_too_deep(evaluation);
			if (!schema_work(evaluation, 1)) return false;
			at = at->asks->of[value->kind];
		} else {
			if (!answer_one(evaluation, at, value)) return false;
			at++;
		}
	}
	return at != NULL;
}

bool schema_quick_check(struct evaluation *evaluation, uint32_t block, const struct node *value)
{
	return schema_ask(evaluation, &evaluation->schema->asks[block], value);
}
