/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Where a schema is in its document: linked steps, so that a place costs as little as its last step. It becomes a
 * pointer (RFC 6901) when somebody asks. For schema_*.c only.
 */
#ifndef KEUR_ENGINE_SCHEMA_PLACE_H
#define KEUR_ENGINE_SCHEMA_PLACE_H

#include "base/str.h"

struct schema_place; /* NULL is the root */

/* The place of a member; `token` outlives it. */
const struct schema_place *schema_place_member(struct arena *arena, const struct schema_place *up, struct str token);
const struct schema_place *schema_place_element(struct arena *arena, const struct schema_place *up, uint32_t index);

/* The place that a pointer leads to from another; the pointer outlives it. */
const struct schema_place *schema_place_below(struct arena *arena, const struct schema_place *up, struct str pointer);

/* The pointer of a place, in the arena. */
struct str schema_place_pointer(struct arena *arena, const struct schema_place *place);

#endif
