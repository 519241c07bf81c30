/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * oasDocumentSchema: a whole OpenAPI document against the schema of its version, in the words of Spectral.
 *
 * The options name a file beside the rule set for each format; the first that the document is of counts.
 */
#include "base/limits.h"
#include "doc/pointer.h"
#include "doc/uri_path.h"
#include "engine/document_schema.h"
#include "engine/format.h"
#include "engine/function_private.h"
#include "engine/js.h"
#include "engine/oas_private.h"

struct choice {
	format_set format;
	struct document_schema *schema;
};

struct choices {
	struct choice *items;
	uint32_t count;
};

static bool read_choice(const struct options *options, const struct node *member, struct choice *choice)
{
	struct schema_options how = {.draft = SCHEMA_DRAFT7, .formats = true, .nullable = true, .ref_siblings = true};
	struct str path;
	choice->format = format_by_name(node_key(member));
	bool sound = choice->format && member->kind == NODE_STRING &&
				 uri_to_path(node_text(member), options->source->name, options->arena, &path) == URI_FILE;
	if (!sound)
		return option_fail(options, str_copy(options->arena, node_key(member)).ptr, member,
				"must be a format with the file of its schema",
				"moet een formaat zijn met het bestand van zijn schema");
	choice->schema = document_schema_new(options->arena, path, &how);
	return true;
}

bool oas_document_compile(
		struct arena *arena, struct source *source, const struct node *node, void **compiled, struct err *err)
{
	struct options options = {arena, source, node, "oasDocumentSchema", "{ \"oas3.1\": \"oas-3.1.schema.yaml\" }", err};
	if (!node || node->kind != NODE_OBJECT || node->len == 0) return options_fail(&options);
	struct choices *choices = arena_zalloc(arena, sizeof *choices);
	choices->items = arena_zalloc(arena, node->len * sizeof *choices->items);
	for (uint32_t i = 0; i < node->len; i++)
		if (!read_choice(&options, &node->children[i], &choices->items[choices->count++])) return false;
	*compiled = choices;
	return true;
}

struct document_sink {
	struct schema_sink sink;
	const struct subject *subject;
	struct violation_sink *out;
};

/* Spectral puts double quotes for single ones, and writes NOT small. */
static struct str clean(struct arena *arena, struct str message)
{
	char *copy = arena_copy(arena, message.ptr, message.len);
	for (size_t i = 0; i < message.len; i++) {
		if (copy[i] == '\'') copy[i] = '"';
		if (i + 3 <= message.len && memcmp(copy + i, "NOT", 3) == 0) memcpy(copy + i, "not", 3);
	}
	return (struct str){copy, message.len};
}

/* The last token of a pointer as it is written; ptr NULL for the root. */
static struct str last_token(struct str pointer)
{
	for (size_t i = pointer.len; i > 0; i--)
		if (pointer.ptr[i - 1] == '/') return str_skip(pointer, i);
	return (struct str){NULL, 0};
}

/* What is asked of the value, without its name. */
static struct text predicate(struct arena *arena, const struct schema_violation *violation)
{
	if (str_eq(violation->keyword, STR("type")))
		return text_printf(
				arena, "must be %.*s", "moet van het type %.*s zijn", STR_FMT(violation->expected.in[LANG_EN]));
	if (str_eq(violation->keyword, STR("false schema"))) return TEXT("boolean schema is false", "mag hier niet staan");
	struct text about = violation->expected;
	about.in[LANG_EN] = clean(arena, about.in[LANG_EN]);
	return about;
}

static struct text words(struct arena *arena, const struct schema_violation *violation)
{
	struct str name = last_token(violation->instance);
	if (str_eq(violation->keyword, STR("x-message")) || str_eq(violation->keyword, STR("additionalProperties")))
		return violation->message;
	if (str_eq(violation->keyword, STR("enum")))
		return schema_enum_text(arena, name, violation->value, &violation->operand, 1);
	struct text about = predicate(arena, violation);
	if (!name.ptr)
		return (struct text){{about.in[LANG_EN], str_printf(arena, "Het document %.*s", STR_FMT(about.in[LANG_NL]))}};
	return (struct text){{
			str_printf(arena, "\"%.*s\" property %.*s", STR_FMT(name), STR_FMT(about.in[LANG_EN])),
			str_printf(arena, "De eigenschap \"%.*s\" %.*s", STR_FMT(name), STR_FMT(about.in[LANG_NL])),
	}};
}

/* A member that does not belong is itself the place at fault. */
static struct str place(struct arena *arena, const struct schema_violation *violation)
{
	if (!str_eq(violation->keyword, STR("additionalProperties"))) return violation->instance;
	struct strbuf buf;
	strbuf_init(&buf, LIMIT_DOCUMENT_BYTES);
	strbuf_add(&buf, violation->instance);
	pointer_add_token(&buf, violation->found);
	struct str pointer = str_copy(arena, strbuf_str(&buf));
	strbuf_release(&buf);
	return pointer;
}

static void take(struct schema_sink *sink, const struct schema_violation *violation)
{
	struct document_sink *own = (struct document_sink *)sink;
	struct arena *arena = own->subject->arena;
	if (str_eq(violation->keyword, STR("if"))) return;
	bool tells = str_eq(violation->keyword, STR("type"));
	struct violation out = {
			.below = place(arena, violation), .message = words(arena, violation), .found = violation->found};
	if (tells) out.expected = violation->expected;
	own->out->report(own->out, &out);
}

enum function_result oas_document_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	const struct choices *choices = compiled;
	format_set formats = format_detect(subject->view->doc->root);
	struct document_sink own = {{.report = take}, subject, sink};
	for (uint32_t i = 0; i < choices->count; i++) {
		const struct choice *choice = &choices->items[i];
		if (!(choice->format & formats)) continue;
		enum schema_result result = document_schema_check(
				choice->schema, subject->view, subject->value, &own.sink, subject->arena, err);
		if (own.sink.cut)
			return err_set(err, ERR_UNDECIDED, (struct loc){0},
						   "the document violates its schema in more than %d places",
						   "het document schendt zijn schema op meer dan %d plaatsen", LIMIT_RESULTS_PER_RULE)
						   ? FUNCTION_DONE
						   : FUNCTION_UNDECIDED;
		return result == SCHEMA_UNDECIDED ? FUNCTION_UNDECIDED : FUNCTION_DONE;
	}
	return FUNCTION_DONE;
}
