/* SPDX-License-Identifier: EUPL-1.2 */
/* Validates documents with a compiled schema set. */
#include <stdlib.h>

#include "base/limits.h"
#include "base/vec.h"
#include "doc/xml_doc.h"
#include "engine/xsd_private.h"

#define SOAP_11 "http://schemas.xmlsoap.org/soap/envelope/"
#define SOAP_12 "http://www.w3.org/2003/05/soap-envelope"

/* One document with one set. */
struct checking {
	const struct xsd *xsd;
	const struct xsd_api *api;
	const struct doc *doc;
	struct arena *arena;
	xmlSchemaValidCtxt *validator;
	struct {
		struct result *items;
		size_t count, capacity;
	} results;
	uint32_t violations, selected;
	bool gave_up;
	struct str why; /* what libxml2 said then */
	int code;       /* of the violation before, */
	const void *at; /* and where it was */
};

static void take_error(void *context, xmlErrorPtr error)
{
	struct checking *checking = context;
	struct xsd_words words;
	if (error->level < XML_ERR_ERROR) return;
	if (error->code == XML_SCHEMAV_INTERNAL || error->domain != XML_FROM_SCHEMASV || !error->node) {
		if (!checking->gave_up && error->message) checking->why = str_copy(checking->arena, str_of(error->message));
		checking->gave_up = true;
		return;
	}
	int before = checking->at == error->node ? checking->code : 0;
	if (checking->results.count == LIMIT_RESULTS_PER_RULE) {
		checking->violations++;
		return;
	}
	if (!xsd_explain(error, before, checking->arena, &words)) return;
	checking->code = error->code;
	checking->at = error->node;
	checking->violations++;
	*vec_push(&checking->results) = (struct result){.severity = SEVERITY_ERROR,
			.message = words.message,
			.expected = words.expected,
			.found = words.found,
			.doc = checking->doc,
			.pointer = xml_path(checking->arena, words.node),
			.start = xml_offset(checking->doc, words.node),
			.end = xml_offset_end(checking->doc, words.node)};
}

/* What libxml2 returns counts only for whether it gave up: what is wrong it has told already. */
static void note_outcome(struct checking *checking, int outcome, uint32_t before)
{
	checking->selected++;
	checking->code = 0;
	checking->at = NULL;
	if (outcome < 0 || (outcome > 0 && checking->violations == before)) checking->gave_up = true;
}

static void check_element(struct checking *checking, const xmlNode *element)
{
	uint32_t before = checking->violations;
	note_outcome(checking, checking->api->validate_element(checking->validator, (xmlNode *)element), before);
}

static struct str namespace_of(const xmlNode *element)
{
	return element->ns && element->ns->href ? str_of((const char *)element->ns->href) : STR("");
}

static bool is_named(const xmlNode *node, struct str ns, const char *name)
{
	return node->type == XML_ELEMENT_NODE && str_eq(namespace_of(node), ns) &&
		   strcmp((const char *)node->name, name) == 0;
}

/* The details of a fault that are of the set; the rest of it is SOAP's. SOAP 1.1 calls them detail, in no namespace. */
static void check_fault(struct checking *checking, const xmlNode *fault, struct str soap)
{
	for (const xmlNode *node = fault->children; node; node = node->next) {
		if (!is_named(node, STR(""), "detail") && !is_named(node, soap, "Detail")) continue;
		for (const xmlNode *detail = node->children; detail; detail = detail->next)
			if (detail->type == XML_ELEMENT_NODE && xsd_has_namespace(checking->xsd, namespace_of(detail)))
				check_element(checking, detail);
	}
}

static void check_part(struct checking *checking, const xmlNode *part, struct str soap)
{
	bool body = is_named(part, soap, "Body");
	if (!body && !is_named(part, soap, "Header")) return;
	for (const xmlNode *node = part->children; node; node = node->next) {
		if (node->type != XML_ELEMENT_NODE) continue;
		if (body && is_named(node, soap, "Fault"))
			check_fault(checking, node, soap);
		else if (body || xsd_has_namespace(checking->xsd, namespace_of(node)))
			check_element(checking, node);
	}
}

static void check_document(struct checking *checking)
{
	const xmlNode *root = checking->doc->xml->root;
	struct str ns = namespace_of(root);
	bool soap = is_named(root, STR(SOAP_11), "Envelope") || is_named(root, STR(SOAP_12), "Envelope");
	if (!soap || xsd_has_namespace(checking->xsd, ns)) {
		note_outcome(checking, checking->api->validate_doc(checking->validator, checking->doc->xml->doc), 0);
		return;
	}
	for (const xmlNode *part = root->children; part; part = part->next)
		check_part(checking, part, ns);
}

static int by_place(const void *a, const void *b)
{
	const struct result *left = a, *right = b;
	return (left->start > right->start) - (left->start < right->start);
}

static void state_fact(const struct checking *checking, struct fact *fact)
{
	*fact = (struct fact){.applies = checking->selected > 0,
			.selected = checking->selected,
			.violations = checking->gave_up ? 0 : checking->violations,
			.cut = checking->violations > checking->results.count,
			.undecided = checking->gave_up};
	if (checking->gave_up)
		fact->why = text_printf(checking->arena, "XML Schema: libxml2 gave up on this document: %.*s",
				"XML Schema: libxml2 gaf het op bij dit document: %.*s", STR_FMT(checking->why));
	else if (!checking->selected)
		fact->why = TEXT("the body of the SOAP envelope holds nothing that the schemas are about",
				"de body van de SOAP-envelop bevat niets waar de schema's over gaan");
}

void xsd_check(const struct xsd *xsd, const struct doc *doc, struct arena *arena, struct facts *facts)
{
	struct err none = {.arena = arena};
	struct checking checking = {.xsd = xsd, .api = xsd_api_load(&none), .doc = doc, .arena = arena, .why = STR("?")};
	struct fact *fact = arena_zalloc(arena, sizeof *fact);
	xsd_api_hush(checking.api);
	checking.validator = checking.api->validator_new(xsd->schema);
	checking.gave_up = !checking.validator;
	if (checking.validator) {
		checking.api->validator_errors(checking.validator, take_error, &checking);
		check_document(&checking);
		checking.api->validator_free(checking.validator);
	}
	state_fact(&checking, fact);
	facts->items = fact;
	facts->result_count = checking.gave_up ? 0 : (uint32_t)checking.results.count;
	facts->results = arena_alloc(arena, facts->result_count * sizeof *facts->results);
	if (facts->result_count) {
		qsort(checking.results.items, facts->result_count, sizeof *facts->results, by_place);
		memcpy(facts->results, checking.results.items, facts->result_count * sizeof *facts->results);
	}
	vec_release(&checking.results);
}
