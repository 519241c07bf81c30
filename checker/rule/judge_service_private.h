/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files that judge services share. */
#ifndef KEUR_RULE_JUDGE_SERVICE_PRIVATE_H
#define KEUR_RULE_JUDGE_SERVICE_PRIVATE_H

#include "rule/judge.h"
#include "rule/judge_live.h"
#include "rule/judge_service.h"
#include "rule/preflight_kind.h"

/* One claim while it is judged. */
struct judged_claim {
	struct judge judge;
	struct standard_result *standard; /* NULL: its rule set cannot be had */
};

struct service_judge {
	struct target_result *target;
	const struct judge_options *options;
	const struct service *service;
	struct session *session;
	struct arena *scratch;
	struct judged_claim *claims;
	struct text unheard; /* what is missing of what came to keur itself; empty: nothing */
	uint32_t consumers;  /* claims that say nothing wrong, and that keur does not test */
};

/* judge_claim.c: a finding of pre-flight in the target, told once. */
void claim_preflight(struct service_judge *it, enum preflight_kind kind, enum preflight_level level, struct loc loc,
		struct text text);

/* The same of what makes the descriptor unusable: no verdict on the service, exit status 3. */
void claim_unusable(struct service_judge *it, const struct err *err);

/* Adds a standard for the claim, when it was asked for and keur has it. */
void claim_start(struct service_judge *it, const struct claim *claim);

/* judge_counterpart.c: begins to listen where a claim asks for that; that it cannot is told by pre-flight. */
void counterpart_begin(struct service_judge *it);

/* The same: hears a consumer, for as long as its claim says. */
void claim_hear(struct service_judge *it, struct judged_claim *at);

#endif
