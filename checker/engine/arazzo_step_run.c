/* SPDX-License-Identifier: EUPL-1.2 */
/* Playing one step: attempts, criteria, actions, outputs, and the record of it. */
#include <math.h>

#include "base/limits.h"
#include "base/vec.h"
#include "engine/arazzo_play.h"

/* A step while it is played. */
struct playing {
	struct play *play;
	struct frame *frame;
	const struct arazzo_step *step;
	struct step_state *state;
	struct scenario_step record;
	struct attempt *attempt;
	bool transport_failed;
};

static void set_state(struct playing *playing, enum scenario_state state, struct text why)
{
	playing->record.state = state;
	playing->record.why = why;
}

/* Criteria that nobody can judge, with the reason; a step without any counts as one. */
static void criteria_undecided(struct playing *playing, struct text why)
{
	const struct arazzo_step *step = playing->step;
	struct scenario_step *record = &playing->record;
	bool own = step->criterion_count == 0 || step->failures;
	record->criterion_count = own ? 1 : step->criterion_count;
	record->criteria = arena_zalloc(playing->play->arena, record->criterion_count * sizeof *record->criteria);
	for (uint32_t i = 0; i < record->criterion_count; i++) {
		const struct criterion *criterion = own ? NULL : &step->criteria[i];
		const struct node *at = own ? step->node : criterion->condition_node;
		record->criteria[i] = (struct scenario_criterion){.doc = record->doc,
				.start = at->start,
				.end = at->end,
				.condition = own ? STR("") : node_text(at),
				.state = CRITERION_UNDECIDED,
				.why = why,
				.exchange = record->exchange,
				.rule = own ? step->rule : criterion->rule};
	}
}

static void give_up(struct playing *playing, struct text why)
{
	set_state(playing, SCENARIO_UNDECIDED, why);
	criteria_undecided(playing, why);
}

/* One criterion that stands for the step itself. */
static void judge_itself(struct playing *playing, bool holds, struct text expected, struct str found)
{
	criteria_undecided(playing, (struct text){0});
	struct scenario_criterion *criterion = &playing->record.criteria[0];
	criterion->state = holds ? CRITERION_HOLDS : CRITERION_VIOLATED;
	criterion->expected = expected;
	criterion->found = found;
	set_state(playing, holds ? SCENARIO_SUCCEEDED : SCENARIO_FAILED, expected);
	expected = text_copy(playing->play->arena, expected);
	if (!holds)
		playing->record.why = text_printf(playing->play->arena, "expected %s%.0s, found %.*s",
				"verwacht werd %.0s%s, gevonden %.*s", expected.in[LANG_EN].ptr, expected.in[LANG_NL].ptr,
				STR_FMT(found));
}

static void judge_criteria(struct playing *playing)
{
	const struct arazzo_step *step = playing->step;
	struct scenario_step *record = &playing->record;
	set_state(playing, SCENARIO_SUCCEEDED, (struct text){0});
	record->criterion_count = step->criterion_count;
	record->criteria = arena_zalloc(playing->play->arena, step->criterion_count * sizeof *record->criteria);
	for (uint32_t i = 0; i < step->criterion_count; i++) {
		struct scenario_criterion *criterion = &record->criteria[i];
		enum criterion_state state = criterion_judge(playing->play, playing->frame, &step->criteria[i], criterion);
		struct text expected = text_copy(playing->play->arena, criterion->expected);
		if (step->criteria[i].aside) continue;
		if (state == CRITERION_VIOLATED && record->state != SCENARIO_FAILED)
			set_state(playing, SCENARIO_FAILED,
					text_printf(playing->play->arena, "expected %s%.0s, found %.*s",
							"verwacht werd %.0s%s, gevonden %.*s", expected.in[LANG_EN].ptr, expected.in[LANG_NL].ptr,
							STR_FMT(criterion->found)));
		if (state == CRITERION_UNDECIDED && record->state == SCENARIO_SUCCEEDED)
			set_state(playing, SCENARIO_UNDECIDED, criterion->why);
	}
}

