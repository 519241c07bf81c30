/* SPDX-License-Identifier: EUPL-1.2 */
/* Merge keys of one mapping. */
#include "doc/yaml_merge.h"

#include "base/vec.h"
#include "doc/strmap.h"

bool yaml_can_merge(const struct node *value)
{
	if (value->kind == NODE_OBJECT) return true;
	if (value->kind != NODE_ARRAY) return false;
	for (uint32_t i = 0; i < value->len; i++)
		if (value->children[i].kind != NODE_OBJECT) return false;
	return true;
}

struct merger {
	struct strmap seen;
	struct yaml_items out;
	uint64_t room, copied;
};

static bool merge_mapping(struct merger *merger, const struct node *mapping)
{
	for (uint32_t i = 0; i < mapping->len; i++) {
		const struct node *member = &mapping->children[i];
		if (++merger->copied > merger->room) return false;
		if (node_member(mapping, node_key(member)) != member) continue;
		if (!strmap_put(&merger->seen, node_key(member), 0)) continue;
		struct node *copy = vec_push(&merger->out);
		*copy = *member;
		copy->flags |= NODE_SHARED;
	}
	return true;
}

static bool merge_value(struct merger *merger, const struct node *value)
{
	if (value->kind == NODE_OBJECT) return merge_mapping(merger, value);
	for (uint32_t i = 0; i < value->len; i++)
		if (!merge_mapping(merger, &value->children[i])) return false;
	return true;
}

static bool merge_all(struct merger *merger, const struct node *members, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!(members[i].flags & YAML_MERGE)) strmap_put(&merger->seen, node_key(&members[i]), 0);
	for (size_t i = 0; i < count; i++) {
		if (!(members[i].flags & YAML_MERGE))
			*vec_push(&merger->out) = members[i];
		else if (!merge_value(merger, &members[i]))
			return false;
	}
	return true;
}

bool yaml_merge(struct yaml_items *items, size_t first, uint64_t room, uint64_t *copied)
{
	struct merger merger = {.room = room};
	bool ok = merge_all(&merger, items->items + first, items->count - first);
	if (ok) {
		items->count = first;
		vec_reserve(items, merger.out.count);
		if (merger.out.count) memcpy(items->items + first, merger.out.items, merger.out.count * sizeof *items->items);
		items->count += merger.out.count;
		*copied += merger.copied;
	}
	strmap_release(&merger.seen);
	vec_release(&merger.out);
	return ok;
}
