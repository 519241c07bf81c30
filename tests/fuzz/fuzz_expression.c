/* SPDX-License-Identifier: EUPL-1.2 */
/* Runtime expressions, texts that hold them, and simple conditions, made of any bytes. */
#include "engine/arazzo_condition.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void walk(const struct condition *condition)
{
	if (!condition) return;
	if (condition->op == CONDITION_LITERAL && condition->literal.len > 1 << 20) __builtin_trap();
	walk(condition->left);
	walk(condition->right);
}

/* Names and pointers lie in the text, and steps of an access end. */
static void check(struct str text, const struct expression *expression)
{
	struct str access = expression->access, name;
	bool is_index;
	while (expression_step(&access, &name, &is_index))
		if (name.ptr < text.ptr || name.ptr + name.len > text.ptr + text.len) __builtin_trap();
	if (access.len > 0) __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	char *copy = arena_copy(arena, data, size);
	struct str text = {copy, size};
	struct expression expression;
	struct expression_fault fault = {0};
	struct template template;
	if (expression_parse(text, &expression, &fault))
		check(text, &expression);
	else if (fault.offset > size || fault.expected.in[LANG_NL].len == 0)
		__builtin_trap();
	template_parse(arena, text, &template, &fault);
	template_parse_embedded(arena, text, &template, &fault);
	struct condition *condition = condition_parse(arena, text, &fault);
	if (!condition && fault.offset > size) __builtin_trap();
	walk(condition);
	struct node left = {.kind = NODE_STRING, .text = copy, .len = (uint32_t)(size / 2)};
	struct node right = {.kind = NODE_STRING, .text = copy + size / 2, .len = (uint32_t)(size - size / 2)};
	for (int op = CONDITION_EQUAL; op <= CONDITION_GREATER_EQUAL; op++)
		condition_compare((enum condition_op)op, &left, &right);
	if (!condition_compare(CONDITION_EQUAL, &left, &left)) __builtin_trap();
	arena_free(arena);
	return 0;
}
