/* SPDX-License-Identifier: EUPL-1.2 */
/* keur rules test: every rule against its own fixtures. */
#include <stdio.h>

#include "cmd/app.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "report/page.h"
#include "rule/check_list.h"
#include "rule/fixture.h"

struct tally {
	const struct app *app;
	struct page page;
	uint32_t fixtures, deviations, requirements;
	uint32_t skipped;   /* fixtures of requirements that need an artefact which is not there */
	uint32_t without;   /* requirements that can have no fixtures: see has_none() */
	uint32_t elsewhere; /* those without fixtures of a rule set that says where they are tried */
};

static void deviate(struct tally *tally, struct str where, struct text why)
{
	tally->deviations++;
	page_clean(&tally->page, where, "");
	strbuf_add(tally->page.out, STR(": "));
	page_clean(&tally->page, text_in(why, tally->page.lang), "  ");
	strbuf_add_char(tally->page.out, '\n');
}

static void test_fixture(struct tally *tally, const struct ruleset *ruleset, const struct requirement *requirement,
		const struct fixture *fixture)
{
	struct target_result target;
	struct text why;
	tally->fixtures++;
	fixture_judge(&target, fixture, ruleset);
	if (!fixture_holds(&target, requirement, fixture->passes, target.arena, &why)) deviate(tally, fixture->path, why);
	arena_free(target.arena);
}

/* Does a requirement need an artefact that is not there? */
static bool lacks_artefact(const struct ruleset *ruleset, const struct requirement *requirement)
{
	struct artefact_found found;
	for (uint32_t i = 0; i < requirement->use_count; i++) {
		const struct check *check = &ruleset->checks[requirement->uses[i].check];
		if (check->artefact && !artefact_find(check->artefact, &found)) return true;
		if (check_lists_lack(check)) return true;
	}
	return false;
}

/*
 * A document that keeps to an official contract is a copy of it, which does not belong among the fixtures. Such
 * requirements are tried otherwise (tests/suites/zgw.c changes the official file), and counted here as without.
 */
static bool has_none(const struct ruleset *ruleset, const struct requirement *requirement, uint32_t fixtures)
{
	for (uint32_t i = 0; i < requirement->use_count; i++) {
		const struct check *check = &ruleset->checks[requirement->uses[i].check];
		if (!check->artefact || !check_is_by_contract(check)) return false;
	}
	return fixtures == 0 && requirement->use_count > 0;
}

/* All in one line, however many there are. */
static void tell_skipped(const struct tally *tally, const struct ruleset *ruleset, uint32_t skipped)
{
	struct strbuf ids;
	strbuf_init(&ids, 4096);
	for (uint32_t i = 0; i < ruleset->artefact_count; i++) {
		enum artefact_state state = artefact_known(&ruleset->artefacts[i]).state;
		if (state == ARTEFACT_ABSENT || state == ARTEFACT_DIFFERENT)
			strbuf_printf(&ids, "%s%.*s", ids.len ? ", " : "", STR_FMT(ruleset->artefacts[i].id));
	}
	page_say(&tally->page, "%.*s@%.*s: fixtures skipped %u, for want of artefacts (see --artefacts): %.*s\n",
			"%.*s@%.*s: fixtures overgeslagen %u, bij gebrek aan artefacten (zie --artefacts): %.*s\n",
			STR_FMT(ruleset->id), STR_FMT(ruleset->version), skipped, (int)ids.len, ids.len ? ids.ptr : "");
	strbuf_release(&ids);
}

static bool test_requirement(struct tally *tally, const char *root, const struct ruleset *ruleset,
		const struct requirement *requirement, struct err *err)
{
	struct fixture *fixtures;
	uint32_t count;
	bool passing = false, failing = false;
	if (!fixture_list(tally->app->arena, root, ruleset, requirement, &fixtures, &count, err)) return false;
	if (has_none(ruleset, requirement, count)) {
		tally->without++;
		tally->requirements++;
		return true;
	}
	if (count == 0 && requirement->use_count && ruleset->tried_by.len) {
		tally->elsewhere++;
		tally->requirements++;
		return true;
	}
	if (lacks_artefact(ruleset, requirement)) {
		tally->skipped += count;
		return true;
	}
	for (uint32_t i = 0; i < count; i++) {
		passing = passing || fixtures[i].passes;
		failing = failing || !fixtures[i].passes;
		test_fixture(tally, ruleset, requirement, &fixtures[i]);
	}
	tally->requirements += requirement->use_count > 0;
	if (requirement->use_count && !(passing && failing))
		deviate(tally, requirement->id,
				text_printf(tally->app->arena, "has checks and no %s fixture in %s/%.*s/%.*s",
						"heeft checks en geen %s-fixture in %s/%.*s/%.*s", passing ? "fail" : "pass", root,
						STR_FMT(ruleset->id), STR_FMT(requirement->id)));
	return true;
}

