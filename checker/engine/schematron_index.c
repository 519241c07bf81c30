/* SPDX-License-Identifier: EUPL-1.2 */
/* Numbers the nodes of a document and lists them by kind and name. */
#include "engine/schematron_index.h"

#include <stdlib.h>

#include "base/vec.h"
#include "doc/hash.h"

enum { MOST_LISTS = 4 }; /* that one node is in: by name, by namespace, any element, any node */

/* Lists by name: libxml2 has one copy of each name in a document, so that its address will do. */
struct known_name {
	const xmlChar *name, *uri;
	enum match_kind kind;
	bool used;
	uint32_t lists[MOST_LISTS];
	uint32_t count;
};

struct indexer {
	struct node_index *index;
	const struct schematron *schema;
	struct known_name *names;
	size_t name_count, capacity;
	struct strbuf key;
	uint32_t text[MOST_LISTS], comment[MOST_LISTS], instruction[MOST_LISTS];
	uint32_t text_count, comment_count, instruction_count;
	bool attributes; /* some list is of attributes */
};

static void add_list(struct indexer *indexer, uint32_t *lists, uint32_t *count, enum match_kind kind, const char *uri,
		const char *local)
{
	strbuf_clear(&indexer->key);
	match_list_key(&indexer->key, kind, uri, local);
	const uint32_t *found = strmap_get(&indexer->schema->list_index, strbuf_str(&indexer->key));
	if (found) lists[(*count)++] = *found;
}

static void look_up(struct indexer *indexer, struct known_name *known)
{
	const char *uri = known->uri ? (const char *)known->uri : "", *local = (const char *)known->name;
	known->count = 0;
	add_list(indexer, known->lists, &known->count, known->kind, uri, local);
	add_list(indexer, known->lists, &known->count, known->kind, uri, NULL);
	add_list(indexer, known->lists, &known->count, known->kind, NULL, NULL);
	if (known->kind == MATCH_ELEMENT) add_list(indexer, known->lists, &known->count, MATCH_NODE, NULL, NULL);
}

static struct known_name *slot_of(
		struct indexer *indexer, const xmlChar *name, const xmlChar *uri, enum match_kind kind)
{
	uint64_t hash = hash_mix((uint64_t)(uintptr_t)name + (uint64_t)kind, (uint64_t)(uintptr_t)uri);
	for (size_t i = hash & (indexer->capacity - 1);; i = (i + 1) & (indexer->capacity - 1)) {
		struct known_name *known = &indexer->names[i];
		if (!known->used || (known->name == name && known->uri == uri && known->kind == kind)) return known;
	}
}

static void grow(struct indexer *indexer)
{
	struct known_name *old = indexer->names;
	size_t size = indexer->capacity;
	indexer->capacity = size ? size * 2 : 256;
	indexer->names = mem_resize(NULL, indexer->capacity, sizeof *indexer->names);
	memset(indexer->names, 0, indexer->capacity * sizeof *indexer->names);
	for (size_t i = 0; i < size; i++)
		if (old[i].used) *slot_of(indexer, old[i].name, old[i].uri, old[i].kind) = old[i];
	free(old);
}

static const struct known_name *known_of(struct indexer *indexer, const xmlNode *node, enum match_kind kind)
{
	const xmlChar *uri = node->ns ? node->ns->href : NULL;
	if ((indexer->name_count + 1) * 2 > indexer->capacity) grow(indexer);
	struct known_name *known = slot_of(indexer, node->name, uri, kind);
	if (known->used) return known;
	*known = (struct known_name){.name = node->name, .uri = uri, .kind = kind, .used = true};
	indexer->name_count++;
	look_up(indexer, known);
	return known;
}

static void put(struct indexer *indexer, xmlNode *node, const uint32_t *lists, uint32_t count)
{
	struct node_index *index = indexer->index;
	uintptr_t number = ++index->count;
	memcpy(&node->_private, &number, sizeof number);
	for (uint32_t i = 0; i < count; i++)
		*vec_push(&index->lists[lists[i]]) = node;
}

static void visit_element(struct indexer *indexer, xmlNode *node)
{
	const struct known_name *known = known_of(indexer, node, MATCH_ELEMENT);
	put(indexer, node, known->lists, known->count);
	for (xmlAttr *attribute = node->properties; attribute; attribute = attribute->next) {
		xmlNode *as_node = (xmlNode *)attribute;
		const struct known_name *name = indexer->attributes ? known_of(indexer, as_node, MATCH_ATTRIBUTE) : NULL;
		put(indexer, as_node, name ? name->lists : NULL, name ? name->count : 0);
	}
}

static void visit(struct indexer *indexer, xmlNode *node)
{
	switch (node->type) {
	case XML_ELEMENT_NODE:
		visit_element(indexer, node);
		break;
	case XML_COMMENT_NODE:
		put(indexer, node, indexer->comment, indexer->comment_count);
		break;
	case XML_PI_NODE:
		put(indexer, node, indexer->instruction, indexer->instruction_count);
		break;
	default:
		put(indexer, node, indexer->text, indexer->text_count);
		break;
	}
}

static void walk(struct indexer *indexer, xmlDoc *doc)
{
	xmlNode *node = doc->children;
	while (node) {
		visit(indexer, node);
		xmlNode *next = node->type == XML_ELEMENT_NODE ? node->children : NULL;
		while (!next && node && node != (xmlNode *)doc) {
			next = node->next;
			if (!next) node = node->parent;
		}
		node = next;
	}
}

void index_build(struct node_index *index, const struct schematron *schema, xmlDoc *doc)
{
	struct indexer indexer = {.index = index, .schema = schema};
	*index = (struct node_index){.doc = doc, .list_count = schema->list_count};
	size_t size = (schema->list_count + 1) * sizeof *index->lists;
	index->lists = mem_resize(NULL, size, 1);
	memset(index->lists, 0, size);
	strbuf_init(&indexer.key, SIZE_MAX);
	for (uint32_t i = 0; i < schema->list_count; i++)
		indexer.attributes = indexer.attributes || schema->lists[i].kind == MATCH_ATTRIBUTE;
	add_list(&indexer, indexer.text, &indexer.text_count, MATCH_TEXT, NULL, NULL);
	add_list(&indexer, indexer.text, &indexer.text_count, MATCH_NODE, NULL, NULL);
	add_list(&indexer, indexer.comment, &indexer.comment_count, MATCH_COMMENT, NULL, NULL);
	add_list(&indexer, indexer.comment, &indexer.comment_count, MATCH_NODE, NULL, NULL);
	add_list(&indexer, indexer.instruction, &indexer.instruction_count, MATCH_INSTRUCTION, NULL, NULL);
	add_list(&indexer, indexer.instruction, &indexer.instruction_count, MATCH_NODE, NULL, NULL);
	uint32_t root[MOST_LISTS], root_count = 0;
	add_list(&indexer, root, &root_count, MATCH_ROOT, NULL, NULL);
	put(&indexer, (xmlNode *)doc, root, root_count);
	walk(&indexer, doc);
	index->stamps = mem_resize(NULL, index->count + 1, sizeof *index->stamps);
	memset(index->stamps, 0, (index->count + 1) * sizeof *index->stamps);
	strbuf_release(&indexer.key);
	free(indexer.names);
}

void index_release(struct node_index *index)
{
	for (uint32_t i = 0; index->lists && i < index->list_count; i++)
		vec_release(&index->lists[i]);
	free(index->lists);
	free(index->stamps);
	*index = (struct node_index){0};
}