/* Without criteria an answer of 200 to 399 is success. */
static void judge_answer(struct playing *playing)
{
	uint32_t status = playing->attempt->exchange->response.status;
	if (playing->step->criterion_count > 0)
		judge_criteria(playing);
	else if (playing->step->soap)
		judge_itself(playing,
				status >= 200 && status < 300 && !envelope_is_fault(&playing->attempt->exchange->response),
				TEXT("a status from 200 to 299, and no SOAP fault",
						"een status van 200 tot en met 299, en geen SOAP-fout"),
				str_printf(playing->play->arena, "%u", status));
	else
		judge_itself(playing, status >= 200 && status < 400,
				TEXT("a status from 200 to 399", "een status van 200 tot en met 399"),
				str_printf(playing->play->arena, "%u", status));
}

/* A step that is about a failure: a certificate that must be refused, a port that must be closed. */
static void judge_failure(struct playing *playing)
{
	const struct exchange *exchange = playing->attempt->exchange;
	bool holds = (playing->step->failures >> exchange->failure & 1) != 0;
	struct str found = exchange->failure != FAILURE_NONE
							   ? str_of(failure_names[exchange->failure])
							   : str_printf(playing->play->arena, "%u", exchange->response.status);
	judge_itself(playing, holds,
			TEXT("an exchange that fails as x-keur-failure says",
					"een uitwisseling die mislukt zoals x-keur-failure zegt"),
			found);
}

/* Was it the step's own time that ran out, and not that of the transport? */
static bool took_too_long(const struct playing *playing)
{
	const struct exchange *exchange = playing->attempt->exchange;
	return exchange->failure == FAILURE_TIMEOUT && playing->step->timeout_ms &&
		   exchange->timing.total >= playing->step->timeout_ms;
}

/* Arazzo 1.1: a step that takes longer than its `timeout` has failed. The rest of it cannot be judged. */
static void judge_timeout(struct playing *playing)
{
	const struct arazzo_step *step = playing->step;
	struct text why = playing->attempt->exchange->why;
	judge_itself(playing, false,
			text_printf(playing->play->arena, "an answer within %u ms (timeout)", "een antwoord binnen %u ms (timeout)",
					step->timeout_ms),
			str_of(failure_names[FAILURE_TIMEOUT]));
	for (uint32_t i = 1; i < playing->record.criterion_count; i++)
		playing->record.criteria[i].why = why;
}

static void compute_outputs(struct playing *playing)
{
	const struct arazzo_step *step = playing->step;
	struct value *outputs = arena_zalloc(playing->play->arena, (step->output_count + 1) * sizeof *outputs);
	for (uint32_t i = 0; i < step->output_count; i++)
		outputs[i] = plan_value(playing->play, playing->frame, &step->outputs[i].value);
	playing->state->outputs = outputs;
}

static void send(struct playing *playing)
{
	struct play *play = playing->play;
	struct text why = {0};
	struct attempt *attempt = playing->attempt;
	if (!request_make(play, playing->frame, playing->step, attempt, &why) ||
			!guard_allows(play, playing->frame, playing->step, attempt, &why)) {
		give_up(playing, why);
		return;
	}
	const struct exchange *exchange = play->transport->send(
			play->transport, &attempt->request, playing->step->name, play->arena);
	attempt->exchange = exchange;
	playing->record.attempts++;
	playing->record.exchange = exchange->number;
	play->run->exchange_count++;
	playing->transport_failed = exchange->failure != FAILURE_NONE && !playing->step->failures;
	if (playing->step->failures)
		judge_failure(playing);
	else if (took_too_long(playing))
		judge_timeout(playing);
	else if (playing->transport_failed)
		give_up(playing, exchange->why);
	else
		judge_answer(playing);
	if (exchange->failure == FAILURE_NONE) guard_take(play, attempt);
	if (exchange->failure == FAILURE_NONE) compute_outputs(playing);
}

