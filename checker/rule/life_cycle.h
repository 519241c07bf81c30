/* SPDX-License-Identifier: EUPL-1.2 */
/* The life cycle of a standard: what a reader must know when the version that was judged is not simply in force. */
#ifndef KEUR_RULE_LIFE_CYCLE_H
#define KEUR_RULE_LIFE_CYCLE_H

#include "rule/result.h"

/*
 * Tells in pre-flight, once for each rule set and target, that it is a draft, is being phased out, ended, or is not in
 * force yet on `today` ("2026-11-25"; empty: dates do not count). Outcomes and decision stay what they are.
 */
void life_cycle_tell(struct target_result *target, const struct ruleset *ruleset, struct str today);

#endif
