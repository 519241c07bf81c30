/* SPDX-License-Identifier: EUPL-1.2 */
/* anyOf and oneOf for people: of all branches that do not hold, what the one lacks that fits best. */
#include "engine/schema_checks.h"
#include "engine/schema_track.h"

/* What keeps a branch from being meant at all; the less the better. */
enum misfit {
	MISFIT_NONE,
	MISFIT_VALUE, /* a member, or the value itself, is none of the values that tell this branch from others */
	MISFIT_TYPE,  /* the value is of another type, or the branch is `false` */
};

/* How well a branch fits. */
struct fit {
	enum misfit misfit;
	size_t failures;
	uint32_t level; /* of the failure that is deepest */
};

/* What is known of the branches so far. The failures of the best one come first, behind `before`. */
struct branches {
	size_t before;
	struct fit best;
	uint32_t count;
	uint8_t types;              /* that branches ask for, as long as all ask for another type */
	const struct node **values; /* that they ask for, as long as all ask for another value at one place */
	uint32_t value_count;
	const struct node *asked; /* that place */
	bool by_type, by_value;
	bool tied; /* another branch fits as well as the best one */
};

static uint32_t level_of(const struct evaluation *evaluation)
{
	uint32_t level = 0;
	for (const struct frame *frame = evaluation->frame; frame->up; frame = frame->up)
		level++;
	return level;
}

static bool is_type_failure(const struct evaluation *evaluation, const struct failure *failure, uint32_t level)
{
	if (failure->level != level) return false;
	if (failure->instruction) return failure->choice && failure->choice->types;
	return !evaluation->schema->blocks[failure->block].never;
}

/* Is it about one of a few values, of the value at hand or of a member? */
static bool is_value_failure(const struct failure *failure, uint32_t level)
{
	if (!failure->instruction || failure->level > level + 1) return false;
	schema_check_fn *check = failure->instruction->check;
	return check == check_const || check == check_enum || (failure->choice && failure->choice->count > 0);
}

/* Is the branch not for values like this at all? */
static bool is_for_others(const struct evaluation *evaluation, const struct failure *failure, uint32_t level)
{
	if (failure->level != level) return false;
	if (!failure->instruction) return true;
	bool other_kind = failure->instruction->check == check_const &&
					  failure->instruction->operand->kind != failure->value->kind;
	return other_kind || is_type_failure(evaluation, failure, level);
}

static struct fit fit_of(const struct evaluation *evaluation, size_t first, uint32_t level)
{
	struct fit fit = {.failures = evaluation->record->failures.count - first};
	for (size_t i = first; i < evaluation->record->failures.count; i++) {
		const struct failure *failure = &evaluation->record->failures.items[i];
		enum misfit misfit = MISFIT_NONE;
		if (is_value_failure(failure, level)) misfit = MISFIT_VALUE;
		if (is_for_others(evaluation, failure, level)) misfit = MISFIT_TYPE;
		if (misfit > fit.misfit) fit.misfit = misfit;
		if (failure->level > fit.level) fit.level = failure->level;
	}
	return fit;
}

static bool is_better(const struct fit *a, const struct fit *b)
{
	if (a->misfit != b->misfit) return a->misfit < b->misfit;
	if (a->failures != b->failures) return a->failures < b->failures;
	return a->level > b->level;
}

/* Adds the types or the values that a failure asks for to what all branches ask for. */
static void add_choice(struct evaluation *evaluation, struct branches *branches, const struct failure *failure)
{
	const struct choice *choice = failure->choice;
	if (branches->by_type)
		branches->types |= failure->instruction ? choice->types : evaluation->schema->blocks[failure->block].types;
	if (!branches->by_value) return;
	uint32_t count = choice ? choice->count : 1;
	const struct node **values = arena_alloc(
			evaluation->arena, (branches->value_count + count) * sizeof(const struct node *));
	if (branches->value_count) memcpy(values, branches->values, branches->value_count * sizeof *values);
	for (uint32_t i = 0; i < count; i++)
		values[branches->value_count + i] = choice ? choice->values[i] : failure->instruction->operand;
	branches->values = values;
	branches->value_count += count;
}

