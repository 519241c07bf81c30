/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * oasExample: examples and defaults against the schema that they are beside (type media) or in (type schema).
 *
 * `example` goes before `examples`. In a request what is only read need not be there, in a response what is only
 * written.
 */
#include "base/limits.h"
#include "doc/pointer.h"
#include "engine/function_private.h"
#include "engine/oas_model.h"
#include "engine/oas_private.h"
#include "engine/oas_schemas.h"
#include "engine/schema_report.h"

enum { MOST_STEPS = 2 * LIMIT_WALK_STEPS }; /* of all examples of a document */

struct example_options {
	struct str field; /* of the schema; ptr NULL: the value is itself the schema */
	bool old;         /* OpenAPI 2.0 */
	bool media;
};

bool oas_example_compile(
		struct arena *arena, struct source *source, const struct node *node, void **compiled, struct err *err)
{
	static const char *const names[] = {"oasVersion", "schemaField", "type", NULL};
	struct options options = {arena, source, node, "oasExample",
			"{ \"oasVersion\": 3, \"schemaField\": \"schema\", \"type\": \"media\" }", err};
	if (!options_object(&options, names, false)) return false;
	const struct node *version = node_member(node, STR("oasVersion"));
	struct str field = node_string_member(node, STR("schemaField"));
	struct str type = node_string_member(node, STR("type"));
	bool media = str_eq(type, STR("media"));
	if (!version || version->kind != NODE_NUMBER || !field.ptr || (!media && !str_eq(type, STR("schema"))))
		return options_fail(&options);
	struct example_options *own = arena_zalloc(arena, sizeof *own);
	own->old = node_double(version) == 2;
	own->media = media;
	if (!str_eq(field, STR("$"))) own->field = field;
	*compiled = own;
	return true;
}

/* Everything about one evaluation. */
struct examples {
	const struct example_options *options;
	const struct subject *subject;
	struct violation_sink *sink;
	struct err *err;
	const struct schema_entry *entry;
	enum function_result result;
};

/* The name of the nth step from the root; empty for an element, or when the way is shorter. */
static struct str name_at(const struct step *where, uint32_t depth)
{
	while (where && where->depth > depth)
		where = where->up;
	return where && where->depth == depth && where->key.ptr ? where->key : STR("");
}

static enum schema_direction direction_of(const struct examples *examples)
{
	const struct step *where = examples->subject->where;
	if (!examples->options->media) return SCHEMA_ANY_DIRECTION;
	struct str first = name_at(where, 1), second = name_at(where, 2), fourth = name_at(where, 4);
	bool path = str_eq(first, STR("paths")), component = str_eq(first, STR("components"));
	if ((path && str_eq(fourth, STR("requestBody"))) || (component && str_eq(second, STR("requestBodies"))))
		return SCHEMA_REQUEST;
	bool shared = examples->options->old && str_eq(first, STR("responses"));
	if (shared || (path && str_eq(fourth, STR("responses"))) || (component && str_eq(second, STR("responses"))))
		return SCHEMA_RESPONSE;
	return SCHEMA_ANY_DIRECTION;
}

static struct str below(const struct examples *examples, struct str a, struct str b, struct str c)
{
	struct str names[] = {a, b, c};
	struct strbuf buf;
	strbuf_init(&buf, LIMIT_DOCUMENT_BYTES);
	for (int i = 0; i < 3; i++)
		if (names[i].ptr) pointer_add_token(&buf, names[i]);
	struct str pointer = str_copy(examples->subject->arena, strbuf_str(&buf));
	strbuf_release(&buf);
	return pointer;
}

/* The schema cannot be used: told at the example, as Spectral does. */
static void report_fault(const struct examples *examples, struct str place)
{
	struct arena *arena = examples->subject->arena;
	const struct schema_entry *entry = examples->entry;
	struct text text = TEXT("\"nullable\" cannot be used without \"type\"", "\"nullable\" kan niet zonder \"type\"");
	if (!entry->schema)
		text = (struct text){{
				str_printf(arena, "schema is invalid: %.*s", STR_FMT(entry->fault.in[LANG_EN])),
				str_printf(arena, "het schema is ongeldig: %.*s", STR_FMT(entry->fault.in[LANG_NL])),
		}};
	oas_report(examples->sink, place, text);
}

