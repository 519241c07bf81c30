/* SPDX-License-Identifier: EUPL-1.2 */
/* Places, messages and order of results. */
#include "engine/spectral_result.h"

#include "base/glob.h"
#include "base/limits.h"
#include "base/vec.h"
#include "doc/pointer.h"
#include "doc/uri_path.h"
#include "engine/place_name.h"
#include "engine/spectral_message.h"

void spectral_undecided(struct arena *arena, struct fact *outcome)
{
	if (outcome->undecided) return;
	outcome->undecided = true;
	outcome->why = text_printf(arena,
			"the JSONPath could not be evaluated to the end: more than %d steps, or a regular expression that takes too "
			"long",
			"de JSONPath kon niet tot het einde bepaald worden: meer dan %d stappen, of een reguliere expressie die te "
			"lang duurt",
			LIMIT_WALK_STEPS);
}

/* The step that `below` leads to from the subject, through what is there and what is missing. */
static const struct step *step_below(const struct result_source *source, struct str below)
{
	const struct step *at = source->subject->where;
	struct str token;
	while (below.len > 0 && pointer_next(&below, source->scratch, &token)) {
		struct step *next = arena_alloc(source->scratch, sizeof *next);
		const struct node *child = at->node ? pointer_child(at->node, token) : NULL;
		uint32_t index = 0;
		if (child && at->node->kind == NODE_ARRAY) str_to_u32(token, &index);
		*next = child ? step_child(source->view, at, child, index) : step_missing(at, token);
		at = next;
	}
	return at;
}

/* A container in YAML's block style starts where its first key does: its own key shows better where it is. */
static bool shows_by_key(const struct doc *doc, const struct node *node)
{
	if (!node->key || !node_is_container(node) || node->start >= doc->source->bytes.len) return false;
	char first = doc->source->bytes.ptr[node->start];
	return first != '{' && first != '[';
}

static void set_span(struct result *result, const struct physical *place, bool key_at_fault)
{
	const struct node *node = place->node;
	bool by_key = node->key && node->key_start < place->doc->source->bytes.len &&
				  (key_at_fault || shows_by_key(place->doc, node));
	result->start = by_key ? node->key_start : node->start;
	result->end = by_key ? doc_key_end(place->doc, node) : node->end;
}

static struct text fill_message(const struct result_source *source, const struct violation *violation,
		const struct physical *place, struct arena *arena)
{
	const struct spectral_rule *rule = &source->spectral->rules[source->rule];
	struct message_values values = {
			.property = place_name(place, arena),
			.path = str_printf(arena, "#%.*s", STR_FMT(place->pointer)),
			.description = rule->description,
			.value = place->node,
	};
	struct text message;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		struct str template = rule->message.in[lang].len ? rule->message.in[lang] : rule->message.in[LANG_EN];
		values.error = text_in(violation->message, (enum lang)lang);
		if (template.len == 0) template = rule->description.len ? rule->description : STR("{{error}}");
		message.in[lang] = message_fill(arena, template, &values);
	}
	return message;
}

/* Severity of a rule at a place: of the override with the longest pointer that holds there. */
static enum severity severity_at(const struct result_source *source, const struct physical *place)
{
	enum severity severity = source->spectral->rules[source->rule].severity;
	const struct place_severity *over = source->spectral->programs[source->rule].places;
	if (!over) return severity;
	struct str file = path_relative(source->spectral->file, place->doc->source->name, source->scratch);
	size_t longest = 0;
	for (; over; over = over->next) {
		struct str rest = str_skip(place->pointer, over->pointer.len);
		bool holds = over->pointer.len >= longest && str_starts(place->pointer, over->pointer) &&
					 (rest.len == 0 || rest.ptr[0] == '/') && glob_match(over->glob, file);
		if (!holds) continue;
		longest = over->pointer.len;
		severity = over->severity;
	}
	return severity;
}

/* The closest step that is there. */
static const struct step *step_there(const struct step *step)
{
	while (step->up && !step->node)
		step = step->up;
	return step;
}

/* The place to report. Spectral does not follow a reference that a result ends at when it has siblings. */
static struct physical place_of(
		const struct result_source *source, const struct step *at, bool written, struct arena *arena)
{
	const struct step *there = step_there(at);
	struct physical place = written ? step_written(source->view, at, arena) : step_place(source->view, at, arena);
	if (!source->spectral->options.spectral_places || !there->via || there->held->len < 2) return place;
	struct str missing = place.missing;
	place = step_written(source->view, there, arena);
	place.missing = missing;
	return place;
}

