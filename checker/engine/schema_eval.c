/* The loop that evaluates a compiled schema, and the bookkeeping of violations. */
#include "engine/schema_eval.h"

#include "base/limits.h"
#include "base/vec.h"
#include "doc/pointer.h"

enum { MAX_DEPTH = 2 * LIMIT_DEPTH, MAX_PATHS = 64 << 20 };

static const uint8_t type_of_kind[] = {
		TYPE_NULL, TYPE_BOOLEAN, TYPE_BOOLEAN, TYPE_NUMBER, TYPE_STRING, TYPE_ARRAY, TYPE_OBJECT};

static const enum schema_group group_of_kind[] = {
		GROUP_ANY, GROUP_ANY, GROUP_ANY, GROUP_NUMBER, GROUP_STRING, GROUP_ARRAY, GROUP_OBJECT};

bool schema_has_type(const struct node *value, uint8_t types)
{
	if (type_of_kind[value->kind] & types) return true;
	return (types & TYPE_INTEGER) && value->kind == NODE_NUMBER && node_is_integer(value);
}

bool schema_give_up(struct evaluation *evaluation, const char *en, const char *nl)
{
	if (!evaluation->undecided) err_set(evaluation->err, ERR_UNDECIDED, (struct loc){0}, "%s%.0s", "%.0s%s", en, nl);
	evaluation->undecided = true;
	return false;
}

bool schema_work(struct evaluation *evaluation, uint64_t steps)
{
	evaluation->steps += steps;
	if (evaluation->steps <= LIMIT_WALK_STEPS) return true;
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
	if (evaluation->failures.count >= LIMIT_RESULTS_PER_RULE || evaluation->paths.overflow) {
		evaluation->cut = true;
		return false;
	}
	struct failure *kept = vec_push(&evaluation->failures);
	*kept = *failure;
	kept->block = evaluation->block;
	kept->path = (uint32_t)evaluation->paths.len;
	add_path(&evaluation->paths, evaluation->frame);
	return false;
}

bool schema_fail(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	struct failure failure = {.instruction = instruction, .value = value};
	return schema_fail_with(evaluation, &failure);
}

void schema_forget(struct evaluation *evaluation, size_t count)
{
	if (evaluation->failures.count <= count) return;
	evaluation->paths.len = evaluation->failures.items[count].path;
	if (evaluation->paths.ptr) evaluation->paths.ptr[evaluation->paths.len] = '\0';
	evaluation->failures.count = count;
}

/* Checks the instructions of one group, in FIRST and TEST up to the first that fails. */
static bool check_group(struct evaluation *evaluation, const struct instruction *from, const struct instruction *to,
		const struct node *value)
{
	bool valid = true;
	for (const struct instruction *at = from; at < to; at++) {
		if (at->keyword->check(evaluation, at, value)) continue;
		valid = false;
		if (evaluation->mode != SCHEMA_ALL || evaluation->undecided) break;
	}
	return valid;
}

/* Where the run of instructions of one group ends. */
static const struct instruction *group_end(const struct instruction *at, const struct instruction *end)
{
	enum schema_group group = at->keyword->group;
	while (at < end && at->keyword->group == group)
		at++;
	return at;
}

static bool check_block(struct evaluation *evaluation, const struct block *block, const struct node *value)
{
	bool typed = !block->types || schema_has_type(value, block->types);
	bool valid = true;
	if (block->never || (block->type_first && !typed)) {
		valid = schema_fail(evaluation, NULL, value);
		if (block->never || schema_stops(evaluation)) return false;
	}
	if (block->count == 0) return valid;
	const struct instruction *at = evaluation->schema->instructions + block->first;
	const struct instruction *end = at + block->count;
	for (const struct instruction *next; at < end; at = next) {
		next = group_end(at, end);
		enum schema_group group = at->keyword->group;
		/* As ajv has it, a wrong type does not keep the keywords for any type from being checked. */
		if (!valid && group != GROUP_ANY && evaluation->mode != SCHEMA_ALL) break;
		if (group == GROUP_ANY || group == group_of_kind[value->kind]) {
			valid &= check_group(evaluation, at, next, value);
		} else if (!typed && !block->type_first && group == block->type_group) {
			valid = schema_fail(evaluation, NULL, value);
		}
		if (!valid && (schema_stops(evaluation) || evaluation->undecided)) return false;
	}
	return valid;
}

