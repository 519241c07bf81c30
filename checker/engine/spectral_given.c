/* SPDX-License-Identifier: EUPL-1.2 */
/* `given` of a rule: aliases resolved, each different expression compiled once. */
#include "base/limits.h"
#include "base/vec.h"
#include "engine/spectral_private.h"

enum { ALIAS_DEPTH = 16, ALIAS_EXPANSIONS = 1000 };

struct path_key {
	struct str text;
	bool resolved;
};

struct path_table {
	struct {
		const struct jsonpath **items;
		size_t count, capacity;
	} paths;
	struct {
		struct path_key *items;
		size_t count, capacity;
	} keys;
};

/* The state of resolving one `given`. */
struct expansion {
	struct path_table *table;
	struct arena *arena;
	const struct draft *draft;
	bool nimma_bugs;
	struct str aliases[ALIAS_DEPTH]; /* on the way, to see circles */
	struct format_choice choices[ALIAS_DEPTH];
	uint32_t depth, choice_count, produced;
	struct {
		struct given *items;
		size_t count, capacity;
	} givens;
};

static void path_table_free(void *handle)
{
	struct path_table *table = handle;
	vec_release(&table->paths);
	vec_release(&table->keys);
}

struct path_table *path_table_new(struct arena *arena)
{
	struct path_table *table = arena_zalloc(arena, sizeof *table);
	arena_on_free(arena, path_table_free, table);
	return table;
}

void path_table_take(struct path_table *table, struct arena *arena, struct spectral *spectral)
{
	spectral->path_count = (uint32_t)table->paths.count;
	spectral->paths = arena_alloc(arena, table->paths.count * sizeof *spectral->paths);
	if (table->paths.count) memcpy(spectral->paths, table->paths.items, table->paths.count * sizeof *spectral->paths);
}

static bool add_path(struct expansion *x, struct str text, struct piece piece, struct err *err)
{
	struct path_table *table = x->table;
	struct given given = {.choice_count = x->choice_count};
	while (given.path < table->keys.count && !(table->keys.items[given.path].resolved == x->draft->resolved &&
													 str_eq(table->keys.items[given.path].text, text)))
		given.path++;
	if (given.path == table->keys.count) {
		struct err fault;
		err_init(&fault, x->arena);
		const struct jsonpath *path = jsonpath_compile(
				x->arena, text, x->nimma_bugs ? JSONPATH_SPECTRAL_NIMMA : JSONPATH_SPECTRAL, &fault);
		if (!path) {
			struct text before = text_printf(
					x->arena, "rule \"%.*s\": given: ", "regel \"%.*s\": given: ", STR_FMT(x->draft->rule.name));
			return err_set_text(
					err, ERR_RULES, source_loc(piece.doc->source, piece.node->start), before, fault.message);
		}
		*vec_push(&table->keys) = (struct path_key){text, x->draft->resolved};
		*vec_push(&table->paths) = path;
	}
	if (x->choice_count > 0) {
		given.choices = arena_alloc(x->arena, x->choice_count * sizeof *given.choices);
		memcpy(given.choices, x->choices, x->choice_count * sizeof *given.choices);
	}
	*vec_push(&x->givens) = given;
	return true;
}

static bool expand(struct expansion *x, struct str text, struct piece piece, struct err *err);

/* Each of a list of expressions, with what followed the alias behind it. */
static bool expand_list(
		struct expansion *x, const struct node *list, struct str tail, struct piece piece, struct err *err)
{
	for (uint32_t i = 0; i < list->len; i++) {
		const struct node *item = &list->children[i];
		if (item->kind != NODE_STRING)
			return PIECE_ERROR(err, piece, "alias: expected JSONPath expressions%s",
					"alias: verwacht werden JSONPath-expressies%s", "");
		struct str text = str_printf(x->arena, "%.*s%.*s", STR_FMT(node_text(item)), STR_FMT(tail));
		if (!expand(x, text, piece, err)) return false;
	}
	return true;
}

/* An alias with targets for formats: each target holds where a format of its own matches and none of a later target. */
static bool expand_targets(
		struct expansion *x, const struct node *targets, struct str tail, struct piece piece, struct err *err)
{
	format_set later = 0;
	uint32_t place = x->choice_count;
	if (place == ALIAS_DEPTH)
		return PIECE_ERROR(err, piece, "aliases nest too deep%s", "te diep geneste aliassen%s", "");
	for (uint32_t i = node_count(targets); i-- > 0;) {
		const struct node *target = &targets->children[i];
		const struct node *formats = node_member(target, STR("formats"));
		const struct node *given = node_member(target, STR("given"));
		if (!formats || !given || given->kind != NODE_ARRAY)
			return PIECE_ERROR(err, piece, "alias: a target needs formats and a list given%s",
					"alias: een doel heeft formats en een lijst given nodig%s", "");
		format_set set;
		if (!formats_read((struct piece){x->draft->alias_scope->doc, formats}, &set, err)) return false;
		x->choices[place] = (struct format_choice){.any = set, .none = later};
		x->choice_count = place + 1;
		if (!expand_list(x, given, tail, piece, err)) return false;
		later |= set;
	}
	x->choice_count = place;
	return true;
}

