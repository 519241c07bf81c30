/* SPDX-License-Identifier: EUPL-1.2 */
/* Checks of numbers and strings. */
#include "base/utf8.h"
#include "engine/schema_checks.h"
#include "engine/schema_content.h"
#include "engine/schema_value.h"

bool check_maximum(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	int order = schema_compare(value, instruction->bound);
	bool valid = instruction->flag ? order < 0 : order <= 0;
	return valid || schema_fail(evaluation, instruction, value);
}

bool check_minimum(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	int order = schema_compare(value, instruction->bound);
	bool valid = instruction->flag ? order > 0 : order >= 0;
	return valid || schema_fail(evaluation, instruction, value);
}

bool check_exclusive_maximum(
		struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	bool valid = schema_compare(value, instruction->bound) < 0;
	return valid || schema_fail(evaluation, instruction, value);
}

bool check_exclusive_minimum(
		struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	bool valid = schema_compare(value, instruction->bound) > 0;
	return valid || schema_fail(evaluation, instruction, value);
}

bool check_multiple_of(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	return schema_is_multiple(value, instruction->bound) || schema_fail(evaluation, instruction, value);
}

/* A character takes one to four bytes, so most texts need no counting. */
bool check_max_length(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	bool valid = value->len <= instruction->count || utf8_count(node_text(value)) <= instruction->count;
	return valid || schema_fail(evaluation, instruction, value);
}

bool check_min_length(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	bool surely = value->len >= (size_t)4 * instruction->count || (value->len > 0 && instruction->count <= 1);
	bool valid = surely || (value->len >= instruction->count && utf8_count(node_text(value)) >= instruction->count);
	return valid || schema_fail(evaluation, instruction, value);
}

bool check_pattern(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	if (schema_search(evaluation, &instruction->search, node_text(value))) return true;
	return evaluation->undecided ? false : schema_fail(evaluation, instruction, value);
}

bool check_format(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	return schema_format_check(instruction->format, value) || schema_fail(evaluation, instruction, value);
}

bool check_content_encoding(
		struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	return schema_is_base64(node_text(value)) || schema_fail(evaluation, instruction, value);
}

bool check_content_media(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	return schema_is_json(node_text(value), instruction->flag) || schema_fail(evaluation, instruction, value);
}