static bool test_ruleset(
		struct tally *tally, const struct options *options, const struct ruleset *ruleset, struct err *err)
{
	struct tally before = *tally;
	struct str root = options->fixtures ? str_of(options->fixtures) : fixture_root(tally->app->arena, ruleset);
	for (uint32_t i = 0; i < ruleset->requirement_count; i++)
		if (!test_requirement(tally, root.ptr, ruleset, &ruleset->requirements[i], err)) return false;
	if (tally->skipped > before.skipped) tell_skipped(tally, ruleset, tally->skipped - before.skipped);
	if (tally->without > before.without)
		page_say(&tally->page,
				"%.*s@%.*s: requirements without fixtures %u: what keeps to an official contract would be a copy of it\n",
				"%.*s@%.*s: eisen zonder fixtures %u: wat aan een officieel contract voldoet zou er een kopie van zijn\n",
				STR_FMT(ruleset->id), STR_FMT(ruleset->version), tally->without - before.without);
	if (tally->elsewhere > before.elsewhere)
		page_say(&tally->page, "%.*s@%.*s: requirements without fixtures %u, tried by %.*s\n",
				"%.*s@%.*s: eisen zonder fixtures %u, beproefd door %.*s\n", STR_FMT(ruleset->id),
				STR_FMT(ruleset->version), tally->elsewhere - before.elsewhere, STR_FMT(ruleset->tried_by));
	page_say(&tally->page, "%.*s@%.*s: requirements with checks %u, fixtures %u, deviations %u\n",
			"%.*s@%.*s: eisen met checks %u, fixtures %u, afwijkingen %u\n", STR_FMT(ruleset->id),
			STR_FMT(ruleset->version), tally->requirements - before.requirements, tally->fixtures - before.fixtures,
			tally->deviations - before.deviations);
	return true;
}

static bool test_all(struct tally *tally, const struct options *options, struct err *err)
{
	const struct app *app = tally->app;
	struct library library = options_library(app, options);
	struct library_entry *entries;
	uint32_t count;
	if (!library_list(&library, app->arena, &entries, &count, err)) return false;
	for (uint32_t i = 0; i < count; i++) {
		struct str name = str_printf(app->arena, "%.*s@%.*s", STR_FMT(entries[i].id), STR_FMT(entries[i].version));
		struct ruleset *ruleset = app_ruleset(app, &library, name, true, err);
		if (!ruleset || !test_ruleset(tally, options, ruleset, err)) return false;
	}
	return true;
}

static bool test_one(struct tally *tally, const struct options *options, struct err *err)
{
	struct library library = options_library(tally->app, options);
	struct ruleset *ruleset = app_ruleset(tally->app, &library, str_of(options->arguments[1]), true, err);
	return ruleset && test_ruleset(tally, options, ruleset, err);
}

int rules_test(const struct app *app, const struct options *options)
{
	struct strbuf out;
	struct tally tally = {.app = app, .page = {&out, app->lang, false}};
	struct err err;
	strbuf_init(&out, (size_t)1 << 30);
	err_init(&err, app->arena);
	bool ok = options->argument_count > 1 ? test_one(&tally, options, &err) : test_all(&tally, options, &err);
	int status = ok ? EXIT_CONFORMANT : app_fail(app, &err);
	if (ok && tally.deviations) status = EXIT_NON_CONFORMANT;
	if (!output_stdout(app, strbuf_str(&out)) && status == EXIT_CONFORMANT) status = EXIT_UNDETERMINED;
	strbuf_release(&out);
	return status;
}
