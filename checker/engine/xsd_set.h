/* SPDX-License-Identifier: EUPL-1.2 */
/* A schema set as read: its schemas, and which of them each includes and imports. What xsd_*.c share. */
#ifndef KEUR_ENGINE_XSD_SET_H
#define KEUR_ENGINE_XSD_SET_H

#include "doc/xml_doc.h"
#include "engine/xsd.h"
#include "engine/xsd_api.h"
#include "engine/xsd_folder.h"

#define XSD_NAMESPACE "http://www.w3.org/2001/XMLSchema"
#define XML_NAMESPACE "http://www.w3.org/XML/1998/namespace"

/* An xs:include or xs:import. */
struct xsd_link {
	const xmlNode *element;
	const xmlNode *location; /* its schemaLocation; NULL: none */
	bool import;
	uint32_t target; /* of an include: the schema; UINT32_MAX: it is not there */
};

/* A schema, for one namespace: what has no namespace of its own counts once for each that includes it. */
struct xsd_source {
	const struct doc *doc;
	const xmlNode *schema; /* the root of the document, or one in `types` of WSDL */
	struct str below;      /* path of its file below the root of the folder */
	struct str ns;         /* empty: none */
	struct {
		struct xsd_link *items;
		size_t count, capacity;
	} links;
};

struct xsd_set {
	struct arena *arena;
	struct xsd_folder folder;
	struct {
		struct xsd_source *items;
		size_t count, capacity;
	} sources;
	struct {
		struct xsd_opened {
			struct str below;
			struct doc *doc;
			bool walked; /* WSDL: its schemas have been taken */
		} * items;
		size_t count, capacity;
	} files;
	struct {
		struct str *items;
		size_t count, capacity;
	} namespaces; /* of the sources, in the order in which they were met */
	struct {
		struct xsd_remark *items;
		size_t count, capacity;
	} remarks;
	size_t bytes, nodes, links;
};

/* Reads the set into an empty `set`, with its arena and folder; false with the error. Either way xsd_set_release(). */
bool xsd_set_read(struct xsd_set *set, struct err *err);

/* Ends the documents and the work space. */
void xsd_set_release(struct xsd_set *set);

/* Value of an attribute without namespace, borrowed; ptr NULL when it is not there. */
struct str xsd_attribute(const xmlNode *element, const char *name, const xmlNode **attribute);

/* Is it the element of XML Schema with that name? */
bool xsd_is(const xmlNode *node, const char *name);

/* Could libxml2 compile the set in reasonable time? False with ERR_LIMIT and the type that is too large. */
bool xsd_admit(const struct xsd_set *set, struct err *err);

/* A text per schema (the first ones) and per namespace, for libxml2 to load by name; and the text that imports all. */
struct xsd_texts {
	struct xml_served *items;
	size_t count;
	struct str entry;
};

/* Writes the texts, in `arena`. */
void xsd_merge(const struct xsd_set *set, struct arena *arena, struct xsd_texts *texts);

/* Compiles the texts; NULL with ERR_RULES or ERR_UNDECIDED. */
xmlSchema *xsd_compile(const struct xsd_set *set, const struct xsd_texts *texts, struct err *err);

#endif