/* The first failure from there on that may tell one branch from others; NULL when there is none. */
static const struct failure *telling(const struct evaluation *evaluation, size_t first, uint32_t level)
{
	for (size_t i = first; i < evaluation->record->failures.count; i++) {
		const struct failure *failure = &evaluation->record->failures.items[i];
		if (is_type_failure(evaluation, failure, level) || is_value_failure(failure, level)) return failure;
	}
	return NULL;
}

/* Do all branches so far, of which this is the last, ask for another type or another value, and at the same place? */
static void note_choice(struct evaluation *evaluation, struct branches *branches, size_t first, uint32_t level)
{
	const struct failure *failure = telling(evaluation, first, level);
	bool typed = failure && is_type_failure(evaluation, failure, level);
	bool start = branches->count == 0;
	branches->by_type = typed && (start || branches->by_type);
	branches->by_value = failure && !typed && (start || (branches->by_value && branches->asked == failure->value));
	if (!branches->by_type && !branches->by_value) return;
	branches->asked = failure->value;
	add_choice(evaluation, branches, failure);
}

/* Puts the failures of the last branch in the place of those of the best one. */
static void take_branch(struct evaluation *evaluation, const struct branches *branches, size_t first)
{
	size_t count = evaluation->record->failures.count - first;
	struct failure *items = evaluation->record->failures.items;
	memmove(items + branches->before, items + first, count * sizeof *items);
	evaluation->record->failures.count = branches->before + count;
}

static void note_branch(struct evaluation *evaluation, struct branches *branches, size_t first, uint32_t level)
{
	struct fit fit = fit_of(evaluation, first, level);
	note_choice(evaluation, branches, first, level);
	bool better = branches->count == 0 || is_better(&fit, &branches->best);
	branches->tied = !better && (branches->tied || !is_better(&branches->best, &fit));
	branches->count++;
	if (better) {
		branches->best = fit;
		take_branch(evaluation, branches, first);
	} else {
		schema_forget(evaluation, first);
	}
}

/* One failure that says what all branches ask for, at the place where they do. */
static bool fail_choice(struct evaluation *evaluation, const struct instruction *instruction,
		const struct branches *branches, uint32_t level)
{
	struct choice *choice = arena_alloc(evaluation->arena, sizeof *choice);
	*choice = (struct choice){branches->types, branches->values, branches->value_count};
	struct failure told = *telling(evaluation, branches->before, level);
	told.instruction = instruction;
	told.block = evaluation->block;
	told.choice = choice;
	evaluation->record->failures.items[branches->before] = told;
	evaluation->record->failures.count = branches->before + 1; /* its path stays: it may lie behind others that go */
	return false;
}

static bool fail_best(struct evaluation *evaluation, const struct instruction *instruction,
		const struct branches *branches, const struct node *value, uint32_t level)
{
	bool told = evaluation->record->failures.count > branches->before;
	/* Which branch was meant cannot be told: all are for other types, or several fit alike and fail at the top. */
	bool tied = branches->tied && branches->best.level == level;
	bool unfit = (branches->best.misfit == MISFIT_TYPE && branches->count > 1) || tied;
	if (told && branches->count > 1 && (branches->by_type || branches->by_value))
		return fail_choice(evaluation, instruction, branches, level);
	if (told && !unfit) return false;
	schema_forget(evaluation, branches->before);
	return schema_fail(evaluation, instruction, value);
}

bool schema_brief_check(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	bool one = instruction->check == check_one_of;
	bool cut = evaluation->record->cut;
	uint32_t matched = 0;
	uint32_t level = level_of(evaluation);
	struct branches branches = {.before = evaluation->record->failures.count};
	struct failure several = {.instruction = instruction, .value = value, .several = true};
	for (uint32_t i = 0; i < instruction->count && !evaluation->undecided; i++) {
		size_t first = evaluation->record->failures.count;
		if (!schema_branch_check(evaluation, instruction->blocks[i], value)) {
			note_branch(evaluation, &branches, first, level);
			continue;
		}
		if (matched++ == 0) several.first = i;
		several.second = i;
		if (matched > 1 || (!one && !evaluation->tracker)) break;
	}
	if (evaluation->undecided) return false;
	evaluation->record->cut = cut;
	if (matched == 0) return fail_best(evaluation, instruction, &branches, value, level);
	schema_forget(evaluation, branches.before);
	return matched == 1 || !one || schema_fail_with(evaluation, &several);
}
