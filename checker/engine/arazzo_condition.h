/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Simple conditions of Arazzo ("$statusCode == 200 && $response.body#/id != null"): a tree of comparisons.
 *
 * Precedence as usual: "!" binds most, then comparison, "&&", "||"; comparisons are not chained. Literals are true,
 * false, null, numbers, and texts in single quotes (doubled inside). Borrows from the text, which outlives it.
 */
#ifndef KEUR_ENGINE_ARAZZO_CONDITION_H
#define KEUR_ENGINE_ARAZZO_CONDITION_H

#include "doc/node.h"
#include "engine/arazzo_expr.h"

enum condition_op {
	CONDITION_LITERAL,
	CONDITION_EXPRESSION,
	CONDITION_EQUAL,
	CONDITION_UNEQUAL,
	CONDITION_LESS,
	CONDITION_LESS_EQUAL,
	CONDITION_GREATER,
	CONDITION_GREATER_EQUAL,
	CONDITION_NOT,
	CONDITION_AND,
	CONDITION_OR,
};

struct condition {
	enum condition_op op;
	struct condition *left, *right; /* operands; NOT has a left one */
	struct node literal;
	struct expression expression;
};

/* Reads all of `text`. NULL and `fault` when it is no condition, or beyond LIMIT_CONDITION_*. */
struct condition *condition_parse(struct arena *arena, struct str text, struct expression_fault *fault);

/* Compares two values with an operator as Arazzo does: loosely, text whatever its case. NULL is null. */
bool condition_compare(enum condition_op op, const struct node *left, const struct node *right);

/* Equality of texts whatever their case, letters beyond ASCII included as far as one letter folds to one letter. */
bool condition_same_text(struct str a, struct str b);

#endif
