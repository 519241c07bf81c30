/* SPDX-License-Identifier: EUPL-1.2 */
/* What a consumer asked, as exchanges and as a document. */
#include "rule/requests.h"

#include "engine/arazzo_run.h"
#include "rule/evidence_view.h"

static void block(struct judged_check *out, struct text why)
{
	out->state = CHECK_BLOCKED;
	out->why = why;
}

/* Those that count: a request to stop listening does not. */
static void list_requests(
		const struct judge *judge, const struct session *session, struct str base, struct evidence_facts *facts)
{
	const struct evidence *evidence = session->evidence;
	const struct exchange **list = arena_alloc(judge->scratch, (evidence->kept.count + 1) * sizeof *list);
	for (size_t i = 0; i < evidence->kept.count; i++) {
		const struct exchange *exchange = evidence->kept.items[i];
		struct str path = counterpart_path(base, exchange->request.url);
		bool counts = exchange->inbound && path.ptr && exchange->failure == FAILURE_NONE;
		if (counts && !str_eq(path, STR("/keur/stop"))) list[facts->count++] = exchange;
	}
	facts->exchanges = list;
	facts->endpoint = base;
}

/* Of a finding in the document: the exchange, which outlives it. */
static void place_results(const struct evidence_facts *facts, struct facts *found)
{
	struct str rest;
	for (uint32_t i = 0; i < found->result_count; i++) {
		const struct exchange *exchange = evidence_exchange(facts, found->results[i].pointer, &rest);
		if (!exchange) continue;
		found->results[i].exchange = exchange->number;
		found->results[i].doc = NULL;
	}
}

static void close_view(void *view)
{
	doc_close(view);
}

void requests_run(
		const struct judge *judge, const struct check *check, struct session *session, struct judged_check *out)
{
	struct evidence_facts facts = {.version = {NULL, 0}};
	struct check_context context = {.arena = judge->scratch, .session = session};
	struct err err;
	err_init(&err, judge->scratch);
	if (!session->counterpart) {
		block(out, counterpart_lacking());
		return;
	}
	context.endpoint = str_printf(
			judge->scratch, "%.*s%.*s", STR_FMT(session->counterpart->base), STR_FMT(check->base));
	list_requests(judge, session, context.endpoint, &facts);
	if (!facts.count) {
		block(out, text_printf(judge->scratch, "no request came to %.*s", "er kwam geen verzoek aan %.*s",
						   STR_FMT(context.endpoint)));
		return;
	}
	context.exchanges = facts.exchanges;
	context.exchange_count = facts.count;
	if (!check->engine->reads_exchanges) {
		struct doc *view = evidence_view(&facts, &err);
		if (!view) {
			block(out, err.message);
			return;
		}
		arena_on_free(judge->scratch, close_view, view);
		context.refs = refs_plain(judge->scratch, view);
	}
	standard_run_engine(judge, check, &context, out);
	if (out->state == CHECK_RAN && !check->engine->reads_exchanges) place_results(&facts, &out->facts);
}
