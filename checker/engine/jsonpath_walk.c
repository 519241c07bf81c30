/*
 * Many paths in one walk: at each node the set of path positions that wait there, as a state; a node is entered once
 * for each state. Paths that look at the way to a node are evaluated by themselves.
 */
#include <stdlib.h>

#include "base/limits.h"
#include "engine/jsonpath_filter.h"
#include "engine/jsonpath_states.h"

enum {
	DEEPEST_STEP = 5 * LIMIT_DEPTH, /* through references a place may be deeper than any document */
	KEY_CACHE = 1024,               /* answers of filters that look at a key only; a power of two */
};

struct key_answer {
	const struct expr *expr;
	struct str key;
	bool holds;
};

struct walk {
	const struct jsonpath_set *set;
	struct states states;
	struct pairs visited; /* (node, state) */
	struct pairs found;   /* (place, path) */
	struct filter filter;
	jsonpath_match_fn *report;
	void *context;
	struct jsonpath_report *reports;
	struct key_answer *keys;
	uint32_t alone; /* path that is evaluated by itself */
	uint64_t steps;
	bool stopped;
};

static void classify(struct thread *thread)
{
	thread->class = THREAD_NAMES;
	for (uint32_t i = 0; i < thread->segment->count; i++) {
		const struct selector *selector = &thread->segment->selectors[i];
		if (selector->kind == SELECT_ANY) {
			thread->class = THREAD_ANY;
			return;
		}
		if (selector->kind != SELECT_NAME) thread->class = THREAD_COMPLEX;
		thread->by_index |= selector->kind == SELECT_NAME && selector->index >= 0;
	}
}

static void add_threads(struct jsonpath_set *set, uint32_t number)
{
	const struct query *query = &set->paths[number]->query;
	uint32_t count = query->count;
	bool gives_key = count && query->segments[count - 1].kind == SEGMENT_KEY;
	set->first[number] = set->thread_count;
	set->alone[number] = set->paths[number]->needs_ancestors || count == gives_key;
	for (uint32_t i = 0; i < count; i++)
		set->alone[number] |= query->segments[i].kind == SEGMENT_SELF;
	if (set->alone[number]) return;
	count -= gives_key;
	for (uint32_t i = 0; i < count; i++) {
		struct thread *thread = &set->threads[set->thread_count++];
		*thread = (struct thread){.segment = &query->segments[i], .path = number};
		thread->last = i + 1 == count;
		thread->gives_key = thread->last && gives_key;
		classify(thread);
	}
}

struct jsonpath_set *jsonpath_set_new(struct arena *arena, const struct jsonpath *const *paths, uint32_t count)
{
	struct jsonpath_set *set = arena_zalloc(arena, sizeof *set);
	size_t segments = 0;
	for (uint32_t i = 0; i < count; i++)
		segments += paths[i]->query.count;
	set->paths = (void *)arena_copy(arena, paths, count * sizeof *paths);
	set->count = count;
	set->threads = arena_zalloc(arena, (segments + 1) * sizeof *set->threads);
	set->first = arena_zalloc(arena, (count + 1) * sizeof *set->first);
	set->alone = arena_zalloc(arena, (count + 1) * sizeof *set->alone);
	for (uint32_t i = 0; i < count; i++)
		add_threads(set, i);
	return set;
}

static void report_match(struct walk *walk, uint32_t path, const struct step *step, bool is_key)
{
	struct step place = *step;
	if (is_key) {
		/* the key stands where the member is written, not where its value leads */
		place.node = place.held;
		place.via = NULL;
	}
	/* a reference with siblings is a place of its own: Spectral reports there, not where it leads */
	const struct node *own = place.via && place.held->len > 1 ? place.held : place.node;
	if (walk->stopped || !pairs_add(&walk->found, own, (uint64_t)path << 1 | is_key)) return;
	walk->stopped = !walk->report(walk->context, path, &(struct match){.where = &place, .is_key = is_key});
}

