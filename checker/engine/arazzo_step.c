/* SPDX-License-Identifier: EUPL-1.2 */
/* Compiling steps: what they call, and everything that belongs to them. */
#include <math.h>

#include "doc/pointer.h"
#include "engine/arazzo_compile.h"
#include "fetch/exchange.h"

static void unusable(struct loading *loading, const struct node *at, struct text why)
{
	loading->step->kind = STEP_UNUSABLE;
	loading->step->unusable = why;
	add_remark(loading, at, why);
}

/* Behind an error: it keeps this step alone from being played. */
static bool step_forgiven(struct loading *loading)
{
	struct text why;
	if (!forgiven(loading, &why)) return false;
	loading->step->kind = STEP_UNUSABLE;
	loading->step->unusable = why;
	return true;
}

/* The operation `id` of one source description. */
static bool operation_in(
		struct loading *loading, const struct node *at, const struct arazzo_source *source, struct str id)
{
	struct arazzo_step *step = loading->step;
	step->source = source;
	if (!source->api) {
		unusable(loading, at, source->missing);
		return true;
	}
	step->operation = openapi_by_id(source->api, id);
	if (!step->operation && source->api->broken) {
		unusable(loading, at,
				TEXT("a part of the OpenAPI document that may hold this operation could not be read",
						"een deel van het OpenAPI-document waar deze operatie in kan staan is niet gelezen"));
		return true;
	}
	if (!step->operation)
		return AT_ERROR(loading, at, "\"%.*s\" has no operation with operationId \"%.*s\"",
					   "\"%.*s\" heeft geen operatie met operationId \"%.*s\"", STR_FMT(source->url), STR_FMT(id)) ||
			   step_forgiven(loading);
	if (strmap_get(&source->doubled, id))
		return AT_ERROR(loading, at, "\"%.*s\" has more than one operation with operationId \"%.*s\"",
					   "\"%.*s\" heeft meer dan een operatie met operationId \"%.*s\"", STR_FMT(source->url),
					   STR_FMT(id)) ||
			   step_forgiven(loading);
	return true;
}

/* A bare operationId is looked for in all source descriptions. */
static bool operation_anywhere(struct loading *loading, const struct node *at, struct str id)
{
	const struct arazzo_source *found = NULL, *unread = NULL;
	for (uint32_t i = 0; i < loading->part->source_count; i++) {
		const struct arazzo_source *source = &loading->part->sources[i];
		if (!source->api && source->type != SOURCE_ARAZZO) unread = source;
		if (!source->api || !openapi_by_id(source->api, id)) continue;
		if (found)
			return AT_ERROR(loading, at,
						   "operationId \"%.*s\" is in source descriptions \"%.*s\" and \"%.*s\"; write "
						   "$sourceDescriptions.<name>.%.*s",
						   "operationId \"%.*s\" staat in bronbeschrijvingen \"%.*s\" en \"%.*s\"; schrijf "
						   "$sourceDescriptions.<naam>.%.*s",
						   STR_FMT(id), STR_FMT(found->name), STR_FMT(source->name), STR_FMT(id)) ||
				   step_forgiven(loading);
		found = source;
	}
	if (found) return operation_in(loading, at, found, id);
	if (unread) {
		unusable(loading, at, unread->missing);
		return true;
	}
	return AT_ERROR(loading, at, "no source description has an operation with operationId \"%.*s\"",
				   "geen bronbeschrijving heeft een operatie met operationId \"%.*s\"", STR_FMT(id)) ||
		   step_forgiven(loading);
}

static bool operation_by_id(struct loading *loading, const struct node *at)
{
	struct expression expression;
	struct str text = node_text(at);
	loading->step->kind = STEP_OPERATION;
	if (!expression_starts(text)) return operation_anywhere(loading, at, text);
	if (!expression_compile(loading, at, &expression)) return false;
	if (expression.kind == EXPRESSION_UNUSABLE) {
		unusable(loading, at, expression.why);
		return true;
	}
	if (expression.kind != EXPRESSION_SOURCE)
		return expected_error(loading, at,
					   TEXT("an operationId, or \"$sourceDescriptions.<name>.<operationId>\"",
							   "een operationId, of \"$sourceDescriptions.<naam>.<operationId>\"")) ||
			   step_forgiven(loading);
	return operation_in(loading, at, source_find(loading->part, expression.owner), expression.name);
}

