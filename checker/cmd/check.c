/* SPDX-License-Identifier: EUPL-1.2 */
/* keur check. */
#include <stdio.h>

#include "base/io.h"
#include "cmd/app.h"
#include "cmd/options.h"
#include "cmd/reach.h"
#include "cmd/running.h"
#include "cmd/sinks.h"
#include "rule/ruleset_made.h"
#include "rule/ruleset_schematron.h"
#include "rule/run.h"

enum { DESCRIPTOR_BYTES = 64 << 10, DESCRIPTORS_PEEKED = 20 };

struct rulesets {
	const struct ruleset **items;
	uint32_t count;
};

static bool check_usage(const struct app *app, const struct options *options)
{
	uint32_t inputs = 0;
	bool nameless = false;
	for (uint32_t i = 0; i < options->argument_count; i++) {
		inputs += strcmp(options->arguments[i], "-") == 0;
		nameless |= options->arguments[i][0] == '\0';
	}
	if (options->argument_count == 0 && !options->scenario)
		app_complain(app->lang, "name a document to check; see keur check --help",
				"noem een document om te controleren; zie keur check --help");
	else if (nameless)
		app_complain(app->lang, "the name of a document is empty; is a variable of your script not set?",
				"de naam van een document is leeg; is een variabele van uw script niet gezet?");
	else if (inputs > 1)
		app_complain(
				app->lang, "standard input can be read only once", "standaardinvoer kan maar één keer gelezen worden");
	else if (options->ruleset && options->standards.count)
		app_complain(
				app->lang, "--ruleset and --standard exclude each other", "--ruleset en --standard gaan niet samen");
	else if (options->schema && (options->standards.count || options->ruleset))
		app_complain(app->lang, "--schema excludes --standard and --ruleset",
				"--schema gaat niet samen met --standard of --ruleset");
	else if (options->contract &&
			 (options->standards.count || options->ruleset || options->schema || options->scenario))
		app_complain(app->lang, "--contract excludes --standard, --ruleset, --schema and --scenario",
				"--contract gaat niet samen met --standard, --ruleset, --schema of --scenario");
	else if (options->scenario && (options->standards.count || options->ruleset || options->schema))
		app_complain(app->lang, "--scenario excludes --standard, --ruleset and --schema",
				"--scenario gaat niet samen met --standard, --ruleset of --schema");
	else if (options->passive && !options->scenario)
		app_complain(app->lang, "--passive is for --scenario; a standard says itself what it asks of answers",
				"--passive is voor --scenario; een standaard zegt zelf wat ze van antwoorden vraagt");
	else if (options->phase && (!options->ruleset || !ruleset_is_schematron(options->ruleset)))
		app_complain(app->lang, "--phase is for a Schematron schema of --ruleset",
				"--phase is voor een Schematron-schema van --ruleset");
	else if (options->parity && !options->ruleset)
		app_complain(app->lang, "--parity is for a rule set of --ruleset; the standards of keur know no faults to keep",
				"--parity is voor een regelset van --ruleset; de standaarden van keur kennen geen fouten om te bewaren");
	else
		return true;
	return false;
}

/* A standard that is about messages only, which somebody must want to send, or about one API, which others are not. */
static bool must_be_named(const struct ruleset *ruleset)
{
	if (ruleset->when_named) return true;
	for (uint32_t i = 0; i < ruleset->check_count; i++) {
		const struct check *check = &ruleset->checks[i];
		bool one_api = check->artefact && check_is_by_contract(check);
		if (check->subject != SUBJECT_ENDPOINT && !one_api) return false;
	}
	return ruleset->check_count > 0;
}

/* Without --standard: every standard of which a version is effective. */
static bool default_standards(
		const struct app *app, const struct library *library, struct rulesets *out, struct err *err)
{
	struct library_entry *entries;
	uint32_t count;
	if (!library_list(library, app->arena, &entries, &count, err)) return false;
	out->items = arena_alloc(app->arena, (count + 1) * sizeof *out->items);
	for (uint32_t i = 0; i < count; i++) {
		struct err none;
		struct str dir;
		if (i + 1 < count && str_eq(entries[i].id, entries[i + 1].id)) continue;
		err_init(&none, app->arena);
		if (!library_find(library, app->arena, entries[i].id, &dir, &none)) {
			if (none.code == ERR_USAGE) continue;
			*err = none;
			return false;
		}
		/* Those that must be named are not compiled for nothing; the shelf compiles what a descriptor claims. */
		const struct ruleset *ruleset = app_ruleset(app, library, entries[i].id, false, err);
		if (ruleset && ruleset->when_named) continue;
		if (ruleset) ruleset = app_ruleset(app, library, entries[i].id, true, err);
		if (!ruleset) return false;
		if (!must_be_named(ruleset)) out->items[out->count++] = ruleset;
	}
	if (out->count) return true;
	return err_set(err, ERR_RULES, (struct loc){0}, "no rule sets were found; name a folder of them with --rules %s",
			"er zijn geen regelsets gevonden; noem een map ermee met --rules %s", "DIR");
}

