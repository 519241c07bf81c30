/* Running over all targets. */
#include "rule/run.h"

#include <pthread.h>
#include <stdatomic.h>

#include "rule/judge.h"
#include "rule/preflight.h"
#include "rule/targets.h"

enum { MOST_THREADS = 256 };

struct work {
	struct run *run;
	atomic_uint next;
};

static void *work_through(void *context)
{
	struct work *work = context;
	struct run *run = work->run;
	for (;;) {
		uint32_t i = atomic_fetch_add(&work->next, 1);
		if (i >= run->target_count) return NULL;
		struct target_result *target = &run->targets[i];
		if (target->is_folder) continue;
		if (target->blocked)
			judge_blocked(target, run->rulesets, run->ruleset_count);
		else
			judge_target(target, run->rulesets, run->ruleset_count);
	}
}

/* A thread that cannot be had is done without: the others take its work. */
static void work_in_parallel(struct run *run, uint32_t threads)
{
	struct work work = {.run = run};
	pthread_t started[MOST_THREADS];
	uint32_t count = 0;
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

static void settle(struct run *run)
{
	run->decision = DECISION_CONFORMANT;
	for (uint32_t i = 0; i < run->target_count; i++) {
		if (run->targets[i].is_folder) settle_folder(run, &run->targets[i]);
		if (run->targets[i].skipped) continue;
		run->judged++;
		run->decision = decision_worst(run->decision, run->targets[i].decision);
	}
	if (run->judged == 0) run->decision = DECISION_UNDETERMINED;
}

bool run_all(struct run *run, const struct run_options *options, struct err *err)
{
	*run = (struct run){.arena = arena_new(), .rulesets = options->rulesets, .ruleset_count = options->ruleset_count};
	if (!targets_expand(run, options->targets, options->target_count, err)) return false;
	work_in_parallel(run, options->threads);
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
