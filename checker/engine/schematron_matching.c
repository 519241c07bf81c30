/* SPDX-License-Identifier: EUPL-1.2 */
/* Finds the nodes that a pattern matches, and evaluates what does not depend on the node once. */
#include "base/limits.h"
#include "engine/schematron_run.h"

enum { UNKNOWN = KIT_FAILED + 1 };

enum kit_result run_test(struct schematron_run *run, uint32_t expr, const xmlNode *node)
{
	struct run_document *document = run->document;
	bool fixed = run->schema->exprs[expr].form.fixed && node->doc == document->doc->xml->doc;
	if (!fixed) return kit_test(run->kit, expr, node);
	if ((int)document->fixed[expr] == UNKNOWN) document->fixed[expr] = kit_test(run->kit, expr, node);
	return document->fixed[expr];
}

static bool same_name(const struct match_test *test, const xmlNode *node)
{
	const char *uri = node->ns ? (const char *)node->ns->href : "";
	return (!test->local || strcmp(test->local, (const char *)node->name) == 0) &&
		   (!test->uri || strcmp(test->uri, uri) == 0);
}

static bool passes_test(const struct match_test *test, const xmlNode *node)
{
	switch (test->kind) {
	case MATCH_ELEMENT:
		return node->type == XML_ELEMENT_NODE && same_name(test, node);
	case MATCH_ATTRIBUTE:
		return node->type == XML_ATTRIBUTE_NODE && same_name(test, node);
	case MATCH_TEXT:
		return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
	case MATCH_COMMENT:
		return node->type == XML_COMMENT_NODE;
	case MATCH_INSTRUCTION:
		return node->type == XML_PI_NODE;
	case MATCH_NODE:
		return node->type != XML_DOCUMENT_NODE && node->type != XML_ATTRIBUTE_NODE;
	default:
		return node->type == XML_DOCUMENT_NODE;
	}
}

static enum kit_result passes(struct schematron_run *run, const struct match_step *step, const xmlNode *node)
{
	run->scene.work++;
	if (!passes_test(&step->test, node)) return KIT_FALSE;
	for (uint32_t i = 0; i < step->predicate_count; i++) {
		enum kit_result result = run_test(run, step->predicates[i], node);
		if (result != KIT_TRUE) return result;
	}
	return KIT_TRUE;
}

/*
 * Do the steps from `*step` on, each a child of the next, hold from `node` up? `*step` and `*top` are left where a "//"
 * follows, or behind the last.
 */
static enum kit_result passes_part(struct schematron_run *run, const struct match_branch *branch, const xmlNode *node,
		uint32_t *step, const xmlNode **top)
{
	for (uint32_t i = *step; node; i++, node = node->parent) {
		enum kit_result result = passes(run, &branch->steps[i], node);
		if (result != KIT_TRUE) return result;
		if (i + 1 < branch->step_count && !branch->steps[i].deep) continue;
		bool last = i + 1 == branch->step_count;
		if (last && branch->absolute && (!node->parent || node->parent->type != XML_DOCUMENT_NODE)) return KIT_FALSE;
		*step = i + 1;
		*top = node;
		return KIT_TRUE;
	}
	return KIT_FALSE;
}

/* What lies between two "//" is sought as near as it can be: further up can hold no more. */
static enum kit_result matches(struct schematron_run *run, const struct match_branch *branch, const xmlNode *node)
{
	const xmlNode *top = NULL;
	uint32_t step = 0;
	enum kit_result result = passes_part(run, branch, node, &step, &top);
	while (result == KIT_TRUE && step < branch->step_count) {
		const xmlNode *above = top->parent;
		result = KIT_FALSE;
		while (above && result == KIT_FALSE) {
			result = passes_part(run, branch, above, &step, &top);
			above = above->parent;
		}
	}
	return result;
}

/* The first rule of a pattern that matches a node is the only one. */
static void fire(struct schematron_run *run, const xmlNode *node, uint32_t rule)
{
	uint32_t number = index_number(node);
	struct node_index *index = &run->document->index;
	if (!number || node->doc != index->doc || number > index->count || index->stamps[number] == run->epoch) return;
	index->stamps[number] = run->epoch;
	*vec_push(&run->fired) = (struct fired){number, rule, node};
}

static bool match_list(
		struct schematron_run *run, const struct match_branch *branch, uint32_t rule, enum kit_result *why)
{
	const struct node_list *list = &run->document->index.lists[branch->list];
	bool plain = branch->step_count == 1 && !branch->absolute && !branch->steps[0].predicate_count;
	for (size_t i = 0; i < list->count; i++) {
		const xmlNode *node = list->items[i];
		run->scene.work++;
		if (run->document->index.stamps[index_number(node)] == run->epoch) continue;
		enum kit_result result = plain ? KIT_TRUE : matches(run, branch, node);
		if (result == KIT_TRUE) fire(run, node, rule);
		if (result == KIT_TRUE || result == KIT_FALSE) continue;
		*why = result;
		return false;
	}
	return true;
}

static bool match_search(
		struct schematron_run *run, const struct match_branch *branch, uint32_t rule, enum kit_result *why)
{
	xmlXPathObject *found = kit_value(run->kit, branch->expr, (const xmlNode *)run->document->index.doc, why);
	if (!found) return false;
	const xmlNodeSet *set = found->type == XPATH_NODESET ? found->nodesetval : NULL;
	for (int i = 0; set && i < set->nodeNr; i++)
		if (set->nodeTab[i]->type != XML_NAMESPACE_DECL) fire(run, set->nodeTab[i], rule);
	run->scene.work += set ? (uint64_t)set->nodeNr : 0;
	run->xml->object_free(found);
	return true;
}

bool run_match(struct schematron_run *run, const struct match_pattern *pattern, uint32_t rule, enum kit_result *why)
{
	if (run->scene.work > run->scene.ceiling) run->scene.over = true;
	*why = KIT_LIMIT;
	if (run->scene.over) return false;
	for (uint32_t i = 0; i < pattern->count; i++) {
		const struct match_branch *branch = &pattern->branches[i];
		bool ok = branch->expr == SCHEMATRON_NONE ? match_list(run, branch, rule, why)
												  : match_search(run, branch, rule, why);
		if (!ok) return false;
	}
	return true;
}
