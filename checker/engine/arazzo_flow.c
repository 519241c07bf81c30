/* SPDX-License-Identifier: EUPL-1.2 */
/* Playing scenarios: workflows in order, what they call, and what is cleaned up at the end. */
#include "engine/arazzo_run.h"

#include "base/limits.h"
#include "base/vec.h"
#include "engine/arazzo_play.h"
#include "engine/owned.h"
#include "fetch/auth.h"

static struct frame *frame_new(struct play *play, const struct arazzo_workflow *workflow, uint32_t depth)
{
	struct frame *frame = arena_zalloc(play->arena, sizeof *frame);
	frame->workflow = workflow;
	frame->depth = depth;
	frame->state = SCENARIO_UNDECIDED;
	frame->steps = arena_zalloc(play->arena, workflow->step_count * sizeof *frame->steps);
	play->called += workflow->step_count;
	if (!play->noted[workflow->number]) play->noted[workflow->number] = arena_zalloc(play->arena, workflow->step_count);
	frame->record = (uint32_t)play->workflows.count;
	*vec_push(&play->frames) = frame;
	*vec_push(&play->workflows) = (struct scenario_workflow){.name = workflow->name,
			.doc = workflow->document->doc,
			.start = workflow->node->start,
			.end = workflow->node->end,
			.depth = depth,
			.cleanup = workflow->cleanup};
	return frame;
}

static bool end(struct frame *frame, enum scenario_state state, struct text why)
{
	frame->state = state;
	frame->why = why;
	return false;
}

static const struct node *outputs_node(struct play *play, const struct frame *frame)
{
	uint32_t count = frame->workflow->output_count, used = 0;
	struct node *items = mem_resize(NULL, count + 1, sizeof *items);
	for (uint32_t i = 0; i < count; i++)
		if (frame->outputs[i].state == VALUE_THERE)
			items[used++] = node_as(frame->outputs[i].node, frame->workflow->outputs[i].name);
	const struct node *node = node_container_new(play->arena, NODE_OBJECT, items, used);
	free(items);
	return node;
}

static void compute_outputs(struct play *play, struct frame *frame)
{
	const struct arazzo_workflow *workflow = frame->workflow;
	frame->outputs = arena_zalloc(play->arena, (workflow->output_count + 1) * sizeof *frame->outputs);
	for (uint32_t i = 0; i < workflow->output_count; i++)
		frame->outputs[i] = plan_value(play, frame, &workflow->outputs[i].value);
}

static struct text step_failed(struct play *play, const struct frame *frame, uint32_t index)
{
	const struct scenario_step *record = &play->steps.items[frame->steps[index].record - 1];
	return text_printf(play->arena, "step \"%.*s\" did not succeed: %s%.0s", "stap \"%.*s\" is niet gelukt: %.0s%s",
			STR_FMT(record->name), str_copy(play->arena, record->why.in[LANG_EN]).ptr,
			str_copy(play->arena, text_in(record->why, LANG_NL)).ptr);
}

/* One way: the workflow that is gone to decides how this one ends. */
static void go_to_workflow(struct play *play, struct frame *frame, const struct action *action, bool well)
{
	struct text why = action->unusable;
	const struct node *inputs = frame->inputs;
	struct frame *other = NULL;
	if (action->parameter_count > 0)
		inputs = call_inputs(play, frame, action->parameters, action->parameter_count, &why);
	if (action->workflow && inputs) other = workflow_call(play, action->workflow, inputs, frame->depth + 1, &why);
	end(frame, other ? other->state : SCENARIO_UNDECIDED, other ? other->why : why);
	frame->ended_well = well;
	if (other && other->attempt) frame->attempt = other->attempt;
}

/* What to do after step `*index`: false at the end of the workflow. */
static bool follow(struct play *play, struct frame *frame, const struct action *action, uint32_t *index)
{
	enum scenario_state state = frame->steps[*index].state;
	bool well = state == SCENARIO_SUCCEEDED;
	if (!action && well) {
		++*index;
		return true;
	}
	if (action && action->type == ACTION_GOTO && action->step != NO_STEP) {
		*index = action->step;
		return true;
	}
	if (action && action->type == ACTION_GOTO) {
		go_to_workflow(play, frame, action, well);
		return false;
	}
	frame->ended_well = well;
	struct text why = {0};
	if (!well) why = step_failed(play, frame, *index);
	return end(frame, state, why);
}

static void play_steps(struct play *play, struct frame *frame)
{
	uint32_t index = 0;
	while (index < frame->workflow->step_count) {
		if (frame->workflow->steps[index].cleanup) {
			index++;
			continue;
		}
		const struct action *action = step_play(play, frame, index);
		if (!follow(play, frame, action, &index)) return;
	}
	end(frame, SCENARIO_SUCCEEDED, (struct text){0});
}

