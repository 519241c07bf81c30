/* SPDX-License-Identifier: EUPL-1.2 */
/* Bodies: they are what their media type says, and valid by the schema. */
#include "base/limits.h"
#include "base/utf8.h"
#include "doc/json.h"
#include "engine/openapi_check_private.h"

bool is_json_type(struct str type)
{
	return str_eq(type, STR("application/json")) || str_eq(type, STR("text/json")) || str_ends(type, STR("+json"));
}

/* What keur has no reader for: a schema for it cannot be evaluated. Text and bytes have no structure to check. */
static bool has_structure(struct str type)
{
	static const char *const starts[] = {"multipart/", "application/x-www-form-urlencoded", "application/xml",
			"text/xml", "application/x-ndjson", "application/jsonl", "application/json-seq", "text/event-stream",
			"application/yaml", "text/yaml", "application/x-yaml", "application/cbor"};
	if (str_ends(type, STR("+xml")) || str_ends(type, STR("+yaml")) || str_ends(type, STR("+cbor"))) return true;
	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
		if (str_starts(type, str_of(starts[i]))) return true;
	return false;
}

/* Lower case, without parameters. */
static struct str bare_type(struct arena *arena, struct str type)
{
	struct http_field field = {STR("content-type"), type};
	struct http_fields fields = {&field, 1};
	return http_media_type(&fields, arena);
}

struct body_sink {
	struct schema_sink sink;
	struct checking *checking;
	const struct body_check *how;
	const struct target *schema;
	const struct doc *doc;
};

/* Where in the text; in a parameter, which value of it. */
static struct text part_of(const struct body_sink *sink, const struct schema_violation *violation)
{
	struct arena *arena = sink->checking->arena;
	struct text part = sink->how->part;
	struct str pointer = violation->instance;
	if (!sink->doc && pointer.len == 0) return part;
	struct str where = str_printf(arena, "%s%.*s", pointer.len ? " " : "", STR_FMT(pointer));
	struct text all = {{str_printf(arena, "%.*s%s", STR_FMT(part.in[LANG_EN]), where.ptr),
			str_printf(arena, "%.*s%s", STR_FMT(part.in[LANG_NL]), where.ptr)}};
	if (!sink->doc) return all;
	struct place place = source_locate(sink->doc->source, violation->value ? violation->value->start : 0);
	return (struct text){{str_printf(arena, "%s (line %u, column %u)", all.in[LANG_EN].ptr, place.line, place.column),
			str_printf(arena, "%s (regel %u, kolom %u)", all.in[LANG_NL].ptr, place.line, place.column)}};
}

/* The keyword that was not kept to; a schema that is `false` has none, and stands for itself. */
static void report(struct schema_sink *base, const struct schema_violation *violation)
{
	struct body_sink *sink = (struct body_sink *)base;
	struct fault fault = {.rule = sink->how->rule, .part = part_of(sink, violation), .place = sink->schema};
	struct target keyword = {NULL, violation->operand, violation->pointer};
	if (keyword.node) keyword.doc = openapi_doc_of(sink->checking->run->openapi, keyword.pointer, keyword.node);
	if (keyword.doc) fault.place = &keyword;
	fault.message = violation->message;
	fault.expected = violation->expected;
	fault.found = violation->found;
	checking_fault(sink->checking, &fault);
}

enum schema_result checking_value(struct checking *checking, const struct body_check *how, const struct target *schema,
		const struct doc *doc, const struct node *value, bool quiet)
{
	struct text why;
	struct err err;
	err_init(&err, checking->arena);
	struct body_sink sink = {{.report = report}, checking, how, schema, doc};
	struct view view = {doc, NULL};
	const struct schema *compiled = openapi_schema(checking->run->schemas, schema, how->direction, &why);
	if (!compiled) {
		if (!quiet) checking_undecided(checking, how->rule, how->part, why);
		return SCHEMA_UNDECIDED;
	}
	enum schema_result result = schema_check(
			compiled, &view, value, quiet ? SCHEMA_TEST : SCHEMA_ALL, &sink.sink, checking->arena, &err);
	if (result == SCHEMA_UNDECIDED && !quiet) checking_undecided(checking, how->rule, how->part, err.message);
	if (sink.sink.cut) checking->run->items[how->rule].cut = true;
	return result;
}

