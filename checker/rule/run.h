/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Running: targets found, read and judged, in parallel, with an outcome that does not depend on scheduling.
 */
#ifndef KEUR_RULE_RUN_H
#define KEUR_RULE_RUN_H

#include "rule/judge_options.h"
#include "rule/result.h"

struct run_options {
	struct judge_options judge; /* rule sets and all outlive the run */
	const char *const *targets; /* files, folders, "-" for standard input */
	uint32_t target_count;
	uint32_t threads; /* 0 counts as 1 */
};

/*
 * Judges all targets. What goes wrong with a target is in its pre-flight; false only with ERR_LIMIT (too many
 * targets). Either way the caller ends it with run_free().
 */
bool run_all(struct run *run, const struct run_options *options, struct err *err);
void run_free(struct run *run);

/*
 * The evidence of the whole run, kept because session_options.keeps asked for it, as a HAR file without any secret of
 * any target. False with ERR_LIMIT; `*complete` says whether every exchange is in it.
 */
bool run_evidence(const struct run *run, struct strbuf *out, bool *complete, struct err *err);

#endif
