/* Taking out of a schema what a version has not. */
#include "engine/schema_version.h"

#include "base/vec.h"

static bool is_of_version(const struct node *node, unsigned version)
{
	const struct node *since = node_member(node, STR("x-since"));
	const struct node *until = node_member(node, STR("x-until"));
	if (since && since->kind == NODE_NUMBER && node_double(since) > version) return false;
	return !until || until->kind != NODE_NUMBER || node_double(until) >= version;
}

static void nothing(void *context, const struct node *first, const struct node *second)
{
	(void)context, (void)first, (void)second;
}

static struct node copy(struct arena *arena, const struct node *node, unsigned version)
{
	struct node out = *node;
	struct {
		struct node *items;
		size_t count, capacity;
	} kept = {0};
	if (!node_is_container(node)) return out;
	for (uint32_t i = 0; i < node->len; i++)
		if (node->children[i].kind != NODE_OBJECT || is_of_version(&node->children[i], version))
			*vec_push(&kept) = copy(arena, &node->children[i], version);
	node_adopt(&out, arena, kept.items, (uint32_t)kept.count, nothing, NULL);
	vec_release(&kept);
	return out;
}

const struct node *schema_version(struct arena *arena, const struct node *root, unsigned version)
{
	struct node *out = arena_alloc(arena, sizeof *out);
	*out = copy(arena, root, version);
	return out;
}
