/* SPDX-License-Identifier: EUPL-1.2 */
/* From what was recorded to facts about rules. */
#include "base/limits.h"
#include "base/vec.h"
#include "engine/arazzo_play.h"

struct result_list {
	struct result *items;
	size_t count, capacity;
};

static struct text message_of(struct play *play, const struct scenario_step *step,
		const struct scenario_criterion *criterion, const struct criterion *source)
{
	const struct scenario_rule *rule = &play->scenario->rules[criterion->rule];
	if (source && source->message.in[LANG_EN].len > 0) return source->message;
	if (rule->message.in[LANG_EN].len > 0) return rule->message;
	return text_printf(play->arena, "step \"%.*s\": expected %s%.0s, found %.*s",
			"stap \"%.*s\": verwacht werd %.0s%s, gevonden %.*s", STR_FMT(step->name),
			str_copy(play->arena, criterion->expected.in[LANG_EN]).ptr,
			str_copy(play->arena, criterion->expected.in[LANG_NL]).ptr, STR_FMT(criterion->found));
}

static void violate(struct play *play, struct result_list *results, const struct scenario_step *step,
		const struct scenario_criterion *criterion, const struct criterion *source)
{
	struct fact *fact = &play->run->facts.items[criterion->rule];
	const struct scenario_rule *rule = &play->scenario->rules[criterion->rule];
	fact->violations++;
	if (fact->violations > LIMIT_RESULTS_PER_RULE) {
		fact->cut = true;
		return;
	}
	bool own = source && source->expected.in[LANG_EN].len > 0;
	*vec_push(results) = (struct result){.rule = criterion->rule,
			.severity = SEVERITY_ERROR,
			.message = message_of(play, step, criterion, source),
			.expected = own || rule->expected.in[LANG_EN].len == 0 ? criterion->expected : rule->expected,
			.found = criterion->found,
			.doc = criterion->doc,
			.pointer = span_pointer(play->arena, criterion->doc->root, criterion->start, criterion->end),
			.start = criterion->start,
			.end = criterion->end,
			.exchange = criterion->exchange};
}

/* `unseen`: the service did not show it; else it is keur that cannot tell, which weighs more. */
static void set_undecided(struct fact *fact, struct text why, bool unseen)
{
	if (!fact->undecided || (fact->unseen && !unseen)) {
		fact->why = why;
		fact->unseen = unseen;
	}
	fact->undecided = fact->applies = true;
}

/* Could it have been decided, had the service answered as it should? */
static bool is_decidable(const struct arazzo_step *owner, const struct criterion *source)
{
	return owner->kind != STEP_UNUSABLE && (!source || source->unusable.in[LANG_EN].len == 0);
}

/* A rule of what was skipped, not reached or passed over: not applicable, unless something else is known of them. */
static void note(struct play *play, uint32_t rule, struct text why, bool untested, bool *seen)
{
	if (rule == NO_RULE) return;
	struct fact *fact = &play->run->facts.items[rule];
	seen[rule] = true;
	fact->untested |= untested;
	if (untested && !fact->applies) fact->why = why;
	if (!fact->applies && fact->why.in[LANG_EN].len == 0) fact->why = why;
}

static void count_criteria(struct play *play, struct result_list *results, const struct scenario_step *step,
		const struct arazzo_step *owner, bool *seen)
{
	for (uint32_t i = 0; i < step->criterion_count; i++) {
		const struct scenario_criterion *criterion = &step->criteria[i];
		if (criterion->rule == NO_RULE) continue;
		if (criterion->passed_over) {
			note(play, criterion->rule, criterion->why, false, seen);
			continue;
		}
		struct fact *fact = &play->run->facts.items[criterion->rule];
		bool own = owner->criterion_count == step->criterion_count && !owner->failures;
		fact->applies = true;
		fact->selected++;
		if (criterion->state == CRITERION_UNDECIDED)
			set_undecided(fact, criterion->why, is_decidable(owner, own ? &owner->criteria[i] : NULL));
		if (criterion->state == CRITERION_VIOLATED)
			violate(play, results, step, criterion, own ? &owner->criteria[i] : NULL);
	}
}

