/* The running service while it is judged: scenarios played on it, and what it answered held against rules. */
#ifndef KEUR_RULE_JUDGE_LIVE_H
#define KEUR_RULE_JUDGE_LIVE_H

#include "rule/judge_private.h"

struct live;

/* Runs a check whose subject is the service, its operations, or its answers: facts, or the reason why there are none.
 */
void live_run(struct live *live, const struct judge *judge, const struct check *check, struct judged_check *out);

#endif
