/* SPDX-License-Identifier: EUPL-1.2 */
/* Keywords: how each is compiled and checked. For schema_*.c only. */
#ifndef KEUR_ENGINE_SCHEMA_KEYWORD_H
#define KEUR_ENGINE_SCHEMA_KEYWORD_H

#include "engine/schema_program.h"

struct compiler;

/* Vocabularies of a dialect as bits; those that only annotate have none. */
enum schema_vocabulary {
	VOCABULARY_CORE = 1,
	VOCABULARY_APPLICATOR = 2,
	VOCABULARY_UNEVALUATED = 4,
	VOCABULARY_VALIDATION = 8,
	VOCABULARY_FORMAT = 16,
	VOCABULARY_FORMAT_ASSERTION = 32,
	VOCABULARY_CONTENT = 64,
	VOCABULARY_OPENAPI = 128, /* `discriminator` */
	VOCABULARY_ALL = 127 & ~VOCABULARY_FORMAT_ASSERTION,
};

/* A keyword: how it is compiled and how it is checked. */
struct keyword {
	const char *name;
	enum schema_group group;
	/* Fills the instruction's operands; `*skip` when there is nothing to check. */
	bool (*compile)(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip);
	schema_check_fn *check;
	uint8_t from, to;   /* enum schema_draft, by the specification... */
	uint8_t from_ajv;   /* ...and for ajv */
	uint8_t vocabulary; /* bit of enum schema_vocabulary */
};

/* The table, in the order of ajv; ends with a name of NULL. */
extern const struct keyword schema_keywords[];

/* Compilers of keywords, by the form of their value. */
#define SCHEMA_COMPILE(name)                                                                                           \
	bool compile_##name(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)

SCHEMA_COMPILE(reference);
SCHEMA_COMPILE(dynamic);
SCHEMA_COMPILE(any_value);
SCHEMA_COMPILE(values);
SCHEMA_COMPILE(schema);
SCHEMA_COMPILE(schemas);
SCHEMA_COMPILE(if);
SCHEMA_COMPILE(number);
SCHEMA_COMPILE(bound);
SCHEMA_COMPILE(multiple);
SCHEMA_COMPILE(count);
SCHEMA_COMPILE(pattern);
SCHEMA_COMPILE(format);
SCHEMA_COMPILE(encoding);
SCHEMA_COMPILE(media);
SCHEMA_COMPILE(names);
SCHEMA_COMPILE(members);
SCHEMA_COMPILE(patterns);
SCHEMA_COMPILE(additional);
SCHEMA_COMPILE(dependencies);
SCHEMA_COMPILE(items);
SCHEMA_COMPILE(additional_items);
SCHEMA_COMPILE(contains);
SCHEMA_COMPILE(unique);
SCHEMA_COMPILE(discriminator);

#endif
