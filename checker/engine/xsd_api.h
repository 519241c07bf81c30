/* SPDX-License-Identifier: EUPL-1.2 */
/* What keur uses of the XML Schema part of libxml2 (xmlschemas.h), loaded at its first use. */
#ifndef KEUR_ENGINE_XSD_API_H
#define KEUR_ENGINE_XSD_API_H

#include <libxml/xmlschemas.h>

#include "doc/xml.h"

struct xsd_api {
	const struct xml_api *xml;
	void (*init_types)(void);
	xmlSchemaParserCtxt *(*parser_new)(const char *text, int size);
	void (*parser_free)(xmlSchemaParserCtxt *parser);
	void (*parser_errors)(xmlSchemaParserCtxt *parser, xmlStructuredErrorFunc take, void *context);
	xmlSchema *(*parse)(xmlSchemaParserCtxt *parser);
	void (*schema_free)(xmlSchema *schema);
	xmlSchemaValidCtxt *(*validator_new)(xmlSchema *schema);
	void (*validator_free)(xmlSchemaValidCtxt *validator);
	void (*validator_errors)(xmlSchemaValidCtxt *validator, xmlStructuredErrorFunc take, void *context);
	int (*validate_doc)(xmlSchemaValidCtxt *validator, xmlDoc *doc);
	int (*validate_element)(xmlSchemaValidCtxt *validator, xmlNode *element);
};

/* Any thread may ask. NULL, with ERR_IO, when libxml2 is not installed or lacks one of these. */
const struct xsd_api *xsd_api_load(struct err *err);

/* Keeps libxml2 from writing to standard error, on this thread. */
void xsd_api_hush(const struct xsd_api *api);

#endif