bool result_add(struct result_list *list, const struct result_source *source, const struct violation *violation,
		struct arena *arena)
{
	const struct step *at = step_below(source, violation->below);
	bool key_at_fault = source->subject->key.ptr != NULL && violation->below.len == 0;
	bool written = key_at_fault && !source->spectral->options.spectral_places;
	struct physical place = place_of(source, at, written, arena);
	enum severity severity = severity_at(source, &place);
	if (severity == SEVERITY_OFF) return false;
	const struct step *referrer_of = written ? at->up : at;
	struct physical referrer = step_referrer(source->view, referrer_of, arena);
	const struct spectral_rule *rule = &source->spectral->rules[source->rule];
	struct result result = {
			.rule = source->rule,
			.severity = severity,
			.message = fill_message(source, violation, &place, arena),
			.expected = rule->expected.in[LANG_EN].len ? rule->expected : violation->expected,
			.found = violation->found,
			.doc = place.doc,
			.pointer = place.pointer,
			.referrer_doc = referrer.doc,
			.referrer_pointer = referrer.pointer,
	};
	set_span(&result, &place, key_at_fault);
	if (referrer.doc) result.referrer_start = referrer.node->key ? referrer.node->key_start : referrer.node->start;
	*vec_push(list) = result;
	return true;
}

/* Order of rule names in which digits count as numbers: "rule2" before "rule10". */
static int compare_codes(struct str a, struct str b)
{
	size_t i = 0, j = 0;
	while (i < a.len && j < b.len) {
		unsigned long x = 0, y = 0;
		bool digits = a.ptr[i] >= '0' && a.ptr[i] <= '9' && b.ptr[j] >= '0' && b.ptr[j] <= '9';
		if (!digits && a.ptr[i] != b.ptr[j]) return (unsigned char)a.ptr[i] < (unsigned char)b.ptr[j] ? -1 : 1;
		if (!digits) {
			i++, j++;
			continue;
		}
		while (i < a.len && a.ptr[i] >= '0' && a.ptr[i] <= '9')
			x = x * 10 + (unsigned long)(a.ptr[i++] - '0');
		while (j < b.len && b.ptr[j] >= '0' && b.ptr[j] <= '9')
			y = y * 10 + (unsigned long)(b.ptr[j++] - '0');
		if (x != y) return x < y ? -1 : 1;
	}
	return (a.len - i > b.len - j) - (a.len - i < b.len - j);
}

struct sorting {
	const struct result *result;
	const struct spectral_rule *rules;
};

static int compare_results(const void *left, const void *right)
{
	const struct sorting *x = left, *y = right;
	const struct result *a = x->result, *b = y->result;
	int order = a->doc == b->doc ? 0 : str_compare(a->doc->source->name, b->doc->source->name);
	if (order == 0 && a->start != b->start) order = a->start < b->start ? -1 : 1;
	if (order == 0 && a->rule != b->rule) order = compare_codes(x->rules[a->rule].name, x->rules[b->rule].name);
	if (order == 0) order = str_compare(a->pointer, b->pointer);
	if (order == 0) order = str_compare(a->message.in[LANG_EN], b->message.in[LANG_EN]);
	return order != 0 ? order : (a > b) - (a < b);
}

static bool same_result(const struct result *a, const struct result *b)
{
	return a->rule == b->rule && a->doc == b->doc && a->start == b->start && str_eq(a->pointer, b->pointer) &&
		   str_eq(a->message.in[LANG_EN], b->message.in[LANG_EN]);
}

void results_finish(struct result_list *list, const struct spectral *spectral, struct arena *arena, struct facts *run)
{
	struct sorting *order = mem_resize(NULL, list->count, sizeof *order);
	for (size_t i = 0; i < list->count; i++)
		order[i] = (struct sorting){&list->items[i], spectral->rules};
	qsort(order, list->count, sizeof *order, compare_results);
	run->results = arena_alloc(arena, list->count * sizeof *run->results);
	for (size_t i = 0; i < list->count; i++) {
		if (i > 0 && same_result(order[i].result, order[i - 1].result)) continue;
		run->results[run->result_count++] = *order[i].result;
	}
	free(order);
	vec_release(list);
}