/* Steps that were not played: unknown after a failure, else the flow went another way. */
static void close_steps(struct play *play, struct frame *frame)
{
	enum scenario_state state = frame->state == SCENARIO_SKIPPED                          ? SCENARIO_SKIPPED
								: frame->state == SCENARIO_SUCCEEDED || frame->ended_well ? SCENARIO_NOT_REACHED
																						  : SCENARIO_UNDECIDED;
	struct text why = state == SCENARIO_NOT_REACHED
							  ? TEXT("the flow went another way", "het verloop ging een andere kant op")
							  : frame->why;
	for (uint32_t i = 0; i < frame->workflow->step_count; i++) {
		if (frame->steps[i].record > 0) continue;
		if (frame->workflow->steps[i].cleanup && state != SCENARIO_SKIPPED) continue;
		step_unplayed(play, frame, i, state, why);
	}
}

static void finish_frame(struct play *play, struct frame *frame)
{
	close_steps(play, frame);
	if (frame->state == SCENARIO_SUCCEEDED) compute_outputs(play, frame);
	struct scenario_workflow *record = &play->workflows.items[frame->record];
	record->state = frame->state;
	record->why = frame->why;
	if (frame->outputs) record->outputs = outputs_node(play, frame);
}

/* Everything that it depends on is there and succeeded, or is played now. */
static bool depends_hold(struct play *play, struct frame *frame)
{
	const struct arazzo_workflow *workflow = frame->workflow;
	struct text why = workflow->unusable;
	if (why.in[LANG_EN].len > 0) return end(frame, SCENARIO_UNDECIDED, why);
	for (uint32_t i = 0; i < workflow->depend_count; i++) {
		const struct arazzo_workflow *other = workflow->depends[i];
		struct frame *done = play->latest[other->number];
		if (!done) done = workflow_call(play, other, NULL, frame->depth + 1, &why);
		if (!done) return end(frame, SCENARIO_UNDECIDED, why);
		if (done->state == SCENARIO_SUCCEEDED) continue;
		frame->untested = done->untested;
		return end(frame, done->state == SCENARIO_SKIPPED ? SCENARIO_SKIPPED : SCENARIO_UNDECIDED,
				text_printf(play->arena, "depends on workflow \"%.*s\": %s%.0s",
						"hangt af van workflow \"%.*s\": %.0s%s", STR_FMT(other->name),
						str_copy(play->arena, done->why.in[LANG_EN]).ptr,
						str_copy(play->arena, text_in(done->why, LANG_NL)).ptr));
	}
	return true;
}

static bool is_known(const struct play *play, struct str client)
{
	for (uint32_t i = 0; i < play->options->client_count; i++)
		if (str_eq(play->options->clients[i].client, client)) return true;
	return client.len == 0;
}

/* A step that would be asked by a client that the descriptor does not give makes the workflow one that is skipped. */
static bool clients_hold(struct play *play, struct frame *frame)
{
	for (uint32_t i = 0; i < frame->workflow->step_count; i++) {
		struct str client = frame->workflow->steps[i].client;
		if (is_known(play, client)) continue;
		frame->untested = true;
		return end(frame, SCENARIO_SKIPPED,
				text_printf(play->arena, "client \"%.*s\" is not given under `clients` of the descriptor",
						"client \"%.*s\" is niet opgegeven onder `clients` van de descriptor", STR_FMT(client)));
	}
	return true;
}

/* `inputs` NULL: the test data of the run. */
static struct frame *play_workflow(
		struct play *play, const struct arazzo_workflow *workflow, const struct node *inputs, uint32_t depth)
{
	struct frame *frame = frame_new(play, workflow, depth);
	const struct node *given = inputs ? inputs : play->options->inputs;
	if (clients_hold(play, frame) && inputs_prepare(play, frame, given, inputs != NULL) && depends_hold(play, frame))
		play_steps(play, frame);
	finish_frame(play, frame);
	play->latest[workflow->number] = frame;
	return frame;
}

struct frame *workflow_call(struct play *play, const struct arazzo_workflow *workflow, const struct node *inputs,
		uint32_t depth, struct text *why)
{
	if (play->called + workflow->step_count > LIMIT_SCENARIO_CALLED) {
		*why = text_printf(play->arena, "workflows with more than %d steps in all were called in this run",
				"er zijn workflows aangeroepen met samen meer dan %d stappen in deze run", LIMIT_SCENARIO_CALLED);
		return NULL;
	}
	if (depth <= LIMIT_SCENARIO_NESTING) return play_workflow(play, workflow, inputs, depth);
	*why = text_printf(play->arena, "workflows call each other more than %d deep",
			"workflows roepen elkaar meer dan %d diep aan", LIMIT_SCENARIO_NESTING);
	return NULL;
}

/* Depth-first over dependencies, so that each workflow comes behind those that it depends on. */
struct order {
	const struct arazzo_workflow **items;
	size_t count, capacity;
};

struct visit {
	const struct arazzo_workflow *workflow;
	uint32_t next;
};

