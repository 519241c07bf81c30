/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Exact decimal arithmetic on the text of numbers, without making them big: 1e1000000 costs no more than its seven
 * characters. Text is as struct node has it for NUMBERs.
 */
#ifndef KEUR_DOC_DECIMAL_H
#define KEUR_DOC_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum decimal_kind { DECIMAL_FINITE, DECIMAL_INFINITE, DECIMAL_NAN };

/* 0.DIGITS times ten to the power `magnitude`. */
struct decimal {
	enum decimal_kind kind;
	bool negative;
	struct str digits; /* from the first to the last that is not 0, perhaps with a '.' among them; empty for zero */
	uint64_t count;    /* of digits, without the '.' */
	int64_t magnitude; /* exponents beyond 10^17 count as 10^17 */
};

/* Of a number as JSON or YAML writes it; `digits` borrows from the text. */
struct decimal decimal_of(struct str text);

/* Negative, 0, positive; NaN equals nothing and is above all. */
int decimal_compare(const struct decimal *a, const struct decimal *b);

/* Finite, without a fractional part. */
bool decimal_is_integer(const struct decimal *value);

/* The nearest double. */
double decimal_double(struct str text);

#endif
