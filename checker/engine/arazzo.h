/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Scenarios: Arazzo documents (OpenAPI Initiative, 1.0 and 1.1), read and compiled once; engine/arazzo_run.h plays
 * them.
 *
 * scenario_load() reads the document and all that its source descriptions name, checks every member, identifier,
 * reference, runtime expression and criterion, and refuses what is not right with file:line:column, what was expected
 * and what was found. What is right and cannot be played (a source description that was not read, AsyncAPI) is a
 * remark, and undecided when it is played; with `lenient` so is a mistake that concerns one step or expression only.
 * docs/scenarios.md says what of Arazzo is there, and what the members `x-keur-...` add. Const after loading; texts are
 * borrowed from documents that live as long as the scenario.
 */
#ifndef KEUR_ENGINE_ARAZZO_H
#define KEUR_ENGINE_ARAZZO_H

#include "doc/ref.h"
#include "doc/strmap.h"

/*
 * Finds the documents that source descriptions name. `url` is as written, `base` the name of the document that holds
 * it. Returns a document that outlives the scenario (`arena` may hold it), or NULL and `err` filled: the source
 * description is then missing, which is a remark and no mistake.
 */
struct scenario_loader {
	const struct doc *(*open)(
			struct scenario_loader *loader, struct str url, struct str base, struct arena *arena, struct err *err);
};

struct scenario_options {
	struct scenario_loader *loader; /* NULL: files beside the document that names them, and `remote` */
	struct doc_loader *remote;      /* what is at URLs, `$ref`s of what it brings too; NULL: nothing is fetched */
	bool lenient; /* names, expressions and members that are wrong in one step are remarks, and not refused */
};

/* What a requirement calls `check#name`: a name of `x-keur-rule`, or "workflowId/stepId" where the document has none.
 */
struct scenario_rule {
	struct str name;
	const struct doc *doc; /* where it is named first: the criterion, step or workflow */
	struct str pointer;
	uint32_t start, end;
	uint32_t uses;        /* criteria that it stands on; with 0 a step that must succeed */
	struct text message;  /* x-keur-message of that place; empty: none */
	struct text expected; /* x-keur-expected; empty: none */
};

/* Something to know before playing: it will be undecided, unless `harmless`. */
struct scenario_remark {
	struct loc loc;
	struct text text;
	bool harmless;
};

/* An input (test data) that a workflow of the main document names. */
struct scenario_input {
	struct str workflow, name;
	bool required;             /* by its schema */
	bool asked;                /* by x-keur-requires: without it the workflow is skipped */
	const struct node *schema; /* of the input; NULL when the schema says nothing of it */
};

struct openapi;

struct scenario {
	struct arena *arena;
	const struct doc *doc;     /* the main document */
	struct str title, version; /* of `info` */
	const struct doc **docs;   /* all documents that were read, Arazzo and OpenAPI, the main one first */
	uint32_t doc_count;
	struct scenario_rule *rules; /* in the order of the document */
	uint32_t rule_count;
	uint32_t step_count;             /* of all documents */
	bool asks_counterpart;           /* some workflow awaits requests, or tells the service where to send them */
	bool named;                      /* rules come from x-keur-rule */
	struct scenario_remark *remarks; /* in document order */
	uint32_t remark_count;
	struct scenario_input *inputs;
	uint32_t input_count;
	uint32_t passive;            /* x-keur-passive of the main document: set of 1 << enum openapi_rule */
	const struct openapi **apis; /* OpenAPI documents that were read as source descriptions */
	uint32_t api_count;
	struct strmap step_apis;        /* private: see scenario_api_of() */
	struct arazzo_document *main;   /* private (engine/arazzo_private.h), as are those below */
	struct arazzo_document **parts; /* every Arazzo document */
	uint32_t part_count;
};

/*
 * Compiles `doc`, which outlives the scenario. NULL and `err` when it is no right Arazzo document: ERR_RULES with a
 * place, ERR_LIMIT. Everything lives in `arena`.
 */
struct scenario *scenario_load(
		struct arena *arena, const struct doc *doc, const struct scenario_options *options, struct err *err);

/* Number in scenario->apis of the document that a step, "workflow/step", is an operation of; UINT32_MAX: of none. */
uint32_t scenario_api_of(const struct scenario *scenario, struct str step);

/* Number of the rule of that name, or UINT32_MAX. */
uint32_t scenario_rule_find(const struct scenario *scenario, struct str name);

#endif
