/* SPDX-License-Identifier: EUPL-1.2 */
/* Progress on a terminal: one line of standard error that keeps being rewritten, once something was asked of a service.
 */
#ifndef KEUR_CMD_PROGRESS_H
#define KEUR_CMD_PROGRESS_H

#include <pthread.h>

#include "base/err.h"
#include "rule/session.h"

struct progress {
	struct session_progress session; /* for struct session_options */
	pthread_mutex_t lock;
	enum lang lang;
	int64_t done, expected; /* steps */
	uint32_t targets, ended;
	int64_t shown_ms; /* 0: nothing was shown */
	uint32_t width;   /* of the terminal */
};

/* Starts, in place, without showing anything yet; ends with progress_release(). */
void progress_init(struct progress *progress, enum lang lang);

/* Takes the line away; nothing may be told any more. */
void progress_release(struct progress *progress);

#endif
