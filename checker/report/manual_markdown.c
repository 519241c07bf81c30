/* SPDX-License-Identifier: EUPL-1.2 */
/* Pages on rule sets in Markdown. */
#include "report/manual.h"
#include "report/words.h"

struct str manual_name(const struct ruleset *ruleset, struct arena *arena)
{
	return str_printf(arena, "%.*s-%.*s", STR_FMT(ruleset->id), STR_FMT(ruleset->version));
}

struct manual_counts manual_count(const struct ruleset *ruleset)
{
	struct manual_counts counts = {0, 0, 0};
	for (uint32_t i = 0; i < ruleset->requirement_count; i++) {
		const struct requirement *requirement = &ruleset->requirements[i];
		if (!requirement->use_count)
			counts.none++;
		else if (requirement->mode == MODE_AUTOMATIC)
			counts.whole++;
		else
			counts.part++;
	}
	return counts;
}

/* On one line; what would begin a cell, an element or a link stays text. */
static void add_text(struct strbuf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '|' || c == '[' || c == ']' || c == '*' || c == '_' || c == '\\')
			strbuf_printf(out, "\\%c", c);
		else if (c == '<')
			strbuf_add(out, STR("&lt;"));
		else
			strbuf_add_char(out, c == '\n' || c == '\r' ? ' ' : c);
	}
}

static void add_word(struct strbuf *out, struct text word)
{
	strbuf_add(out, word.in[LANG_EN]);
}

static void add_checks(struct strbuf *out, const struct requirement *requirement)
{
	for (uint32_t i = 0; i < requirement->use_count; i++)
		strbuf_printf(out, "%s`%.*s`", i ? ", " : "", STR_FMT(requirement->uses[i].named));
	if (requirement->resolves) strbuf_add(out, STR(", `" REFERENCES_CHECK "`"));
}

static void add_row(struct strbuf *out, const struct requirement *requirement)
{
	strbuf_printf(out, "| `%.*s`<br>", STR_FMT(requirement->id));
	add_text(out, requirement->title.in[LANG_EN]);
	strbuf_add(out, STR(" | "));
	add_text(out, requirement->title.in[LANG_NL]);
	strbuf_add(out, STR(" | "));
	add_word(out, obligation_words[requirement->obligation]);
	strbuf_add(out, STR(" | "));
	add_word(out, mode_words[requirement->mode]);
	strbuf_add(out, STR(" | "));
	add_checks(out, requirement);
	if (requirement->use_count && requirement->not_tested.in[LANG_EN].len) strbuf_add(out, STR("; "));
	add_text(out, requirement->not_tested.in[LANG_EN]);
	strbuf_add(out, STR(" |\n"));
}

/* "- Why: ... *Waarom: ...*" */
static void add_item(struct strbuf *out, const char *en, const char *nl, struct text text)
{
	if (!text.in[LANG_EN].len) return;
	strbuf_printf(out, "- %s: ", en);
	add_text(out, text.in[LANG_EN]);
	if (text.in[LANG_NL].len && !str_eq(text.in[LANG_NL], text.in[LANG_EN])) {
		strbuf_printf(out, "<br>*%s:* ", nl);
		add_text(out, text.in[LANG_NL]);
	}
	strbuf_add_char(out, '\n');
}

