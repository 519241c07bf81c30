/* SPDX-License-Identifier: EUPL-1.2 */
/* Checking a report against its schema. */
#include "report/validate.h"

#include "engine/schema.h"

static bool fail(struct err *err, struct str what)
{
	return err_set(err, ERR_UNDECIDED, (struct loc){0},
			"internal error: the report does not satisfy its own schema, so it is not written (%.*s); please report this",
			"interne fout: het rapport voldoet niet aan zijn eigen schema en wordt niet geschreven (%.*s); meld dit",
			STR_FMT(what));
}

struct first_violation {
	struct schema_sink sink;
	struct arena *arena;
	const struct node *value;
	struct str instance;
	struct text message;
	bool any;
};

static void keep_first(struct schema_sink *sink, const struct schema_violation *violation)
{
	struct first_violation *first = (struct first_violation *)sink;
	if (first->any) return;
	first->any = true;
	first->value = violation->value;
	first->instance = str_copy(first->arena, violation->instance);
	first->message = text_copy(first->arena, violation->message);
}

/* `mode`: SCHEMA_FIRST, or SCHEMA_BRIEF for words that a vendor understands. */
static enum schema_result check(struct first_violation *first, const struct doc *schema_doc, const struct doc *report,
		enum schema_mode mode, struct err *err)
{
	struct schema_options options = {.draft = SCHEMA_2020_12, .formats = true};
	struct schema *schema = schema_compile(first->arena, schema_doc->source, schema_doc->root, &options, err);
	if (!schema) return SCHEMA_UNDECIDED;
	struct view view = {.doc = report};
	return schema_check(schema, &view, report->root, mode, &first->sink, first->arena, err);
}

static bool check_own(struct arena *arena, const struct doc *schema, const struct doc *report, struct err *err)
{
	struct first_violation first = {.sink = {.report = keep_first}, .arena = arena};
	struct err undecided;
	err_init(&undecided, arena);
	enum schema_result result = check(&first, schema, report, SCHEMA_FIRST, &undecided);
	if (result == SCHEMA_VALID) return true;
	if (result == SCHEMA_UNDECIDED) return fail(err, undecided.message.in[LANG_EN]);
	return fail(err, str_printf(arena, "%.*s: %.*s", STR_FMT(first.instance), STR_FMT(first.message.in[LANG_EN])));
}

bool report_validate(struct str json, struct str schema_path, struct err *err)
{
	struct doc *schema = doc_open(schema_path.ptr, err);
	if (!schema) return false;
	struct doc *report = doc_of(STR("report.json"), json, err);
	struct arena *arena = arena_new();
	bool ok = report && check_own(arena, schema, report, err);
	arena_free(arena);
	doc_close(report);
	doc_close(schema);
	return ok;
}

bool report_validate_as(const struct doc *document, struct str schema_path, struct text what, struct err *err)
{
	struct doc *schema = doc_open(schema_path.ptr, err);
	if (!schema) return false;
	struct arena *arena = arena_new();
	struct first_violation first = {.sink = {.report = keep_first}, .arena = arena};
	enum schema_result result = check(&first, schema, document, SCHEMA_BRIEF, err);
	if (result == SCHEMA_INVALID) {
		struct loc loc = source_loc(document->source, first.value ? first.value->start : document->root->start);
		struct text before;
		for (int lang = 0; lang < LANG_COUNT; lang++)
			before.in[lang] = str_printf(arena, "%.*s: %s '%.*s' ", STR_FMT(text_in(what, (enum lang)lang)),
					lang == LANG_NL ? "op" : "at", STR_FMT(first.instance));
		err_set_text(err, ERR_SYNTAX, loc, before, first.message);
	}
	arena_free(arena);
	doc_close(schema);
	return result == SCHEMA_VALID;
}

bool report_validate_read(const struct doc *report, struct str schema_path, struct err *err)
{
	return report_validate_as(report, schema_path,
			TEXT("this is no report of keur as docs/report.md describes it",
					"dit is geen rapport van keur zoals docs/report.md het beschrijft"),
			err);
}
