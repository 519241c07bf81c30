/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * XML as a document of keur: the tree of libxml2, and the place of each node in the text, right beyond line 65,535,
 * where libxml2 stops counting, and with columns, which it does not have.
 *
 * Const after reading, but XPath of libxml2 writes into a tree: a document belongs to one thread at a time.
 */
#ifndef KEUR_DOC_XML_DOC_H
#define KEUR_DOC_XML_DOC_H

#include "doc/doc.h"
#include "doc/xml.h"

struct xml_tree {
	xmlDoc *doc;
	xmlNode *root;
	const uint32_t *starts; /* byte offset of the "<" of each element, in document order */
	uint32_t count;         /* elements */
};

/* Could `text` begin an XML document? A "<" with what may follow it. */
bool xml_begins(struct str text);

/*
 * Reads doc->source as XML 1.0 in UTF-8 into doc->xml, sets format and root. For doc_open_any(). Ceilings are
 * LIMIT_XML_DOCUMENT_BYTES and _NODES; errors as xml_parse(), with the file.
 */
bool xml_read(struct doc *doc, struct err *err);

/* Number of an element in document order, from 0. */
static inline uint32_t xml_number(const xmlNode *element)
{
	return (uint32_t)(-(intptr_t)element->content - 1);
}

/*
 * Where a node begins, as byte offset into the source: an element at its "<", an attribute at its name, anything else
 * behind the start tag of its parent. A declaration of a namespace counts as its element. 0 for the document itself.
 */
uint32_t xml_offset(const struct doc *doc, const xmlNode *node);

/* Behind what xml_offset() begins: the name of an element or attribute; for excerpts. */
uint32_t xml_offset_end(const struct doc *doc, const xmlNode *node);

/*
 * The number of an element among the siblings of its name, of a text, comment or instruction among those of its kind,
 * from 1; 0 when it is the only one. Written into the tree, once for a parent.
 */
uint32_t xml_position(const xmlNode *node);

/* Behind the end tag of an element, and where the value in quotes of an attribute begins and ends. */
uint32_t xml_offset_behind(const struct doc *doc, const xmlNode *element);
bool xml_value_span(const struct doc *doc, const xmlNode *attribute, uint32_t *start, uint32_t *end);

/*
 * The place in words of XPath: /soap:Envelope/soap:Body/zkn:zakLk01/zkn:object[2]/@zkn:naam. Names are written with the
 * prefixes of the document, without one where it has none; a position is given where siblings have the same name.
 */
struct str xml_path(struct arena *arena, const xmlNode *node);

/* The same for programs: an XPath 1.0 that finds the node without knowing a prefix, for what is in a namespace is
 * *[local-name() = 'zakLk01' and namespace-uri() = 'http://...']. */
struct str xml_location(struct arena *arena, const xmlNode *node);

#endif
