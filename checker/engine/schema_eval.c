/* SPDX-License-Identifier: EUPL-1.2 */
/* The loop that evaluates a compiled schema, and the bookkeeping of violations. */
#include "engine/schema_eval.h"

#include "base/limits.h"
#include "base/vec.h"
#include "doc/pointer.h"
#include "engine/schema_pattern.h"
#include "engine/schema_track.h"

enum { MAX_PATHS = 64 << 20, FEW_NAMES = 16 };

static const enum schema_group group_of_kind[] = {
		GROUP_ANY, GROUP_ANY, GROUP_ANY, GROUP_NUMBER, GROUP_STRING, GROUP_ARRAY, GROUP_OBJECT};

bool schema_give_up(struct evaluation *evaluation, const char *en, const char *nl)
{
	if (!evaluation->undecided) err_set(evaluation->err, ERR_UNDECIDED, (struct loc){0}, "%s%.0s", "%.0s%s", en, nl);
	evaluation->undecided = true;
	evaluation->steps = LIMIT_WALK_STEPS; /* ends everything: there is no more work to be had */
	return false;
}

bool schema_overworked(struct evaluation *evaluation)
{
	return schema_give_up(evaluation, "checking against the schema takes too many steps: simplify the schema",
			"toetsen aan het schema kost te veel stappen: vereenvoudig het schema");
}

/* Appends the pointer of the value at hand. */
static void add_path(struct strbuf *buf, const struct frame *frame)
{
	if (!frame->up) return;
	add_path(buf, frame->up);
	if (frame->key.ptr) {
		pointer_add_token(buf, frame->key);
	} else {
		pointer_add_index(buf, frame->index);
	}
}

bool schema_fail_with(struct evaluation *evaluation, const struct failure *failure)
{
	if (evaluation->mode == SCHEMA_TEST) return false;
	if (evaluation->record->failures.count >= LIMIT_RESULTS_PER_RULE || evaluation->record->paths.overflow) {
		evaluation->record->cut = true;
		return false;
	}
	struct failure *kept = vec_push(&evaluation->record->failures);
	*kept = *failure;
	kept->block = evaluation->block;
	kept->path = (uint32_t)evaluation->record->paths.len;
	add_path(&evaluation->record->paths, evaluation->frame);
	kept->path_len = (uint32_t)evaluation->record->paths.len - kept->path;
	for (const struct frame *frame = evaluation->frame; frame->up; frame = frame->up)
		kept->level++;
	return false;
}

bool schema_fail(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	if (evaluation->mode == SCHEMA_TEST) return false;
	struct failure failure = {.instruction = instruction, .value = value};
	return schema_fail_with(evaluation, &failure);
}

bool schema_fail_child(struct evaluation *evaluation, const struct failure *failure, const struct node *child,
		struct str key, uint32_t index)
{
	if (!evaluation->brief) return schema_fail_with(evaluation, failure);
	struct failure own = *failure;
	struct frame frame = {evaluation->frame, child, key, index};
	own.value = child;
	evaluation->frame = &frame;
	schema_fail_with(evaluation, &own);
	evaluation->frame = frame.up;
	return false;
}

void schema_forget(struct evaluation *evaluation, size_t count)
{
	if (schema_failures(evaluation) <= count) return;
	evaluation->record->paths.len = evaluation->record->failures.items[count].path;
	if (evaluation->record->paths.ptr) evaluation->record->paths.ptr[evaluation->record->paths.len] = '\0';
	evaluation->record->failures.count = count;
}

bool schema_run_check(struct evaluation *evaluation, struct run run, const struct node *value)
{
	bool valid = true;
	const struct instruction *at = evaluation->schema->instructions + run.first;
	for (const struct instruction *end = at + run.count; at < end; at++) {
		if (at->check(evaluation, at, value)) continue;
		valid = false;
		if (evaluation->mode != SCHEMA_ALL || evaluation->undecided) break;
	}
	return valid;
}

