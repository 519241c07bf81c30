/* What compiled schemas say of members by their names. For schema_*.c only. */
#ifndef KEUR_ENGINE_SCHEMA_ENTRIES_H
#define KEUR_ENGINE_SCHEMA_ENTRIES_H

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

/* Named subschemas in the order of the schema, with an index. */
struct entries {
	struct entry *items;
	uint32_t count;
	uint32_t *slots; /* open addressing by hash; item + 1, 0 is free */
	uint32_t mask;
};

/* All that a schema says of members by their names, for one walk over them when only the verdict counts. */
struct shape {
	const struct entries *entries; /* of `properties` and `required`; block NO_BLOCK: required only */
	const struct entries *patterns;
	uint32_t required;   /* how many names */
	uint32_t additional; /* block, or NO_BLOCK: anything goes */
};

#endif
