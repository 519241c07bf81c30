/*
 * Functions that expressions of Schematron call within libxml2: those of XPath whose cost libxml2 does not count, with a
 * count in front; comparisons and unions of sets of nodes in linear time; current() and key().
 */
#ifndef KEUR_ENGINE_SCHEMATRON_FUNCTION_H
#define KEUR_ENGINE_SCHEMATRON_FUNCTION_H

#include "engine/schematron_kit.h"

/* More functions of libxml2 that this file alone calls. */
bool function_load(struct err *err);

/* For xmlXPathContext.funcLookupFunc, and .varLookupFunc: `kit` is a struct schematron_kit. */
xmlXPathFunction function_lookup(void *kit, const xmlChar *name, const xmlChar *uri);
xmlXPathObject *function_variable(void *kit, const xmlChar *name, const xmlChar *uri);

/* The string-value of a node: borrowed from it, or else collected in `buf`. */
struct str xml_value(const xmlNode *node, struct strbuf *buf);

/* Nodes by the values of the keys of a schema, of one document. */
struct node_keys {
	struct strmap *maps; /* of each key: value to the number of its last node in `entries` */
	struct {
		struct node_entry {
			const xmlNode *node;
			uint32_t next; /* index + 1 of the one before it with this value; 0: none */
		} *items;
		size_t count, capacity;
	} entries;
};

#endif
