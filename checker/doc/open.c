/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Opening documents: which reader reads what. Apart from doc.c, on which the readers build, so that modules form no
 * loop.
 */
#include <stdlib.h>

#include "base/limits.h"
#include "doc/doc.h"
#include "doc/json.h"
#include "doc/xml_doc.h"
#include "doc/xml_encoding.h"
#include "doc/yaml.h"

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* From the first character that is no white space. */
static struct str beginning(struct str bytes)
{
	size_t at = str_starts(bytes, STR("\xEF\xBB\xBF")) ? 3 : 0;
	while (at < bytes.len && is_space(bytes.ptr[at]))
		at++;
	return str_skip(bytes, at);
}

/* JSON by its first character, or by its name. */
static bool looks_like_json(const struct source *source)
{
	struct str text = beginning(source->bytes);
	if (text.len > 0 && (text.ptr[0] == '{' || text.ptr[0] == '[')) return true;
	return str_ends(source->name, STR(".json"));
}

static void forget(struct doc *doc)
{
	doc->root = NULL;
	doc->diagnostic_count = 0;
	doc->diagnostics_cut = doc->duplicates_cut = false;
}

/* First of all, so that no ceiling keeps it out. */
static void remark_not_json(struct doc *doc, const struct err *json_err)
{
	struct place place = {json_err->loc.line, json_err->loc.column};
	uint32_t start = (uint32_t)source_offset(doc->source, place);
	doc_remark(doc,
			(struct diagnostic){.kind = DIAGNOSTIC_NOT_JSON, .start = start, .end = start, .why = json_err->message});
}

/* What fails as JSON may be YAML; when it is neither, the JSON reader's words are the ones that help. */
static bool read_json_or_yaml(struct doc *doc, struct err *err)
{
	struct err json_err, yaml_err;
	err_init(&json_err, doc->arena);
	err_init(&yaml_err, doc->arena);
	doc->format = DOC_JSON;
	if (json_read(doc, &json_err)) return true;
	forget(doc);
	doc->format = DOC_YAML;
	if (json_err.code == ERR_SYNTAX && str_ends(doc->source->name, STR(".json"))) remark_not_json(doc, &json_err);
	if (json_err.code == ERR_SYNTAX && yaml_read(doc, &yaml_err)) return true;
	const struct err *told = json_err.code == ERR_SYNTAX && yaml_err.code == ERR_LIMIT ? &yaml_err : &json_err;
	err_set(err, told->code, told->loc, "%s", "%s", "");
	for (int lang = 0; lang < LANG_COUNT; lang++)
		err->message.in[lang] = str_copy(err->arena, told->message.in[lang]);
	return false;
}

/* A JSON text that holds one scalar is read as JSON only under a .json name: as YAML it could be anything. */
static bool read_tree(struct doc *doc, struct err *err)
{
	if (looks_like_json(doc->source)) return read_json_or_yaml(doc, err);
	doc->format = DOC_YAML;
	return yaml_read(doc, err);
}

/* Duplicates are found when their container ends, so remarks come in another order than the text. */
static int by_place(const void *left, const void *right)
{
	const struct diagnostic *a = left, *b = right;
	if (a->start != b->start) return a->start < b->start ? -1 : 1;
	return (int)a->kind - (int)b->kind;
}

static void sort_diagnostics(struct doc *doc)
{
	if (doc->diagnostic_count > 1) qsort(doc->diagnostics, doc->diagnostic_count, sizeof *doc->diagnostics, by_place);
}

/* An empty document: the first in its arena, see doc_expect(). */
static struct doc *doc_new(void)
{
	struct arena *arena = arena_new();
	struct doc *doc = arena_zalloc(arena, sizeof *doc);
	doc->arena = arena;
	return doc;
}

static struct doc *doc_over(struct doc *doc, struct source *source, bool any, struct err *err)
{
	doc->source = source;
	if (source && any && !xml_decode(source, err)) source = NULL;
	bool xml = source && any && xml_begins(beginning(source->bytes));
	if (source && (xml ? xml_read(doc, err) : read_tree(doc, err))) {
		sort_diagnostics(doc);
		return doc;
	}
	doc_close(doc);
	return NULL;
}

struct doc *doc_open(const char *path, struct err *err)
{
	struct doc *doc = doc_new();
	return doc_over(doc, source_read(doc->arena, path, err), false, err);
}

struct doc *doc_open_any(const char *path, struct err *err)
{
	struct doc *doc = doc_new();
	return doc_over(doc, source_read(doc->arena, path, err), true, err);
}

static struct doc *doc_in_memory(struct str name, struct str bytes, bool any, struct err *err)
{
	if (bytes.len > LIMIT_DOCUMENT_BYTES) {
		err_set(err, ERR_LIMIT, (struct loc){.file = name},
				"larger than %d MiB, the most that keur reads of one document; split it",
				"groter dan %d MiB, het meeste dat keur van één document leest; splits het",
				LIMIT_DOCUMENT_BYTES >> 20);
		return NULL;
	}
	struct doc *doc = doc_new();
	struct source *source = source_of(doc->arena, name, str_copy(doc->arena, bytes));
	return doc_over(doc, source, any, err);
}

struct doc *doc_of(struct str name, struct str bytes, struct err *err)
{
	return doc_in_memory(name, bytes, false, err);
}

struct doc *doc_of_any(struct str name, struct str bytes, struct err *err)
{
	return doc_in_memory(name, bytes, true, err);
}
