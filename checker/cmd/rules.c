/* SPDX-License-Identifier: EUPL-1.2 */
/* keur rules: what rule sets there are, and what they hold. */
#include <stdio.h>

#include "cmd/app.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "report/page.h"
#include "report/words.h"
#include "rule/fields.h"

typedef void show_fn(const struct page *page, const struct ruleset *ruleset);

static void add_row(const struct page *page, const struct ruleset *ruleset)
{
	struct str title = text_in(ruleset->title, page->lang);
	struct str name = str_printf(ruleset->arena, "%.*s@%.*s", STR_FMT(ruleset->id), STR_FMT(ruleset->version));
	strbuf_printf(page->out, "%-26.*s ", STR_FMT(name));
	words_add(page->out, text_in(status_words[ruleset->status], page->lang), 10);
	strbuf_printf(page->out, " %3u  %.*s\n", ruleset->requirement_count, STR_FMT(title));
}

static void add_mode_and_id(const struct page *page, const struct requirement *requirement)
{
	words_add(page->out, text_in(mode_words[requirement->mode], page->lang), page->lang == LANG_NL ? 18 : 15);
	strbuf_printf(page->out, "%-42.*s ", STR_FMT(requirement->id));
}

static void add_requirement_row(const struct page *page, const struct requirement *requirement)
{
	words_add(
			page->out, text_in(obligation_words[requirement->obligation], page->lang), page->lang == LANG_NL ? 12 : 8);
	add_mode_and_id(page, requirement);
	page_clean(page, text_in(requirement->title, page->lang), "");
	strbuf_add_char(page->out, '\n');
}

static void show_ruleset(const struct page *page, const struct ruleset *ruleset)
{
	add_row(page, ruleset);
	strbuf_printf(page->out, "%.*s, %.*s\nsha256 %s\n\n", STR_FMT(ruleset->authority), STR_FMT(ruleset->source),
			ruleset->digest.hex);
	for (uint32_t i = 0; i < ruleset->requirement_count; i++)
		add_requirement_row(page, &ruleset->requirements[i]);
}

static bool is_among(const struct rule_use *uses, uint32_t count, uint32_t check, uint32_t rule)
{
	for (uint32_t i = 0; i < count; i++)
		if (uses[i].check == check && uses[i].rule == rule) return true;
	return false;
}

static bool is_used(const struct ruleset *ruleset, uint32_t check, uint32_t rule)
{
	for (uint32_t i = 0; i < ruleset->requirement_count; i++)
		if (is_among(ruleset->requirements[i].uses, ruleset->requirements[i].use_count, check, rule)) return true;
	for (uint32_t i = 0; i < ruleset->score_group_count; i++)
		if (is_among(ruleset->score_groups[i].uses, ruleset->score_groups[i].use_count, check, rule)) return true;
	return false;
}

static void add_unused_rules(const struct page *page, const struct ruleset *ruleset)
{
	for (uint32_t i = 0; i < ruleset->check_count; i++) {
		const struct check *check = &ruleset->checks[i];
		for (uint32_t j = 0; j < check->rule_count; j++)
			if (!is_used(ruleset, i, j))
				page_say(page, "rule %.*s#%.*s belongs to no requirement\n", "regel %.*s#%.*s hoort bij geen eis\n",
						STR_FMT(check->name), STR_FMT(check->rules[j]));
	}
}

static void add_coverage_row(const struct page *page, const struct requirement *requirement)
{
	add_mode_and_id(page, requirement);
	for (uint32_t i = 0; i < requirement->use_count; i++)
		strbuf_printf(page->out, "%s%.*s", i ? ", " : "", STR_FMT(requirement->uses[i].named));
	if (requirement->resolves) strbuf_add(page->out, STR(", " REFERENCES_CHECK));
	if (requirement->use_count && requirement->not_tested.in[LANG_EN].len) strbuf_add(page->out, STR("; "));
	page_clean(page, text_in(requirement->not_tested, page->lang), " ");
	strbuf_add_char(page->out, '\n');
}

