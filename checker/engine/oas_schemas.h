/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The schemas of an OpenAPI document that have examples, compiled together once for each direction, when one is asked
 * for. What ajv makes of them, by way of Spectral: draft 4 with keywords of later drafts for OpenAPI 2.0 and 3.0, the
 * dialect of the document for 3.1 and 3.2.
 */
#ifndef KEUR_ENGINE_OAS_SCHEMAS_H
#define KEUR_ENGINE_OAS_SCHEMAS_H

#include "engine/function.h"
#include "engine/schema_set.h"

/* What became of the schema at `node`, an object in a document of the subject; never NULL. */
const struct schema_entry *oas_schema_find(
		const struct subject *subject, const struct node *node, enum schema_direction direction);

/* Where the steps are counted that examples of this document have taken; NULL when nothing is kept. */
uint64_t *oas_schema_steps(const struct subject *subject);

#endif
