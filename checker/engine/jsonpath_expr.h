/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Private to engine/jsonpath: the expressions of filters, and the values that they compute with.
 */
#ifndef KEUR_ENGINE_JSONPATH_EXPR_H
#define KEUR_ENGINE_JSONPATH_EXPR_H

#include "doc/node.h"
#include "engine/regex.h"

struct query;

enum value_kind { VALUE_UNDEFINED, VALUE_NULL, VALUE_BOOL, VALUE_NUMBER, VALUE_STRING, VALUE_NODE, VALUE_CONSTRUCTOR };

/* What an expression is worth. UNDEFINED is also the Nothing of RFC 9535. */
struct value {
	enum value_kind kind;
	bool truth;              /* BOOL */
	double number;           /* NUMBER */
	struct str text;         /* STRING; CONSTRUCTOR: its name */
	const struct node *node; /* NODE: an array or object as the view shows it */
};

enum expr_op {
	EXPR_LITERAL,
	EXPR_REGEX,
	EXPR_CURRENT, /* @ */
	EXPR_ROOT,    /* $ and @root */
	EXPR_PROPERTY,
	EXPR_PARENT,
	EXPR_PARENT_PROPERTY,
	EXPR_PATH,
	EXPR_MEMBER,   /* left.name */
	EXPR_COMPUTED, /* left[right] */
	EXPR_METHOD,   /* left.method(right) */
	EXPR_IS_TYPE,  /* @string(): name */
	EXPR_NOT,
	EXPR_MINUS,
	EXPR_PLUS,
	EXPR_TYPEOF,
	EXPR_VOID,
	EXPR_AND,
	EXPR_OR,
	EXPR_TERNARY, /* left ? right : third */
	EXPR_LOOSE_EQ,
	EXPR_LOOSE_NE,
	EXPR_EQ,
	EXPR_NE,
	EXPR_LT,
	EXPR_GT,
	EXPR_LE,
	EXPR_GE,
	EXPR_ADD,
	EXPR_SUB,
	EXPR_MUL,
	EXPR_DIV,
	EXPR_MOD,
	EXPR_TEST, /* left ~= regex */
	EXPR_IN,   /* left in [third, ...]: the list is linked through `third` */
	/* RFC 9535 */
	EXPR_EXISTS, /* query */
	EXPR_SINGLE, /* singular query: its value */
	EXPR_LENGTH,
	EXPR_COUNT, /* query */
	EXPR_VALUE, /* query */
	EXPR_MATCH, /* left, right; regex when right is a literal */
	EXPR_SEARCH,
	EXPR_SAME,
	EXPR_DIFFERS,
	EXPR_BELOW,
	EXPR_ABOVE,
	EXPR_AT_MOST,
	EXPR_AT_LEAST,
};

enum method {
	METHOD_MATCH,
	METHOD_TEST,
	METHOD_INCLUDES,
	METHOD_STARTS_WITH,
	METHOD_ENDS_WITH,
	METHOD_INDEX_OF,
	METHOD_LOWER,
	METHOD_UPPER,
	METHOD_TRIM,
	METHOD_TO_STRING,
	METHOD_HAS_OWN,
	METHOD_COUNT
};

struct expr {
	enum expr_op op;
	enum method method;
	struct value literal;
	struct str name;
	uint16_t hash; /* of name */
	bool negated;  /* regex pattern that does not compile: never matches */
	const struct regex *regex;
	const struct expr *left, *right, *third;
	struct query *query;
};

#endif
