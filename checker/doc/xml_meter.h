/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Counts what libxml2 allocates in this thread while it evaluates an XPath.
 *
 * libxml2 counts operations, and not what one costs: in //a[string(/) = 'x'] every one of them makes a text of the
 * whole document. Each such text is allocated, and a text that was allocated may be compared with one of every other
 * node; so bytes and calls, times the nodes of the document, bound the time as well as the memory. Deterministic,
 * unlike a clock. Past the ceiling the count of operations is set to its end, so that libxml2 stops in the way that it
 * has for that.
 */
#ifndef KEUR_DOC_XML_METER_H
#define KEUR_DOC_XML_METER_H

#include <libxml/xpath.h>
#include <stdbool.h>
#include <stdint.h>

struct xml_meter {
	xmlXPathContext *context; /* that is stopped */
	uint64_t nodes;           /* of the document */
	uint64_t spent;           /* 32nds of a node for a byte */
};

/* Between these, allocations of this thread are counted. One at a time. */
void xml_meter_start(struct xml_meter *meter, xmlXPathContext *context, uint64_t nodes);
void xml_meter_stop(void);

/* Counts `cost` nanoseconds, about, of work that allocates nothing. False past the ceiling. */
bool xml_meter_spend(uint64_t cost);

/* What libxml2 is to allocate with: see xmlMemSetup() in its manual. */
void *xml_meter_malloc(size_t size);
void *xml_meter_realloc(void *memory, size_t size);
char *xml_meter_strdup(const char *text);

#endif
