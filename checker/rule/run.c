/* SPDX-License-Identifier: EUPL-1.2 */
/* Running over all targets. */
#include "rule/run.h"

#include <pthread.h>
#include <stdatomic.h>

#include "rule/judge.h"
#include "rule/judge_target.h"
#include "rule/preflight.h"
#include "rule/targets.h"

enum { MOST_THREADS = 256 };

struct work {
	struct run *run;
	const struct judge_options *options;
	atomic_uint next;
};

static void tell(const struct judge_options *options, uint32_t targets, uint32_t ended)
{
	struct session_progress *progress = options->session ? options->session->progress : NULL;
	struct session_news news = {.targets = targets, .ended = ended};
	if (progress) progress->tell(progress, &news);
}

/* A target whose turn did not come. */
static void interrupt(struct target_result *target)
{
	struct preflight preflight = {.kind = PREFLIGHT_UNREADABLE,
			.level = LEVEL_BLOCKING,
			.loc = {.file = target->path},
			.message = TEXT("not looked at: the run was interrupted", "niet bekeken: de run is afgebroken")};
	preflight_add(target, &preflight);
}

static void *work_through(void *context)
{
	struct work *work = context;
	struct run *run = work->run;
	for (;;) {
		uint32_t i = atomic_fetch_add(&work->next, 1);
		if (i >= run->target_count) return NULL;
		struct target_result *target = &run->targets[i];
		if (target->is_folder) continue;
		if (work->options->session && session_stopped(work->options->session)) interrupt(target);
		if (target->blocked)
			judge_blocked(target, run->rulesets, run->ruleset_count);
		else
			judge_target(target, work->options);
		tell(work->options, 0, 1);
	}
}

/* A thread that cannot be had is done without: the others take its work. */
static void work_in_parallel(struct run *run, const struct judge_options *options, uint32_t threads)
{
	struct work work = {.run = run, .options = options};
	pthread_t started[MOST_THREADS];
	uint32_t count = 0;
	tell(options, run->target_count, 0);
	if (threads > run->target_count) threads = run->target_count;
	if (threads > MOST_THREADS) threads = MOST_THREADS;
	while (count + 1 < threads && pthread_create(&started[count], NULL, work_through, &work) == 0)
		count++;
	work_through(&work);
	for (uint32_t i = 0; i < count; i++)
		pthread_join(started[i], NULL);
}

/* A folder in which nothing counts is itself a failure: nothing tested is never conformant. */
static void settle_folder(struct run *run, struct target_result *folder)
{
	folder->skipped = true;
	for (uint32_t i = 0; i < run->target_count; i++) {
		const struct target_result *target = &run->targets[i];
		if (target->argument == folder->argument && !target->is_folder && !target->skipped) return;
	}
	struct preflight preflight = {.kind = PREFLIGHT_NOT_OPENAPI,
			.level = LEVEL_BLOCKING,
			.loc = {.file = folder->path},
			.message = TEXT(
					"no service description in this folder: expected at least one .yaml, .yml or .json file with a "
					"member 'openapi' or 'swagger' at the root",
					"geen servicebeschrijving in deze map: verwacht minstens één .yaml-, .yml- of .json-bestand met "
					"bovenaan een veld 'openapi' of 'swagger'")};
	if (ruleset_any_document(run->rulesets, run->ruleset_count))
		preflight.message = TEXT("nothing to check in this folder: expected at least one .yaml, .yml or .json file",
				"niets te toetsen in deze map: verwacht minstens één .yaml-, .yml- of .json-bestand");
	folder->skipped = false;
	preflight_add(folder, &preflight);
	judge_blocked(folder, run->rulesets, run->ruleset_count);
}

/* Exchanges are numbered through the whole run, as they stand in its evidence. */
static void number_exchanges(struct target_result *target, uint32_t before)
{
	target->first_exchange = before + 1;
	for (uint32_t i = 0; i < target->exhibit_count; i++)
		target->exhibits[i].number += before;
	for (uint32_t i = 0; i < target->standard_count; i++)
		for (uint32_t j = 0; j < target->standards[i].requirement_count; j++) {
			const struct requirement_result *result = &target->standards[i].requirements[j];
			for (uint32_t k = 0; k < result->finding_count; k++)
				if (result->findings[k].exchange) result->findings[k].exchange += before;
		}
}