/* A value that lies `place` below the subject, called `name`. */
static void check(struct examples *examples, const struct node *value, struct str name, struct str place)
{
	const struct subject *subject = examples->subject;
	const struct schema_entry *entry = examples->entry;
	bool lost = subject->as_spectral && entry->circular;
	bool refused = subject->as_spectral && entry->nullable;
	bool invalid = !entry->schema && !entry->missing;
	if (invalid || (refused && !entry->missing && !lost)) {
		report_fault(examples, place);
		return;
	}
	/* a reference that leads nowhere is told by itself; Spectral loses circular schemas in the same way */
	if (entry->missing || lost) return;
	uint64_t *steps = oas_schema_steps(subject);
	if (steps && *steps > MOST_STEPS) {
		err_set(examples->err, ERR_UNDECIDED, (struct loc){0},
				"checking the examples of this document takes more than %d steps",
				"toetsen van de voorbeelden in dit document kost meer dan %d stappen", MOST_STEPS);
		examples->result = FUNCTION_UNDECIDED;
		return;
	}
	struct schema_report report;
	schema_report_init(&report, subject->arena, name, place);
	enum schema_result result = schema_check(
			entry->schema, subject->view, value, SCHEMA_FIRST, &report.sink, subject->arena, examples->err);
	if (steps) *steps += report.sink.steps;
	schema_report_finish(&report, examples->sink);
	if (result == SCHEMA_UNDECIDED) examples->result = FUNCTION_UNDECIDED;
}

static void check_field(struct examples *examples, const char *field)
{
	const struct node *value = node_member(examples->subject->value, str_of(field));
	struct str none = {NULL, 0};
	if (value) check(examples, value, str_of(field), below(examples, str_of(field), none, none));
}

static void report_no_value(const struct examples *examples, struct str name)
{
	struct arena *arena = examples->subject->arena;
	oas_report(examples->sink, below(examples, STR("examples"), name, STR("value")),
			text_printf(
					arena, "\"%.*s.value\" property must exist", "\"%.*s.value\" moet aanwezig zijn", STR_FMT(name)));
}

/* One of `examples` of OpenAPI 3: an Example Object. 3.2 has the value in `dataValue`, too, or only serialized. */
static void check_example_object(struct examples *examples, const struct node *member)
{
	const struct subject *subject = examples->subject;
	const struct node *example = view_value(subject->view, member);
	struct str name = node_key(member);
	if (!oas_is_object(example) || node_member(example, STR("externalValue"))) return;
	const char *field = "value";
	const struct node *value = node_member(example, STR("value"));
	if (!value && !subject->as_spectral) {
		field = "dataValue";
		value = node_member(example, STR("dataValue"));
		if (!value && node_member(example, STR("serializedValue"))) return;
	}
	if (value)
		check(examples, value, str_of(field), below(examples, STR("examples"), name, str_of(field)));
	else
		report_no_value(examples, name);
}

static void check_examples(struct examples *examples)
{
	const struct node *list = view_member(examples->subject->view, examples->subject->value, STR("examples"));
	for (uint32_t i = 0; oas_is_object(list) && i < list->len; i++) {
		const struct node *member = oas_live_member(list, i);
		if (!member) continue;
		struct str none = {NULL, 0};
		if (examples->options->old)
			check(examples, member, node_key(member), below(examples, STR("examples"), node_key(member), none));
		else
			check_example_object(examples, member);
	}
}

static void check_all(struct examples *examples)
{
	const struct example_options *options = examples->options;
	bool single = node_member(examples->subject->value, STR("example")) != NULL;
	if (!options->media) {
		check_field(examples, "example");
		if (options->old) check_field(examples, "x-example");
		check_field(examples, "default");
	} else if (single && !options->old) {
		check_field(examples, "example");
	} else {
		check_examples(examples);
	}
}

enum function_result oas_example_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	const struct example_options *options = compiled;
	struct examples examples = {
			.options = options, .subject = subject, .sink = sink, .err = err, .result = FUNCTION_DONE};
	if (!oas_is_object(subject->value) || !subject->refs) return FUNCTION_DONE;
	const struct node *schema = options->field.ptr ? node_member(subject->value, options->field) : subject->value;
	if (!oas_is_object(schema)) return FUNCTION_DONE;
	examples.entry = oas_schema_find(subject, schema, direction_of(&examples));
	check_all(&examples);
	return examples.result;
}
