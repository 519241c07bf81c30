/* SPDX-License-Identifier: EUPL-1.2 */
/* Checks that hold for any type: references, constants, combinations of schemas. */
#include "engine/schema_checks.h"
#include "engine/schema_track.h"
#include "engine/schema_value.h"
#include "engine/schema_values.h"

/* ajv makes a function of a schema with references inside: there the first violation ends it, composite or not. */
bool check_reference(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	if (instruction->flag) return schema_block_check(evaluation, instruction->block, value);
	bool composite = evaluation->composite;
	evaluation->composite = false;
	bool valid = schema_clause_check(evaluation, instruction->block, value);
	evaluation->composite = composite;
	return valid;
}

/* The outermost resource in scope that has the anchor decides; without a dynamic anchor it is a plain reference. */
bool check_dynamic(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	uint32_t block = instruction->block;
	if (instruction->then != NO_BLOCK && evaluation->outermost[instruction->then] != NO_BLOCK)
		block = evaluation->outermost[instruction->then];
	bool composite = evaluation->composite;
	evaluation->composite = false;
	bool valid = schema_clause_check(evaluation, block, value);
	evaluation->composite = composite;
	return valid;
}

bool check_const(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	const struct node *operand = instruction->operand;
	bool texts = value->kind == NODE_STRING && operand->kind == NODE_STRING; /* what most constants are */
	if (texts ? str_eq(node_text(value), node_text(operand)) : schema_equal(evaluation, value, operand)) return true;
	return schema_fail(evaluation, instruction, value);
}

bool check_enum(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	return schema_values_have(evaluation, instruction->values, value) || schema_fail(evaluation, instruction, value);
}

bool check_not(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	if (!schema_block_test(evaluation, instruction->block, value)) return !evaluation->undecided;
	return schema_fail(evaluation, instruction, value);
}

static bool test_any_of(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	for (uint32_t i = 0; i < instruction->count; i++)
		if (schema_block_check(evaluation, instruction->blocks[i], value)) return true;
	return false;
}

/* Where evaluated children are kept account of, a match does not end the search: others evaluate more. */
bool check_any_of(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	if (evaluation->mode == SCHEMA_TEST && !evaluation->tracker) return test_any_of(evaluation, instruction, value);
	if (evaluation->brief && evaluation->mode == SCHEMA_ALL) return schema_brief_check(evaluation, instruction, value);
	size_t before = schema_failures(evaluation);
	bool matched = false;
	for (uint32_t i = 0; i < instruction->count && !evaluation->undecided; i++) {
		matched |= schema_branch_check(evaluation, instruction->blocks[i], value);
		if (matched && !evaluation->tracker) break;
	}
	if (!matched || evaluation->undecided) return schema_fail(evaluation, instruction, value);
	schema_forget(evaluation, before);
	return true;
}

static bool test_one_of(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	uint32_t matched = 0;
	for (uint32_t i = 0; i < instruction->count && matched < 2 && !evaluation->undecided; i++)
		matched += schema_block_check(evaluation, instruction->blocks[i], value);
	return matched == 1 && !evaluation->undecided;
}

bool check_one_of(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	if (evaluation->mode == SCHEMA_TEST && !evaluation->tracker) return test_one_of(evaluation, instruction, value);
	if (evaluation->brief && evaluation->mode == SCHEMA_ALL) return schema_brief_check(evaluation, instruction, value);
	size_t before = schema_failures(evaluation);
	uint32_t matched = 0;
	struct failure failure = {.instruction = instruction, .value = value};
	for (uint32_t i = 0; i < instruction->count && matched < 2 && !evaluation->undecided; i++) {
		if (!schema_branch_check(evaluation, instruction->blocks[i], value)) continue;
		if (matched++ == 0) failure.first = i;
		failure.second = i;
	}
	if (matched == 1 && !evaluation->undecided) {
		schema_forget(evaluation, before);
		return true;
	}
	failure.several = matched > 1;
	return schema_fail_with(evaluation, &failure);
}

bool check_all_of(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	bool valid = schema_work(evaluation, instruction->count);
	for (uint32_t i = 0; i < instruction->count; i++) {
		if (schema_block_check(evaluation, instruction->blocks[i], value)) continue;
		valid = false;
		if (evaluation->mode != SCHEMA_ALL || evaluation->undecided) break;
	}
	return valid;
}

/* A question, whose answer evaluates children all the same when it is yes. */
static bool test_condition(struct evaluation *evaluation, uint32_t block, const struct node *value)
{
	enum schema_mode mode = evaluation->mode;
	evaluation->mode = SCHEMA_TEST;
	bool holds = schema_clause_check(evaluation, block, value);
	evaluation->mode = mode;
	return holds;
}

bool check_if(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	bool idle = instruction->then == NO_BLOCK && instruction->otherwise == NO_BLOCK && !evaluation->tracker;
	if (idle) return true;
	bool holds = test_condition(evaluation, instruction->block, value);
	uint32_t clause = holds ? instruction->then : instruction->otherwise;
	if (evaluation->undecided) return false;
	if (clause == NO_BLOCK || schema_clause_check(evaluation, clause, value)) return true;
	if (schema_stops(evaluation) || evaluation->brief) return false;
	struct failure failure = {.instruction = instruction, .value = value, .first = holds};
	return schema_fail_with(evaluation, &failure);
}
