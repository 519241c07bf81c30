/* Positions of elements among their siblings of the same name, counted once for each parent. */
#include <stdint.h>

#include "doc/strmap.h"
#include "doc/xml_doc.h"

/* Nobody else uses psvi of an element: libxml2 has it for whoever validates. */
static void put(const xmlNode *element, uint32_t value)
{
	((xmlNode *)element)->psvi = (void *)(uintptr_t)value; /* NOLINT(performance-no-int-to-ptr): a number, no place */
}

static uint32_t get(const xmlNode *element)
{
	return (uint32_t)(uintptr_t)element->psvi;
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
	for (const xmlNode *node = first; node; node = node->next)
		if (node->type == XML_ELEMENT_NODE) put(node, count(&names, key_of(scratch, node)));
	for (const xmlNode *node = first; node; node = node->next)
		if (node->type == XML_ELEMENT_NODE && get(node) == 1 && *strmap_get(&names, key_of(scratch, node)) == 1)
			put(node, UINT32_MAX);
	strmap_release(&names);
	arena_free(scratch);
}

uint32_t xml_position(const xmlNode *element)
{
	if (!element->parent || element->parent->type != XML_ELEMENT_NODE) return 0;
	if (!get(element)) number_children(element->parent->children);
	return get(element) == UINT32_MAX ? 0 : get(element);
}
