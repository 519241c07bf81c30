/* keur explain: one requirement, from clause to examples. */
#include <stdio.h>

#include "base/io.h"
#include "base/limits.h"
#include "cmd/app.h"
#include "cmd/options.h"
#include "cmd/output.h"
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
	add_part(page, "clause", "norm", requirement->clause);
	add_part(page, "why", "waarom", text_in(requirement->why, page->lang));
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

/* The failing example is judged here and now, so that what is shown is what keur says of it. */
static bool add_failing(struct explained *it, const struct fixture *fixture)
{
	struct target_result target;
	fixture_judge(&target, fixture, it->ruleset);
	const struct requirement_result *result = &target.standards[0]
													   .requirements[it->requirement - it->ruleset->requirements];
	if (result->finding_count) {
		add_file_name(&it->page, "an example that fails", "een voorbeeld dat niet voldoet", fixture->path);
		text_finding(&it->page, &result->findings[0], NULL);
		strbuf_add_char(it->page.out, '\n');
	}
	arena_free(target.arena);
	return true;
}

static bool add_examples(struct explained *it, struct err *err)
{
	struct fixture *fixtures;
	uint32_t count;
	const struct fixture *first[2] = {NULL, NULL};
	struct spectral_options spectral = app_spectral(it->app);
	if (!fixture_list(it->app->arena, it->fixtures, it->ruleset, it->requirement, &fixtures, &count, err)) return false;
	for (uint32_t i = 0; i < count; i++)
		if (!first[fixtures[i].passes]) first[fixtures[i].passes] = &fixtures[i];
	if (first[0] && !ruleset_compile(it->ruleset, &spectral, err)) return false;
	if (first[0]) add_failing(it, first[0]);
	if (first[1]) add_passing(it, first[1]);
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
