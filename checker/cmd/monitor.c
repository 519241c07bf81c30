/* SPDX-License-Identifier: EUPL-1.2 */
/* keur monitor: certified services, asked again as they were. */
#include "report/monitor.h"

#include "base/limits.h"
#include "base/vec.h"
#include "cmd/listed.h"
#include "cmd/output.h"
#include "cmd/reach.h"
#include "cmd/running.h"
#include "cmd/sinks.h"
#include "report/compare.h"
#include "report/read.h"
#include "report/register.h"
#include "report/words.h"

/* Services of one run: their results are in memory together. */
enum { BATCH = 64, ATTEMPTS = 3, FAILURES = 2 };

struct lines {
	struct monitor_line *items;
	size_t count, capacity;
};

struct monitor {
	const struct app *app;
	const struct options *options;
	struct reach reach;
	struct shelf *shelf;
	struct monitor_report report;
};

static void add_found(struct listed *listed, struct str folder, const struct inspection *found, struct lines *out)
{
	const struct withdrawn *list = listed->how.withdrawn;
	const struct withdrawal *withdrawal = list ? withdrawn_find(list, &found->digest) : NULL;
	enum register_status status = register_status_of(found->certificate, withdrawal, listed->day);
	if (status >= REGISTER_EXPIRED)
		listed_tell(listed->app, folder, TEXT("status", "status"), register_status_words[status]);
	else
		*vec_push(out) = (struct monitor_line){
				.certificate = found->certificate, .digest = found->digest, .folder = folder};
}

/* Those that verify and are in force; the others have nothing that could get worse. */
static void collect(struct listed *listed, struct lines *out)
{
	for (uint32_t i = 0; i < listed->count; i++) {
		struct listed_look look;
		listed_look(listed, i, 1, &look);
		if (listed_holds(listed, listed->folders[i], &look)) add_found(listed, listed->folders[i], &look.found, out);
		inspection_release(&look.found);
		arena_take(listed->app->arena, look.arena);
	}
}

/* The report of the certificate, as it was verified. */
static bool read_before(const struct monitor *it, const struct monitor_line *line, struct run *run, struct err *err)
{
	struct str path = str_printf(it->app->arena, "%.*s/" CERTIFICATE_REPORT, STR_FMT(line->folder));
	if (!report_read(run, path.ptr, sinks_schema(it->app), err)) return false;
	return strcmp(run->digest.hex, line->certificate->report.hex) == 0 ||
		   err_set(err, ERR_IO, (struct loc){.file = path}, "was changed while services were asked%s",
				   "is veranderd terwijl diensten bevraagd werden%s", "");
}

static void keep_worse(const struct monitor *it, struct monitor_line *line, const struct standard_change *standard)
{
	for (uint32_t i = 0; i < standard->requirement_count; i++) {
		const struct requirement_change *change = &standard->requirements[i];
		struct strbuf name;
		if (!change->worse) continue;
		strbuf_init(&name, LIMIT_MESSAGE_BYTES);
		requirement_name(&name, (change->after ? standard->after : standard->before)->ruleset,
				(change->after ? change->after : change->before)->requirement);
		line->worse[line->worse_count++] = strbuf_take(&name, it->app->arena);
	}
}

static void count_worse(const struct monitor *it, struct monitor_line *line, const struct comparison *all)
{
	line->tally.worse++;
	line->worse = arena_alloc(it->app->arena, (all->worse_count + (size_t)1) * sizeof *line->worse);
	line->worse_count = 0;
	for (uint32_t i = 0; i < all->target_count; i++)
		for (uint32_t j = 0; j < all->targets[i].standard_count; j++)
			keep_worse(it, line, &all->targets[i].standards[j]);
}

static void count_unknown(const struct monitor *it, struct monitor_line *line, struct text reason)
{
	line->tally.unknown++;
	line->reason = text_copy(it->app->arena, reason);
}

/* Why a target has no decision: what blocked it, or else what pre-flight remarked first. */
static struct text reason_of_target(const struct target_result *target)
{
	for (uint32_t i = 0; i < target->preflight_count; i++)
		if (target->preflight[i].level == LEVEL_BLOCKING) return target->preflight[i].message;
	if (target->preflight_count) return target->preflight[0].message;
	return TEXT("the decision is undetermined", "er is geen oordeel vast te stellen");
}

static void take_result(const struct monitor *it, struct monitor_line *line, const struct run *all, uint32_t index)
{
	struct target_result *target = &all->targets[index];
	struct run before = {0}, after = *all;
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	after.targets = target;
	after.target_count = 1;
	after.decision = target->decision;
	if (target->blocked || target->bad_descriptor || target->decision == DECISION_UNDETERMINED) {
		count_unknown(it, line, reason_of_target(target));
	} else if (!read_before(it, line, &before, &err)) {
		count_unknown(it, line, err.message);
	} else {
		const struct comparison *comparison = compare_runs(arena, &before, &after);
		line->decision = target->decision;
		line->rules = comparison->rules;
		if (comparison->worse)
			count_worse(it, line, comparison);
		else
			line->tally.same++;
	}
	run_free(&before);
	arena_free(arena);
	line->answer = monitor_judge(&line->tally, it->report.attempts, it->report.failures);
}