/* A filter that looks at the key only gives for equal keys the same answer. */
static bool key_filter_holds(struct walk *walk, const struct selector *selector, const struct step *child)
{
	size_t at = (child->held->key_hash ^ ((uintptr_t)selector->expr >> 4)) & (KEY_CACHE - 1);
	struct key_answer *answer = &walk->keys[at];
	if (answer->expr == selector->expr && str_eq(answer->key, child->key)) return answer->holds;
	uint32_t failures = walk->filter.report->filter_failures;
	bool holds = selector_takes(selector, &walk->filter, child);
	/* a failure has to be counted each time */
	if (failures == walk->filter.report->filter_failures)
		*answer = (struct key_answer){selector->expr, child->key, holds};
	return holds;
}

static bool takes(struct walk *walk, const struct selector *selector, const struct step *child)
{
	if (selector->object_only && child->node->kind > NODE_NULL && !node_is_container(child->node)) return false;
	if (selector->key_only && child->key.ptr) return key_filter_holds(walk, selector, child);
	struct selector fixed;
	if (!selector_fixed(selector, &walk->filter, child->up, &fixed)) return false;
	return selector_takes(&fixed, &walk->filter, child);
}

static bool thread_takes(struct walk *walk, const struct thread *thread, const struct step *child)
{
	walk->filter.report = &walk->reports[thread->path];
	for (uint32_t i = 0; i < thread->segment->count; i++)
		if (takes(walk, &thread->segment->selectors[i], child)) return true;
	return false;
}

static bool names_take(const struct thread *thread, const struct step *child)
{
	uint16_t hash = child->held->key_hash;
	for (uint32_t i = 0; i < thread->segment->count; i++) {
		const struct selector *selector = &thread->segment->selectors[i];
		if (!child->key.ptr ? selector->index == child->index
							: selector->hash == hash && str_eq(selector->name, child->key))
			return true;
	}
	return false;
}

/* Which threads of the state, beyond those that take any child, take this one: into walk->states.build. */
static void taken_threads(struct walk *walk, const struct state *state, const struct step *child)
{
	bool named = child->key.ptr ? state->name_bits >> (child->held->key_hash % 64) & 1 : state->by_index;
	for (uint32_t i = 0; named && i < state->names; i++) {
		if (names_take(&walk->set->threads[state->threads[i]], child)) states_add(&walk->states, state->threads[i]);
	}
	for (uint32_t i = state->names + state->any; i < state->count; i++) {
		if (thread_takes(walk, &walk->set->threads[state->threads[i]], child))
			states_add(&walk->states, state->threads[i]);
	}
}

static void walk_node(struct walk *walk, uint32_t state, const struct step *step);

/* Reports what ends here and collects what goes on below: threads that took the child, and deep ones that stay. */
static uint32_t state_below(struct walk *walk, const struct state *state, const uint32_t *taken, uint32_t count)
{
	struct states *states = &walk->states;
	const struct thread *threads = walk->set->threads;
	states_begin(states);
	for (uint32_t i = 0; i < count; i++)
		if (!threads[taken[i]].last) states_add(states, taken[i] + 1);
	for (uint32_t i = state->names; i < state->names + state->any; i++)
		if (!threads[state->threads[i]].last) states_add(states, state->threads[i] + 1);
	for (uint32_t i = 0; i < state->count; i++) {
		const struct segment *segment = threads[state->threads[i]].segment;
		bool ended = false;
		for (uint32_t j = 0; segment->first_only && j < count; j++)
			ended |= taken[j] == state->threads[i];
		if (segment->deep && !ended) states_add(states, state->threads[i]);
	}
	return states_end(states);
}

static void report_taken(struct walk *walk, const uint32_t *taken, uint32_t count, const struct step *child)
{
	for (uint32_t i = 0; i < count; i++) {
		const struct thread *thread = &walk->set->threads[taken[i]];
		if (thread->last) report_match(walk, thread->path, child, thread->gives_key);
	}
}

enum { TAKEN_ON_STACK = 32 };

