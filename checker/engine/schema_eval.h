/* SPDX-License-Identifier: EUPL-1.2 */
/* The state of one evaluation of a schema. For schema_*.c only. */
#ifndef KEUR_ENGINE_SCHEMA_EVAL_H
#define KEUR_ENGINE_SCHEMA_EVAL_H

#include "base/limits.h"
#include "engine/schema_failure.h"
#include "engine/schema_program.h"

/* Of nested checks, all together. */
enum { SCHEMA_MAX_DEPTH = 4 * LIMIT_DEPTH };

/* A step on the way from the whole instance to the value at hand. */
struct frame {
	const struct frame *up;
	const struct node *node; /* as seen */
	struct str key;          /* ptr NULL: an element, or the root */
	uint32_t index;
};

/* Violations, in order, and the pointers of where they are. */
struct record {
	struct {
		struct failure *items;
		size_t count, capacity;
	} failures;
	struct strbuf paths;
	bool cut;
};

struct evaluation {
	const struct schema *schema;
	const struct view *view;
	enum schema_mode mode;
	bool brief;     /* the mode was SCHEMA_BRIEF; it is SCHEMA_ALL now */
	bool composite; /* in a branch of a combinator: collect although mode is FIRST, as ajv does */
	bool undecided;
	bool plain; /* the view follows no references: the way to a value matters only for what is reported */
	const struct frame *frame;
	uint32_t block;    /* the one being checked */
	uint32_t resource; /* the innermost in dynamic scope */
	uint32_t depth;    /* of nested checks, all together */
	uint64_t steps;
	struct tracker *tracker;          /* NULL: nobody asks which children have been evaluated */
	uint32_t *outermost;              /* block of a dynamic name in the outermost resource that has it, or NO_BLOCK */
	const struct node *discriminated; /* the value for which `discriminator` has chosen a schema */
	struct record *record;            /* NULL where only the verdict was asked for */
	struct arena *arena;
	struct err *err;
};

/* Checks a value against a block. False as well when undecided. */
bool schema_block_check(struct evaluation *evaluation, uint32_t block, const struct node *value);

/* schema_ask.c: the same where only the verdict counts, nobody asks what is evaluated, and the block is `quick`. */
bool schema_quick_check(struct evaluation *evaluation, uint32_t block, const struct node *value);

/* Checks a run of instructions, in FIRST and TEST up to the first that fails. */
bool schema_run_check(struct evaluation *evaluation, struct run run, const struct node *value);

/* schema_block_check() for a child of the value at hand; for a member `key` is set. */
bool schema_child_check(
		struct evaluation *evaluation, uint32_t block, const struct node *child, struct str key, uint32_t index);

/* The same as a question only: nothing is reported, nothing counts as evaluated. */
bool schema_block_test(struct evaluation *evaluation, uint32_t block, const struct node *value);

/* Checks a block that evaluates children only when it holds, as ajv has it of all but allOf and inlined references. */
bool schema_clause_check(struct evaluation *evaluation, uint32_t block, const struct node *value);

/* Checks a branch of a combinator: its violations are all collected, and what it evaluated counts when it holds. */
bool schema_branch_check(struct evaluation *evaluation, uint32_t block, const struct node *value);

/* How many violations have been recorded. */
static inline size_t schema_failures(const struct evaluation *evaluation)
{
	return evaluation->record ? evaluation->record->failures.count : 0;
}

/* What a reader sees of a child: its reference followed, unless that leads back to a value on the way here. */
const struct node *schema_see(const struct evaluation *evaluation, const struct node *child);

/* Does the first violation end everything? */
static inline bool schema_stops(const struct evaluation *evaluation)
{
	return evaluation->mode == SCHEMA_TEST || (evaluation->mode == SCHEMA_FIRST && !evaluation->composite);
}

/* Has a ceiling been reached, so that nothing more can be said? Returns false. */
bool schema_give_up(struct evaluation *evaluation, const char *en, const char *nl);

/* Says that checks nest too deeply. Returns false. */
bool schema_too_deep(struct evaluation *evaluation);

/* Says that there has been too much work. Returns false. */
bool schema_overworked(struct evaluation *evaluation);

/* Counts work; false, and undecided, when there has been too much. */
static inline bool schema_work(struct evaluation *evaluation, uint64_t steps)
{
	evaluation->steps += steps;
	return evaluation->steps <= LIMIT_WALK_STEPS || schema_overworked(evaluation);
}

/* Does a name or a text match? False as well when undecided. */
bool schema_search(struct evaluation *evaluation, const struct search *search, struct str subject);

#endif
