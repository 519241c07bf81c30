/* SPDX-License-Identifier: EUPL-1.2 */
/* The first page of the HTML report: for who has to decide, in plain words. */
#include "doc/uri_path.h"
#include "report/html_private.h"

enum { MOST_TOLD = 12 };

static const char *decision_kind(enum decision decision)
{
	static const char *const kinds[DECISION_COUNT] = {"ok", "info", "warning", "error"};
	return kinds[decision];
}

static void add_meaning(const struct html *it, enum decision decision)
{
	switch (decision) {
	case DECISION_CONFORMANT:
		html_say(it, "As far as it was tested, everything that the standards demand was found to be in order.",
				"Voor zover getoetst is alles wat de standaarden eisen in orde bevonden.");
		return;
	case DECISION_CONFORMANT_WITH_DEVIATIONS:
		html_say(it,
				"The standards are not followed on every point. Those deviations were accepted; below you read which, by "
				"whom and until when.",
				"De standaarden zijn niet op elk punt gevolgd. Die afwijkingen zijn geaccepteerd; hieronder leest u welke, "
				"door wie en tot wanneer.");
		return;
	case DECISION_UNDETERMINED:
		html_say(it,
				"Whether the standards are met could not be established. That is no approval and no rejection: solve what "
				"stands in the way and test again.",
				"Of aan de standaarden is voldaan, was niet vast te stellen. Dat is geen goedkeuring en geen afkeuring: "
				"los op wat in de weg staat en toets opnieuw.");
		return;
	default:
		html_say(it,
				"At least one requirement that is mandatory is not met. The vendor finds below what is wrong and how to "
				"mend it.",
				"Aan minstens één verplichte eis is niet voldaan. De leverancier leest hieronder wat er niet klopt en hoe "
				"het te herstellen is.");
	}
}

static void add_name(const struct html *it, const struct target_result *target)
{
	if (target->product.name.len) {
		html_text(it, target->product.name);
		html_raw(it, " ");
		html_text(it, target->product.version);
	} else if (is_web_url(target->path)) {
		html_text(it, target->path);
	} else {
		html_text(it, shown_path(path_base(target->path)));
	}
}

/* The decision and what it means, as the first thing that is read. */
static void add_banner(const struct html *it, enum decision decision)
{
	strbuf_printf(it->out,
			"<div class=\"utrecht-alert utrecht-alert--%s\"><div class=\"utrecht-alert__content\">\n"
			"<p class=\"keur-decision\">",
			decision_kind(decision));
	html_both(it, decision_words[decision]);
	html_raw(it, "</p>\n<p class=\"utrecht-paragraph\">");
	add_meaning(it, decision);
	html_raw(it, "</p>\n</div></div>\n");
}

static void add_date(const struct html *it)
{
	if (it->run->started.len < 10) return;
	html_item(it, "Tested on", "Getoetst op");
	html_text(it, (struct str){it->run->started.ptr, 10});
	html_end_item(it);
}

static void add_product(const struct html *it, const struct product *product)
{
	if (!product->name.len) return;
	html_item(it, "Vendor", "Leverancier");
	html_text(it, product->vendor);
	if (product->oin.len) html_raw(it, " (OIN ");
	html_text(it, product->oin);
	if (product->oin.len) html_raw(it, ")");
	html_end_item(it);
	if (product->catalogue.len) {
		html_item(it, "In the GEMMA Softwarecatalogus", "In de GEMMA Softwarecatalogus");
		html_link(it, product->catalogue);
		html_end_item(it);
	}
	for (uint32_t i = 0; i < product->product_count; i++) {
		html_item(it, "For the service to citizens", "Voor het product of de dienst");
		html_link(it, product->products[i]);
		html_end_item(it);
	}
}

static void add_facts(const struct html *it, const struct target_result *target)
{
	html_raw(it, "<dl class=\"utrecht-data-list\">\n");
	add_product(it, &target->product);
	html_item(it, "What was tested", "Wat er getoetst is");
	html_text(it, shown_path(target->path));
	html_end_item(it);
	add_date(it);
	html_raw(it, "</dl>\n");
}

void html_open_cell(const struct html *it, const char *en, const char *nl)
{
	html_raw(it,
			"<td class=\"utrecht-table__cell\" role=\"cell\"><span class=\"keur-cell-label\" aria-hidden=\"true\">");
	html_say(it, "%s%.0s: ", "%.0s%s: ", en, nl);
	html_raw(it, "</span>");
}

void html_column(const struct html *it, const char *en, const char *nl)
{
	html_raw(it, "<th class=\"utrecht-table__header-cell\" role=\"columnheader\" scope=\"col\">");
	html_say(it, "%s%.0s", "%.0s%s", en, nl);
	html_raw(it, "</th>");
}

