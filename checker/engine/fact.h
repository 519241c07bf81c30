/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What engines report: facts about the rules of one file of checks. holds, violated (with places), not applicable, or
 * could not be evaluated. Only rule/ makes verdicts of them.
 */
#ifndef KEUR_ENGINE_FACT_H
#define KEUR_ENGINE_FACT_H

#include "doc/doc.h"

enum severity { SEVERITY_ERROR, SEVERITY_WARN, SEVERITY_INFO, SEVERITY_HINT, SEVERITY_OFF = -1 };

/* A violation of a rule at a place, with both ends where a reference lies between. */
struct result {
	uint32_t rule;          /* index among the rules of the file */
	enum severity severity; /* Spectral's, after overrides; elsewhere SEVERITY_ERROR */
	struct text message;
	struct text expected;
	struct str found;
	const struct doc *doc;          /* the document that holds the place; NULL when `exchange` alone is the place */
	struct str pointer;             /* closest existing place there */
	uint32_t start, end;            /* span there: of the key where the key is at fault, else of the value */
	const struct doc *referrer_doc; /* the `$ref` that led there; NULL when none did */
	struct str referrer_pointer;
	uint32_t referrer_start;
	struct source *basis; /* the keyword of a schema that is violated; its lines have been found before; NULL: none */
	struct str basis_pointer;
	uint32_t basis_start;
	uint32_t exchange; /* number of the HTTP exchange that shows it; 0: none */
	bool official;     /* rule/tolerance found the same at the same construct of an official document: `basis` */
};

/* What became of one rule. */
struct fact {
	bool applies;        /* there was something that the rule is about */
	bool undecided;      /* could not be evaluated to the end; `why` says so */
	bool unseen;         /* undecided because the subject did not show it: no answer, or a step before it failed */
	bool untested;       /* some of it could not be tried with what there is; `why` says so when it does not apply */
	struct text why;     /* of undecided; or of a rule that does not apply: what it lacks, may be empty */
	uint32_t selected;   /* places that were looked at */
	uint32_t violations; /* before merging equal ones */
	bool cut;            /* more than LIMIT_RESULTS_PER_RULE */
	uint32_t filter_failures; /* places that a filter of `given` could not judge, and so did not select */
};

/* Of all rules of one file on one subject. */
struct facts {
	struct result *results; /* in the engine's order: Spectral's is merged, by source, place, code, path */
	uint32_t result_count;
	struct fact *items;      /* one for each rule */
	struct str unrecognized; /* not empty: the document is of none of these formats, which the rules are for */
};

#endif
