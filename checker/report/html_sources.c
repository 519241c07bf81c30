/* SPDX-License-Identifier: EUPL-1.2 */
/* What the HTML report rests on: digests of the report, the rules, the documents and the evidence. */
#include "report/html_private.h"

static void add_digest(const struct html *it, struct str name, const char *hex)
{
	html_raw(it, "<li>");
	html_text(it, name);
	html_raw(it, " <code class=\"utrecht-code\">");
	html_raw(it, hex);
	html_raw(it, "</code></li>\n");
}

static void add_rulesets(const struct html *it)
{
	if (!it->run->ruleset_count) return;
	html_item(it, "Rules (SHA-256)", "Regels (SHA-256)");
	html_raw(it, "<ul>\n");
	for (uint32_t i = 0; i < it->run->ruleset_count; i++) {
		const struct ruleset *ruleset = it->run->rulesets[i];
		html_raw(it, "<li>");
		html_standard(it, ruleset);
		if (ruleset->source.len) html_raw(it, " ");
		html_link(it, ruleset->source);
		html_raw(it, " <code class=\"utrecht-code\">");
		html_raw(it, ruleset->digest.hex);
		html_raw(it, "</code></li>\n");
	}
	html_raw(it, "</ul>");
	html_end_item(it);
}

static void add_documents(const struct html *it)
{
	html_item(it, "Documents (SHA-256)", "Documenten (SHA-256)");
	html_raw(it, "<ul>\n");
	for (uint32_t i = 0; i < it->run->target_count; i++)
		for (uint32_t j = 0; j < it->run->targets[i].document_count && !it->run->targets[i].skipped; j++)
			add_digest(
					it, shown_path(it->run->targets[i].documents[j].path), it->run->targets[i].documents[j].digest.hex);
	html_raw(it, "</ul>");
	html_end_item(it);
}

void html_sources(const struct html *it)
{
	const struct run *run = it->run;
	html_raw(it,
			"<section class=\"keur-sources\" aria-labelledby=\"sources\">\n<h2 class=\"utrecht-heading-2\" id=\"sources\">");
	html_say(it, "What this rests on", "Waarop dit berust");
	html_raw(it, "</h2>\n<dl class=\"utrecht-data-list\">\n");
	html_item(it, "Report (SHA-256)", "Rapport (SHA-256)");
	html_raw(it, "<code class=\"utrecht-code\">");
	html_raw(it, run->digest.hex);
	html_raw(it, "</code>");
	html_end_item(it);
	if (it->options->link.len) {
		html_item(it, "Published at", "Gepubliceerd op");
		html_link(it, it->options->link);
		html_end_item(it);
	}
	if (run->evidence_path.len) {
		html_item(it, "Evidence (SHA-256)", "Bewijs (SHA-256)");
		html_text(it, run->evidence_path);
		html_raw(it, " <code class=\"utrecht-code\">");
		html_raw(it, run->evidence_digest.hex);
		html_raw(it, "</code>");
		html_end_item(it);
	}
	add_rulesets(it);
	add_documents(it);
	html_raw(it, "</dl>\n</section>\n");
}
