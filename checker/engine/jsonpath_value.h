/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Private to engine/jsonpath: what JavaScript does with the values of scripts.
 *
 * Texts that have to be made come from `*scratch`, an arena that is made at first use; the caller frees it.
 */
#ifndef KEUR_ENGINE_JSONPATH_VALUE_H
#define KEUR_ENGINE_JSONPATH_VALUE_H

#include "doc/ref.h"
#include "engine/jsonpath_expr.h"

static inline struct value value_undefined(void)
{
	return (struct value){.kind = VALUE_UNDEFINED};
}

static inline struct value value_of_bool(bool truth)
{
	return (struct value){.kind = VALUE_BOOL, .truth = truth};
}

static inline struct value value_of_number(double number)
{
	return (struct value){.kind = VALUE_NUMBER, .number = number};
}

static inline struct value value_of_text(struct str text)
{
	return (struct value){.kind = VALUE_STRING, .text = text};
}

/* undefined or null */
static inline bool value_is_nullish(struct value value)
{
	return value.kind <= VALUE_NULL;
}

/* What a filter sees of a node, through references; and what JavaScript counts as true. */
struct value value_of_node(const struct view *view, const struct node *node);
bool value_is_true(struct value value);

/* String(number) and String(value), Number(value). */
struct str value_number_text(struct arena **scratch, double number);
struct str value_text(struct arena **scratch, struct value value);
double value_number(struct value value);

/* a === b, a == b; a < b and its kin by `op`. */
bool value_equals(struct value a, struct value b);
bool value_loosely_equals(struct value a, struct value b);
bool value_compares(enum expr_op op, struct value a, struct value b);

/* What `.constructor` gives of anything but undefined and null. */
struct value value_constructor(struct value value);

/* Is it of the kind that @string() and the like ask for? */
bool value_is_type(struct value value, struct str name);

/* typeof */
struct value value_type_name(struct value value);

#endif
