/* SPDX-License-Identifier: EUPL-1.2 */
/* Two shapes that are compared: what is sent has to lie within what is read. For contract_*.c only. */
#ifndef KEUR_ENGINE_CONTRACT_PAIR_H
#define KEUR_ENGINE_CONTRACT_PAIR_H

#include "engine/contract_shape.h"

struct pair {
	const struct shape *sender, *reader; /* of a request the contract's and the vendor's, of a response reversed */
	enum flow flow;
	bool as_text; /* values are written as text: of parameters and headers */
	bool joined;  /* an array is one text with commas, as `explode: false` has it */
	const struct trail *trail;
	const struct context *context;
};

/* A difference at places of the sender and the reader; NULL: the first part of the shape. */
struct pair_difference {
	enum contract_grade grade;
	const struct spot *sender, *reader;
	struct str name;
	bool at_key;
	struct text message, expected;
	struct str found;
};

/* Reports it, with the way through the value in front. */
void pair_report(struct comparer *comparer, const struct pair *pair, const struct pair_difference *difference);

/*
 * A keyword that constrains one side and not, or not so, the other: breaking where the reader's does, else tolerated.
 * Values are as people read them; empty where the keyword is absent.
 */
void pair_report_keyword(struct comparer *comparer, const struct pair *pair, const char *keyword,
		enum contract_grade grade, const struct spot *sender, const struct spot *reader, struct str sent,
		struct str read);

/* Something about the pair cannot be compared; `at` is where. */
void pair_undecided(struct comparer *comparer, const struct pair *pair, const struct spot *at, struct text why);

/* Puts a pair in the queue, unless it was there. */
void pair_enqueue(struct comparer *comparer, const struct pair *pair);

/* The pair of two conjunctions a step further into the value. */
void pair_descend(struct comparer *comparer, const struct pair *pair, struct str name, const struct spots *sender,
		const struct spots *reader);

/* Each compares one kind of keywords of shapes without unions; `types` are those that both allow. */
void pair_compare_values(struct comparer *comparer, const struct pair *pair, unsigned types);
void pair_compare_limits(struct comparer *comparer, const struct pair *pair, unsigned types);
void pair_compare_texts(struct comparer *comparer, const struct pair *pair, unsigned types);
void pair_compare_array(struct comparer *comparer, const struct pair *pair);
void pair_compare_object(struct comparer *comparer, const struct pair *pair);
void pair_compare_opaque(struct comparer *comparer, const struct pair *pair);

/* Shapes with unions: finds for each alternative that may be sent the one that reads it. */
void pair_compare_unions(struct comparer *comparer, const struct pair *pair, unsigned types);

/* The values that a shape is restricted to, on the heap; false when it is not. */
struct nodes {
	const struct node **items;
	size_t count, capacity;
};
bool shape_values(struct comparer *comparer, const struct shape *shape, struct nodes *out);

/* The member of any part of a shape that has it, the first; NULL when none does. */
const struct spot *shape_keyword(struct comparer *comparer, const struct shape *shape, const char *keyword);

/* A value as people read it. */
struct str contract_value_text(struct arena *arena, const struct node *value);

#endif
