/* One target: read, looked over before anything is judged, and judged against rule sets. */
#ifndef KEUR_RULE_JUDGE_H
#define KEUR_RULE_JUDGE_H

#include "rule/result.h"

/* Opens target->path and judges it; everything that goes wrong is in target->preflight. Uses no memory but the
 * target's arena when it returns. */
void judge_target(struct target_result *target, const struct ruleset *const *rulesets, uint32_t count);

/* The same for an opened document, which outlives the call. */
void judge_doc(
		struct target_result *target, const struct doc *doc, const struct ruleset *const *rulesets, uint32_t count);

/* Results for a target that is blocked: everything not tested, decision undetermined. */
void judge_blocked(struct target_result *target, const struct ruleset *const *rulesets, uint32_t count);

#endif
