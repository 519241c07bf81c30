/*
 * Private to engine/jsonpath: the tree that both dialects compile to, and the values that filters compute with.
 */
#ifndef KEUR_ENGINE_JSONPATH_AST_H
#define KEUR_ENGINE_JSONPATH_AST_H

#include "engine/jsonpath.h"
#include "engine/regex.h"

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

enum selector_kind { SELECT_NAME, SELECT_INDEX, SELECT_SLICE, SELECT_ANY, SELECT_FILTER, SELECT_COMPUTED };

enum { FILTER_NEEDS = 2 };

struct selector {
	enum selector_kind kind;
	uint16_t hash;    /* NAME */
	bool object_only; /* FILTER that holds for no scalar */
	struct str name;  /* NAME */
	int64_t index;    /* INDEX; NAME: the index it stands for in Spectral's dialect, or -1 */
	int64_t start, end, step;
	bool has_start, has_end;
	const struct expr *expr;      /* FILTER, COMPUTED */
	const struct expr *by_key;    /* FILTER: what of it looks at @property only, or NULL; holds when both parts do */
	const struct expr *rest;      /* FILTER: the other part, or NULL */
	uint64_t needs[FILTER_NEEDS]; /* FILTER: names of which an object has to have one, as node_hash_bit(); 0: no need */
};

/* Sets of names by their hashes: a bit stands for many names. */
static inline uint64_t node_hash_bit(uint16_t hash)
{
	return (uint64_t)1 << (hash & 63);
}

enum segment_kind { SEGMENT_CHILDREN, SEGMENT_SELF, SEGMENT_PARENT, SEGMENT_KEY };

struct segment {
	enum segment_kind kind; /* SELF, deep: "$..", every container */
	bool deep;
	bool first_only; /* nimma: the first member of that name on the way down and no other */
	struct selector *selectors;
	uint32_t count;
};

struct query {
	struct segment *segments;
	uint32_t count;
	bool absolute; /* $, else @ */
};

struct jsonpath {
	struct str text;
	enum jsonpath_dialect dialect;
	struct query query;
	bool needs_ancestors; /* what it selects depends on the way to a node, not only on the node */
};

#endif
