/*
 * The core function `schema`: a value against a JSON Schema, reported as Spectral does.
 *
 * Spectral passes ajv's errors through better-ajv-errors, which puts them in a tree by place, leaves out what says
 * less than something else does, and merges lists of allowed values. One difference: it loses errors at places whose
 * names have no letters, digits, `_`, `$` or `-` after a slash; they are reported here.
 */
#include <stdlib.h>

#include "base/limits.h"
#include "base/vec.h"
#include "doc/hash.h"
#include "doc/pointer.h"
#include "engine/function_private.h"
#include "engine/js.h"
#include "engine/schema.h"

struct schema_function {
	const struct schema *schema;
	bool all;
};

static bool read_dialect(const struct options *options, enum schema_draft *draft, bool *named)
{
	static const struct {
		const char *name;
		enum schema_draft draft;
	} dialects[] = {{"draft4", SCHEMA_DRAFT4}, {"draft6", SCHEMA_DRAFT6}, {"draft7", SCHEMA_DRAFT7},
			{"draft2019-09", SCHEMA_2019_09}, {"draft2020-12", SCHEMA_2020_12}};
	const struct node *dialect = node_member(options->node, STR("dialect"));
	struct str name = dialect && dialect->kind == NODE_STRING ? node_text(dialect) : STR("");
	*named = false;
	if (!dialect || str_eq(name, STR("auto"))) return true;
	for (size_t i = 0; i < sizeof dialects / sizeof dialects[0]; i++) {
		if (!str_eq(str_of(dialects[i].name), name)) continue;
		*draft = dialects[i].draft;
		return *named = true;
	}
	return option_fail(options, "dialect", dialect,
			"accepts only the following values: \"auto\", \"draft4\", \"draft6\", \"draft7\", \"draft2019-09\", "
			"\"draft2020-12\"",
			"moet \"auto\", \"draft4\", \"draft6\", \"draft7\", \"draft2019-09\" of \"draft2020-12\" zijn");
}

static bool read_all_errors(const struct options *options, bool *all)
{
	const struct node *value = node_member(options->node, STR("allErrors"));
	*all = value && value->kind == NODE_TRUE;
	if (!value || *all || value->kind == NODE_FALSE) return true;
	return option_fail(options, "allErrors", value, "accepts only the following types: boolean",
			"moet waar of onwaar zijn (true, false)");
}

bool schema_function_compile(
		struct arena *arena, struct source *source, const struct node *node, void **compiled, struct err *err)
{
	struct options options = {
			arena, source, node, "schema", "{ \"schema\": { \"type\": \"object\" }, \"dialect\": \"auto\" }", err};
	static const char *const names[] = {"schema", "dialect", "allErrors", NULL};
	struct schema_options how = {.draft = SCHEMA_DRAFT7, .formats = true, .nullable = true, .ref_siblings = true};
	bool named;
	bool all;
	if (!options_object(&options, names, false)) return false;
	const struct node *schema = node_member(node, STR("schema"));
	if (!schema) return options_fail(&options);
	if (schema->kind != NODE_OBJECT)
		return option_fail(
				&options, "schema", schema, "accepts only the following types: object", "moet een object zijn");
	if (!read_dialect(&options, &how.draft, &named) || !read_all_errors(&options, &all)) return false;
	struct schema_function *function = arena_alloc(arena, sizeof *function);
	*function = (struct schema_function){schema_compile(arena, source, schema, &how, err), all};
	*compiled = function;
	return function->schema != NULL;
}

/* An error and the next one at its place; 0 is none, else index + 1. */
struct kept {
	struct schema_violation error;
	size_t next;
};

