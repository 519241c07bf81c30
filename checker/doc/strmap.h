/* SPDX-License-Identifier: EUPL-1.2 */
/* A map from text to a number, for readers: anchors, members already seen. Keys are borrowed. */
#ifndef KEUR_DOC_STRMAP_H
#define KEUR_DOC_STRMAP_H

#include <stdbool.h>

#include "base/str.h"

struct strmap_slot {
	struct str key; /* ptr NULL: free */
	uint32_t value;
};

/* Zeroed to start; ends with strmap_release(). */
struct strmap {
	struct strmap_slot *slots;
	size_t count, capacity;
};

/* The place of the value of `key`, or NULL when there is none. */
uint32_t *strmap_get(const struct strmap *map, struct str key);

/* Sets the value of `key`; true when `key` is new. */
bool strmap_put(struct strmap *map, struct str key, uint32_t value);

/* Frees the slots, and leaves an empty map. */
void strmap_release(struct strmap *map);

#endif