/* It did not come, although the service was told where to: each criterion says something of what should have come. */
static void judge_missing(struct playing *playing, struct text wanted)
{
	judge_itself(playing, false, wanted, str_of(failure_names[FAILURE_TIMEOUT]));
	for (uint32_t i = 1; i < playing->record.criterion_count; i++) {
		playing->record.criteria[i].state = CRITERION_VIOLATED;
		playing->record.criteria[i].expected = wanted;
		playing->record.criteria[i].found = playing->record.criteria[0].found;
	}
}

static void judge_awaited(struct playing *playing)
{
	const struct exchange *exchange = playing->attempt->exchange;
	const struct await_call *call = playing->step->await;
	bool came = exchange->failure == FAILURE_NONE;
	struct arena *arena = playing->play->arena;
	struct str url = exchange->request.url, method = exchange->request.method;
	if (!came && exchange->failure != FAILURE_TIMEOUT)
		give_up(playing, exchange->why);
	else if (call->absent)
		judge_itself(playing, !came,
				text_printf(arena, "no request %.*s %.*s within %u ms", "geen verzoek %.*s %.*s binnen %u ms",
						STR_FMT(method), STR_FMT(url), call->timeout_ms),
				came ? str_printf(arena, "%.*s %.*s", STR_FMT(method), STR_FMT(url)) : STR(""));
	else if (!came)
		judge_missing(
				playing, text_printf(arena, "a request %.*s %.*s within %u ms", "een verzoek %.*s %.*s binnen %u ms",
								 STR_FMT(method), STR_FMT(url), call->timeout_ms));
	else if (playing->step->criterion_count > 0)
		judge_criteria(playing);
	else
		judge_itself(playing, true, TEXT("a request", "een verzoek"), STR(""));
}

static void await(struct playing *playing)
{
	struct text why = {0};
	struct attempt *attempt = playing->attempt;
	if (!await_play(playing->play, playing->frame, playing->step, attempt, &why)) {
		give_up(playing, why);
		return;
	}
	playing->record.attempts++;
	playing->record.exchange = attempt->exchange->number;
	judge_awaited(playing);
	if (attempt->exchange->failure == FAILURE_NONE) compute_outputs(playing);
}

const struct node *call_inputs(
		struct play *play, struct frame *frame, const struct parameter *parameters, uint32_t count, struct text *why)
{
	struct node *items = mem_resize(NULL, count + 1, sizeof *items);
	uint32_t used = 0;
	bool ok = true;
	for (uint32_t i = 0; i < count && ok; i++) {
		struct value value = plan_value(play, frame, &parameters[i].value);
		if (value.state == VALUE_ABSENT && value.input) continue;
		ok = value.state == VALUE_THERE;
		if (ok) items[used++] = node_as(value.node, parameters[i].name);
		*why = value.state == VALUE_ABSENT
					   ? text_printf(play->arena, "the value of parameter \"%.*s\" is not there",
								 "de waarde van parameter \"%.*s\" is er niet", STR_FMT(parameters[i].name))
					   : value.why;
	}
	const struct node *inputs = ok ? node_container_new(play->arena, NODE_OBJECT, items, used) : NULL;
	free(items);
	return inputs;
}

static void call(struct playing *playing)
{
	struct play *play = playing->play;
	struct frame *frame = playing->frame;
	const struct arazzo_step *step = playing->step;
	struct text why = {0};
	const struct node *inputs = call_inputs(play, frame, step->parameters, step->parameter_count, &why);
	struct frame *called = inputs ? workflow_call(play, step->workflow, inputs, frame->depth + 1, &why) : NULL;
	if (!called) {
		give_up(playing, why);
		return;
	}
	frame->called = called;
	if (called->attempt) *playing->attempt = *called->attempt;
	playing->record.exchange = called->attempt && called->attempt->exchange ? called->attempt->exchange->number : 0;
	playing->record.attempts++;
	if (called->state == SCENARIO_FAILED) {
		judge_itself(playing, false, TEXT("the called workflow succeeds", "de aangeroepen workflow slaagt"),
				called->why.in[LANG_EN]);
		playing->record.why = called->why;
	} else if (called->state != SCENARIO_SUCCEEDED) {
		give_up(playing, called->why);
	} else if (step->criterion_count > 0) {
		judge_criteria(playing);
	} else {
		judge_itself(playing, true, TEXT("the called workflow succeeds", "de aangeroepen workflow slaagt"), STR(""));
	}
	compute_outputs(playing);
}