/* Is it among them already? A standard that is named twice is judged once. */
static bool holds(const struct rulesets *rulesets, const struct ruleset *ruleset)
{
	for (uint32_t i = 0; i < rulesets->count; i++)
		if (str_eq(rulesets->items[i]->dir, ruleset->dir)) return true;
	return false;
}

/* What a scenario fetches before it is played is kept for the evidence of every target. */
static struct session *scenario_session(const struct app *app, const struct reach *reach)
{
	struct session_options *options = arena_alloc(app->arena, sizeof *options);
	*options = reach->session;
	options->keeps = true;
	return session_new(app->arena, app->arena, options, NULL);
}

/* Does a file begin as a service descriptor does: with `keur:`, behind comments? */
static bool is_descriptor(const struct app *app, const char *path)
{
	struct err none;
	struct str rest;
	err_init(&none, app->arena);
	if (!str_ends(str_of(path), STR(".yaml")) || !io_read(app->arena, path, DESCRIPTOR_BYTES, &rest, &none))
		return false;
	while (rest.len && (rest.ptr[0] == '#' || rest.ptr[0] == '\n'))
		rest = str_skip(rest, str_find(rest, '\n') + 1);
	return str_starts(rest, STR("keur:"));
}

/* A descriptor says itself which standards it is about, and the others, megabytes of them, need not be read. */
static bool are_descriptors(const struct app *app, const struct options *options)
{
	if (options->without.count || options->argument_count == 0 || options->argument_count > DESCRIPTORS_PEEKED)
		return false;
	for (uint32_t i = 0; i < options->argument_count; i++)
		if (!is_descriptor(app, options->arguments[i])) return false;
	return true;
}

static bool find_rulesets(const struct app *app, const struct options *options, const struct reach *reach,
		struct rulesets *out, struct err *err)
{
	struct library library = options_library(app, options);
	struct spectral_options spectral = app_spectral(app);
	spectral.nimma_bugs = spectral.spectral_places = options->parity;
	size_t count = options->standards.count;
	if (options->schema) {
		out->items = arena_alloc(app->arena, sizeof *out->items);
		out->items[0] = ruleset_of_schema(app->arena, options->schema, err);
		return out->items[out->count++] != NULL;
	}
	if (options->contract) {
		out->items = arena_alloc(app->arena, sizeof *out->items);
		out->items[0] = ruleset_of_official(app->arena, options->contract, err);
		return out->items[out->count++] != NULL;
	}
	if (options->scenario) {
		out->items = arena_alloc(app->arena, sizeof *out->items);
		out->items[0] = ruleset_of_scenario(
				app->arena, options->scenario, options->passive, scenario_session(app, reach), err);
		return out->items[out->count++] != NULL;
	}
	if (!options->ruleset && !count) {
		if (are_descriptors(app, options)) return true;
		return default_standards(app, &library, out, err);
	}
	out->items = arena_alloc(app->arena, (count + 1) * sizeof *out->items);
	if (options->ruleset) {
		bool schematron = ruleset_is_schematron(options->ruleset);
		out->items[0] = schematron ? ruleset_of_schematron(app->arena, options->ruleset,
											 str_of(options->phase ? options->phase : ""), err)
								   : ruleset_ad_hoc(app->arena, options->ruleset, &spectral, err);
		out->count = 1;
		return out->items[0] != NULL;
	}
	for (size_t i = 0; i < count; i++) {
		const struct ruleset *ruleset = app_ruleset(app, &library, str_of(options->standards.items[i]), true, err);
		if (!ruleset) return false;
		if (!holds(out, ruleset)) out->items[out->count++] = ruleset;
	}
	return true;
}

