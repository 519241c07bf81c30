/* SPDX-License-Identifier: EUPL-1.2 */
/* Running a compiled schema on a document: what the files that do it share. */
#ifndef KEUR_ENGINE_SCHEMATRON_RUN_H
#define KEUR_ENGINE_SCHEMATRON_RUN_H

#include "base/vec.h"
#include "engine/schematron_api.h"
#include "engine/schematron_index.h"
#include "engine/schematron_kit.h"
#include "engine/schematron_set.h"

/* A document that rules are tried on: the one that is checked, or one that a pattern names. */
struct run_document {
	const struct doc *doc;
	struct node_index index;
	struct node_keys keys;
	enum kit_result *fixed; /* of each expression that is the same for every node; KIT_FAILED + 1: not known yet */
};

/* A rule that matched a node. */
struct fired {
	uint32_t number; /* of the node */
	uint32_t rule;   /* index in the pattern */
	const xmlNode *node;
};

struct schematron_run {
	const struct schematron *schema;
	const struct schematron_api *api;
	const struct xml_api *xml;
	struct schematron_kit *kit;
	struct schematron_scene scene;
	struct arena *arena;
	struct facts *facts;
	enum schematron_detail detail;
	struct arena *keep;
	struct schematron_trace *trace;
	struct run_document *document; /* the one at hand */
	struct {
		struct result *items;
		size_t count, capacity;
	} results;
	struct {
		struct schematron_event *items;
		size_t count, capacity;
	} events;
	struct {
		struct fired *items;
		size_t count, capacity;
	} fired;
	uint64_t epoch;                       /* of stamps */
	size_t value_bytes;                   /* of variables */
	const struct schematron_given *given; /* NULL: nothing */
	struct run_list *lists;               /* as given->lists, opened */
	uint64_t list_nodes;
};

/* Nodes that match a pattern and have no stamp of this epoch get one, and are added to run->fired with `rule`. False
 * with the reason when it cannot be evaluated. */
bool run_match(struct schematron_run *run, const struct match_pattern *pattern, uint32_t rule, enum kit_result *why);

/* boolean() at a node; of what is the same for every node only once. */
enum kit_result run_test(struct schematron_run *run, uint32_t expr, const xmlNode *node);

/* Gives a variable its value at a node. */
void run_let(struct schematron_run *run, uint32_t let, const xmlNode *node);

/* The value of a variable that comes from outside, or NULL. */
xmlXPathObject *run_given(const struct schematron_run *run, const struct schematron_let *variable);

/* The lists that are given, opened before any other document; and their end. */
void run_open_lists(struct schematron_run *run);
void run_close_lists(struct schematron_run *run);

/* Finds the nodes of every key of the document at hand. */
void run_keys(struct schematron_run *run);

/* A message at a node, in each language. */
struct text run_message(
		struct schematron_run *run, struct arena *arena, const struct schematron_message *message, const xmlNode *node);

/* The document at hand, opened; and its end. */
void run_open(struct schematron_run *run, struct run_document *document, const struct doc *doc);
void run_close(struct schematron_run *run, struct run_document *document);

#endif
