/* SPDX-License-Identifier: EUPL-1.2 */
/* What the commands that judge share: the clock, processors, and answers of people. */
#ifndef KEUR_CMD_RUNNING_H
#define KEUR_CMD_RUNNING_H

#include <time.h>

#include "cmd/options.h"
#include "rule/run.h"

/* Fills the volatile facts of a run that began at `from` by the monotonic clock, and at `now`. */
void running_stamp(struct run *run, const struct timespec *from, time_t now);

/* The day by the calendar of UTC, "2026-11-25". */
struct str running_day(struct arena *arena, time_t now);

/* How many there are, for threads. */
uint32_t running_processors(void);

/* The exit status that a decision, and what stands in its way, come to. */
int running_status(const struct run *run);

/* The answers file at `path`, which may be NULL: then there are none. False when it has complained, with the status. */
bool running_answers(
		const struct app *app, const char *path, struct str today, const struct answers **out, int *status);

#endif