static void note_step(struct play *play, const struct scenario_step *step, const struct arazzo_step *owner, bool *seen)
{
	for (uint32_t i = 0; i < owner->criterion_count; i++)
		note(play, owner->criteria[i].rule, step->why, step->untested, seen);
	note(play, owner->rule, step->why, step->untested, seen);
}

/* The rules of what a workflow calls; each workflow once, for they may call each other. */
static void note_called(
		struct play *play, const struct arazzo_workflow *workflow, struct text why, bool *seen, bool *told)
{
	if (told[workflow->number]) return;
	told[workflow->number] = true;
	for (uint32_t i = 0; i < workflow->step_count; i++) {
		const struct arazzo_step *step = &workflow->steps[i];
		for (uint32_t c = 0; c < step->criterion_count; c++)
			if (step->criteria[c].rule != NO_RULE && !seen[step->criteria[c].rule])
				note(play, step->criteria[c].rule, why, true, seen);
		if (step->rule != NO_RULE && !seen[step->rule]) note(play, step->rule, why, true, seen);
		if (step->kind == STEP_WORKFLOW) note_called(play, step->workflow, why, seen, told);
	}
}

/* What was skipped for want of something leaves untested, too, what only workflows that it calls would have tried. */
static void note_untested(struct play *play, bool *seen)
{
	uint32_t workflows = 0;
	for (uint32_t i = 0; i < play->scenario->part_count; i++)
		workflows += play->scenario->parts[i]->workflow_count;
	bool *told = arena_zalloc(play->arena, (workflows + 1) * sizeof *told);
	for (size_t i = 0; i < play->steps.count; i++) {
		const struct scenario_step *step = &play->steps.items[i];
		if (step->replaced || !step->untested || play->owners.items[i]->kind != STEP_WORKFLOW) continue;
		note_called(play, play->owners.items[i]->workflow, step->why, seen, told);
	}
}

/* A rule whose steps nothing came to: because of a failure it is not known, else it did not apply. */
static void close_unseen(struct play *play, bool *seen)
{
	const struct scenario_step *failed = NULL;
	const struct arazzo_step *owner_of_failed = NULL;
	for (size_t i = 0; i < play->steps.count && !failed; i++) {
		const struct scenario_step *step = &play->steps.items[i];
		if (step->replaced || step->cleanup) continue;
		if (step->state != SCENARIO_FAILED && step->state != SCENARIO_UNDECIDED) continue;
		failed = step;
		owner_of_failed = play->owners.items[i];
	}
	if (!failed) note_untested(play, seen);
	for (uint32_t i = 0; i < play->scenario->rule_count; i++) {
		struct fact *fact = &play->run->facts.items[i];
		if (seen[i] || fact->applies) continue;
		if (failed)
			set_undecided(fact,
					text_printf(play->arena, "was not reached, as step \"%.*s\" did not succeed",
							"is niet bereikt, omdat stap \"%.*s\" niet is gelukt", STR_FMT(failed->name)),
					is_decidable(owner_of_failed, NULL));
		else
			fact->why = TEXT("nothing came to its steps", "er is niets bij de stappen ervan gekomen");
	}
}

/* `why` of what holds or is violated says nothing. */
static void tidy(struct play *play)
{
	for (uint32_t i = 0; i < play->scenario->rule_count; i++) {
		struct fact *fact = &play->run->facts.items[i];
		if (fact->applies && !fact->undecided) fact->why = (struct text){0};
	}
}

void facts_make(struct play *play)
{
	uint32_t count = play->scenario->rule_count;
	struct facts *facts = &play->run->facts;
	struct result_list results = {0};
	bool *seen = arena_zalloc(play->arena, (count + 1) * sizeof *seen);
	facts->items = arena_zalloc(play->arena, (count + 1) * sizeof *facts->items);
	for (size_t i = 0; i < play->steps.count; i++) {
		const struct scenario_step *step = &play->steps.items[i];
		if (step->replaced) continue;
		if (step->criterion_count > 0)
			count_criteria(play, &results, step, play->owners.items[i], seen);
		else
			note_step(play, step, play->owners.items[i], seen);
	}
	close_unseen(play, seen);
	tidy(play);
	facts->result_count = (uint32_t)results.count;
	facts->results = results.count ? (struct result *)(void *)arena_copy(
											 play->arena, results.items, results.count * sizeof *results.items)
								   : NULL;
	vec_release(&results);
}
