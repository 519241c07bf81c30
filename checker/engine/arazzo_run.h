/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Playing a scenario on a transport, and what came of it: of each workflow, step, criterion, and rule.
 *
 * Workflows that no other one calls are played in the order of the document, after those that they depend on; what
 * is marked x-keur-cleanup comes last, whatever happened before. Fail closed: a criterion that needs what an earlier
 * failure kept away, or whose exchange failed, is undecided with the reason, never violated; a criterion that is asked
 * of an answer that is there and is not as it should be is violated. Deterministic: same scenario, inputs and answers,
 * same result. Ceilings: LIMIT_SCENARIO_* of base/limits.h; what passes one is undecided and says so.
 */
#ifndef KEUR_ENGINE_ARAZZO_RUN_H
#define KEUR_ENGINE_ARAZZO_RUN_H

#include <stdatomic.h>

#include "engine/arazzo.h"
#include "engine/fact.h"
#include "fetch/counterpart.h"
#include "fetch/exchange.h"
#include "fetch/run_mark.h"

struct http_auth;
struct owned;

/* Told before each step: `done` of `total` steps, which grows when steps are played again. */
struct scenario_progress {
	void (*tell)(struct scenario_progress *progress, uint32_t done, uint32_t total, struct str step);
};

struct scenario_run_options {
	const struct node *inputs;          /* test data: an object of values by name, for all workflows; NULL: none */
	struct str server;                  /* base URL instead of the servers that OpenAPI documents name; empty: none */
	struct str source;                  /* the source description that `server` is for; empty: all */
	struct scenario_progress *progress; /* NULL: nobody is told */
	const struct http_auth *clients;    /* other than the usual one that the transport knows, by their `client` */
	uint32_t client_count;
	struct counterpart *counterpart; /* whom the service can ask; NULL: nobody, and what needs it is skipped */
	struct run_values *values;       /* what $x-keur. stands for; NULL: nothing */
	struct owned *owned;             /* what was made before, and what is now (engine/owned.h); NULL: a fresh one */
	const atomic_bool *stop;         /* once true, only what cleans up is still played; NULL: never */
};

enum scenario_state {
	SCENARIO_NOT_REACHED, /* the flow went another way; no judgement */
	SCENARIO_SUCCEEDED,
	SCENARIO_FAILED,
	SCENARIO_SKIPPED, /* test data that it asks for is not there */
	SCENARIO_UNDECIDED,
};

enum criterion_state { CRITERION_HOLDS, CRITERION_VIOLATED, CRITERION_UNDECIDED };

struct scenario_criterion {
	const struct doc *doc; /* the criterion in the Arazzo document; the step when it has no criteria */
	uint32_t start, end;   /* of its condition */
	struct str condition;
	enum criterion_state state;
	struct text expected;
	struct str found;  /* values of the expressions in it */
	struct text why;   /* of UNDECIDED */
	uint32_t exchange; /* number of the exchange; 0: none */
	uint32_t rule;     /* in scenario->rules; UINT32_MAX: of no rule */
	bool passed_over;  /* not judged, as its x-keur-when did not hold; `why` says so, and `state` is HOLDS */
};

struct scenario_step {
	struct str name; /* "workflow/step"; of other documents "source.workflow/step" */
	const struct doc *doc;
	uint32_t start, end; /* of the step */
	enum scenario_state state;
	struct text why;   /* of FAILED, SKIPPED, UNDECIDED, NOT_REACHED */
	uint32_t attempts; /* 0: nothing was sent */
	uint32_t exchange; /* number of the last one; 0: none */
	uint32_t depth;    /* 0: of a workflow that no other one called */
	bool replaced;     /* played again later in the same workflow; that counts, and this does not */
	bool cleanup;
	bool untested; /* SKIPPED for want of a counterpart */
	struct scenario_criterion *criteria;
	uint32_t criterion_count;
};

struct scenario_workflow {
	struct str name; /* "workflow", or "source.workflow" */
	const struct doc *doc;
	uint32_t start, end;
	enum scenario_state state;
	struct text why;
	uint32_t depth;
	bool cleanup;
	const struct node *outputs; /* an object; NULL when it did not succeed */
};

struct scenario_run {
	struct scenario_workflow *workflows; /* in the order in which they began */
	uint32_t workflow_count;
	struct scenario_step *steps; /* in the order in which they ended */
	uint32_t step_count;
	uint32_t exchange_count; /* requests that were sent */
	struct facts facts;      /* one fact for each rule of the scenario, and a result for each violation */
};

/*
 * Plays `scenario` on `transport`. Never fails: what could not be played is in the result. Everything lives in
 * `arena`; results borrow from the documents of the scenario.
 *
 * Facts: `applies` when a criterion of the rule was judged or undecided. `undecided` with `why` when one was, or when
 * its step could not be reached because of a failure. Neither: not applicable, and `why` says what was skipped.
 */
struct scenario_run *scenario_play(const struct scenario *scenario, struct transport *transport,
		const struct scenario_run_options *options, struct arena *arena);

/* "succeeded", "failed" ... */
struct text scenario_state_name(enum scenario_state state);

/* Why what asks for a counterpart is not tested. */
struct text counterpart_lacking(void);

#endif
