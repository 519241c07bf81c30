/* SPDX-License-Identifier: EUPL-1.2 */
/* Parts of compiled scenarios: criteria, parameters, actions, bodies. */
#ifndef KEUR_ENGINE_ARAZZO_PART_H
#define KEUR_ENGINE_ARAZZO_PART_H

#include "engine/arazzo_condition.h"
#include "engine/arazzo_plan.h"
#include "engine/openapi.h"
#include "engine/regex.h"

enum { NO_RULE = UINT32_MAX, NO_STEP = UINT32_MAX };

struct arazzo_workflow;

enum criterion_kind { CRITERION_SIMPLE, CRITERION_REGEX, CRITERION_JSONPATH, CRITERION_XPATH };

struct criterion {
	const struct node *node, *condition_node;
	enum criterion_kind kind;
	struct condition *simple;
	struct condition *when; /* x-keur-when: else it is passed over; NULL: always judged */
	struct expression context;
	struct template text;        /* condition of the others */
	const struct regex *regex;   /* compiled when the text has no expressions */
	const struct jsonpath *path; /* as well */
	struct text unusable;        /* why it cannot be evaluated at all; empty: it can */
	uint32_t rule;
	struct text message, expected; /* x-keur-; may be empty */
	struct str found;              /* XPath of what to tell was found; ptr NULL: none */
	bool aside;                    /* judged, and without say in whether the step succeeds */
};

struct parameter {
	const struct node *node;
	struct str name;
	bool input; /* of a called workflow: `in` does not count */
	enum openapi_in in;
	struct plan value;
	const struct openapi_parameter *declared; /* NULL: the OpenAPI document does not */
};

enum action_type { ACTION_END, ACTION_GOTO, ACTION_RETRY };

struct action {
	const struct node *node;
	struct str name;
	enum action_type type;
	const struct arazzo_workflow *workflow; /* NULL: none */
	struct text unusable;                   /* its workflow is in a document that was not read */
	uint32_t step;                          /* UINT32_MAX: none */
	struct parameter *parameters;
	uint32_t parameter_count;
	double retry_after; /* seconds; negative: not said */
	uint32_t retry_limit;
	struct criterion *criteria;
	uint32_t criterion_count;
};

struct replacement {
	const struct node *node;
	struct str target; /* JSON Pointer, unless there is a JSONPath or it is an XPath */
	const struct jsonpath *path;
	bool xpath;
	struct text unusable; /* of an XPath */
	struct plan value;
};

/* x-keur-soap: what a step asks in an envelope. */
struct soap_call {
	struct template action, header; /* header without parts: none */
	bool is_1_2;
};

struct step_body {
	bool there;
	struct str content_type; /* empty: as the operation says */
	struct plan payload;
	bool has_payload;
	struct replacement *replacements;
	uint32_t replacement_count;
};

#endif