static void show_coverage(const struct page *page, const struct ruleset *ruleset)
{
	uint32_t of[MODE_COUNT][2] = {{0}};
	add_row(page, ruleset);
	for (uint32_t i = 0; i < ruleset->requirement_count; i++) {
		const struct requirement *requirement = &ruleset->requirements[i];
		of[requirement->mode][requirement->use_count > 0]++;
		add_coverage_row(page, requirement);
	}
	uint32_t whole = of[MODE_AUTOMATIC][1], part = of[MODE_SEMI_AUTOMATIC][1];
	page_say(page, "requirements %u: checked %u, checked in part %u, not tested %u\n",
			"eisen %u: getoetst %u, deels getoetst %u, niet getoetst %u\n", ruleset->requirement_count, whole, part,
			ruleset->requirement_count - whole - part);
	add_unused_rules(page, ruleset);
	strbuf_add_char(page->out, '\n');
}

static int list_all(const struct app *app, const struct options *options, const struct page *page)
{
	struct library library = options_library(app, options);
	struct library_entry *entries;
	uint32_t count;
	struct err err;
	err_init(&err, app->arena);
	if (!library_list(&library, app->arena, &entries, &count, &err)) return app_fail(app, &err);
	for (uint32_t i = 0; i < count; i++) {
		struct ruleset *ruleset = ruleset_load(app->arena, entries[i].dir.ptr, &err);
		if (!ruleset) return app_fail(app, &err);
		add_row(page, ruleset);
	}
	return EXIT_CONFORMANT;
}

static int show_one(
		const struct app *app, const struct options *options, const struct page *page, struct str name, show_fn *show)
{
	struct library library = options_library(app, options);
	struct err err;
	err_init(&err, app->arena);
	struct ruleset *ruleset = app_ruleset(app, &library, name, true, &err);
	if (!ruleset) return app_fail(app, &err);
	show(page, ruleset);
	return EXIT_CONFORMANT;
}

static int coverage_of_all(const struct app *app, const struct options *options, const struct page *page)
{
	struct library library = options_library(app, options);
	struct library_entry *entries;
	uint32_t count;
	struct err err;
	err_init(&err, app->arena);
	if (!library_list(&library, app->arena, &entries, &count, &err)) return app_fail(app, &err);
	int status = EXIT_CONFORMANT;
	for (uint32_t i = 0; i < count && status == EXIT_CONFORMANT; i++)
		status = show_one(app, options, page,
				str_printf(app->arena, "%.*s@%.*s", STR_FMT(entries[i].id), STR_FMT(entries[i].version)),
				show_coverage);
	return status;
}

static int complain_verb(const struct app *app, const char *verb)
{
	static const char *const verbs[] = {"list", "show", "test", "coverage", "docs", "new", "impact", NULL};
	const char *near = verb ? nearest_name(str_of(verb), verbs) : NULL;
	if (near && strcmp(near, verb) == 0)
		app_complain(app->lang, "keur rules %s: list takes no name, show takes one: keur rules show ID[@VERSION]",
				"keur rules %s: list neemt geen naam, show wel: keur rules show ID[@VERSIE]", verb);
	else if (near)
		app_complain(app->lang, "unknown: keur rules %s; did you mean '%s'?",
				"onbekend: keur rules %s; bedoelde u '%s'?", verb, near);
	else
		app_complain(app->lang, "expected keur rules list, show, test, coverage, docs, new or impact%s",
				"verwacht keur rules list, show, test, coverage, docs, new of impact%s", "");
	return EXIT_USAGE;
}

int cmd_rules(const struct app *app, const struct options *options)
{
	const char *verb = options->argument_count ? options->arguments[0] : "";
	struct str name = options->argument_count > 1 ? str_of(options->arguments[1]) : STR("");
	struct strbuf out;
	struct page page = {&out, app->lang, false};
	int status;
	if (strcmp(verb, "impact") == 0) return rules_impact(app, options);
	if (options->argument_count > 2) return complain_verb(app, NULL);
	if (strcmp(verb, "test") == 0) return rules_test(app, options);
	if (strcmp(verb, "new") == 0) return rules_new(app, options);
	if (strcmp(verb, "docs") == 0) return rules_docs(app, options);
	strbuf_init(&out, (size_t)1 << 30);
	if (strcmp(verb, "list") == 0 && !name.len)
		status = list_all(app, options, &page);
	else if (strcmp(verb, "coverage") == 0)
		status = name.len ? show_one(app, options, &page, name, show_coverage) : coverage_of_all(app, options, &page);
	else if (strcmp(verb, "show") == 0 && name.len)
		status = show_one(app, options, &page, name, show_ruleset);
	else
		status = complain_verb(app, verb);
	if (status == EXIT_CONFORMANT && !output_stdout(app, strbuf_str(&out))) status = EXIT_UNDETERMINED;
	strbuf_release(&out);
	return status;
}
