/* SPDX-License-Identifier: EUPL-1.2 */
/* Compiling parameters and actions, with those of the workflow merged into those of each step. */
#include <math.h>

#include "base/limits.h"
#include "engine/arazzo_compile.h"

struct arazzo_source *source_find(const struct arazzo_document *part, struct str name)
{
	for (uint32_t i = 0; i < part->source_count; i++)
		if (str_eq(part->sources[i].name, name)) return &part->sources[i];
	return NULL;
}

bool count_parts(struct loading *loading, const struct node *at, size_t count)
{
	loading->part_total += count;
	if (count <= LIMIT_SCENARIO_LIST && loading->part_total <= LIMIT_SCENARIO_PARTS) return true;
	return err_set(loading->err, ERR_LIMIT, source_loc(loading->part->doc->source, at->start),
			"more than %d parameters or actions in one list, or %d in all steps together",
			"meer dan %d parameters of acties in een lijst, of %d in alle stappen samen", LIMIT_SCENARIO_LIST,
			LIMIT_SCENARIO_PARTS);
}

/* What a Reusable Object refers to, below components.`kind`; the node itself when it is none; NULL when refused. */
static const struct node *reused(struct loading *loading, const struct node *node, const char *kind)
{
	struct expression expression;
	const struct node *reference = node_member(node, STR("reference"));
	if (!reference) return node;
	if (!shape_check(loading, node, SHAPE_REUSABLE)) return NULL;
	if (!expression_compile(loading, reference, &expression)) return NULL;
	if (expression.kind == EXPRESSION_COMPONENT && str_eq(expression.owner, str_of(kind)))
		return node_member(node_member(loading->part->components, expression.owner), expression.name);
	AT_ERROR(loading, reference, "expected \"$components.%s.<name>\", found \"%.*s\"",
			"verwacht werd \"$components.%s.<naam>\", gevonden \"%.*s\"", kind, STR_FMT(node_text(reference)));
	return NULL;
}

static bool in_read(struct loading *loading, const struct node *node, bool inputs, struct parameter *out)
{
	static const char *const names[] = {"path", "query", "querystring", "header", "cookie", "channel"};
	static const enum openapi_in kinds[] = {IN_PATH, IN_QUERY, IN_QUERYSTRING, IN_HEADER, IN_COOKIE, IN_HEADER};
	const struct node *in = node_member(node, STR("in"));
	out->input = inputs;
	if (!in && !inputs)
		return AT_ERROR(loading, node, "expected member \"in\" of parameter \"%.*s\": path, query, header or cookie",
				"verwacht werd lid \"in\" van parameter \"%.*s\": path, query, header of cookie", STR_FMT(out->name));
	for (size_t i = 0; in && i < sizeof names / sizeof *names; i++) {
		if (!str_eq(node_text(in), str_of(names[i]))) continue;
		out->in = kinds[i];
		return (i != 2 && i != 5) || loading->part->is_1_1 ||
			   AT_ERROR(loading, in, "\"in: %s\" is of Arazzo 1.1, and this document says 1.0",
					   "\"in: %s\" hoort bij Arazzo 1.1, en dit document zegt 1.0", names[i]);
	}
	return !in ||
		   expected_error(loading, in,
				   TEXT("path, query, querystring, header or cookie", "path, query, querystring, header of cookie"));
}

static bool parameter_compile(struct loading *loading, const struct node *node, bool inputs, struct parameter *out)
{
	const struct node *target = reused(loading, node, "parameters");
	if (!target || !shape_check(loading, target, SHAPE_PARAMETER)) return false;
	const struct node *value = target != node ? node_member(node, STR("value")) : NULL;
	*out = (struct parameter){.node = node, .name = node_string_member(target, STR("name"))};
	return in_read(loading, target, inputs, out) &&
		   plan_compile(loading, value ? value : node_member(target, STR("value")), &out->value);
}

static bool same_parameter(const struct parameter *a, const struct parameter *b)
{
	if (a->name.len != b->name.len || (!a->input && a->in != b->in)) return false;
	return !a->input && a->in == IN_HEADER ? condition_same_text(a->name, b->name) : str_eq(a->name, b->name);
}

