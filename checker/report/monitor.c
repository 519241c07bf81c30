/* SPDX-License-Identifier: EUPL-1.2 */
/* Monitoring: when a verdict counts, and what is told of it. */
#include "report/monitor.h"

#include "doc/canonical.h"
#include "report/report.h"
#include "report/words.h"

enum monitor_answer monitor_judge(const struct monitor_tally *tally, uint32_t attempts, uint32_t failures)
{
	uint32_t done = tally->same + tally->worse + tally->unknown, left = done < attempts ? attempts - done : 0;
	if (tally->worse >= failures) return MONITOR_WORSE;
	if (tally->same && !tally->worse) return MONITOR_SAME;
	if (left && (!tally->worse || tally->worse + left >= failures)) return MONITOR_PENDING;
	return tally->same ? MONITOR_SAME : MONITOR_UNKNOWN;
}

static const char *const answer_names[MONITOR_ANSWER_COUNT] = {[MONITOR_PENDING] = "pending",
		[MONITOR_SAME] = "same",
		[MONITOR_WORSE] = "worse",
		[MONITOR_UNKNOWN] = "unknown"};

static const struct text answer_words[MONITOR_ANSWER_COUNT] = {
		[MONITOR_PENDING] = {{STR("pending"), STR("loopt")}},
		[MONITOR_SAME] = {{STR("no worse"), STR("niet slechter")}},
		[MONITOR_WORSE] = {{STR("WORSE"), STR("SLECHTER")}},
		[MONITOR_UNKNOWN] = {{STR("unknown"), STR("onbekend")}},
};

static bool says_something(const struct monitor_line *line)
{
	return line->tally.same + line->tally.worse > 0;
}

static void add_decisions(const struct page *page, const struct monitor_line *line)
{
	page_say(page, "; certified: ", "; gecertificeerd: ");
	strbuf_add(page->out, text_in(decision_words[line->certificate->decision], page->lang));
	page_say(page, ", now: ", ", nu: ");
	if (says_something(line))
		strbuf_add(page->out, text_in(decision_words[line->decision], page->lang));
	else
		strbuf_add_char(page->out, '-');
}

static void add_line(const struct page *page, const struct monitor_report *report, const struct monitor_line *line)
{
	uint32_t done = line->tally.same + line->tally.worse + line->tally.unknown;
	words_add(page->out, text_in(answer_words[line->answer], page->lang), 14);
	page_clean(page, line->certificate->product.name, "");
	strbuf_add_char(page->out, ' ');
	page_clean(page, line->certificate->product.version, "");
	strbuf_add(page->out, STR(", "));
	page_clean(page, line->certificate->product.vendor, "");
	add_decisions(page, line);
	if (line->tally.worse)
		page_say(page, " (worse in %u of %u attempts; %u of %u count)",
				" (slechter in %u van %u pogingen; %u van %u telt)", line->tally.worse, done, report->failures,
				report->attempts);
	if (line->rules) page_say(page, "; the rules are others", "; de regels zijn andere");
	strbuf_add_char(page->out, '\n');
	for (uint32_t i = 0; i < line->worse_count; i++) {
		strbuf_add(page->out, STR("                "));
		page_clean(page, line->worse[i], "");
		strbuf_add_char(page->out, '\n');
	}
	if (line->answer != MONITOR_UNKNOWN || !text_in(line->reason, page->lang).len) return;
	strbuf_add(page->out, STR("                "));
	page_clean(page, text_in(line->reason, page->lang), "                ");
	strbuf_add_char(page->out, '\n');
}

void monitor_text(const struct page *page, const struct monitor_report *report, bool quiet)
{
	uint32_t counts[MONITOR_ANSWER_COUNT] = {0};
	for (uint32_t i = 0; i < report->count; i++) {
		counts[report->lines[i].answer]++;
		if (!quiet || report->lines[i].answer != MONITOR_SAME) add_line(page, report, &report->lines[i]);
	}
	page_say(page, "%.*s: %u services; no worse %u, worse %u, unknown %u\n",
			"%.*s: %u diensten; niet slechter %u, slechter %u, onbekend %u\n", STR_FMT(report->day), report->count,
			counts[MONITOR_SAME], counts[MONITOR_WORSE], counts[MONITOR_UNKNOWN]);
}

static void write_line(struct canonical *out, const struct monitor_line *line)
{
	const struct product *product = &line->certificate->product;
	canonical_object(out, NULL);
	canonical_str(out, "answer", str_of(answer_names[line->answer]));
	canonical_object(out, "attempts");
	canonical_number(out, "same", line->tally.same);
	canonical_number(out, "unknown", line->tally.unknown);
	canonical_number(out, "worse", line->tally.worse);
	canonical_end_object(out);
	canonical_object(out, "certificate");
	canonical_str(out, "decision", str_of(decision_names[line->certificate->decision]));
	canonical_str(out, "folder", line->folder);
	canonical_str(out, "sha256", str_of(line->digest.hex));
	canonical_end_object(out);
	if (says_something(line)) canonical_str(out, "decision", str_of(decision_names[line->decision]));
	canonical_object(out, "product");
	canonical_str(out, "name", product->name);
	canonical_str(out, "vendor", product->vendor);
	canonical_str(out, "version", product->version);
	canonical_end_object(out);
	if (line->answer == MONITOR_UNKNOWN) canonical_text_if(out, "reason", line->reason);
	canonical_bool(out, "rulesChanged", line->rules);
	canonical_array(out, "worse");
	for (uint32_t i = 0; i < line->worse_count; i++)
		canonical_str(out, NULL, line->worse[i]);
	canonical_end_array(out);
	canonical_end_object(out);
}

bool monitor_json(const struct monitor_report *report, struct strbuf *out, struct err *err)
{
	struct canonical json;
	canonical_init(&json, out);
	canonical_object(&json, NULL);
	canonical_number(&json, "attempts", report->attempts);
	canonical_str(&json, "day", report->day);
	canonical_number(&json, "failures", report->failures);
	canonical_object(&json, "monitor");
	canonical_str(&json, "name", STR("keur-monitor"));
	canonical_number(&json, "version", 1);
	canonical_end_object(&json);
	canonical_array(&json, "services");
	for (uint32_t i = 0; i < report->count; i++)
		write_line(&json, &report->lines[i]);
	canonical_end_array(&json);
	canonical_end_object(&json);
	strbuf_add_char(out, '\n');
	return report_fits(out, "json", err);
}
