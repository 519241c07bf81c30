/* SPDX-License-Identifier: EUPL-1.2 */
/* Checks of arrays. */
#include "engine/schema_checks.h"
#include "engine/schema_track.h"
#include "engine/schema_value.h"

static const struct str no_key = {NULL, 0};

bool check_max_items(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	return value->len <= instruction->count || schema_fail(evaluation, instruction, value);
}

bool check_min_items(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	return value->len >= instruction->count || schema_fail(evaluation, instruction, value);
}

/* One schema for each of the first elements. */
bool check_tuple(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	bool valid = true;
	for (uint32_t i = 0; i < instruction->count && i < value->len; i++) {
		tracker_mark(evaluation->tracker, i);
		if (schema_child_check(evaluation, instruction->blocks[i], &value->children[i], no_key, i)) continue;
		valid = false;
		if (evaluation->mode != SCHEMA_ALL || evaluation->undecided) break;
	}
	return valid;
}

/* One schema for all elements but the first `count`; an `items` that is a list is a tuple. */
bool check_items(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	if (instruction->block == NO_BLOCK) return check_tuple(evaluation, instruction, value);
	const struct block *block = &evaluation->schema->blocks[instruction->block];
	if (evaluation->tracker && !schema_work(evaluation, value->len)) return false;
	tracker_mark_from(evaluation->tracker, instruction->count);
	if (block->trivial) return true;
	if (instruction->count > 0 && block->never)
		return value->len <= instruction->count || schema_fail(evaluation, instruction, value);
	bool valid = true;
	for (uint32_t i = instruction->count; i < value->len; i++) {
		if (schema_child_check(evaluation, instruction->block, &value->children[i], no_key, i)) continue;
		valid = false;
		if (evaluation->mode != SCHEMA_ALL || evaluation->undecided) break;
	}
	return valid;
}

/* Counts matches, no further than is needed to decide. */
static uint32_t count_matches(
		struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < value->len && !evaluation->undecided; i++) {
		if (!schema_child_check(evaluation, instruction->block, &value->children[i], no_key, i)) continue;
		count++;
		if (instruction->flag) tracker_mark(evaluation->tracker, i);
		if (evaluation->tracker) continue; /* all that match count as evaluated */
		bool enough = instruction->otherwise == UINT32_MAX && count >= instruction->then;
		if (enough || count > instruction->otherwise) break;
	}
	return count;
}

bool check_contains(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	bool idle = instruction->then == 0 && instruction->otherwise == UINT32_MAX && !evaluation->tracker;
	if (idle) return true;
	size_t before = schema_failures(evaluation);
	bool composite = evaluation->composite;
	evaluation->composite = true;
	uint32_t count = count_matches(evaluation, instruction, value);
	evaluation->composite = composite;
	if (evaluation->undecided) return false;
	bool valid = count >= instruction->then && count <= instruction->otherwise;
	if (valid || schema_stops(evaluation) || evaluation->brief) schema_forget(evaluation, before);
	return valid || schema_fail(evaluation, instruction, value);
}

bool check_unique_items(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	uint32_t pair[2];
	if (!schema_find_duplicate(evaluation, instruction, value, pair)) return !evaluation->undecided;
	struct failure failure = {.instruction = instruction, .value = value, .first = pair[0], .second = pair[1]};
	return schema_fail_with(evaluation, &failure);
}
