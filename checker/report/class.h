/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a report says of a conformance class, such as "Zaken API 1.5, provider": of its description, of its messages and
 * of its behaviour how many clauses were tested, and why the others were not. Of rule sets that name a class only.
 */
#ifndef KEUR_REPORT_CLASS_H
#define KEUR_REPORT_CLASS_H

#include "doc/canonical.h"
#include "report/page.h"
#include "rule/result.h"

/* Clauses that were not judged for the same reason. */
struct class_reason {
	struct text text;
	uint32_t count;
};

struct class_part {
	uint32_t total;
	uint32_t of[OUTCOME_COUNT];
	struct class_reason *reasons; /* of all but pass, fail and notApplicable, in the order of the register */
	uint32_t reason_count;
};

/* "description", "messages", "behaviour", for readers. */
extern const struct text part_words[PART_COUNT];

/* Does the rule set name a class? */
bool class_is_named(const struct ruleset *ruleset);

/* Counts the requirements of a standard, by part; reasons in the arena. */
void class_count(const struct standard_result *standard, struct arena *arena, struct class_part parts[PART_COUNT]);

/* The member "parts" of a standard in the JSON report, and the paragraph of the text report; nothing without class. */
void class_json(struct canonical *out, const struct standard_result *standard);
void class_text(const struct page *page, const struct standard_result *standard);

#endif
