/* SPDX-License-Identifier: EUPL-1.2 */
/* Facts of several runs of the same check, added up: what is violated or undecided in one, is in all. */
#ifndef KEUR_RULE_FACT_SUM_H
#define KEUR_RULE_FACT_SUM_H

#include "engine/fact.h"

struct fact_sum {
	struct arena *arena;
	struct fact *items;
	uint32_t rule_count;
	struct {
		struct result *items;
		size_t count, capacity;
	} results;
};

/* Starts a sum for a check with so many rules; it ends with fact_sum_take(). */
void fact_sum_init(struct fact_sum *sum, struct arena *arena, uint32_t rule_count);

/* Adds the facts of one run, which borrow from documents that outlive the sum. */
void fact_sum_add(struct fact_sum *sum, const struct facts *facts);

/* The sum, in the arena. */
void fact_sum_take(struct fact_sum *sum, struct facts *out);

#endif