static bool has_ruleset(const struct ruleset *const *all, uint32_t count, const struct ruleset *ruleset)
{
	for (uint32_t i = 0; i < count; i++)
		if (all[i] == ruleset || str_eq(all[i]->path, ruleset->path)) return true;
	return false;
}

static bool is_used(const struct run *run, const struct ruleset *ruleset)
{
	for (uint32_t i = 0; i < run->target_count; i++)
		for (uint32_t j = 0; j < run->targets[i].standard_count && !run->targets[i].skipped; j++)
			if (str_eq(run->targets[i].standards[j].ruleset->path, ruleset->path)) return true;
	return false;
}

/* What was judged against: first what was asked for, then what services claimed. */
static void collect_rulesets(struct run *run)
{
	uint32_t room = run->ruleset_count, count = 0;
	for (uint32_t i = 0; i < run->target_count; i++)
		room += run->targets[i].standard_count;
	const struct ruleset **all = arena_alloc(run->arena, room * sizeof *all);
	for (uint32_t i = 0; i < run->ruleset_count; i++)
		if (is_used(run, run->rulesets[i])) all[count++] = run->rulesets[i];
	for (uint32_t i = 0; i < run->target_count; i++)
		for (uint32_t j = 0; j < run->targets[i].standard_count && run->targets[i].is_service; j++)
			if (!has_ruleset(all, count, run->targets[i].standards[j].ruleset))
				all[count++] = run->targets[i].standards[j].ruleset;
	run->rulesets = all;
	run->ruleset_count = count;
}

static void settle(struct run *run)
{
	uint32_t exchanges = 0;
	run->decision = DECISION_CONFORMANT;
	for (uint32_t i = 0; i < run->target_count; i++) {
		if (run->targets[i].is_folder) settle_folder(run, &run->targets[i]);
		if (run->targets[i].skipped) continue;
		run->judged++;
		run->decision = decision_worst(run->decision, run->targets[i].decision);
	}
	for (uint32_t i = 0; i < run->target_count; i++) {
		number_exchanges(&run->targets[i], exchanges);
		if (run->targets[i].evidence) exchanges += run->targets[i].evidence->count;
	}
	collect_rulesets(run);
	if (run->judged == 0) run->decision = DECISION_UNDETERMINED;
}

bool run_all(struct run *run, const struct run_options *options, struct err *err)
{
	*run = (struct run){.arena = arena_new(),
			.engine = STR(KEUR_VERSION),
			.rulesets = options->judge.rulesets,
			.ruleset_count = options->judge.count};
	if (!targets_expand(run, options->targets, options->target_count, err)) return false;
	work_in_parallel(run, &options->judge, options->threads);
	settle(run);
	return true;
}

void run_free(struct run *run)
{
	for (uint32_t i = 0; i < run->target_count; i++)
		arena_free(run->targets[i].arena);
	arena_free(run->arena);
	*run = (struct run){0};
}

static bool add_target(struct evidence *all, struct secrets *secrets, const struct target_result *target,
		struct arena *arena, struct err *err)
{
	const struct evidence *evidence = target->evidence;
	if (!evidence) return true;
	if (evidence->mark.seed.len) all->mark = evidence->mark;
	for (size_t i = 0; i < evidence->bases.count; i++)
		evidence_add_base(all, evidence->bases.items[i].service, evidence->bases.items[i].url);
	if (target->service && !session_add_secrets(secrets, target->service, err)) return false;
	for (size_t i = 0; i < evidence->kept.count; i++) {
		struct exchange exchange = *evidence->kept.items[i];
		if (!secrets_learn(secrets, &exchange, err)) return false;
		if (exchange.follows) exchange.follows += target->first_exchange - 1;
		evidence_add(all, &exchange, arena);
	}
	all->incomplete = all->incomplete || evidence->incomplete;
	return true;
}

bool run_evidence(const struct run *run, struct strbuf *out, bool *complete, struct err *err)
{
	struct arena *scratch = arena_new();
	struct evidence *all = evidence_new(scratch);
	struct secrets *secrets = secrets_new(scratch);
	bool ok = true;
	for (uint32_t i = 0; i < run->target_count && ok; i++)
		ok = add_target(all, secrets, &run->targets[i], scratch, err);
	secrets_seal(secrets);
	ok = ok && har_write(all, secrets, out, err);
	*complete = ok && !all->incomplete;
	arena_free(scratch);
	return ok;
}
