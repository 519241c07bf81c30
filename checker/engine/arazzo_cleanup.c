/* SPDX-License-Identifier: EUPL-1.2 */
/* Cleaning up after a workflow: its clean-up steps, the one that needs the latest step first. */
#include "base/vec.h"
#include "engine/arazzo_play.h"

/*
 * The latest step that an expression needs; `lacks` when one of them has no outputs, or not that one: a request that
 * should be refused, and was, has made nothing that could be removed.
 */
struct need {
	struct play *play;
	struct frame *frame;
	uint32_t order;
	bool lacks;
};

static void need_expression(struct need *need, const struct expression *expression)
{
	if (expression->kind != EXPRESSION_STEPS) return;
	const struct step_state *state = &need->frame->steps[expression->index];
	if (!state->played || !state->outputs) {
		need->lacks = true;
	} else {
		struct value value = expression_value(need->play, need->frame, expression);
		need->lacks |= value.state != VALUE_THERE || value.node->kind == NODE_NULL;
	}
	if (state->order > need->order) need->order = state->order;
}

static void need_template(struct need *need, const struct template *template)
{
	for (uint32_t i = 0; i < template->count; i++)
		if (!template->parts[i].literal) need_expression(need, &template->parts[i].expression);
}

static void need_plan(struct need *need, const struct plan *plan)
{
	if (plan->kind == PLAN_TEMPLATE) need_template(need, &plan->text);
	if (plan->kind == PLAN_SELECTOR) need_expression(need, &plan->selector->context);
	if (plan->kind != PLAN_CONTAINER) return;
	for (uint32_t i = 0; i < plan->node->len; i++)
		need_plan(need, &plan->children[i]);
}

static struct need need_of(struct play *play, struct frame *frame, const struct arazzo_step *step)
{
	struct need need = {.play = play, .frame = frame};
	need_template(&need, &step->path);
	need_template(&need, &step->url);
	for (uint32_t i = 0; i < step->parameter_count; i++)
		need_plan(&need, &step->parameters[i].value);
	if (step->body.has_payload) need_plan(&need, &step->body.payload);
	for (uint32_t i = 0; i < step->depend_count; i++) {
		const struct step_state *state = &frame->steps[step->depends[i]];
		need.lacks |= state->state != SCENARIO_SUCCEEDED;
		if (state->order > need.order) need.order = state->order;
	}
	return need;
}

struct due {
	uint32_t index, order;
};

static int by_need(const void *left, const void *right)
{
	const struct due *a = left, *b = right;
	if (a->order != b->order) return a->order > b->order ? -1 : 1;
	return a->index < b->index ? -1 : 1;
}

void frame_clean(struct play *play, struct frame *frame)
{
	struct {
		struct due *items;
		size_t count, capacity;
	} due = {0};
	for (uint32_t i = 0; i < frame->workflow->step_count; i++) {
		const struct arazzo_step *step = &frame->workflow->steps[i];
		if (!step->cleanup || frame->steps[i].record > 0) continue;
		struct need need = need_of(play, frame, step);
		if (need.lacks)
			step_unplayed(play, frame, i, SCENARIO_NOT_REACHED,
					TEXT("there is nothing to clean up", "er is niets om op te ruimen"));
		else
			*vec_push(&due) = (struct due){i, need.order};
	}
	if (due.count > 1) qsort(due.items, due.count, sizeof *due.items, by_need);
	for (size_t i = 0; i < due.count; i++)
		step_play(play, frame, due.items[i].index);
	vec_release(&due);
}
