/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Many schemas of one document and of what it refers to, compiled together: what they share is compiled once, so that
 * the cost is that of the document and not of the ways through it. `$ref` leads where doc/ref.h says.
 *
 * A schema with a mistake in it costs only those schemas that reach it. Const once made.
 */
#ifndef KEUR_ENGINE_SCHEMA_SET_H
#define KEUR_ENGINE_SCHEMA_SET_H

#include "engine/schema.h"

struct schema_set;

/* What became of one schema of a set. */
struct schema_entry {
	const struct node *node;
	const struct schema *schema; /* NULL: it, or one that it reaches, is no schema; `fault` says why */
	bool missing;                /* it reaches a reference that leads nowhere: `schema` is NULL too */
	bool circular;               /* it reaches a schema that refers to itself */
	bool nullable;               /* it reaches `nullable` without `type`, which ajv refuses and OpenAPI ignores */
	struct text fault;
};

/* Compiles the schemas at `roots`, all in documents of options->refs, which has to be there and outlives the set. */
struct schema_set *schema_set_new(
		struct arena *arena, const struct schema_options *options, const struct node *const *roots, size_t count);

/* What became of the schema at a node; NULL when it was none of the roots. */
const struct schema_entry *schema_set_find(const struct schema_set *set, const struct node *node);

#endif
