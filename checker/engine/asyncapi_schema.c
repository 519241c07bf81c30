/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * asyncapiDocumentSchema and asyncapiPayload: a document, or a Schema Object in it, against the schema of its version.
 *
 * Spectral leaves out what alternatives have in common before it words the rest: next to each other, of errors at one
 * place only the first counts, and that no alternative matches goes without saying where something below it was said.
 */
#include "base/limits.h"
#include "base/vec.h"
#include "doc/pointer.h"
#include "doc/uri_path.h"
#include "engine/asyncapi_private.h"
#include "engine/document_schema.h"
#include "engine/format.h"
#include "engine/function_private.h"
#include "engine/oas_model.h"
#include "engine/schema_report.h"

/* What to check documents of a format with. */
struct choice {
	format_set format;
	struct document_schema *schema;
};

struct choices {
	struct choice *items;
	uint32_t count;
	bool references; /* only references that stand where they may not */
	bool apart;      /* these are not for this check, but for another */
};

/* The minor version in "aas2.6"; false when the format is none of AsyncAPI. */
static bool minor_of(struct str format, uint32_t *minor)
{
	size_t dot = str_find(format, '.');
	return str_starts(format, STR("aas")) && str_to_u32(str_skip(format, dot + 1), minor);
}

/* "aas2.6: file", with a pointer to part of it in the fragment. */
static bool read_choice(const struct options *options, const struct node *member, bool written, struct choice *choice)
{
	struct schema_options how = {.draft = SCHEMA_DRAFT7, .formats = true, .nullable = true, .ref_siblings = true};
	struct str path, file = {0}, fragment;
	uint32_t minor = 0;
	choice->format = format_by_name(node_key(member));
	bool sound = choice->format && member->kind == NODE_STRING && minor_of(node_key(member), &minor);
	if (sound) uri_split(node_text(member), &file, &fragment);
	sound = sound && uri_to_path(file, options->source->name, options->arena, &path) == URI_FILE;
	if (!sound)
		return option_fail(options, str_copy(options->arena, node_key(member)).ptr, member,
				"must be a version of AsyncAPI with the file of its schema",
				"moet een versie van AsyncAPI zijn met het bestand van haar schema");
	choice->schema = document_schema_part(
			options->arena, path, fragment.ptr ? fragment : STR(""), &how, (struct schema_variant){minor, written});
	return true;
}

static bool read_choices(const struct options *options, const struct node *schemas, void **compiled)
{
	if (!schemas || schemas->kind != NODE_OBJECT || schemas->len == 0) return options_fail(options);
	struct choices *choices = arena_zalloc(options->arena, sizeof *choices);
	const struct node *references = node_member(options->node, STR("references"));
	choices->references = references && references->kind == NODE_TRUE;
	choices->apart = references && references->kind == NODE_FALSE;
	choices->items = arena_zalloc(options->arena, schemas->len * sizeof *choices->items);
	for (uint32_t i = 0; i < schemas->len; i++)
		if (!read_choice(options, &schemas->children[i], choices->references, &choices->items[choices->count++]))
			return false;
	*compiled = choices;
	return true;
}

bool asyncapi_document_compile(
		struct arena *arena, struct source *source, const struct node *node, void **compiled, struct err *err)
{
	static const char *const names[] = {"schemas", "references", NULL};
	struct options options = {arena, source, node, "asyncapiDocumentSchema",
			"{ \"schemas\": { \"aas2.6\": \"asyncapi-2.schema.yaml\" } }", err};
	return options_object(&options, names, false) &&
		   read_choices(&options, node_member(node, STR("schemas")), compiled);
}

bool asyncapi_payload_compile(
		struct arena *arena, struct source *source, const struct node *node, void **compiled, struct err *err)
{
	static const char *const names[] = {"schemas", NULL};
	struct options options = {arena, source, node, "asyncapiPayload",
			"{ \"schemas\": { \"aas2.6\": \"asyncapi-2.schema.yaml#/definitions/schema\" } }", err};
	return options_object(&options, names, false) &&
		   read_choices(&options, node_member(node, STR("schemas")), compiled);
}

/* Collects violations, so that neighbours can be compared. */
struct collection {
	struct schema_sink sink;
	struct arena *arena;
	struct {
		struct schema_violation *items;
		size_t count, capacity;
	} errors;
};

static bool is_keyword(const struct schema_violation *error, const char *keyword)
{
	return str_eq(error->keyword, str_of(keyword));
}

