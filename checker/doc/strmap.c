/* SPDX-License-Identifier: EUPL-1.2 */
/* Open addressing with linear probing, at most half full. */
#include "doc/strmap.h"

#include <stdlib.h>

#include "doc/hash.h"

enum { FIRST_CAPACITY = 16 };

static struct strmap_slot *slot_of(const struct strmap *map, struct str key)
{
	size_t mask = map->capacity - 1;
	for (size_t at = hash_bytes(key, hash_seed(map->slots)) & mask;; at = (at + 1) & mask) {
		struct strmap_slot *slot = &map->slots[at];
		if (!slot->key.ptr || str_eq(slot->key, key)) return slot;
	}
}

static void grow(struct strmap *map)
{
	struct strmap old = *map;
	map->capacity = old.capacity ? old.capacity * 2 : FIRST_CAPACITY;
	map->slots = mem_resize(NULL, map->capacity, sizeof *map->slots);
	memset(map->slots, 0, map->capacity * sizeof *map->slots);
	for (size_t i = 0; i < old.capacity; i++)
		if (old.slots[i].key.ptr) *slot_of(map, old.slots[i].key) = old.slots[i];
	free(old.slots);
}

uint32_t *strmap_get(const struct strmap *map, struct str key)
{
	if (map->count == 0) return NULL;
	struct strmap_slot *slot = slot_of(map, key);
	return slot->key.ptr ? &slot->value : NULL;
}

bool strmap_put(struct strmap *map, struct str key, uint32_t value)
{
	if (map->count * 2 >= map->capacity) grow(map);
	struct strmap_slot *slot = slot_of(map, key);
	bool fresh = !slot->key.ptr;
	if (fresh) {
		slot->key = (struct str){key.ptr ? key.ptr : "", key.len};
		map->count++;
	}
	slot->value = value;
	return fresh;
}

void strmap_release(struct strmap *map)
{
	free(map->slots);
	*map = (struct strmap){0};
}
