/* SPDX-License-Identifier: EUPL-1.2 */
/* Objects of a stub: made, read, changed, locked, removed. */
#include "base/limits.h"
#include "base/vec.h"
#include "engine/stub_private.h"

struct members {
	struct node *items;
	size_t count, capacity;
};

static struct stub_object *find(const struct stub *stub, struct str url)
{
	const uint32_t *index = strmap_get(&stub->by_url, url);
	return index && stub->objects.items[*index].value ? &stub->objects.items[*index] : NULL;
}

/* What keur itself says of an object is no one else's to say. */
static bool is_reserved(const struct stub_collection *collection, struct str key)
{
	return str_eq(key, STR("url")) || (collection->id.len && str_eq(key, collection->id));
}

static void take_members(struct members *members, const struct node *from, const struct stub_collection *collection)
{
	for (uint32_t i = 0; from && i < from->len; i++)
		if (!is_reserved(collection, node_key(&from->children[i])) && !node_is_repeated(from, &from->children[i]))
			*vec_push(members) = from->children[i];
}

/* Counted, for a small change of a large object makes another large one. */
static const struct node *container_of(struct stub *stub, struct members *members)
{
	const struct node *value = node_container_new(stub->arena, NODE_OBJECT, members->items, (uint32_t)members->count);
	stub->bytes += members->count * sizeof *members->items;
	vec_release(members);
	return value;
}

/* `url` first, the id, what was given, and defaults for the rest. */
static const struct node *value_of(struct stub *stub, const struct stub_object *object, const struct node *given)
{
	const struct stub_collection *collection = object->collection;
	struct members members = {0};
	*vec_push(&members) = node_as(node_text_new(stub->arena, object->url), STR("url"));
	if (collection->id.len) *vec_push(&members) = node_as(node_text_new(stub->arena, object->id), collection->id);
	take_members(&members, given, collection);
	for (uint32_t i = 0; collection->defaults && i < collection->defaults->len; i++) {
		const struct node *member = &collection->defaults->children[i];
		if (is_reserved(collection, node_key(member)) || node_member(given, node_key(member))) continue;
		*vec_push(&members) = node_as(stub_filled(stub->arena, member, stub->base), node_key(member));
	}
	return container_of(stub, &members);
}

static struct stub_object *add(
		struct stub *stub, const struct stub_collection *collection, struct str id, const struct node *given)
{
	struct stub_object object = {.collection = collection, .id = id};
	object.url = str_printf(stub->arena, "%.*s%.*s/%.*s", STR_FMT(stub->base), STR_FMT(collection->path), STR_FMT(id));
	object.value = value_of(stub, &object, given);
	strmap_put(&stub->by_url, object.url, (uint32_t)stub->objects.count);
	*vec_push(&stub->objects) = object;
	return &stub->objects.items[stub->objects.count - 1];
}

void stub_furnish(struct stub *stub)
{
	for (uint32_t i = 0; i < stub->book->collection_count; i++) {
		const struct stub_collection *collection = &stub->book->collections[i];
		for (uint32_t k = 0; collection->items && k < collection->items->len; k++) {
			const struct node *item = &collection->items->children[k];
			add(stub, collection, node_key(item), stub_filled(stub->arena, item, stub->base));
		}
	}
}

/* The body as an object, with the life of the stub. NULL: answered already. */
static const struct node *body_of(struct asked *asked)
{
	struct stub *stub = asked->stub;
	struct text why;
	if (stub->bytes + asked->request->body.len > LIMIT_STUB_BYTES || stub->objects.count >= LIMIT_STUB_OBJECTS) {
		stub_problem(asked, 507, "full", NULL, NULL);
		return NULL;
	}
	stub->bytes += asked->request->body.len;
	const struct node *body = node_of_json(stub->arena, asked->request->body, &why);
	if (body && body->kind == NODE_OBJECT) return body;
	stub_problem(asked, 400, "parse_error", NULL, "De inhoud is geen JSON-object.");
	return NULL;
}

/* Each member that is a reference is the URL of what is there. */
static bool refers_well(struct asked *asked, const struct stub_collection *collection, const struct node *value)
{
	for (uint32_t i = 0; collection->refers && i < collection->refers->len; i++) {
		const struct node *reference = &collection->refers->children[i];
		const struct node *member = node_member(value, node_key(reference));
		if (!member || member->kind == NODE_NULL || (member->kind == NODE_STRING && !member->len)) continue;
		const struct stub_object *other = member->kind == NODE_STRING ? find(asked->stub, node_text(member)) : NULL;
		if (other && str_eq(other->collection->path, node_text(reference))) continue;
		stub_problem(asked, 400, "does_not_exist", str_copy(asked->arena, node_key(reference)).ptr,
				"Er is geen object op deze URL.");
		return false;
	}
	return true;
}

