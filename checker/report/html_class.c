/* SPDX-License-Identifier: EUPL-1.2 */
/* The conformance class in the HTML report: for who has to decide, what was tested of it and what was not, and why. */
#include "report/class.h"
#include "report/html_private.h"

static void add_number(const struct html *it, const char *en, const char *nl, uint32_t number)
{
	html_open_cell(it, en, nl);
	strbuf_printf(it->out, "%u", number);
	html_raw(it, "</td>");
}

static void add_reasons(const struct html *it, const struct class_part *part)
{
	html_open_cell(it, "Why not judged", "Waarom niet beoordeeld");
	if (!part->reason_count) html_raw(it, "-");
	for (uint32_t i = 0; i < part->reason_count; i++) {
		if (i) html_raw(it, "<br>");
		strbuf_printf(it->out, "%u: ", part->reasons[i].count);
		html_both(it, part->reasons[i].text);
	}
	html_raw(it, "</td>");
}

static void add_part(const struct html *it, enum part which, const struct class_part *part)
{
	html_raw(it, "<tr class=\"utrecht-table__row\" role=\"row\">"
				 "<th class=\"utrecht-table__cell\" role=\"rowheader\" scope=\"row\">");
	html_both(it, part_words[which]);
	html_raw(it, "</th>");
	add_number(it, "Requirements", "Eisen", part->total);
	add_number(it, "Met", "Voldoet", part->of[OUTCOME_PASS]);
	add_number(it, "Not met", "Voldoet niet", part->of[OUTCOME_FAIL]);
	add_number(it, "Not applicable", "Niet van toepassing", part->of[OUTCOME_NOT_APPLICABLE]);
	add_number(it, "Undecided", "Niet te beslissen", part->of[OUTCOME_INCONCLUSIVE] + part->of[OUTCOME_ERROR]);
	add_number(it, "Not tested", "Niet getoetst", part->of[OUTCOME_NOT_TESTED]);
	add_reasons(it, part);
	html_raw(it, "</tr>\n");
}

void html_class(const struct html *it, const struct standard_result *standard)
{
	static const char *const columns[][2] = {{"Part", "Onderdeel"}, {"Requirements", "Eisen"}, {"Met", "Voldoet"},
			{"Not met", "Voldoet niet"}, {"Not applicable", "Niet van toepassing"}, {"Undecided", "Niet te beslissen"},
			{"Not tested", "Niet getoetst"}, {"Why not judged", "Waarom niet beoordeeld"}};
	struct class_part parts[PART_COUNT];
	if (!class_is_named(standard->ruleset)) return;
	struct arena *arena = arena_new();
	class_count(standard, arena, parts);
	html_raw(it, "<table class=\"utrecht-table keur-table\" role=\"table\"><caption class=\"utrecht-table__caption\">");
	html_both(it, standard->ruleset->class_title);
	html_raw(it, "</caption>\n<thead class=\"utrecht-table__header\" role=\"rowgroup\"><tr role=\"row\">");
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		html_column(it, columns[i][0], columns[i][1]);
	html_raw(it, "</tr></thead>\n<tbody class=\"utrecht-table__body\" role=\"rowgroup\">\n");
	for (int i = 0; i < PART_COUNT; i++)
		if (parts[i].total) add_part(it, (enum part)i, &parts[i]);
	html_raw(it, "</tbody></table>\n");
	arena_free(arena);
}
