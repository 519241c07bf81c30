/* SPDX-License-Identifier: EUPL-1.2 */
/* The decision function. */
#include "rule/verdict.h"

const char *const outcome_names[OUTCOME_COUNT] = {
		[OUTCOME_PASS] = "pass",
		[OUTCOME_FAIL] = "fail",
		[OUTCOME_NOT_APPLICABLE] = "notApplicable",
		[OUTCOME_INCONCLUSIVE] = "inconclusive",
		[OUTCOME_NOT_TESTED] = "notTested",
		[OUTCOME_ERROR] = "error",
};
const char *const obligation_names[OBLIGATION_COUNT] = {"must", "should", "may"};
const char *const mode_names[MODE_COUNT] = {"automatic", "semiAutomatic", "manual", "attested"};
const char *const disposition_names[DISPOSITION_COUNT] = {"none", "waived", "disputed", "knownRuleDefect"};
const char *const decision_names[DECISION_COUNT] = {
		"conformant", "conformantWithDeviations", "undetermined", "nonConformant"};

/* What one requirement alone would make of the decision. Only a MUST can do harm. */
static enum decision weight_of(struct verdict verdict)
{
	if (verdict.obligation != OBLIGATION_MUST) return DECISION_CONFORMANT;
	switch (verdict.outcome) {
	case OUTCOME_FAIL:
		return verdict.disposition == DISPOSITION_WAIVED ? DECISION_CONFORMANT_WITH_DEVIATIONS
														 : DECISION_NON_CONFORMANT;
	case OUTCOME_ERROR:
	case OUTCOME_INCONCLUSIVE:
		return DECISION_UNDETERMINED;
	case OUTCOME_NOT_TESTED:
		return verdict.mode == MODE_AUTOMATIC ? DECISION_UNDETERMINED : DECISION_CONFORMANT;
	case OUTCOME_PASS:
	case OUTCOME_NOT_APPLICABLE:
		return DECISION_CONFORMANT;
	default: /* a value that no enum has must never read as conformant */
		return DECISION_UNDETERMINED;
	}
}

enum decision decision_worst(enum decision a, enum decision b)
{
	return a > b ? a : b;
}

enum decision decision_of(const struct verdict *verdicts, size_t count)
{
	enum decision decision = DECISION_CONFORMANT;
	bool tested = false;
	for (size_t i = 0; i < count; i++) {
		tested = tested || verdicts[i].outcome == OUTCOME_PASS || verdicts[i].outcome == OUTCOME_FAIL;
		decision = decision_worst(decision, weight_of(verdicts[i]));
	}
	return tested ? decision : decision_worst(decision, DECISION_UNDETERMINED);
}