static bool path_error(struct loading *loading, const struct node *at)
{
	return expected_error(loading, at,
				   TEXT("\"{$sourceDescriptions.<name>.url}#/paths/~1<path>/<method>\"",
						   "\"{$sourceDescriptions.<naam>.url}#/paths/~1<pad>/<methode>\"")) ||
		   step_forgiven(loading);
}

/* "{$sourceDescriptions.api.url}#/paths/~1zaken/get", also without braces and without ".url". */
static bool operation_by_path(struct loading *loading, const struct node *at)
{
	struct str text = node_text(at), start = STR("$sourceDescriptions."), pointer;
	bool braces = str_starts(text, STR("{"));
	struct str name = braces ? str_skip(text, 1) : text;
	loading->step->kind = STEP_OPERATION;
	if (!str_starts(name, start)) return path_error(loading, at);
	name = str_skip(name, start.len);
	name.len = str_find(name, braces ? '}' : '#');
	pointer = str_skip(text, (size_t)(name.ptr - text.ptr) + name.len + (braces ? 1 : 0));
	if (!str_starts(pointer, STR("#/"))) return path_error(loading, at);
	if (str_ends(name, STR(".url"))) name.len -= 4;
	const struct arazzo_source *source = source_find(loading->part, name);
	if (!source)
		return AT_ERROR(loading, at, "there is no source description \"%.*s\"", "er is geen bronbeschrijving \"%.*s\"",
					   STR_FMT(name)) ||
			   step_forgiven(loading);
	loading->step->source = source;
	if (!source->api) {
		unusable(loading, at, source->missing);
		return true;
	}
	struct str decoded;
	if (pointer_decode_fragment(str_skip(pointer, 1), loading->arena, &decoded))
		loading->step->operation = openapi_by_pointer(source->api, decoded);
	return loading->step->operation ||
		   AT_ERROR(loading, at, "\"%.*s\" has no operation at \"%.*s\"", "\"%.*s\" heeft geen operatie op \"%.*s\"",
				   STR_FMT(source->url), STR_FMT(pointer)) ||
		   step_forgiven(loading);
}

static bool call_workflow(struct loading *loading, const struct node *at)
{
	struct arazzo_step *step = loading->step;
	struct text why = {0};
	step->kind = STEP_WORKFLOW;
	if (!workflow_find(loading, at, node_text(at), &step->workflow, &why)) return false;
	if (step->workflow)
		((struct arazzo_workflow *)step->workflow)->called = true;
	else
		unusable(loading, at, why);
	return true;
}

bool request_is_method(struct str method)
{
	for (size_t i = 0; i < method.len; i++)
		if (method.ptr[i] <= ' ' || method.ptr[i] >= 0x7F || strchr("\"(),/:;<=>?@[\\]{}", method.ptr[i])) return false;
	return method.len > 0;
}

bool request_text(struct loading *loading, const struct node *at, struct template *out)
{
	struct expression_fault fault = {0};
	if (!at) return true;
	if (!template_parse(loading->arena, node_text(at), out, &fault)) return fault_error(loading, at, &fault);
	return template_bind(loading, at, out);
}

bool request_target(struct loading *loading, const struct node *at, bool needed)
{
	struct arazzo_step *step = loading->step;
	const struct node *path = node_member(at, STR("path")), *url = node_member(at, STR("url"));
	step->kind = STEP_RAW;
	if ((path && url) || (needed && !path && !url))
		return AT_ERROR(loading, at, "expected either \"path\" or \"url\"", "verwacht werd of \"path\" of \"url\"");
	for (uint32_t i = 0; i < loading->part->source_count && !step->source; i++)
		if (loading->part->sources[i].api) step->source = &loading->part->sources[i];
	return request_text(loading, path, &step->path) && request_text(loading, url, &step->url);
}

