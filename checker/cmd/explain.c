/* SPDX-License-Identifier: EUPL-1.2 */
/* keur explain: one requirement, from clause to examples. */
#include <stdio.h>

#include "base/io.h"
#include "base/limits.h"
#include "cmd/app.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "report/text_exchange.h"
#include "report/text_finding.h"
#include "report/words.h"
#include "rule/fields.h"
#include "rule/fixture.h"

enum { EXCERPT_LINES = 40 };

struct explained {
	const struct app *app;
	struct page page;
	struct ruleset *ruleset;
	const struct requirement *requirement;
	const char *fixtures;
};

static const struct requirement *find_in(const struct ruleset *ruleset, struct str id)
{
	for (uint32_t i = 0; i < ruleset->requirement_count; i++)
		if (str_eq(ruleset->requirements[i].id, id)) return &ruleset->requirements[i];
	return NULL;
}

/* By what the standard calls it; of several the first. */
static const struct requirement *find_alias(const struct ruleset *ruleset, struct str alias)
{
	for (uint32_t i = 0; i < ruleset->requirement_count; i++)
		if (str_eq(ruleset->requirements[i].alias, alias)) return &ruleset->requirements[i];
	return NULL;
}

/* Does "nlgov-adr@2.1/core/x" name a requirement of this rule set? Leaves "core/x" in `*id`. */
static bool names_ruleset(const struct library_entry *entry, struct str name, struct str *id)
{
	if (!str_starts(name, entry->id)) return false;
	struct str rest = str_skip(name, entry->id.len);
	if (str_starts(rest, STR("@"))) {
		rest = str_skip(rest, 1);
		if (!str_starts(rest, entry->version)) return false;
		rest = str_skip(rest, entry->version.len);
	}
	if (!str_starts(rest, STR("/"))) return false;
	*id = str_skip(rest, 1);
	return true;
}

/* An effective rule set is preferred, then the newest. */
static bool prefer(const struct ruleset *fresh, const struct ruleset *known)
{
	return !known || fresh->status == STATUS_EFFECTIVE || known->status != STATUS_EFFECTIVE;
}

static bool find_requirement(struct explained *it, const struct options *options, struct str name, struct err *err)
{
	struct library library = options_library(it->app, options);
	struct library_entry *entries;
	uint32_t count;
	if (!library_list(&library, it->app->arena, &entries, &count, err)) return false;
	for (uint32_t i = 0; i < count; i++) {
		struct str id = name;
		bool named = names_ruleset(&entries[i], name, &id);
		if (!named && str_find(name, '@') < name.len) continue;
		struct ruleset *ruleset = ruleset_load(it->app->arena, entries[i].dir.ptr, err);
		if (!ruleset) return false;
		const struct requirement *found = find_in(ruleset, id);
		if (!found) found = find_alias(ruleset, id);
		if (!found || !prefer(ruleset, it->ruleset)) continue;
		it->ruleset = ruleset;
		it->requirement = found;
	}
	if (it->requirement && it->ruleset) return true;
	err_set(err, ERR_USAGE, (struct loc){0}, "there is no requirement '%.*s'; see keur rules show ID",
			"er is geen eis '%.*s'; zie keur rules show ID", STR_FMT(name));
	return false;
}

static void add_part(const struct page *page, const char *en, const char *nl, struct str text)
{
	if (!text.len) return;
	page_tone(page, TONE_BOLD);
	page_say(page, "%s\n", "%s\n", page->lang == LANG_NL ? nl : en);
	page_tone(page, TONE_PLAIN);
	strbuf_add(page->out, STR("  "));
	page_clean(page, text, "  ");
	strbuf_add(page->out, STR("\n\n"));
}

static void add_head(const struct explained *it)
{
	const struct requirement *requirement = it->requirement;
	const struct page *page = &it->page;
	page_tone(page, TONE_BOLD);
	strbuf_printf(page->out, "%.*s@%.*s/%.*s", STR_FMT(it->ruleset->id), STR_FMT(it->ruleset->version),
			STR_FMT(requirement->id));
	page_tone(page, TONE_PLAIN);
	strbuf_printf(page->out, "  %s, %s, %s\n  ", text_in(obligation_words[requirement->obligation], page->lang).ptr,
			text_in(kind_words[requirement->kind], page->lang).ptr,
			text_in(mode_words[requirement->mode], page->lang).ptr);
	page_clean(page, text_in(requirement->title, page->lang), "  ");
	strbuf_add(page->out, STR("\n\n"));
	add_part(page, "name in the standard", "naam in de standaard", requirement->alias);
	add_part(page, "clause", "norm", requirement->clause);
	add_part(page, "why", "waarom", text_in(requirement->why, page->lang));
	add_part(page, "interpretation", "interpretatie", text_in(requirement->interpretation, page->lang));
	add_part(page, "how to comply", "hoe te voldoen", text_in(requirement->fix, page->lang));
	add_part(page, requirement->use_count ? "not tested in full" : "not tested",
			requirement->use_count ? "niet geheel getoetst" : "niet getoetst",
			text_in(requirement->not_tested, page->lang));
	if (!requirement->use_count) return;
	struct str names = {"", 0};
	for (uint32_t i = 0; i < requirement->use_count; i++)
		names = str_printf(
				it->app->arena, "%.*s%s%.*s", STR_FMT(names), i ? ", " : "", STR_FMT(requirement->uses[i].named));
	if (requirement->resolves) names = str_printf(it->app->arena, "%.*s, " REFERENCES_CHECK, STR_FMT(names));
	add_part(page, "checked by", "getoetst door", names);
}

