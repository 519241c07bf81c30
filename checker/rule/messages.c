/* SPDX-License-Identifier: EUPL-1.2 */
/* Checks on messages of a running service. */
#include "rule/messages.h"

#include "doc/xml_doc.h"
#include "engine/soap_pair.h"
#include "fetch/xml_body.h"
#include "rule/fact_sum.h"
#include "rule/tolerance.h"

static void close_doc(void *doc)
{
	doc_close(doc);
}

/* The message of an exchange as text; ptr NULL: it has none. */
static struct str message_of(
		const struct judge *judge, const struct check *check, const struct exchange *exchange, struct err *err)
{
	struct str text, pair, none = {NULL, 0};
	bool answers = check->subject == SUBJECT_ANSWERS;
	const struct http_fields *fields = answers ? &exchange->response.fields : &exchange->request.fields;
	struct str body = answers ? exchange->response.body : exchange->request.body;
	if (!xml_body(fields, body, judge->scratch, &text, err) || !xml_begins(text)) return none;
	if (answers) return text;
	if (exchange->failure != FAILURE_NONE) return none;
	return soap_pair(exchange, judge->scratch, &pair, err) ? pair : none;
}

static struct doc *open_message(
		const struct judge *judge, const struct exchange *exchange, struct str text, struct err *err)
{
	struct str name = str_printf(judge->scratch, "exchange %u", (unsigned)exchange->number);
	return doc_of_any(name, text, err);
}

/* That an answer is no well-formed XML is for other rules; what is not read to its end is undecided. */
static void leave_open(const struct judge *judge, const struct check *check, struct text why, struct facts *out)
{
	*out = (struct facts){.items = arena_zalloc(judge->scratch, check->rule_count * sizeof *out->items)};
	for (uint32_t i = 0; i < check->rule_count; i++)
		out->items[i] = (struct fact){.applies = true, .undecided = true, .why = why};
}

/* False when the check cannot be run at all: `out` says why. */
static bool run_on(const struct judge *judge, const struct check *check, const struct exchange *exchange,
		struct fact_sum *sum, uint32_t *seen, struct judged_check *out)
{
	struct err err;
	struct judged_check one = {0};
	err_init(&err, judge->scratch);
	struct str text = message_of(judge, check, exchange, &err);
	struct doc *doc = text.ptr ? open_message(judge, exchange, text, &err) : NULL;
	if (!doc && (err.code == ERR_NONE || err.code == ERR_SYNTAX)) return true;
	++*seen;
	if (!doc) {
		leave_open(judge, check, err.message, &one.facts);
		fact_sum_add(sum, &one.facts);
		return true;
	}
	if (!roots_match(&check->roots, doc)) {
		doc_close(doc);
		return true;
	}
	struct check_context context = {.xml = doc, .today = judge->today, .arena = judge->scratch};
	standard_run_engine(judge, check, &context, &one);
	for (uint32_t i = 0; i < one.facts.result_count; i++)
		one.facts.results[i].exchange = exchange->number;
	if (one.state == CHECK_RAN) tolerance_mark(judge, check, &one.facts);
	if (one.state == CHECK_RAN) fact_sum_add(sum, &one.facts);
	if (one.facts.result_count)
		arena_on_free(judge->scratch, close_doc, doc);
	else
		doc_close(doc);
	if (one.state != CHECK_RAN) *out = one;
	return one.state == CHECK_RAN;
}

void messages_run(const struct judge *judge, const struct check *check, const struct exchange *const *exchanges,
		uint32_t count, struct judged_check *out)
{
	struct fact_sum sum;
	uint32_t seen = 0;
	bool ran = true;
	fact_sum_init(&sum, judge->scratch, check->rule_count);
	for (uint32_t i = 0; i < count && ran; i++)
		ran = run_on(judge, check, exchanges[i], &sum, &seen, out);
	struct facts facts;
	fact_sum_take(&sum, &facts);
	if (!ran) return;
	out->facts = facts;
	out->state = CHECK_RAN;
	for (uint32_t i = 0; i < check->rule_count && !seen; i++)
		out->facts.items[i] = (struct fact){.undecided = true,
				.unseen = true,
				.why = TEXT("no message in XML was exchanged with the service",
						"er is geen bericht in XML met de dienst uitgewisseld")};
}
