/* The form of a compiled schema, and what compiler and evaluator share. For schema_*.c only. */
#ifndef KEUR_ENGINE_SCHEMA_PROGRAM_H
#define KEUR_ENGINE_SCHEMA_PROGRAM_H

#include "engine/regex.h"
#include "engine/schema.h"

/* Which values a keyword is about; blocks keep their instructions in this order, as ajv does. */
enum schema_group { GROUP_ANY, GROUP_NUMBER, GROUP_STRING, GROUP_ARRAY, GROUP_OBJECT, GROUP_COUNT };

/* Types as bits; TYPE_INTEGER is asked for, never found. */
enum schema_type {
	TYPE_NULL = 1,
	TYPE_BOOLEAN = 2,
	TYPE_NUMBER = 4,
	TYPE_INTEGER = 8,
	TYPE_STRING = 16,
	TYPE_ARRAY = 32,
	TYPE_OBJECT = 64
};

enum { NO_BLOCK = UINT32_MAX };

struct instruction;
struct evaluation;
struct compiler;

/* A keyword: how it is compiled and how it is checked. */
struct keyword {
	const char *name;
	enum schema_group group;
	/* Fills the instruction's operands; `*skip` when there is nothing to check. */
	bool (*compile)(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip);
	bool (*check)(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value);
	uint8_t from, to; /* enum schema_draft */
};

/* The table, in the order of ajv; ends with a name of NULL. */
extern const struct keyword schema_keywords[];

/* A named subschema, or names that go with a name (dependencies: block NO_BLOCK). */
struct entry {
	struct str key;
	uint32_t block;
	const struct regex *regex; /* of patternProperties */
	const struct node *names;  /* of dependencies */
	uint16_t hash;
};

/* Named subschemas in the order of the schema, with an index. */
struct entries {
	struct entry *items;
	uint32_t count;
	uint32_t *slots; /* open addressing by hash; item + 1, 0 is free */
	uint32_t mask;
};

struct instruction {
	const struct keyword *keyword;
	const struct node *operand; /* value of the keyword */
	union {
		double number;
		const struct regex *regex;
		const uint32_t *blocks;
		const struct entries *entries;
		const struct format *format;
	};
	const struct entries *patterns; /* additionalProperties: those beside it */
	uint32_t count;                 /* blocks; items of a tuple */
	uint32_t block;                 /* subschema, or NO_BLOCK */
	uint32_t then, otherwise;       /* if; contains: least and most matches */
	bool flag;                      /* exclusive bound; inlined reference; items of scalar types */
};

/* A subschema: its type and a run of instructions. */
struct block {
	uint32_t first, count;
	uint8_t types;                /* bits of enum schema_type; 0 is any */
	bool never;                   /* the schema is `false` */
	bool trivial;                 /* nothing can fail */
	bool type_first;              /* the type is checked before everything else... */
	enum schema_group type_group; /* ...or in place of this group */
	uint32_t resource;
	const struct node *node;
	struct str pointer;
};

struct schema {
	const struct block *blocks;
	const struct instruction *instructions;
	uint32_t block_count, instruction_count;
	bool formats;
};

/* schema_format.c: a format, NULL when unknown; whether a value has it. */
const struct format *schema_format_find(struct str name);
bool schema_format_applies(const struct format *format, enum schema_group group);
bool schema_format_check(const struct format *format, const struct node *value);

/* schema_value.c: equality through a view, duplicates, exact multiples. */
bool schema_equal(struct evaluation *evaluation, const struct node *a, const struct node *b);
bool schema_find_duplicate(struct evaluation *evaluation, const struct instruction *instruction,
		const struct node *array, uint32_t pair[2]);
bool schema_is_multiple(const struct node *value, const struct node *divisor);
bool schema_divisor_fits(const struct node *divisor);

#endif
