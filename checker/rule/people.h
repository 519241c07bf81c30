/* SPDX-License-Identifier: EUPL-1.2 */
/* What people add to a verdict: deviations that were accepted, and answers where no check judges. */
#ifndef KEUR_RULE_PEOPLE_H
#define KEUR_RULE_PEOPLE_H

#include "base/str.h"

/* A waiver in force of a violated requirement; it excuses all that was found, or, limited to a place, a part of it. */
struct excuse {
	struct str at; /* ptr NULL: everywhere */
	struct str reason, approved_by, until;
};

/* What somebody found of a requirement that no check judges. */
struct given {
	struct str by, date, evidence, note; /* note: may be empty */
};

#endif
