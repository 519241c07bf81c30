/* SPDX-License-Identifier: EUPL-1.2 */
/* What kinds of values a schema may allow, for reading values that are written without types. */
#ifndef KEUR_ENGINE_OPENAPI_TYPE_H
#define KEUR_ENGINE_OPENAPI_TYPE_H

#include "engine/openapi.h"

enum {
	TYPES_NULL = 1,
	TYPES_BOOLEAN = 2,
	TYPES_NUMBER = 4,
	TYPES_STRING = 8,
	TYPES_ARRAY = 16,
	TYPES_OBJECT = 32,
	TYPES_SCALAR = 15,
	TYPES_ALL = 63
};

/* A set that holds every type of value that the schema allows; TYPES_ALL where that takes more than a look. */
unsigned schema_types(const struct openapi *openapi, const struct node *schema);

/* What is at a keyword of the schema, of what it refers to, or of what is in its allOf; NULL when nothing is. */
const struct node *schema_part(const struct openapi *openapi, const struct node *schema, struct str keyword);

/* The schema of a member: in `properties`, found likewise; NULL when it is not described. */
const struct node *schema_property(const struct openapi *openapi, const struct node *schema, struct str name);

#endif
