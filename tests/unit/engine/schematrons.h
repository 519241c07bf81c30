/* SPDX-License-Identifier: EUPL-1.2 */
/* Schemas and documents in a folder that dies with the test. */
#ifndef TESTS_UNIT_ENGINE_SCHEMATRONS_H
#define TESTS_UNIT_ENGINE_SCHEMATRONS_H

#include "engine/schematron.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/keur-test-schematron-XXXXXX";

#define SCHEMA(content) "<schema xmlns='http://purl.oclc.org/dsdl/schematron'>" content "</schema>"
#define RULE(context, content) SCHEMA("<pattern><rule context='" context "'>" content "</rule></pattern>")

static inline const char *in_folder(struct arena *arena, const char *name)
{
	return str_printf(arena, "%s/%s", folder, name).ptr;
}

static inline void write_text(const char *name, struct str text)
{
	char path[256];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
	fclose(file);
}

struct fixture {
	struct arena *arena;
	struct err err;
	const struct schematron *schema;
	struct doc *doc;
	struct facts facts;
	struct schematron_trace trace;
};

static inline struct fixture load(struct str schema, const char *phase)
{
	struct fixture f = {.arena = arena_new()};
	err_init(&f.err, f.arena);
	write_text("schema.sch", schema);
	f.schema = schematron_load(f.arena, in_folder(f.arena, "schema.sch"), str_of(phase), &f.err);
	return f;
}

static inline void close_fixture(struct fixture *f)
{
	doc_close(f->doc);
	arena_free(f->arena);
}

static inline struct fixture check_text(struct str schema, struct str document, const char *phase)
{
	struct fixture f = load(schema, phase);
	if (!f.schema) fail_msg("%u:%u %s", f.err.loc.line, f.err.loc.column, f.err.message.in[LANG_EN].ptr);
	write_text("document.xml", document);
	f.doc = doc_open_any(in_folder(f.arena, "document.xml"), &f.err);
	assert_non_null(f.doc);
	schematron_check(f.schema, f.doc, NULL, f.arena, &f.facts, SCHEMATRON_EVENTS_AND_RULES, f.arena, &f.trace);
	return f;
}

static inline struct str repeated(
		struct arena *arena, const char *head, const char *item, uint32_t count, const char *tail)
{
	struct strbuf out;
	strbuf_init(&out, 64 << 20);
	strbuf_add(&out, str_of(head));
	for (uint32_t i = 0; i < count; i++)
		strbuf_printf(&out, item, i, i, i);
	strbuf_add(&out, str_of(tail));
	return strbuf_take(&out, arena);
}

static inline void remove_folder(void)
{
	static const char *const files[] = {"schema.sch", "document.xml", "one.sch", "two.sch", "list.xml"};
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		char path[256];
		snprintf(path, sizeof path, "%s/%s", folder, files[i]);
		unlink(path);
	}
	rmdir(folder);
}

#endif
