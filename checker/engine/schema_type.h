/* Types of values as bits. For schema_*.c only. */
#ifndef KEUR_ENGINE_SCHEMA_TYPE_H
#define KEUR_ENGINE_SCHEMA_TYPE_H

#include "doc/node.h"

/* TYPE_INTEGER is asked for, never found. */
enum schema_type {
	TYPE_NULL = 1,
	TYPE_BOOLEAN = 2,
	TYPE_NUMBER = 4,
	TYPE_INTEGER = 8,
	TYPE_STRING = 16,
	TYPE_ARRAY = 32,
	TYPE_OBJECT = 64
};

/* Is a number whole? What is written as digits is; 1.0 and 1e2 are too. */
static inline bool schema_is_integer(const struct node *number)
{
	for (uint32_t i = 0; i < number->len; i++)
		if (number->text[i] > '9' || number->text[i] == '.') return node_is_integer(number);
	return true;
}

/* Is a value of one of the types? */
static inline bool schema_has_type(const struct node *value, uint8_t types)
{
	static const uint8_t bits[] = {
			TYPE_NULL, TYPE_BOOLEAN, TYPE_BOOLEAN, TYPE_NUMBER, TYPE_STRING, TYPE_ARRAY, TYPE_OBJECT};
	if (bits[value->kind] & types) return true;
	return (types & TYPE_INTEGER) && value->kind == NODE_NUMBER && schema_is_integer(value);
}

#endif
