/* SPDX-License-Identifier: EUPL-1.2 */
/* The core function `schema`: a value against a JSON Schema, reported as Spectral does. */
#include "engine/function_private.h"
#include "engine/schema_report.h"

struct schema_function {
	const struct schema *schema;
	bool all;
};

static bool read_dialect(const struct options *options, enum schema_draft *draft, bool *named)
{
	static const struct {
		const char *name;
		enum schema_draft draft;
	} dialects[] = {{"draft4", SCHEMA_DRAFT4}, {"draft6", SCHEMA_DRAFT6}, {"draft7", SCHEMA_DRAFT7},
			{"draft2019-09", SCHEMA_2019_09}, {"draft2020-12", SCHEMA_2020_12}};
	const struct node *dialect = node_member(options->node, STR("dialect"));
	struct str name = dialect && dialect->kind == NODE_STRING ? node_text(dialect) : STR("");
	*named = false;
	if (!dialect || str_eq(name, STR("auto"))) return true;
	for (size_t i = 0; i < sizeof dialects / sizeof dialects[0]; i++) {
		if (!str_eq(str_of(dialects[i].name), name)) continue;
		*draft = dialects[i].draft;
		return *named = true;
	}
	return option_fail(options, "dialect", dialect,
			"accepts only the following values: \"auto\", \"draft4\", \"draft6\", \"draft7\", \"draft2019-09\", "
			"\"draft2020-12\"",
			"moet \"auto\", \"draft4\", \"draft6\", \"draft7\", \"draft2019-09\" of \"draft2020-12\" zijn");
}

static bool read_all_errors(const struct options *options, bool *all)
{
	const struct node *value = node_member(options->node, STR("allErrors"));
	*all = value && value->kind == NODE_TRUE;
	if (!value || *all || value->kind == NODE_FALSE) return true;
	return option_fail(options, "allErrors", value, "accepts only the following types: boolean",
			"moet waar of onwaar zijn (true, false)");
}

bool schema_function_compile(
		struct arena *arena, struct source *source, const struct node *node, void **compiled, struct err *err)
{
	struct options options = {
			arena, source, node, "schema", "{ \"schema\": { \"type\": \"object\" }, \"dialect\": \"auto\" }", err};
	static const char *const names[] = {"schema", "dialect", "allErrors", NULL};
	struct schema_options how = {.draft = SCHEMA_DRAFT7, .formats = true, .nullable = true, .ref_siblings = true};
	bool named;
	bool all;
	if (!options_object(&options, names, false)) return false;
	const struct node *schema = node_member(node, STR("schema"));
	if (!schema) return options_fail(&options);
	if (schema->kind != NODE_OBJECT)
		return option_fail(
				&options, "schema", schema, "accepts only the following types: object", "moet een object zijn");
	if (!read_dialect(&options, &how.draft, &named) || !read_all_errors(&options, &all)) return false;
	struct schema_function *function = arena_alloc(arena, sizeof *function);
	*function = (struct schema_function){schema_compile(arena, source, schema, &how, err), all};
	*compiled = function;
	return function->schema != NULL;
}

/* The last name on the way to the subject; ptr NULL for a root. */
static struct str own_name(const struct subject *subject)
{
	const struct step *where = subject->where;
	if (!where || !where->up) return (struct str){NULL, 0};
	return where->key.ptr ? where->key : str_printf(subject->arena, "%u", where->index);
}

static enum function_result report_missing(const struct subject *subject, struct violation_sink *sink)
{
	struct text property = subject_property(subject);
	subject_report(subject, sink,
			(struct text){{
					str_printf(subject->arena, "%.*smust exist", STR_FMT(property.in[LANG_EN])),
					str_printf(subject->arena, "%.*smoet aanwezig zijn", STR_FMT(property.in[LANG_NL])),
			}},
			TEXT("a value", "een waarde"));
	return FUNCTION_DONE;
}

enum function_result schema_function_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	const struct schema_function *function = compiled;
	struct node key = {.kind = NODE_STRING, .text = subject->key.ptr, .len = (uint32_t)subject->key.len};
	const struct node *value = subject->key.ptr ? &key : subject->value;
	if (!value) return report_missing(subject, sink);
	struct schema_report report;
	schema_report_init(&report, subject->arena, own_name(subject), STR(""));
	enum schema_result result = schema_check(function->schema, subject->view, value,
			function->all ? SCHEMA_ALL : SCHEMA_FIRST, &report.sink, subject->arena, err);
	schema_report_finish(&report, sink);
	return result == SCHEMA_UNDECIDED ? FUNCTION_UNDECIDED : FUNCTION_DONE;
}
