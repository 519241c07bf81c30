/*
 * Schematron: the reader of schemas and all that runs, on whatever comes. The input is files with a line "%%%" between
 * them: a document, the schema s.sch, a.sch, which it may include, and a list that is its variable $upl.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "doc/xml_doc.h"
#include "engine/schematron.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[64];

static void leave(void)
{
	char command[128];
	snprintf(command, sizeof command, "rm -r %s", folder);
	if (system(command) != 0) abort();
}

static void put(const char *name, struct str text)
{
	char path[128];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "w");
	if (!file) abort();
	fwrite(text.ptr, 1, text.len, file);
	fclose(file);
}

static struct str next_part(struct str *rest)
{
	struct str part = {rest->ptr, str_find_str(*rest, STR("\n%%%\n"))};
	*rest = str_skip(*rest, part.len + 5);
	return part;
}

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
	if (!folder[0]) {
		snprintf(folder, sizeof folder, "/tmp/keur-fuzz-XXXXXX");
		if (!mkdtemp(folder)) abort();
		atexit(leave);
	}
	struct str rest = {(const char *)data, size};
	struct str document = next_part(&rest);
	put("s.sch", next_part(&rest));
	put("a.sch", next_part(&rest));
	struct arena *arena = arena_new();
	struct err err;
	char path[128];
	err_init(&err, arena);
	snprintf(path, sizeof path, "%s/s.sch", folder);
	const struct schematron *schema = schematron_load(arena, path, STR(""), &err);
	if (!schema && !err.message.in[LANG_NL].len) abort();
	if (schema) check(schema, document, rest, arena);
	arena_free(arena);
	return 0;
}
