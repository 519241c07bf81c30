/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The HTML report: one file that asks for nothing from elsewhere, in two languages, of which a reader sees the one that
 * is chosen in it (without script too). Style sheet and script are rules/report/1/report.css and report.js.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "report/html_private.h"

void html_raw(const struct html *it, const char *markup)
{
	strbuf_add(it->out, str_of(markup));
}

void html_text(const struct html *it, struct str text)
{
	escape_html(it->out, text);
}

static void add_said(const struct html *it, const char *open, struct str text)
{
	html_raw(it, open);
	html_text(it, text);
	html_raw(it, "</span>");
}

void html_say(const struct html *it, const char *en, const char *nl, ...)
{
	const char *formats[LANG_COUNT] = {[LANG_EN] = en, [LANG_NL] = nl};
	static const char *const opens[LANG_COUNT] = {[LANG_EN] = "<span lang=en>", [LANG_NL] = "<span lang=nl>"};
	for (int i = 0; i < LANG_COUNT; i++) {
		enum lang lang = i ? LANG_EN : LANG_NL;
		va_list args, again;
		va_start(args, nl);
		va_copy(again, args);
		int needed = vsnprintf(NULL, 0, formats[lang], args);
		char *text = mem_resize(NULL, (size_t)needed + 1, 1);
		vsnprintf(text, (size_t)needed + 1, formats[lang], again);
		add_said(it, opens[lang], (struct str){text, (size_t)needed});
		free(text);
		va_end(again);
		va_end(args);
	}
}

void html_both(const struct html *it, struct text text)
{
	struct str en = text_in(text, LANG_EN), nl = text_in(text, LANG_NL);
	if (str_eq(en, nl)) {
		html_text(it, en);
		return;
	}
	add_said(it, "<span lang=nl>", nl);
	add_said(it, "<span lang=en>", en);
}

void html_link(const struct html *it, struct str url)
{
	if (!is_web_url(url)) {
		html_text(it, url);
		return;
	}
	html_raw(it, "<a class=\"utrecht-link utrecht-link--html-a\" rel=\"noreferrer\" href=\"");
	html_text(it, url);
	html_raw(it, "\">");
	html_text(it, url);
	html_raw(it, "</a>");
}

void html_standard(const struct html *it, const struct ruleset *ruleset)
{
	html_text(it, ruleset->id);
	html_raw(it, " ");
	html_text(it, ruleset->version);
}

static void add_badge(const struct html *it, const char *kind, struct text word)
{
	strbuf_printf(it->out, "<span class=\"utrecht-badge-status utrecht-badge-status--%s\">", kind);
	html_both(it, word);
	html_raw(it, "</span>");
}

void html_outcome(const struct html *it, const struct requirement_result *result)
{
	static const struct text words[OUTCOME_COUNT] = {[OUTCOME_PASS] = {{STR("Met"), STR("Voldoet")}},
			[OUTCOME_FAIL] = {{STR("Not met"), STR("Voldoet niet")}},
			[OUTCOME_NOT_APPLICABLE] = {{STR("Not applicable"), STR("Niet van toepassing")}},
			[OUTCOME_INCONCLUSIVE] = {{STR("Undecided"), STR("Niet te beslissen")}},
			[OUTCOME_NOT_TESTED] = {{STR("Not tested"), STR("Niet getoetst")}},
			[OUTCOME_ERROR] = {{STR("Could not be tested"), STR("Fout bij toetsen")}}};
	static const char *const kinds[OUTCOME_COUNT] = {"success", "danger", "neutral", "warning", "neutral", "warning"};
	enum outcome outcome = result->verdict.outcome;
	bool mild = outcome == OUTCOME_FAIL &&
				(result->verdict.obligation != OBLIGATION_MUST || result->verdict.disposition == DISPOSITION_WAIVED);
	if (outcome == OUTCOME_FAIL && result->requirement->remarks) {
		add_badge(it, "neutral", TEXT("Remarks", "Opmerkingen"));
		return;
	}
	add_badge(it, mild ? "warning" : kinds[outcome], words[outcome]);
	if (result->verdict.disposition == DISPOSITION_WAIVED)
		add_badge(it, "info", TEXT("Deviation accepted", "Afwijking geaccepteerd"));
}

void html_decision(const struct html *it, enum decision decision)
{
	static const char *const kinds[DECISION_COUNT] = {"success", "info", "warning", "danger"};
	add_badge(it, kinds[decision], decision_words[decision]);
}

