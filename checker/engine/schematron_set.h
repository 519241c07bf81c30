/* SPDX-License-Identifier: EUPL-1.2 */
/* Sets of nodes of libxml2, compared and joined in time that grows with their size and not with its square. */
#ifndef KEUR_ENGINE_SCHEMATRON_SET_H
#define KEUR_ENGINE_SCHEMATRON_SET_H

#include "base/str.h"
#include "doc/xml.h"

enum set_operator { SET_EQUAL, SET_NOT_EQUAL, SET_LESS, SET_LESS_EQUAL, SET_MORE, SET_MORE_EQUAL };

/* Compares as XPath 1.0, 3.4 has it; at least one of the two is a set. */
bool set_compare(xmlXPathObject *left, xmlXPathObject *right, enum set_operator operator);

/* Adds the nodes of `right` to `left`, in the order of the document, each once. */
void set_join(xmlXPathObject *left, const xmlXPathObject *right);

/* Puts the nodes in the order of the document, each once. */
void set_tidy(xmlXPathObject *set);

/* A new set of the nodes of `set` and all below them, up to somewhat more than `room`. */
xmlXPathObject *set_below(xmlXPathObject *set, uint64_t room);

/* The string-value of a node: borrowed from it, or else collected in `buf`. */
struct str xml_value(const xmlNode *node, struct strbuf *buf);

/* Adds what string() makes of a value, at most LIMIT_MESSAGE_BYTES of it. */
void set_text(xmlXPathObject *value, struct strbuf *out);

#endif
