/* SPDX-License-Identifier: EUPL-1.2 */
/* keur as the one who is asked: by a service that is tested, or by a consumer. */
#include "rule/judge_service_private.h"

#include "rule/session_listen.h"

/* keur listens when some scenario asks for it, and not otherwise. */
static bool asks_counterpart(const struct service_judge *it)
{
	for (uint32_t i = 0; i < it->target->standard_count; i++) {
		const struct ruleset *ruleset = it->claims[i].judge.ruleset;
		if (ruleset->for_consumers) return true;
		for (uint32_t k = 0; k < ruleset->check_count; k++)
			if (ruleset->checks[k].scenario && ruleset->checks[k].scenario->asks_counterpart) return true;
	}
	return false;
}

void counterpart_begin(struct service_judge *it)
{
	struct err err;
	err_init(&err, it->scratch);
	if (!asks_counterpart(it) || session_listen(it->session, &err)) return;
	claim_preflight(it, PREFLIGHT_DESCRIPTOR, LEVEL_BLOCKING, it->service->counterpart_loc, err.message);
}

/* Of a consumer nothing is asked: it asks keur, which answers as its rule set says. */
void claim_hear(struct service_judge *it, struct judged_claim *at)
{
	const struct claim *claim = at->judge.claim;
	const struct ruleset *ruleset = at->judge.ruleset;
	const struct stub_book *book = NULL;
	for (uint32_t i = 0; i < ruleset->check_count && !book; i++)
		book = ruleset->checks[i].counterpart;
	at->judge.live = live_new(it->scratch, it->session, claim, NULL, counterpart_lacking());
	at->judge.session = it->session;
	standard_gather(&at->judge);
	session_answer(it->session, book);
	session_hear(it->session, claim->listen_seconds, claim->listen_requests);
	session_answer(it->session, NULL);
}
