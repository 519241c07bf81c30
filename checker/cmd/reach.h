/* SPDX-License-Identifier: EUPL-1.2 */
/* How `keur check` reaches services: options of the command line made into a session, and the evidence that is kept. */
#ifndef KEUR_CMD_REACH_H
#define KEUR_CMD_REACH_H

#include "cmd/options.h"
#include "cmd/progress.h"
#include "rule/run.h"

struct reach {
	struct session_options session;
	struct secret_reader secrets;
	struct progress progress;
	bool shows; /* progress, on a terminal */
};

/* Fills `reach`, in place, from the options; a recording is opened. False with `err`, ERR_USAGE where options clash. */
bool reach_init(struct reach *reach, const struct app *app, const struct options *options, struct err *err);

/* Ends it, before anything is reported. False when a signal interrupted the run. */
bool reach_release(struct reach *reach);

/* Writes the evidence of the run, when it was asked for; false when it has complained. */
bool reach_record(const struct app *app, const struct options *options, struct run *run);

#endif
