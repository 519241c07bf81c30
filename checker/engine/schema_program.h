/* SPDX-License-Identifier: EUPL-1.2 */
/* The form of a compiled schema, and what compiler and evaluator share. For schema_*.c only. */
#ifndef KEUR_ENGINE_SCHEMA_PROGRAM_H
#define KEUR_ENGINE_SCHEMA_PROGRAM_H

#include "engine/schema.h"
#include "engine/schema_entries.h"
#include "engine/schema_place.h"
#include "engine/schema_type.h"

/* Which values a keyword is about; blocks keep their instructions in this order, as ajv does. */
enum schema_group { GROUP_ANY, GROUP_NUMBER, GROUP_STRING, GROUP_ARRAY, GROUP_OBJECT, GROUP_COUNT };

enum { NO_BLOCK = UINT32_MAX };

struct asks;
struct instruction;
struct evaluation;
struct keyword;

typedef bool schema_check_fn(
		struct evaluation *evaluation, const struct instruction *instruction, const struct node *value);

/* The operand of a bound: as a small whole number where it is one. */
struct bound {
	const struct node *operand;
	int64_t whole;
	bool is_whole;
};

struct instruction {
	schema_check_fn *check;
	union {
		struct search search;
		const uint32_t *blocks;
		const struct entries *entries;
		const struct shape *shape;
		const struct format *format;
		const struct bound *bound;
		const struct str *names;
		const struct values *values;
	};
	const struct keyword *keyword;
	const struct node *operand;     /* value of the keyword */
	const struct entries *patterns; /* additionalProperties: those beside it */
	uint32_t count;                 /* blocks; items of a tuple; names */
	uint32_t block;                 /* subschema, or NO_BLOCK */
	uint32_t then, otherwise;       /* if; contains: least and most matches */
	bool flag;                      /* exclusive bound; inlined reference; items of scalar types; contains: evaluates */
};

struct run {
	uint32_t first, count;
};

/* A subschema: its type and runs of instructions. */
struct block {
	uint8_t types;                /* bits of enum schema_type; 0 is any */
	bool says_null;               /* `nullable` is named with the type, as ajv does in draft 4 */
	bool null_ok;                 /* null is valid, whatever else it says: see loose_null */
	bool unknown;                 /* a reference leads nowhere: see open_references */
	bool never;                   /* the schema is `false` */
	bool trivial;                 /* nothing can fail */
	bool simple;                  /* nothing but the type can fail */
	bool type_first;              /* the type is checked before everything else... */
	bool quick;                   /* needs no scope and no account of anything: see schema_ask.h */
	bool tracks;                  /* needs to know which children its own keywords evaluated */
	enum schema_group type_group; /* ...or in place of this group */
	uint32_t resource;            /* of a schema without dynamic references always 0 */
	struct run runs[GROUP_COUNT];
	struct run test; /* GROUP_OBJECT where only the verdict counts */
	const struct node *node;
	const struct schema_place *place;
	struct source *source;
};

/* A dynamic anchor: where the outermost resource in scope has it, a dynamic reference leads to its block. */
struct dynamic {
	uint32_t name; /* number of the name, the same in all resources */
	uint32_t block;
};

struct schema {
	const struct block *blocks;
	const struct instruction *instructions;
	const struct asks *asks; /* of blocks, for the quick test */
	uint32_t block_count, instruction_count;
	uint32_t root;
	uint32_t dynamic_names;   /* 0: there are no dynamic references */
	const struct run *scopes; /* dynamic anchors by resource */
	const struct dynamic *dynamics;
};

/* schema_format.c: a format of the standards or else of ajv, NULL when unknown; whether a value has it. */
const struct format *schema_format_find(struct str name, bool standard);
bool schema_format_applies(const struct format *format, enum schema_group group);
bool schema_format_check(const struct format *format, const struct node *value);

#endif
