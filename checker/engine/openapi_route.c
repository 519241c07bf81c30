/* SPDX-License-Identifier: EUPL-1.2 */
/* The tree of path templates. */
#include "engine/openapi_route.h"

#include "base/limits.h"
#include "base/vec.h"
#include "doc/hash.h"

enum edge_kind { EDGE_LITERAL, EDGE_MIXED, EDGE_ANY };

/* From a node to its child, by a segment: decoded text, or a template with the names left out. */
struct edge {
	uint32_t parent, child; /* child 0: free slot */
	enum edge_kind kind;
	struct str text;
};

/* The children of a node with text around variables, in order. */
struct mixed {
	struct str template;
	uint32_t child, next; /* next: number plus one */
};

struct route_node {
	uint32_t leaf; /* plus one; 0: none */
	uint32_t any;  /* child by a lone variable; 0: none */
	uint32_t first_mixed, last_mixed;
};

struct route {
	struct route_node *nodes; /* the root is 0 */
	struct edge *edges;       /* open addressing */
	uint32_t edge_capacity;
	struct mixed *mixed; /* from 1 */
};

static int hex_value(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

struct str route_decode(struct arena *arena, struct str text)
{
	if (str_find(text, '%') == text.len) return text;
	char *decoded = arena_copy(arena, text.ptr, text.len);
	size_t out = 0;
	for (size_t i = 0; i < text.len; i++, out++) {
		decoded[out] = text.ptr[i];
		if (text.ptr[i] != '%' || i + 2 >= text.len) continue;
		int high = hex_value(text.ptr[i + 1]);
		int low = hex_value(text.ptr[i + 2]);
		if (high < 0 || low < 0) continue;
		decoded[out] = (char)(high * 16 + low);
		i += 2;
	}
	return (struct str){decoded, out};
}

struct route_path route_split(struct arena *arena, struct str path)
{
	struct {
		struct str *items;
		size_t count, capacity;
	} parts = {0};
	path.len = str_find(path, '?');
	path.len = str_find(path, '#');
	if (path.len && path.ptr[0] != '/') *vec_push(&parts) = (struct str){path.ptr, str_find(path, '/')};
	path = str_skip(path, str_find(path, '/'));
	while (path.len) {
		path = str_skip(path, 1);
		struct str part = {path.ptr, str_find(path, '/')};
		*vec_push(&parts) = part;
		path = str_skip(path, part.len);
	}
	struct str *kept = arena_alloc(arena, (parts.count + 1) * sizeof *kept);
	if (parts.count) memcpy(kept, parts.items, parts.count * sizeof *kept);
	struct route_path result = {kept, (uint32_t)parts.count};
	vec_release(&parts);
	return result;
}

/* Length of the text before the first variable; `*variable` becomes that of the variable, braces included, or 0. */
static size_t literal_length(struct str text, size_t *variable)
{
	size_t open = str_find(text, '{');
	size_t close = str_find(str_skip(text, open), '}');
	*variable = open + close < text.len ? close + 1 : 0;
	return *variable ? open : text.len;
}

/* What kind of segment of a template this is, and its text without names. */
static enum edge_kind shape_of(struct arena *arena, struct str segment, struct str *text)
{
	struct strbuf shape;
	bool variable = false;
	strbuf_init(&shape, SIZE_MAX / 2);
	for (struct str rest = segment; rest.len;) {
		size_t length;
		size_t literal = literal_length(rest, &length);
		strbuf_add(&shape, (struct str){rest.ptr, literal});
		if (length) strbuf_add(&shape, STR("{}"));
		variable = variable || length;
		rest = str_skip(rest, literal + length);
	}
	*text = strbuf_take(&shape, arena);
	if (!variable) *text = route_decode(arena, segment);
	if (!variable) return EDGE_LITERAL;
	return str_eq(*text, STR("{}")) ? EDGE_ANY : EDGE_MIXED;
}

/* The slot of an edge, or the free one where it belongs. */
static struct edge *edge_slot(const struct route *route, uint32_t parent, enum edge_kind kind, struct str text)
{
	uint32_t mask = route->edge_capacity - 1;
	uint64_t seed = hash_mix(hash_seed(route), (uint64_t)parent * 4 + kind);
	for (uint32_t at = (uint32_t)hash_bytes(text, seed) & mask;; at = (at + 1) & mask) {
		struct edge *edge = &route->edges[at];
		if (!edge->child || (edge->parent == parent && edge->kind == kind && str_eq(edge->text, text))) return edge;
	}
}

struct growth {
	struct arena *arena;
	struct route *route;
	uint32_t nodes, mixed, leaves;
};

static uint32_t add_segment(struct growth *growth, uint32_t parent, struct str segment)
{
	struct route *route = growth->route;
	struct str text;
	enum edge_kind kind = shape_of(growth->arena, segment, &text);
	struct edge *edge = edge_slot(route, parent, kind, text);
	if (edge->child) return edge->child;
	*edge = (struct edge){parent, growth->nodes++, kind, text};
	struct route_node *node = &route->nodes[parent];
	if (kind == EDGE_ANY) node->any = edge->child;
	if (kind != EDGE_MIXED) return edge->child;
	uint32_t number = ++growth->mixed;
	route->mixed[number] = (struct mixed){text, edge->child, 0};
	if (node->last_mixed) route->mixed[node->last_mixed].next = number;
	if (!node->first_mixed) node->first_mixed = number;
	node->last_mixed = number;
	return edge->child;
}

const struct route *route_new(struct arena *arena, const struct route_path *templates, uint32_t count, uint32_t *leaves)
{
	size_t segments = 0;
	for (uint32_t i = 0; i < count; i++)
		segments += templates[i].count;
	struct route *route = arena_zalloc(arena, sizeof *route);
	route->edge_capacity = 16;
	while (route->edge_capacity < segments * 2)
		route->edge_capacity *= 2;
	route->nodes = arena_zalloc(arena, (segments + 1) * sizeof *route->nodes);
	route->mixed = arena_zalloc(arena, (segments + 1) * sizeof *route->mixed);
	route->edges = arena_zalloc(arena, route->edge_capacity * sizeof *route->edges);
	struct growth growth = {arena, route, 1, 0, 0};
	for (uint32_t i = 0; i < count; i++) {
		uint32_t node = 0;
		for (uint32_t k = 0; k < templates[i].count; k++)
			node = add_segment(&growth, node, templates[i].segments[k]);
		if (!route->nodes[node].leaf) route->nodes[node].leaf = ++growth.leaves;
		leaves[i] = route->nodes[node].leaf - 1;
	}
	return route;
}

/*
 * Goes through a segment along a template: each variable takes as little as it can, one byte at least, and the last
 * literal lies at the end. Values are kept when asked for.
 */
static bool fits(struct str template, struct str segment, struct route_value *values, uint32_t *count)
{
	size_t variable;
	size_t literal = literal_length(template, &variable);
	if (!str_starts(segment, (struct str){template.ptr, literal})) return false;
	segment = str_skip(segment, literal);
	while (variable) {
		struct str name = {template.ptr + literal + 1, variable - 2};
		template = str_skip(template, literal + variable);
		literal = literal_length(template, &variable);
		struct str text = {template.ptr, literal};
		if (segment.len < 1 + literal) return false;
		size_t taken = variable ? 1 + str_find_str(str_skip(segment, 1), text) : segment.len - literal;
		if (!str_starts(str_skip(segment, taken), text)) return false;
		if (values) values[*count] = (struct route_value){name, {segment.ptr, taken}};
		if (count) ++*count;
		segment = str_skip(segment, taken + literal);
	}
	return segment.len == 0;
}

void route_values(struct str template, struct str segment, struct route_value *values, uint32_t *count)
{
	if (str_find(template, '{') < template.len) fits(template, segment, values, count);
}

static bool exhausted(struct route_search *search, size_t bytes)
{
	if (search->steps < LIMIT_SELECT_STEPS) search->steps += 1 + bytes / 64;
	return search->steps >= LIMIT_SELECT_STEPS;
}

/* Recursion is as deep as the path and the templates have segments. */
static bool descend(const struct route *route, struct route_search *search, uint32_t number, uint32_t depth)
{
	const struct route_node *node = &route->nodes[number];
	bool ends = depth == search->path.count;
	if (exhausted(search, 0)) return false;
	if (node->leaf && (ends || search->prefixes) && search->accept(search, node->leaf - 1, depth)) return true;
	if (ends) return false;
	struct str segment = search->path.segments[depth];
	const struct edge *literal = edge_slot(route, number, EDGE_LITERAL, route_decode(search->arena, segment));
	if (literal->child && descend(route, search, literal->child, depth + 1)) return true;
	for (uint32_t i = node->first_mixed; i; i = route->mixed[i].next) {
		if (exhausted(search, segment.len)) return false;
		if (!fits(route->mixed[i].template, segment, NULL, NULL)) continue;
		if (descend(route, search, route->mixed[i].child, depth + 1)) return true;
	}
	return node->any && segment.len && descend(route, search, node->any, depth + 1);
}

bool route_find(const struct route *route, struct route_search *search)
{
	return descend(route, search, 0, 0);
}
