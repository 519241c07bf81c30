/* SPDX-License-Identifier: EUPL-1.2 */
/* One document: looked over before anything is judged, and judged against rule sets. Services are judge_service.h's. */
#ifndef KEUR_RULE_JUDGE_H
#define KEUR_RULE_JUDGE_H

#include "rule/judge_options.h"
#include "rule/result.h"

/* Judges an opened document, which outlives the call; everything that goes wrong is in target->preflight. */
void judge_document(struct target_result *target, const struct doc *doc, const struct judge_options *options);

/* A target that could not be opened. */
void judge_unread(struct target_result *target, const struct judge_options *options, const struct err *err);

/* Results for a target that is blocked: everything not tested, decision undetermined. */
void judge_blocked(struct target_result *target, const struct ruleset *const *rulesets, uint32_t count);

#endif
