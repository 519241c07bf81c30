/* SPDX-License-Identifier: EUPL-1.2 */
/* Sets of threads that are equal become one state; pairs remember where a walk has been. */
#include "engine/jsonpath_states.h"

#include <stdlib.h>

#include "base/vec.h"

enum { FIRST_TABLE = 256, FIRST_PAIRS = 1024 };

static uint64_t mix(uint64_t x)
{
	x ^= x >> 32;
	x *= 0x9e3779b97f4a7c15;
	return x ^ (x >> 29);
}

bool pairs_add(struct pairs *pairs, const void *address, uint64_t number)
{
	if (pairs->count * 2 >= pairs->capacity) {
		struct pairs bigger = {.capacity = pairs->capacity ? pairs->capacity * 2 : FIRST_PAIRS};
		bigger.items = mem_resize(NULL, bigger.capacity, sizeof *bigger.items);
		memset(bigger.items, 0, bigger.capacity * sizeof *bigger.items);
		for (size_t i = 0; i < pairs->capacity; i++)
			if (pairs->items[i].address) pairs_add(&bigger, pairs->items[i].address, pairs->items[i].number);
		free(pairs->items);
		*pairs = bigger;
	}
	size_t at = mix((uint64_t)(uintptr_t)address + mix(number + 1)) & (pairs->capacity - 1);
	for (; pairs->items[at].address; at = (at + 1) & (pairs->capacity - 1))
		if (pairs->items[at].address == address && pairs->items[at].number == number) return false;
	pairs->items[at] = (struct pair){address, number};
	pairs->count++;
	return true;
}

void pairs_release(struct pairs *pairs)
{
	free(pairs->items);
	*pairs = (struct pairs){0};
}

void states_init(struct states *states, const struct jsonpath_set *set)
{
	*states = (struct states){.set = set, .arena = arena_new(), .table_size = FIRST_TABLE};
	states->table = mem_resize(NULL, FIRST_TABLE, sizeof *states->table);
	memset(states->table, 0, FIRST_TABLE * sizeof *states->table);
	states->build = arena_zalloc(states->arena, (set->thread_count + 1) * sizeof *states->build);
	states->stamps = arena_zalloc(states->arena, (set->thread_count + 1) * sizeof *states->stamps);
	*vec_push(&states->all) = (struct state){0};
}

void states_release(struct states *states)
{
	free(states->table);
	vec_release(&states->all);
	arena_free(states->arena);
}

void states_begin(struct states *states)
{
	states->build_count = 0;
	if (++states->stamp) return;
	memset(states->stamps, 0, states->set->thread_count * sizeof *states->stamps);
	states->stamp = 1;
}

void states_add(struct states *states, uint32_t thread)
{
	if (states->stamps[thread] == states->stamp) return;
	states->stamps[thread] = states->stamp;
	states->build[states->build_count++] = thread;
}

/* By class, then by number. */
static int compare_threads(const struct states *states, uint32_t a, uint32_t b)
{
	int left = states->set->threads[a].class, right = states->set->threads[b].class;
	if (left != right) return left - right;
	return a < b ? -1 : a > b;
}

/* What is added comes nearly sorted. */
static void sort_build(struct states *states)
{
	for (uint32_t i = 1; i < states->build_count; i++) {
		uint32_t thread = states->build[i], j = i;
		for (; j > 0 && compare_threads(states, states->build[j - 1], thread) > 0; j--)
			states->build[j] = states->build[j - 1];
		states->build[j] = thread;
	}
}

static uint64_t hash_threads(const uint32_t *threads, uint32_t count)
{
	uint64_t hash = count;
	for (uint32_t i = 0; i < count; i++)
		hash = mix(hash * 31 + threads[i]);
	return hash;
}

static void grow_table(struct states *states)
{
	uint32_t size = states->table_size * 2;
	uint32_t *table = mem_resize(NULL, size, sizeof *table);
	memset(table, 0, size * sizeof *table);
	for (uint32_t id = 1; id < states->all.count; id++) {
		size_t at = hash_threads(states->all.items[id].threads, states->all.items[id].count) & (size - 1);
		while (table[at])
			at = (at + 1) & (size - 1);
		table[at] = id;
	}
	free(states->table);
	states->table = table;
	states->table_size = size;
}

static void note_thread(struct state *state, const struct thread *thread)
{
	if (thread->class == THREAD_ANY) state->any++;
	if (thread->class != THREAD_NAMES) return;
	state->names++;
	state->by_index |= thread->by_index;
	for (uint32_t i = 0; i < thread->segment->count; i++)
		state->name_bits |= node_hash_bit(thread->segment->selectors[i].hash);
}

static uint32_t new_state(struct states *states)
{
	struct state state = {.count = states->build_count};
	state.threads = (void *)arena_copy(states->arena, states->build, state.count * sizeof *state.threads);
	for (uint32_t i = 0; i < state.count; i++)
		note_thread(&state, &states->set->threads[state.threads[i]]);
	*vec_push(&states->all) = state;
	return (uint32_t)states->all.count - 1;
}

uint32_t states_end(struct states *states)
{
	uint32_t count = states->build_count;
	if (!count) return STATE_EMPTY;
	sort_build(states);
	if (states->all.count * 2 >= states->table_size) grow_table(states);
	size_t at = hash_threads(states->build, count) & (states->table_size - 1);
	for (uint32_t id; (id = states->table[at]); at = (at + 1) & (states->table_size - 1)) {
		const struct state *state = &states->all.items[id];
		if (state->count == count && !memcmp(state->threads, states->build, count * sizeof *state->threads)) return id;
	}
	return states->table[at] = new_state(states);
}
