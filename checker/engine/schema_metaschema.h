/* SPDX-License-Identifier: EUPL-1.2 */
/* The metaschemas of the drafts, built in, so that references to them need no network. */
#ifndef KEUR_ENGINE_SCHEMA_METASCHEMA_H
#define KEUR_ENGINE_SCHEMA_METASCHEMA_H

#include "engine/schema.h"

/*
 * The metaschema at a URI without fragment (http or https, as people write both), read into the arena; false when it is
 * none of those.
 */
bool schema_metaschema_find(struct arena *arena, struct str uri, struct schema_document *document);

/* Calls `visit` with the URI of each: for tests. */
void schema_metaschema_each(void (*visit)(void *context, const char *uri), void *context);

#endif
