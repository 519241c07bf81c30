/* SPDX-License-Identifier: EUPL-1.2 */
/* Pages on rule sets in HTML. */
#include "report/html_private.h"
#include "report/manual.h"

/* Tags of a requirement: what binds, and how it is judged. */
static void add_words(const struct html *it, const struct requirement *requirement)
{
	html_raw(it, "<p class=\"utrecht-paragraph\">");
	html_both(it, obligation_capitals[requirement->obligation]);
	html_raw(it, ", ");
	html_both(it, kind_words[requirement->kind]);
	html_raw(it, ", ");
	html_both(it, mode_words[requirement->mode]);
	html_raw(it, "</p>\n");
}

static void add_text_item(const struct html *it, const char *en, const char *nl, struct text text)
{
	if (!text.in[LANG_EN].len) return;
	html_item(it, en, nl);
	html_both(it, text);
	html_end_item(it);
}

static void add_checks(const struct html *it, const struct requirement *requirement)
{
	if (!requirement->use_count) return;
	html_item(it, "Checked by", "Getoetst door");
	for (uint32_t i = 0; i < requirement->use_count; i++) {
		if (i) html_raw(it, ", ");
		html_text(it, requirement->uses[i].named);
	}
	if (requirement->resolves) html_raw(it, ", " REFERENCES_CHECK);
	html_end_item(it);
}

static void add_requirement(const struct html *it, const struct requirement *requirement)
{
	bool some = requirement->use_count > 0;
	html_raw(it, "<section><h3 class=\"utrecht-heading-3\" id=\"eis-");
	html_text(it, requirement->id);
	html_raw(it, "\">");
	html_both(it, requirement->title);
	html_raw(it, "</h3>\n");
	add_words(it, requirement);
	html_raw(it, "<dl class=\"utrecht-data-list\">\n");
	html_item(it, "Requirement", "Eis");
	html_text(it, requirement->id);
	html_end_item(it);
	if (requirement->alias.len) {
		html_item(it, "Name in the standard", "Naam in de standaard");
		html_text(it, requirement->alias);
		html_end_item(it);
	}
	html_item(it, "Clause", "Norm");
	html_link(it, requirement->clause);
	html_end_item(it);
	add_text_item(it, "Why", "Waarom", requirement->why);
	add_text_item(it, "Interpretation", "Interpretatie", requirement->interpretation);
	add_text_item(it, "How to comply", "Hoe te voldoen", requirement->fix);
	add_text_item(it, some ? "Not tested in full" : "Not tested", some ? "Niet geheel getoetst" : "Niet getoetst",
			requirement->not_tested);
	add_checks(it, requirement);
	html_raw(it, "</dl>\n</section>\n");
}

static void add_counts(const struct html *it, const struct ruleset *ruleset)
{
	struct manual_counts counts = manual_count(ruleset);
	html_item(it, "Requirements", "Eisen");
	html_say(it, "%u: checked %u, checked in part %u, not tested %u",
			"%u: getoetst %u, deels getoetst %u, niet getoetst %u", ruleset->requirement_count, counts.whole,
			counts.part, counts.none);
	html_end_item(it);
}

static void add_fact(const struct html *it, const char *en, const char *nl, struct str value)
{
	if (!value.len) return;
	html_item(it, en, nl);
	html_link(it, value);
	html_end_item(it);
}

static void add_facts(const struct html *it, const struct ruleset *ruleset)
{
	html_raw(it, "<dl class=\"utrecht-data-list\">\n");
	html_item(it, "Standard", "Standaard");
	html_standard(it, ruleset);
	html_raw(it, " (");
	html_both(it, status_words[ruleset->status]);
	html_raw(it, ")");
	html_end_item(it);
	add_fact(it, "Authority", "Beheerder", ruleset->authority);
	add_fact(it, "Source", "Bron", ruleset->source);
	add_fact(it, "In force from", "Van kracht vanaf", ruleset->from);
	add_fact(it, "Ends on", "Eindigt op", ruleset->until);
	add_fact(it, "Replaced by", "Vervangen door", ruleset->replaced_by);
	add_counts(it, ruleset);
	html_raw(it, "</dl>\n");
}

