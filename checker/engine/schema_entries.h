/* SPDX-License-Identifier: EUPL-1.2 */
/* What compiled schemas say of members by their names. For schema_*.c only. */
#ifndef KEUR_ENGINE_SCHEMA_ENTRIES_H
#define KEUR_ENGINE_SCHEMA_ENTRIES_H

#include "doc/hash.h"
#include "doc/node.h"
#include "engine/regex.h"

/* A regular expression, and the same where it is simple enough to do without PCRE2; else NULL. */
struct search {
	const struct regex *regex;
	const struct pattern *pattern;
};

/* A named subschema, or names that go with a name (dependencies: block NO_BLOCK). */
struct entry {
	struct str key;
	uint32_t block;
	uint16_t hash;
	bool required;            /* in a shape: the name must be there */
	struct search search;     /* of patternProperties */
	const struct node *names; /* of dependencies */
};

/*
 * Named subschemas in the order of the schema, with an index. Few are found by the hash that nodes carry; of many the
 * names are hashed with a seed, which keeps prepared collisions out.
 */
struct entries {
	struct entry *items;
	uint32_t count;
	uint32_t *slots; /* open addressing by hash; item + 1, 0 is free */
	uint32_t mask;
	uint64_t seed; /* 0: few */
};

/* Where to start looking for a name of which node_hash() is `hash`. */
static inline uint32_t entries_start(uint64_t seed, struct str key, uint16_t hash)
{
	return seed ? (uint32_t)hash_bytes(key, seed) : hash;
}

struct asks;

/* A name in a shape, and what is asked of that member; NULL: it is required only. */
struct shape_name {
	const char *key;
	const struct asks *asks;
	uint32_t len;
	uint16_t hash;
	bool required;
};

/*
 * All that a schema says of members by their names, for one walk over them when only the verdict counts. A slot is the
 * number of a name plus one; 0 is free. Members mostly come in the order of the schema, so the next name is tried
 * first; behind the last is one that no member has.
 */
struct shape {
	const struct shape_name *names;
	const uint32_t *slots;
	uint32_t count, mask;
	uint64_t seed;
	uint32_t required;   /* how many names */
	uint32_t additional; /* block, or NO_BLOCK: anything goes */
	const struct entries *patterns;
	uint32_t block; /* whose shape it is */
	bool idle;      /* no pattern asks anything: they only tell which members are not the rest */
	bool sparse;    /* few names and nothing about the rest: looked up one by one, without the walk */
};

#endif
