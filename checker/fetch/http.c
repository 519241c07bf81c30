/* SPDX-License-Identifier: EUPL-1.2 */
/* The HTTP client: credentials, redirects, retries and numbers around single exchanges. */
#include "fetch/http.h"

#include <errno.h>
#include <time.h>

#include "base/limits.h"
#include "fetch/http_private.h"

enum { MS_PER_S = 1000, NS_PER_MS = 1000000, RETRY_MS = 200, STATUS_UNAVAILABLE = 503 };

static void wait_ms(struct transport *transport, uint32_t milliseconds)
{
	(void)transport;
	struct timespec left = {milliseconds / MS_PER_S, (long)(milliseconds % MS_PER_S) * NS_PER_MS};
	while (nanosleep(&left, &left) != 0 && errno == EINTR)
		continue;
}

/* The credential for a host; NULL when there is none, or the request wants none. */
static const struct http_auth *auth_for(
		const struct http_client *client, const struct origin *origin, const struct http_request *request)
{
	for (uint32_t i = 0; i < client->options.auth_count && !request->anonymous; i++)
		if (str_eq(client->auths[i].client, request->client) && origin_trusts(&client->auths[i].origin, origin))
			return &client->auths[i];
	return NULL;
}

/* What goes out: the request and its credential. */
static struct http_request with_auth(
		const struct http_request *request, const struct http_auth *auth, struct arena *arena)
{
	struct http_request out = *request;
	if (!auth) return out;
	out.url = http_auth_url(auth, request->url, arena);
	struct http_field field = http_auth_field(auth, request->token, (int64_t)time(NULL), arena);
	if (field.name.len == 0 || http_field_find(&request->fields, field.name)) return out;
	struct http_field *items = arena_alloc(arena, (request->fields.count + 1) * sizeof *items);
	for (uint32_t i = 0; i < request->fields.count; i++)
		items[i] = request->fields.items[i];
	items[request->fields.count] = field;
	out.fields = (struct http_fields){items, request->fields.count + 1};
	return out;
}

static void record(struct http_client *client, struct exchange *exchange)
{
	struct recorder *recorder = client->options.recorder;
	if (recorder) recorder->take(recorder, exchange);
	if (exchange->number == 0) exchange->number = client->count + 1;
	client->count = exchange->number;
}

/* What every exchange of one send() shares. */
struct sending {
	struct http_client *client;
	struct http_request request; /* of this hop, without credentials */
	struct str step;
	uint32_t follows;
	struct arena *arena;
};

static struct exchange *exchange_new(const struct sending *s)
{
	struct exchange *exchange = arena_zalloc(s->arena, sizeof *exchange);
	exchange->request = s->request;
	exchange->step = s->step;
	exchange->follows = s->follows;
	exchange->timing = (struct http_timing){-1, -1, -1, -1, -1, -1, -1};
	return exchange;
}

/* An exchange that does not take place. */
static struct exchange *refused(const struct sending *s, enum http_failure failure, struct text why)
{
	struct exchange *exchange = exchange_new(s);
	exchange->started = http_now_text(s->arena);
	exchange->failure = failure;
	exchange->why = why;
	record(s->client, exchange);
	return exchange;
}

static bool is_safe(struct str method)
{
	return str_eq(method, STR("GET")) || str_eq(method, STR("HEAD")) || str_eq(method, STR("OPTIONS"));
}

/* Retry-After (RFC 9110 section 10.2.3) in milliseconds; negative when it names no time. */
static int64_t retry_after(const struct http_client *client, const struct http_field *field, struct arena *arena)
{
	uint32_t seconds;
	if (!field) return -1;
	if (str_to_u32(field->value, &seconds)) return (int64_t)seconds * MS_PER_S;
	time_t when = client->api->getdate(str_copy(arena, field->value).ptr, NULL), now = time(NULL);
	if (when == (time_t)-1) return -1;
	return when > now ? (int64_t)(when - now) * MS_PER_S : 0;
}

