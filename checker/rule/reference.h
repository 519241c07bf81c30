/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * References that lead nowhere: a fault of the document where the documents at hand show it, else a gap in what was
 * seen.
 */
#ifndef KEUR_RULE_REFERENCE_H
#define KEUR_RULE_REFERENCE_H

#include "doc/ref.h"
#include "rule/ruleset.h"

/* True when no other host and no other version of keur could follow it either. */
bool reference_is_fault(enum ref_problem_kind kind);

/* How many references are such faults. */
uint32_t reference_faults(const struct refs *refs);

/* The first requirement that such faults violate, or NULL when the rule set leaves them to pre-flight. */
const struct requirement *reference_judge(const struct ruleset *ruleset);

/*
 * Why a requirement that saw no violation is not decided: parts of the document stayed out of sight. Empty when all was
 * seen. Static or in the arena.
 */
struct text reference_gap(struct arena *arena, const struct refs *refs, const struct ruleset *ruleset);

#endif
