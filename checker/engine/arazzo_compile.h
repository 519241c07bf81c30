/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files that compile scenarios do for each other. */
#ifndef KEUR_ENGINE_ARAZZO_COMPILE_H
#define KEUR_ENGINE_ARAZZO_COMPILE_H

#include "engine/arazzo_loading.h"

/* arazzo_shape.c: members of an object of each sort: there when they must be, of the right kind, none unknown. */
enum shape_name {
	SHAPE_DOCUMENT,
	SHAPE_INFO,
	SHAPE_SOURCE,
	SHAPE_WORKFLOW,
	SHAPE_STEP,
	SHAPE_PARAMETER,
	SHAPE_SUCCESS_ACTION,
	SHAPE_FAILURE_ACTION,
	SHAPE_REUSABLE,
	SHAPE_CRITERION,
	SHAPE_EXPRESSION_TYPE,
	SHAPE_SELECTOR,
	SHAPE_BODY,
	SHAPE_REPLACEMENT,
	SHAPE_COMPONENTS,
	SHAPE_REQUEST,
	SHAPE_SOAP,
	SHAPE_AWAIT,
	SHAPE_TOKEN,
};
bool shape_check(struct loading *loading, const struct node *node, enum shape_name shape);

/* "expected ..., found ..." at a node; false. And a fault in the expression, template or condition that `at` is the
 * text of; false. */
bool expected_error(struct loading *loading, const struct node *at, struct text expected);
bool fault_error(struct loading *loading, const struct node *at, const struct expression_fault *fault);

/* arazzo_token.c: x-keur-token of the step that is read now, whose object is `node`. */
bool token_read(struct loading *loading, const struct node *node);

/* Counts parts, and refuses the document at `at` beyond LIMIT_SCENARIO_PARTS. */
bool count_parts(struct loading *loading, const struct node *at, size_t count);

/* And: adds a remark at a node, once. */
void add_remark(struct loading *loading, const struct node *at, struct text text);

/* Behind an error: may it stay a remark? Of a lenient load, and when it is a mistake and no ceiling: then `why` is why
 * something is undecided, and the error is gone. The same of an expression that is none, or names what is not there. */
bool forgiven(struct loading *loading, struct text *why);
bool expression_forgiven(struct loading *loading, struct str text, struct expression *expression);

/* arazzo_plan.c: compiles a value; strings may be expressions or hold them. `outputs`: a string must be one. */
bool plan_compile(struct loading *loading, const struct node *node, struct plan *out);
bool outputs_compile(struct loading *loading, const struct node *map, struct output **out, uint32_t *count);

/* An expression by itself in a string. */
bool expression_compile(struct loading *loading, const struct node *node, struct expression *out);

/* Checks what an expression names (steps, workflows, sources), and fills in its index. */
bool expression_bind(struct loading *loading, const struct node *at, struct expression *expression);
bool template_bind(struct loading *loading, const struct node *at, struct template *template);

/* arazzo_criterion.c: a list of criteria. `rule` is that of its step or workflow. */
bool criteria_compile(
		struct loading *loading, const struct node *list, uint32_t rule, struct criterion **out, uint32_t *count);
/* Compiles a JSONPath, of RFC 9535 or the older draft; NULL and `why` when it is none. */
const struct jsonpath *selector_path(struct loading *loading, struct str text, bool draft, struct text *why);
/* Sets `unusable`, and remarks it, when an XPath cannot be evaluated; `text` is NULL when it is not known yet. */
void xpath_admit(struct loading *loading, const struct node *at, const struct node *type, const struct str *text,
		struct text *unusable);
/* The sort and version that `type` names: a string or an Expression Type Object. */
bool expression_type(struct loading *loading, const struct node *type, struct str *name, bool *draft);

/* arazzo_action.c: lists of parameters and actions; those of the workflow come behind what the step does not replace.
 */
bool parameters_compile(struct loading *loading, const struct node *own, const struct node *shared, bool inputs,
		struct parameter **out, uint32_t *count);
bool actions_compile(struct loading *loading, const struct node *own, const struct node *shared, bool failure,
		struct action **out, uint32_t *count);
/* The workflow that `text` at `at` names, here or in another document. NULL with `unusable` when that was not read. */
bool workflow_find(struct loading *loading, const struct node *at, struct str text, const struct arazzo_workflow **out,
		struct text *unusable);

/* arazzo_step.c: steps of the workflow that is read now. */
bool steps_compile(struct loading *loading);

/* arazzo_soap.c: a step that asks by SOAP, and the prefixes of the document that is read now. */
bool soap_request(struct loading *loading, const struct node *at);
bool namespaces_read(struct loading *loading);
/* arazzo_await.c: a step that waits for a request; and, when all is compiled, which workflows ask for a counterpart. */
bool await_request(struct loading *loading, const struct node *at);
void counterparts_mark(struct loading *loading);
/* arazzo_step.c: is it the name of a method of HTTP? The path or URL of a request that no operation describes. */
bool request_is_method(struct str method);
bool request_target(struct loading *loading, const struct node *at, bool needed);
bool request_text(struct loading *loading, const struct node *at, struct template *out);

/* arazzo_body.c: what a step sends. */
bool body_compile(struct loading *loading, const struct node *node, struct step_body *out);

/* arazzo_rule.c: the rule that `x-keur-rule` of an object names, else `inherited`. */
bool rule_of(struct loading *loading, const struct node *node, uint32_t inherited, uint32_t *rule);
/* Adds a rule, or finds it. */
uint32_t rule_add(struct loading *loading, struct str name, const struct node *at);
/* A text of `x-keur-...`: a string, or one for each language. */
bool text_of(struct loading *loading, const struct node *node, const char *member, struct text *out);
bool flag_of(struct loading *loading, const struct node *node, const char *member, bool *out);

/* arazzo_workflow.c: workflows of the document that is read now: registered first, compiled when all are. */
bool workflows_register(struct loading *loading);
bool workflows_compile(struct loading *loading);
/* And those that depend on each other in a ring: refused. */
bool rings_check(struct loading *loading);

/* arazzo_contract.c: x-keur-passive; and, of a finished scenario, its OpenAPI documents and what is of which. */
bool passive_compile(struct loading *loading);
void apis_list(struct loading *loading);

/* The source description of that name, or NULL. */
struct arazzo_source *source_find(const struct arazzo_document *part, struct str name);

#endif
