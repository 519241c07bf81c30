/* SPDX-License-Identifier: EUPL-1.2 */
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
	MOVE_CACHE = 2048,              /* a power of two */
	NAMES_LOOKED_AT = 64,           /* to skip filters; of more names nearly every bit would be set */
};

struct key_answer {
	const struct expr *expr;
	struct str key;
	bool holds;
};

/* What a child of that key is to a state, as far as its key can tell. */
struct move {
	struct str key;                  /* ptr NULL: an element, and len its index */
	uint32_t state;                  /* EMPTY: free */
	uint32_t below;                  /* the state below it when no thread of `asking` takes it */
	uint32_t ending, taking, asking; /* sets of threads: that end at it, that take it, that have to see its value */
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
	struct move *moves;
	uint32_t *asking; /* threads of the move that is made */
	uint32_t alone;   /* path that is evaluated by itself */
	uint64_t steps;
	bool failed; /* a filter, while a move was made */
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
	size_t at = (child->held->key_hash ^ ((uintptr_t)selector->by_key >> 4)) & (KEY_CACHE - 1);
	struct key_answer *answer = &walk->keys[at];
	if (child->key.ptr && answer->expr == selector->by_key && str_eq(answer->key, child->key)) return answer->holds;
	walk->filter.where = child;
	bool holds = filter_holds(&walk->filter, selector->by_key);
	walk->failed |= walk->filter.failed;
	if (child->key.ptr && !walk->filter.failed) *answer = (struct key_answer){selector->by_key, child->key, holds};
	return holds;
}

enum answer { ANSWER_NO, ANSWER_YES, ANSWER_LATER };

/* Does the selector take the child, as far as its key can tell? */
static enum answer selector_answer(struct walk *walk, const struct selector *selector, const struct step *child)
{
	switch (selector->kind) {
	case SELECT_NAME:
	case SELECT_ANY:
		return selector_takes(selector, &walk->filter, child) ? ANSWER_YES : ANSWER_NO;
	case SELECT_INDEX:
	case SELECT_SLICE:
		return child->key.ptr ? ANSWER_NO : ANSWER_LATER;
	default:
		if (!selector->by_key) return ANSWER_LATER;
		if (!key_filter_holds(walk, selector, child)) return ANSWER_NO;
		return selector->rest ? ANSWER_LATER : ANSWER_YES;
	}
}

static enum answer thread_answer(struct walk *walk, const struct thread *thread, const struct step *child)
{
	enum answer answer = ANSWER_NO;
	walk->filter.report = &walk->reports[thread->path];
	for (uint32_t i = 0; i < thread->segment->count && answer != ANSWER_YES; i++) {
		enum answer one = selector_answer(walk, &thread->segment->selectors[i], child);
		if (one != ANSWER_NO) answer = one;
	}
	return answer;
}

static uint64_t names_of(const struct node *object)
{
	uint64_t names = 0;
	for (uint32_t i = 0; i < object->len && i < NAMES_LOOKED_AT; i++)
		names |= node_hash_bit(object->children[i].key_hash);
	return object->len > NAMES_LOOKED_AT ? UINT64_MAX : names;
}

/* Has an object one of each set of names that the filter needs? */
static bool has_needs(const struct selector *selector, const struct step *child, uint64_t *names)
{
	if (!selector->needs[0] || child->node->kind != NODE_OBJECT) return true;
	if (!*names) *names = names_of(child->node);
	for (int i = 0; i < FILTER_NEEDS && selector->needs[i]; i++)
		if (!(*names & selector->needs[i])) return false;
	return true;
}

/* The answer that had to wait: a filter is the only selector of its segment, and what is left of it is evaluated. */
static bool selector_takes_value(
		struct walk *walk, const struct selector *selector, const struct step *child, uint64_t *names)
{
	if (selector->object_only && child->node->kind > NODE_NULL && !node_is_container(child->node)) return false;
	if (!has_needs(selector, child, names)) return false;
	if (selector->rest) {
		walk->filter.where = child;
		return filter_holds(&walk->filter, selector->rest);
	}
	struct selector fixed;
	if (!selector_fixed(selector, &walk->filter, child->up, &fixed)) return false;
	return selector_takes(&fixed, &walk->filter, child);
}

