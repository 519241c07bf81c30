/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Private to engine/jsonpath: evaluating the expressions of filters, and what selectors share.
 */
#ifndef KEUR_ENGINE_JSONPATH_FILTER_H
#define KEUR_ENGINE_JSONPATH_FILTER_H

#include "engine/jsonpath_ast.h"
#include "engine/jsonpath_value.h"

/* Where an expression is evaluated. */
struct filter {
	const struct view *view;
	const struct node *root;
	const struct step *where; /* of @ */
	struct jsonpath_report *report;
	struct arena *scratch; /* made when a text has to be; freed by filter_end() */
	uint64_t *steps;       /* left for the whole evaluation */
	uint64_t work;         /* done since the last step was counted */
	bool failed;           /* JavaScript would have thrown */
};

/* True when the filter holds for the place; a failure is false and counted. */
bool filter_holds(struct filter *filter, const struct expr *expr);

/* What a [(script)] is worth at the container: an index or a name. False when it is neither. */
bool filter_name(struct filter *filter, const struct expr *expr, struct selector *selector);

/* Evaluates; sets filter->failed when JavaScript would have thrown. */
struct value filter_value(struct filter *filter, const struct expr *expr);
struct value filter_rfc9535(struct filter *filter, const struct expr *expr);

/* Evaluates a query; calls `found` for each node, in the order of RFC 9535. False from it stops. */
typedef bool query_found_fn(void *context, const struct step *step, bool is_key);
void query_run(const struct query *query, const struct filter *filter, query_found_fn *found, void *context);

/* Does the selector select the child number `index`, at `child`, of a container? */
bool selector_takes(const struct selector *selector, struct filter *filter, const struct step *child);

/* Every selector but a script: a script made into a selector for this container; false when it selects nothing. */
bool selector_fixed(
		const struct selector *selector, struct filter *filter, const struct step *container, struct selector *fixed);

/*
 * Counts work of an expression: an operation is 1, a text what it takes to go through it. Much less than a step of a
 * walk, so that only filters of a thousand operations, or on giant texts, are noticed. False when no steps are left:
 * the filter has failed, undecided.
 */
bool filter_work(struct filter *filter, size_t amount);

/* The scratch arena, made at first use. */
struct arena *filter_scratch(struct filter *filter);
void filter_end(struct filter *filter);

#endif