/* The state below a child that only threads for any child take, remembered in the state. */
static uint32_t unnamed_below(struct walk *walk, uint32_t number)
{
	struct state state = walk->states.all.items[number];
	if (state.unnamed != STATE_UNKNOWN) return state.unnamed;
	uint32_t below = state_below(walk, &state, NULL, 0);
	walk->states.all.items[number].unnamed = below;
	return below;
}

/* What threads take, and the state below; a copy, since states may move when one is made. */
static uint32_t enter_child(struct walk *walk, uint32_t number, const struct step *child)
{
	struct state state = walk->states.all.items[number];
	uint32_t some[TAKEN_ON_STACK], *taken = some;
	states_begin(&walk->states);
	taken_threads(walk, &state, child);
	uint32_t count = walk->states.build_count;
	report_taken(walk, state.threads + state.names, state.any, child);
	if (!count) return node_is_container(child->node) ? unnamed_below(walk, number) : STATE_EMPTY;
	if (count > TAKEN_ON_STACK) taken = mem_resize(NULL, count, sizeof *taken);
	memcpy(taken, walk->states.build, count * sizeof *taken);
	report_taken(walk, taken, count, child);
	uint32_t below = node_is_container(child->node) ? state_below(walk, &state, taken, count) : STATE_EMPTY;
	if (taken != some) free(taken);
	return below;
}

static bool walk_counts(struct walk *walk, const struct step *step)
{
	if (walk->stopped) return false;
	if (walk->steps > 0 && step->depth < DEEPEST_STEP) {
		walk->steps--;
		return true;
	}
	for (uint32_t i = 0; i < walk->set->count; i++)
		walk->reports[i].undecided = true;
	walk->stopped = true;
	return false;
}

static void walk_node(struct walk *walk, uint32_t state, const struct step *step)
{
	const struct node *node = step->node;
	if (!node->len || !pairs_add(&walk->visited, node, state)) return;
	for (uint32_t i = 0; i < node->len && walk_counts(walk, step); i++) {
		struct step child = step_child(walk->filter.view, step, &node->children[i], i);
		uint32_t below = enter_child(walk, state, &child);
		if (below != STATE_EMPTY) walk_node(walk, below, &child);
	}
}

static bool alone_found(void *context, const struct step *step, bool is_key)
{
	struct walk *walk = context;
	report_match(walk, walk->alone, step, is_key);
	return !walk->stopped;
}

/* Paths that depend on the way to a node, one after the other. */
static void walk_alone(struct walk *walk, const struct step *root)
{
	for (uint32_t i = 0; i < walk->set->count && !walk->stopped; i++) {
		if (!walk->set->alone[i]) continue;
		uint64_t steps = LIMIT_WALK_STEPS;
		walk->alone = i;
		walk->filter.report = &walk->reports[i];
		walk->filter.where = root;
		walk->filter.steps = &steps;
		query_run(&walk->set->paths[i]->query, &walk->filter, alone_found, walk);
	}
}

static uint32_t first_state(struct walk *walk)
{
	states_begin(&walk->states);
	for (uint32_t i = 0; i < walk->set->count; i++)
		if (!walk->set->alone[i]) states_add(&walk->states, walk->set->first[i]);
	return states_end(&walk->states);
}

void jsonpath_walk(const struct jsonpath_set *set, const struct view *view, jsonpath_match_fn *found, void *context,
		struct jsonpath_report *reports)
{
	struct step root = step_root(view);
	struct walk walk = {.set = set, .report = found, .context = context, .reports = reports, .steps = LIMIT_WALK_STEPS};
	walk.filter = (struct filter){.view = view, .root = root.node, .where = &root, .steps = &walk.steps};
	walk.keys = mem_resize(NULL, KEY_CACHE, sizeof *walk.keys);
	memset(walk.keys, 0, KEY_CACHE * sizeof *walk.keys);
	states_init(&walk.states, set);
	uint32_t state = first_state(&walk);
	if (state != STATE_EMPTY && node_is_container(root.node)) walk_node(&walk, state, &root);
	walk_alone(&walk, &root);
	pairs_release(&walk.visited);
	pairs_release(&walk.found);
	states_release(&walk.states);
	free(walk.keys);
}
