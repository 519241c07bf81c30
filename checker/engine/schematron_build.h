/* SPDX-License-Identifier: EUPL-1.2 */
/* Making a compiled schema: what the files that do it share. */
#ifndef KEUR_ENGINE_SCHEMATRON_BUILD_H
#define KEUR_ENGINE_SCHEMATRON_BUILD_H

#include "base/vec.h"
#include "doc/strmap.h"
#include "engine/schematron_source.h"

/* A pattern as written. */
struct build_pattern {
	struct schematron_element element;
	struct str id;
	bool abstract;
	uint32_t position; /* among those that are not abstract, from 1 */
};

/* A variable of a pattern with the name of one of the schema. */
struct build_hiding {
	struct schematron_element element;
	struct str name;
	uint32_t number;
};

struct schematron_build {
	struct schematron_source source;
	struct arena *arena;
	struct err *err;
	struct schematron_element root;
	struct str phase;
	struct {
		struct schematron_namespace *items;
		size_t count, capacity;
	} namespaces;
	struct {
		struct build_pattern *items;
		size_t count, capacity;
	} patterns; /* all of them */
	struct {
		struct schematron_element *items;
		size_t count, capacity;
	} lets, phases, keys, notes, given;
	struct {
		struct schematron_expr *items;
		size_t count, capacity;
	} exprs;
	struct {
		struct schematron_let *items;
		size_t count, capacity;
	} variables;
	struct {
		struct build_hiding *items;
		size_t count, capacity;
	} hiding;
	struct {
		struct match_test *items;
		size_t count, capacity;
	} lists;
	struct {
		struct schematron_name *items;
		size_t count, capacity;
	} names;
	struct strmap expr_index, variable_index, list_index, name_index, pattern_index, note_index, key_index,
			prefix_index;
	/* Where an expression stands: */
	uint32_t pattern; /* index among the active patterns; SCHEMATRON_NONE: outside */
	uint32_t rule;    /* number of the rule; SCHEMATRON_NONE: outside */
	bool in_phase;
	uint32_t concrete;   /* patterns that are not abstract */
	uint32_t rule_count; /* of the whole schema so far */
	struct strbuf newer; /* of a later query binding: constructs of XPath 2 that were met, one a line */
	uint32_t newer_count;
	bool collecting; /* only looking for those */
};

/* Compiles `text`, the value of that attribute; false with `err`. `context`: it stands in the context of a rule. */
bool build_text(struct schematron_build *build, struct schematron_element element, const char *attribute,
		struct str text, bool context, uint32_t *expr);

/* The same of an attribute that has to be there. */
bool build_expr(
		struct schematron_build *build, struct schematron_element element, const char *attribute, uint32_t *expr);

/* What an expression would become, without keeping it. */
bool build_try(struct schematron_build *build, struct str text, bool context, struct xpath_form *form);

/* Adds a variable of the place where we are; false when there is one of that name. */
bool build_let(struct schematron_build *build, struct schematron_element element);

/* When all is built: false when a pattern hides a variable of the schema to no end. */
bool build_hidden(struct schematron_build *build);

/* Adds a variable of the schema that is given from outside; false when there is one of that name. `element` says where.
 */
bool build_given(struct schematron_build *build, struct schematron_element element, struct str name, bool list);

/* Compiles an attribute as a pattern of XSLT. */
bool build_match(struct schematron_build *build, struct schematron_element element, const char *attribute,
		struct match_pattern *pattern);

/* Compiles what stands inside an element as a message. */
bool build_message(
		struct schematron_build *build, struct schematron_element element, struct schematron_message *message);

/* A message without its values, for titles. */
struct text build_title(struct arena *arena, const struct schematron_message *message);

/* Compiles the rules of a pattern; `own` has the parameters, `from` the rules where that is an abstract one. */
bool build_rules(struct schematron_build *build, const struct build_pattern *own, struct schematron_element from,
		struct schematron_pattern *pattern);

/* Bits of the languages that something in language `lang` is for. */
unsigned build_langs(struct str lang);

#endif
