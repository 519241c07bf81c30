/* Checks of numbers and strings. */
#include "base/utf8.h"
#include "engine/schema_checks.h"

bool check_maximum(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	int order = node_compare_numbers(value, instruction->operand);
	bool valid = instruction->flag ? order < 0 : order <= 0;
	return valid || schema_fail(evaluation, instruction, value);
}

bool check_minimum(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	int order = node_compare_numbers(value, instruction->operand);
	bool valid = instruction->flag ? order > 0 : order >= 0;
	return valid || schema_fail(evaluation, instruction, value);
}

bool check_exclusive_maximum(
		struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	bool valid = node_compare_numbers(value, instruction->operand) < 0;
	return valid || schema_fail(evaluation, instruction, value);
}

bool check_exclusive_minimum(
		struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	bool valid = node_compare_numbers(value, instruction->operand) > 0;
	return valid || schema_fail(evaluation, instruction, value);
}

bool check_multiple_of(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	return schema_is_multiple(value, instruction->operand) || schema_fail(evaluation, instruction, value);
}

bool check_max_length(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	bool valid = value->len <= instruction->number || (double)utf8_count(node_text(value)) <= instruction->number;
	return valid || schema_fail(evaluation, instruction, value);
}

bool check_min_length(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	bool valid = value->len >= instruction->number && (double)utf8_count(node_text(value)) >= instruction->number;
	return valid || schema_fail(evaluation, instruction, value);
}

bool check_pattern(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	enum regex_result result = regex_search(instruction->regex, node_text(value));
	if (result == REGEX_YES) return true;
	if (result == REGEX_NO) return schema_fail(evaluation, instruction, value);
	return schema_give_up(evaluation,
			"a pattern of the schema takes too many steps on a value, or the value is too long",
			"een patroon van het schema kost te veel stappen op een waarde, of de waarde is te lang");
}

bool check_format(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	return schema_format_check(instruction->format, value) || schema_fail(evaluation, instruction, value);
}