static bool ready(struct playing *playing)
{
	struct play *play = playing->play;
	const struct arazzo_step *step = playing->step;
	if (step->kind == STEP_UNUSABLE) {
		give_up(playing, step->unusable);
		return false;
	}
	for (uint32_t i = 0; i < step->depend_count; i++) {
		if (playing->frame->steps[step->depends[i]].state == SCENARIO_SUCCEEDED) continue;
		give_up(playing, text_printf(play->arena, "step \"%.*s\", which this one depends on, did not succeed",
								 "stap \"%.*s\", waar deze van afhangt, is niet gelukt",
								 STR_FMT(playing->frame->workflow->steps[step->depends[i]].id)));
		return false;
	}
	if (play->options->stop && !play->cleaning && atomic_load(play->options->stop)) {
		give_up(playing, TEXT("the run was interrupted", "de run is afgebroken"));
		return false;
	}
	if (play->played < play->most) return true;
	give_up(playing, text_printf(play->arena, "more than %d steps were played in this run",
							 "meer dan %d stappen uitgevoerd in deze run", LIMIT_SCENARIO_STEPS));
	return false;
}

/* One attempt, from request to outputs. */
static void attempt_step(struct playing *playing)
{
	struct play *play = playing->play;
	struct frame *frame = playing->frame;
	playing->attempt = arena_zalloc(play->arena, sizeof *playing->attempt);
	playing->transport_failed = false;
	playing->state->outputs = NULL;
	frame->attempt = playing->attempt;
	frame->called = NULL;
	frame->at = playing->step;
	if (!ready(playing)) return;
	if (play->options->progress)
		play->options->progress->tell(play->options->progress, play->played, play->total, playing->step->name);
	play->played++;
	if (play->played > play->total) play->total = play->played;
	if (playing->step->kind == STEP_WORKFLOW)
		call(playing);
	else if (playing->step->kind == STEP_AWAIT)
		await(playing);
	else
		send(playing);
}

/* Seconds to wait: Retry-After of the answer overrules retryAfter (a date in it does not: there is no clock here). */
static double wait_of(const struct playing *playing, const struct action *action)
{
	const struct exchange *exchange = playing->attempt->exchange;
	const struct http_field *field = exchange ? http_field_find(&exchange->response.fields, STR("retry-after")) : NULL;
	uint32_t seconds;
	if (field && str_to_u32(field->value, &seconds)) return seconds;
	return action->retry_after > 0 ? action->retry_after : 0;
}

static bool wait_before_retry(struct playing *playing, const struct action *action)
{
	struct play *play = playing->play;
	double seconds = wait_of(playing, action);
	if (seconds > LIMIT_SCENARIO_WAIT_SECONDS || play->waited + seconds > LIMIT_SCENARIO_WAITED_SECONDS) {
		give_up(playing,
				text_printf(play->arena, "asked to wait %.0f seconds: more than %d at once, or %d in a run",
						"er wordt gevraagd %.0f seconden te wachten: meer dan %d in een keer, of %d in een run",
						seconds, LIMIT_SCENARIO_WAIT_SECONDS, LIMIT_SCENARIO_WAITED_SECONDS));
		return false;
	}
	play->waited += seconds;
	if (seconds > 0 && play->transport->wait) play->transport->wait(play->transport, (uint32_t)lround(seconds * 1000));
	return true;
}

/* What is done between two attempts: a workflow or another step, and back. */
static bool before_retry(struct playing *playing, const struct action *action)
{
	struct play *play = playing->play;
	struct frame *frame = playing->frame;
	struct text why = action->unusable;
	if (action->unusable.in[LANG_EN].len > 0) {
		give_up(playing, why);
		return false;
	}
	if (action->workflow) {
		const struct node *inputs = action->parameter_count > 0 ? call_inputs(play, frame, action->parameters,
																		  action->parameter_count, &why)
																: frame->inputs;
		if (!inputs || !workflow_call(play, action->workflow, inputs, frame->depth + 1, &why)) {
			give_up(playing, why);
			return false;
		}
	}
	if (action->step != NO_STEP && action->step != (uint32_t)(playing->step - frame->workflow->steps))
		step_once(play, frame, action->step);
	return wait_before_retry(playing, action);
}

