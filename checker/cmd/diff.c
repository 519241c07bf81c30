/* SPDX-License-Identifier: EUPL-1.2 */
/* keur diff: two reports, and whether it got worse. */
#include "report/diff.h"
#include "cmd/output.h"
#include "cmd/sinks.h"
#include "report/read.h"
#include "rule/run.h"

static bool write_diff(const struct app *app, const struct options *options, const struct output_choice *where,
		const struct comparison *all)
{
	struct strbuf out;
	struct err err;
	struct page page = {&out, app->lang, !where->file && output_has_color(options)};
	strbuf_init(&out, (size_t)1 << 30);
	err_init(&err, app->arena);
	bool ok = true;
	if (where->json)
		ok = diff_json(all, &out, &err);
	else
		diff_text(&page, all, options->quiet);
	ok = ok && report_fits(&out, "text", &err);
	if (!ok)
		app_fail(app, &err);
	else
		ok = output_chosen(app, where, strbuf_str(&out));
	strbuf_release(&out);
	return ok;
}

static bool read_one(const struct app *app, const char *path, struct run *run)
{
	struct err err;
	err_init(&err, app->arena);
	if (report_read(run, path, sinks_schema(app), &err)) return true;
	app_fail(app, &err);
	return false;
}

int cmd_diff(const struct app *app, const struct options *options)
{
	struct output_choice where;
	struct run before = {0}, after = {0};
	if (options->argument_count != 2) {
		app_complain(app->lang, "name two reports, the old one first; see keur diff --help",
				"noem twee rapporten, het oude eerst; zie keur diff --help");
		return EXIT_USAGE;
	}
	if (!output_choose(app, options, &where)) return EXIT_USAGE;
	int status = EXIT_RULES;
	if (read_one(app, options->arguments[0], &before) && read_one(app, options->arguments[1], &after)) {
		const struct comparison *all = compare_runs(app->arena, &before, &after);
		status = all->worse ? EXIT_NON_CONFORMANT : EXIT_CONFORMANT;
		if (!write_diff(app, options, &where, all) && status == EXIT_CONFORMANT) status = EXIT_UNDETERMINED;
	}
	run_free(&before);
	run_free(&after);
	return status;
}
