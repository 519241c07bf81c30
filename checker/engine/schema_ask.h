/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The quick test: whether a value is valid, and nothing else. For schema_*.c only.
 *
 * A valid document is asked once and nothing is reported of it, so what its schema asks is laid out anew for that: for
 * each kind of value a short list of questions, in which keywords have been put together, types have been settled, and
 * branches that cannot hold for that kind are gone. What is asked of few values is asked by the keyword itself.
 */
#ifndef KEUR_ENGINE_SCHEMA_ASK_H
#define KEUR_ENGINE_SCHEMA_ASK_H

#include "engine/schema_eval.h"

enum ask {
	ASK_NOTHING, /* the end of a list: all that was asked holds */
	ASK_THEN,    /* go on with what `asks` ask */
	ASK_ALSO,    /* what `asks` ask as well */
	ASK_NOT,     /* what `asks` ask does not hold */
	ASK_ANY_OF,  /* one of the `count` in `branches` holds... */
	ASK_ONE_OF,  /* ...and no more than one */
	ASK_IF,      /* `branches`: the condition, what then, what else; NULL: nothing */
	ASK_TYPE,    /* of a number: that it is whole, as the types of `block` have it */
	ASK_WHOLE,   /* of a number: that it is within `limits` */
	ASK_LENGTH,  /* of a text: `least` to `most` characters, surely so when there are `count` bytes or more */
	ASK_TEXTS,   /* that it is one of the `count` in `texts` */
	ASK_PATTERN, /* that it matches `pattern` */
	ASK_FORMAT,  /* that `is_format` */
	ASK_ITEMS,   /* of an array: `least` to `most` elements, and what `asks` ask of all but the first `count` */
	ASK_UNIQUE,  /* that no two elements are equal */
	ASK_SHAPE,   /* of an object: what is said of members by their names */
	ASK_KEYWORD, /* what `instruction` checks */
	ASK_BLOCK,   /* what `block` says, the long way */
};

/* The least and most that a number may be when it is written as a small whole number; for others `block` is asked. */
struct limits {
	int64_t least, most;
	const struct block *block;
};

struct question {
	enum ask ask;
	uint32_t count;
	union {
		const struct asks *asks;
		const struct asks *const *branches;
		const struct block *block;
		const struct instruction *instruction;
		const struct limits *limits;
		const struct pattern *pattern;
		const struct shape *shape;
		const struct str *texts;
		bool (*is_format)(struct str text);
	};
	uint32_t least, most;
};

/* What a block asks of values of each kind; NULL: it does not hold for those. */
struct asks {
	const struct question *of[NODE_OBJECT + 1];
};

/* Fills in what the blocks of a linked schema ask, in their order. */
void schema_ask_all(struct arena *arena, const struct schema *schema, struct asks *asks);

/* Do the questions of a list hold? False as well when undecided. */
bool schema_answer(struct evaluation *evaluation, const struct question *question, const struct node *value);

/* Does a block hold, where only the verdict counts and nobody asks what has been evaluated? */
static inline bool schema_ask(struct evaluation *evaluation, const struct asks *asks, const struct node *value)
{
	const struct question *question = asks->of[value->kind];
	if (!question) return false;
	/* of most texts no more than their length is asked, and that is plain to see */
	if (question->ask == ASK_LENGTH && value->len >= question->count && value->len <= question->most) question++;
	return question->ask == ASK_NOTHING || schema_answer(evaluation, question, value);
}

#endif