/* Is there a SHOULD, not waived, with one of two outcomes? */
static bool has_should(const struct run *run, enum outcome one, enum outcome other)
{
	for (uint32_t i = 0; i < run->target_count; i++)
		for (uint32_t j = 0; j < run->targets[i].standard_count; j++) {
			const struct standard_result *standard = &run->targets[i].standards[j];
			for (uint32_t k = 0; k < standard->requirement_count; k++) {
				struct verdict verdict = standard->requirements[k].verdict;
				bool hit = verdict.outcome == one || verdict.outcome == other;
				if (hit && verdict.obligation == OBLIGATION_SHOULD && verdict.disposition != DISPOSITION_WAIVED)
					return true;
			}
		}
	return false;
}

static int status_of(const struct run *run, bool fail_on_should, bool written)
{
	bool failed = fail_on_should && has_should(run, OUTCOME_FAIL, OUTCOME_FAIL);
	bool unknown = fail_on_should && has_should(run, OUTCOME_ERROR, OUTCOME_INCONCLUSIVE);
	if (failed) return EXIT_NON_CONFORMANT;
	int status = running_status(run);
	return status == EXIT_CONFORMANT && (unknown || !written) ? EXIT_UNDETERMINED : status;
}

/* An option that no standard has would silently leave nothing out. Those that descriptors claim are not known yet. */
static bool find_options(const struct app *app, const struct options *options, const struct rulesets *rulesets)
{
	for (size_t i = 0; i < options->without.count; i++) {
		bool known = false;
		for (uint32_t j = 0; j < rulesets->count && !known; j++)
			for (uint32_t k = 0; k < rulesets->items[j]->requirement_count && !known; k++)
				known = str_eq(rulesets->items[j]->requirements[k].option, str_of(options->without.items[i]));
		if (known) continue;
		app_complain(app->lang, "--without %s: no standard that was chosen has an option of that name",
				"--without %s: geen gekozen standaard heeft een optie met die naam", options->without.items[i]);
		return false;
	}
	return true;
}

int cmd_check(const struct app *app, const struct options *options)
{
	struct sinks sinks;
	struct rulesets rulesets = {0};
	struct timespec from;
	time_t started = time(NULL);
	struct run run;
	struct err err;
	err_init(&err, app->arena);
	clock_gettime(CLOCK_MONOTONIC, &from);
	if (!check_usage(app, options) || !sinks_find(&sinks, app, options)) return EXIT_USAGE;
	const struct answers *answers;
	struct str today = running_day(app->arena, started);
	int refused;
	if (!running_answers(app, options->answers, today, &answers, &refused)) return refused;
	struct reach reach;
	if (!reach_init(&reach, app, options, &err)) return app_fail(app, &err);
	if (!find_rulesets(app, options, &reach, &rulesets, &err)) {
		int status = app_fail(app, &err);
		reach_release(&reach);
		return status == EXIT_USAGE ? EXIT_USAGE : EXIT_RULES;
	}
	if (!find_options(app, options, &rulesets)) {
		reach_release(&reach);
		return EXIT_USAGE;
	}
	struct library library = options_library(app, options);
	struct spectral_options spectral = app_spectral(app);
	struct shelf *shelf = shelf_new(app->arena, &library, &spectral);
	for (uint32_t i = 0; i < rulesets.count; i++)
		if (!rulesets.items[i]->ad_hoc) shelf_keep(shelf, rulesets.items[i]);
	struct run_options how = {.judge = {.rulesets = rulesets.items,
									  .count = rulesets.count,
									  .named = options->standards.count > 0 || options->ruleset || options->contract,
									  .scenario = options->scenario != NULL,
									  .shelf = shelf,
									  .without = options->without.items,
									  .without_count = (uint32_t)options->without.count,
									  .session = &reach.session,
									  .traces = sinks_need_trace(&sinks),
									  .today = today,
									  .answers = answers},
			.targets = options->argument_count ? options->arguments : &options->scenario,
			.target_count = options->argument_count ? options->argument_count : 1,
			.threads = options->jobs ? options->jobs : running_processors()};
	int status = EXIT_UNDETERMINED;
	if (run_all(&run, &how, &err)) {
		running_stamp(&run, &from, started);
		bool whole = reach_release(&reach);
		bool written = reach_record(app, options, &run);
		written = sinks_write(&sinks, app, options, &run) && written && whole;
		status = status_of(&run, options->fail_on_should, written);
	} else {
		reach_release(&reach);
		app_fail(app, &err);
	}
	run_free(&run);
	return status;
}