static void add_period(const struct html *it, const struct ruleset *ruleset)
{
	if (ruleset->ad_hoc)
		html_raw(it, "-");
	else if (ruleset->until.len)
		html_text(it, ruleset->until);
	else
		html_say(it, "no end date", "geen einddatum");
	if (ruleset->ad_hoc || ruleset->status == STATUS_EFFECTIVE) return;
	html_raw(it, " (");
	html_both(it, status_words[ruleset->status]);
	html_raw(it, ")");
}

static void add_numbers(const struct html *it, const struct standard_result *standard)
{
	struct html_counts counts = html_count(standard);
	const uint32_t *must = counts.of[OBLIGATION_MUST];
	uint32_t judged = must[OUTCOME_PASS] + must[OUTCOME_FAIL];
	html_say(it,
			"%u of %u mandatory requirements met that apply and were tested; of all %u requirements %u were not tested",
			"aan %u van %u verplichte eisen voldaan die gelden en getoetst zijn; van alle %u eisen zijn er %u niet getoetst",
			must[OUTCOME_PASS], judged, standard->coverage.total, standard->coverage.not_tested);
}

static void add_standard(const struct html *it, const struct standard_result *standard)
{
	html_raw(it, "<tr class=\"utrecht-table__row\" role=\"row\">"
				 "<th class=\"utrecht-table__cell\" role=\"rowheader\" scope=\"row\">");
	html_standard(it, standard->ruleset);
	if (!standard->ruleset->ad_hoc) {
		html_raw(it, "<br><span class=\"keur-plain\">");
		html_both(it, standard->ruleset->title);
		if (standard->ruleset->authority.len) html_raw(it, " - ");
		html_text(it, standard->ruleset->authority);
		html_raw(it, "</span>");
	}
	html_raw(it, "</th>");
	html_open_cell(it, "Decision", "Oordeel");
	html_decision(it, standard->decision);
	html_raw(it, "</td>");
	html_open_cell(it, "Standard in force until", "Standaard geldig tot");
	add_period(it, standard->ruleset);
	html_raw(it, "</td>");
	html_open_cell(it, "Requirements", "Eisen");
	add_numbers(it, standard);
	html_raw(it, "</td></tr>\n");
}

static void add_standards(const struct html *it, const struct target_result *target)
{
	if (!target->standard_count) return;
	html_raw(it, "<table class=\"utrecht-table keur-table\" role=\"table\"><caption class=\"utrecht-table__caption\">");
	html_say(it, "Standards", "Standaarden");
	html_raw(it, "</caption>\n<thead class=\"utrecht-table__header\" role=\"rowgroup\"><tr role=\"row\">");
	html_column(it, "Standard and version", "Standaard en versie");
	html_column(it, "Decision", "Oordeel");
	html_column(it, "Standard in force until", "Standaard geldig tot");
	html_column(it, "Requirements", "Eisen");
	html_raw(it, "</tr></thead>\n<tbody class=\"utrecht-table__body\" role=\"rowgroup\">\n");
	for (uint32_t i = 0; i < target->standard_count; i++)
		add_standard(it, &target->standards[i]);
	html_raw(it, "</tbody></table>\n");
	for (uint32_t i = 0; i < target->standard_count; i++)
		html_class(it, &target->standards[i]);
}

/* What the municipality should know that is not met: by its title, led to the details. */
static void add_unmet(const struct html *it, uint32_t index)
{
	const struct target_result *target = &it->run->targets[index];
	uint32_t count = 0;
	for (uint32_t i = 0; i < target->standard_count; i++)
		for (uint32_t j = 0; j < target->standards[i].requirement_count; j++) {
			const struct requirement_result *result = &target->standards[i].requirements[j];
			if (result->verdict.outcome != OUTCOME_FAIL || result->verdict.obligation != OBLIGATION_MUST) continue;
			if (result->verdict.disposition == DISPOSITION_WAIVED || count++ >= MOST_TOLD) continue;
			if (count == 1) {
				html_raw(it, "<h3 class=\"utrecht-heading-3\">");
				html_say(it, "Mandatory and not met", "Verplicht en niet aan voldaan");
				html_raw(it, "</h3>\n<ul class=\"utrecht-unordered-list\">\n");
			}
			html_raw(it,
					"<li class=\"utrecht-unordered-list__item\"><a class=\"utrecht-link utrecht-link--html-a\" href=\"#");
			html_id(it, index, i, j);
			html_raw(it, "\">");
			html_both(it, result->requirement->title);
			html_raw(it, "</a></li>\n");
		}
	if (count) html_raw(it, "</ul>\n");
	if (count > MOST_TOLD) {
		html_raw(it, "<p class=\"utrecht-paragraph\">");
		html_say(it, "And %u more, below.", "En nog %u, hieronder.", count - MOST_TOLD);
		html_raw(it, "</p>\n");
	}
}

