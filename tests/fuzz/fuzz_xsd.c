/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Schema sets and documents: the reader of sets, the merge and what libxml2 makes of it, on whatever comes. The input
 * is files with a line "%%%" between them: a document, the entry e.xsd, and a.xsd, b.xsd, c.wsdl, which it may refer
 * to.
 */
#include "doc/doc.h"
#include "engine/xsd.h"
#include "parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct xsd *xsd, struct str text, struct arena *arena)
{
	struct err err;
	struct facts facts = {0};
	err_init(&err, arena);
	struct doc *doc = doc_of_any(STR("d.xml"), text, &err);
	if (doc && doc->xml) {
		xsd_check(xsd, doc, arena, &facts);
		if (!facts.items->undecided && facts.items->violations < facts.result_count) abort();
		for (uint32_t i = 0; i < facts.result_count; i++)
			if (facts.results[i].start > facts.results[i].end || facts.results[i].end > doc->source->bytes.len) abort();
	}
	doc_close(doc);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = {"e.xsd", "a.xsd", "b.xsd", "c.wsdl"};
	parts_begin();
	struct str rest = {(const char *)data, size};
	struct str document = parts_next(&rest);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		parts_write(names[i], parts_next(&rest));
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	const struct xsd *xsd = xsd_load(arena, parts_path("e.xsd"), str_of(parts_folder), &err);
	if (!xsd && !err.message.in[LANG_NL].len) abort();
	if (xsd) check(xsd, document, arena);
	arena_free(arena);
	return 0;
}