static void add_requirement(struct strbuf *out, const struct requirement *requirement)
{
	strbuf_printf(out, "\n### `%.*s`\n\n", STR_FMT(requirement->id));
	add_text(out, requirement->title.in[LANG_EN]);
	strbuf_add(out, STR("<br>*"));
	add_text(out, requirement->title.in[LANG_NL]);
	strbuf_add(out, STR("*\n\n- "));
	add_word(out, obligation_capitals[requirement->obligation]);
	strbuf_add(out, STR(", "));
	add_word(out, kind_words[requirement->kind]);
	strbuf_add(out, STR(", "));
	add_word(out, mode_words[requirement->mode]);
	if (requirement->option.len) strbuf_printf(out, ", option `%.*s`", STR_FMT(requirement->option));
	strbuf_printf(out, "; [clause](<%.*s>)", STR_FMT(requirement->clause));
	if (requirement->alias.len) strbuf_printf(out, ", there named `%.*s`", STR_FMT(requirement->alias));
	strbuf_add_char(out, '\n');
	add_item(out, "Why", "Waarom", requirement->why);
	add_item(out, "Interpretation", "Interpretatie", requirement->interpretation);
	add_item(out, "How to comply", "Hoe te voldoen", requirement->fix);
	add_item(out, requirement->use_count ? "Not tested in full" : "Not tested",
			requirement->use_count ? "Niet geheel getoetst" : "Niet getoetst", requirement->not_tested);
	if (!requirement->use_count) return;
	strbuf_add(out, STR("- Checked by: "));
	add_checks(out, requirement);
	strbuf_add_char(out, '\n');
}

static void add_life_cycle(struct strbuf *out, const struct ruleset *ruleset)
{
	if (ruleset->from.len) strbuf_printf(out, "In force from %.*s. ", STR_FMT(ruleset->from));
	if (ruleset->until.len) strbuf_printf(out, "Ends on %.*s. ", STR_FMT(ruleset->until));
	if (ruleset->replaced_by.len) strbuf_printf(out, "Replaced by `%.*s`. ", STR_FMT(ruleset->replaced_by));
	struct manual_counts counts = manual_count(ruleset);
	strbuf_printf(out, "Requirements %u: checked %u, checked in part %u, not tested %u.\n\n",
			ruleset->requirement_count, counts.whole, counts.part, counts.none);
}

void manual_markdown(const struct ruleset *ruleset, struct strbuf *out)
{
	strbuf_add(out, STR("# "));
	add_text(out, ruleset->title.in[LANG_EN]);
	strbuf_printf(out, "\n\n`%.*s@%.*s`, ", STR_FMT(ruleset->id), STR_FMT(ruleset->version));
	add_word(out, status_words[ruleset->status]);
	strbuf_printf(out, ". %.*s, %.*s\n\n", STR_FMT(ruleset->authority), STR_FMT(ruleset->source));
	add_life_cycle(out, ruleset);
	strbuf_add(out,
			STR("This page is generated (`keur rules docs`); `keur explain REQUIREMENT` says more, with examples.\n\n"
				"| requirement | eis | obligation | mode | checks, and what they leave to a person |\n"
				"|---|---|---|---|---|\n"));
	for (uint32_t i = 0; i < ruleset->requirement_count; i++)
		add_row(out, &ruleset->requirements[i]);
	strbuf_add(out, STR("\n## Requirements\n"));
	for (uint32_t i = 0; i < ruleset->requirement_count; i++)
		add_requirement(out, &ruleset->requirements[i]);
}

void manual_index_markdown(const struct ruleset *const *rulesets, uint32_t count, struct strbuf *out)
{
	strbuf_add(out, STR("# Standards that keur tests\n\nThis page is generated (`keur rules docs`).\n\n"
						"| standard | title | status | requirements | checked | in part | not tested |\n"
						"|---|---|---|---|---|---|---|\n"));
	for (uint32_t i = 0; i < count; i++) {
		const struct ruleset *ruleset = rulesets[i];
		struct manual_counts counts = manual_count(ruleset);
		strbuf_printf(out, "| [%.*s@%.*s](%.*s-%.*s.md) | ", STR_FMT(ruleset->id), STR_FMT(ruleset->version),
				STR_FMT(ruleset->id), STR_FMT(ruleset->version));
		add_text(out, ruleset->title.in[LANG_EN]);
		strbuf_add(out, STR(" | "));
		add_word(out, status_words[ruleset->status]);
		strbuf_printf(
				out, " | %u | %u | %u | %u |\n", ruleset->requirement_count, counts.whole, counts.part, counts.none);
	}
}
