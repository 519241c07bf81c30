/* SPDX-License-Identifier: EUPL-1.2 */
/* What the two kinds of simple regular expressions share. For schema_pattern*.c only. */
#ifndef KEUR_ENGINE_SCHEMA_PATTERN_PRIVATE_H
#define KEUR_ENGINE_SCHEMA_PATTERN_PRIVATE_H

#include "engine/schema_pattern.h"

/* No upper limit to a repetition. */
enum { PATTERN_MANY = UINT32_MAX };

/* Characters below 128 as bits. */
struct pattern_class {
	uint64_t bits[2];
};

/* Is it one of them? */
bool pattern_class_has(const struct pattern_class *class, unsigned char c);

/* Takes a character, an escape or a class off the front; false when it is none, or one that means more than ASCII. */
bool pattern_take_atom(struct str *rest, struct pattern_class *class);

/* Takes a quantifier off, if there is one: how often what is before it occurs. False when it is not greedy. */
bool pattern_take_repeat(struct str *rest, uint32_t *min, uint32_t *max);

/*
 * schema_pattern_automaton.c: groups, alternatives and repetitions of any kind, as an automaton that looks at each byte
 * once. NULL when the text is more than that, or needs too large a one.
 */
struct automaton;
struct automaton *pattern_automaton_of(struct arena *arena, struct str text);
bool pattern_automaton_search(const struct automaton *automaton, struct str subject);

#endif
