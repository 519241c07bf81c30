/* SPDX-License-Identifier: EUPL-1.2 */
/* Running a rule set on a document: one walk for each way of seeing it, functions on what is found, results. */
#include "base/limits.h"
#include "base/vec.h"
#include "doc/openapi_data.h"
#include "engine/spectral_private.h"
#include "engine/spectral_result.h"

/* The rules that wait for matches of one path. */
struct waiting {
	uint32_t path; /* in spectral->paths */
	uint32_t rule;
};

struct run {
	const struct spectral *spectral;
	const struct refs *refs;
	struct view view;
	struct arena *arena;   /* of the results */
	struct arena *scratch; /* ends with the run */
	struct session session;
	struct result_list results;
	struct fact *outcomes;
	struct waiting *waiting; /* sorted by path */
	uint32_t *first;         /* for each path walked: where its rules start in waiting; one more at the end */
};

/* A sink that knows which rule and which subject it is for. */
struct rule_sink {
	struct violation_sink sink;
	struct run *run;
	const struct subject *subject;
	uint32_t rule;
};

static void take_violation(struct violation_sink *sink, const struct violation *violation)
{
	struct rule_sink *own = (struct rule_sink *)sink;
	struct fact *outcome = &own->run->outcomes[own->rule];
	if (outcome->violations >= LIMIT_RESULTS_PER_RULE) {
		outcome->violations++;
		outcome->cut = true;
		return;
	}
	struct result_source source = {own->run->spectral, &own->run->view, own->subject, own->rule, own->run->scratch};
	outcome->violations += result_add(&own->run->results, &source, violation, own->run->arena);
}

static void evaluate(struct run *run, uint32_t rule, const struct then *then, const struct subject *subject)
{
	struct rule_sink sink = {{take_violation}, run, subject, rule};
	struct fact *outcome = &run->outcomes[rule];
	struct err err;
	err_init(&err, run->arena);
	enum function_result result = then->function->evaluate(then->options, subject, &sink.sink, &err);
	if (result == FUNCTION_DONE || outcome->undecided) return;
	outcome->undecided = true;
	outcome->why = err.message;
}

/* What a function is given: a value at a place, or a key when `key` is not NULL. */
static struct subject subject_of(struct run *run, const struct node *value, struct str key, const struct step *where)
{
	return (struct subject){&run->view, value, key, where, run->refs, run->arena, &run->session,
			run->spectral->options.spectral_places};
}

static const struct str no_key = {NULL, 0};

/* The key that leads to a step: its name, or its number in an array. */
static struct str key_of(const struct run *run, const struct step *step)
{
	return step->key.ptr ? step->key : str_printf(run->scratch, "%u", step->index);
}

/* `field: "@key"`: each key of the value. */
static void evaluate_keys(struct run *run, uint32_t rule, const struct then *then, const struct step *where)
{
	const struct node *value = where->node;
	for (uint32_t i = 0; i < value->len; i++) {
		struct step member = step_child(&run->view, where, &value->children[i], i);
		struct subject subject = subject_of(run, NULL, key_of(run, &member), &member);
		evaluate(run, rule, then, &subject);
	}
	if (value->len > 0) return;
	struct subject nothing = subject_of(run, NULL, no_key, where);
	evaluate(run, rule, then, &nothing);
}

static const struct node *child_by_token(const struct node *node, struct str token, uint32_t *index)
{
	if (node && node->kind == NODE_OBJECT) return node_member(node, token);
	if (!node || node->kind != NODE_ARRAY || !str_to_u32(token, index)) return NULL;
	return node_at(node, *index);
}

/* A dotted field: the value at the end of its names, NULL where one is missing. */
static void evaluate_tokens(struct run *run, uint32_t rule, const struct then *then, const struct step *where)
{
	struct step *steps = arena_alloc(run->scratch, then->token_count * sizeof *steps);
	const struct step *at = where;
	for (uint32_t i = 0; i < then->token_count; i++) {
		uint32_t index = 0;
		const struct node *child = child_by_token(at->node, then->tokens[i], &index);
		steps[i] = child ? step_child(&run->view, at, child, index) : step_missing(at, then->tokens[i]);
		at = &steps[i];
	}
	/* lodash's get() prefers a member whose name is the whole field, dots and all */
	const struct node *whole = then->token_count > 1 ? view_member(&run->view, where->node, then->field) : NULL;
	struct subject subject = subject_of(run, whole ? whole : at->node, no_key, at);
	evaluate(run, rule, then, &subject);
}

struct field_match {
	struct run *run;
	const struct then *then;
	uint32_t rule;
	uint32_t count;
};

static bool take_field(void *context, uint32_t path, const struct match *match)
{
	(void)path;
	struct field_match *field = context;
	struct subject subject = subject_of(field->run, match->where->node, no_key, match->where);
	field->count++;
	evaluate(field->run, field->rule, field->then, &subject);
	return true;
}

/* `field: "$.a.b"`: what a JSONPath selects below the value; undefined when that is nothing. */
static void evaluate_path(struct run *run, uint32_t rule, const struct then *then, const struct step *where)
{
	struct field_match field = {run, then, rule, 0};
	struct jsonpath_report report = {0};
	jsonpath_select(then->path, &run->view, where, take_field, &field, &report);
	struct fact *outcome = &run->outcomes[rule];
	outcome->filter_failures += report.filter_failures;
	if (report.undecided) spectral_undecided(run->arena, outcome);
	if (field.count > 0) return;
	struct subject nothing = subject_of(run, NULL, no_key, where);
	evaluate(run, rule, then, &nothing);
}

