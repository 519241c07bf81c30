/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Private to engine/jsonpath: the tree that both dialects compile to.
 */
#ifndef KEUR_ENGINE_JSONPATH_AST_H
#define KEUR_ENGINE_JSONPATH_AST_H

#include "engine/jsonpath.h"
#include "engine/jsonpath_expr.h"

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