/* The instructions about objects; their shape takes the place of some where nobody asks what they say or evaluate. */
static inline struct run run_of(
		const struct evaluation *evaluation, const struct block *block, const struct node *value)
{
	enum schema_group group = group_of_kind[value->kind];
	if (group == GROUP_ANY) return (struct run){0, 0};
	bool shape = group == GROUP_OBJECT && evaluation->mode == SCHEMA_TEST && !evaluation->tracker &&
				 !(value->flags & NODE_REPEATS);
	return shape ? block->test : block->runs[group];
}

/*
 * Reports: the type comes where ajv has it. As there, a wrong type does not keep the keywords for any type from being
 * checked, and with one type that has keywords of its own it is told in their place.
 */
static bool report_block(struct evaluation *evaluation, const struct block *block, const struct node *value, bool typed)
{
	bool valid = true;
	enum schema_group group = group_of_kind[value->kind];
	if (block->never || (!typed && (block->type_first || evaluation->brief))) {
		valid = schema_fail(evaluation, NULL, value);
		if (block->never || evaluation->brief || schema_stops(evaluation)) return false;
	}
	valid &= schema_run_check(evaluation, block->runs[GROUP_ANY], value);
	for (enum schema_group at = GROUP_NUMBER; at < GROUP_COUNT; at++) {
		bool misplaced = !typed && !block->type_first && at == block->type_group;
		if (!misplaced && at != group) continue;
		if (evaluation->undecided || (!valid && evaluation->mode != SCHEMA_ALL)) return false;
		valid &= misplaced ? schema_fail(evaluation, NULL, value)
						   : schema_run_check(evaluation, run_of(evaluation, block, value), value);
	}
	return valid;
}

static inline bool check_block(struct evaluation *evaluation, const struct block *block, const struct node *value)
{
	if (block->null_ok && value->kind == NODE_NULL) return true;
	if (block->unknown)
		return schema_give_up(evaluation, "a reference of the schema leads nowhere",
				"een verwijzing in het schema leidt nergens heen");
	bool typed = !block->types || schema_has_type(value, block->types);
	if (evaluation->mode != SCHEMA_TEST) return report_block(evaluation, block, value, typed);
	if (!typed || block->never) return false;
	return schema_run_check(evaluation, block->runs[GROUP_ANY], value) &&
		   schema_run_check(evaluation, run_of(evaluation, block, value), value);
}

/* Checks a block that keeps account of evaluated children; what holds counts for the schema around it, too. */
static bool check_tracked(struct evaluation *evaluation, const struct block *block, const struct node *value)
{
	struct tracker *outer = evaluation->tracker;
	struct tracker tracker;
	if (!schema_work(evaluation, value->len)) return false;
	tracker_init(&tracker, value);
	evaluation->tracker = &tracker;
	bool valid = check_block(evaluation, block, value);
	evaluation->tracker = outer;
	for (uint32_t i = 0; valid && outer && i < tracker.count; i++)
		tracker_mark(evaluation->tracker, tracker.marks[i]);
	tracker_release(&tracker);
	return valid;
}

/* Checks a block of another resource, of which the dynamic anchors come in scope where no outer resource has them. */
static bool check_in_scope(struct evaluation *evaluation, const struct block *block, const struct node *value)
{
	uint32_t resource = evaluation->resource;
	struct run scope = evaluation->schema->scopes[block->resource];
	const struct dynamic *dynamics = evaluation->schema->dynamics + scope.first;
	uint64_t ours = 0;
	for (uint32_t i = 0; i < scope.count; i++) {
		uint32_t *outermost = &evaluation->outermost[dynamics[i].name];
		if (*outermost != NO_BLOCK) continue;
		*outermost = dynamics[i].block;
		ours |= (uint64_t)1 << i;
	}
	evaluation->resource = block->resource;
	bool valid = block->tracks && node_is_container(value) ? check_tracked(evaluation, block, value)
														   : check_block(evaluation, block, value);
	for (uint32_t i = 0; i < scope.count; i++)
		if (ours >> i & 1) evaluation->outermost[dynamics[i].name] = NO_BLOCK;
	evaluation->resource = resource;
	return valid;
}