static void evaluate_then(struct run *run, uint32_t rule, const struct then *then, const struct match *match)
{
	const struct step *where = match->where;
	if (match->is_key && where->up) {
		struct subject subject = subject_of(run, NULL, key_of(run, where), where);
		evaluate(run, rule, then, &subject);
	} else if (then->field_kind == FIELD_VALUE || !where->node || !node_is_container(where->node)) {
		struct subject subject = subject_of(run, where->node, no_key, where);
		evaluate(run, rule, then, &subject);
	} else if (then->field_kind == FIELD_KEY) {
		evaluate_keys(run, rule, then, where);
	} else if (then->field_kind == FIELD_TOKENS) {
		evaluate_tokens(run, rule, then, where);
	} else {
		evaluate_path(run, rule, then, where);
	}
}

/* Is a place inside an example or other data of an OpenAPI document? */
static bool is_in_data(const struct step *step)
{
	const struct str none = {"", 0};
	for (; step->up; step = step->up) {
		const struct step *holder = step->up;
		if (step->held && openapi_is_data(holder->up ? holder->up->key : none, holder->key, step->held)) return true;
	}
	return false;
}

static bool take_match(void *context, uint32_t path, const struct match *match)
{
	struct run *run = context;
	for (uint32_t i = run->first[path]; i < run->first[path + 1]; i++) {
		uint32_t rule = run->waiting[i].rule;
		const struct program *program = &run->spectral->programs[rule];
		if (program->not_in_data && is_in_data(match->where)) continue;
		run->outcomes[rule].applies = true;
		run->outcomes[rule].selected++;
		for (uint32_t t = 0; t < program->then_count; t++)
			evaluate_then(run, rule, &program->thens[t], match);
	}
	return true;
}

static int compare_waiting(const void *a, const void *b)
{
	const struct waiting *left = a, *right = b;
	if (left->path != right->path) return left->path < right->path ? -1 : 1;
	return left->rule < right->rule ? -1 : left->rule > right->rule;
}

/* Collects what waits for matches in a view that is resolved or not; marks rules that cannot run. */
static uint32_t collect(struct run *run, format_set formats, bool resolved)
{
	struct {
		struct waiting *items;
		size_t count, capacity;
	} list = {0};
	for (uint32_t rule = 0; rule < run->spectral->rule_count; rule++) {
		const struct program *program = &run->spectral->programs[rule];
		if (program->resolved != resolved || (program->has_formats && !(program->formats & formats))) continue;
		struct text why = run->spectral->rules[rule].unavailable;
		if (why.in[LANG_EN].len > 0) {
			run->outcomes[rule].undecided = true;
			run->outcomes[rule].why = why;
			continue;
		}
		for (uint32_t g = 0; g < program->given_count; g++)
			if (given_holds(&program->givens[g], formats))
				*vec_push(&list) = (struct waiting){program->givens[g].path, rule};
	}
	run->waiting = arena_alloc(run->scratch, list.count * sizeof *run->waiting);
	if (list.count) memcpy(run->waiting, list.items, list.count * sizeof *run->waiting);
	qsort(run->waiting, list.count, sizeof *run->waiting, compare_waiting);
	uint32_t count = (uint32_t)list.count;
	vec_release(&list);
	return count;
}

static void note_reports(struct run *run, const struct jsonpath_report *reports, uint32_t path_count)
{
	for (uint32_t p = 0; p < path_count; p++)
		for (uint32_t i = run->first[p]; i < run->first[p + 1]; i++) {
			struct fact *outcome = &run->outcomes[run->waiting[i].rule];
			outcome->filter_failures += reports[p].filter_failures;
			if (reports[p].undecided) spectral_undecided(run->arena, outcome);
		}
}

/* All rules that see the document one way, in one walk. */
static void walk(struct run *run, format_set formats, bool resolved, const struct refs *refs)
{
	uint32_t waiting = collect(run, formats, resolved), count = 0;
	run->view = (struct view){.doc = refs->main, .refs = resolved ? refs : NULL};
	const struct jsonpath **paths = arena_alloc(run->scratch, (waiting + 1) * sizeof *paths);
	run->first = arena_alloc(run->scratch, (waiting + 2) * sizeof *run->first);
	for (uint32_t i = 0; i < waiting; i++) {
		if (i > 0 && run->waiting[i].path == run->waiting[i - 1].path) continue;
		paths[count] = run->spectral->paths[run->waiting[i].path];
		run->first[count++] = i;
	}
	run->first[count] = waiting;
	if (count == 0) return;
	struct jsonpath_report *reports = arena_zalloc(run->scratch, count * sizeof *reports);
	const struct jsonpath_set *set = jsonpath_set_new(run->scratch, paths, count);
	jsonpath_walk(set, &run->view, take_match, run, reports);
	note_reports(run, reports, count);
}

void spectral_check(const struct spectral *spectral, const struct refs *refs, struct arena *arena, struct facts *out)
{
	struct run run = {.spectral = spectral, .refs = refs, .arena = arena, .scratch = arena_new()};
	format_set formats = format_detect(refs->main->root);
	run.session.arena = run.scratch;
	run.outcomes = arena_zalloc(arena, (spectral->rule_count + 1) * sizeof *run.outcomes);
	walk(&run, formats, true, refs);
	walk(&run, formats, false, refs);
	*out = (struct facts){.items = run.outcomes};
	if (spectral->formats && !(spectral->formats & formats)) out->unrecognized = format_names(arena, spectral->formats);
	results_finish(&run.results, spectral, arena, out);
	arena_free(run.scratch);
}
