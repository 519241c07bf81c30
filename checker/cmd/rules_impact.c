/* SPDX-License-Identifier: EUPL-1.2 */
/* keur rules impact: which verdicts another version of a rule set would change. */
#include <stdio.h>
#include <time.h>

#include "cmd/app.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "cmd/running.h"
#include "report/diff.h"
#include "report/words.h"
#include "rule/impact.h"
#include "rule/service.h"

struct impact {
	const struct app *app;
	const struct options *options;
	const struct ruleset *before, *after;
	struct evidence_pair *pairs;
	uint32_t count;
	struct str today;
	struct run old, fresh;
	uint32_t changes, services; /* verdicts that would change, and of how many services */
	uint32_t unjudged;          /* evidence of which nothing came */
};

static bool check_usage(const struct app *app, const struct options *options)
{
	size_t count = options->formats.count;
	bool json = count == 1 && strcmp(options->formats.items[0], "json") == 0;
	bool text = count == 0 || (count == 1 && strcmp(options->formats.items[0], "text") == 0);
	if (options->argument_count != 3 || !options->evidence)
		app_complain(app->lang,
				"name two versions of a rule set and a folder: keur rules impact ID@OLD ID@NEW --evidence DIR",
				"noem twee versies van een regelset en een map: keur rules impact ID@OUD ID@NIEUW --evidence MAP");
	else if (!json && !text)
		app_complain(app->lang, "--format: expected text or json, once; found '%s'",
				"--format: verwacht text of json, één keer; gevonden '%s'", options->formats.items[count - 1]);
	else
		return true;
	return false;
}

static bool find_rulesets(struct impact *it, struct err *err)
{
	struct library library = options_library(it->app, it->options);
	it->before = app_ruleset(it->app, &library, str_of(it->options->arguments[1]), true, err);
	if (!it->before) return false;
	it->after = app_ruleset(it->app, &library, str_of(it->options->arguments[2]), true, err);
	if (!it->after) return false;
	if (str_eq(it->before->id, it->after->id)) return true;
	return err_set(err, ERR_USAGE, (struct loc){0}, "%.*s and %.*s are two standards, and not two versions of one",
			"%.*s en %.*s zijn twee standaarden, en geen twee versies van één", STR_FMT(it->before->id),
			STR_FMT(it->after->id));
}

/* A verdict that was there and is another one now; or a new one that would count against the service. */
static bool is_verdict_change(const struct requirement_change *change)
{
	const struct requirement_result *before = change->before, *after = change->after;
	if (before && after)
		return before->verdict.outcome != after->verdict.outcome ||
			   before->verdict.obligation != after->verdict.obligation ||
			   before->verdict.disposition != after->verdict.disposition;
	struct verdict verdict = (after ? after : before)->verdict;
	return verdict.outcome == OUTCOME_FAIL || verdict_is_open(verdict);
}

static void count_changes(struct impact *it, const struct comparison *all)
{
	for (uint32_t i = 0; i < all->target_count; i++) {
		const struct target_change *target = &all->targets[i];
		uint32_t before = it->changes;
		for (uint32_t j = 0; j < target->standard_count; j++)
			for (uint32_t k = 0; k < target->standards[j].requirement_count; k++)
				it->changes += is_verdict_change(&target->standards[j].requirements[k]);
		it->services += it->changes > before;
		bool blocked = !target->before || !target->after || target->before->blocked || target->after->blocked;
		it->unjudged += blocked || !target->standard_count;
	}
}

static void tell_unjudged(const struct impact *it, const struct page *page)
{
	for (uint32_t i = 0; i < it->count; i++) {
		if (it->pairs[i].descriptor.len) continue;
		page_clean(page, it->pairs[i].recording, "");
		page_say(page, ": no service descriptor belongs to it; nothing was judged\n",
				": er hoort geen service-descriptor bij; er is niets beoordeeld\n");
	}
	for (uint32_t i = 0; i < it->fresh.target_count; i++) {
		const struct target_result *target = &it->fresh.targets[i];
		if (!target->blocked && target->standard_count) continue;
		page_clean(page, target->path, "");
		if (target->preflight_count) strbuf_add(page->out, STR(": "));
		if (target->preflight_count) page_clean(page, text_in(target->preflight[0].message, page->lang), "  ");
		page_say(page, ": nothing was judged\n", ": er is niets beoordeeld\n");
	}
}

static void tell(const struct impact *it, const struct page *page, const struct comparison *all)
{
	if (!it->options->quiet) {
		diff_text(page, all, false);
		tell_unjudged(it, page);
		strbuf_add_char(page->out, '\n');
	}
	page_say(page, "verdicts that would change: %u, in %u of %u services; not judged: %u\n",
			"oordelen die zouden veranderen: %u, bij %u van %u diensten; niet beoordeeld: %u\n", it->changes,
			it->services, it->count, it->unjudged);
}

static int write_impact(struct impact *it)
{
	struct strbuf out;
	struct err err;
	struct page page = {&out, it->app->lang, output_has_color(it->options)};
	strbuf_init(&out, (size_t)1 << 30);
	err_init(&err, it->app->arena);
	const struct comparison *all = compare_runs(it->app->arena, &it->old, &it->fresh);
	bool json = it->options->formats.count && strcmp(it->options->formats.items[0], "json") == 0, ok = true;
	count_changes(it, all);
	if (json)
		ok = diff_json(all, &out, &err);
	else
		tell(it, &page, all);
	if (!ok) app_fail(it->app, &err);
	if (json && it->unjudged)
		app_complain(it->app->lang, "not judged: %u; without --format json they are named",
				"niet beoordeeld: %u; zonder --format json staan ze erbij", it->unjudged);
	ok = ok && output_stdout(it->app, strbuf_str(&out));
	strbuf_release(&out);
	if (it->changes) return EXIT_NON_CONFORMANT;
	return ok && !it->unjudged ? EXIT_CONFORMANT : EXIT_UNDETERMINED;
}

int rules_impact(const struct app *app, const struct options *options)
{
	struct impact it = {.app = app, .options = options};
	/* A replay needs no secret: what was recorded has a placeholder in its place, and so has what is asked now. */
	struct secret_reader secrets = {.placeholder = STR("a secret that a replay does not need")};
	struct err err;
	if (!check_usage(app, options)) return EXIT_USAGE;
	err_init(&err, app->arena);
	if (!find_rulesets(&it, &err)) return app_fail(app, &err);
	if (!impact_find(app->arena, str_of(options->evidence), &it.pairs, &it.count, &err)) return app_fail(app, &err);
	if (!it.count) {
		app_complain(app->lang, "%s: no recording (.har) in this folder, at any depth",
				"%s: geen opname (.har) in deze map, op geen enkele diepte", options->evidence);
		return EXIT_RULES;
	}
	for (uint32_t i = 0; i < it.count; i++)
		it.unjudged += !it.pairs[i].descriptor.len;
	it.today = running_day(app->arena, time(NULL));
	impact_judge(&it.old, it.pairs, it.count, it.before, &secrets, it.today);
	impact_judge(&it.fresh, it.pairs, it.count, it.after, &secrets, it.today);
	int status = write_impact(&it);
	run_free(&it.old);
	run_free(&it.fresh);
	return status;
}
