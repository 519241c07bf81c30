/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Functions that expressions of Schematron call within libxml2: those of XPath whose cost libxml2 does not count, with
 * a count in front; comparisons and unions of sets of nodes in linear time; current() and key().
 */
#ifndef KEUR_ENGINE_SCHEMATRON_FUNCTION_H
#define KEUR_ENGINE_SCHEMATRON_FUNCTION_H

#include "engine/schematron_sibling.h"

/* Nodes by the values of the keys of a schema, of one document. */
struct node_keys {
	const xmlDoc *doc;
	bool failed;         /* a value could not be found: key() cannot be evaluated */
	struct strmap *maps; /* of each key: value to the number of its last node in `entries` */
	struct {
		struct node_entry {
			const xmlNode *node;
			uint32_t next; /* index + 1 of the one before it with this value; 0: none */
		} * items;
		size_t count, capacity;
	} entries;
};

/* What the functions of an expression may ask. */
struct schematron_scene {
	xmlXPathObject **variables;           /* of each let; NULL: it could not be evaluated */
	const xmlNode *current;               /* what current() is */
	const struct node_keys *keys;         /* of the document, for key(); NULL: they are being found */
	const struct node_keys *const *lists; /* of those that are values of variables */
	uint32_t list_count;
	uint64_t limit;   /* operations of one evaluation */
	uint64_t work;    /* operations so far */
	uint64_t ceiling; /* of them, for the document that is checked */
	bool over;        /* it is reached: nothing is evaluated any more */
};

struct schematron_kit {
	const struct schematron *schema;
	xmlXPathContext *context;
	xmlXPathCompExpr **compiled; /* of each expression, NULL until it is needed */
	struct schematron_scene *scene;
	struct strbuf text; /* work space */
	struct siblings siblings;
	struct schematron_kit *next;
};

/* For xmlXPathContext.funcLookupFunc, and .varLookupFunc: `kit` is a struct schematron_kit. */
xmlXPathFunction function_lookup(void *kit, const xmlChar *name, const xmlChar *uri);
xmlXPathObject *function_variable(void *kit, const xmlChar *name, const xmlChar *uri);

#endif
