/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of engine/contract_shape share. */
#ifndef KEUR_ENGINE_CONTRACT_SHAPE_PRIVATE_H
#define KEUR_ENGINE_CONTRACT_SHAPE_PRIVATE_H

#include "engine/contract_shape.h"

/* Nodes that one flattening has met: open addressing, emptied by a new `round`. */
struct marks {
	const struct node **nodes;
	uint32_t *rounds;
	uint32_t count, capacity, round;
};

struct shapes {
	struct shape **buckets;
	uint32_t bucket_count, count;
	struct marks marks;
};

/* What unions leave of the types of a shape, once it was asked. */
struct shape_types {
	bool known, asked; /* asked and not known: it is being found, and contains itself */
	unsigned types;
};

/* A shape that is being made; vectors are on the heap until it is. */
struct flattening {
	struct comparer *comparer;
	struct shape *shape;
	struct spots work, parts, values;
	struct {
		struct shape_union *items;
		size_t count, capacity;
	} unions;
	size_t done; /* of `work` */
};

/* The unions of one schema object: alternatives, values, or, with one branch, nothing special. */
void flatten_unions(struct flattening *flattening, const struct spot *schema);

/* Fills the types of a shape whose parts and values are there. */
void shape_find_types(struct shape *shape);

/* Of a value as JSON Schema types it. */
unsigned shape_type_of(const struct node *value);

/* `enum` or `const` and little else. */
bool is_values_alone(const struct node *schema);

/* Only null is valid. */
bool is_null_alone(const struct node *schema);

#endif
