/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of rule/judge share. */
#ifndef KEUR_RULE_JUDGE_PRIVATE_H
#define KEUR_RULE_JUDGE_PRIVATE_H

#include "rule/check.h"
#include "rule/result.h"

enum check_state {
	CHECK_ABSENT,  /* its subject is not there, such as a running service when only its description was named */
	CHECK_BLOCKED, /* its subject is claimed and could not be had: `why` */
	CHECK_RAN,
};

/* Facts of one check, with the results of each rule next to each other. */
struct judged_check {
	enum check_state state;
	struct text why;
	struct facts facts;
	uint32_t *order;                      /* indices of results, by rule and then as they came */
	uint32_t *first;                      /* of each rule, in `order`; one more at the end */
	const struct schematron_trace *trace; /* in the target's arena; NULL: there is none */
};

/* One standard on one target. */
struct judge {
	struct target_result *target;
	struct arena *scratch;   /* ends with the target */
	const struct refs *refs; /* the description of the service, and what it refers to; NULL when there is none */
	const struct doc *xml;   /* the target when it is an XML document */
	uint32_t first_document; /* where those documents start in target->documents */
	const struct ruleset *ruleset;
	struct judged_check *checks;
	struct text gap;            /* not empty: part of the document was not seen */
	struct session *session;    /* that a consumer is heard in; NULL: of a provider or document */
	struct live *live;          /* the running service; NULL: only documents are judged */
	const struct claim *claim;  /* what the service says of this standard; NULL: no descriptor */
	const char *const *without; /* options that are left out */
	uint32_t without_count;
	bool traces;                   /* are wanted */
	struct str today;              /* judge_options.today */
	const struct secrets *secrets; /* that no finding may tell on; NULL: none */
};

/* Records the documents of `refs` with their digests, behind those that are there. */
void judge_documents(struct target_result *target, const struct refs *refs);

/* An empty result for a standard, every requirement not tested. */
void standard_start(struct target_result *target, const struct ruleset *ruleset, struct standard_result *standard);

/* Runs the checks on what there is of their subjects, but for evidence: that is complete when all have run. */
void standard_gather(struct judge *judge);

/* Runs one check, which is made ready when it must be. */
void standard_run_engine(const struct judge *judge, const struct check *check, const struct check_context *context,
		struct judged_check *out);

/* Then those on evidence, and judges every requirement. */
void standard_judge(struct judge *judge, struct standard_result *standard);

/* The decision that follows, and the target's with it. */
void standard_decide(struct target_result *target, struct standard_result *standard);

/* Fills findings, outcome and reason from the facts; `result` holds the requirement. */
void judge_requirement(const struct judge *judge, struct requirement_result *result);

/* Line and column of a byte of a document, in the target's arena. */
struct loc judge_place(const struct judge *judge, const struct doc *doc, struct str pointer, uint32_t offset);

/* The score that a register shows, for information. */
void judge_score(const struct judge *judge, struct score *score);

#endif