static void add_file_name(const struct page *page, const char *en, const char *nl, struct str path)
{
	page_tone(page, TONE_BOLD);
	page_say(page, "%s: ", "%s: ", page->lang == LANG_NL ? nl : en);
	page_clean(page, path, "");
	page_tone(page, TONE_PLAIN);
	strbuf_add_char(page->out, '\n');
}

/* The passing example as it is, up to a screenful. */
static void add_passing(const struct explained *it, const struct fixture *fixture)
{
	const struct page *page = &it->page;
	struct err err;
	struct str text;
	err_init(&err, it->app->arena);
	if (!io_read(it->app->arena, fixture->path.ptr, LIMIT_DOCUMENT_BYTES, &text, &err)) return;
	add_file_name(page, "an example that passes", "een voorbeeld dat voldoet", fixture->path);
	for (int line = 0; text.len && line < EXCERPT_LINES; line++) {
		struct str shown = {text.ptr, str_find(text, '\n')};
		strbuf_add(page->out, STR("    "));
		page_clean(page, shown, "    ");
		strbuf_add_char(page->out, '\n');
		text = str_skip(text, shown.len + 1);
	}
	if (text.len) strbuf_add(page->out, STR("    ...\n"));
	strbuf_add_char(page->out, '\n');
}

static const struct exchange *exchange_of(const struct target_result *target, uint32_t number)
{
	const struct evidence *evidence = target->evidence;
	return evidence && number && number <= evidence->kept.count ? evidence->kept.items[number - 1] : NULL;
}

/* The exchange that shows the fault, and of a passing example the one that was asked for the same reason. */
static const struct exchange *like(const struct target_result *target, const struct exchange *exchange)
{
	for (size_t i = 0; target->evidence && i < target->evidence->kept.count; i++) {
		const struct exchange *other = target->evidence->kept.items[i];
		if (str_eq(other->step, exchange->step) && str_eq(other->request.body, exchange->request.body)) return other;
	}
	return NULL;
}

static void add_passing_exchange(
		const struct explained *it, const struct fixture *fixture, const struct exchange *failing)
{
	struct target_result target;
	fixture_judge(&target, fixture, it->ruleset);
	const struct exchange *exchange = like(&target, failing);
	if (exchange) {
		add_file_name(&it->page, "an answer that passes", "een antwoord dat voldoet", fixture->path);
		text_exchange(&it->page, exchange);
		strbuf_add_char(it->page.out, '\n');
	}
	arena_free(target.arena);
}

/* Failing examples are judged here and now, so that what is shown is what keur says of them. */
static void add_failing(const struct explained *it, const struct fixture *failing, const struct fixture *passing)
{
	struct target_result target;
	fixture_judge(&target, failing, it->ruleset);
	const struct requirement_result *result = &target.standards[0]
													   .requirements[it->requirement - it->ruleset->requirements];
	if (target.standard_count && result->finding_count) {
		const struct exchange *exchange = exchange_of(&target, result->findings[0].exchange);
		if (exchange)
			add_file_name(&it->page, "an answer that fails", "een antwoord dat niet voldoet", failing->path);
		else
			add_file_name(&it->page, "an example that fails", "een voorbeeld dat niet voldoet", failing->path);
		text_finding(&it->page, &result->findings[0], NULL);
		if (exchange) text_exchange(&it->page, exchange);
		strbuf_add_char(it->page.out, '\n');
		if (exchange && passing) add_passing_exchange(it, passing, exchange);
	}
	arena_free(target.arena);
}

/* The first of each kind: [live][passes]. */
struct examples {
	const struct fixture *first[2][2];
};

static bool find_examples(const struct explained *it, struct examples *examples, struct err *err)
{
	struct fixture *fixtures;
	uint32_t count;
	*examples = (struct examples){0};
	if (!fixture_list(it->app->arena, it->fixtures, it->ruleset, it->requirement, &fixtures, &count, err)) return false;
	for (uint32_t i = 0; i < count; i++) {
		const struct fixture **first = &examples->first[fixtures[i].live][fixtures[i].passes];
		if (!*first) *first = &fixtures[i];
	}
	return true;
}

static bool add_examples(struct explained *it, struct err *err)
{
	struct examples examples;
	struct spectral_options spectral = app_spectral(it->app);
	if (!find_examples(it, &examples, err)) return false;
	const struct fixture *document = examples.first[0][0], *live = examples.first[1][0];
	if ((document || live) && !ruleset_compile(it->ruleset, &spectral, err)) return false;
	if (document) add_failing(it, document, NULL);
	if (examples.first[0][1]) add_passing(it, examples.first[0][1]);
	if (live) add_failing(it, live, examples.first[1][1]);
	return true;
}

int cmd_explain(const struct app *app, const struct options *options)
{
	struct strbuf out;
	struct explained it = {.app = app, .page = {&out, app->lang, output_has_color(options)}};
	struct err err;
	if (options->argument_count != 1) {
		app_complain(
				app->lang, "name one requirement; see keur explain --help", "noem één eis; zie keur explain --help");
		return EXIT_USAGE;
	}
	err_init(&err, app->arena);
	if (!find_requirement(&it, options, str_of(options->arguments[0]), &err)) return app_fail(app, &err);
	strbuf_init(&out, (size_t)1 << 24);
	it.fixtures = options->fixtures ? options->fixtures : fixture_root(app->arena, it.ruleset).ptr;
	add_head(&it);
	int status = add_examples(&it, &err) ? EXIT_CONFORMANT : app_fail(app, &err);
	if (!output_stdout(app, strbuf_str(&out)) && status == EXIT_CONFORMANT) status = EXIT_UNDETERMINED;
	strbuf_release(&out);
	return status;
}
