/* SPDX-License-Identifier: EUPL-1.2 */
/* Taking out of a schema what a variant of it has not. */
#include "engine/schema_version.h"

#include "base/vec.h"

static bool is_of(const struct node *node, struct schema_variant variant)
{
	const struct node *since = node_member(node, STR("x-since"));
	const struct node *until = node_member(node, STR("x-until"));
	const struct node *written = node_member(node, STR("x-written"));
	if (since && since->kind == NODE_NUMBER && node_double(since) > variant.version) return false;
	if (until && until->kind == NODE_NUMBER && node_double(until) < variant.version) return false;
	return !written || written->kind != (variant.written ? NODE_FALSE : NODE_TRUE);
}

static void nothing(void *context, const struct node *first, const struct node *second)
{
	(void)context, (void)first, (void)second;
}

static struct node copy(struct arena *arena, const struct node *node, struct schema_variant variant)
{
	struct node out = *node;
	struct {
		struct node *items;
		size_t count, capacity;
	} kept = {0};
	if (!node_is_container(node)) return out;
	for (uint32_t i = 0; i < node->len; i++)
		if (node->children[i].kind != NODE_OBJECT || is_of(&node->children[i], variant))
			*vec_push(&kept) = copy(arena, &node->children[i], variant);
	node_adopt(&out, arena, kept.items, (uint32_t)kept.count, nothing, NULL);
	vec_release(&kept);
	return out;
}

const struct node *schema_variant_of(struct arena *arena, const struct node *root, struct schema_variant variant)
{
	struct node *out = arena_alloc(arena, sizeof *out);
	*out = copy(arena, root, variant);
	return out;
}
