/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Comparing two runs: which requirements came to something else, which findings are new and gone, and whether the
 * service, the rules or keur changed.
 *
 * A finding is the same one when its fingerprint is (report/fingerprint.h), or, of what is left then, when rule,
 * message and what was found are: it moved. It got worse when the decision of a standard did; when a MUST or SHOULD,
 * not waived, fails or cannot be decided that did not before, or has new findings; or when what was judged is no more.
 */
#ifndef KEUR_REPORT_COMPARE_H
#define KEUR_REPORT_COMPARE_H

#include "rule/result.h"

/* One requirement; `before` or `after` is NULL where a run does not have it. */
struct requirement_change {
	const struct requirement_result *before, *after;
	const struct finding **fresh, **gone;
	uint32_t fresh_count, gone_count, same_count, moved_count;
	bool worse, better;
};

struct standard_change {
	const struct standard_result *before, *after;
	struct requirement_change
			*requirements; /* all of them: those of `after` in their order, then those that are gone */
	uint32_t requirement_count;
	bool rules; /* another version, or another digest */
	bool worse;
};

struct target_change {
	const struct target_result *before, *after;
	struct standard_change *standards;
	uint32_t standard_count;
	bool subject; /* its documents, or the version of the product */
	bool worse;
};

struct comparison {
	const struct run *before, *after;
	struct target_change *targets;
	uint32_t target_count;
	bool engine, rules, subject; /* any of them */
	bool worse;
	uint32_t worse_count, better_count; /* requirements */
	uint64_t fresh_count, gone_count, same_count, moved_count;
};

/* Compares two runs, which outlive the comparison; what it holds is in the arena. */
struct comparison *compare_runs(struct arena *arena, const struct run *before, const struct run *after);

/* Is there anything to tell of a requirement? */
bool compare_is_change(const struct requirement_change *change);

#endif
