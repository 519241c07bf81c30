/* SPDX-License-Identifier: EUPL-1.2 */
/* A stub: which resource or collection a request is about. */
#include "engine/stub.h"

#include "base/vec.h"
#include "engine/stub_private.h"
#include "fetch/counterpart.h"

static bool is_method(struct str method, struct str asked)
{
	return str_eq(method, asked) || (str_eq(asked, STR("HEAD")) && str_eq(method, STR("GET")));
}

static bool is_let_in(const struct asked *asked, const struct stub_resource *resource)
{
	const struct http_field *field = http_field_find(&asked->request->fields, STR("authorization"));
	return !resource->authorization.len || (field && str_eq(field->value, resource->authorization));
}

static void give_resource(struct asked *asked, const struct stub_resource *resource)
{
	if (!is_let_in(asked, resource)) {
		stub_problem(asked, 403, "permission_denied", NULL, NULL);
		return;
	}
	const struct node *body = resource->body ? stub_filled(asked->arena, resource->body, asked->stub->base) : NULL;
	stub_reply(asked, resource->status, resource->headers, body);
	if (!resource->text.ptr) return;
	asked->response->body = stub_filled_text(asked->arena, resource->text, asked->stub->base, asked->request->body);
}

/* False: there is none at that path. One of another method is a 405, unless something else fits. */
static bool try_resources(struct asked *asked, bool *other_method)
{
	const struct stub_book *book = asked->stub->book;
	for (uint32_t i = 0; i < book->resource_count; i++) {
		const struct stub_resource *resource = &book->resources[i];
		if (!counterpart_fits(asked->stub->base, asked->request->url, resource->path)) continue;
		*other_method = true;
		if (!is_method(resource->method, asked->request->method)) continue;
		give_resource(asked, resource);
		return true;
	}
	return false;
}

static void about_collection(struct asked *asked, const struct stub_collection *collection)
{
	if (is_method(STR("GET"), asked->request->method))
		stub_list(asked, collection);
	else if (str_eq(asked->request->method, STR("POST")))
		stub_make(asked, collection);
	else
		stub_problem(asked, 405, "method_not_allowed", NULL, NULL);
}

static bool try_collections(struct asked *asked)
{
	const struct stub_book *book = asked->stub->book;
	for (uint32_t i = 0; i < book->collection_count; i++) {
		const struct stub_collection *collection = &book->collections[i];
		struct str behind = str_skip(asked->path, collection->path.len);
		if (!str_starts(asked->path, collection->path)) continue;
		if (!behind.len)
			about_collection(asked, collection);
		else if (behind.ptr[0] == '/')
			stub_one(asked, collection, str_skip(behind, 1));
		else
			continue;
		return true;
	}
	return false;
}

static void answer(struct responder *responder, const struct http_request *request, struct http_response *response,
		struct arena *arena)
{
	struct asked asked = {(struct stub *)responder, request, {0}, {0}, response, arena};
	bool other_method = false;
	asked.path = counterpart_path(asked.stub->base, request->url);
	if (!asked.path.ptr) return;
	asked.query = str_skip(request->url, str_find(request->url, '?') + 1);
	if (try_resources(&asked, &other_method) || try_collections(&asked)) return;
	if (other_method)
		stub_problem(&asked, 405, "method_not_allowed", NULL, NULL);
	else
		stub_problem(&asked, 404, "not_found", NULL, NULL);
}

static void release(void *handle)
{
	struct stub *stub = handle;
	strmap_release(&stub->by_url);
	vec_release(&stub->objects);
}

struct stub *stub_new(struct arena *arena, const struct stub_book *book, struct str base)
{
	struct stub *stub = arena_zalloc(arena, sizeof *stub);
	*stub = (struct stub){.responder = {answer}, .arena = arena, .book = book, .base = base};
	arena_on_free(arena, release, stub);
	stub_furnish(stub);
	return stub;
}

struct responder *stub_responder(struct stub *stub)
{
	return &stub->responder;
}