/* How long to wait before the same request once more; negative when it is not sent again. */
static int64_t retry_wait(const struct sending *s, const struct exchange *exchange, uint32_t attempt)
{
	if (attempt >= s->client->options.retries || !is_safe(exchange->request.method)) return -1;
	if (exchange->failure == FAILURE_RESET || exchange->failure == FAILURE_CONNECT) return RETRY_MS << attempt;
	if (exchange->failure || exchange->response.status != STATUS_UNAVAILABLE) return -1;
	const struct http_field *field = http_field_find(&exchange->response.fields, STR("retry-after"));
	int64_t wait = retry_after(s->client, field, s->arena);
	return wait <= LIMIT_RETRY_MS ? wait : -1;
}

/* One hop, retries included. */
static struct exchange *send_hop(const struct sending *s)
{
	struct origin origin;
	struct text why;
	if (!origin_of(s->request.url, &origin, &why, s->arena)) return refused(s, FAILURE_URL, why);
	const struct http_auth *auth = auth_for(s->client, &origin, &s->request);
	if (s->request.token && (!auth || auth->kind != AUTH_ZGW_JWT))
		return refused(s, FAILURE_OTHER,
				TEXT("this request is about a token of ZGW; give credentials of type zgw-jwt in the descriptor",
						"dit verzoek gaat over een token van ZGW; geef inloggegevens van het type zgw-jwt in de descriptor"));
	for (uint32_t attempt = 0;; attempt++) {
		struct exchange *exchange = exchange_new(s);
		exchange->request = with_auth(&s->request, auth, s->arena);
		http_once(s->client, exchange, auth, &origin, s->arena);
		record(s->client, exchange);
		int64_t wait = retry_wait(s, exchange, attempt);
		if (wait < 0) return exchange;
		s->client->transport.wait(&s->client->transport, (uint32_t)wait);
	}
}

/* A request as another client is never sent as the usual one instead. */
static bool knows_client(const struct sending *s, struct text *why)
{
	struct str name = s->request.client;
	for (uint32_t i = 0; i < s->client->options.auth_count; i++)
		if (str_eq(s->client->auths[i].client, name)) return true;
	if (!name.len) return true;
	*why = text_printf(s->arena, "there are no credentials of client %.*s: give them under `clients` of the claim",
			"er zijn geen inloggegevens van client %.*s: geef ze onder `clients` van de claim", STR_FMT(name));
	return false;
}

static const struct exchange *send_all(
		struct transport *transport, const struct http_request *request, struct str step, struct arena *arena)
{
	struct http_client *client = (struct http_client *)transport;
	struct sending s = {.client = client,
			.request = http_request_copy(request, arena),
			.step = str_copy(arena, step),
			.arena = arena};
	struct text why;
	if (!http_request_check(&s.request, &why, arena) || !knows_client(&s, &why)) return refused(&s, FAILURE_OTHER, why);
	for (uint32_t hop = 0;; hop++) {
		struct exchange *exchange = send_hop(&s);
		if (!http_redirect(client, exchange, &s.request, &why, arena)) return exchange;
		s.follows = exchange->number;
		if (why.in[LANG_EN].len) return refused(&s, FAILURE_REDIRECT, why);
		if (hop == LIMIT_REDIRECTS)
			return refused(&s, FAILURE_REDIRECT,
					text_printf(arena, "more than %d redirects in a row; do they go round in a circle?",
							"meer dan %d redirects achter elkaar; lopen ze in een kring?", LIMIT_REDIRECTS));
	}
}

static void client_close(void *handle)
{
	struct http_client *client = handle;
	http_disconnect(client);
	http_watch_free(client->watch);
	client->api->slist_free_all(client->resolve);
	for (uint32_t i = 0; i < LIMIT_HOSTS; i++)
		arena_free(client->hosts[i].arena);
}

static uint32_t between(uint32_t given, uint32_t usual, uint32_t most)
{
	return given == 0 ? usual : given < most ? given : most;
}

static size_t at_most(size_t given, size_t most)
{
	return given == 0 || given > most ? most : given;
}

