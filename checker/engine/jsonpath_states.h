/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Private to engine/jsonpath: the states of a walk of many paths.
 *
 * A thread is one segment of one path, waiting to select among the children of a node. A state is a set of threads;
 * equal sets are one state, so a pair (node, state) names everything that can still be found below a node.
 */
#ifndef KEUR_ENGINE_JSONPATH_STATES_H
#define KEUR_ENGINE_JSONPATH_STATES_H

#include "engine/jsonpath_ast.h"

enum { STATE_EMPTY = 0 };

enum thread_class { THREAD_NAMES, THREAD_ANY, THREAD_COMPLEX };

struct thread {
	const struct segment *segment;
	uint32_t path;
	uint8_t class;  /* enum thread_class */
	bool last;      /* what it selects is found */
	bool gives_key; /* and its key is asked for */
	bool by_index;  /* NAMES: one of the names may be an index */
};

struct jsonpath_set {
	const struct jsonpath *const *paths;
	uint32_t count;
	struct thread *threads;
	uint32_t thread_count;
	uint32_t *first; /* thread of a path's first segment */
	bool *alone;     /* paths that are evaluated on their own */
};

struct state {
	uint32_t *threads; /* ascending; NAMES first, then ANY, then COMPLEX in the three counts below */
	uint32_t count, names, any;
	uint64_t name_bits; /* which key hashes, modulo 64, any name has */
	bool by_index;
};

struct states {
	const struct jsonpath_set *set;
	struct arena *arena;
	struct {
		struct state *items;
		size_t count, capacity;
	} all;
	uint32_t *table; /* open addressing; 0 is free, for the empty state is not in it */
	uint32_t table_size;
	uint32_t *build; /* the threads of the next state */
	uint32_t build_count;
	uint32_t *stamps; /* which threads are in `build` already */
	uint32_t stamp;
};

/* Work space of one walk, in the caller's storage. */
void states_init(struct states *states, const struct jsonpath_set *set);
void states_release(struct states *states);

/* Collects a new set, then finds or makes its state. */
void states_begin(struct states *states);
void states_add(struct states *states, uint32_t thread);
uint32_t states_end(struct states *states);

/* A set of pairs of an address and a number. */
struct pairs {
	struct pair {
		const void *address;
		uint64_t number;
	} * items;
	size_t count, capacity;
};

/* False when the pair was there already. */
bool pairs_add(struct pairs *pairs, const void *address, uint64_t number);
void pairs_release(struct pairs *pairs);

#endif
