/* SPDX-License-Identifier: EUPL-1.2 */
/* Comparing runs: which target, standard and requirement of one belongs to which of the other. */
#include "report/compare.h"

#include <stdlib.h>

#include "report/compare_private.h"
#include "report/words.h"

static bool has_same_documents(const struct target_result *a, const struct target_result *b)
{
	if (a->document_count != b->document_count) return false;
	for (uint32_t i = 0; i < a->document_count; i++)
		if (strcmp(a->documents[i].digest.hex, b->documents[i].digest.hex) != 0) return false;
	return true;
}

/* Both runs have them in nearly the same order: looking goes on behind the last one that was found, and round. */
static const struct requirement_result *find_requirement(
		const struct standard_result *standard, struct str id, uint32_t *cursor)
{
	uint32_t count = standard ? standard->requirement_count : 0;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t at = (*cursor + i) % count;
		if (!str_eq(standard->requirements[at].requirement->id, id)) continue;
		*cursor = at + 1;
		return &standard->requirements[at];
	}
	return NULL;
}

/* What a requirement is to the decision: 0 nothing wrong, 1 undecided, 2 failed. */
static int badness(const struct requirement_result *result)
{
	if (!result || result->verdict.obligation == OBLIGATION_MAY) return 0;
	if (result->verdict.disposition == DISPOSITION_WAIVED) return 0;
	if (result->verdict.outcome == OUTCOME_FAIL) return 2;
	bool undecided = result->verdict.outcome == OUTCOME_ERROR || result->verdict.outcome == OUTCOME_INCONCLUSIVE;
	return undecided || verdict_is_open(result->verdict);
}

/* What the rules no longer ask is not lost; what they ask and was not looked at would be undecided. */
static void judge_change(struct requirement_change *change)
{
	int before = badness(change->before), after = badness(change->after);
	change->worse = after > before || (after == 2 && change->fresh_count);
	change->better = !change->worse && (after < before || (before == 2 && change->gone_count));
}

static void compare_requirements(struct comparing *it, struct standard_change *standard)
{
	const struct standard_result *before = standard->before, *after = standard->after;
	uint32_t room = (before ? before->requirement_count : 0) + (after ? after->requirement_count : 0);
	uint32_t cursor = 0;
	standard->requirements = arena_zalloc(it->arena, (room + (size_t)1) * sizeof *standard->requirements);
	for (uint32_t i = 0; after && i < after->requirement_count; i++) {
		struct requirement_change *change = &standard->requirements[standard->requirement_count++];
		change->after = &after->requirements[i];
		change->before = find_requirement(before, change->after->requirement->id, &cursor);
	}
	cursor = 0;
	for (uint32_t i = 0; before && i < before->requirement_count; i++)
		if (!find_requirement(after, before->requirements[i].requirement->id, &cursor))
			standard->requirements[standard->requirement_count++].before = &before->requirements[i];
	for (uint32_t i = 0; i < standard->requirement_count; i++) {
		struct requirement_change *change = &standard->requirements[i];
		compare_findings(it, standard, change);
		judge_change(change);
		standard->worse = standard->worse || change->worse;
		it->all->worse_count += change->worse;
		it->all->better_count += change->better;
		it->all->fresh_count += change->fresh_count;
		it->all->gone_count += change->gone_count;
		it->all->same_count += change->same_count;
		it->all->moved_count += change->moved_count;
	}
}

static void compare_standard(struct comparing *it, struct standard_change *standard)
{
	const struct standard_result *before = standard->before, *after = standard->after;
	compare_requirements(it, standard);
	if (before && after) {
		standard->rules = !str_eq(before->ruleset->version, after->ruleset->version) ||
						  strcmp(before->ruleset->digest.hex, after->ruleset->digest.hex) != 0;
		standard->worse = standard->worse || after->decision > before->decision;
	} else if (after) {
		standard->worse = standard->worse || after->decision >= DECISION_UNDETERMINED;
	} else {
		standard->worse = true;
	}
	it->all->rules = it->all->rules || standard->rules;
}

/* The same version where there is one, else another version of the same standard. */
static const struct standard_result *find_standard(
		const struct target_result *target, const struct ruleset *ruleset, const bool *taken)
{
	const struct standard_result *found = NULL;
	for (uint32_t i = 0; target && i < target->standard_count; i++) {
		const struct ruleset *other = target->standards[i].ruleset;
		if (taken[i] || !str_eq(other->id, ruleset->id)) continue;
		if (str_eq(other->version, ruleset->version)) return &target->standards[i];
		if (!found) found = &target->standards[i];
	}
	return found;
}

