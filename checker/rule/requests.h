/* SPDX-License-Identifier: EUPL-1.2 */
/* Checks on what a consumer asked of keur: subject `requests`. */
#ifndef KEUR_RULE_REQUESTS_H
#define KEUR_RULE_REQUESTS_H

#include "rule/judge_private.h"
#include "rule/session.h"

/*
 * Runs a check over the requests below its base, in the order in which they came, answers and all. Without a
 * counterpart, or when none came, the check is blocked, with that reason.
 */
void requests_run(
		const struct judge *judge, const struct check *check, struct session *session, struct judged_check *out);

#endif
