/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What another version of a rule set would say of services that were tested before: their evidence is judged again, by
 * replaying it, so without network.
 *
 * Evidence is a recording (HAR) with the descriptor of the service: name.har with name.service.yaml, any .har with a
 * service.yaml beside it, or the folder of a certificate, evidence.har with the descriptor below subject/; its
 * earlier attempts, below attempts/, are no services of their own.
 */
#ifndef KEUR_RULE_IMPACT_H
#define KEUR_RULE_IMPACT_H

#include "rule/run.h"

struct evidence_pair {
	struct str recording;
	struct str descriptor; /* empty: none was found */
};

/*
 * All recordings below a folder, in the order of the bytes of their paths; links are not followed. False with ERR_IO,
 * or ERR_LIMIT when there are more than LIMIT_TARGETS of them, or more folders in folders than LIMIT_EVIDENCE_DEPTH.
 */
bool impact_find(
		struct arena *arena, struct str folder, struct evidence_pair **pairs, uint32_t *count, struct err *err);

/*
 * Judges the pairs that have a descriptor against one compiled rule set, which outlives the run; what a descriptor
 * claims of that standard is judged against it, whatever version it claims. `today` is the day by which waivers count.
 * The caller ends the run with run_free().
 */
void impact_judge(struct run *run, const struct evidence_pair *pairs, uint32_t count, const struct ruleset *ruleset,
		struct secret_reader *secrets, struct str today);

#endif