static bool raw_request(struct loading *loading, const struct node *at)
{
	struct arazzo_step *step = loading->step;
	if (!shape_check(loading, at, SHAPE_REQUEST)) return false;
	step->method = node_string_member(at, STR("method"));
	if (!request_is_method(step->method))
		return expected_error(
				loading, node_member(at, STR("method")), TEXT("an HTTP method, \"GET\"", "een HTTP-methode, \"GET\""));
	return request_target(loading, at, true);
}

static bool channel(struct loading *loading, const struct node *at)
{
	const struct node *action = node_member(loading->step->node, STR("action"));
	if (!action)
		return AT_ERROR(loading, loading->step->node, "expected member \"action\" beside \"channelPath\", found none",
				"verwacht werd lid \"action\" bij \"channelPath\", maar dat is er niet");
	unusable(loading, at, TEXT("channels of AsyncAPI are not played", "kanalen van AsyncAPI worden niet uitgevoerd"));
	return true;
}

static bool target_read(struct loading *loading, const struct node *node)
{
	static const struct {
		const char *name;
		bool (*read)(struct loading *, const struct node *);
	} targets[] = {{"operationId", operation_by_id}, {"operationPath", operation_by_path},
			{"workflowId", call_workflow}, {"channelPath", channel}, {"x-keur-request", raw_request},
			{"x-keur-soap", soap_request}, {"x-keur-await", await_request}};
	const struct node *found = NULL;
	size_t which = 0;
	for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
		const struct node *member = node_member(node, str_of(targets[i].name));
		if (member && found)
			return KEY_ERROR(loading, member,
					"expected one of operationId, operationPath and workflowId, found \"%s\" "
					"beside \"%s\"",
					"verwacht werd een van operationId, operationPath en workflowId, gevonden \"%s\" naast \"%s\"",
					targets[i].name, targets[which].name);
		if (!member) continue;
		found = member;
		which = i;
	}
	if (found) return targets[which].read(loading, found);
	return AT_ERROR(loading, node, "expected operationId, operationPath or workflowId in the step, found none",
			"verwacht werd operationId, operationPath of workflowId in de stap, maar die is er niet");
}

/* Members that belong to one kind of step. */
static bool kind_check(struct loading *loading, const struct node *node)
{
	const struct node *action = node_member(node, STR("action")), *id = node_member(node, STR("correlationId"));
	const struct node *body = node_member(node, STR("requestBody"));
	const struct arazzo_step *step = loading->step;
	bool calls = node_member(node, STR("workflowId")) != NULL;
	bool is_http = calls || step->kind == STEP_RAW || step->kind == STEP_AWAIT ||
				   (step->source && step->source->type == SOURCE_OPENAPI);
	if (body && calls)
		return KEY_ERROR(loading, body, "\"requestBody\" is for operations, not for workflows",
					   "\"requestBody\" is voor operaties, niet voor workflows") ||
			   step_forgiven(loading);
	if ((action || id) && is_http) {
		const char *name = action ? "action" : "correlationId";
		KEY_ERROR(loading, action ? action : id, "\"%s\" is for AsyncAPI only", "\"%s\" is alleen voor AsyncAPI", name);
		if (calls || !step_forgiven(loading)) return false;
	}
	if (action && !str_eq(node_text(action), STR("send")) && !str_eq(node_text(action), STR("receive")))
		return expected_error(loading, action, TEXT("send or receive", "send of receive"));
	if (id && (!action || !str_eq(node_text(action), STR("receive"))))
		return KEY_ERROR(loading, id, "\"correlationId\" is for \"action: receive\"",
				"\"correlationId\" hoort bij \"action: receive\"");
	return true;
}

static const struct openapi_parameter *declared(const struct arazzo_step *step, const struct parameter *parameter)
{
	for (uint32_t i = 0; i < step->operation->parameter_count; i++) {
		const struct openapi_parameter *other = &step->operation->parameters[i];
		if (other->in != parameter->in || other->name.len != parameter->name.len) continue;
		bool same = other->in == IN_HEADER ? condition_same_text(other->name, parameter->name)
										   : str_eq(other->name, parameter->name);
		if (same) return other;
	}
	return NULL;
}

