/* SPDX-License-Identifier: EUPL-1.2 */
/* All requirements of the HTML report, for who has to mend: worst first, to be searched and filtered. */
#include "report/html_private.h"

enum { OPEN_FINDINGS = 10 };

/* What stands at the top: 0 is worst. */
static int rank_of(struct verdict verdict)
{
	static const int ranks[OUTCOME_COUNT] = {[OUTCOME_FAIL] = 0,
			[OUTCOME_ERROR] = 3,
			[OUTCOME_INCONCLUSIVE] = 4,
			[OUTCOME_PASS] = 5,
			[OUTCOME_NOT_TESTED] = 6,
			[OUTCOME_NOT_APPLICABLE] = 7};
	return ranks[verdict.outcome] + (verdict.outcome == OUTCOME_FAIL ? (int)verdict.obligation : 0);
}

static void add_part(const struct html *it, const char *en, const char *nl, struct text text)
{
	if (!text.in[LANG_EN].len && !text.in[LANG_NL].len) return;
	html_item(it, en, nl);
	html_both(it, text);
	html_end_item(it);
}

static void add_checks(const struct html *it, const struct requirement *requirement)
{
	if (!requirement->use_count && !requirement->resolves) return;
	html_item(it, "Tested by", "Getoetst door");
	for (uint32_t i = 0; i < requirement->use_count; i++) {
		if (i) html_raw(it, ", ");
		html_raw(it, "<code class=\"utrecht-code\">");
		html_text(it, requirement->uses[i].named);
		html_raw(it, "</code>");
	}
	if (requirement->resolves) html_raw(it, requirement->use_count ? ", " : "");
	if (requirement->resolves) html_raw(it, "<code class=\"utrecht-code\">" REFERENCES_CHECK "</code>");
	html_end_item(it);
}

static void add_waivers(const struct html *it, const struct requirement_result *result)
{
	for (uint32_t i = 0; i < result->excuse_count; i++) {
		const struct excuse *excuse = &result->excuses[i];
		html_item(it, "Deviation accepted", "Afwijking geaccepteerd");
		html_say(it, "until %.*s by %.*s: %.*s", "tot en met %.*s door %.*s: %.*s", STR_FMT(excuse->until),
				STR_FMT(excuse->approved_by), STR_FMT(excuse->reason));
		if (excuse->at.len) {
			html_raw(it, " <code class=\"utrecht-code\">");
			html_text(it, excuse->at);
			html_raw(it, "</code>");
		}
		html_end_item(it);
	}
}

static void add_answer(const struct html *it, const struct given *given)
{
	if (!given) return;
	html_item(it, "Answered by", "Beantwoord door");
	html_say(it, "%.*s, on %.*s; see: ", "%.*s, op %.*s; zie: ", STR_FMT(given->by), STR_FMT(given->date));
	if (str_starts(given->evidence, STR("https://")))
		html_link(it, given->evidence);
	else
		html_text(it, given->evidence);
	if (given->note.len) html_raw(it, " - ");
	html_text(it, given->note);
	html_end_item(it);
}

static void add_facts(const struct html *it, const struct requirement_result *result)
{
	const struct requirement *requirement = result->requirement;
	bool failed = result->verdict.outcome == OUTCOME_FAIL;
	html_raw(it, "<dl class=\"utrecht-data-list\">\n");
	if (!failed) add_part(it, "Reason", "Reden", result->reason);
	if (failed) add_part(it, "How to mend it", "Zo is het te herstellen", requirement->fix);
	add_answer(it, result->given);
	add_waivers(it, result);
	if (requirement->clause.len) {
		html_item(it, "The standard says so at", "Dit staat in de standaard");
		html_text(it, requirement->alias);
		if (requirement->alias.len) html_raw(it, ", ");
		html_link(it, requirement->clause);
		html_end_item(it);
	}
	add_part(it, "Read as", "Zo gelezen", requirement->interpretation);
	html_item(it, "Way of testing", "Wijze van toetsen");
	html_both(it, mode_words[result->verdict.mode]);
	html_end_item(it);
	add_checks(it, requirement);
	html_raw(it, "</dl>\n");
}

static void add_requirement(struct html *it, uint32_t target, uint32_t index, uint32_t number)
{
	const struct standard_result *standard = &it->run->targets[target].standards[index];
	const struct requirement_result *result = &standard->requirements[number];
	enum outcome outcome = result->verdict.outcome;
	bool open = result->finding_count <= OPEN_FINDINGS &&
				(outcome == OUTCOME_FAIL || outcome == OUTCOME_ERROR || outcome == OUTCOME_INCONCLUSIVE);
	html_raw(it, "<details class=\"keur-requirement\" id=\"");
	html_id(it, target, index, number);
	strbuf_printf(it->out, "\" data-outcome=\"%s\"%s>\n<summary>", outcome_names[outcome], open ? " open" : "");
	html_raw(it, "<span class=\"keur-badges\">");
	html_outcome(it, result);
	html_raw(it, " <span class=\"keur-obligation\">");
	html_both(it, obligation_capitals[result->verdict.obligation]);
	html_raw(it, "</span></span>\n<h5 class=\"utrecht-heading-5\">");
	html_both(it, result->requirement->title);
	html_raw(it, "</h5> <code class=\"utrecht-code\">");
	if (!standard->ruleset->ad_hoc) html_text(it, standard->ruleset->id);
	if (!standard->ruleset->ad_hoc) html_raw(it, "/");
	html_text(it, result->requirement->id);
	html_raw(it, "</code></summary>\n");
	add_facts(it, result);
	html_findings(it, result);
	html_raw(it, "</details>\n");
}

