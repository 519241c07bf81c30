/* SPDX-License-Identifier: EUPL-1.2 */
/* Places as lists of steps from the last to the first. */
#include "engine/schema_place.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/vec.h"
#include "doc/pointer.h"

enum step_kind { STEP_MEMBER, STEP_ELEMENT, STEP_POINTER };

struct schema_place {
	const struct schema_place *up;
	struct str text;
	uint32_t index;
	enum step_kind kind;
};

static const struct schema_place *add(struct arena *arena, struct schema_place place)
{
	struct schema_place *kept = arena_alloc(arena, sizeof *kept);
	*kept = place;
	return kept;
}

const struct schema_place *schema_place_member(struct arena *arena, const struct schema_place *up, struct str token)
{
	return add(arena, (struct schema_place){up, token, 0, STEP_MEMBER});
}

const struct schema_place *schema_place_element(struct arena *arena, const struct schema_place *up, uint32_t index)
{
	return add(arena, (struct schema_place){up, {NULL, 0}, index, STEP_ELEMENT});
}

const struct schema_place *schema_place_below(struct arena *arena, const struct schema_place *up, struct str pointer)
{
	return pointer.len ? add(arena, (struct schema_place){up, pointer, 0, STEP_POINTER}) : up;
}

static void write_step(struct strbuf *buf, const struct schema_place *step)
{
	if (step->kind == STEP_MEMBER) pointer_add_token(buf, step->text);
	if (step->kind == STEP_ELEMENT) pointer_add_index(buf, step->index);
	if (step->kind == STEP_POINTER) strbuf_add(buf, step->text);
}

/* References may string steps together for longer than the stack is deep, so they are gathered first. */
struct str schema_place_pointer(struct arena *arena, const struct schema_place *place)
{
	struct {
		const struct schema_place **items;
		size_t count, capacity;
	} steps = {0};
	struct strbuf buf;
	strbuf_init(&buf, LIMIT_MESSAGE_BYTES);
	for (; place; place = place->up)
		*vec_push(&steps) = place;
	while (steps.count > 0)
		write_step(&buf, steps.items[--steps.count]);
	struct str pointer = str_copy(arena, strbuf_str(&buf));
	strbuf_release(&buf);
	vec_release(&steps);
	return pointer;
}
