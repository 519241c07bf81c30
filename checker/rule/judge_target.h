/* SPDX-License-Identifier: EUPL-1.2 */
/* One target, whatever it is: a document, a service descriptor, a URL. */
#ifndef KEUR_RULE_JUDGE_TARGET_H
#define KEUR_RULE_JUDGE_TARGET_H

#include "rule/judge_options.h"
#include "rule/result.h"

/* Opens target->path and judges it; everything that goes wrong is in target->preflight. Uses no memory but the
 * target's arena when it returns. */
void judge_target(struct target_result *target, const struct judge_options *options);

#endif
