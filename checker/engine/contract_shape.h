/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Shapes: what a place in a document says of a value, all parts together. A shape is the conjunction of schemas that
 * `$ref` and `allOf` lead to; what stands in `oneOf`, `anyOf` or behind a discriminator stays apart as alternatives.
 * Shapes with the same beginnings are one and the same, so that pairs of them can be told to have been compared.
 */
#ifndef KEUR_ENGINE_CONTRACT_SHAPE_H
#define KEUR_ENGINE_CONTRACT_SHAPE_H

#include "engine/contract_private.h"

enum {
	SHAPE_NULL = 1,
	SHAPE_BOOLEAN = 2,
	SHAPE_INTEGER = 4,
	SHAPE_FRACTION = 8, /* numbers that are no integers */
	SHAPE_STRING = 16,
	SHAPE_ARRAY = 32,
	SHAPE_OBJECT = 64,
	SHAPE_ANY = 127
};

struct spots {
	const struct spot **items;
	size_t count, capacity;
};

/* Alternatives: `oneOf`, `anyOf`, or what a discriminator maps to. */
struct shape_union {
	const struct spot *at;     /* the array, or the object `mapping` */
	const struct spot **items; /* the branches, references followed; those that are null alone left out */
	const struct str *names;   /* the value of the discriminator or the name of the component; may be empty */
	uint32_t count;
	bool null_too; /* a branch that is null alone was left out */
};

struct shape {
	const struct openapi *openapi;
	const struct spot **seeds; /* what it was made of */
	const struct node **used;  /* unions that one branch was chosen of */
	uint32_t seed_count, used_count;
	unsigned mask;             /* of types that it is looked at for */
	const struct spot **parts; /* each a schema object that constrains it; the first is where it shows */
	uint32_t part_count;
	const struct shape_union *unions;
	uint32_t union_count;
	const struct spot **values; /* each of `enum`, `const`, or a union of such: a list that the value has to be in */
	uint32_t value_count;
	unsigned types; /* that it allows; null apart from what unions say */
	bool typed;     /* somebody said so, instead of keywords that hint at it */
	bool unknown;   /* a reference leads nowhere, or there is no schema where one has to be */
	bool loose_null;
	/* Private: */
	struct shape *next;
	struct shape_types *whole;
	uint64_t hash;
	uint32_t number;
};

/* None yet; their table ends with the arena of the comparison. */
struct shapes *shapes_new(struct comparer *comparer);

/* The shape of a conjunction of schemas, looked at for the types of `mask`. */
const struct shape *shape_of(struct comparer *comparer, const struct openapi *openapi, const struct spot *const *seeds,
		uint32_t count, unsigned mask);

/* `shape` with the `branch`th alternative of one of its unions chosen, for types of `mask`. */
const struct shape *shape_choose(struct comparer *comparer, const struct shape *shape, const struct shape_union *from,
		uint32_t branch, unsigned mask);

/* The same for some of its types only. */
const struct shape *shape_mask(struct comparer *comparer, const struct shape *shape, unsigned mask);

/* May the value be null, as far as can be seen? */
bool shape_allows_null(struct comparer *comparer, const struct shape *shape);

/* Types that its alternatives, too, allow; without null. */
unsigned shape_types(struct comparer *comparer, const struct shape *shape);

/* Follows references that stand alone. NULL when one leads nowhere. */
const struct spot *spot_seen(struct arena *arena, const struct openapi *openapi, const struct spot *spot);

/* "integer | null", for people; empty for any type. */
struct str shape_types_text(struct arena *arena, unsigned types);

#endif
