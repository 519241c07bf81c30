/* keur diff: two reports, and whether it got worse. */
#include "report/diff.h"
#include "cmd/output.h"
#include "cmd/sinks.h"
#include "report/read.h"
#include "rule/run.h"

struct diff_output {
	bool json;
	const char *file; /* NULL: standard output */
};

static bool find_output(const struct app *app, const struct options *options, struct diff_output *out)
{
	*out = (struct diff_output){.json = false};
	if (!options->formats.count) return true;
	const char *value = options->formats.items[0];
	size_t equals = strcspn(value, "=");
	struct str name = {value, equals};
	out->json = str_eq(name, STR("json"));
	if (value[equals]) out->file = value + equals + 1;
	if (options->formats.count == 1 && (out->json || str_eq(name, STR("text"))) && !(out->file && !*out->file))
		return true;
	app_complain(app->lang, "--format: expected text or json, once, perhaps with =FILE; found '%s'",
			"--format: verwacht text of json, één keer, eventueel met =BESTAND; gevonden '%s'",
			options->formats.items[options->formats.count - 1]);
	return false;
}

static bool write_diff(const struct app *app, const struct options *options, const struct diff_output *where,
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
		ok = where->file ? output_file(app, where->file, strbuf_str(&out)) : output_stdout(app, strbuf_str(&out));
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
	struct diff_output where;
	struct run before = {0}, after = {0};
	if (options->argument_count != 2) {
		app_complain(app->lang, "name two reports, the old one first; see keur diff --help",
				"noem twee rapporten, het oude eerst; zie keur diff --help");
		return EXIT_USAGE;
	}
	if (!find_output(app, options, &where)) return EXIT_USAGE;
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
