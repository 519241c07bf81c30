/* SPDX-License-Identifier: EUPL-1.2 */
/* What a run judges against, and how it reaches services. */
#ifndef KEUR_RULE_JUDGE_OPTIONS_H
#define KEUR_RULE_JUDGE_OPTIONS_H

#include "rule/answers.h"
#include "rule/session.h"
#include "rule/shelf.h"

/* Against what, and how. The same for all targets of a run. */
struct judge_options {
	const struct ruleset *const *rulesets; /* compiled; for documents, and for services unless they claim others */
	uint32_t count;
	bool named;    /* the rule sets were asked for by name: of a descriptor only those claims are judged */
	bool scenario; /* the one rule set is a scenario: played on the first endpoint of a descriptor, on a URL, or, for
					  the target that is the scenario itself, on the servers that it names */
	struct shelf *shelf; /* for what descriptors claim; NULL: claims are judged against `rulesets`, whatever version */
	const struct session_options *session; /* how services are reached; NULL: descriptors and URLs cannot be judged */
	const char *const *without; /* options of standards that are left out, whatever a descriptor says of them */
	uint32_t without_count;
	bool traces;                   /* keep what happens in Schematron, as SVRL wants it */
	struct str today;              /* "2026-11-25", for waivers */
	const struct answers *answers; /* of people, to requirements that no check judges; NULL: none */
};

#endif
