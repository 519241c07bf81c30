/* SPDX-License-Identifier: EUPL-1.2 */
/* Expressions of scopes. */
#include "engine/contract_scope.h"

#include "base/limits.h"
#include "base/vec.h"

enum { MOST_DEPTH = 64, MOST_WAYS = 1000, MOST_PARTS = 200, MOST_LISTED = 50 };

enum scope_kind { SCOPE_NAME, SCOPE_AND, SCOPE_OR };

struct scope {
	enum scope_kind kind;
	struct str name;
	const struct scope *left, *right;
};

struct parsing {
	struct arena *arena;
	struct str rest;
	uint32_t depth, parts;
};

static const struct scope *join(
		struct arena *arena, enum scope_kind kind, const struct scope *left, const struct scope *right)
{
	struct scope *scope = arena_alloc(arena, sizeof *scope);
	*scope = (struct scope){.kind = kind, .left = left, .right = right};
	return scope;
}

const struct scope *scope_both(struct arena *arena, const struct scope *left, const struct scope *right)
{
	if (!left || !right) return left ? left : right;
	return join(arena, SCOPE_AND, left, right);
}

const struct scope *scope_either(struct arena *arena, const struct scope *left, const struct scope *right)
{
	return left && right ? join(arena, SCOPE_OR, left, right) : NULL;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static char peek(struct parsing *parsing)
{
	while (parsing->rest.len && is_space(parsing->rest.ptr[0]))
		parsing->rest = str_skip(parsing->rest, 1);
	return parsing->rest.len ? parsing->rest.ptr[0] : '\0';
}

static bool parse_or(struct parsing *parsing, const struct scope **out);

static bool parse_name(struct parsing *parsing, const struct scope **out)
{
	size_t length = 0;
	struct str rest = parsing->rest;
	while (length < rest.len && !is_space(rest.ptr[length]) && !memchr("|&()", rest.ptr[length], 4))
		length++;
	if (length == 0 || ++parsing->parts > MOST_PARTS) return false;
	struct scope *scope = arena_alloc(parsing->arena, sizeof *scope);
	*scope = (struct scope){.kind = SCOPE_NAME, .name = {rest.ptr, length}};
	parsing->rest = str_skip(rest, length);
	*out = scope;
	return true;
}

static bool parse_single(struct parsing *parsing, const struct scope **out)
{
	if (peek(parsing) != '(') return parse_name(parsing, out);
	if (++parsing->depth > MOST_DEPTH) return false;
	parsing->rest = str_skip(parsing->rest, 1);
	if (!parse_or(parsing, out) || peek(parsing) != ')') return false;
	parsing->rest = str_skip(parsing->rest, 1);
	parsing->depth--;
	return true;
}

static bool parse_and(struct parsing *parsing, const struct scope **out)
{
	if (!parse_single(parsing, out)) return false;
	while (peek(parsing) == '&') {
		const struct scope *right;
		parsing->rest = str_skip(parsing->rest, 1);
		if (!parse_single(parsing, &right)) return false;
		*out = join(parsing->arena, SCOPE_AND, *out, right);
	}
	return true;
}

static bool parse_or(struct parsing *parsing, const struct scope **out)
{
	if (!parse_and(parsing, out)) return false;
	while (peek(parsing) == '|') {
		const struct scope *right;
		parsing->rest = str_skip(parsing->rest, 1);
		if (!parse_and(parsing, &right)) return false;
		*out = join(parsing->arena, SCOPE_OR, *out, right);
	}
	return true;
}

bool scope_parse(struct arena *arena, struct str text, const struct scope **out)
{
	struct parsing parsing = {.arena = arena, .rest = text};
	const struct scope *scope;
	if (!parse_or(&parsing, &scope) || peek(&parsing)) return false;
	*out = scope;
	return true;
}

const struct scope *scope_name(struct arena *arena, struct str name)
{
	struct scope *scope = arena_alloc(arena, sizeof *scope);
	*scope = (struct scope){.kind = SCOPE_NAME, .name = name};
	return scope;
}

bool scope_parse_list(struct arena *arena, const struct node *list, const struct scope **out)
{
	const struct scope *all = NULL;
	if (list->kind != NODE_ARRAY || list->len > MOST_LISTED) return false;
	for (uint32_t i = 0; i < list->len; i++) {
		const struct scope *one;
		const struct node *item = &list->children[i];
		if (item->kind != NODE_STRING) return false;
		if (!scope_parse(arena, node_text(item), &one)) one = scope_name(arena, node_text(item));
		all = scope_both(arena, all, one);
	}
	*out = all;
	return true;
}

/* A way to satisfy an expression: names, all of which it takes. */
struct way {
	const struct way *up;
	struct str name;
};

struct ways {
	const struct way **items; /* NULL: nothing is asked for */
	size_t count, capacity;
};

/* Every way in `before` goes on through the expression; false when there are too many. */
static bool extend(struct arena *arena, const struct scope *scope, const struct ways *before, struct ways *out)
{
	bool ok = true;
	if (scope->kind == SCOPE_OR)
		return extend(arena, scope->left, before, out) && extend(arena, scope->right, before, out);
	if (scope->kind == SCOPE_AND) {
		struct ways between = {0};
		ok = extend(arena, scope->left, before, &between) && extend(arena, scope->right, &between, out);
		vec_release(&between);
		return ok;
	}
	for (size_t i = 0; i < before->count; i++) {
		struct way *way = arena_alloc(arena, sizeof *way);
		*way = (struct way){before->items[i], scope->name};
		*vec_push(out) = way;
	}
	return out->count <= MOST_WAYS;
}

static bool is_satisfied(const struct scope *scope, const struct way *way)
{
	if (!scope) return true;
	if (scope->kind == SCOPE_OR) return is_satisfied(scope->left, way) || is_satisfied(scope->right, way);
	if (scope->kind == SCOPE_AND) return is_satisfied(scope->left, way) && is_satisfied(scope->right, way);
	for (; way; way = way->up)
		if (str_eq(way->name, scope->name)) return true;
	return false;
}

enum scope_relation scope_implies(struct arena *arena, const struct scope *strong, const struct scope *weak)
{
	const struct way *nothing = NULL;
	struct ways start = {&nothing, 1, 1}, all = {0};
	enum scope_relation relation = SCOPE_IMPLIES;
	if (!weak) return SCOPE_IMPLIES;
	if (!strong) return SCOPE_DIFFERS;
	if (!extend(arena, strong, &start, &all)) relation = SCOPE_UNDECIDED;
	for (size_t i = 0; i < all.count && relation == SCOPE_IMPLIES; i++)
		if (!is_satisfied(weak, all.items[i])) relation = SCOPE_DIFFERS;
	vec_release(&all);
	return relation;
}

static void write(struct strbuf *out, const struct scope *scope, bool inside_and)
{
	if (scope->kind == SCOPE_NAME) {
		strbuf_add(out, scope->name);
		return;
	}
	bool enclosed = inside_and && scope->kind == SCOPE_OR;
	if (enclosed) strbuf_add_char(out, '(');
	write(out, scope->left, scope->kind == SCOPE_AND);
	strbuf_add(out, scope->kind == SCOPE_AND ? STR(" & ") : STR(" | "));
	write(out, scope->right, scope->kind == SCOPE_AND);
	if (enclosed) strbuf_add_char(out, ')');
}

struct str scope_text(struct arena *arena, const struct scope *scope)
{
	struct strbuf out;
	strbuf_init(&out, LIMIT_MESSAGE_BYTES);
	if (scope) write(&out, scope, false);
	return strbuf_take(&out, arena);
}
