/* SPDX-License-Identifier: EUPL-1.2 */
/* Setting apart what the official document has as well. */
#include "rule/tolerance.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/folder.h"
#include "base/limits.h"
#include "base/vec.h"
#include "doc/strmap.h"
#include "doc/xml_doc.h"
#include "engine/wsdl_load.h"
#include "rule/artefact.h"
#include "rule/preflight.h"

/* What is wrong with the official documents, by rule and construct. */
struct official {
	const struct judge *judge;
	const struct check *check;
	struct strmap known;
	struct {
		const struct result **items;
		size_t count, capacity;
	} results;
	uint32_t files; /* that were looked at */
};

static void close_doc(void *doc)
{
	doc_close(doc);
}

/* All elements, by their numbers; the caller frees. */
static const xmlNode **list_elements(const struct doc *doc)
{
	const xmlNode **nodes = mem_resize(NULL, (size_t)doc->xml->count + 1, sizeof *nodes);
	uint32_t count = 0;
	for (const xmlNode *node = doc->xml->root; node && count < doc->xml->count;) {
		if (node->type == XML_ELEMENT_NODE) nodes[count++] = node;
		if (node->type == XML_ELEMENT_NODE && node->children) {
			node = node->children;
			continue;
		}
		while (node != doc->xml->root && !node->next)
			node = node->parent;
		node = node == doc->xml->root ? NULL : node->next;
	}
	while (count <= doc->xml->count)
		nodes[count++] = NULL;
	return nodes;
}