static bool thread_takes_value(
		struct walk *walk, const struct thread *thread, const struct step *child, uint64_t *names)
{
	walk->filter.report = &walk->reports[thread->path];
	for (uint32_t i = 0; i < thread->segment->count; i++)
		if (selector_takes_value(walk, &thread->segment->selectors[i], child, names)) return true;
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

/* Threads of the state that take the child go into a new set, those that have to see its value into walk->asking. */
static uint32_t ask_threads(struct walk *walk, const struct state *state, const struct step *child)
{
	const struct thread *threads = walk->set->threads;
	bool named = child->key.ptr ? state->name_bits >> (child->held->key_hash % 64) & 1 : state->by_index;
	uint32_t asking = 0;
	for (uint32_t i = 0; named && i < state->names; i++)
		if (names_take(&threads[state->threads[i]], child)) states_add(&walk->states, state->threads[i]);
	for (uint32_t i = state->names; i < state->names + state->any; i++)
		states_add(&walk->states, state->threads[i]);
	for (uint32_t i = state->names + state->any; i < state->count; i++) {
		enum answer answer = thread_answer(walk, &threads[state->threads[i]], child);
		if (answer == ANSWER_YES) states_add(&walk->states, state->threads[i]);
		if (answer == ANSWER_LATER) walk->asking[asking++] = state->threads[i];
	}
	return asking;
}

/* The state below a child that the threads of the set `taking` take: what follows them, and deep ones that stay. */
static uint32_t state_below(struct walk *walk, uint32_t number, uint32_t taking)
{
	struct states *states = &walk->states;
	const struct thread *threads = walk->set->threads;
	const struct state state = states->all.items[number], taken = states->all.items[taking];
	states_begin(states);
	for (uint32_t i = 0; i < taken.count; i++)
		if (!threads[taken.threads[i]].last) states_add(states, taken.threads[i] + 1);
	for (uint32_t i = 0; i < state.count; i++) {
		const struct segment *segment = threads[state.threads[i]].segment;
		bool ended = false;
		for (uint32_t j = 0; segment->first_only && j < taken.count; j++)
			ended |= taken.threads[j] == state.threads[i];
		if (segment->deep && !ended) states_add(states, state.threads[i]);
	}
	return states_end(states);
}

static uint32_t ending_of(struct walk *walk, uint32_t taking)
{
	const struct state taken = walk->states.all.items[taking];
	states_begin(&walk->states);
	for (uint32_t i = 0; i < taken.count; i++)
		if (walk->set->threads[taken.threads[i]].last) states_add(&walk->states, taken.threads[i]);
	return states_end(&walk->states);
}

static struct move make_move(struct walk *walk, uint32_t number, const struct step *child, struct str key)
{
	struct move move = {.key = key, .state = number};
	const struct state state = walk->states.all.items[number];
	states_begin(&walk->states);
	uint32_t asking = ask_threads(walk, &state, child);
	move.taking = states_end(&walk->states);
	states_begin(&walk->states);
	for (uint32_t i = 0; i < asking; i++)
		states_add(&walk->states, walk->asking[i]);
	move.asking = states_end(&walk->states);
	move.ending = ending_of(walk, move.taking);
	move.below = state_below(walk, number, move.taking);
	return move;
}

static struct move move_to(struct walk *walk, uint32_t number, const struct step *child)
{
	struct str key = child->key.ptr ? child->key : (struct str){NULL, child->index};
	uint32_t hash = child->key.ptr ? child->held->key_hash : child->index;
	struct move *known = &walk->moves[(number * 0x9e3779b1u + hash * 0x85ebca6bu) >> 7 & (MOVE_CACHE - 1)];
	if (known->state == number && known->key.len == key.len && !known->key.ptr == !key.ptr &&
			(!key.ptr || !memcmp(known->key.ptr, key.ptr, key.len)))
		return *known;
	walk->failed = false;
	struct move move = make_move(walk, number, child, key);
	/* a failure has to be counted each time */
	if (!walk->failed) *known = move;
	return move;
}

static void report_ending(struct walk *walk, uint32_t set, const struct step *child)
{
	const struct state ending = walk->states.all.items[set];
	for (uint32_t i = 0; i < ending.count; i++) {
		const struct thread *thread = &walk->set->threads[ending.threads[i]];
		report_match(walk, thread->path, child, thread->gives_key);
	}
}

/* The state below a child whose value had to be seen. */
static uint32_t enter_asking(struct walk *walk, const struct move *move, const struct step *child)
{
	const struct state asking = walk->states.all.items[move->asking], taking = walk->states.all.items[move->taking];
	uint64_t names = 0;
	states_begin(&walk->states);
	for (uint32_t i = 0; i < asking.count; i++) {
		const struct thread *thread = &walk->set->threads[asking.threads[i]];
		if (!thread_takes_value(walk, thread, child, &names)) continue;
		states_add(&walk->states, asking.threads[i]);
		if (thread->last) report_match(walk, thread->path, child, thread->gives_key);
	}
	if (!walk->states.build_count || !node_is_container(child->node)) return move->below;
	for (uint32_t i = 0; i < taking.count; i++)
		states_add(&walk->states, taking.threads[i]);
	uint32_t all = states_end(&walk->states);
	return state_below(walk, move->state, all);
}

/* Reports what ends at a child; gives the state below it. */
static uint32_t enter_child(struct walk *walk, uint32_t number, const struct step *child)
{
	const struct move move = move_to(walk, number, child);
	if (move.ending != STATE_EMPTY) report_ending(walk, move.ending, child);
	return move.asking == STATE_EMPTY ? move.below : enter_asking(walk, &move, child);
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
		if (node_is_repeated(node, &node->children[i])) continue;
		struct step child = step_child(walk->filter.view, step, &node->children[i], i);
		uint32_t below = enter_child(walk, state, &child);
		if (below != STATE_EMPTY && node_is_container(child.node)) walk_node(walk, below, &child);
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
		uint64_t steps = LIMIT_SELECT_STEPS;
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
	walk.moves = mem_resize(NULL, MOVE_CACHE, sizeof *walk.moves);
	memset(walk.moves, 0, MOVE_CACHE * sizeof *walk.moves);
	walk.asking = mem_resize(NULL, set->thread_count, sizeof *walk.asking);
	states_init(&walk.states, set);
	uint32_t state = first_state(&walk);
	if (state != STATE_EMPTY && node_is_container(root.node)) walk_node(&walk, state, &root);
	walk_alone(&walk, &root);
	pairs_release(&walk.visited);
	pairs_release(&walk.found);
	states_release(&walk.states);
	free(walk.keys);
	free(walk.moves);
	free(walk.asking);
}