/* Length of the alias name after "#": letters, digits, "_" and "-". */
static size_t alias_length(struct str text)
{
	size_t i = 1;
	while (i < text.len &&
			(text.ptr[i] == '_' || text.ptr[i] == '-' || (text.ptr[i] >= '0' && text.ptr[i] <= '9') ||
					(text.ptr[i] >= 'A' && text.ptr[i] <= 'Z') || (text.ptr[i] >= 'a' && text.ptr[i] <= 'z')))
		i++;
	return i - 1;
}

static bool expand_alias(struct expansion *x, struct str text, struct piece piece, struct err *err)
{
	struct str name = {text.ptr + 1, alias_length(text)};
	const struct node *alias = NULL;
	for (int i = 0; i < 2 && !alias; i++)
		alias = node_member(x->draft->alias_scope->aliases[i], name);
	if (!alias)
		return PIECE_ERROR(err, piece, "rule \"%.*s\": there is no alias \"%.*s\" in this rule set",
				"regel \"%.*s\": deze regelset kent geen alias \"%.*s\"", STR_FMT(x->draft->rule.name), STR_FMT(name));
	for (uint32_t i = 0; i < x->depth; i++)
		if (str_eq(x->aliases[i], name))
			return PIECE_ERROR(err, piece, "alias \"%.*s\" leads back to itself", "alias \"%.*s\" leidt naar zichzelf",
					STR_FMT(name));
	if (x->depth == ALIAS_DEPTH || ++x->produced > ALIAS_EXPANSIONS)
		return PIECE_ERROR(err, piece, "alias \"%.*s\": too many aliases in aliases",
				"alias \"%.*s\": te veel aliassen in aliassen", STR_FMT(name));
	x->aliases[x->depth++] = name;
	struct str tail = str_skip(text, 1 + name.len);
	const struct node *targets = node_member(alias, STR("targets"));
	struct piece at = {x->draft->alias_scope->doc, alias};
	bool ok;
	if (alias->kind == NODE_ARRAY)
		ok = expand_list(x, alias, tail, at, err);
	else if (targets && targets->kind == NODE_ARRAY)
		ok = expand_targets(x, targets, tail, at, err);
	else
		ok = PIECE_ERROR(err, at, "alias \"%.*s\": expected a list of expressions, or an object with targets",
				"alias \"%.*s\": verwacht werd een lijst met expressies, of een object met targets", STR_FMT(name));
	x->depth--;
	return ok;
}

static bool expand(struct expansion *x, struct str text, struct piece piece, struct err *err)
{
	if (text.len > 0 && text.ptr[0] == '#') return expand_alias(x, text, piece, err);
	if (text.len > 0 && text.ptr[0] == '$') return add_path(x, text, piece, err);
	return PIECE_ERROR(err, piece,
			"given: expected a JSONPath that starts with $ or an alias that starts with #, found \"%.*s\"",
			"given: verwacht werd een JSONPath die met $ begint of een alias die met # begint, gevonden \"%.*s\"",
			STR_FMT(text));
}

bool given_compile(struct path_table *table, struct arena *arena, const struct draft *draft, bool nimma_bugs,
		struct program *program, struct err *err)
{
	struct expansion x = {.table = table, .arena = arena, .draft = draft, .nimma_bugs = nimma_bugs};
	const struct node *list = draft->given.node;
	uint32_t count = list->kind == NODE_ARRAY ? list->len : 1;
	bool ok = count > 0 || PIECE_ERROR(err, draft->given, "given: the list is empty; name at least one JSONPath%s",
								   "given: de lijst is leeg; noem ten minste één JSONPath%s", "");
	for (uint32_t i = 0; ok && i < count; i++) {
		struct piece piece = {draft->given.doc, list->kind == NODE_ARRAY ? &list->children[i] : list};
		ok = piece.node->kind == NODE_STRING ? expand(&x, node_text(piece.node), piece, err)
											 : PIECE_ERROR(err, piece, "given: expected a JSONPath in a string%s",
													   "given: verwacht werd een JSONPath in een string%s", "");
	}
	program->given_count = (uint32_t)x.givens.count;
	program->givens = arena_alloc(arena, x.givens.count * sizeof *program->givens);
	if (x.givens.count) memcpy(program->givens, x.givens.items, x.givens.count * sizeof *program->givens);
	vec_release(&x.givens);
	return ok;
}

bool given_holds(const struct given *given, format_set formats)
{
	for (uint32_t i = 0; i < given->choice_count; i++)
		if (!(formats & given->choices[i].any) || (formats & given->choices[i].none)) return false;
	return true;
}
