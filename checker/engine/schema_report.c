/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Spectral passes ajv's errors through better-ajv-errors, which puts them in a tree by place, leaves out what says
 * less than something else does, and merges lists of allowed values. One difference: it loses errors at places whose
 * names have no letters, digits, `_`, `$` or `-` after a slash; they are reported here.
 */
#include "engine/schema_report.h"

#include <stdlib.h>

#include "base/vec.h"
#include "doc/hash.h"

/* An error and the next one at its place; 0 is none, else index + 1. */
struct report_error {
	struct schema_violation error;
	size_t next;
};

/* A place in the tree of errors. Children and errors are in the order in which they came; 0 is none. */
struct report_place {
	struct str chunk; /* one or two tokens, as better-ajv-errors cuts pointers */
	size_t parent;
	size_t first_child, last_child, next; /* places */
	size_t children;                      /* those not deleted */
	size_t first_error, last_error;       /* index + 1 */
	size_t errors, enums, any_ofs;        /* how many; none when they are left out */
	struct str combinator;                /* of an exact place: the keyword of the last one without a match */
	bool deleted;
};

static const size_t EXACT = SIZE_MAX;

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' || c == '$' || c == '-';
}

static size_t run_of(struct str text, bool digits_only)
{
	size_t length = 0;
	while (length < text.len && is_word(text.ptr[length]) &&
			(!digits_only || (text.ptr[length] >= '0' && text.ptr[length] <= '9')))
		length++;
	return length;
}

/* Takes the next chunk off a pointer: a slash and word characters, and an index that follows; false at the end. */
static bool take_chunk(struct str *rest, struct str *chunk)
{
	for (; rest->len > 0; *rest = str_skip(*rest, 1)) {
		size_t word = rest->ptr[0] == '/' ? run_of(str_skip(*rest, 1), false) : 0;
		if (word == 0) continue;
		size_t length = word + 1;
		struct str next = str_skip(*rest, length);
		size_t index = next.len > 0 && next.ptr[0] == '/' ? run_of(str_skip(next, 1), true) : 0;
		if (index > 0) length += index + 1;
		*chunk = (struct str){rest->ptr, length};
		*rest = str_skip(*rest, length);
		return true;
	}
	return false;
}

/* The slot of a place, or the free slot where it belongs. */
static size_t *find_slot(const struct schema_report *tree, size_t parent, struct str chunk)
{
	for (size_t i = hash_bytes(chunk, hash_mix(parent, tree->seed));; i++) {
		size_t *slot = &tree->slots[i & (tree->slot_count - 1)];
		const struct report_place *spot = &tree->places.items[*slot];
		if (*slot == 0 || (spot->parent == parent && str_eq(spot->chunk, chunk))) return slot;
	}
}

static void grow_slots(struct schema_report *tree)
{
	tree->slot_count = tree->slot_count ? tree->slot_count * 2 : 16;
	tree->slots = mem_resize(tree->slots, tree->slot_count, sizeof *tree->slots);
	memset(tree->slots, 0, tree->slot_count * sizeof *tree->slots);
	for (size_t i = 1; i < tree->places.count; i++)
		*find_slot(tree, tree->places.items[i].parent, tree->places.items[i].chunk) = i;
}

static size_t find_place(struct schema_report *tree, size_t parent, struct str chunk)
{
	if (tree->places.count * 2 >= tree->slot_count) grow_slots(tree);
	size_t *slot = find_slot(tree, parent, chunk);
	size_t place = *slot;
	if (place != 0) return place;
	*slot = place = tree->places.count;
	*vec_push(&tree->places) = (struct report_place){.chunk = chunk, .parent = parent};
	if (parent == EXACT) return place;
	struct report_place *above = &tree->places.items[parent];
	*(above->last_child ? &tree->places.items[above->last_child].next : &above->first_child) = place;
	above->last_child = place;
	above->children++;
	return place;
}

static bool is_combinator(const struct schema_violation *error)
{
	return str_eq(error->keyword, STR("oneOf")) || str_eq(error->keyword, STR("anyOf"));
}

static void add_error(struct schema_report *tree, size_t place, const struct schema_violation *error)
{
	*vec_push(&tree->errors) = (struct report_error){*error, 0};
	struct report_place *at = &tree->places.items[place];
	*(at->last_error ? &tree->errors.items[at->last_error - 1].next : &at->first_error) = tree->errors.count;
	at->last_error = tree->errors.count;
	at->errors++;
	at->enums += str_eq(error->keyword, STR("enum"));
	at->any_ofs += str_eq(error->keyword, STR("anyOf"));
}

/* Keeps an error and finds its place in the tree. */
static void keep(struct schema_sink *sink, const struct schema_violation *violation)
{
	struct schema_report *tree = (struct schema_report *)sink;
	struct str rest = violation->instance;
	struct str chunk;
	size_t place = 0;
	while (take_chunk(&rest, &chunk))
		place = find_place(tree, place, chunk);
	if (place == 0) place = find_place(tree, 0, violation->instance);
	add_error(tree, place, violation);
	if (!is_combinator(violation) || violation->several) return;
	size_t exact = find_place(tree, EXACT, violation->instance);
	tree->places.items[exact].combinator = violation->keyword;
}

