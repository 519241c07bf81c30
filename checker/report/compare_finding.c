/* SPDX-License-Identifier: EUPL-1.2 */
/* Comparing findings: the same by fingerprint, then by what they say. */
#include <stdlib.h>

#include "report/compare_private.h"
#include "report/fingerprint.h"

/* A finding by what it is known by; each side is sorted by that, and the two are walked together. */
struct known {
	struct digest key;
	const struct finding *finding;
	bool paired;
};

struct side {
	struct known *items;
	uint32_t count;
};

static int compare_known(const void *a, const void *b)
{
	const struct known *one = a, *other = b;
	int order = strcmp(one->key.hex, other->key.hex);
	if (order) return order;
	return (one->finding > other->finding) - (one->finding < other->finding);
}

static struct side side_of(const struct target_result *target, const struct standard_result *standard,
		const struct requirement_result *result)
{
	struct side side = {.count = result && result->verdict.outcome == OUTCOME_FAIL ? result->finding_count : 0};
	side.items = mem_resize(NULL, side.count + (size_t)1, sizeof *side.items);
	for (uint32_t i = 0; i < side.count; i++) {
		const struct finding *finding = &result->findings[i];
		side.items[i] = (struct known){fingerprint_of(target, standard, result->requirement, finding), finding, false};
	}
	return side;
}

/* By what it says, for those that have no partner yet: those that have get a key that nothing equals. */
static void rename_side(struct side *side)
{
	for (uint32_t i = 0; i < side->count; i++) {
		struct known *known = &side->items[i];
		const struct finding *finding = known->finding;
		struct digest check = digest_of_two(finding->check, finding->found);
		if (known->paired)
			known->key.hex[0] = '\0';
		else
			known->key = digest_of_two(str_of(check.hex), finding->message.in[LANG_EN]);
	}
}

static uint32_t pair_sides(struct side *before, struct side *after)
{
	uint32_t pairs = 0;
	qsort(before->items, before->count, sizeof *before->items, compare_known);
	qsort(after->items, after->count, sizeof *after->items, compare_known);
	for (uint32_t i = 0, j = 0; i < before->count && j < after->count;) {
		struct known *one = &before->items[i], *other = &after->items[j];
		int order = strcmp(one->key.hex, other->key.hex);
		if (order == 0 && !one->paired && !other->paired) {
			one->paired = other->paired = true;
			pairs++;
		}
		i += order < 0 || (order == 0 && one->paired);
		j += order > 0 || (order == 0 && other->paired);
	}
	return pairs;
}

static int compare_order(const void *a, const void *b)
{
	const struct finding *const *one = a, *const *other = b;
	return (*one > *other) - (*one < *other);
}

/* Those without a partner, in the order in which the run has them. */
static const struct finding **left_over(struct arena *arena, const struct side *side, uint32_t *count)
{
	const struct finding **left = arena_alloc(arena, (side->count + (size_t)1) * sizeof *left);
	for (uint32_t i = 0; i < side->count; i++)
		if (!side->items[i].paired) left[(*count)++] = side->items[i].finding;
	qsort(left, *count, sizeof *left, compare_order);
	return left;
}

void compare_findings(struct comparing *it, const struct standard_change *standard, struct requirement_change *change)
{
	struct side before = side_of(it->target->before, standard->before, change->before);
	struct side after = side_of(it->target->after, standard->after, change->after);
	change->same_count = pair_sides(&before, &after);
	rename_side(&before);
	rename_side(&after);
	change->moved_count = pair_sides(&before, &after);
	change->same_count += change->moved_count;
	change->gone = left_over(it->arena, &before, &change->gone_count);
	change->fresh = left_over(it->arena, &after, &change->fresh_count);
	free(before.items);
	free(after.items);
}