bool schema_too_deep(struct evaluation *evaluation)
{
	return schema_give_up(evaluation, "the schema applies to itself without end, or the value nests too deeply",
			"het schema past zichzelf eindeloos toe, of de waarde is te diep genest");
}

bool schema_block_check(struct evaluation *evaluation, uint32_t index, const struct node *value)
{
	const struct block *block = &evaluation->schema->blocks[index];
	if (evaluation->mode == SCHEMA_TEST && block->quick && !evaluation->tracker)
		return schema_quick_check(evaluation, index, value);
	if (block->trivial) return true;
	if (evaluation->undecided || !schema_work(evaluation, 1)) return false;
	if (evaluation->depth >= SCHEMA_MAX_DEPTH) return schema_too_deep(evaluation);
	uint32_t outer = evaluation->block;
	bool valid;
	evaluation->block = index;
	evaluation->depth++;
	if (block->resource != evaluation->resource) {
		valid = check_in_scope(evaluation, block, value);
	} else if (block->tracks && node_is_container(value)) {
		valid = check_tracked(evaluation, block, value);
	} else {
		valid = check_block(evaluation, block, value);
	}
	evaluation->depth--;
	evaluation->block = outer;
	return valid;
}

const struct node *schema_see(const struct evaluation *evaluation, const struct node *child)
{
	if (evaluation->plain) return child;
	const struct node *seen = view_value(evaluation->view, child);
	if (seen == child) return child;
	for (const struct frame *frame = evaluation->frame; frame; frame = frame->up)
		if (frame->node == seen) return child;
	return seen;
}

/* With the way to the child, which what is reported names and references may lead back to. */
static bool check_framed(
		struct evaluation *evaluation, uint32_t block, const struct node *child, struct str key, uint32_t index)
{
	struct frame frame = {evaluation->frame, schema_see(evaluation, child), key, index};
	evaluation->frame = &frame;
	bool valid = schema_block_check(evaluation, block, frame.node);
	evaluation->frame = frame.up;
	return valid;
}

bool schema_child_check(
		struct evaluation *evaluation, uint32_t block, const struct node *child, struct str key, uint32_t index)
{
	const struct block *its = &evaluation->schema->blocks[block];
	bool bare = evaluation->plain && evaluation->mode == SCHEMA_TEST;
	struct tracker *tracker = evaluation->tracker;
	if (bare && its->quick && !tracker) return schema_quick_check(evaluation, block, child);
	if (its->trivial) return true;
	evaluation->tracker = NULL;
	bool valid = bare ? schema_block_check(evaluation, block, child)
					  : check_framed(evaluation, block, child, key, index);
	evaluation->tracker = tracker;
	return valid;
}

bool schema_block_test(struct evaluation *evaluation, uint32_t block, const struct node *value)
{
	enum schema_mode mode = evaluation->mode;
	struct tracker *tracker = evaluation->tracker;
	evaluation->mode = SCHEMA_TEST;
	evaluation->tracker = NULL;
	bool valid = schema_block_check(evaluation, block, value);
	evaluation->mode = mode;
	evaluation->tracker = tracker;
	return valid;
}

bool schema_clause_check(struct evaluation *evaluation, uint32_t block, const struct node *value)
{
	uint32_t marks = tracker_count(evaluation->tracker);
	bool valid = schema_block_check(evaluation, block, value);
	if (!valid) tracker_forget(evaluation->tracker, marks);
	return valid;
}

