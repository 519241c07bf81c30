/* SPDX-License-Identifier: EUPL-1.2 */
/* Values as JSON Schema compares them. For schema_*.c only. */
#ifndef KEUR_ENGINE_SCHEMA_VALUE_H
#define KEUR_ENGINE_SCHEMA_VALUE_H

#include "engine/schema_program.h"

/* Significant digits that the operand of `multipleOf` may have, so that remainders fit 64 bits. */
enum { SCHEMA_DIVISOR_DIGITS = 18 };

/* How many children count: of duplicate keys one. */
uint32_t schema_length(const struct node *container);

/* Deep equality, through references as the evaluation sees them. False as well when undecided. */
bool schema_equal(struct evaluation *evaluation, const struct node *a, const struct node *b);

/* Equal values have equal hashes. */
uint64_t schema_hash(struct evaluation *evaluation, const struct node *value, uint64_t seed);

/* Two equal elements, as ajv finds them; false when there are none. */
bool schema_find_duplicate(struct evaluation *evaluation, const struct instruction *instruction,
		const struct node *array, uint32_t pair[2]);

/* Is a number a multiple, exactly? The divisor has no more digits than the above. */
bool schema_is_multiple(const struct node *value, const struct bound *divisor);

/* The value of a number that is written as a whole number of at most 18 digits. */
bool schema_whole(const struct node *number, int64_t *whole);

/* Compares a number with a bound exactly: negative, 0, positive. */
int schema_compare(const struct node *value, const struct bound *bound);

#endif
