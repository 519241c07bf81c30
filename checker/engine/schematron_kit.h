/*
 * Evaluation of the expressions of a schema by libxml2. A kit is a context with compiled expressions; libxml2 writes
 * into both while it evaluates, so that one thread at a time has it. Kits are made when they are needed and kept.
 */
#ifndef KEUR_ENGINE_SCHEMATRON_KIT_H
#define KEUR_ENGINE_SCHEMATRON_KIT_H

#include "engine/schematron_model.h"

/* More of libxml2, with the meaning of its own manual. */
struct schematron_api {
	xmlXPathObject *(*pop)(xmlXPathParserContext *context);
	int (*push)(xmlXPathParserContext *context, xmlXPathObject *object);
	void (*raise)(xmlXPathParserContext *context, int code);
	int (*equal)(xmlXPathParserContext *context);
	int (*not_equal)(xmlXPathParserContext *context);
	int (*compare)(xmlXPathParserContext *context, int less, int strict);
	void (*sort)(xmlNodeSet *set);
	int (*add)(xmlNodeSet *set, xmlNode *node);
	xmlXPathObject *(*new_set)(xmlNode *node);
	xmlXPathObject *(*new_boolean)(int value);
	xmlXPathObject *(*copy)(xmlXPathObject *object);
	double (*text_number)(const xmlChar *text);
	int (*set_cache)(xmlXPathContext *context, int active, int value, int options);
	int (*test)(xmlXPathCompExpr *expr, xmlXPathContext *context);
};

/* What the functions of an expression may ask. */
struct schematron_scene {
	xmlXPathObject **variables;    /* of each let; NULL: it could not be evaluated */
	const xmlNode *current;        /* what current() is */
	const struct node_keys *keys;  /* of the document, for key() */
	uint64_t limit;                /* operations of one evaluation */
	uint64_t work;                 /* operations so far */
	bool over;                     /* LIMIT_SCHEMATRON_WORK is reached: nothing is evaluated any more */
};

struct schematron_kit {
	const struct schematron *schema;
	xmlXPathContext *context;
	xmlXPathCompExpr **compiled; /* of each expression, NULL until it is needed */
	struct schematron_scene *scene;
	struct strbuf text; /* work space */
	struct schematron_kit *next;
};

/* The functions of libxml2; NULL with ERR_IO. */
const struct schematron_api *kit_api(struct err *err);

/* Makes a loaded schema ready for kits, which end with the arena. */
void kit_prepare(struct arena *arena, struct schematron *schema);

/* A kit for one run, and back. NULL with ERR_IO or ERR_LIMIT. */
struct schematron_kit *kit_take(const struct schematron *schema, struct schematron_scene *scene, struct err *err);
void kit_return(struct schematron_kit *kit);

/* What became of an evaluation. */
enum kit_result { KIT_FALSE, KIT_TRUE, KIT_LIMIT, KIT_FAILED };

/* boolean() of an expression at a node. */
enum kit_result kit_test(struct schematron_kit *kit, uint32_t expr, const xmlNode *node);

/* Its value, to be freed with xml_api.object_free(), or NULL; `result` then says why. */
xmlXPathObject *kit_value(struct schematron_kit *kit, uint32_t expr, const xmlNode *node, enum kit_result *result);

/* Adds what string() makes of a value, at most LIMIT_MESSAGE_BYTES of it. */
void kit_text(xmlXPathObject *value, struct strbuf *out);

#endif
