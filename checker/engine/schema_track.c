/* SPDX-License-Identifier: EUPL-1.2 */
/* Marks of evaluated children: a list that is rolled back, and a flag for each child. */
#include "engine/schema_track.h"

#include <stdlib.h>

void tracker_init(struct tracker *tracker, const struct node *value)
{
	char *space = mem_resize(NULL, (size_t)value->len + 1, sizeof *tracker->marks + 1);
	*tracker = (struct tracker){.children = value->len, .marks = (uint32_t *)space};
	tracker->marked = (uint8_t *)(tracker->marks + value->len);
	memset(tracker->marked, 0, value->len);
}

void tracker_release(struct tracker *tracker)
{
	free(tracker->marks);
}

void tracker_forget(struct tracker *tracker, uint32_t count)
{
	while (tracker && tracker->count > count)
		tracker->marked[tracker->marks[--tracker->count]] = 0;
}

void tracker_mark_from(struct tracker *tracker, uint32_t first)
{
	for (uint32_t i = first; tracker && i < tracker->children; i++)
		tracker_mark(tracker, i);
}
