/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files that play scenarios share: values, and the state of a run. */
#ifndef KEUR_ENGINE_ARAZZO_STATE_H
#define KEUR_ENGINE_ARAZZO_STATE_H

#include "engine/arazzo_private.h"
#include "engine/arazzo_run.h"

enum value_state {
	VALUE_THERE,
	VALUE_ABSENT,    /* looked for where it can be, and not there; in conditions that is null */
	VALUE_UNDECIDED, /* could not be looked for */
};

struct value {
	enum value_state state;
	const struct node *node; /* THERE */
	struct text why;         /* of the others; may be empty */
	bool input;              /* ABSENT: an input that was not given, which may be left out */
};

/* A parameter as it was sent, for $request. */
struct sent {
	struct str name;
	enum openapi_in in;
	const struct node *value;
};

/* One attempt of a step: what was asked, and what came of it. */
struct attempt {
	struct http_request request;
	struct sent *sent;
	uint32_t sent_count;
	const struct node *payload;      /* NULL: no body */
	const struct exchange *exchange; /* NULL: nothing was sent */
	bool body_read;
	struct value body; /* of the response, read when it is asked for */
	struct value pair; /* likewise; THERE without a node: not made yet */
};

struct step_state {
	bool played;
	enum scenario_state state;
	struct value *outputs; /* one for each of the step */
	uint32_t order;        /* of all steps of the run, from 1 */
	uint32_t record;       /* in play->steps, plus one; 0: none */
};

/* A workflow that is or was played. */
struct frame {
	const struct arazzo_workflow *workflow;
	const struct node *inputs;
	struct step_state *steps;
	struct value *outputs;
	enum scenario_state state;
	struct text why;
	uint32_t depth;
	uint32_t record;              /* in play->workflows */
	struct attempt *attempt;      /* of the step that is judged now; of a called workflow its last one */
	const struct frame *called;   /* by the step that is judged now */
	const struct arazzo_step *at; /* the step that is played now */
	bool untested;                /* skipped for want of a counterpart, which is no verdict */
	bool ended_well;              /* a success action ended it, or went elsewhere */
};

struct play {
	const struct scenario *scenario;
	struct transport *transport;
	const struct scenario_run_options *options;
	struct arena *arena;
	struct scenario_run *run;
	struct frame **latest; /* of each workflow by its number; NULL: not played */
	struct {
		struct frame **items;
		size_t count, capacity;
	} frames;
	struct {
		struct scenario_step *items;
		size_t count, capacity;
	} steps;
	struct {
		const struct arazzo_step **items; /* of each of `steps` */
		size_t count, capacity;
	} owners;
	struct {
		struct scenario_workflow *items;
		size_t count, capacity;
	} workflows;
	uint32_t played, total, most; /* steps; at most so many */
	size_t called;                /* steps of all workflows that began */
	uint8_t **noted;              /* of each workflow, of each step: states it was recorded in without being played */
	double waited;                /* seconds */
	bool cleaning;
	struct owned *owned;
};

#endif
