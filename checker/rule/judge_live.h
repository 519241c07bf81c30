/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The running service while it is judged: scenarios played on it, and what it answered held against rules.
 *
 * Of one claim. First live_open() and the checks that make requests; when those of all claims of the service have run,
 * the checks on evidence, which see every exchange with this endpoint, whichever claim it was for.
 */
#ifndef KEUR_RULE_JUDGE_LIVE_H
#define KEUR_RULE_JUDGE_LIVE_H

#include "rule/judge_private.h"
#include "rule/session.h"

struct live;

/* The endpoint of a claim; `transport` NULL: it could not be reached, and `why` says so of each check. */
struct live *live_new(struct arena *scratch, struct session *session, const struct claim *claim,
		struct transport *transport, struct text why);

/* The description, once it is known; NULL when there is none. */
bool live_describe(struct live *live, const struct refs *refs, struct err *err);

/* The first call of the endpoint, when there were at least so many and every one was answered with one of two statuses;
 * else NULL. Such answers tell of the set-up (401, 403; 404), not of the service. */
const struct exchange *live_alike(const struct live *live, unsigned status, unsigned other, size_t least);

/* The first exchange with the endpoint, when none of them was answered; NULL: one was, or there are none. */
const struct exchange *live_silence(const struct live *live);

/* From here on nothing is asked of the service, because of `why`. */
void live_give_up(struct live *live, struct text why);

/* Asks the first operation that can be asked without harm; NULL when there is none. */
const struct exchange *live_probe(const struct live *live, struct transport *transport, struct str step);

/* Tells how many steps the scenarios of a rule set have that this service will be asked. */
void live_expect(const struct live *live, const struct ruleset *ruleset);

/* Runs a check whose subject is the service, its operations, or its answers: facts, or the reason why there are none.
 */
void live_run(struct live *live, const struct judge *judge, const struct check *check, struct judged_check *out);

/* Is it the evidence written as a document? */
bool live_is_view(const struct live *live, const struct doc *doc);

/* The exchange that a result is about, with the pointer in it; NULL when it is about none. */
const struct exchange *live_exchange(const struct live *live, const struct result *result, struct str *pointer);

#endif
