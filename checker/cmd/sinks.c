/* SPDX-License-Identifier: EUPL-1.2 */
/* Writing reports to where they go. */
#include "cmd/sinks.h"

#include "base/io.h"
#include "base/limits.h"
#include "cmd/output.h"
#include "rule/fields.h"

enum { FINDINGS_SHOWN = 5, VIOLATIONS_SHOWN = 50 };

static bool complain_format(const struct app *app, struct str name)
{
	const char *names[MOST_FORMATS + 1];
	size_t count = 0;
	struct str list = {"", 0};
	for (const struct reporter *reporter = reporters; reporter->name && count < MOST_FORMATS; reporter++) {
		list = str_printf(app->arena, "%.*s%s%s", STR_FMT(list), count ? ", " : "", reporter->name);
		names[count++] = reporter->name;
	}
	names[count] = NULL;
	const char *near = nearest_name(name, names);
	if (near)
		app_complain(app->lang, "unknown format '%.*s'; did you mean '%s'?",
				"onbekend formaat '%.*s'; bedoelde u '%s'?", STR_FMT(name), near);
	else
		app_complain(app->lang, "unknown format '%.*s'; expected one of %.*s",
				"onbekend formaat '%.*s'; verwacht een van %.*s", STR_FMT(name), STR_FMT(list));
	return false;
}

static bool is_same_place(const struct sink *a, const struct sink *b)
{
	return a->file && b->file ? strcmp(a->file, b->file) == 0 : !a->file && !b->file;
}

static bool add_sink(const struct app *app, struct sinks *sinks, const char *value)
{
	struct str all = str_of(value);
	size_t equals = str_find(all, '=');
	struct sink sink = {.reporter = reporter_find((struct str){value, equals})};
	if (!sink.reporter) return complain_format(app, (struct str){value, equals});
	if (equals < all.len) sink.file = value + equals + 1;
	if (sink.file && !*sink.file) {
		app_complain(app->lang,
				"--format %s: a file name is missing after =", "--format %s: na = ontbreekt de naam van een bestand",
				value);
		return false;
	}
	for (size_t i = 0; i < sinks->count; i++) {
		if (!is_same_place(&sink, &sinks->items[i])) continue;
		app_complain(app->lang, "two formats cannot go to one place; write one with --format NAME=FILE (%s)",
				"twee formaten kunnen niet naar één plek; schrijf er een met --format NAAM=BESTAND (%s)", value);
		return false;
	}
	if (sinks->count == MOST_FORMATS) {
		app_complain(app->lang, "at most %d formats", "hoogstens %d formaten", MOST_FORMATS);
		return false;
	}
	sinks->items[sinks->count++] = sink;
	return true;
}

static bool is_asked(const struct sinks *sinks, report_fn *write)
{
	for (size_t i = 0; i < sinks->count; i++)
		if (sinks->items[i].reporter->write == write) return true;
	return false;
}

bool sinks_theme(const struct app *app, const char *path, struct str *out)
{
	struct err err;
	err_init(&err, app->arena);
	if (!path ||
			(io_read(app->arena, path, LIMIT_THEME_BYTES, out, &err) && report_theme_check(str_of(path), *out, &err)))
		return true;
	app_fail(app, &err);
	return false;
}

/* Read before anything is judged: a mistake in it should not cost a run. */
static bool read_theme(const struct app *app, const struct options *options, struct sinks *sinks)
{
	if (!options->theme) return true;
	if (!is_asked(sinks, report_html)) {
		app_complain(app->lang, "--theme is for --format html; %s would not be used",
				"--theme is voor --format html; %s zou niet gebruikt worden", options->theme);
		return false;
	}
	return sinks_theme(app, options->theme, &sinks->theme);
}

bool sinks_find(struct sinks *sinks, const struct app *app, const struct options *options)
{
	*sinks = (struct sinks){.count = 0};
	if (options->formats.count == 0 && !add_sink(app, sinks, "text")) return false;
	for (size_t i = 0; i < options->formats.count; i++)
		if (!add_sink(app, sinks, options->formats.items[i])) return false;
	return read_theme(app, options, sinks);
}

bool sinks_need_trace(const struct sinks *sinks)
{
	for (size_t i = 0; i < sinks->count; i++)
		if (sinks->items[i].reporter->needs_trace) return true;
	return false;
}

struct str sinks_schema(const struct app *app)
{
	return str_printf(app->arena, "%.*s/report/1/report.schema.json", STR_FMT(app->rules_dir));
}

/* Of data against a schema, or a description against a contract, more is shown than of a service: it may well be one
 * fault for each record. */
static bool is_of_schema(const struct run *run)
{
	uint32_t at = 0;
	while (at < run->target_count && (run->targets[at].skipped || !run->targets[at].standard_count))
		at++;
	if (at == run->target_count) return false;
	const struct standard_result *standard = &run->targets[at].standards[0];
	if (!standard->ruleset->ad_hoc || !standard->requirement_count) return false;
	const struct requirement *requirement = standard->requirements[0].requirement;
	if (!requirement->use_count) return false;
	struct str named = requirement->uses[0].named;
	return str_eq(named, STR("schema#valid")) || str_starts(named, STR("contract#"));
}

static struct report_options options_of(const struct sinks *sinks, const struct sink *sink, const struct app *app,
		const struct options *options, const struct run *run)
{
	return (struct report_options){.lang = sink->reporter->dutch && !options->names_lang ? LANG_NL : app->lang,
			.color = !sink->file && output_has_color(options),
			.quiet = options->quiet,
			.findings = is_of_schema(run) ? VIOLATIONS_SHOWN : FINDINGS_SHOWN,
			.link = options->link ? str_of(options->link) : STR(""),
			.theme = sinks->theme,
			.folder = str_printf(app->arena, "%.*s/report/1", STR_FMT(app->rules_dir)),
			.schema_path = sinks_schema(app)};
}

static bool write_one(const struct sinks *sinks, const struct sink *sink, const struct app *app,
		const struct options *options, struct run *run)
{
	struct report_options report = options_of(sinks, sink, app, options, run);
	struct strbuf out;
	struct err err;
	strbuf_init(&out, (size_t)1 << 30);
	err_init(&err, app->arena);
	bool made = !sink->reporter->needs_digest || *run->digest.hex || report_seal(run, &err);
	made = made && sink->reporter->write(run, &report, &out, &err);
	if (!made)
		app_fail(app, &err);
	else if (sink->file)
		made = output_file(app, sink->file, strbuf_str(&out));
	else
		made = output_stdout(app, strbuf_str(&out));
	strbuf_release(&out);
	return made;
}

bool sinks_write(const struct sinks *sinks, const struct app *app, const struct options *options, struct run *run)
{
	bool ok = true;
	for (size_t i = 0; i < sinks->count; i++)
		ok = write_one(sinks, &sinks->items[i], app, options, run) && ok;
	return ok;
}