/* Is it said that a reference stands where none is expected? That is said apart, of documents as they are written. */
static bool is_reference(const struct schema_violation *error)
{
	return is_keyword(error, "additionalProperties") && str_eq(error->found, STR("$ref"));
}

/* Is it said that a value is no reference? */
static bool is_no_reference(const struct schema_violation *error)
{
	const struct node *first = is_keyword(error, "required") ? node_at(error->operand, 0) : NULL;
	return first && first->kind == NODE_STRING && error->operand->len == 1 && str_eq(node_text(first), STR("$ref"));
}

/* A member that does not belong is itself the place at fault; as with Spectral, a "/" in its name counts as a step. */
static void collect(struct schema_sink *sink, const struct schema_violation *violation)
{
	struct collection *own = (struct collection *)sink;
	struct schema_violation error = *violation;
	if (is_no_reference(&error)) return;
	if (is_keyword(&error, "additionalProperties"))
		error.instance = str_printf(own->arena, "%.*s/%.*s", STR_FMT(error.instance), STR_FMT(error.found));
	*vec_push(&own->errors) = error;
}

/* Passes on what is left when neighbours are compared. */
static void pass_on(const struct collection *all, bool references_apart, struct schema_sink *out)
{
	const struct schema_violation *previous = NULL;
	for (size_t i = 0; i < all->errors.count; i++) {
		const struct schema_violation *error = &all->errors.items[i];
		while (i + 1 < all->errors.count && str_eq(all->errors.items[i + 1].instance, error->instance))
			i++;
		if (previous && is_keyword(error, "oneOf") && str_starts(previous->instance, error->instance)) continue;
		if (!references_apart || !is_reference(error)) out->report(out, error);
		previous = error;
	}
}

/* Of references: those where none is expected. */
static void report_references(const struct collection *all, const struct subject *subject, struct violation_sink *sink)
{
	for (size_t i = 0; i < all->errors.count; i++) {
		const struct schema_violation *error = &all->errors.items[i];
		if (!is_reference(error)) continue;
		struct str holder = {error->instance.ptr, error->instance.len - strlen("/$ref")};
		oas_report(sink, str_copy(subject->arena, holder),
				TEXT("Referencing in this place is not allowed", "Op deze plaats mag geen verwijzing staan"));
	}
}

static enum function_result too_many(struct err *err)
{
	err_set(err, ERR_UNDECIDED, (struct loc){0}, "the document violates its schema in more than %d places",
			"het document schendt zijn schema op meer dan %d plaatsen", LIMIT_RESULTS_PER_RULE);
	return FUNCTION_UNDECIDED;
}

static enum function_result check_document(const struct choices *choices, struct document_schema *schema,
		const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	struct str none = {NULL, 0};
	struct collection all = {.sink = {.report = collect, .name = none}, .arena = subject->arena};
	struct schema_report report;
	enum schema_result result = document_schema_check(
			schema, subject->view, subject->value, &all.sink, subject->arena, err);
	schema_report_init(&report, subject->arena, none, STR(""));
	if (choices->references)
		report_references(&all, subject, sink);
	else
		pass_on(&all, choices->apart, &report.sink);
	schema_report_finish(&report, sink);
	vec_release(&all.errors);
	if (all.sink.cut) return too_many(err);
	return result == SCHEMA_UNDECIDED ? FUNCTION_UNDECIDED : FUNCTION_DONE;
}

static struct document_schema *chosen(const struct choices *choices, const struct subject *subject)
{
	format_set formats = format_detect(subject->view->doc->root);
	for (uint32_t i = 0; i < choices->count; i++)
		if (choices->items[i].format & formats) return choices->items[i].schema;
	return NULL;
}

enum function_result asyncapi_document_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	struct document_schema *schema = chosen(compiled, subject);
	if (!schema || !oas_is_object(subject->value)) return FUNCTION_DONE;
	return check_document(compiled, schema, subject, sink, err);
}

enum function_result asyncapi_payload_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	struct document_schema *schema = chosen(compiled, subject);
	if (!schema || !subject->value) return FUNCTION_DONE;
	struct schema_report report;
	struct str name = subject->where && subject->where->key.ptr ? subject->where->key : (struct str){NULL, 0};
	schema_report_init(&report, subject->arena, name, STR(""));
	enum schema_result result = document_schema_check(
			schema, subject->view, subject->value, &report.sink, subject->arena, err);
	bool cut = report.sink.cut;
	schema_report_finish(&report, sink);
	if (cut) return too_many(err);
	return result == SCHEMA_UNDECIDED ? FUNCTION_UNDECIDED : FUNCTION_DONE;
}