/* The options with every default filled in and every text in the client's arena. */
static void take_options(struct http_client *client, const struct http_options *given)
{
	struct http_options *own = &client->options;
	struct arena *arena = client->arena;
	*own = *given;
	own->ca_file = str_copy(arena, given->ca_file);
	own->proxy = str_copy(arena, given->proxy);
	own->agent = given->agent.len ? str_copy(arena, given->agent) : STR("keur/" KEUR_VERSION);
	own->connect_ms = between(given->connect_ms, LIMIT_CONNECT_MS, LIMIT_TIMEOUT_MS);
	own->idle_ms = between(given->idle_ms, LIMIT_IDLE_MS, LIMIT_TIMEOUT_MS);
	own->total_ms = between(given->total_ms, LIMIT_TOTAL_MS, LIMIT_TIMEOUT_MS);
	own->pace_ms = between(given->pace_ms, 0, LIMIT_PACED_MS);
	own->retries = between(given->retries, 0, LIMIT_RETRIES);
	own->header_bytes = at_most(given->header_bytes, LIMIT_HEADER_BYTES);
	own->body_bytes = at_most(given->body_bytes, LIMIT_RESPONSE_BYTES);
	own->resolve = NULL;
}

static struct http_auth auth_copy(const struct http_auth *auth, struct arena *arena)
{
	struct http_auth copy = *auth;
	struct str *texts[] = {&copy.base, &copy.client, &copy.name, &copy.secret, &copy.user_id, &copy.user_representation,
			&copy.certificate, &copy.key, &copy.key_password};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		*texts[i] = str_copy(arena, *texts[i]);
	return copy;
}

static bool take_auths(struct http_client *client, const struct http_options *given, struct err *err)
{
	client->auths = arena_zalloc(client->arena, (given->auth_count + 1) * sizeof *client->auths);
	for (uint32_t i = 0; i < given->auth_count; i++) {
		struct http_auth *auth = &client->auths[i];
		*auth = auth_copy(&given->auths[i], client->arena);
		if (!http_auth_prepare(auth, client->arena, err)) return false;
		for (uint32_t j = 0; j < i; j++)
			if (str_eq(client->auths[j].client, auth->client) && origin_equal(&client->auths[j].origin, &auth->origin))
				return err_set(err, ERR_USAGE, (struct loc){0}, "two credentials for one host, %.*s; give one",
						"twee keer inloggegevens voor één host, %.*s; geef er één", STR_FMT(auth->origin.host));
	}
	return true;
}

static bool take_inside(struct http_client *client, const struct http_options *given, struct err *err)
{
	struct text why;
	client->inside = arena_zalloc(client->arena, (given->inside_count + 1) * sizeof *client->inside);
	for (uint32_t i = 0; i < given->inside_count; i++)
		if (!origin_of(str_copy(client->arena, given->inside[i]), &client->inside[i], &why, client->arena))
			return err_set_text(err, ERR_USAGE, (struct loc){0}, (struct text){0}, why);
	return true;
}

static bool check_options(const struct http_options *options, struct err *err)
{
	if (!options->public_only || options->proxy.len == 0) return true;
	return err_set(err, ERR_USAGE, (struct loc){0},
			"through a proxy (%.*s) keur cannot see which address is asked, so it cannot keep to public ones; choose one",
			"via een proxy (%.*s) ziet keur niet welk adres gevraagd wordt, en kan het zich niet tot openbare beperken; "
			"kies één van beide",
			STR_FMT(options->proxy));
}

struct http_client *http_client_new(struct arena *arena, const struct http_options *options, struct err *err)
{
	const struct curl_api *api = curl_load(err);
	if (!api || !check_options(options, err)) return NULL;
	struct http_client *client = arena_zalloc(arena, sizeof *client);
	*client = (struct http_client){.transport = {send_all, wait_ms}, .api = api, .arena = arena};
	take_options(client, options);
	if (!take_auths(client, options, err) || !take_inside(client, options, err)) return NULL;
	client->watch = http_watch_new();
	client->handle = api->easy_init();
	for (uint32_t i = 0; i < options->resolve_count; i++)
		client->resolve = api->slist_append(client->resolve, str_copy(arena, options->resolve[i]).ptr);
	arena_on_free(arena, client_close, client);
	if (client->handle) return client;
	err_set(err, ERR_IO, (struct loc){0}, "libcurl cannot be started", "libcurl kan niet gestart worden");
	return NULL;
}

struct transport *http_client_transport(struct http_client *client)
{
	return &client->transport;
}