/* Errors of anyOf yield to those below; a place with nothing but `enum` yields to its siblings. */
static void filter(struct schema_report *tree, size_t place)
{
	struct report_place *at = &tree->places.items[place];
	if (at->any_ofs > 0 && at->children > 0) at->errors = at->enums = 0;
	struct report_place *above = place ? &tree->places.items[at->parent] : NULL;
	if (at->errors > 0 && at->errors == at->enums && above->children > 1) {
		at->deleted = true;
		above->children--;
	}
	for (size_t i = at->first_child; i; i = tree->places.items[i].next)
		filter(tree, i);
}

/* The last token of a pointer when it is an index; ptr NULL otherwise. */
static struct str last_index(struct str pointer)
{
	size_t start = pointer.len;
	while (start > 0 && pointer.ptr[start - 1] != '/')
		start--;
	struct str token = str_skip(pointer, start);
	return token.len > 0 && run_of(token, true) == token.len ? token : (struct str){NULL, 0};
}

/* `"0" property` becomes `Item at index 0`. */
static struct str name_element(struct arena *arena, struct str message, struct str index, const char *prefix,
		const char *type, const char *item)
{
	struct str start = str_printf(arena, "%s \"%.*s\"", prefix, STR_FMT(index));
	if (prefix[0] == '\0') start = str_printf(arena, "\"%.*s\" property", STR_FMT(index));
	if (!str_starts(message, start)) return message;
	struct str rest = str_skip(message, start.len);
	if (type && str_starts(rest, str_of(type))) rest = str_skip(rest, strlen(type));
	return str_printf(arena, "%s %.*s%.*s", item, STR_FMT(index), STR_FMT(rest));
}

/* Did no schema of the last combinator that failed at this place match? */
static bool is_unmatched(struct schema_report *tree, const struct schema_violation *error)
{
	if (!is_combinator(error)) return false;
	size_t exact = find_place(tree, EXACT, error->instance);
	return str_eq(tree->places.items[exact].combinator, error->keyword);
}

static void emit(struct schema_report *tree, const struct schema_violation *error, struct text message)
{
	struct arena *arena = tree->arena;
	struct str index = last_index(error->instance);
	struct str below = error->instance;
	if (tree->below.len > 0) below = str_printf(arena, "%.*s%.*s", STR_FMT(tree->below), STR_FMT(below));
	struct violation violation = {below, message, error->expected, error->found};
	if (index.ptr) {
		struct str *in = violation.message.in;
		in[LANG_EN] = name_element(arena, in[LANG_EN], index, "", " type", "Item at index");
		in[LANG_NL] = name_element(arena, in[LANG_NL], index, "De eigenschap", NULL, "Het element op plaats");
	}
	if (is_unmatched(tree, error)) {
		violation.message = (struct text){{
				str_printf(arena, "%.*s. None of the schemas matched, see the other errors reported for this value",
						STR_FMT(violation.message.in[LANG_EN])),
				str_printf(arena, "%.*s. Geen van de schema's past; zie de andere meldingen over deze waarde",
						STR_FMT(violation.message.in[LANG_NL])),
		}};
	}
	tree->out->report(tree->out, &violation);
}

/* What messages call the place of an error. */
static struct str name_at(const struct schema_report *tree, const struct schema_violation *error)
{
	for (size_t i = error->instance.len; i > 0; i--)
		if (error->instance.ptr[i - 1] == '/') return str_skip(error->instance, i);
	return tree->sink.name;
}

/* One message for all `enum` errors at a place. */
static void emit_merged(struct schema_report *tree, const struct report_place *at)
{
	struct arena *arena = tree->arena;
	const struct node **lists = arena_alloc(arena, at->errors * sizeof *lists);
	const struct schema_violation *first = &tree->errors.items[at->first_error - 1].error;
	size_t found = 0;
	for (size_t i = at->first_error; i; i = tree->errors.items[i - 1].next)
		lists[found++] = tree->errors.items[i - 1].error.operand;
	emit(tree, first, schema_enum_text(arena, name_at(tree, first), first->value, lists, found));
}

/* The errors at a place, one by one. Beside other errors, `enum` goes without its values. */
static void emit_errors(struct schema_report *tree, size_t i)
{
	for (; i; i = tree->errors.items[i - 1].next) {
		const struct schema_violation *error = &tree->errors.items[i - 1].error;
		bool is_enum = str_eq(error->keyword, STR("enum"));
		emit(tree, error,
				is_enum ? schema_enum_text(tree->arena, name_at(tree, error), error->value, NULL, 0) : error->message);
	}
}

/* A place's own errors, then those of the places below. */
static void emit_place(struct schema_report *tree, size_t place)
{
	struct report_place at = tree->places.items[place];
	if (at.errors > 0 && at.errors == at.enums) {
		emit_merged(tree, &at);
		return;
	}
	if (at.errors > 0) emit_errors(tree, at.first_error);
	for (size_t i = at.first_child; i; i = tree->places.items[i].next)
		if (!tree->places.items[i].deleted) emit_place(tree, i);
}

void schema_report_init(struct schema_report *report, struct arena *arena, struct str name, struct str below)
{
	*report = (struct schema_report){.sink = {.report = keep, .name = name}, .arena = arena, .below = below};
	report->seed = hash_seed(report);
	*vec_push(&report->places) = (struct report_place){.parent = EXACT};
}

void schema_report_finish(struct schema_report *report, struct violation_sink *out)
{
	report->out = out;
	filter(report, 0);
	emit_place(report, 0);
	vec_release(&report->errors);
	vec_release(&report->places);
	free(report->slots);
}