static bool add_parameters(
		struct loading *loading, const struct node *list, bool inputs, struct parameter *all, uint32_t *count)
{
	uint32_t own = *count;
	for (uint32_t i = 0; list && i < list->len; i++) {
		struct parameter *parameter = &all[*count];
		uint32_t other = 0;
		if (!parameter_compile(loading, &list->children[i], inputs, parameter)) return false;
		while (other < *count && !same_parameter(&all[other], parameter))
			other++;
		if (other < *count && other >= own)
			return AT_ERROR(loading, &list->children[i], "parameter \"%.*s\" is given twice",
					"parameter \"%.*s\" staat er twee keer", STR_FMT(parameter->name));
		if (other == *count) ++*count;
	}
	return true;
}

bool parameters_compile(struct loading *loading, const struct node *own, const struct node *shared, bool inputs,
		struct parameter **out, uint32_t *count)
{
	size_t most = (own ? own->len : 0) + (size_t)(shared ? shared->len : 0);
	const struct node *at = own ? own : shared;
	*count = 0;
	if (at && !count_parts(loading, at, most)) return false;
	*out = arena_zalloc(loading->arena, (most + 1) * sizeof **out);
	return add_parameters(loading, own, inputs, *out, count) && add_parameters(loading, shared, inputs, *out, count);
}

static bool find_elsewhere(struct loading *loading, const struct node *at, const struct expression *expression,
		const struct arazzo_workflow **out, struct text *unusable)
{
	const struct arazzo_source *source = source_find(loading->part, expression->owner);
	if (source->missing.in[LANG_EN].len > 0) {
		*unusable = source->missing;
		return true;
	}
	if (!source->document)
		return AT_ERROR(loading, at, "\"%.*s\": source description \"%.*s\" is no Arazzo document",
					   "\"%.*s\": bronbeschrijving \"%.*s\" is geen Arazzo-document", STR_FMT(expression->text),
					   STR_FMT(source->name)) ||
			   forgiven(loading, unusable);
	const uint32_t *index = strmap_get(&source->document->workflow_index, expression->name);
	if (!index)
		return AT_ERROR(loading, at, "\"%.*s\": \"%.*s\" has no workflow \"%.*s\"",
					   "\"%.*s\": \"%.*s\" heeft geen workflow \"%.*s\"", STR_FMT(expression->text),
					   STR_FMT(source->url), STR_FMT(expression->name)) ||
			   forgiven(loading, unusable);
	*out = &source->document->workflows[*index];
	return true;
}

bool workflow_find(struct loading *loading, const struct node *at, struct str text, const struct arazzo_workflow **out,
		struct text *unusable)
{
	struct expression expression;
	struct expression_fault fault = {0};
	*out = NULL;
	if (text.len > 0 && text.ptr[0] == '$') {
		if (!expression_parse(text, &expression, &fault))
			return fault_error(loading, at, &fault) || forgiven(loading, unusable);
		if (expression.kind != EXPRESSION_SOURCE)
			return expected_error(loading, at,
					TEXT("a workflowId, or \"$sourceDescriptions.<name>.<workflowId>\"",
							"een workflowId, of \"$sourceDescriptions.<naam>.<workflowId>\""));
		if (!expression_bind(loading, at, &expression)) return false;
		*unusable = expression.why;
		return expression.kind == EXPRESSION_UNUSABLE || find_elsewhere(loading, at, &expression, out, unusable);
	}
	const uint32_t *index = strmap_get(&loading->part->workflow_index, text);
	if (!index)
		return AT_ERROR(loading, at, "there is no workflow \"%.*s\" in this document",
					   "dit document heeft geen workflow \"%.*s\"", STR_FMT(text)) ||
			   forgiven(loading, unusable);
	*out = &loading->part->workflows[*index];
	return true;
}

static bool action_target(struct loading *loading, const struct node *node, struct action *action)
{
	const struct node *workflow = node_member(node, STR("workflowId")), *step = node_member(node, STR("stepId"));
	if (workflow && step)
		return AT_ERROR(loading, step, "expected either \"workflowId\" or \"stepId\", found both",
				"verwacht werd of \"workflowId\" of \"stepId\", gevonden allebei");
	if (action->type == ACTION_GOTO && !workflow && !step)
		return AT_ERROR(loading, node, "expected \"workflowId\" or \"stepId\" to go to, found none",
				"verwacht werd \"workflowId\" of \"stepId\" om naartoe te gaan, maar die is er niet");
	if (workflow) {
		if (!workflow_find(loading, workflow, node_text(workflow), &action->workflow, &action->unusable)) return false;
		/* It is played when it is gone to, and not by itself. */
		if (action->workflow && action->workflow != loading->workflow)
			((struct arazzo_workflow *)action->workflow)->called = true;
	}
	if (!step || !loading->workflow) return true;
	const uint32_t *index = strmap_get(&loading->workflow->step_index, node_text(step));
	if (!index)
		return AT_ERROR(loading, step, "workflow \"%.*s\" has no step \"%.*s\"",
					   "workflow \"%.*s\" heeft geen stap \"%.*s\"", STR_FMT(loading->workflow->id),
					   STR_FMT(node_text(step))) ||
			   forgiven(loading, &action->unusable);
	action->step = *index;
	return true;
}

