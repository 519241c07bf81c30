/* SPDX-License-Identifier: EUPL-1.2 */
/* keur rules docs: pages on rule sets, in a folder. */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/reason.h"
#include "cmd/app.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "report/manual.h"
#include "report/report.h"

struct pages {
	const struct app *app;
	const struct ruleset **rulesets;
	uint32_t count;
	struct str folder; /* to write in */
	struct str assets; /* style sheet and script of HTML */
	enum lang lang;
	bool markdown, html;
};

static bool find_formats(struct pages *it, const struct options *options)
{
	it->markdown = it->html = options->formats.count == 0;
	for (size_t i = 0; i < options->formats.count; i++) {
		const char *format = options->formats.items[i];
		bool markdown = strcmp(format, "markdown") == 0, html = strcmp(format, "html") == 0;
		it->markdown = it->markdown || markdown;
		it->html = it->html || html;
		if (markdown || html) continue;
		app_complain(it->app->lang, "--format: expected markdown or html; found '%s'",
				"--format: verwacht markdown of html; gevonden '%s'", format);
		return false;
	}
	return true;
}

static bool find_rulesets(struct pages *it, const struct options *options, struct err *err)
{
	struct library library = options_library(it->app, options);
	struct library_entry *entries;
	uint32_t count = 1;
	struct str dir;
	bool one = options->argument_count > 1;
	if (one && !library_find(&library, it->app->arena, str_of(options->arguments[1]), &dir, err)) return false;
	if (!one && !library_list(&library, it->app->arena, &entries, &count, err)) return false;
	it->rulesets = arena_alloc(it->app->arena, (count + (size_t)1) * sizeof *it->rulesets);
	for (; it->count < count; it->count++) {
		const char *path = one ? dir.ptr : entries[it->count].dir.ptr;
		it->rulesets[it->count] = ruleset_load(it->app->arena, path, err);
		if (!it->rulesets[it->count]) return false;
	}
	return true;
}

static bool make_folder(const struct pages *it)
{
	struct stat info;
	if (mkdir(it->folder.ptr, 0777) == 0) return true;
	if (errno == EEXIST && stat(it->folder.ptr, &info) == 0 && S_ISDIR(info.st_mode)) return true;
	struct text why = reason_of(errno);
	app_complain(it->app->lang, "%.*s: the folder cannot be made (%s)", "%.*s: de map kan niet gemaakt worden (%s)",
			STR_FMT(it->folder), text_in(why, it->app->lang).ptr);
	return false;
}

/* One page; `ruleset` NULL: the list of all. */
static bool write_page(const struct pages *it, const struct ruleset *ruleset, bool html)
{
	struct strbuf out;
	struct err err;
	struct str name = ruleset ? manual_name(ruleset, it->app->arena) : STR("index");
	struct str path = str_printf(
			it->app->arena, "%.*s/%.*s.%s", STR_FMT(it->folder), STR_FMT(name), html ? "html" : "md");
	bool ok = true;
	strbuf_init(&out, (size_t)1 << 28);
	err_init(&err, it->app->arena);
	if (html && ruleset)
		ok = manual_html(ruleset, it->lang, it->assets, &out, &err);
	else if (html)
		ok = manual_index_html(it->rulesets, it->count, it->lang, it->assets, &out, &err);
	else if (ruleset)
		manual_markdown(ruleset, &out);
	else
		manual_index_markdown(it->rulesets, it->count, &out);
	ok = ok && report_fits(&out, html ? "html" : "markdown", &err);
	if (!ok) app_fail(it->app, &err);
	ok = ok && output_file(it->app, path.ptr, strbuf_str(&out));
	strbuf_release(&out);
	return ok;
}

static bool write_all(const struct pages *it, bool html, bool index)
{
	for (uint32_t i = 0; i < it->count; i++)
		if (!write_page(it, it->rulesets[i], html)) return false;
	return !index || write_page(it, NULL, html);
}

/* One rule set without a folder: its page in Markdown, to read or to pipe. */
static int print_one(const struct pages *it)
{
	struct strbuf out;
	strbuf_init(&out, (size_t)1 << 28);
	manual_markdown(it->rulesets[0], &out);
	bool ok = output_stdout(it->app, strbuf_str(&out));
	strbuf_release(&out);
	return ok ? EXIT_CONFORMANT : EXIT_UNDETERMINED;
}

int rules_docs(const struct app *app, const struct options *options)
{
	struct pages it = {.app = app,
			.folder = str_of(options->output ? options->output : ""),
			.assets = str_printf(app->arena, "%.*s/report/1", STR_FMT(app->rules_dir)),
			.lang = options->names_lang ? app->lang : LANG_NL};
	bool index = options->argument_count < 2;
	struct err err;
	if (!find_formats(&it, options)) return EXIT_USAGE;
	if (!it.folder.len && (index || options->formats.count)) {
		app_complain(app->lang, "name the folder to write in: keur rules docs -o DIR [ID[@VERSION]]",
				"noem de map om in te schrijven: keur rules docs -o MAP [ID[@VERSIE]]");
		return EXIT_USAGE;
	}
	err_init(&err, app->arena);
	if (!find_rulesets(&it, options, &err)) return app_fail(app, &err);
	if (!it.folder.len) return print_one(&it);
	bool ok = make_folder(&it) && (!it.markdown || write_all(&it, false, index)) &&
			  (!it.html || write_all(&it, true, index));
	return ok ? EXIT_CONFORMANT : EXIT_UNDETERMINED;
}