bool schema_branch_check(struct evaluation *evaluation, uint32_t block, const struct node *value)
{
	bool composite = evaluation->composite;
	evaluation->composite = true;
	bool valid = schema_clause_check(evaluation, block, value);
	evaluation->composite = composite;
	return valid;
}

bool schema_search(struct evaluation *evaluation, const struct search *search, struct str subject)
{
	if (!schema_work(evaluation, 1)) return false;
	if (search->pattern) return schema_pattern_search(search->pattern, subject);
	enum regex_result result = regex_search(search->regex, subject);
	if (result != REGEX_UNDECIDED) return result == REGEX_YES;
	return schema_give_up(evaluation,
			"a pattern of the schema takes too many steps on a value or a name, or the value is too long",
			"een patroon van het schema kost te veel stappen op een waarde of een naam, of de waarde is te lang");
}

/* Puts the failures into words, in order. */
static void report(struct evaluation *evaluation, struct schema_sink *sink)
{
	struct str paths = str_copy(evaluation->arena, strbuf_str(&evaluation->record->paths));
	for (size_t i = 0; i < evaluation->record->failures.count; i++) {
		const struct failure *failure = &evaluation->record->failures.items[i];
		struct schema_violation violation = {.instance = {paths.ptr + failure->path, failure->path_len}};
		schema_describe(evaluation, failure, sink->name, &violation);
		if (evaluation->brief) schema_words(evaluation, failure, sink->name, &violation);
		sink->report(sink, &violation);
	}
	sink->cut = evaluation->record->cut;
}

/* Evaluates once, in the mode at hand. */
static bool evaluate(struct evaluation *evaluation, const struct node *value)
{
	uint32_t few[FEW_NAMES];
	uint32_t names = evaluation->schema->dynamic_names;
	evaluation->outermost = names <= FEW_NAMES ? few : mem_resize(NULL, names, sizeof *few);
	for (uint32_t i = 0; i < names; i++)
		evaluation->outermost[i] = NO_BLOCK;
	evaluation->resource = names ? NO_BLOCK : 0;
	evaluation->steps = 0;
	bool valid = schema_block_check(evaluation, evaluation->schema->root, value);
	if (evaluation->outermost != few) free(evaluation->outermost);
	evaluation->outermost = NULL;
	return valid;
}

/* Evaluates again for what is reported. */
static void evaluate_reporting(
		struct evaluation *evaluation, const struct node *value, enum schema_mode mode, struct schema_sink *sink)
{
	struct record record = {0};
	strbuf_init(&record.paths, MAX_PATHS);
	evaluation->record = &record;
	evaluation->brief = mode == SCHEMA_BRIEF;
	evaluation->mode = evaluation->brief ? SCHEMA_ALL : mode;
	evaluate(evaluation, value);
	sink->steps += evaluation->steps;
	if (!evaluation->undecided) report(evaluation, sink);
	strbuf_release(&record.paths);
	vec_release(&record.failures);
	evaluation->record = NULL;
}

/* Valid values are the rule: they pay for the question only, others are looked at twice. */
enum schema_result schema_check(const struct schema *schema, const struct view *view, const struct node *instance,
		enum schema_mode mode, struct schema_sink *sink, struct arena *arena, struct err *err)
{
	if (view->doc && instance == view->doc->root) doc_expect(view->doc);
	struct frame root = {NULL, view_value(view, instance), {NULL, 0}, 0};
	struct evaluation evaluation = {.schema = schema,
			.view = view,
			.frame = &root,
			.mode = SCHEMA_TEST,
			.plain = !view->refs,
			.arena = arena,
			.err = err};
	bool valid = evaluate(&evaluation, root.node);
	if (sink) sink->steps += evaluation.steps;
	if (!valid && !evaluation.undecided && mode != SCHEMA_TEST) evaluate_reporting(&evaluation, root.node, mode, sink);
	if (evaluation.undecided) return SCHEMA_UNDECIDED;
	return valid ? SCHEMA_VALID : SCHEMA_INVALID;
}
