/* SPDX-License-Identifier: EUPL-1.2 */
/* The nodes of one document: each with a number in document order, and in lists by what patterns ask for. */
#ifndef KEUR_ENGINE_SCHEMATRON_INDEX_H
#define KEUR_ENGINE_SCHEMATRON_INDEX_H

#include "engine/schematron_model.h"

struct node_list {
	const xmlNode **items;
	size_t count, capacity;
};

struct node_index {
	const xmlDoc *doc;
	uint32_t count;          /* nodes; numbers go from 1, the document itself has 1 */
	struct node_list *lists; /* as schema->lists */
	uint32_t list_count;
	uint64_t *stamps; /* of each node, by number */
};

/* Numbers the nodes of `doc`, in their _private, and fills the lists; ends with index_release(). */
void index_build(struct node_index *index, const struct schematron *schema, xmlDoc *doc);
void index_release(struct node_index *index);

/* The number of a node; 0 for a declaration of a namespace. */
static inline uint32_t index_number(const xmlNode *node)
{
	uintptr_t number = 0;
	if (node->type != XML_NAMESPACE_DECL) memcpy(&number, &node->_private, sizeof number);
	return (uint32_t)number;
}

#endif
