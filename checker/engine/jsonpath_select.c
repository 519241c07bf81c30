/* SPDX-License-Identifier: EUPL-1.2 */
/* One path, node by node: the nodelist of RFC 9535 with its order and duplicates, for either dialect. */
#include "base/limits.h"
#include "engine/jsonpath_filter.h"

/* Through references a place may be deeper than any document. */
enum { DEEPEST_STEP = 5 * LIMIT_DEPTH };

struct run {
	const struct query *query;
	struct filter filter;
	query_found_fn *found;
	void *context;
	bool stopped;
};

static void run_from(struct run *run, uint32_t segment, const struct step *step);

static void run_child(struct run *run, uint32_t segment, const struct step *up, const struct node *child)
{
	struct step step = step_child(run->filter.view, up, child, (uint32_t)(child - up->node->children));
	run_from(run, segment + 1, &step);
}

static bool run_counts(struct run *run)
{
	if (*run->filter.steps > 0) {
		--*run->filter.steps;
		return !run->stopped;
	}
	run->filter.report->undecided = true;
	run->stopped = true;
	return false;
}

/* Section 2.3.4.2.2. False when the slice is empty. */
static bool slice_bounds(const struct selector *slice, int64_t count, int64_t *lower, int64_t *upper)
{
	bool up = slice->step > 0;
	int64_t start = slice->has_start ? slice->start : up ? 0 : count - 1;
	int64_t end = slice->has_end ? slice->end : up ? count : -count - 1;
	if (start < 0) start += count;
	if (end < 0) end += count;
	int64_t low = up ? 0 : -1, high = up ? count : count - 1;
	start = start < low ? low : start > high ? high : start;
	end = end < low ? low : end > high ? high : end;
	*lower = up ? start : end;
	*upper = up ? end : start;
	return slice->step != 0 && *lower < *upper;
}

static bool slice_takes(const struct selector *slice, int64_t count, int64_t index)
{
	int64_t lower, upper;
	if (!slice_bounds(slice, count, &lower, &upper)) return false;
	if (slice->step > 0) return index >= lower && index < upper && (index - lower) % slice->step == 0;
	return index > lower && index <= upper && (upper - index) % -slice->step == 0;
}

bool selector_takes(const struct selector *selector, struct filter *filter, const struct step *child)
{
	bool element = child->up->node->kind == NODE_ARRAY;
	int64_t count = child->up->node->len;
	switch (selector->kind) {
	case SELECT_NAME:
		if (element) return selector->index == child->index;
		return str_eq(selector->name, child->key);
	case SELECT_INDEX:
		return element && (selector->index < 0 ? selector->index + count : selector->index) == child->index;
	case SELECT_SLICE:
		return element && slice_takes(selector, count, child->index);
	case SELECT_ANY:
		return true;
	case SELECT_FILTER:
		filter->where = child;
		return filter_holds(filter, selector->expr);
	default:
		return false;
	}
}

bool selector_fixed(
		const struct selector *selector, struct filter *filter, const struct step *container, struct selector *fixed)
{
	*fixed = *selector;
	if (selector->kind != SELECT_COMPUTED) return true;
	filter->where = container;
	return filter_name(filter, selector->expr, fixed);
}

static void run_slice(struct run *run, uint32_t segment, const struct selector *slice, const struct step *up)
{
	int64_t lower, upper, count = up->node->len;
	if (up->node->kind != NODE_ARRAY || !slice_bounds(slice, count, &lower, &upper)) return;
	bool forward = slice->step > 0;
	for (int64_t i = forward ? lower : upper; forward ? i < upper : i > lower; i += slice->step) {
		if (!run_counts(run)) return;
		run_child(run, segment, up, &up->node->children[i]);
		/* a step beyond the array must not overflow */
		if (slice->step > count || slice->step < -count) return;
	}
}

static void run_named(struct run *run, uint32_t segment, const struct selector *selector, const struct step *up)
{
	const struct node *child = NULL;
	int64_t index = selector->index;
	if (up->node->kind == NODE_OBJECT) {
		if (selector->kind == SELECT_NAME) child = node_member(up->node, selector->name);
	} else {
		if (index < 0 && selector->kind == SELECT_INDEX) index += up->node->len;
		if (index >= 0 && index < up->node->len) child = &up->node->children[index];
	}
	if (child && run_counts(run)) run_child(run, segment, up, child);
}

