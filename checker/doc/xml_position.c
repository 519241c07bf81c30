/* SPDX-License-Identifier: EUPL-1.2 */
/* Positions of nodes among their siblings of the same name or kind, counted once for each parent. */
#include <stdint.h>

#include "doc/strmap.h"
#include "doc/xml_doc.h"

/*
 * Nobody else uses psvi: libxml2 has it for whoever validates, and for lines of texts, which xml_parse() does not ask
 * for.
 */
static void put(const xmlNode *node, uint32_t value)
{
	((xmlNode *)node)->psvi = (void *)(uintptr_t)value; /* NOLINT(performance-no-int-to-ptr): a number, no place */
}

static uint32_t get(const xmlNode *node)
{
	return (uint32_t)(uintptr_t)node->psvi;
}

/* What has no name. */
enum nameless { NAMELESS_TEXT, NAMELESS_COMMENT, NAMELESS_INSTRUCTION, NAMELESS_COUNT };

static enum nameless nameless_of(const xmlNode *node)
{
	if (node->type == XML_COMMENT_NODE) return NAMELESS_COMMENT;
	return node->type == XML_PI_NODE ? NAMELESS_INSTRUCTION : NAMELESS_TEXT;
}

static struct str key_of(struct arena *arena, const xmlNode *element)
{
	if (!element->ns || !element->ns->href) return str_of((const char *)element->name);
	return str_printf(arena, "{%s}%s", (const char *)element->ns->href, (const char *)element->name);
}

/* One more of that name; its number, from 1. */
static uint32_t count(struct strmap *names, struct str key)
{
	uint32_t *seen = strmap_get(names, key);
	if (seen) return ++*seen;
	strmap_put(names, key, 1);
	return 1;
}

/* The number of each, and UINT32_MAX of what is alone. */
static void number_children(const xmlNode *first)
{
	struct arena *scratch = arena_new();
	struct strmap names = {0};
	uint32_t others[NAMELESS_COUNT] = {0};
	for (const xmlNode *node = first; node; node = node->next) {
		bool element = node->type == XML_ELEMENT_NODE;
		put(node, element ? count(&names, key_of(scratch, node)) : ++others[nameless_of(node)]);
	}
	for (const xmlNode *node = first; node; node = node->next) {
		if (get(node) != 1) continue;
		bool element = node->type == XML_ELEMENT_NODE;
		uint32_t all = element ? *strmap_get(&names, key_of(scratch, node)) : others[nameless_of(node)];
		if (all == 1) put(node, UINT32_MAX);
	}
	strmap_release(&names);
	arena_free(scratch);
}

uint32_t xml_position(const xmlNode *node)
{
	if (!node->parent) return 0;
	if (!get(node)) number_children(node->parent->children);
	return get(node) == UINT32_MAX ? 0 : get(node);
}