/* Every "{name}" of the path has a parameter; declarations are looked up. */
static bool parameters_check(struct loading *loading, const struct node *node)
{
	struct arazzo_step *step = loading->step;
	if (step->kind != STEP_OPERATION) return true;
	for (uint32_t i = 0; i < step->parameter_count; i++) {
		struct parameter *parameter = &step->parameters[i];
		parameter->declared = declared(step, parameter);
	}
	for (struct str rest = step->operation->path; rest.len > 0;) {
		rest = str_skip(rest, str_find(rest, '{') + 1);
		struct str name = {rest.ptr, str_find(rest, '}')};
		if (name.len >= rest.len) return true;
		uint32_t i = 0;
		while (i < step->parameter_count &&
				!(step->parameters[i].in == IN_PATH && str_eq(step->parameters[i].name, name)))
			i++;
		if (i == step->parameter_count)
			return AT_ERROR(loading, node, "path \"%.*s\" asks for parameter \"%.*s\" in: path, which is not given",
						   "pad \"%.*s\" vraagt parameter \"%.*s\" in: path, en die is er niet",
						   STR_FMT(step->operation->path), STR_FMT(name)) ||
				   step_forgiven(loading);
	}
	return true;
}

static bool failures_read(struct loading *loading, const struct node *list)
{
	if (!list) return true;
	if (list->kind != NODE_ARRAY || list->len == 0)
		return expected_error(loading, list, TEXT("a list of ways to fail", "een lijst van manieren om te falen"));
	for (uint32_t i = 0; i < list->len; i++) {
		const struct node *name = &list->children[i];
		uint32_t which = 1;
		while (which < FAILURE_COUNT &&
				!(name->kind == NODE_STRING && str_eq(node_text(name), str_of(failure_names[which]))))
			which++;
		if (which == FAILURE_COUNT)
			return expected_error(loading, name,
					TEXT("name, address, connect, timeout, certificate, tls, redirect, too-large, malformed or reset",
							"name, address, connect, timeout, certificate, tls, redirect, too-large, malformed of reset"));
		loading->step->failures |= 1u << which;
	}
	return true;
}

static bool one_dependency(struct loading *loading, const struct node *item)
{
	struct str text = item->kind == NODE_STRING ? node_text(item) : STR("");
	if (text.len > 0 && text.ptr[0] != '$') {
		const uint32_t *index = strmap_get(&loading->workflow->step_index, text);
		if (!index)
			return AT_ERROR(loading, item, "workflow \"%.*s\" has no step \"%.*s\"",
						   "workflow \"%.*s\" heeft geen stap \"%.*s\"", STR_FMT(loading->workflow->id),
						   STR_FMT(text)) ||
				   step_forgiven(loading);
		loading->step->depends[loading->step->depend_count++] = *index;
		return true;
	}
	struct str steps = STR(".steps.");
	size_t at = str_find_str(text, steps);
	bool named = str_starts(text, STR("$workflows.")) || str_starts(text, STR("$sourceDescriptions."));
	if (!named || at + steps.len >= text.len)
		return expected_error(loading, item,
				TEXT("a stepId, \"$workflows.<id>.steps.<id>\" or \"$sourceDescriptions.<name>.<id>.steps.<id>\"",
						"een stepId, \"$workflows.<id>.steps.<id>\" of \"$sourceDescriptions.<naam>.<id>.steps.<id>\""));
	if (loading->step->kind == STEP_UNUSABLE) return true;
	unusable(loading, item,
			TEXT("depends on a step of another workflow, which is of use for AsyncAPI only",
					"hangt af van een stap van een andere workflow, en dat is alleen zinvol voor AsyncAPI"));
	return true;
}

