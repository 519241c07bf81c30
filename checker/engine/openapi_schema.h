/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The schemas of an OpenAPI document, compiled at first use and once. References lead to every document that the
 * description pulled in. Belongs to one run, and so to one thread; what it compiled is const.
 */
#ifndef KEUR_ENGINE_OPENAPI_SCHEMA_H
#define KEUR_ENGINE_OPENAPI_SCHEMA_H

#include "engine/openapi.h"
#include "engine/schema.h"

struct openapi_schemas;

/* Lives in the arena, with what it compiles; `openapi` outlives it. */
struct openapi_schemas *openapi_schemas_new(struct arena *arena, const struct openapi *openapi);

/* Of an official document, in which `nullable: true` beside `$ref` or `allOf` means that null is allowed, and a
 * reference that leads nowhere matters to what reaches it only. Before the first schema is asked for. */
void openapi_schemas_loosen(struct openapi_schemas *schemas);

/* The schema at a place for a direction; NULL and `*why` when it cannot be meant as it stands there. */
const struct schema *openapi_schema(
		struct openapi_schemas *schemas, const struct target *at, enum schema_direction direction, struct text *why);

/* The document that holds `node` at `pointer`; NULL when none does. */
const struct doc *openapi_doc_of(const struct openapi *openapi, struct str pointer, const struct node *node);

#endif