static void add_list(const struct html *it, const struct ruleset *ruleset)
{
	html_raw(it, "<h2 class=\"utrecht-heading-2\">");
	html_say(it, "Requirements", "Eisen");
	html_raw(it, "</h2>\n<ul class=\"utrecht-unordered-list\">\n");
	for (uint32_t i = 0; i < ruleset->requirement_count; i++) {
		html_raw(it,
				"<li class=\"utrecht-unordered-list__item\"><a class=\"utrecht-link utrecht-link--html-a\" href=\"#eis-");
		html_text(it, ruleset->requirements[i].id);
		html_raw(it, "\">");
		html_both(it, ruleset->requirements[i].title);
		html_raw(it, "</a></li>\n");
	}
	html_raw(it, "</ul>\n");
}

static void add_ruleset(const struct html *it, const struct ruleset *ruleset)
{
	html_raw(it, "<h1 class=\"utrecht-heading-1\">");
	html_both(it, ruleset->title);
	html_raw(it, "</h1>\n");
	add_facts(it, ruleset);
	add_list(it, ruleset);
	for (uint32_t i = 0; i < ruleset->requirement_count; i++)
		add_requirement(it, &ruleset->requirements[i]);
	html_raw(it, "<p class=\"utrecht-paragraph\"><a class=\"utrecht-link utrecht-link--html-a\" href=\"index.html\">");
	html_say(it, "All standards", "Alle standaarden");
	html_raw(it, "</a></p>\n");
}

static void add_index(const struct html *it, const struct ruleset *const *rulesets, uint32_t count)
{
	html_raw(it, "<h1 class=\"utrecht-heading-1\">");
	html_say(it, "Standards that keur tests", "Standaarden die keur toetst");
	html_raw(it, "</h1>\n<ul class=\"utrecht-unordered-list\">\n");
	for (uint32_t i = 0; i < count; i++) {
		html_raw(it,
				"<li class=\"utrecht-unordered-list__item\"><a class=\"utrecht-link utrecht-link--html-a\" href=\"");
		html_text(it, manual_name(rulesets[i], rulesets[i]->arena));
		html_raw(it, ".html\">");
		html_standard(it, rulesets[i]);
		html_raw(it, ": ");
		html_both(it, rulesets[i]->title);
		html_raw(it, "</a> (");
		html_both(it, status_words[rulesets[i]->status]);
		html_raw(it, ")</li>\n");
	}
	html_raw(it, "</ul>\n");
}

static bool begin(const struct html *it, struct html_frame *frame, struct text title, enum lang lang,
		struct arena *arena, struct str folder, struct err *err)
{
	*frame = (struct html_frame){.lang = lang,
			.title = title,
			.skip = TEXT("Skip to the text", "Naar de tekst"),
			.foot = TEXT("Made from the register of keur " KEUR_VERSION ".",
					"Gemaakt uit het register van keur " KEUR_VERSION ".")};
	if (!html_frame_load(frame, arena, folder, err)) return false;
	html_open(it, frame);
	return true;
}

bool manual_html(const struct ruleset *ruleset, enum lang lang, struct str folder, struct strbuf *out, struct err *err)
{
	struct html it = {.out = out};
	struct html_frame frame;
	struct arena *arena = arena_new();
	bool ok = begin(&it, &frame, ruleset->title, lang, arena, folder, err);
	if (ok) add_ruleset(&it, ruleset);
	if (ok) html_close(&it, &frame);
	arena_free(arena);
	return ok;
}

bool manual_index_html(const struct ruleset *const *rulesets, uint32_t count, enum lang lang, struct str folder,
		struct strbuf *out, struct err *err)
{
	struct html it = {.out = out};
	struct html_frame frame;
	struct arena *arena = arena_new();
	struct text title = TEXT("Standards that keur tests", "Standaarden die keur toetst");
	bool ok = begin(&it, &frame, title, lang, arena, folder, err);
	if (ok) add_index(&it, rulesets, count);
	if (ok) html_close(&it, &frame);
	arena_free(arena);
	return ok;
}