static bool depends_read(struct loading *loading, const struct node *list)
{
	if (!list) return true;
	if (!count_parts(loading, list, list->len)) return false;
	loading->step->depends = arena_alloc(loading->arena, list->len * sizeof *loading->step->depends);
	for (uint32_t i = 0; i < list->len; i++) {
		for (uint32_t other = 0; other < i; other++)
			if (node_equal(&list->children[other], &list->children[i]))
				return AT_ERROR(loading, &list->children[i], "\"%.*s\" is in \"dependsOn\" twice",
						"\"%.*s\" staat twee keer in \"dependsOn\"", STR_FMT(node_text(&list->children[i])));
		if (!one_dependency(loading, &list->children[i])) return false;
	}
	return true;
}

/* The name of a client that the descriptor gives; that of a step replaces that of its workflow. */
static bool client_read(struct loading *loading, const struct node *node)
{
	const struct node *client = node_member(node, STR("x-keur-client"));
	if (!client) return true;
	if (client->kind != NODE_STRING || client->len == 0)
		return expected_error(loading, client, TEXT("the name of a client", "de naam van een client"));
	loading->step->client = node_text(client);
	return true;
}

static bool marks_read(struct loading *loading, const struct node *node)
{
	struct arazzo_step *step = loading->step;
	const struct node *all = loading->workflow->node;
	uint32_t inherited = NO_RULE;
	const struct node *timeout = node_member(node, STR("timeout"));
	if (timeout) step->timeout_ms = (uint32_t)fmax(1, fmin(node_double(timeout), UINT32_MAX));
	if (!flag_of(loading, node, "x-keur-cleanup", &step->cleanup) ||
			!flag_of(loading, all, "x-keur-anonymous", &step->anonymous) ||
			!flag_of(loading, node, "x-keur-anonymous", &step->anonymous) ||
			!flag_of(loading, node, "x-keur-keep-redirect", &step->keep_redirect) || !client_read(loading, all) ||
			!client_read(loading, node))
		return false;
	if (!rule_of(loading, all, NO_RULE, &inherited)) return false;
	if (!token_read(loading, node)) return false;
	bool cleans = step->cleanup || loading->workflow->cleanup;
	if (cleans && !(loading->workflow->cleanup && node_member(all, STR("x-keur-rule")))) inherited = NO_RULE;
	if (!loading->scenario->named && !cleans) inherited = rule_add(loading, step->name, node);
	return rule_of(loading, node, inherited, &step->rule) &&
		   failures_read(loading, node_member(node, STR("x-keur-failure")));
}

static bool step_compile(struct loading *loading, const struct node *node)
{
	struct arazzo_step *step = loading->step;
	const struct node *all = loading->workflow->node;
	bool calls = node_member(node, STR("workflowId")) != NULL;
	return shape_check(loading, node, SHAPE_STEP) && marks_read(loading, node) && target_read(loading, node) &&
		   kind_check(loading, node) && depends_read(loading, node_member(node, STR("dependsOn"))) &&
		   parameters_compile(loading, node_member(node, STR("parameters")), node_member(all, STR("parameters")), calls,
				   &step->parameters, &step->parameter_count) &&
		   parameters_check(loading, node) &&
		   body_compile(loading, node_member(node, STR("requestBody")), &step->body) &&
		   criteria_compile(loading, node_member(node, STR("successCriteria")), step->rule, &step->criteria,
				   &step->criterion_count) &&
		   actions_compile(loading, node_member(node, STR("onSuccess")), node_member(all, STR("successActions")), false,
				   &step->on_success, &step->success_count) &&
		   actions_compile(loading, node_member(node, STR("onFailure")), node_member(all, STR("failureActions")), true,
				   &step->on_failure, &step->failure_count) &&
		   outputs_compile(loading, node_member(node, STR("outputs")), &step->outputs, &step->output_count);
}

bool steps_compile(struct loading *loading)
{
	struct arazzo_workflow *workflow = loading->workflow;
	for (uint32_t i = 0; i < workflow->step_count; i++) {
		loading->step = &workflow->steps[i];
		if (!step_compile(loading, loading->step->node)) return false;
	}
	loading->step = NULL;
	return true;
}
