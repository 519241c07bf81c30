/* SPDX-License-Identifier: EUPL-1.2 */
/* What Schematron needs of libxml2 beyond doc/xml. */
#ifndef KEUR_ENGINE_SCHEMATRON_API_H
#define KEUR_ENGINE_SCHEMATRON_API_H

#include "doc/xml.h"

/* More of libxml2, with the meaning of its own manual. */
struct schematron_api {
	xmlXPathObject *(*pop)(xmlXPathParserContext *context);
	int (*push)(xmlXPathParserContext *context, xmlXPathObject *object);
	void (*raise)(xmlXPathParserContext *context, int code);
	int (*equal)(xmlXPathParserContext *context);
	int (*not_equal)(xmlXPathParserContext *context);
	int (*compare)(xmlXPathParserContext *context, int less, int strict);
	void (*reset_error)(xmlError *error);
	void (*sort)(xmlNodeSet *set);
	int (*add)(xmlNodeSet *set, xmlNode *node);
	xmlXPathObject *(*new_set)(xmlNode *node);
	xmlXPathObject *(*new_boolean)(int value);
	xmlXPathObject *(*new_number)(double value);
	xmlXPathObject *(*new_string)(const xmlChar *text);
	xmlXPathObject *(*copy)(xmlXPathObject *object);
	double (*text_number)(const xmlChar *text);
	int (*set_cache)(xmlXPathContext *context, int active, int value, int options);
	int (*test)(xmlXPathCompExpr *expr, xmlXPathContext *context);
	/* Functions of XPath that get a count in front. */
	xmlXPathFunction string, concat, starts_with, contains, substring_before, substring_after, substring, string_length,
			normalize_space, translate, number, sum, id;
};

/* The functions of libxml2; NULL with ERR_IO. */
const struct schematron_api *schematron_api(struct err *err);

#endif
