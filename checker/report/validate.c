/* Checking a report against its schema. */
#include "report/validate.h"

#include "doc/doc.h"
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
	struct str what;
};

static void keep_first(struct schema_sink *sink, const struct schema_violation *violation)
{
	struct first_violation *first = (struct first_violation *)sink;
	if (first->what.len == 0)
		first->what = str_printf(
				first->arena, "%.*s: %.*s", STR_FMT(violation->instance), STR_FMT(violation->message.in[LANG_EN]));
}

static bool check(struct arena *arena, const struct doc *schema_doc, const struct doc *report, struct err *err)
{
	struct schema_options options = {.draft = SCHEMA_2020_12, .formats = true};
	struct schema *schema = schema_compile(arena, schema_doc->source, schema_doc->root, &options, err);
	if (!schema) return false;
	struct view view = {.doc = report};
	struct first_violation first = {.sink = {.report = keep_first}, .arena = arena};
	struct err undecided;
	err_init(&undecided, arena);
	enum schema_result result = schema_check(schema, &view, report->root, SCHEMA_FIRST, &first.sink, arena, &undecided);
	if (result == SCHEMA_VALID) return true;
	return fail(err, result == SCHEMA_INVALID ? first.what : undecided.message.in[LANG_EN]);
}

bool report_validate(struct str json, struct str schema_path, struct err *err)
{
	struct doc *schema = doc_open(schema_path.ptr, err);
	if (!schema) return false;
	struct doc *report = doc_of(STR("report.json"), json, err);
	struct arena *arena = arena_new();
	bool ok = report && check(arena, schema, report, err);
	arena_free(arena);
	doc_close(report);
	doc_close(schema);
	return ok;
}
