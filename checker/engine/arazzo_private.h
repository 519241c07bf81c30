/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of scenarios share: the compiled form of Arazzo documents. Const after loading. */
#ifndef KEUR_ENGINE_ARAZZO_PRIVATE_H
#define KEUR_ENGINE_ARAZZO_PRIVATE_H

#include "doc/strmap.h"
#include "engine/arazzo.h"
#include "engine/arazzo_node.h"
#include "engine/arazzo_part.h"
#include "engine/schema.h"
#include "engine/xpath.h"

enum source_type { SOURCE_UNKNOWN, SOURCE_OPENAPI, SOURCE_ARAZZO, SOURCE_ASYNCAPI, SOURCE_WSDL };

struct arazzo_source {
	struct str name, url;
	const struct node *node;
	enum source_type type;
	const struct openapi *api;        /* OPENAPI that was read */
	struct strmap doubled;            /* operationIds that it has more than once */
	struct arazzo_document *document; /* ARAZZO that was read */
	struct text missing;              /* why it was not read */
};

enum step_kind { STEP_OPERATION, STEP_WORKFLOW, STEP_RAW, STEP_AWAIT, STEP_UNUSABLE };

/* x-keur-await: a request of the service that a step waits for. */
struct await_call {
	struct str method;
	struct template path;
	uint32_t timeout_ms;
	bool absent; /* it must not come */
	struct criterion *match;
	uint32_t match_count;
};

struct arazzo_step {
	struct str id, name; /* "workflow/step" */
	const struct node *node;
	enum step_kind kind;
	struct text unusable;
	const struct arazzo_source *source; /* of an operation; of a raw request the first that is OpenAPI, or NULL */
	const struct openapi_operation *operation;
	const struct arazzo_workflow *workflow;
	struct str method;            /* of a raw request */
	struct template path, url;    /* of a raw request: one of them has parts */
	struct parameter *parameters; /* those of the workflow merged in */
	struct criterion *criteria;
	struct action *on_success, *on_failure; /* those of the workflow behind */
	struct output *outputs;
	uint32_t *depends; /* steps of the same workflow */
	uint32_t parameter_count, criterion_count, success_count, failure_count, output_count, depend_count;
	struct step_body body;
	const struct await_call *await;
	const struct soap_call *soap;     /* of a raw request that goes in an envelope; NULL: none */
	uint32_t rule;                    /* of the step itself: where it has no criteria of its own, or failed */
	uint32_t timeout_ms;              /* of a step of HTTP; 0: not said */
	uint32_t failures;                /* x-keur-failure: set of 1 << enum http_failure; the exchange must fail so */
	const struct token_change *token; /* x-keur-token; NULL: the client's own */
	struct str client;                /* whose credentials; empty: the usual ones */
	bool cleanup, anonymous, keep_redirect;
};

struct arazzo_workflow {
	struct str id, name; /* "id", or "source.id" */
	struct arazzo_document *document;
	const struct node *node;
	uint32_t index;                  /* in its document */
	uint32_t number;                 /* of all workflows of the scenario */
	const struct node *input_schema; /* NULL: none */
	const struct schema *schema;
	const struct node *requires; /* x-keur-requires; NULL: none */
	struct strmap step_index;
	struct arazzo_step *steps;
	struct output *outputs;
	const struct arazzo_workflow **depends;
	uint32_t step_count, output_count, depend_count;
	struct text unusable; /* depends on what was not read */
	bool cleanup, optional, called;
	bool asks_counterpart;    /* by itself, or in what it calls */
	bool may_ask_counterpart; /* by the default of an input, which test data may replace */
};

struct arazzo_document {
	const struct doc *doc;
	struct str prefix; /* of names in it: "" for the main document, else "source." */
	struct str self;   /* $self, else the name of the document */
	bool is_1_1;
	struct arazzo_source *sources;
	struct arazzo_workflow *workflows;
	uint32_t source_count, workflow_count;
	struct strmap workflow_index;
	struct xpath_names names; /* x-keur-namespaces */
	const struct node *components;
};

#endif
