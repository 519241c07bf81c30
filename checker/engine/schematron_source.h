/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The files of a Schematron schema as one tree of elements: includes are followed, parameters of abstract patterns
 * filled in.
 */
#ifndef KEUR_ENGINE_SCHEMATRON_SOURCE_H
#define KEUR_ENGINE_SCHEMATRON_SOURCE_H

#include "engine/schematron_model.h"

/* The files through which an element was reached. */
struct schematron_chain {
	struct str path;
	const struct schematron_chain *outer;
	unsigned depth;
};

/* Parameters of an abstract pattern. */
struct schematron_param {
	struct str name, value;
};

struct schematron_params {
	struct schematron_param *items;
	uint32_t count;
};

/* An element of the schema, and how it came there. */
struct schematron_element {
	const struct doc *doc;
	const xmlNode *node;
	const struct schematron_chain *chain;
	const struct schematron_params *params; /* NULL: none */
};

struct schematron_source {
	struct arena *arena;
	struct err *err;
	struct str folder; /* of the schema */
	struct {
		struct schematron_file *items;
		size_t count, capacity;
	} files;
	uint32_t parts; /* so far, against LIMIT_SCHEMATRON_PARTS */
};

/* Opens the schema itself; ends with source_release(). False with `err`. */
bool source_open(struct schematron_source *source, const char *path, struct schematron_element *root);
void source_release(struct schematron_source *source);

/* Is it an element of Schematron with that name? */
bool element_is(struct schematron_element element, const char *name);

/* Is it an element of Schematron at all? */
bool element_is_ours(const xmlNode *node);

/* The attribute of that name, without namespace; NULL when there is none. */
const xmlAttr *element_attribute_node(struct schematron_element element, const char *name);

/* Its value, parameters filled in, or {NULL, 0}. Sets an error past LIMIT_SCHEMATRON_EXPRESSION_BYTES. */
struct str element_attribute(struct schematron_source *source, struct schematron_element element, const char *name);

/* The value of the nearest xml:lang, empty when there is none. */
struct str element_lang(const xmlNode *node);

/* All text inside. */
struct str element_text(struct arena *arena, const xmlNode *node);

/* Is "true" an attribute's value? */
bool element_flag(struct schematron_source *source, struct schematron_element element, const char *name);

/* Sets an error at an attribute of the element, or at the element itself when `attribute` is NULL or not there. False.
 */
bool element_fail(const struct schematron_source *source, struct schematron_element element, const char *attribute,
		struct text message);

/* The element that an include or an extends names with href. */
bool source_follow(struct schematron_source *source, struct schematron_element from, struct schematron_element *to);

/* What to do with a child element; false ends the walk. */
typedef bool element_visit(void *context, struct schematron_element child);

/* Visits each child element of Schematron, what is included in place of the include; `allowed` ends with NULL: others
 * are an error. Elements of other namespaces go to `foreign`, or are left out when that is NULL. */
bool source_children(struct schematron_source *source, struct schematron_element parent, const char *const *allowed,
		element_visit *visit, element_visit *foreign, void *context);

/* Counts one more part of the schema; false with ERR_LIMIT. */
bool source_count(struct schematron_source *source, struct schematron_element element);

#endif
