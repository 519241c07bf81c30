/* SPDX-License-Identifier: EUPL-1.2 */
/* Places in a document: steps of a walk, and where they really are. */
#include "doc/path.h"

#include "base/limits.h"
#include "doc/pointer.h"

struct step step_root(const struct view *view)
{
	const struct node *root = view->doc->root;
	const struct target *via = view->refs ? refs_target(view->refs, root) : NULL;
	return (struct step){.node = via ? via->node : root, .held = root, .via = via};
}

struct step step_child(const struct view *view, const struct step *up, const struct node *child, uint32_t index)
{
	const struct target *via = view->refs && child->kind == NODE_OBJECT ? refs_target(view->refs, child) : NULL;
	return (struct step){
			.up = up,
			.node = via ? via->node : child,
			.held = child,
			.via = via,
			.key = node_key(child),
			.index = index,
			.depth = up->depth + 1,
	};
}

struct step step_missing(const struct step *up, struct str key)
{
	return (struct step){.up = up, .key = key, .depth = up->depth + 1};
}

static void add_step(const struct step *step, struct strbuf *buf)
{
	if (step->key.ptr)
		pointer_add_token(buf, step->key);
	else
		pointer_add_index(buf, step->index);
}

/* Appends the tokens of the steps below `from` (the root when NULL) down to `step`. */
static void add_steps(const struct step *from, const struct step *step, struct strbuf *buf)
{
	if (step == from || !step->up) return;
	add_steps(from, step->up, buf);
	add_step(step, buf);
}

void step_pointer(const struct step *step, struct strbuf *buf)
{
	add_steps(NULL, step, buf);
}

/* The last step at or above `step` that stands at the target of a reference, or NULL. */
static const struct step *last_jump(const struct step *step)
{
	while (step && !step->via)
		step = step->up;
	return step;
}

static struct str steps_text(struct str start, const struct step *from, const struct step *step, struct arena *arena)
{
	struct strbuf buf;
	strbuf_init(&buf, LIMIT_MESSAGE_BYTES);
	strbuf_add(&buf, start);
	if (step) add_steps(from, step, &buf);
	struct str text = strbuf_take(&buf, arena);
	return text;
}

struct physical step_place(const struct view *view, const struct step *step, struct arena *arena)
{
	const struct step *jump = last_jump(step);
	const struct step *there = step;
	while (!there->node)
		there = there->up;
	return (struct physical){
			.doc = jump ? jump->via->doc : view->doc,
			.node = there->node,
			.pointer = steps_text(jump ? jump->via->pointer : STR(""), jump, there, arena),
			.missing = there == step ? STR("") : steps_text(STR(""), there, step, arena),
	};
}

struct physical step_written(const struct view *view, const struct step *step, struct arena *arena)
{
	if (!step->via) return step_place(view, step, arena);
	struct step plain = *step;
	plain.via = NULL;
	plain.node = step->held;
	return step_place(view, &plain, arena);
}

struct physical step_referrer(const struct view *view, const struct step *step, struct arena *arena)
{
	const struct step *jump = last_jump(step);
	if (!jump) return (struct physical){.doc = NULL};
	return step_written(view, jump, arena);
}
