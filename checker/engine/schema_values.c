/* SPDX-License-Identifier: EUPL-1.2 */
/* `enum`: short lists are compared one by one, long ones by hash. */
#include "engine/schema_values.h"

#include "doc/hash.h"
#include "engine/schema_eval.h"
#include "engine/schema_value.h"

enum { SHORT_LIST = 8 };

struct values {
	const struct node *list;
	uint32_t *slots; /* item + 1; 0 is free, NULL: a short list */
	uint64_t *hashes;
	uint32_t mask;
	uint64_t seed;
};

static void index_values(struct arena *arena, struct values *values)
{
	struct err err;
	err_init(&err, arena);
	struct view view = {NULL, NULL};
	struct evaluation evaluation = {.view = &view, .plain = true, .err = &err};
	uint32_t capacity = 4;
	while (capacity < values->list->len * 2)
		capacity *= 2;
	values->mask = capacity - 1;
	values->slots = arena_zalloc(arena, capacity * sizeof *values->slots);
	values->hashes = arena_zalloc(arena, capacity * sizeof *values->hashes);
	values->seed = hash_seed(values->slots);
	for (uint32_t i = 0; i < values->list->len; i++) {
		uint64_t hash = schema_hash(&evaluation, &values->list->children[i], values->seed);
		uint32_t at = (uint32_t)hash & values->mask;
		while (values->slots[at])
			at = (at + 1) & values->mask;
		values->slots[at] = i + 1;
		values->hashes[at] = hash;
	}
	if (evaluation.undecided) values->slots = NULL; /* too much to hash: compare one by one, and count that */
}

const struct values *schema_values_of(struct arena *arena, const struct node *list)
{
	struct values *values = arena_zalloc(arena, sizeof *values);
	values->list = list;
	if (list->kind == NODE_ARRAY && list->len > SHORT_LIST) index_values(arena, values);
	return values;
}

bool schema_values_have(struct evaluation *evaluation, const struct values *values, const struct node *value)
{
	const struct node *items = values->list->children;
	if (!values->slots) {
		for (uint32_t i = 0; i < values->list->len; i++)
			if (schema_equal(evaluation, value, &items[i])) return true;
		return schema_work(evaluation, values->list->len) && false;
	}
	uint64_t hash = schema_hash(evaluation, value, values->seed);
	for (uint32_t at = (uint32_t)hash & values->mask; values->slots[at]; at = (at + 1) & values->mask)
		if (values->hashes[at] == hash && schema_equal(evaluation, value, &items[values->slots[at] - 1])) return true;
	return false;
}
