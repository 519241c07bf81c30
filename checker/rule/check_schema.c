/* SPDX-License-Identifier: EUPL-1.2 */
/* A document against a JSON Schema: violations become results of one rule. */
#include "rule/check_private.h"

#include <stdlib.h>

#include "base/vec.h"
#include "doc/pointer.h"
#include "engine/schema_files.h"

/* What becomes results. */
struct gathering {
	struct schema_sink sink;
	const struct doc *doc;
	struct arena *arena;
	struct {
		struct result *items;
		size_t count, capacity;
	} results;
};

bool check_schema_compile(struct arena *arena, struct check *check, const char *path,
		const struct spectral_options *options, struct err *err)
{
	static const struct str rules[] = {{"valid", sizeof "valid" - 1}};
	(void)options;
	struct schema_options how = {.draft = SCHEMA_2020_12, .formats = true, .standard_formats = true, .unicode = true};
	check->schema = schema_set_load(arena, path, &how, err);
	check->rules = rules;
	check->rule_count = 1;
	return check->schema != NULL;
}

/* Is a member at fault because it is there? */
static bool blames_member(const struct schema_violation *violation)
{
	return str_eq(violation->keyword, STR("additionalProperties")) ||
		   str_eq(violation->keyword, STR("unevaluatedProperties")) || str_eq(violation->keyword, STR("false schema"));
}

static void gather(struct schema_sink *sink, const struct schema_violation *violation)
{
	struct gathering *gathering = (struct gathering *)sink;
	const struct node *value = violation->value;
	struct result result = {.severity = SEVERITY_ERROR,
			.message = violation->message,
			.expected = violation->expected,
			.found = violation->found,
			.doc = gathering->doc,
			.pointer = violation->instance,
			.start = value->start,
			.end = value->end};
	if (str_eq(violation->keyword, STR("propertyNames"))) value = node_member(value, violation->found);
	if (value && value->key && (blames_member(violation) || value != violation->value)) {
		result.start = value->key_start;
		result.end = doc_key_end(gathering->doc, value);
	}
	result.basis = violation->source;
	result.basis_pointer = violation->pointer;
	result.basis_start = violation->start;
	*vec_push(&gathering->results) = result;
}

/* In the order of the document; at one place in that of the schema. */
static int by_place(const void *a, const void *b)
{
	const struct result *left = a;
	const struct result *right = b;
	if (left->start != right->start) return left->start < right->start ? -1 : 1;
	return (left->basis_start > right->basis_start) - (left->basis_start < right->basis_start);
}

void check_schema_run(const struct check *check, const struct check_context *context, struct facts *facts)
{
	struct err err;
	const struct doc *doc = context->refs->main;
	struct view view = {doc, NULL}; /* `$ref` means nothing in what is checked */
	struct gathering gathering = {.sink = {.report = gather}, .doc = doc, .arena = context->arena};
	struct fact *fact = arena_zalloc(context->arena, sizeof *fact);
	err_init(&err, context->arena);
	enum schema_result result = schema_check(
			check->schema->schema, &view, doc->root, SCHEMA_BRIEF, &gathering.sink, context->arena, &err);
	*fact = (struct fact){.applies = true, .selected = 1, .undecided = result == SCHEMA_UNDECIDED};
	if (fact->undecided) fact->why = err.message;
	fact->violations = (uint32_t)gathering.results.count;
	fact->cut = gathering.sink.cut;
	facts->items = fact;
	facts->result_count = (uint32_t)gathering.results.count;
	facts->results = arena_alloc(context->arena, gathering.results.count * sizeof *facts->results);
	if (facts->result_count) {
		qsort(gathering.results.items, facts->result_count, sizeof *facts->results, by_place);
		memcpy(facts->results, gathering.results.items, facts->result_count * sizeof *facts->results);
	}
	vec_release(&gathering.results);
}
