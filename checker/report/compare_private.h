/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of report/compare share. */
#ifndef KEUR_REPORT_COMPARE_PRIVATE_H
#define KEUR_REPORT_COMPARE_PRIVATE_H

#include "report/compare.h"

struct comparing {
	struct arena *arena;
	struct comparison *all;
	const struct target_change *target; /* that is compared now */
};

/* Fills in which findings of a requirement are new, gone and the same. */
void compare_findings(struct comparing *it, const struct standard_change *standard, struct requirement_change *change);

#endif
