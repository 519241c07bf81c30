/* SPDX-License-Identifier: EUPL-1.2 */
/* Lists of a stub: filters on equal members, and pages. */
#include "base/limits.h"
#include "base/vec.h"
#include "engine/stub_private.h"

#include "doc/pointer.h"

enum { PAGE = 100, MOST_FILTERS = 64 };

struct filter {
	struct str member, value;
};

struct query {
	struct filter filters[MOST_FILTERS];
	uint32_t count, page;
	struct str wrong; /* a parameter that the collection does not have; ptr NULL: none */
	struct str plain; /* the query without its page */
};

struct nodes {
	struct node *items;
	size_t count, capacity;
};

/* Of a query a plus is a space; what is no percent-encoding stays as it is. */
static struct str decoded(struct str text, struct arena *arena)
{
	char *spaced = arena_copy(arena, text.ptr, text.len);
	struct str out;
	for (size_t i = 0; i < text.len; i++)
		if (spaced[i] == '+') spaced[i] = ' ';
	return pointer_decode_fragment((struct str){spaced, text.len}, arena, &out) ? out : text;
}

static bool is_filter(const struct stub_collection *collection, struct str name)
{
	for (uint32_t i = 0; collection->filters && i < collection->filters->len; i++)
		if (str_eq(node_text(&collection->filters->children[i]), name)) return true;
	return false;
}

static void take_parameter(
		const struct asked *asked, const struct stub_collection *collection, struct str pair, struct query *query)
{
	size_t equals = str_find(pair, '=');
	struct str name = decoded((struct str){pair.ptr, equals}, asked->arena);
	struct str value = decoded(str_skip(pair, equals + 1), asked->arena);
	if (str_eq(name, STR("page")) && collection->pages) {
		if (!str_to_u32(value, &query->page) || query->page == 0) query->wrong = name;
		return;
	}
	if (!is_filter(collection, name) || query->count == MOST_FILTERS) query->wrong = name;
	if (query->wrong.ptr) return;
	query->filters[query->count++] = (struct filter){name, value};
	query->plain = str_printf(
			asked->arena, "%.*s%s%.*s", STR_FMT(query->plain), query->plain.len ? "&" : "", STR_FMT(pair));
}

static struct query query_of(const struct asked *asked, const struct stub_collection *collection)
{
	struct query query = {.page = 1, .plain = STR("")};
	for (struct str rest = asked->query; rest.len && !query.wrong.ptr;) {
		struct str pair = {rest.ptr, str_find(rest, '&')};
		if (pair.len) take_parameter(asked, collection, pair, &query);
		rest = str_skip(rest, pair.len + 1);
	}
	return query;
}

/* "a__b" is member b of member a. */
static const struct node *member_at(const struct node *value, struct str name)
{
	for (size_t at = str_find_str(name, STR("__")); value && at < name.len; at = str_find_str(name, STR("__"))) {
		value = node_member(value, (struct str){name.ptr, at});
		name = str_skip(name, at + 2);
	}
	return node_member(value, name);
}

static bool is_equal(const struct node *member, struct str value)
{
	if (!member) return false;
	if (member->kind == NODE_STRING || member->kind == NODE_NUMBER) return str_eq(node_text(member), value);
	if (member->kind == NODE_TRUE) return str_eq(value, STR("true")) || str_eq(value, STR("True"));
	return member->kind == NODE_FALSE && (str_eq(value, STR("false")) || str_eq(value, STR("False")));
}

static bool is_wanted(const struct stub_object *object, const struct query *query)
{
	for (uint32_t i = 0; i < query->count; i++)
		if (!is_equal(member_at(object->value, query->filters[i].member), query->filters[i].value)) return false;
	return true;
}

static struct node link_to(const struct asked *asked, const struct stub_collection *collection,
		const struct query *query, uint32_t page, bool there, struct str key)
{
	static const struct node null = {.kind = NODE_NULL, .text = ""};
	if (!there) return node_as(&null, key);
	struct str url = str_printf(asked->arena, "%.*s%.*s?%.*s%spage=%u", STR_FMT(asked->stub->base),
			STR_FMT(collection->path), STR_FMT(query->plain), query->plain.len ? "&" : "", page);
	return node_as(node_text_new(asked->arena, url), key);
}

static void reply_page(struct asked *asked, const struct stub_collection *collection, const struct query *query,
		const struct nodes *found)
{
	struct node members[4];
	size_t first = (size_t)(query->page - 1) * PAGE;
	if (query->page > 1 && first >= found->count) {
		stub_problem(asked, 404, "not_found", NULL, NULL);
		return;
	}
	size_t here = found->count - first < PAGE ? found->count - first : PAGE;
	const struct node *results = node_container_new(
			asked->arena, NODE_ARRAY, found->count ? found->items + first : NULL, (uint32_t)here);
	members[0] = node_as(node_number_new(asked->arena, (uint32_t)found->count), STR("count"));
	members[1] = link_to(asked, collection, query, query->page + 1, first + here < found->count, STR("next"));
	members[2] = link_to(asked, collection, query, query->page - 1, query->page > 1, STR("previous"));
	members[3] = node_as(results, STR("results"));
	stub_reply(asked, 200, collection->headers, node_container_new(asked->arena, NODE_OBJECT, members, 4));
}

void stub_list(struct asked *asked, const struct stub_collection *collection)
{
	struct query query = query_of(asked, collection);
	struct nodes found = {0};
	if (query.wrong.ptr) {
		stub_problem(asked, 400, "unknown-parameters", str_copy(asked->arena, query.wrong).ptr,
				"Deze parameter is er niet, of heeft geen geldige waarde.");
		return;
	}
	for (size_t i = 0; i < asked->stub->objects.count; i++) {
		const struct stub_object *object = &asked->stub->objects.items[i];
		if (object->collection != collection || !object->value || !is_wanted(object, &query)) continue;
		*vec_push(&found) = node_as(object->value, (struct str){NULL, 0});
	}
	if (collection->pages)
		reply_page(asked, collection, &query, &found);
	else
		stub_reply(asked, 200, collection->headers,
				node_container_new(asked->arena, NODE_ARRAY, found.items, (uint32_t)found.count));
	vec_release(&found);
}
