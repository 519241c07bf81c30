/*
 * Schema sets and documents: the reader of sets, the merge and what libxml2 makes of it, on whatever comes. The input
 * is files with a line "%%%" between them: a document, the entry e.xsd, and a.xsd, b.xsd, c.wsdl, which it may refer
 * to.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "doc/doc.h"
#include "engine/xsd.h"

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
	if (!folder[0]) {
		snprintf(folder, sizeof folder, "/tmp/keur-fuzz-XXXXXX");
		if (!mkdtemp(folder)) abort();
		atexit(leave);
	}
	struct str rest = {(const char *)data, size};
	struct str document = next_part(&rest);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		put(names[i], next_part(&rest));
	struct arena *arena = arena_new();
	struct err err;
	char path[128];
	err_init(&err, arena);
	snprintf(path, sizeof path, "%s/e.xsd", folder);
	const struct xsd *xsd = xsd_load(arena, path, str_of(folder), &err);
	if (!xsd && !err.message.in[LANG_NL].len) abort();
	if (xsd) check(xsd, document, arena);
	arena_free(arena);
	return 0;
}
