/* SPDX-License-Identifier: EUPL-1.2 */
/* What the compiler knows of places in schemas: a hash table by address. */
#include <stdlib.h>

#include "engine/schema_compiler.h"

static size_t known_slot(const struct compiler *compiler, const struct node *node)
{
	size_t slot = ((uintptr_t)node >> 4) * 0x9E3779B97F4A7C15u >> 7 & (compiler->known_capacity - 1);
	while (compiler->known[slot].node && compiler->known[slot].node != node)
		slot = (slot + 1) & (compiler->known_capacity - 1);
	return slot;
}

static void grow_known(struct compiler *compiler)
{
	struct known *old = compiler->known;
	size_t old_capacity = compiler->known_capacity;
	compiler->known_capacity = old_capacity ? old_capacity * 2 : 256;
	compiler->known = mem_resize(NULL, compiler->known_capacity, sizeof *compiler->known);
	memset(compiler->known, 0, compiler->known_capacity * sizeof *compiler->known);
	for (size_t i = 0; i < old_capacity; i++)
		if (old[i].node) compiler->known[known_slot(compiler, old[i].node)] = old[i];
	free(old);
}

struct known *compiler_known(struct compiler *compiler, const struct node *node)
{
	if (compiler->known_count * 2 >= compiler->known_capacity) grow_known(compiler);
	struct known *known = &compiler->known[known_slot(compiler, node)];
	if (!known->node) {
		*known = (struct known){.node = node, .resource = NO_BLOCK, .block = NO_BLOCK};
		compiler->known_count++;
	}
	return known;
}

static bool is_reference(const struct node *member)
{
	struct str key = node_key(member);
	return key.ptr &&
		   (str_eq(key, STR("$ref")) || str_eq(key, STR("$dynamicRef")) || str_eq(key, STR("$recursiveRef")));
}

/* Each place is looked at once, whatever leads there. */
bool compiler_has_reference(struct compiler *compiler, const struct node *schema)
{
	if (node_count(schema) == 0) return false;
	const struct known *known = compiler_known(compiler, schema);
	if (known->looked) return known->refers;
	bool refers = false;
	for (uint32_t i = 0; i < node_count(schema) && !refers; i++)
		refers = is_reference(&schema->children[i]) || compiler_has_reference(compiler, &schema->children[i]);
	struct known *noted = compiler_known(compiler, schema);
	noted->looked = true;
	noted->refers = refers;
	return refers;
}