void stub_make(struct asked *asked, const struct stub_collection *collection)
{
	const struct node *body = body_of(asked);
	if (!body || !refers_well(asked, collection, body)) return;
	struct str id = str_printf(asked->stub->arena, "00000000-0000-4000-8000-%012u", ++asked->stub->made);
	const struct stub_object *object = add(asked->stub, collection, id, body);
	stub_field(asked, STR("Location"), object->url);
	stub_reply(asked, 201, collection->headers, object->value);
}

/* RFC 7396. Depth is bounded by that of the documents that were read. */
static const struct node *merged(struct stub *stub, const struct node *value, const struct node *patch)
{
	struct members members = {0};
	if (patch->kind != NODE_OBJECT) return patch;
	for (uint32_t i = 0; value && value->kind == NODE_OBJECT && i < value->len; i++)
		if (!node_member(patch, node_key(&value->children[i]))) *vec_push(&members) = value->children[i];
	for (uint32_t i = 0; i < patch->len; i++) {
		const struct node *member = &patch->children[i];
		if (member->kind == NODE_NULL || node_is_repeated(patch, member)) continue;
		*vec_push(&members) = node_as(merged(stub, node_member(value, node_key(member)), member), node_key(member));
	}
	return container_of(stub, &members);
}

/* With locks, only who has the lock may change it. */
static bool may_change(struct asked *asked, const struct stub_object *object, const struct node *body)
{
	if (!object->collection->lock) return true;
	struct str lock = node_string_member(body, STR("lock"));
	if (object->lock.len && str_eq(lock, object->lock)) return true;
	stub_problem(asked, 400, object->lock.len ? "incorrect-lock-id" : "unlocked", "lock",
			"Het object is niet vergrendeld, of met een ander slot.");
	return false;
}

static void change(struct asked *asked, struct stub_object *object)
{
	const struct node *body = body_of(asked);
	bool whole = str_eq(asked->request->method, STR("PUT"));
	if (!body || !may_change(asked, object, body)) return;
	const struct node *given = whole ? body : merged(asked->stub, object->value, body);
	if (!refers_well(asked, object->collection, given)) return;
	object->value = value_of(asked->stub, object, given);
	stub_reply(asked, 200, object->collection->headers, object->value);
}

static void remove_object(struct asked *asked, struct stub_object *object)
{
	if (object->lock.len) {
		stub_problem(asked, 400, "locked", "lock", "Het object is vergrendeld.");
		return;
	}
	object->value = NULL;
	stub_reply(asked, 204, object->collection->headers, NULL);
}

static void lock(struct asked *asked, struct stub_object *object)
{
	if (object->lock.len) {
		stub_problem(asked, 400, "existing-lock", "lock", "Het object is al vergrendeld.");
		return;
	}
	object->lock = str_printf(asked->stub->arena, "%032u", ++asked->stub->locked);
	struct node member = node_as(node_text_new(asked->arena, object->lock), STR("lock"));
	stub_reply(asked, 200, object->collection->headers, node_container_new(asked->arena, NODE_OBJECT, &member, 1));
}

static void unlock(struct asked *asked, struct stub_object *object)
{
	const struct node *body = body_of(asked);
	if (!body || !may_change(asked, object, body)) return;
	object->lock = (struct str){NULL, 0};
	stub_reply(asked, 204, object->collection->headers, NULL);
}

static void about_object(struct asked *asked, struct stub_object *object)
{
	struct str method = asked->request->method;
	if (str_eq(method, STR("GET")) || str_eq(method, STR("HEAD")))
		stub_reply(asked, 200, object->collection->headers, object->value);
	else if (str_eq(method, STR("PUT")) || str_eq(method, STR("PATCH")))
		change(asked, object);
	else if (str_eq(method, STR("DELETE")))
		remove_object(asked, object);
	else
		stub_problem(asked, 405, "method_not_allowed", NULL, NULL);
}

void stub_one(struct asked *asked, const struct stub_collection *collection, struct str behind)
{
	struct str id = {behind.ptr, str_find(behind, '/')}, verb = str_skip(behind, id.len);
	struct str url = str_printf(
			asked->arena, "%.*s%.*s/%.*s", STR_FMT(asked->stub->base), STR_FMT(collection->path), STR_FMT(id));
	struct stub_object *object = find(asked->stub, url);
	bool post = str_eq(asked->request->method, STR("POST"));
	if (object && !verb.len)
		about_object(asked, object);
	else if (object && collection->lock && post && str_eq(verb, STR("/lock")))
		lock(asked, object);
	else if (object && collection->lock && post && str_eq(verb, STR("/unlock")))
		unlock(asked, object);
	else
		stub_problem(asked, 404, "not_found", NULL, NULL);
}