static void compare_target(struct comparing *it, struct target_change *target)
{
	const struct target_result *before = target->before, *after = target->after;
	uint32_t olds = before ? before->standard_count : 0, news = after ? after->standard_count : 0;
	bool *taken = arena_zalloc(it->arena, olds + 1);
	it->target = target;
	target->standards = arena_zalloc(it->arena, (olds + news + 1) * sizeof *target->standards);
	for (uint32_t i = 0; i < news; i++) {
		struct standard_change *standard = &target->standards[target->standard_count++];
		standard->after = &after->standards[i];
		standard->before = find_standard(before, standard->after->ruleset, taken);
		if (standard->before) taken[standard->before - before->standards] = true;
	}
	for (uint32_t i = 0; i < olds; i++)
		if (!taken[i]) target->standards[target->standard_count++].before = &before->standards[i];
	for (uint32_t i = 0; i < target->standard_count; i++) {
		compare_standard(it, &target->standards[i]);
		target->worse = target->worse || target->standards[i].worse;
	}
	if (before && after) {
		target->subject = !has_same_documents(before, after) ||
						  !str_eq(before->product.version, after->product.version);
		target->worse = target->worse || after->decision > before->decision;
	} else {
		target->subject = true;
		target->worse = target->worse || !after || after->decision >= DECISION_UNDETERMINED;
	}
	it->all->subject = it->all->subject || target->subject;
	it->all->worse = it->all->worse || target->worse;
}

static uint32_t count_targets(const struct run *run)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < run->target_count; i++)
		count += !run->targets[i].skipped;
	return count;
}

/* What targets are known by, the surest first; empty: not by this. */
static struct str path_key(const struct target_result *target)
{
	return target->path;
}

static struct str product_key(const struct target_result *target)
{
	return target->product.name;
}

static struct str content_key(const struct target_result *target)
{
	return target->document_count ? str_of(target->documents[0].digest.hex) : STR("");
}

struct keyed {
	struct str key;
	uint32_t index;
};

static int compare_keyed(const void *a, const void *b)
{
	const struct keyed *one = a, *other = b;
	int order = str_compare(one->key, other->key);
	return order ? order : (one->index > other->index) - (one->index < other->index);
}

/* The targets of a run that have no partner yet, sorted by a key. */
static struct keyed *sort_targets(struct arena *arena, const struct run *run, const uint32_t *partners,
		struct str (*key)(const struct target_result *target), uint32_t *count)
{
	struct keyed *items = arena_alloc(arena, (run->target_count + (size_t)1) * sizeof *items);
	*count = 0;
	for (uint32_t i = 0; i < run->target_count; i++) {
		struct str value = key(&run->targets[i]);
		if (!run->targets[i].skipped && !partners[i] && value.len) items[(*count)++] = (struct keyed){value, i};
	}
	qsort(items, *count, sizeof *items, compare_keyed);
	return items;
}

/* Partners are numbered from 1. */
struct pairing {
	struct arena *arena;
	const struct run *before, *after;
	uint32_t *of_before, *of_after;
};

static void pair_by(struct pairing *it, struct str (*key)(const struct target_result *target))
{
	uint32_t olds, news;
	struct keyed *old = sort_targets(it->arena, it->before, it->of_before, key, &olds);
	struct keyed *new = sort_targets(it->arena, it->after, it->of_after, key, &news);
	for (uint32_t i = 0, j = 0; i < olds && j < news;) {
		int order = str_compare(old[i].key, new[j].key);
		if (order == 0) {
			it->of_before[old[i].index] = new[j].index + 1;
			it->of_after[new[j].index] = old[i].index + 1;
		}
		i += order <= 0;
		j += order >= 0;
	}
}

/* One against one is the same service, whatever it is called now. */
static struct str any_key(const struct target_result *target)
{
	(void)target;
	return STR("any");
}

static void pair_targets(struct comparison *all, struct arena *arena)
{
	const struct run *before = all->before, *after = all->after;
	struct pairing it = {arena, before, after,
			arena_zalloc(arena, (before->target_count + (size_t)1) * sizeof(uint32_t)),
			arena_zalloc(arena, (after->target_count + (size_t)1) * sizeof(uint32_t))};
	if (count_targets(before) == 1 && count_targets(after) == 1) pair_by(&it, any_key);
	pair_by(&it, path_key);
	pair_by(&it, product_key);
	pair_by(&it, content_key);
	all->targets = arena_zalloc(arena, ((size_t)before->target_count + after->target_count + 1) * sizeof *all->targets);
	for (uint32_t i = 0; i < after->target_count; i++) {
		if (after->targets[i].skipped) continue;
		struct target_change *target = &all->targets[all->target_count++];
		target->after = &after->targets[i];
		if (it.of_after[i]) target->before = &before->targets[it.of_after[i] - 1];
	}
	for (uint32_t i = 0; i < before->target_count; i++)
		if (!it.of_before[i] && !before->targets[i].skipped)
			all->targets[all->target_count++].before = &before->targets[i];
}

struct comparison *compare_runs(struct arena *arena, const struct run *before, const struct run *after)
{
	struct comparison *all = arena_zalloc(arena, sizeof *all);
	struct comparing it = {.arena = arena, .all = all};
	all->before = before;
	all->after = after;
	all->engine = !str_eq(before->engine, after->engine);
	all->worse = after->decision > before->decision;
	pair_targets(all, arena);
	for (uint32_t i = 0; i < all->target_count; i++)
		compare_target(&it, &all->targets[i]);
	return all;
}

bool compare_is_change(const struct requirement_change *change)
{
	if (!change->before || !change->after || change->fresh_count || change->gone_count) return true;
	struct verdict a = change->before->verdict, b = change->after->verdict;
	return a.outcome != b.outcome || a.obligation != b.obligation || a.mode != b.mode || a.disposition != b.disposition;
}