/* A place in the tree of errors. Children and errors are in the order in which they came; 0 is none. */
struct spot {
	struct str chunk; /* one or two tokens, as better-ajv-errors cuts pointers */
	size_t parent;
	size_t first_child, last_child, next; /* places */
	size_t children;                      /* those not deleted */
	size_t first_error, last_error;       /* index + 1 */
	size_t errors, enums, any_ofs;        /* how many; none when they are left out */
	struct str combinator;                /* of an exact place: the keyword of the last one without a match */
	bool deleted;
};

/*
 * Errors and the tree of their places; place 0 is the root of the tree, which is no place itself. Places of which the
 * parent is EXACT are no part of the tree: they stand for whole pointers, of which several may share a place.
 */
struct tree {
	struct schema_sink sink;
	struct {
		struct kept *items;
		size_t count, capacity;
	} errors;
	struct {
		struct spot *items;
		size_t count, capacity;
	} places;
	size_t *slots; /* places by parent and chunk */
	size_t slot_count;
	uint64_t seed;
	const struct subject *subject;
	struct violation_sink *out;
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
static size_t *find_slot(const struct tree *tree, size_t parent, struct str chunk)
{
	for (size_t i = hash_bytes(chunk, hash_mix(parent, tree->seed));; i++) {
		size_t *slot = &tree->slots[i & (tree->slot_count - 1)];
		const struct spot *spot = &tree->places.items[*slot];
		if (*slot == 0 || (spot->parent == parent && str_eq(spot->chunk, chunk))) return slot;
	}
}

static void grow_slots(struct tree *tree)
{
	tree->slot_count = tree->slot_count ? tree->slot_count * 2 : 16;
	tree->slots = mem_resize(tree->slots, tree->slot_count, sizeof *tree->slots);
	memset(tree->slots, 0, tree->slot_count * sizeof *tree->slots);
	for (size_t i = 1; i < tree->places.count; i++)
		*find_slot(tree, tree->places.items[i].parent, tree->places.items[i].chunk) = i;
}

static size_t find_place(struct tree *tree, size_t parent, struct str chunk)
{
	if (tree->places.count * 2 >= tree->slot_count) grow_slots(tree);
	size_t *slot = find_slot(tree, parent, chunk);
	size_t place = *slot;
	if (place != 0) return place;
	*slot = place = tree->places.count;
	*vec_push(&tree->places) = (struct spot){.chunk = chunk, .parent = parent};
	if (parent == EXACT) return place;
	struct spot *above = &tree->places.items[parent];
	*(above->last_child ? &tree->places.items[above->last_child].next : &above->first_child) = place;
	above->last_child = place;
	above->children++;
	return place;
}

static bool is_combinator(const struct schema_violation *error)
{
	return str_eq(error->keyword, STR("oneOf")) || str_eq(error->keyword, STR("anyOf"));
}

static void add_error(struct tree *tree, size_t place, const struct schema_violation *error)
{
	*vec_push(&tree->errors) = (struct kept){*error, 0};
	struct spot *at = &tree->places.items[place];
	*(at->last_error ? &tree->errors.items[at->last_error - 1].next : &at->first_error) = tree->errors.count;
	at->last_error = tree->errors.count;
	at->errors++;
	at->enums += str_eq(error->keyword, STR("enum"));
	at->any_ofs += str_eq(error->keyword, STR("anyOf"));
}

/* Keeps an error and finds its place in the tree. */
static void keep(struct schema_sink *sink, const struct schema_violation *violation)
{
	struct tree *tree = (struct tree *)sink;
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
static void filter(struct tree *tree, size_t place)
{
	struct spot *at = &tree->places.items[place];
	if (at->any_ofs > 0 && at->children > 0) at->errors = at->enums = 0;
	struct spot *above = place ? &tree->places.items[at->parent] : NULL;
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
static bool is_unmatched(struct tree *tree, const struct schema_violation *error)
{
	if (!is_combinator(error)) return false;
	size_t exact = find_place(tree, EXACT, error->instance);
	return str_eq(tree->places.items[exact].combinator, error->keyword);
}

static void emit(struct tree *tree, const struct schema_violation *error, struct text message)
{
	struct arena *arena = tree->subject->arena;
	struct str index = last_index(error->instance);
	struct violation violation = {error->instance, message, error->expected, error->found};
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
static struct str name_at(const struct tree *tree, const struct schema_violation *error)
{
	for (size_t i = error->instance.len; i > 0; i--)
		if (error->instance.ptr[i - 1] == '/') return str_skip(error->instance, i);
	return tree->sink.name;
}

/* One message for all `enum` errors at a place. */
static void emit_merged(struct tree *tree, const struct spot *at)
{
	struct arena *arena = tree->subject->arena;
	const struct node **lists = arena_alloc(arena, at->errors * sizeof *lists);
	const struct schema_violation *first = &tree->errors.items[at->first_error - 1].error;
	size_t found = 0;
	for (size_t i = at->first_error; i; i = tree->errors.items[i - 1].next)
		lists[found++] = tree->errors.items[i - 1].error.operand;
	emit(tree, first, schema_enum_text(arena, name_at(tree, first), first->value, lists, found));
}

/* The errors at a place, one by one. Beside other errors, `enum` goes without its values. */
static void emit_errors(struct tree *tree, size_t i)
{
	for (; i; i = tree->errors.items[i - 1].next) {
		const struct schema_violation *error = &tree->errors.items[i - 1].error;
		bool is_enum = str_eq(error->keyword, STR("enum"));
		emit(tree, error,
				is_enum ? schema_enum_text(tree->subject->arena, name_at(tree, error), error->value, NULL, 0)
						: error->message);
	}
}

/* A place's own errors, then those of the places below. */
static void emit_place(struct tree *tree, size_t place)
{
	struct spot at = tree->places.items[place];
	if (at.errors > 0 && at.errors == at.enums) {
		emit_merged(tree, &at);
		return;
	}
	if (at.errors > 0) emit_errors(tree, at.first_error);
	for (size_t i = at.first_child; i; i = tree->places.items[i].next)
		if (!tree->places.items[i].deleted) emit_place(tree, i);
}

/* The last name on the way to the subject; ptr NULL for a root. */
static struct str own_name(const struct subject *subject)
{
	const struct step *where = subject->where;
	if (!where || !where->up) return (struct str){NULL, 0};
	return where->key.ptr ? where->key : str_printf(subject->arena, "%u", where->index);
}

static enum function_result report_missing(const struct subject *subject, struct violation_sink *sink)
{
	struct text property = subject_property(subject);
	subject_report(subject, sink,
			(struct text){{
					str_printf(subject->arena, "%.*smust exist", STR_FMT(property.in[LANG_EN])),
					str_printf(subject->arena, "%.*smoet aanwezig zijn", STR_FMT(property.in[LANG_NL])),
			}},
			TEXT("a value", "een waarde"));
	return FUNCTION_DONE;
}

enum function_result schema_function_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	const struct schema_function *function = compiled;
	struct node key = {.kind = NODE_STRING, .text = subject->key.ptr, .len = (uint32_t)subject->key.len};
	const struct node *value = subject->key.ptr ? &key : subject->value;
	if (!value) return report_missing(subject, sink);
	struct tree tree = {.sink = {.report = keep, .name = own_name(subject)},
			.seed = hash_seed(&tree),
			.subject = subject,
			.out = sink};
	*vec_push(&tree.places) = (struct spot){.parent = EXACT};
	enum schema_result result = schema_check(function->schema, subject->view, value,
			function->all ? SCHEMA_ALL : SCHEMA_FIRST, &tree.sink, subject->arena, err);
	filter(&tree, 0);
	emit_place(&tree, 0);
	vec_release(&tree.errors);
	vec_release(&tree.places);
	free(tree.slots);
	return result == SCHEMA_UNDECIDED ? FUNCTION_UNDECIDED : FUNCTION_DONE;
}