/* The last element that begins at or before an offset. */
static uint32_t element_at(const struct doc *doc, uint32_t offset)
{
	uint32_t low = 0, high = doc->xml->count;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (doc->xml->starts[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static struct str key_of(const struct official *official, const xmlNode *const *nodes, const struct result *result)
{
	const xmlNode *node = nodes[element_at(result->doc, result->start)];
	struct arena *arena = official->judge->scratch;
	return node ? str_printf(arena, "%u %.*s", result->rule, STR_FMT(wsdl_construct(arena, node))) : STR("");
}

static struct str target_namespace(const struct judge *judge, const struct doc *doc)
{
	struct str space = wsdl_attribute(judge->scratch, doc->xml->root, NULL, "targetNamespace");
	return space.ptr ? space : STR("");
}

static bool is_same_kind(const struct judge *judge, const struct doc *doc)
{
	const xmlNode *mine = judge->xml->xml->root, *theirs = doc->xml->root;
	if (!wsdl_is(theirs, mine->ns ? (const char *)mine->ns->href : NULL, (const char *)mine->name)) return false;
	if (!wsdl_is_document(doc)) return true;
	return str_eq(target_namespace(judge, judge->xml), target_namespace(judge, doc));
}

static void learn(struct official *official, const struct doc *doc)
{
	const struct judge *judge = official->judge;
	struct check_context context = {.xml = doc, .today = judge->today, .arena = judge->scratch};
	struct judged_check judged = {.state = CHECK_ABSENT};
	standard_run_engine(judge, official->check, &context, &judged);
	if (judged.state != CHECK_RAN) return;
	official->files++;
	const xmlNode **nodes = list_elements(doc);
	for (uint32_t i = 0; i < judged.facts.result_count; i++) {
		const struct result *result = &judged.facts.results[i];
		struct str key = result->doc == doc ? key_of(official, nodes, result) : STR("");
		if (!key.len || strmap_get(&official->known, key)) continue;
		strmap_put(&official->known, key, (uint32_t)official->results.count);
		*vec_push(&official->results) = result;
	}
	free(nodes);
}

static void learn_file(struct official *official, struct str path)
{
	struct err err;
	err_init(&err, official->judge->scratch);
	struct doc *doc = doc_open_any(path.ptr, &err);
	if (!doc) return;
	if (doc->format != DOC_XML || !is_same_kind(official->judge, doc)) {
		doc_close(doc);
		return;
	}
	arena_on_free(official->judge->scratch, close_doc, doc);
	learn(official, doc);
}

/* Files of XML in a folder that was found to be the artefact, and below. */
static void learn_folder(struct official *official, struct str folder, int depth)
{
	struct arena *arena = official->judge->scratch;
	struct str *names;
	uint32_t count = 0;
	struct err err;
	err_init(&err, arena);
	if (depth > LIMIT_ARTEFACT_DEPTH || !folder_list(arena, folder.ptr, &names, &count, &err)) return;
	for (uint32_t i = 0; i < count; i++) {
		struct str path = str_printf(arena, "%.*s/%.*s", STR_FMT(folder), STR_FMT(names[i]));
		struct stat info;
		if (stat(path.ptr, &info) != 0) continue;
		if (S_ISDIR(info.st_mode))
			learn_folder(official, path, depth + 1);
		else if (str_ends(names[i], STR(".wsdl")) || str_ends(names[i], STR(".xml")))
			learn_file(official, path);
	}
}

static void tell_absent(const struct judge *judge, const struct artefact *artefact, struct text why)
{
	for (uint32_t i = 0; i < judge->target->preflight_count; i++)
		if (judge->target->preflight[i].kind == PREFLIGHT_OFFICIAL &&
				str_find_str(judge->target->preflight[i].message.in[LANG_EN], artefact->id) <
						judge->target->preflight[i].message.in[LANG_EN].len)
			return;
	struct preflight preflight = {.kind = PREFLIGHT_OFFICIAL,
			.level = LEVEL_NOTE,
			.loc = {.file = judge->target->path, .line = 1, .column = 1},
			.message = text_printf(judge->target->arena,
					"whether the official documents %.*s have the same faults was not looked at, so all of them count: "
					"%s%.0s",
					"of de officiële documenten %.*s dezelfde fouten hebben is niet bekeken, dus tellen ze alle mee: %.0s%s",
					STR_FMT(artefact->id), why.in[LANG_EN].ptr, why.in[LANG_NL].ptr)};
	preflight_add(judge->target, &preflight);
}

static void learn_artefact(struct official *official, const struct artefact *artefact)
{
	struct artefact_found found;
	if (!artefact_find(artefact, &found))
		tell_absent(official->judge, artefact, found.why);
	else if (artefact->folder)
		learn_folder(official, found.place, 1);
	else
		learn_file(official, found.place);
}

static bool is_used(const struct requirement *requirement, uint32_t check)
{
	for (uint32_t i = 0; i < requirement->use_count; i++)
		if (requirement->uses[i].check == check) return true;
	return false;
}

/* Each artefact that a requirement on this check is tolerated by, once. */
static void learn_all(struct official *official)
{
	const struct ruleset *ruleset = official->judge->ruleset;
	uint32_t number = (uint32_t)(official->check - ruleset->checks);
	for (uint32_t i = 0; i < ruleset->artefact_count; i++) {
		bool named = false;
		for (uint32_t j = 0; j < ruleset->requirement_count && !named; j++) {
			const struct requirement *requirement = &ruleset->requirements[j];
			for (uint32_t k = 0; k < requirement->tolerated_by_count && is_used(requirement, number); k++)
				named = named || requirement->tolerated_by[k] == &ruleset->artefacts[i];
		}
		if (named) learn_artefact(official, &ruleset->artefacts[i]);
	}
}

static void mark(struct official *official, struct facts *facts)
{
	const struct doc *doc = official->judge->xml;
	const xmlNode **nodes = list_elements(doc);
	for (uint32_t i = 0; i < facts->result_count; i++) {
		struct result *result = &facts->results[i];
		if (result->doc != doc) continue;
		const uint32_t *number = strmap_get(&official->known, key_of(official, nodes, result));
		if (!number) continue;
		const struct result *same = official->results.items[*number];
		result->official = true;
		result->basis = same->doc->source;
		result->basis_pointer = same->pointer;
		result->basis_start = same->start;
	}
	free(nodes);
}

void tolerance_mark(const struct judge *judge, const struct check *check, struct facts *facts)
{
	struct official official = {.judge = judge, .check = check};
	if (facts->result_count == 0 || judge->ruleset->artefact_count == 0) return;
	learn_all(&official);
	if (official.results.count) mark(&official, facts);
	strmap_release(&official.known);
	vec_release(&official.results);
}

/* Of the results on a rule, the first that is marked. */
static const struct result *first_marked(const struct judge *judge, const struct requirement *requirement)
{
	for (uint32_t i = 0; i < requirement->use_count; i++) {
		const struct judged_check *check = &judge->checks[requirement->uses[i].check];
		uint32_t rule = requirement->uses[i].rule;
		for (uint32_t j = check->state == CHECK_RAN ? check->first[rule] : 1;
				check->state == CHECK_RAN && j < check->first[rule + 1]; j++)
			if (check->facts.results[check->order[j]].official) return &check->facts.results[check->order[j]];
	}
	return NULL;
}

void tolerance_tell(const struct judge *judge, const struct requirement *requirement)
{
	const struct result *result = first_marked(judge, requirement);
	if (!result) return;
	struct arena *arena = judge->target->arena;
	struct place place = source_locate(result->basis, result->basis_start);
	struct str id = requirement->id, name = result->basis->name;
	struct preflight preflight = {.kind = PREFLIGHT_OFFICIAL,
			.level = LEVEL_NOTE,
			.loc = judge_place(judge, result->doc, result->pointer, result->start),
			.message = text_printf(arena,
					"%.*s: also in the official document (%.*s:%u:%u), and so no fault of this one: %s%.0s",
					"%.*s: staat ook in het officiële document (%.*s:%u:%u), en is dus geen fout van dit: %.0s%s",
					STR_FMT(id), STR_FMT(name), place.line, place.column, result->message.in[LANG_EN].ptr,
					result->message.in[LANG_NL].ptr)};
	preflight_add(judge->target, &preflight);
}