static void add_deviation(const struct html *it, const struct requirement_result *result, const struct excuse *excuse)
{
	html_raw(it, "<tr class=\"utrecht-table__row\" role=\"row\">"
				 "<th class=\"utrecht-table__cell\" role=\"rowheader\" scope=\"row\">");
	html_both(it, result->requirement->title);
	if (result->verdict.disposition != DISPOSITION_WAIVED) {
		html_raw(it, " ");
		html_say(it, "(in part)", "(voor een deel)");
	}
	html_raw(it, "</th>");
	html_open_cell(it, "Reason", "Reden");
	html_text(it, excuse->reason);
	html_raw(it, "</td>");
	html_open_cell(it, "Accepted by", "Geaccepteerd door");
	html_text(it, excuse->approved_by);
	html_raw(it, "</td>");
	html_open_cell(it, "Until and including", "Tot en met");
	html_text(it, excuse->until);
	html_raw(it, "</td></tr>\n");
}

static uint32_t count_deviations(const struct target_result *target)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < target->standard_count; i++)
		for (uint32_t j = 0; j < target->standards[i].requirement_count; j++)
			count += target->standards[i].requirements[j].excuse_count;
	return count;
}

static void add_deviations(const struct html *it, const struct target_result *target)
{
	if (!count_deviations(target)) {
		html_raw(it, "<p class=\"utrecht-paragraph\">");
		html_say(it, "There are no accepted deviations.", "Er zijn geen geaccepteerde afwijkingen.");
		html_raw(it, "</p>\n");
		return;
	}
	html_raw(it, "<table class=\"utrecht-table keur-table\" role=\"table\"><caption class=\"utrecht-table__caption\">");
	html_say(it, "Accepted deviations", "Geaccepteerde afwijkingen");
	html_raw(it, "</caption>\n<thead class=\"utrecht-table__header\" role=\"rowgroup\"><tr role=\"row\">");
	html_column(it, "Requirement", "Eis");
	html_column(it, "Reason", "Reden");
	html_column(it, "Accepted by", "Geaccepteerd door");
	html_column(it, "Until and including", "Tot en met");
	html_raw(it, "</tr></thead>\n<tbody class=\"utrecht-table__body\" role=\"rowgroup\">\n");
	for (uint32_t i = 0; i < target->standard_count; i++)
		for (uint32_t j = 0; j < target->standards[i].requirement_count; j++) {
			const struct requirement_result *result = &target->standards[i].requirements[j];
			for (uint32_t k = 0; k < result->excuse_count; k++)
				add_deviation(it, result, &result->excuses[k]);
		}
	html_raw(it, "</tbody></table>\n");
}

/* "Blocking" is told here too: it is why there is no decision. */
static void add_blocked(const struct html *it, const struct target_result *target)
{
	for (uint32_t i = 0; i < target->preflight_count; i++) {
		if (target->preflight[i].level != LEVEL_BLOCKING) continue;
		html_raw(it, "<p class=\"utrecht-paragraph\">");
		html_both(it, target->preflight[i].message);
		html_raw(it, "</p>\n");
	}
}

static void add_target(const struct html *it, uint32_t index, bool alone)
{
	const struct target_result *target = &it->run->targets[index];
	if (!alone) {
		html_raw(it, "<h2 class=\"utrecht-heading-2\">");
		add_name(it, target);
		html_raw(it, "</h2>\n<p class=\"utrecht-paragraph\">");
		html_decision(it, target->decision);
		html_raw(it, "</p>\n");
	}
	add_blocked(it, target);
	add_facts(it, target);
	add_standards(it, target);
	if (alone) html_raw(it, "<h2 class=\"utrecht-heading-2\">");
	if (alone) html_say(it, "What you should know", "Wat u moet weten");
	if (alone) html_raw(it, "</h2>\n");
	add_unmet(it, index);
	add_deviations(it, target);
}

/* Those that were skipped count for nothing. */
static const struct target_result *only_target(const struct run *run)
{
	const struct target_result *only = NULL;
	for (uint32_t i = 0; i < run->target_count; i++) {
		if (run->targets[i].skipped) continue;
		if (only) return NULL;
		only = &run->targets[i];
	}
	return only;
}

void html_summary(const struct html *it)
{
	const struct target_result *only = only_target(it->run);
	html_raw(it, "<section class=\"keur-summary\" aria-labelledby=\"summary\">\n<p class=\"keur-kicker\">");
	html_say(it, "Conformance report", "Keuringsrapport");
	html_raw(it, "</p>\n<h1 class=\"utrecht-heading-1\" id=\"summary\">");
	if (only)
		add_name(it, only);
	else
		html_say(it, "%u services and documents", "%u diensten en documenten", it->run->judged);
	html_raw(it, "</h1>\n");
	add_banner(it, it->run->decision);
	for (uint32_t i = 0; i < it->run->target_count; i++)
		if (!it->run->targets[i].skipped) add_target(it, i, only != NULL);
	html_raw(it, "</section>\n");
}
