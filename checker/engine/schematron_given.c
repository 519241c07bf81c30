/* SPDX-License-Identifier: EUPL-1.2 */
/* What a run of a schema is given from outside: documents as values of variables, and the day. */
#include <stdlib.h>

#include "engine/schematron_run.h"

/* A list, opened as the document that is checked is: its nodes are numbered, and found by the keys of the schema. */
struct run_list {
	struct xml_tree tree;
	struct doc doc;
	struct run_document document;
};

static uint32_t list_count(const struct schematron_run *run)
{
	return run->given ? run->given->list_count : 0;
}

xmlXPathObject *run_given(const struct schematron_run *run, const struct schematron_let *variable)
{
	if (!run->given) return NULL;
	if (variable->kind == LET_TODAY)
		return run->given->today.len ? run->api->new_string((const xmlChar *)run->given->today.ptr) : NULL;
	for (uint32_t i = 0; i < run->given->list_count; i++)
		if (str_eq(run->given->lists[i].name, variable->name))
			return run->api->new_set((xmlNode *)run->given->lists[i].doc);
	return NULL;
}

void run_open_lists(struct schematron_run *run)
{
	uint32_t count = list_count(run);
	if (!count) return;
	const struct node_keys **keys = arena_alloc(run->arena, count * sizeof *keys);
	run->lists = mem_resize(NULL, count, sizeof *run->lists);
	for (uint32_t i = 0; i < count; i++) {
		struct run_list *list = &run->lists[i];
		*list = (struct run_list){.tree = {.doc = run->given->lists[i].doc}, .doc = {.format = DOC_XML}};
		list->doc.xml = &list->tree;
		run_open(run, &list->document, &list->doc);
		run->list_nodes += list->document.index.count;
		keys[i] = &list->document.keys;
	}
	run->scene.lists = keys;
	run->scene.list_count = count;
}

void run_close_lists(struct schematron_run *run)
{
	for (uint32_t i = 0; i < list_count(run); i++)
		run_close(run, &run->lists[i].document);
	free(run->lists);
}