/* The first action whose criteria hold. One that cannot be judged is not taken. */
static const struct action *choose(struct playing *playing, const struct action *actions, uint32_t from, uint32_t count)
{
	for (uint32_t i = from; i < count; i++)
		if (criteria_judge(playing->play, playing->frame, actions[i].criteria, actions[i].criterion_count) ==
				CRITERION_HOLDS)
			return &actions[i];
	return NULL;
}

static void keep_record(struct playing *playing)
{
	struct play *play = playing->play;
	struct step_state *state = playing->state;
	if (state->record > 0) play->steps.items[state->record - 1].replaced = true;
	*vec_push(&play->steps) = playing->record;
	*vec_push(&play->owners) = playing->step;
	state->record = (uint32_t)play->steps.count;
	state->played = true;
	state->order = state->record;
	state->state = playing->record.state;
}

static struct playing playing_of(struct play *play, struct frame *frame, uint32_t index)
{
	const struct arazzo_step *step = &frame->workflow->steps[index];
	return (struct playing){.play = play,
			.frame = frame,
			.step = step,
			.state = &frame->steps[index],
			.record = {.name = step->name,
					.doc = frame->workflow->document->doc,
					.start = step->node->start,
					.end = step->node->end,
					.depth = frame->depth,
					.cleanup = step->cleanup || play->cleaning,
					.untested = frame->untested}};
}

void step_once(struct play *play, struct frame *frame, uint32_t index)
{
	struct attempt *attempt = frame->attempt;
	const struct frame *called = frame->called;
	struct playing playing = playing_of(play, frame, index);
	attempt_step(&playing);
	keep_record(&playing);
	frame->attempt = attempt;
	frame->called = called;
}

static bool may_act_on_failure(const struct playing *playing)
{
	return playing->record.state == SCENARIO_FAILED ||
		   (playing->record.state == SCENARIO_UNDECIDED && playing->transport_failed);
}

/* Retries as long as the failure action that fits is one, and has retries left. */
static const struct action *on_failure(struct playing *playing)
{
	const struct arazzo_step *step = playing->step;
	uint32_t from = 0, used = 0;
	const struct action *last = NULL;
	while (may_act_on_failure(playing)) {
		const struct action *action = choose(playing, step->on_failure, from, step->failure_count);
		if (!action || action->type != ACTION_RETRY) return action;
		if (action != last) used = 0;
		last = action;
		if (used == action->retry_limit) {
			from = (uint32_t)(action - step->on_failure) + 1;
			continue;
		}
		used++;
		if (!before_retry(playing, action)) return NULL;
		attempt_step(playing);
	}
	return NULL;
}

const struct action *step_play(struct play *play, struct frame *frame, uint32_t index)
{
	struct playing playing = playing_of(play, frame, index);
	const struct action *action = NULL;
	attempt_step(&playing);
	if (playing.record.state != SCENARIO_SUCCEEDED) action = on_failure(&playing);
	if (playing.record.state == SCENARIO_SUCCEEDED)
		action = choose(&playing, playing.step->on_success, 0, playing.step->success_count);
	keep_record(&playing);
	return action;
}

void step_unplayed(struct play *play, struct frame *frame, uint32_t index, enum scenario_state state, struct text why)
{
	uint8_t *noted = &play->noted[frame->workflow->number][index];
	if (*noted >> state & 1) return;
	*noted |= (uint8_t)(1u << state);
	struct playing playing = playing_of(play, frame, index);
	set_state(&playing, state, why);
	if (state == SCENARIO_UNDECIDED) criteria_undecided(&playing, why);
	keep_record(&playing);
	playing.state->played = false;
}
