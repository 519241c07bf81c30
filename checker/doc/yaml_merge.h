/* SPDX-License-Identifier: EUPL-1.2 */
/* Merge keys, "<<": the members of other mappings, where a mapping has none of that name itself. */
#ifndef KEUR_DOC_YAML_MERGE_H
#define KEUR_DOC_YAML_MERGE_H

#include "doc/node.h"

/* Marks a member of items[] below as a merge key; not seen outside the YAML reader. */
enum { YAML_MERGE = 128 };

struct yaml_items {
	struct node *items;
	size_t count, capacity;
};

/* True when `value` can stand behind "<<": a mapping or a list of mappings. */
bool yaml_can_merge(const struct node *value);

/*
 * Replaces the merge keys among items[first...] by what they bring in, at their place: mappings named earlier go
 * before later ones, and the mapping's own members before all. False when that takes more than `room` nodes.
 */
bool yaml_merge(struct yaml_items *items, size_t first, uint64_t room, uint64_t *copied);

#endif