bool schema_block_check(struct evaluation *evaluation, uint32_t index, const struct node *value)
{
	const struct block *block = &evaluation->schema->blocks[index];
	if (block->trivial) return true;
	if (evaluation->undecided || !schema_work(evaluation, 1)) return false;
	if (evaluation->depth >= MAX_DEPTH || evaluation->applied >= LIMIT_SCHEMA_DEPTH) {
		return schema_give_up(evaluation, "the schema applies to itself without end, or the value nests too deeply",
				"het schema past zichzelf eindeloos toe, of de waarde is te diep genest");
	}
	uint32_t outer = evaluation->block;
	evaluation->block = index;
	evaluation->depth++;
	evaluation->applied++;
	bool valid = check_block(evaluation, block, value);
	evaluation->applied--;
	evaluation->depth--;
	evaluation->block = outer;
	return valid;
}

const struct node *schema_see(const struct evaluation *evaluation, const struct node *child)
{
	const struct node *seen = view_value(evaluation->view, child);
	if (seen == child) return child;
	for (const struct frame *frame = evaluation->frame; frame; frame = frame->up)
		if (frame->node == seen) return child;
	return seen;
}

bool schema_child_check(
		struct evaluation *evaluation, uint32_t block, const struct node *child, struct str key, uint32_t index)
{
	if (evaluation->schema->blocks[block].trivial) return true;
	struct frame frame = {evaluation->frame, schema_see(evaluation, child), key, index};
	uint32_t applied = evaluation->applied;
	evaluation->frame = &frame;
	evaluation->applied = 0;
	bool valid = schema_block_check(evaluation, block, frame.node);
	evaluation->applied = applied;
	evaluation->frame = frame.up;
	return valid;
}

bool schema_block_test(struct evaluation *evaluation, uint32_t block, const struct node *value)
{
	enum schema_mode mode = evaluation->mode;
	evaluation->mode = SCHEMA_TEST;
	bool valid = schema_block_check(evaluation, block, value);
	evaluation->mode = mode;
	return valid;
}

/* Puts the failures into words, in order. */
static void report(struct evaluation *evaluation, struct schema_sink *sink)
{
	struct str paths = str_copy(evaluation->arena, strbuf_str(&evaluation->paths));
	for (size_t i = 0; i < evaluation->failures.count; i++) {
		const struct failure *failure = &evaluation->failures.items[i];
		size_t end = i + 1 < evaluation->failures.count ? failure[1].path : paths.len;
		struct schema_violation violation = {.instance = {paths.ptr + failure->path, end - failure->path}};
		schema_describe(evaluation, failure, sink->name, &violation);
		sink->report(sink, &violation);
	}
	sink->cut = evaluation->cut;
}

/* Valid values are the rule: they pay for the question only, others are looked at twice. */
enum schema_result schema_check(const struct schema *schema, const struct view *view, const struct node *instance,
		enum schema_mode mode, struct schema_sink *sink, struct arena *arena, struct err *err)
{
	struct frame root = {NULL, view_value(view, instance), {NULL, 0}, 0};
	struct evaluation evaluation = {
			.schema = schema, .view = view, .frame = &root, .mode = SCHEMA_TEST, .arena = arena, .err = err};
	bool valid = schema_block_check(&evaluation, 0, root.node);
	if (!valid && !evaluation.undecided && mode != SCHEMA_TEST) {
		strbuf_init(&evaluation.paths, MAX_PATHS);
		evaluation.mode = mode;
		evaluation.steps = 0;
		schema_block_check(&evaluation, 0, root.node);
		if (!evaluation.undecided) report(&evaluation, sink);
		strbuf_release(&evaluation.paths);
		vec_release(&evaluation.failures);
	}
	if (evaluation.undecided) return SCHEMA_UNDECIDED;
	return valid ? SCHEMA_VALID : SCHEMA_INVALID;
}