void html_id(const struct html *it, uint32_t target, uint32_t standard, uint32_t requirement)
{
	strbuf_printf(it->out, "r%u-%u-%u", it->numbers[target], standard + 1, requirement + 1);
}

void html_item(const struct html *it, const char *en, const char *nl)
{
	html_raw(it, "<div class=\"utrecht-data-list__item\"><dt class=\"utrecht-data-list__item-key\">");
	html_say(it, "%s%.0s", "%.0s%s", en, nl);
	html_raw(it, "</dt><dd class=\"utrecht-data-list__item-value\">");
}

void html_end_item(const struct html *it)
{
	html_raw(it, "</dd></div>\n");
}

struct html_counts html_count(const struct standard_result *standard)
{
	struct html_counts counts = {.total = standard->requirement_count};
	for (uint32_t i = 0; i < standard->requirement_count; i++) {
		struct verdict verdict = standard->requirements[i].verdict;
		counts.of[verdict.obligation][verdict.outcome]++;
		counts.waived += verdict.disposition == DISPOSITION_WAIVED;
	}
	return counts;
}

/* The title of the page: an attribute or the element cannot hold two languages. */
static struct text title_of(const struct run *run, struct arena *arena)
{
	const struct target_result *target = NULL;
	struct text title;
	for (uint32_t i = 0; i < run->target_count && !target; i++)
		if (!run->targets[i].skipped) target = &run->targets[i];
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		struct str decision = text_in(decision_words[run->decision], (enum lang)lang), name = {"", 0};
		if (target && target->product.name.len)
			name = str_printf(arena, "%.*s %.*s", STR_FMT(target->product.name), STR_FMT(target->product.version));
		else if (target)
			name = shown_path(target->path);
		title.in[lang] = str_printf(arena, "%.*s: %.*s - %s", STR_FMT(decision), STR_FMT(name),
				lang == LANG_NL ? "keuringsrapport" : "conformance report");
	}
	return title;
}

static int compare_exhibits(const void *a, const void *b)
{
	const struct exhibit *const *one = a, *const *other = b;
	return ((*one)->number > (*other)->number) - ((*one)->number < (*other)->number);
}

static void collect_exhibits(struct html *it)
{
	size_t count = 0;
	for (uint32_t i = 0; i < it->run->target_count; i++)
		count += it->run->targets[i].exhibit_count;
	it->exhibits = mem_resize(NULL, count + 1, sizeof *it->exhibits);
	it->shown = mem_resize(NULL, count + 1, sizeof *it->shown);
	memset(it->shown, 0, (count + 1) * sizeof *it->shown);
	for (uint32_t i = 0; i < it->run->target_count; i++)
		for (uint32_t j = 0; j < it->run->targets[i].exhibit_count; j++)
			it->exhibits[it->exhibit_count++] = &it->run->targets[i].exhibits[j];
	qsort(it->exhibits, count, sizeof *it->exhibits, compare_exhibits);
}

static void number_targets(struct html *it)
{
	it->numbers = mem_resize(NULL, (size_t)it->run->target_count + 1, sizeof *it->numbers);
	for (uint32_t i = 0, number = 0; i < it->run->target_count; i++)
		it->numbers[i] = it->run->targets[i].skipped ? 0 : ++number;
}

static bool frame_of(struct html_frame *frame, const struct run *run, const struct report_options *options,
		struct arena *arena, struct err *err)
{
	*frame = (struct html_frame){.lang = options->lang,
			.title = title_of(run, arena),
			.skip = TEXT("Skip to the report", "Naar het rapport"),
			.theme = options->theme,
			.foot = text_printf(arena,
					"Made with keur %.*s. This page shows what the report in JSON says; that one counts.",
					"Gemaakt met keur %.*s. Deze pagina toont wat in het rapport in JSON staat; dat rapport telt.",
					STR_FMT(run->engine))};
	return html_frame_load(frame, arena, options->folder, err);
}

bool report_html(const struct run *run, const struct report_options *options, struct strbuf *out, struct err *err)
{
	struct html_frame frame;
	struct html it = {.out = out, .run = run, .options = options, .left = LIMIT_HTML_FINDINGS};
	struct arena *arena = arena_new();
	bool ok = frame_of(&frame, run, options, arena, err);
	if (ok) {
		collect_exhibits(&it);
		number_targets(&it);
		html_open(&it, &frame);
		html_summary(&it);
		html_requirements(&it);
		html_sources(&it);
		html_close(&it, &frame);
		free(it.exhibits);
		free(it.shown);
		free(it.numbers);
	}
	arena_free(arena);
	return ok && report_fits(out, "html", err);
}