/* A text that is no JSON: where it stops being that. Beyond a ceiling it may be JSON all the same. */
static void report_syntax(struct checking *checking, const struct body_check *how, const struct err *err)
{
	struct arena *arena = checking->arena;
	if (err->code == ERR_LIMIT) {
		checking_undecided(checking, how->rule, how->part, err->message);
		return;
	}
	struct fault fault = {.rule = how->rule, .message = err->message, .place = &how->media->at};
	fault.part = (struct text){{str_printf(arena, "%.*s (line %u, column %u)", STR_FMT(how->part.in[LANG_EN]),
										err->loc.line, err->loc.column),
			str_printf(arena, "%.*s (regel %u, kolom %u)", STR_FMT(how->part.in[LANG_NL]), err->loc.line,
					err->loc.column)}};
	fault.expected = TEXT("JSON, as its media type says", "JSON, zoals het mediatype zegt");
	fault.found = how->body.len > 80 ? (struct str){how->body.ptr, 80} : how->body;
	fault.found.len = utf8_invalid(fault.found);
	checking_fault(checking, &fault);
}

/* How many values a JSON text may hold, seen before it is read: a tree takes many times its text. */
static size_t most_values(struct str text)
{
	size_t count = 1;
	bool quoted = false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '"') quoted = !quoted;
		if (quoted && c == '\\') i++;
		count += !quoted && (c == ',' || c == '[' || c == '{');
	}
	return count;
}

struct doc *checking_json(struct checking *checking, struct str text, struct err *err)
{
	if (text.len > LIMIT_DOCUMENT_BYTES) {
		err_set(err, ERR_LIMIT, (struct loc){0}, "larger than %d MiB, the most that keur reads of one document",
				"groter dan %d MiB, het meeste dat keur van één document leest", LIMIT_DOCUMENT_BYTES >> 20);
		return NULL;
	}
	if (most_values(text) > LIMIT_BODY_VALUES) {
		err_set(err, ERR_LIMIT, (struct loc){0}, "holds more than %d values, the most that keur reads of one body",
				"bevat meer dan %d waarden, het meeste dat keur van één inhoud leest", LIMIT_BODY_VALUES);
		return NULL;
	}
	struct doc *doc = arena_zalloc(checking->arena, sizeof *doc);
	doc->arena = checking->arena;
	doc->source = source_of(checking->arena, STR("body"), str_copy(checking->arena, text));
	return json_read(doc, err) ? doc : NULL;
}

static void check_json(struct checking *checking, const struct body_check *how)
{
	struct err err;
	err_init(&err, checking->arena);
	checking_applies(checking, how->rule);
	struct doc *doc = checking_json(checking, how->body, &err);
	if (!doc) {
		report_syntax(checking, how, &err);
	} else if (how->media->schema.node) {
		checking_value(checking, how, &how->media->schema, doc, doc->root, false);
	}
}

void checking_body(struct checking *checking, const struct body_check *how)
{
	struct str type = bare_type(checking->arena, how->type);
	if (how->media->broken) {
		checking_undecided(checking, how->rule, how->part,
				TEXT("its description cannot be read: the reference leads nowhere",
						"de beschrijving ervan is niet te lezen: de verwijzing leidt nergens heen"));
	} else if (is_json_type(type)) {
		check_json(checking, how);
	} else if (has_structure(type) && (how->media->schema.node || how->media->item.node)) {
		checking_undecided(checking, how->rule, how->part,
				text_printf(checking->arena, "keur does not check %.*s against a schema",
						"keur toetst %.*s niet aan een schema", STR_FMT(type)));
	}
}
