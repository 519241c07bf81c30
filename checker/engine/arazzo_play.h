/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files that play scenarios do for each other. */
#ifndef KEUR_ENGINE_ARAZZO_PLAY_H
#define KEUR_ENGINE_ARAZZO_PLAY_H

#include "engine/arazzo_node.h"
#include "engine/arazzo_state.h"

/* arazzo_value.c: what an expression, a text, a compiled value stands for, now. */
struct value expression_value(struct play *play, struct frame *frame, const struct expression *expression);
struct value template_value(struct play *play, struct frame *frame, const struct template *template);
struct value plan_value(struct play *play, struct frame *frame, const struct plan *plan);
/* What the body of an answer is: JSON as a tree, else a text. */
struct value body_value(struct play *play, struct attempt *attempt);
/* A value with a reason; "what: why". */
struct value value_undecided(struct text why);

/* arazzo_style.c: a parameter in the style of OpenAPI. `declared` may be NULL. Appends "name=value" for query and
 * cookie, only the value elsewhere. */
void style_print(struct strbuf *out, const struct parameter *parameter, const struct node *value);
/* arazzo_content.c: the bytes of a body of that media type. False and `why`. */
bool content_print(struct play *play, const struct arazzo_step *step, struct str *type, const struct node *payload,
		bool as_text, struct str *bytes, struct text *why);

/* arazzo_envelope.c: the payload of a SOAP step in its envelope, with the fields that go with it. False and `why`. */
bool envelope_make(struct play *play, struct frame *frame, const struct arazzo_step *step, struct str payload,
		struct http_field fields[2], uint32_t *field_count, struct str *body, struct text *why);
/* Is the body of this answer a SOAP fault? */
bool envelope_is_fault(const struct http_response *response);
/* "<pair><request>...</request><response>...</response></pair>" of the exchange of this attempt. */
struct value pair_value(struct play *play, struct attempt *attempt);

/* arazzo_replace.c: the payload with its replacements made; NULL and `why`. `as_text`: it is JSON in a text. */
const struct node *replacements_make(struct play *play, struct frame *frame, const struct step_body *body,
		const struct node *payload, bool as_text, struct text *why);

/* arazzo_request.c: makes the request of a step. False and `why` when it cannot be made. */
bool request_make(
		struct play *play, struct frame *frame, const struct arazzo_step *step, struct attempt *out, struct text *why);

/* arazzo_judge.c: one criterion, and a list of which all must hold: HOLDS, VIOLATED or UNDECIDED. */
enum criterion_state criterion_judge(
		struct play *play, struct frame *frame, const struct criterion *criterion, struct scenario_criterion *out);
enum criterion_state criteria_judge(
		struct play *play, struct frame *frame, const struct criterion *criteria, uint32_t count);

/* arazzo_step_run.c: plays one step with its retries; the action to take, or NULL for none. */
const struct action *step_play(struct play *play, struct frame *frame, uint32_t index);
/* One attempt of a step, between those of another one. */
void step_once(struct play *play, struct frame *frame, uint32_t index);
/* Adds what became of a step that was not played. */
void step_unplayed(struct play *play, struct frame *frame, uint32_t index, enum scenario_state state, struct text why);

/* The inputs that parameters make; NULL and `why`. */
const struct node *call_inputs(
		struct play *play, struct frame *frame, const struct parameter *parameters, uint32_t count, struct text *why);

/* arazzo_run.c: plays a workflow as one that a step calls. NULL and `why` beyond the ceiling of nesting. */
struct frame *workflow_call(struct play *play, const struct arazzo_workflow *workflow, const struct node *inputs,
		uint32_t depth, struct text *why);

/* arazzo_await.c: waits for the request of a step, and sets the exchange of the attempt. False and `why`. */
bool await_play(
		struct play *play, struct frame *frame, const struct arazzo_step *step, struct attempt *out, struct text *why);

/* arazzo_cleanup.c: plays the clean-up steps of a workflow that were not played yet. */
void frame_clean(struct play *play, struct frame *frame);

/* arazzo_guard.c: may the request of this step be sent? Not when it writes to what this run did not make: `why`. */
bool guard_allows(struct play *play, const struct frame *frame, const struct arazzo_step *step,
		const struct attempt *attempt, struct text *why);
/* Takes note of what an answer names and what it says was made. */
void guard_take(struct play *play, struct attempt *attempt);

/* arazzo_inputs.c: inputs of a workflow, defaults filled in and checked against its schema. False with state and why
 * of the frame set. */
bool inputs_prepare(struct play *play, struct frame *frame, const struct node *given, bool own);

/* arazzo_fact.c: facts of the rules from what was recorded. */
void facts_make(struct play *play);

#endif
