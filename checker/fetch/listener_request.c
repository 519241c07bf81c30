/* SPDX-License-Identifier: EUPL-1.2 */
/* One request to keur: taken in, answered, recorded. */
#include <stdlib.h>

#include "base/limits.h"
#include "base/vec.h"
#include "fetch/address.h"
#include "fetch/evidence.h"
#include "fetch/http_private.h"
#include "fetch/listener_private.h"
#include "fetch/web_token.h"

/* While it comes in. */
struct taking {
	struct arena *arena;
	struct str target; /* as it was sent: path and query */
	struct strbuf body;
	int64_t since_ms;
	bool begun, answered;
};

void *listener_request_begin(void *self, const char *target, struct MHD_Connection *connection)
{
	(void)self;
	(void)connection;
	struct arena *arena = arena_new();
	struct taking *taking = arena_zalloc(arena, sizeof *taking);
	taking->arena = arena;
	taking->target = str_copy(arena, str_of(target));
	taking->since_ms = listener_now_ms();
	strbuf_init(&taking->body, LIMIT_INBOUND_BYTES);
	return taking;
}

void listener_request_end(
		void *self, struct MHD_Connection *connection, void **request, enum MHD_RequestTerminationCode why)
{
	const struct listener *listener = self;
	struct taking *taking = *request;
	(void)why;
	const union MHD_ConnectionInfo *info = listener->api->connection_info(
			connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct peer *peer = info ? info->socket_context : NULL;
	if (peer) peer->since_ms = listener_now_ms();
	if (!taking) return;
	strbuf_release(&taking->body);
	arena_free(taking->arena);
	*request = NULL;
}

struct fields {
	struct arena *arena;
	struct {
		struct http_field *items;
		size_t count, capacity;
	} list;
};

static enum MHD_Result add_field(void *self, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct fields *fields = self;
	(void)kind;
	*vec_push(&fields->list) = (struct http_field){
			str_copy(fields->arena, str_of(name)), str_copy(fields->arena, str_of(value ? value : ""))};
	return MHD_YES;
}

static struct http_fields fields_of(
		const struct listener *listener, struct MHD_Connection *connection, struct arena *arena)
{
	struct fields fields = {.arena = arena};
	listener->api->values(connection, MHD_HEADER_KIND, add_field, &fields);
	struct http_fields out = {
			arena_alloc(arena, (fields.list.count + 1) * sizeof *out.items), (uint32_t)fields.list.count};
	if (fields.list.count) memcpy(out.items, fields.list.items, fields.list.count * sizeof *out.items);
	vec_release(&fields.list);
	return out;
}

/* A proxy may have taken the path of the base URL off, or not. */
static struct str url_of(const struct listener *listener, struct str target, struct arena *arena)
{
	struct str path = listener->path, rest = str_skip(target, path.len);
	bool has = path.len && str_starts(target, path) && (!rest.len || rest.ptr[0] == '/' || rest.ptr[0] == '?');
	return str_printf(arena, "%.*s%.*s", STR_FMT(listener->base), STR_FMT(has ? rest : target));
}

static void refuse(struct http_response *response, uint32_t status, const char *text)
{
	*response = (struct http_response){.status = status, .body = str_of(text)};
}

/* What the rule set says; 404 where it says nothing. Under the lock. */
static void answer(struct listener *listener, const struct http_request *request, struct http_response *response,
		struct arena *arena)
{
	if (listener->responder) listener->responder->answer(listener->responder, request, response, arena);
	if (!response->status) refuse(response, 404, "");
}

static size_t size_of(const struct exchange *exchange)
{
	size_t size = sizeof *exchange + exchange->request.url.len + exchange->request.body.len +
				  exchange->response.body.len;
	for (uint32_t i = 0; i < exchange->request.fields.count; i++)
		size += exchange->request.fields.items[i].name.len + exchange->request.fields.items[i].value.len;
	return size;
}

/* Records it, unless there were too many already: then it was not answered as it should, and that is told. */
static void record(struct listener *listener, const struct exchange *exchange, struct http_response *response)
{
	size_t size = size_of(exchange);
	if (listener->requests.count >= LIMIT_INBOUND_REQUESTS || size > LIMIT_INBOUND_TOTAL_BYTES - listener->bytes) {
		listener->refused++;
		refuse(response, 503, "");
		return;
	}
	listener->bytes += size;
	*vec_push(&listener->requests) = exchange_copy(listener->kept, exchange);
	pthread_cond_broadcast(&listener->came);
}

static enum MHD_Result respond(
		const struct listener *listener, struct MHD_Connection *connection, const struct http_response *response)
{
	const struct microhttpd_api *api = listener->api;
	/* It copies the body, and its parameter is not const all the same. */
	union {
		const char *given;
		void *taken;
	} body = {.given = response->body.ptr};
	struct MHD_Response *reply = api->response(response->body.len, body.taken, MHD_RESPMEM_MUST_COPY);
	if (!reply) return MHD_NO;
	for (uint32_t i = 0; i < response->fields.count; i++)
		api->response_field(reply, response->fields.items[i].name.ptr, response->fields.items[i].value.ptr);
	enum MHD_Result result = api->respond(connection, response->status, reply);
	api->response_end(reply);
	return result;
}

static struct str peer_of(const struct listener *listener, struct MHD_Connection *connection, struct arena *arena)
{
	const union MHD_ConnectionInfo *info = listener->api->connection_info(
			connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	return info && info->client_addr ? address_text(info->client_addr, arena) : (struct str){"", 0};
}

/* The whole of it is there: answer and record. */
static enum MHD_Result finish(struct listener *listener, struct MHD_Connection *connection, const char *method,
		const char *version, struct taking *taking)
{
	struct exchange exchange = {.inbound = true, .timing = {-1, -1, -1, -1, -1, -1, 0}};
	struct http_request *request = &exchange.request;
	request->method = str_copy(taking->arena, str_of(method));
	request->url = url_of(listener, taking->target, taking->arena);
	request->fields = fields_of(listener, connection, taking->arena);
	if (taking->body.len) request->body = strbuf_str(&taking->body);
	exchange.started = http_now_text(taking->arena);
	exchange.address = peer_of(listener, connection, taking->arena);
	exchange.claims = web_token_of(&request->fields, taking->arena);
	pthread_mutex_lock(&listener->lock); /* also while it is answered: what is awaited has been answered */
	if (taking->body.overflow) {
		request->body = (struct str){NULL, 0};
		refuse(&exchange.response, 413, "");
	} else {
		answer(listener, request, &exchange.response, taking->arena);
	}
	exchange.response.version = str_copy(taking->arena, str_of(version));
	exchange.response.wire_bytes = exchange.response.body.len;
	exchange.timing.total = (double)(listener_now_ms() - taking->since_ms);
	struct http_response response = exchange.response;
	record(listener, &exchange, &response);
	pthread_mutex_unlock(&listener->lock);
	taking->answered = true;
	return respond(listener, connection, &response);
}

/* A body that says beforehand that it is too large is not waited for. */
static bool announces_too_much(
		const struct listener *listener, struct MHD_Connection *connection, struct taking *taking)
{
	struct http_fields fields = fields_of(listener, connection, taking->arena);
	const struct http_field *length = http_field_find(&fields, STR("content-length"));
	uint32_t bytes;
	taking->body.overflow = length && (!str_to_u32(length->value, &bytes) || bytes > LIMIT_INBOUND_BYTES);
	return taking->body.overflow;
}

/* Called with the header section, then with each part of the body, then once more. */
enum MHD_Result listener_request_take(void *self, struct MHD_Connection *connection, const char *url,
		const char *method, const char *version, const char *bytes, size_t *size, void **request)
{
	struct listener *listener = self;
	struct taking *taking = *request;
	(void)url;
	if (!taking) return MHD_NO;
	if (taking->answered) return MHD_YES;
	if (!taking->begun) {
		taking->begun = true;
		if (!announces_too_much(listener, connection, taking)) return MHD_YES;
	}
	if (*size == 0) return finish(listener, connection, method, version, taking);
	strbuf_add(&taking->body, (struct str){bytes, *size});
	*size = 0;
	return MHD_YES;
}