/* Asks these, all with the same answers of people, which may be none. */
static void ask(const struct monitor *it, struct monitor_line **lines, uint32_t count, const struct answers *answers)
{
	const struct app *app = it->app;
	const char *targets[BATCH];
	struct run run;
	struct err err;
	err_init(&err, app->arena);
	for (uint32_t i = 0; i < count; i++)
		targets[i] = str_printf(
				app->arena, "%.*s/%.*s", STR_FMT(lines[i]->folder), STR_FMT(lines[i]->certificate->subject))
							 .ptr;
	struct run_options how = {.judge = {.shelf = it->shelf,
									  .session = &it->reach.session,
									  .today = running_day(app->arena, time(NULL)),
									  .answers = answers},
			.targets = targets,
			.target_count = count,
			.threads = it->options->jobs ? it->options->jobs : running_processors()};
	bool ran = run_all(&run, &how, &err) && run.target_count == count;
	for (uint32_t i = 0; i < count; i++) {
		if (ran)
			take_result(it, lines[i], &run, i);
		else
			count_unknown(it, lines[i], err.message);
		lines[i]->answer = monitor_judge(&lines[i]->tally, it->report.attempts, it->report.failures);
	}
	run_free(&run);
}

/* Answers are of one version of one service, so who has them is asked alone. */
static void ask_with_answers(const struct monitor *it, struct monitor_line *line)
{
	const struct answers *answers = NULL;
	struct str path = str_printf(
			it->app->arena, "%.*s/%.*s", STR_FMT(line->folder), STR_FMT(line->certificate->answers));
	struct str today = running_day(it->app->arena, time(NULL));
	int status;
	if (running_answers(it->app, path.ptr, today, &answers, &status)) {
		ask(it, &line, 1, answers);
		return;
	}
	count_unknown(it, line, TEXT("its answers file cannot be used", "het antwoordenbestand is niet bruikbaar"));
	line->answer = monitor_judge(&line->tally, it->report.attempts, it->report.failures);
}

/* Every service that is pending, once. */
static void ask_all(const struct monitor *it)
{
	struct monitor_line *batch[BATCH];
	uint32_t count = 0;
	for (uint32_t i = 0; i < it->report.count; i++) {
		struct monitor_line *line = &it->report.lines[i];
		if (line->answer != MONITOR_PENDING || session_stopped(&it->reach.session)) continue;
		if (line->certificate->answers.len)
			ask_with_answers(it, line);
		else
			batch[count++] = line;
		if (count == BATCH) {
			ask(it, batch, count, NULL);
			count = 0;
		}
	}
	if (count && !session_stopped(&it->reach.session)) ask(it, batch, count, NULL);
}

/* Who was interrupted knows nothing. */
static void end_pending(struct monitor_report *report)
{
	for (uint32_t i = 0; i < report->count; i++) {
		if (report->lines[i].answer != MONITOR_PENDING) continue;
		report->lines[i].answer = MONITOR_UNKNOWN;
		report->lines[i].reason = TEXT("monitoring was interrupted", "de bewaking is onderbroken");
	}
}

static bool check_usage(const struct app *app, const struct options *options, struct monitor_report *report)
{
	report->attempts = options->attempts ? options->attempts : ATTEMPTS;
	report->failures = options->failures ? options->failures : FAILURES;
	if (!options->failures && report->failures > report->attempts) report->failures = report->attempts;
	if (options->argument_count != 1)
		app_complain(app->lang, "name one folder with certificates; see keur monitor --help",
				"noem één map met certificaten; zie keur monitor --help");
	else if (report->failures > report->attempts)
		app_complain(app->lang, "--failures %u of --attempts %u can never be",
				"--failures %u van --attempts %u kan nooit", report->failures, report->attempts);
	else
		return true;
	return false;
}

static bool write_report(const struct monitor *it, const struct output_choice *where)
{
	struct strbuf out;
	struct err err;
	struct page page = {&out, it->app->lang, false};
	bool ok = true;
	strbuf_init(&out, LIMIT_DOCUMENT_BYTES);
	err_init(&err, it->app->arena);
	if (where->json)
		ok = monitor_json(&it->report, &out, &err);
	else
		monitor_text(&page, &it->report, it->options->quiet);
	ok = ok && report_fits(&out, "text", &err);
	if (!ok) app_fail(it->app, &err);
	ok = ok && output_chosen(it->app, where, strbuf_str(&out));
	strbuf_release(&out);
	return ok;
}

/* What got worse goes before what is not known; what was left out is not known either. */
static int status_of(const struct monitor_report *report, const struct listed *listed)
{
	int status = listed->status == EXIT_CONFORMANT ? EXIT_CONFORMANT : EXIT_UNDETERMINED;
	for (uint32_t i = 0; i < report->count; i++) {
		if (report->lines[i].answer == MONITOR_WORSE) return EXIT_NON_CONFORMANT;
		if (report->lines[i].answer == MONITOR_UNKNOWN) status = EXIT_UNDETERMINED;
	}
	return status;
}

int cmd_monitor(const struct app *app, const struct options *options)
{
	struct monitor it = {.app = app, .options = options};
	struct output_choice where;
	struct listed listed;
	struct lines lines = {0};
	struct err err;
	err_init(&err, app->arena);
	if (!check_usage(app, options, &it.report) || !output_choose(app, options, &where)) return EXIT_USAGE;
	if (!listed_open(&listed, app, options, options->arguments[0])) return listed.status;
	if (!reach_init(&it.reach, app, options, &err)) return app_fail(app, &err);
	struct library library = options_library(app, options);
	struct spectral_options spectral = app_spectral(app);
	it.shelf = shelf_new(app->arena, &library, &spectral);
	collect(&listed, &lines);
	it.report.lines = lines.items;
	it.report.count = (uint32_t)lines.count;
	it.report.day = listed.day;
	for (uint32_t i = 0; i < it.report.attempts; i++)
		ask_all(&it);
	bool whole = reach_release(&it.reach);
	end_pending(&it.report);
	int status = status_of(&it.report, &listed);
	bool written = write_report(&it, &where);
	vec_release(&lines);
	return status == EXIT_CONFORMANT && !(written && whole) ? EXIT_UNDETERMINED : status;
}