static bool action_type(struct loading *loading, const struct node *node, bool failure, struct action *action)
{
	static const char *const names[] = {"end", "goto", "retry"};
	const struct node *type = node_member(node, STR("type"));
	for (int i = 0; i < (failure ? 3 : 2); i++) {
		if (!str_eq(node_text(type), str_of(names[i]))) continue;
		action->type = (enum action_type)i;
		return true;
	}
	return expected_error(loading, type,
			failure ? TEXT("end, goto or retry", "end, goto of retry") : TEXT("end or goto", "end of goto"));
}

static bool retry_read(struct loading *loading, const struct node *node, struct action *action)
{
	const struct node *after = node_member(node, STR("retryAfter")), *limit = node_member(node, STR("retryLimit"));
	action->retry_after = after ? node_double(after) : -1;
	action->retry_limit = limit ? (uint32_t)fmin(node_double(limit), LIMIT_SCENARIO_RETRIES + 1.0) : 1;
	if (action->retry_limit > LIMIT_SCENARIO_RETRIES)
		return AT_ERROR(loading, limit, "expected a retryLimit of at most %d",
				"verwacht werd een retryLimit van hoogstens %d", LIMIT_SCENARIO_RETRIES);
	if (action->retry_after > LIMIT_SCENARIO_WAIT_SECONDS)
		return AT_ERROR(loading, after, "expected a retryAfter of at most %d seconds",
				"verwacht werd een retryAfter van hoogstens %d seconden", LIMIT_SCENARIO_WAIT_SECONDS);
	return true;
}

static bool action_compile(struct loading *loading, const struct node *node, bool failure, struct action *action)
{
	const struct node *target = reused(loading, node, failure ? "failureActions" : "successActions");
	if (!target || !shape_check(loading, target, failure ? SHAPE_FAILURE_ACTION : SHAPE_SUCCESS_ACTION)) return false;
	const struct node *parameters = node_member(target, STR("parameters"));
	*action = (struct action){.node = target, .name = node_string_member(target, STR("name")), .step = NO_STEP};
	if (!action_type(loading, target, failure, action) || !action_target(loading, target, action)) return false;
	if (parameters && !node_member(target, STR("workflowId")))
		return AT_ERROR(loading, parameters, "\"parameters\" of an action are for a workflow: expected \"workflowId\"",
				"\"parameters\" van een actie zijn voor een workflow: verwacht werd \"workflowId\"");
	return retry_read(loading, target, action) &&
		   parameters_compile(loading, parameters, NULL, true, &action->parameters, &action->parameter_count) &&
		   criteria_compile(
				   loading, node_member(target, STR("criteria")), NO_RULE, &action->criteria, &action->criterion_count);
}

static bool add_actions(
		struct loading *loading, const struct node *list, bool failure, struct action *all, uint32_t *count)
{
	uint32_t own = *count;
	for (uint32_t i = 0; list && i < list->len; i++) {
		uint32_t other = 0;
		if (!action_compile(loading, &list->children[i], failure, &all[*count])) return false;
		while (other < *count && !str_eq(all[other].name, all[*count].name))
			other++;
		if (other < *count && other >= own)
			return AT_ERROR(loading, &list->children[i], "action \"%.*s\" is given twice",
					"actie \"%.*s\" staat er twee keer", STR_FMT(all[other].name));
		if (other == *count) ++*count;
	}
	return true;
}

bool actions_compile(struct loading *loading, const struct node *own, const struct node *shared, bool failure,
		struct action **out, uint32_t *count)
{
	size_t most = (own ? own->len : 0) + (size_t)(shared ? shared->len : 0);
	const struct node *at = own ? own : shared;
	*count = 0;
	if (at && !count_parts(loading, at, most)) return false;
	*out = arena_zalloc(loading->arena, (most + 1) * sizeof **out);
	return add_actions(loading, own, failure, *out, count) && add_actions(loading, shared, failure, *out, count);
}
