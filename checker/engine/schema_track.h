/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which children of a value its schemas have evaluated, for unevaluatedProperties and unevaluatedItems.
 *
 * There is a tracker only while a schema with one of those is at work: NULL is a tracker that notes nothing.
 */
#ifndef KEUR_ENGINE_SCHEMA_TRACK_H
#define KEUR_ENGINE_SCHEMA_TRACK_H

#include "doc/node.h"

struct tracker {
	uint32_t children;
	uint32_t count;
	uint32_t *marks; /* which children, in the order in which they were evaluated... */
	uint8_t *marked; /* ...and by place */
};

/* For a value, an array or object; ends with tracker_release(). */
void tracker_init(struct tracker *tracker, const struct node *value);
void tracker_release(struct tracker *tracker);

/* Notes that a child has been evaluated. */
static inline void tracker_mark(struct tracker *tracker, uint32_t index)
{
	if (!tracker || tracker->marked[index]) return;
	tracker->marked[index] = 1;
	tracker->marks[tracker->count++] = index;
}

/* Notes that all children from `first` have been evaluated. */
void tracker_mark_from(struct tracker *tracker, uint32_t first);

/* How many marks there are, to go back to when a branch turns out not to hold. */
static inline uint32_t tracker_count(const struct tracker *tracker)
{
	return tracker ? tracker->count : 0;
}

/* Forgets marks beyond `count`. */
void tracker_forget(struct tracker *tracker, uint32_t count);

#endif