static void order_from(const struct arazzo_workflow *start, bool *seen, struct order *order)
{
	struct {
		struct visit *items;
		size_t count, capacity;
	} stack = {0};
	if (!seen[start->number]) *vec_push(&stack) = (struct visit){start, 0};
	seen[start->number] = true;
	while (stack.count > 0) {
		struct visit *top = &stack.items[stack.count - 1];
		if (top->next == top->workflow->depend_count) {
			*vec_push(order) = top->workflow;
			stack.count--;
			continue;
		}
		const struct arazzo_workflow *other = top->workflow->depends[top->next++];
		if (seen[other->number]) continue;
		seen[other->number] = true;
		*vec_push(&stack) = (struct visit){other, 0};
	}
	vec_release(&stack);
}

static uint32_t workflow_total(const struct scenario *scenario)
{
	uint32_t total = 0;
	for (uint32_t i = 0; i < scenario->part_count; i++)
		total += scenario->parts[i]->workflow_count;
	return total;
}

/* Those that no other calls, and what they depend on; when all are called, the first. */
static void order_make(struct play *play, struct order *order)
{
	const struct arazzo_document *main = play->scenario->main;
	bool *seen = arena_zalloc(play->arena, workflow_total(play->scenario) + 1);
	for (uint32_t i = 0; i < main->workflow_count; i++)
		if (!main->workflows[i].called && !main->workflows[i].cleanup) order_from(&main->workflows[i], seen, order);
	if (order->count == 0 && !main->workflows[0].cleanup) order_from(&main->workflows[0], seen, order);
	for (size_t i = 0; i < order->count; i++)
		play->total += order->items[i]->step_count;
}

static void play_order(struct play *play)
{
	struct order order = {0};
	order_make(play, &order);
	for (size_t i = 0; i < order.count; i++) {
		if (play->latest[order.items[i]->number]) continue;
		/* What is left out for want of a counterpart takes no numbers either: recordings are the same without it. */
		bool left_out = order.items[i]->asks_counterpart && !play->options->counterpart;
		if (play->options->values && !left_out) run_values_part(play->options->values);
		if (play->options->counterpart) play->options->counterpart->begin(play->options->counterpart);
		play_workflow(play, order.items[i], NULL, 0);
	}
	vec_release(&order);
}

static void clean_up(struct play *play)
{
	const struct arazzo_document *main = play->scenario->main;
	play->cleaning = true;
	if (play->options->values && play->played) run_values_part(play->options->values);
	play->most = play->played + LIMIT_SCENARIO_STEPS;
	for (size_t i = play->frames.count; i-- > 0;)
		if (play->frames.items[i]->state != SCENARIO_SKIPPED) frame_clean(play, play->frames.items[i]);
	for (uint32_t i = main->workflow_count; i-- > 0;) {
		const struct arazzo_workflow *workflow = &main->workflows[i];
		if (!workflow->cleanup || play->latest[workflow->number]) continue;
		size_t first = play->frames.count;
		play_workflow(play, workflow, NULL, 0);
		for (size_t f = play->frames.count; f-- > first;)
			frame_clean(play, play->frames.items[f]);
	}
}

static void *taken(struct arena *arena, const void *items, size_t count, size_t size)
{
	return count ? arena_copy(arena, items, count * size) : NULL;
}

static void keep_results(struct play *play)
{
	struct scenario_run *run = play->run;
	run->step_count = (uint32_t)play->steps.count;
	run->steps = taken(play->arena, play->steps.items, play->steps.count, sizeof *run->steps);
	run->workflow_count = (uint32_t)play->workflows.count;
	run->workflows = taken(play->arena, play->workflows.items, play->workflows.count, sizeof *run->workflows);
}

struct scenario_run *scenario_play(const struct scenario *scenario, struct transport *transport,
		const struct scenario_run_options *options, struct arena *arena)
{
	static const struct scenario_run_options none = {.inputs = NULL};
	struct play play = {.scenario = scenario,
			.transport = transport,
			.options = options ? options : &none,
			.arena = arena,
			.run = arena_zalloc(arena, sizeof *play.run)};
	play.most = LIMIT_SCENARIO_STEPS;
	play.owned = play.options->owned ? play.options->owned : owned_new(arena);
	play.noted = arena_zalloc(arena, (workflow_total(scenario) + 1) * sizeof *play.noted);
	play.latest = arena_zalloc(arena, (workflow_total(scenario) + 1) * sizeof *play.latest);
	play_order(&play);
	clean_up(&play);
	facts_make(&play);
	keep_results(&play);
	vec_release(&play.frames);
	vec_release(&play.steps);
	vec_release(&play.owners);
	vec_release(&play.workflows);
	return play.run;
}

struct text scenario_state_name(enum scenario_state state)
{
	const struct text names[] = {TEXT("not reached", "niet bereikt"), TEXT("succeeded", "geslaagd"),
			TEXT("failed", "mislukt"), TEXT("skipped", "overgeslagen"), TEXT("undecided", "niet vast te stellen")};
	return names[state];
}
