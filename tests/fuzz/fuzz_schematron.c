/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Schematron: the reader of schemas and all that runs, on whatever comes. The input is files with a line "%%%" between
 * them: a document, the schema s.sch, a.sch, which it may include, and a list that is its variable $upl.
 */
#include "doc/xml_doc.h"
#include "engine/schematron.h"
#include "parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is stated has to be whole: places within the document, counts that fit, a trace that begins with a pattern. */
static void look_at(const struct facts *facts, const struct schematron_trace *trace, const struct doc *doc)
{
	for (uint32_t i = 0; i < facts->result_count; i++) {
		const struct result *result = &facts->results[i];
		if (result->rule >= trace->head->rule_count || !facts->items[result->rule].violations) abort();
		if (result->start > result->end || result->end > result->doc->source->bytes.len) abort();
		if (result->doc == doc && !result->message.in[LANG_NL].len) abort();
	}
	if (trace->count && trace->events[0].kind != SCHEMATRON_PATTERN) abort();
}

static void check(const struct schematron *schema, struct str text, struct str listed, struct arena *arena)
{
	struct err err;
	struct facts facts = {0};
	struct schematron_trace trace;
	err_init(&err, arena);
	struct doc *doc = doc_of_any(STR("d.xml"), text, &err);
	struct schematron_list list = {STR("upl"), xml_parse(arena, listed, &err)};
	struct schematron_given given = {.lists = &list, .list_count = list.doc != NULL, .today = STR("2026-11-25")};
	if (doc && doc->xml) {
		schematron_check(schema, doc, &given, arena, &facts, SCHEMATRON_EVENTS_AND_RULES, arena, &trace);
		look_at(&facts, &trace, doc);
	}
	doc_close(doc);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	parts_begin();
	struct str rest = {(const char *)data, size};
	struct str document = parts_next(&rest);
	parts_write("s.sch", parts_next(&rest));
	parts_write("a.sch", parts_next(&rest));
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	const struct schematron *schema = schematron_load(arena, parts_path("s.sch"), STR(""), &err);
	if (!schema && !err.message.in[LANG_NL].len) abort();
	if (schema) check(schema, document, rest, arena);
	arena_free(arena);
	return 0;
}
