/* SPDX-License-Identifier: EUPL-1.2 */
/* Adding up facts. */
#include "rule/fact_sum.h"

#include "base/vec.h"

void fact_sum_init(struct fact_sum *sum, struct arena *arena, uint32_t rule_count)
{
	*sum = (struct fact_sum){.arena = arena, .rule_count = rule_count};
	sum->items = arena_zalloc(arena, rule_count * sizeof *sum->items);
}

static void add_up(struct fact *sum, const struct fact *fact)
{
	if (fact->undecided && (!sum->undecided || (sum->unseen && !fact->unseen))) {
		sum->why = fact->why;
		sum->unseen = fact->unseen;
	}
	if (!sum->undecided && !sum->applies && !sum->why.in[LANG_EN].len) sum->why = fact->why;
	sum->undecided = sum->undecided || fact->undecided;
	sum->applies = sum->applies || fact->applies;
	sum->selected += fact->selected;
	sum->violations += fact->violations;
	sum->cut = sum->cut || fact->cut;
	sum->untested = sum->untested || fact->untested;
}

void fact_sum_add(struct fact_sum *sum, const struct facts *facts)
{
	for (uint32_t i = 0; i < sum->rule_count; i++)
		add_up(&sum->items[i], &facts->items[i]);
	for (uint32_t i = 0; i < facts->result_count; i++)
		*vec_push(&sum->results) = facts->results[i];
}

void fact_sum_take(struct fact_sum *sum, struct facts *out)
{
	size_t size = sum->results.count * sizeof *out->results;
	*out = (struct facts){.items = sum->items, .result_count = (uint32_t)sum->results.count};
	out->results = arena_alloc(sum->arena, size + 1);
	if (size) memcpy(out->results, sum->results.items, size);
	vec_release(&sum->results);
}
