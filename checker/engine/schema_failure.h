/* SPDX-License-Identifier: EUPL-1.2 */
/* Violations while a schema is evaluated, and how they become words. For schema_*.c only. */
#ifndef KEUR_ENGINE_SCHEMA_FAILURE_H
#define KEUR_ENGINE_SCHEMA_FAILURE_H

#include "engine/schema_program.h"

/* A violation before it is put into words. */
struct failure {
	const struct instruction *instruction; /* NULL: the type, or a schema that is `false` */
	uint32_t block;
	uint32_t path, path_len; /* of the instance pointer in `paths` */
	uint32_t level;          /* steps from the whole instance to there */
	const struct node *value;
	struct str name;        /* the member at fault: missing, not allowed, depending */
	struct str needs;       /* dependencies: the names that go with `name` */
	uint32_t first, second; /* places of duplicates; which schemas matched */
	bool several;
	const struct choice *choice; /* of anyOf and oneOf in brief: what all branches ask for; NULL: they differ more */
};

/* What the branches of a combinator ask for, where they differ in nothing else: types, or values. */
struct choice {
	uint8_t types;
	const struct node **values; /* lists of `enum`, values of `const` */
	uint32_t count;
};

/* Records a violation of the keyword. Returns false. */
bool schema_fail(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value);
bool schema_fail_with(struct evaluation *evaluation, const struct failure *failure);

/* The same of a child, where there is nothing to check it against: in brief that is the place, else its container. */
bool schema_fail_child(struct evaluation *evaluation, const struct failure *failure, const struct node *child,
		struct str key, uint32_t index);

/* Forgets violations recorded since there were `count`. */
void schema_forget(struct evaluation *evaluation, size_t count);

/* schema_message.c: puts a failure into words. */
void schema_describe(const struct evaluation *evaluation, const struct failure *failure, struct str name,
		struct schema_violation *violation);

/* schema_words.c: the same words for people; the rest of the violation has been filled. */
void schema_words(const struct evaluation *evaluation, const struct failure *failure, struct str name,
		struct schema_violation *violation);

/* schema_brief.c: anyOf or oneOf when mode is SCHEMA_BRIEF. */
bool schema_brief_check(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value);

#endif