static void run_each(struct run *run, uint32_t segment, const struct selector *selector, const struct step *up)
{
	for (uint32_t i = 0; i < up->node->len && run_counts(run); i++) {
		if (node_is_repeated(up->node, &up->node->children[i])) continue;
		struct step step = step_child(run->filter.view, up, &up->node->children[i], i);
		if (selector_takes(selector, &run->filter, &step)) run_from(run, segment + 1, &step);
	}
}

static void run_selectors(struct run *run, uint32_t segment, const struct step *step)
{
	const struct segment *this = &run->query->segments[segment];
	for (uint32_t i = 0; i < this->count && !run->stopped; i++) {
		struct selector selector;
		if (!selector_fixed(&this->selectors[i], &run->filter, step, &selector)) continue;
		if (selector.kind == SELECT_SLICE)
			run_slice(run, segment, &selector, step);
		else if (selector.kind == SELECT_NAME || selector.kind == SELECT_INDEX)
			run_named(run, segment, &selector, step);
		else
			run_each(run, segment, &selector, step);
	}
}

/* A reference to what it stands in would never end. */
static bool is_ring(const struct step *step)
{
	if (!step->via) return false;
	for (const struct step *up = step->up; up; up = up->up)
		if (up->node == step->node) return true;
	return false;
}

/* Has nimma's search for the first member of that name ended here? */
static bool ends_first_only(const struct segment *segment, const struct step *step)
{
	return segment->first_only && step->key.ptr && str_eq(step->key, segment->selectors[0].name);
}

static void run_deep(struct run *run, uint32_t segment, const struct step *step)
{
	const struct segment *this = &run->query->segments[segment];
	if (this->kind == SEGMENT_SELF)
		run_from(run, segment + 1, step);
	else
		run_selectors(run, segment, step);
	if (step->depth >= DEEPEST_STEP) {
		run->filter.report->undecided = run->stopped = true;
		return;
	}
	for (uint32_t i = 0; i < step->node->len && run_counts(run); i++) {
		if (node_is_repeated(step->node, &step->node->children[i])) continue;
		struct step child = step_child(run->filter.view, step, &step->node->children[i], i);
		if (node_is_container(child.node) && !is_ring(&child) && !ends_first_only(this, &child))
			run_deep(run, segment, &child);
	}
}

static void run_from(struct run *run, uint32_t segment, const struct step *step)
{
	if (run->stopped) return;
	if (segment == run->query->count) {
		run->stopped = !run->found(run->context, step, false);
		return;
	}
	const struct segment *this = &run->query->segments[segment];
	if (this->kind == SEGMENT_PARENT) {
		if (step->up) run_from(run, segment + 1, step->up);
	} else if (this->kind == SEGMENT_KEY) {
		if (step->up) run->stopped = !run->found(run->context, step, true);
	} else if (node_is_container(step->node)) {
		if (this->deep)
			run_deep(run, segment, step);
		else
			run_selectors(run, segment, step);
	}
}

void query_run(const struct query *query, const struct filter *filter, query_found_fn *found, void *context)
{
	struct run run = {.query = query, .filter = *filter, .found = found, .context = context};
	struct step root = {.node = filter->root, .held = filter->root};
	run.filter.scratch = NULL;
	run_from(&run, 0, query->absolute ? &root : filter->where);
	filter_end(&run.filter);
}

struct selection {
	jsonpath_match_fn *found;
	void *context;
};

static bool select_found(void *context, const struct step *step, bool is_key)
{
	const struct selection *selection = context;
	struct step place = *step;
	if (is_key) {
		/* the key stands where the member is written, not where its value leads */
		place.node = place.held;
		place.via = NULL;
	}
	return selection->found(selection->context, 0, &(struct match){.where = &place, .is_key = is_key});
}

void jsonpath_select(const struct jsonpath *path, const struct view *view, const struct step *root,
		jsonpath_match_fn *found, void *context, struct jsonpath_report *report)
{
	uint64_t steps = LIMIT_SELECT_STEPS;
	struct selection selection = {found, context};
	struct filter filter = {.view = view, .root = root->node, .where = root, .report = report, .steps = &steps};
	struct run run = {.query = &path->query, .filter = filter, .found = select_found, .context = &selection};
	run_from(&run, 0, root);
}
