/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Verdicts: what became of one requirement, in four fields that never overwrite each other, and the decision that
 * follows from all of them together. Pure functions; docs/verdicts.md publishes their truth table, and a test holds the
 * two together.
 */
#ifndef KEUR_RULE_VERDICT_H
#define KEUR_RULE_VERDICT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum outcome {
	OUTCOME_PASS,
	OUTCOME_FAIL,
	OUTCOME_NOT_APPLICABLE,
	OUTCOME_INCONCLUSIVE, /* the evidence does not decide */
	OUTCOME_NOT_TESTED,   /* no check, or pre-flight failed */
	OUTCOME_ERROR,        /* a check could not be evaluated */
	OUTCOME_COUNT
};

enum obligation { OBLIGATION_MUST, OBLIGATION_SHOULD, OBLIGATION_MAY, OBLIGATION_COUNT };

enum mode { MODE_AUTOMATIC, MODE_SEMI_AUTOMATIC, MODE_MANUAL, MODE_ATTESTED, MODE_COUNT };

enum disposition {
	DISPOSITION_NONE,
	DISPOSITION_WAIVED, /* by a waiver that is valid: right place, authority and date */
	DISPOSITION_DISPUTED,
	DISPOSITION_KNOWN_RULE_DEFECT,
	DISPOSITION_COUNT
};

struct verdict {
	enum outcome outcome;
	enum obligation obligation;
	enum mode mode;
	enum disposition disposition;
};

/* In order of severity, so that the worst of many is the greatest. */
enum decision {
	DECISION_CONFORMANT,
	DECISION_CONFORMANT_WITH_DEVIATIONS,
	DECISION_UNDETERMINED,
	DECISION_NON_CONFORMANT,
	DECISION_COUNT
};

/* The decision over the requirements of one standard. Over none at all it is undetermined. */
enum decision decision_of(const struct verdict *verdicts, size_t count);

/* The decision over two standards or two targets. */
enum decision decision_worst(enum decision a, enum decision b);

/* Names as ruleset.yaml and reports write them: "notApplicable", "must", "semiAutomatic", "none", "nonConformant". */
extern const char *const outcome_names[OUTCOME_COUNT];
extern const char *const obligation_names[OBLIGATION_COUNT];
extern const char *const mode_names[MODE_COUNT];
extern const char *const disposition_names[DISPOSITION_COUNT];
extern const char *const decision_names[DECISION_COUNT];

#endif
