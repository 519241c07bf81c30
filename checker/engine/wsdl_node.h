/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What WSDL needs of XML: attributes as text, QNames with the namespaces that are in scope, children by name, and paths
 * that name a construct where XPath would number it. Reads trees and never writes them.
 */
#ifndef KEUR_ENGINE_WSDL_NODE_H
#define KEUR_ENGINE_WSDL_NODE_H

#include "doc/xml_doc.h"

/* A name in a namespace. space.ptr NULL: its prefix is not declared. Both are NUL-terminated beyond their length. */
struct wsdl_name {
	struct str space, local;
};

/* A construct in its document. */
struct wsdl_at {
	const struct doc *doc;
	const xmlNode *node;
};

/* Is it an element of that namespace and name? */
bool wsdl_is(const xmlNode *node, const char *space, const char *local);

/* The first child element of that name, from `from` on (itself included); NULL: none. */
const xmlNode *wsdl_find(const xmlNode *from, const char *space, const char *local);

/* Value of an attribute without surrounding white space, in the arena when it is not one text; ptr NULL: not there.
 * `space` NULL: in no namespace. */
struct str wsdl_attribute(struct arena *arena, const xmlNode *element, const char *space, const char *local);

/* The attribute itself, for its place; NULL: not there. */
const xmlNode *wsdl_attribute_node(const xmlNode *element, const char *space, const char *local);

/* What the QName `text` means at `element`; without prefix it is in the default namespace (WSDL 1.1, 2.1). */
struct wsdl_name wsdl_qname(const xmlNode *element, struct str text, struct arena *arena);

/* "{space}local", for keys and for readers; "prefix:local" as it was written when the prefix is not declared. */
struct str wsdl_clark(struct arena *arena, struct wsdl_name name);

/* Equal on the wire; what has an undeclared prefix equals nothing. */
bool wsdl_same_name(struct wsdl_name a, struct wsdl_name b);

/*
 * The XPath of a construct: /definitions/binding[@name='Zaken']/operation[@name='geefZaak']/input/soap:body. Names take
 * the place of numbers, so that a waiver still fits when operations are added, and the cost is that of the depth.
 */
struct str wsdl_path(struct arena *arena, const xmlNode *node);

/*
 * Which construct an element is, in words that two documents share: the names of what goes over the wire (operations,
 * the elements of messages) and of nothing else, so that a message, binding or port may be called otherwise. Of XML
 * that is no WSDL: the names of the element and those around it.
 */
struct str wsdl_construct(struct arena *arena, const xmlNode *element);

#endif
