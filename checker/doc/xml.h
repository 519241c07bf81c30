/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * XML in memory, read by libxml2, which is loaded at its first use.
 *
 * Linking it costs every run the loading of ICU, and few runs meet XML. What is read may be hostile: a text with a
 * DOCTYPE is refused, so that there are no entities but the five of XML itself; nothing is fetched or included; what
 * costs libxml2 more than linear time is counted before it sees the text. XML 1.0 in UTF-8 only: of another encoding
 * the counting would say nothing.
 */
#ifndef KEUR_DOC_XML_H
#define KEUR_DOC_XML_H

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "base/err.h"
#include "base/shared.h"
#include "doc/xml_scan.h"

/* What keur uses of libxml2, with the meaning of its own manual. */
struct xml_api {
	void (*init)(void);
	void (*set_loader)(xmlExternalEntityLoader loader);
	xmlParserCtxt *(*parser_new)(void);
	void (*parser_free)(xmlParserCtxt *parser);
	xmlDoc *(*parse)(xmlParserCtxt *parser, xmlInputReadCallback read, xmlInputCloseCallback close, void *from,
			const char *url, const char *encoding, int options);
	void (*doc_free)(xmlDoc *doc);
	xmlNode *(*root)(const xmlDoc *doc);
	void (*free_memory)(void *memory);
	xmlXPathContext *(*context_new)(xmlDoc *doc);
	void (*context_free)(xmlXPathContext *context);
	int (*register_namespace)(xmlXPathContext *context, const xmlChar *prefix, const xmlChar *uri);
	xmlXPathCompExpr *(*compile)(xmlXPathContext *context, const xmlChar *text);
	void (*compiled_free)(xmlXPathCompExpr *compiled);
	xmlXPathObject *(*evaluate)(xmlXPathCompExpr *compiled, xmlXPathContext *context);
	void (*object_free)(xmlXPathObject *object);
	int (*to_boolean)(xmlXPathObject *object);
	xmlChar *(*to_string)(xmlXPathObject *object);
	void (*set_generic_error)(void *context, xmlGenericErrorFunc handler);
	long (*number_elements)(xmlDoc *doc);
	void (*sort)(xmlNodeSet *set);
	void (*set_content)(xmlNode *node, const xmlChar *content);
	xmlChar *(*escape)(const xmlDoc *doc, const xmlChar *text);
	void (*print)(xmlDoc *doc, xmlChar **out, int *size, const char *encoding);
	int (*register_function)(xmlXPathContext *context, const xmlChar *name, xmlXPathFunction function);
	xmlXPathObject *(*pop)(xmlXPathParserContext *evaluation);
	int (*push)(xmlXPathParserContext *evaluation, xmlXPathObject *object);
	xmlXPathObject *(*convert_string)(xmlXPathObject *object);
	void (*raise)(xmlXPathParserContext *evaluation, int error);
	xmlXPathFunction translate, contains, before, after, concat; /* of XPath 1.0 */
	int (*set_memory)(xmlFreeFunc free, xmlMallocFunc malloc, xmlReallocFunc realloc, xmlStrdupFunc strdup);
};

/* libxml2 and its functions; any thread may ask. NULL, with ERR_IO, when it is not installed or lacks one. */
const struct xml_api *xml_load(struct err *err);

/* A text that libxml2 may load by a name of our own, instead of a file. */
struct xml_served {
	const char *name;
	const char *text; /* UTF-8 without declaration and byte order mark, ended by a NUL */
};

/*
 * What libxml2 may load on this thread from now on, until the next call: these texts, which outlive that, and nothing
 * else. It begins, and with a count of 0 it is again, nothing at all.
 */
void xml_serve(const struct xml_served *texts, size_t count);

/* Looks up more functions of libxml2, for a module that alone uses them; once, of what it keeps for ever. False with
 * ERR_IO. */
bool xml_symbols(const struct shared_symbol *symbols, size_t count, struct err *err);

/*
 * The document in `bytes`, which lives as long as the arena; the bytes are no longer needed. NULL with ERR_SYNTAX and
 * the place when they are no well-formed XML 1.0, with ERR_LIMIT past a ceiling (LIMIT_XML_...), with ERR_UNDECIDED
 * when they have a DOCTYPE or are in another encoding than UTF-8, with ERR_IO when libxml2 is not there.
 */
xmlDoc *xml_parse(struct arena *arena, struct str bytes, struct err *err);

/* The same of UTF-8 without a byte order mark, under other ceilings; `starts` as xml_scan() has it. */
xmlDoc *xml_parse_within(struct arena *arena, struct str bytes, const struct xml_ceilings *ceilings,
		struct xml_starts *starts, struct err *err);

/* Elements and attributes of a document that xml_parse() gave. */
uint64_t xml_nodes(const xmlDoc *doc);

/* The document as a text in the arena, in UTF-8; with an XML declaration only when `declared`. False: ERR_LIMIT. */
bool xml_print(xmlDoc *doc, bool declared, struct arena *arena, struct str *out, struct err *err);

#endif