static void add_standard(struct html *it, uint32_t target, uint32_t index)
{
	const struct standard_result *standard = &it->run->targets[target].standards[index];
	html_raw(it, "<section class=\"keur-standard\">\n<h4 class=\"utrecht-heading-4\">");
	html_standard(it, standard->ruleset);
	html_raw(it, " ");
	html_decision(it, standard->decision);
	html_raw(it, "</h4>\n");
	if (standard->endpoint.len) {
		html_raw(it, "<p class=\"utrecht-paragraph\">");
		html_text(it, standard->endpoint);
		html_raw(it, "</p>\n");
	}
	for (int rank = 0; rank < 8; rank++)
		for (uint32_t i = 0; i < standard->requirement_count; i++)
			if (rank_of(standard->requirements[i].verdict) == rank) add_requirement(it, target, index, i);
	html_raw(it, "</section>\n");
}

static void add_remark(const struct html *it, const struct preflight *preflight)
{
	static const char *const kinds[LEVEL_COUNT] = {"danger", "warning", "neutral"};
	static const struct text words[LEVEL_COUNT] = {{{STR("Blocking"), STR("Blokkerend")}},
			{{STR("Problem"), STR("Probleem")}}, {{STR("Note"), STR("Opmerking")}}};
	strbuf_printf(
			it->out, "<li><span class=\"utrecht-badge-status utrecht-badge-status--%s\">", kinds[preflight->level]);
	html_both(it, words[preflight->level]);
	html_raw(it, "</span> ");
	html_both(it, preflight->message);
	html_raw(it, " <code class=\"utrecht-code\">");
	html_text(it, shown_path(preflight->loc.file));
	if (preflight->loc.line) strbuf_printf(it->out, ":%u:%u", preflight->loc.line, preflight->loc.column);
	html_raw(it, "</code></li>\n");
}

static void add_preflight(const struct html *it, const struct target_result *target)
{
	if (!target->preflight_count) return;
	html_raw(it, "<h4 class=\"utrecht-heading-4\">");
	html_say(it, "Before testing", "Controle vooraf");
	html_raw(it, "</h4>\n<ul class=\"keur-remarks\">\n");
	for (int level = 0; level < LEVEL_COUNT; level++)
		for (uint32_t i = 0; i < target->preflight_count; i++)
			if ((int)target->preflight[i].level == level) add_remark(it, &target->preflight[i]);
	html_raw(it, "</ul>\n");
}

static void add_filter(const struct html *it, const char *outcome, const char *en, const char *nl)
{
	strbuf_printf(it->out,
			"<span class=\"keur-check\"><input class=\"utrecht-checkbox\" type=\"checkbox\" id=\"show-%s\" value=\"%s\" "
			"checked><label class=\"utrecht-form-label\" for=\"show-%s\">",
			outcome, outcome, outcome);
	html_say(it, "%s%.0s", "%.0s%s", en, nl);
	html_raw(it, "</label></span>\n");
}

/* Hidden until the script shows it, since without script it does nothing. */
static void add_filters(const struct html *it)
{
	html_raw(it,
			"<form class=\"keur-filter\" id=\"filter\" hidden>\n<div><label class=\"utrecht-form-label\" for=\"search\">");
	html_say(it, "Search in requirements and findings", "Zoek in eisen en bevindingen");
	html_raw(it, "</label>\n<input class=\"utrecht-textbox utrecht-textbox--html-input\" type=\"search\" id=\"search\" "
				 "autocomplete=\"off\"></div>\n<fieldset><legend class=\"utrecht-form-label\">");
	html_say(it, "Show", "Toon");
	html_raw(it, "</legend>\n");
	add_filter(it, "fail", "Not met", "Voldoet niet");
	add_filter(it, "undecided", "Undecided", "Niet te beslissen");
	add_filter(it, "pass", "Met", "Voldoet");
	add_filter(it, "notTested", "Not tested", "Niet getoetst");
	add_filter(it, "notApplicable", "Not applicable", "Niet van toepassing");
	html_raw(it, "</fieldset>\n<p class=\"keur-buttons\">"
				 "<button class=\"utrecht-button utrecht-button--secondary-action\" type=\"button\" id=\"open-all\">");
	html_say(it, "Open all", "Alles openen");
	html_raw(it,
			"</button> <button class=\"utrecht-button utrecht-button--secondary-action\" type=\"button\" id=\"close-all\">");
	html_say(it, "Close all", "Alles sluiten");
	html_raw(it, "</button></p>\n<p class=\"keur-count\" role=\"status\"><span id=\"count\"></span> ");
	html_say(it, "requirements shown", "eisen getoond");
	html_raw(it, "</p>\n</form>\n");
}

void html_requirements(struct html *it)
{
	html_raw(it, "<section class=\"keur-vendor\" aria-labelledby=\"requirements\">\n"
				 "<h2 class=\"utrecht-heading-2\" id=\"requirements\">");
	html_say(it, "For the vendor: all requirements", "Voor de leverancier: alle eisen");
	html_raw(it, "</h2>\n<p class=\"utrecht-paragraph\">");
	html_say(it, "Each requirement with what was found, where, what was expected and how to mend it.",
			"Elke eis met wat er gevonden is, waar, wat er verwacht werd en hoe het te herstellen is.");
	html_raw(it, "</p>\n");
	add_filters(it);
	for (uint32_t i = 0; i < it->run->target_count; i++) {
		const struct target_result *target = &it->run->targets[i];
		if (target->skipped) continue;
		html_raw(it, "<h3 class=\"utrecht-heading-3\">");
		html_text(it, shown_path(target->path));
		html_raw(it, "</h3>\n");
		add_preflight(it, target);
		for (uint32_t j = 0; j < target->standard_count; j++)
			add_standard(it, i, j);
	}
	html_raw(it, "</section>\n");
}
