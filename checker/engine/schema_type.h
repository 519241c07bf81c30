/* SPDX-License-Identifier: EUPL-1.2 */
/* Types of values as bits. For schema_*.c only. */
#ifndef KEUR_ENGINE_SCHEMA_TYPE_H
#define KEUR_ENGINE_SCHEMA_TYPE_H

#include "doc/node.h"

/* TYPE_INTEGER is asked for, never found; TYPE_DIGITS is draft 4's integer, which 1.0 is not. */
enum schema_type {
	TYPE_NULL = 1,
	TYPE_BOOLEAN = 2,
	TYPE_NUMBER = 4,
	TYPE_INTEGER = 8,
	TYPE_STRING = 16,
	TYPE_ARRAY = 32,
	TYPE_OBJECT = 64,
	TYPE_DIGITS = 128
};

/* Is a number whole? What is written as digits is; 1.0 and 1e2 are too. */
static inline bool schema_is_integer(const struct node *number)
{
	for (uint32_t i = 0; i < number->len; i++)
		if (number->text[i] > '9' || number->text[i] == '.') return node_is_integer(number);
	return true;
}

/* Is a number written without fraction and exponent (draft 4, zyp-json-schema-04 section 3.5)? */
static inline bool schema_is_digits(const struct node *number)
{
	bool radix = number->len > 2 && number->text[0] == '0' && number->text[1] > '9'; /* 0x1E of YAML */
	for (uint32_t i = 0; i < number->len && !radix; i++)
		if (number->text[i] > '9' || number->text[i] == '.') return false;
	return schema_is_integer(number);
}

/* Is a value of one of the types? */
static inline bool schema_has_type(const struct node *value, uint8_t types)
{
	static const uint8_t bits[] = {
			TYPE_NULL, TYPE_BOOLEAN, TYPE_BOOLEAN, TYPE_NUMBER, TYPE_STRING, TYPE_ARRAY, TYPE_OBJECT};
	if (bits[value->kind] & types) return true;
	if (!(types & (TYPE_INTEGER | TYPE_DIGITS)) || value->kind != NODE_NUMBER) return false;
	return types & TYPE_INTEGER ? schema_is_integer(value) : schema_is_digits(value);
}

#endif
