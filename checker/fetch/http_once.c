/* SPDX-License-Identifier: EUPL-1.2 */
/* One exchange with libcurl: its options, its call-backs, and what came of it. */
#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/vec.h"
#include "fetch/http_private.h"

enum { US_PER_MS = 1000, US_PER_S = 1000000, TIME_BYTES = 40, OVERDUE_MS = 1000 };

int64_t http_now_us(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * US_PER_S + now.tv_nsec / 1000;
}

static void set_long(struct once *once, CURLoption option, long value)
{
	const struct http_client *client = once->client;
	if (client->api->easy_setopt(client->handle, option, value) != CURLE_OK) once->setup_failed = true;
}

static void set_pointer(struct once *once, CURLoption option, const void *value)
{
	const struct http_client *client = once->client;
	if (client->api->easy_setopt(client->handle, option, value) != CURLE_OK) once->setup_failed = true;
}

/* Pointers to functions and to objects need not be alike in C; POSIX says that they are. */
static void set_function(struct once *once, CURLoption option, void (*function)(void))
{
	const struct http_client *client = once->client;
	if (client->api->easy_setopt(client->handle, option, function) != CURLE_OK) once->setup_failed = true;
}

static size_t on_header(char *bytes, size_t size, size_t count, void *self)
{
	struct once *once = self;
	size_t length = size * count;
	once->active_us = http_now_us();
	return http_head_line(&once->head, (struct str){bytes, length}, once->arena) ? length : 0;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *self)
{
	struct once *once = self;
	size_t length = size * count;
	once->active_us = http_now_us();
	if (!once->coding.api) {
		struct http_fields fields = {once->head.fields.items, (uint32_t)once->head.fields.count};
		struct str codings = http_field_value(&fields, STR("content-encoding"), once->arena);
		if (!coding_start(&once->coding, once->client->api, codings)) return 0;
	}
	bool taken = coding_add(&once->coding, (struct str){bytes, length}, &once->body);
	once->body_too_large = once->body.overflow;
	return taken ? length : 0;
}

/* What goes out, as it goes out: libcurl writes Host and the like itself. */
static int on_debug(CURL *handle, curl_infotype type, char *bytes, size_t length, void *self)
{
	(void)handle;
	struct once *once = self;
	struct str text = {bytes, length};
	once->excess = once->excess || (type == CURLINFO_TEXT && str_starts(text, STR("Excess found")));
	/* An alert has two bytes: a warning, close_notify. */
	if (type == CURLINFO_SSL_DATA_IN && str_eq(text, (struct str){"\1\0", 2})) once->closed = true;
	if (type == CURLINFO_HEADER_OUT) strbuf_add(&once->sent, (struct str){bytes, length});
	if (type == CURLINFO_HEADER_OUT || type == CURLINFO_DATA_OUT) once->sent_us = http_now_us();
	if (type != CURLINFO_TEXT) once->active_us = http_now_us();
	return 0;
}

/*
 * The request is about to go out. libcurl would send it again by itself, whatever its method, when a kept connection
 * turns out to be closed; a second time is refused here, so that nothing is sent that is not recorded.
 */
static int on_send(void *self, char *address, char *local_address, int port, int local_port)
{
	(void)local_address;
	(void)port;
	struct once *once = self;
	once->stale = once->sends == 0 && !once->is_new && http_kept_is_stale(once, local_port);
	if (once->stale || once->sends++ > 0) return CURL_PREREQFUNC_ABORT;
	once->active_us = http_now_us();
	once->local_port = local_port;
	once->exchange->address = str_copy(once->arena, str_of(address));
	strbuf_clear(&once->sent);
	http_tls_session(once);
	return CURL_PREREQFUNC_OK;
}

static int on_progress(void *self, curl_off_t down_of, curl_off_t down, curl_off_t up_of, curl_off_t up)
{
	(void)down_of;
	(void)down;
	(void)up_of;
	(void)up;
	struct once *once = self;
	int64_t silence = http_now_us() - once->active_us;
	once->silent = once->sends > 0 && silence > (int64_t)once->client->options.idle_ms * US_PER_MS;
	return once->silent;
}

static void set_callbacks(struct once *once)
{
	set_function(once, CURLOPT_HEADERFUNCTION, (void (*)(void))on_header);
	set_pointer(once, CURLOPT_HEADERDATA, once);
	set_function(once, CURLOPT_WRITEFUNCTION, (void (*)(void))on_body);
	set_pointer(once, CURLOPT_WRITEDATA, once);
	set_function(once, CURLOPT_DEBUGFUNCTION, (void (*)(void))on_debug);
	set_pointer(once, CURLOPT_DEBUGDATA, once);
	set_long(once, CURLOPT_VERBOSE, 1);
	set_function(once, CURLOPT_PREREQFUNCTION, (void (*)(void))on_send);
	set_pointer(once, CURLOPT_PREREQDATA, once);
	set_function(once, CURLOPT_OPENSOCKETFUNCTION, (void (*)(void))http_socket_open);
	set_pointer(once, CURLOPT_OPENSOCKETDATA, once);
	set_function(once, CURLOPT_CLOSESOCKETFUNCTION, (void (*)(void))http_socket_close);
	set_pointer(once, CURLOPT_CLOSESOCKETDATA, once->client->watch);
	set_function(once, CURLOPT_XFERINFOFUNCTION, (void (*)(void))on_progress);
	set_pointer(once, CURLOPT_XFERINFODATA, once);
	set_long(once, CURLOPT_NOPROGRESS, 0);
	set_pointer(once, CURLOPT_ERRORBUFFER, once->error);
}

/* Of the connection. What the environment or libcurl would decide by itself is decided here. */
static void set_connection(struct once *once)
{
	const struct http_options *options = &once->client->options;
	set_long(once, CURLOPT_NOSIGNAL, 1);
	set_pointer(once, CURLOPT_PROTOCOLS_STR, "http,https");
	set_pointer(once, CURLOPT_PROXY, options->proxy.len ? options->proxy.ptr : "");
	set_pointer(once, CURLOPT_NOPROXY, "");
	set_long(once, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1);
	set_long(once, CURLOPT_FOLLOWLOCATION, 0);
	set_long(once, CURLOPT_NETRC, CURL_NETRC_IGNORED);
	set_long(once, CURLOPT_HTTP_VERSION, options->http1_only ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS);
	set_long(once, CURLOPT_HTTP09_ALLOWED, 0);
	set_long(once, CURLOPT_CONNECTTIMEOUT_MS, (long)options->connect_ms);
	set_long(once, CURLOPT_TIMEOUT_MS, (long)once->total_ms);
	set_long(once, CURLOPT_MAXCONNECTS, LIMIT_CONNECTIONS);
	set_pointer(once, CURLOPT_RESOLVE, once->client->resolve);
}

/* A session is never resumed, for then the server shows no certificate. */
static void set_tls(struct once *once, const struct http_auth *auth)
{
	const struct http_options *options = &once->client->options;
	set_long(once, CURLOPT_SSL_VERIFYPEER, 1);
	set_long(once, CURLOPT_SSL_VERIFYHOST, 2);
	set_long(once, CURLOPT_CERTINFO, 1);
	set_long(once, CURLOPT_SSL_SESSIONID_CACHE, 0);
	if (options->ca_file.len) {
		set_pointer(once, CURLOPT_CAINFO, options->ca_file.ptr);
		set_pointer(once, CURLOPT_CAPATH, NULL);
	}
	if (!auth || auth->certificate.len == 0) return;
	set_pointer(once, CURLOPT_SSLCERT, auth->certificate.ptr);
	set_pointer(once, CURLOPT_SSLKEY, auth->key.len ? auth->key.ptr : auth->certificate.ptr);
	if (auth->key_password.len) set_pointer(once, CURLOPT_KEYPASSWD, auth->key_password.ptr);
}

static bool takes_body(struct str method)
{
	return str_eq(method, STR("POST")) || str_eq(method, STR("PUT")) || str_eq(method, STR("PATCH"));
}

static void set_method(struct once *once, const struct http_request *request)
{
	if (str_eq(request->method, STR("HEAD"))) set_long(once, CURLOPT_NOBODY, 1);
	if (request->body.ptr || takes_body(request->method)) {
		set_long(once, CURLOPT_POST, 1);
		set_pointer(once, CURLOPT_POSTFIELDS, request->body.ptr ? request->body.ptr : "");
		const struct http_client *client = once->client;
		client->api->easy_setopt(client->handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.len);
	}
	set_pointer(once, CURLOPT_CUSTOMREQUEST, request->method.ptr);
}

static void add_line(struct once *once, struct curl_slist **list, const char *line)
{
	struct curl_slist *longer = once->client->api->slist_append(*list, line);
	if (longer)
		*list = longer;
	else
		once->setup_failed = true;
}

/* libcurl adds Expect and a media type of its own unless it is told not to; ';' is its word for an empty value. */
static struct curl_slist *set_fields(struct once *once, const struct http_request *request)
{
	struct curl_slist *list = NULL;
	for (uint32_t i = 0; i < request->fields.count; i++) {
		const struct http_field *field = &request->fields.items[i];
		const char *format = field->value.len ? "%.*s: %.*s" : "%.*s;%.*s";
		add_line(once, &list, str_printf(once->arena, format, STR_FMT(field->name), STR_FMT(field->value)).ptr);
	}
	if (!http_field_find(&request->fields, STR("accept-encoding")))
		add_line(once, &list, str_printf(once->arena, "Accept-Encoding: %s", once->client->api->codings).ptr);
	if (!http_field_find(&request->fields, STR("content-type"))) add_line(once, &list, "Content-Type:");
	add_line(once, &list, "Expect:");
	set_long(once, CURLOPT_HTTP_CONTENT_DECODING, 0);
	set_pointer(once, CURLOPT_HTTPHEADER, list);
	set_pointer(once, CURLOPT_USERAGENT, once->client->options.agent.ptr);
	return list;
}

/* libcurl does not keep SIGPIPE away when it may use no signal handlers, and OpenSSL writes to closed sockets. */
static bool hold_sigpipe(sigset_t *before)
{
	sigset_t pipe_only, pending;
	sigemptyset(&pipe_only);
	sigaddset(&pipe_only, SIGPIPE);
	sigpending(&pending);
	pthread_sigmask(SIG_BLOCK, &pipe_only, before);
	return sigismember(&pending, SIGPIPE) == 1;
}

static void release_sigpipe(const sigset_t *before, bool was_pending)
{
	sigset_t pipe_only;
	const struct timespec now = {0};
	sigemptyset(&pipe_only);
	sigaddset(&pipe_only, SIGPIPE);
	if (!was_pending) sigtimedwait(&pipe_only, NULL, &now);
	pthread_sigmask(SIG_SETMASK, before, NULL);
}

static CURLcode perform(struct http_client *client, uint32_t total_ms, bool *overdue)
{
	sigset_t before;
	bool was_pending = hold_sigpipe(&before);
	http_watch_start(client->watch, total_ms + OVERDUE_MS);
	CURLcode code = client->api->easy_perform(client->handle);
	*overdue = http_watch_stop(client->watch);
	release_sigpipe(&before, was_pending);
	return code;
}

void http_disconnect(struct http_client *client)
{
	sigset_t before;
	bool was_pending = hold_sigpipe(&before);
	client->api->easy_cleanup(client->handle);
	release_sigpipe(&before, was_pending);
}

/* The fields that went out, read back from the header section; those that were asked for when none did. */
static void note_request(struct once *once)
{
	struct http_response ignored = {0};
	struct http_head head = {.response = &ignored, .ceiling = SIZE_MAX, .started = true};
	struct str rest = strbuf_str(&once->sent);
	rest = str_skip(rest, str_find(rest, '\n') + 1);
	while (rest.len > 0 && !head.done) {
		struct str line = {rest.ptr, str_find(rest, '\n')};
		if (!str_eq(line, STR("\r")) && line.len > 0) http_head_line(&head, line, once->arena);
		rest = str_skip(rest, line.len + 1);
	}
	struct http_fields fields = http_head_take(&head, once->arena);
	if (fields.count > 0) once->exchange->request.fields = fields;
}

static double span_ms(curl_off_t from, curl_off_t to)
{
	return (double)(to - from) / US_PER_MS;
}

static curl_off_t info(const struct once *once, CURLINFO which)
{
	curl_off_t value = 0;
	once->client->api->easy_getinfo(once->client->handle, which, &value);
	return value;
}

/* libcurl counts from its start; of a kept connection the first phases are zero. */
static void note_timing(struct once *once)
{
	curl_off_t name = info(once, CURLINFO_NAMELOOKUP_TIME_T), connect = info(once, CURLINFO_CONNECT_TIME_T);
	curl_off_t tls = info(once, CURLINFO_APPCONNECT_TIME_T), ready = info(once, CURLINFO_PRETRANSFER_TIME_T);
	curl_off_t first = info(once, CURLINFO_STARTTRANSFER_TIME_T), total = info(once, CURLINFO_TOTAL_TIME_T);
	curl_off_t sent = once->sent_us ? once->sent_us - once->started_us : 0;
	long connections = 0;
	once->client->api->easy_getinfo(once->client->handle, CURLINFO_NUM_CONNECTS, &connections);
	struct http_timing *timing = &once->exchange->timing;
	*timing = (struct http_timing){-1, -1, -1, -1, -1, -1, span_ms(0, total)};
	if (connections > 0 && name > 0) timing->dns = span_ms(0, name);
	if (connections > 0 && connect > 0) timing->connect = span_ms(name, connect);
	if (connections > 0 && tls > 0) timing->tls = span_ms(connect, tls);
	if (sent > 0) timing->send = sent > ready ? span_ms(ready, sent) : 0;
	if (sent > 0 && first > 0) timing->wait = first > sent ? span_ms(sent, first) : 0;
	if (first > 0) timing->receive = span_ms(first, total);
}

static void note_response(struct once *once)
{
	struct http_response *response = &once->exchange->response;
	response->fields = http_head_take(&once->head, once->arena);
	response->body = str_copy(once->arena, strbuf_str(&once->body));
	response->wire_bytes = (uint64_t)info(once, CURLINFO_SIZE_DOWNLOAD_T);
}

struct str http_now_text(struct arena *arena)
{
	struct timespec now;
	struct tm parts;
	char text[TIME_BYTES];
	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &parts);
	strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
	return str_printf(arena, "%s.%03ldZ", text, now.tv_nsec / 1000000);
}

static struct curl_slist *set_up(struct once *once, const struct http_auth *auth)
{
	const struct http_request *request = &once->exchange->request;
	once->client->api->easy_reset(once->client->handle);
	set_callbacks(once);
	set_connection(once);
	set_tls(once, auth);
	set_pointer(once, CURLOPT_URL, request->url.ptr);
	set_long(once, CURLOPT_PATH_AS_IS, 1);
	set_method(once, request);
	return set_fields(once, request);
}

static struct http_host *host_of(struct http_client *client, const struct origin *origin, struct arena *arena)
{
	struct str name = origin_text(origin, arena);
	for (uint32_t i = 0; i < LIMIT_HOSTS; i++)
		if (client->hosts[i].name.len && str_eq(client->hosts[i].name, name)) return &client->hosts[i];
	struct http_host *host = &client->hosts[client->host_next++ % LIMIT_HOSTS];
	arena_free(host->arena);
	*host = (struct http_host){.arena = arena_new()};
	host->name = str_copy(host->arena, name);
	return host;
}

/* Waits until the host may be asked again. */
static void keep_pace(struct http_client *client, struct http_host *host)
{
	int64_t pace = (int64_t)client->options.pace_ms * US_PER_MS, since = http_now_us() - host->last_us;
	if (pace > 0 && host->last_us > 0 && since < pace)
		client->transport.wait(&client->transport, (uint32_t)((pace - since + US_PER_MS - 1) / US_PER_MS));
	host->last_us = http_now_us();
}

void http_once(struct http_client *client, struct exchange *exchange, const struct http_auth *auth,
		const struct origin *origin, struct arena *arena)
{
	struct once once = {.client = client, .exchange = exchange, .arena = arena, .origin = *origin};
	struct http_host *host = host_of(client, origin, arena);
	uint32_t own = exchange->request.timeout_ms, most = client->options.total_ms;
	once.multiplexed = host->multiplexed;
	once.total_ms = own > 0 && own < most ? own : most;
	keep_pace(client, host);
	once.head = (struct http_head){.response = &exchange->response, .ceiling = client->options.header_bytes};
	strbuf_init(&once.body, client->options.body_bytes);
	strbuf_init(&once.sent, (size_t)LIMIT_REQUEST_HEADER_BYTES * 4);
	exchange->started = http_now_text(arena);
	once.started_us = once.active_us = http_now_us();
	struct curl_slist *list = set_up(&once, auth);
	CURLcode code = once.setup_failed ? CURLE_UNKNOWN_OPTION : perform(client, once.total_ms, &once.overdue);
	/* Nothing went out yet, and libcurl has closed the stale connection. */
	for (int i = 0; i < LIMIT_CONNECTIONS && once.stale; i++)
		code = perform(client, once.total_ms, &once.overdue);
	note_request(&once);
	note_timing(&once);
	http_tls_certificate(&once, host);
	host->multiplexed = str_starts(exchange->response.version, STR("HTTP/2"));
	if (code != CURLE_OK || !once.head.done || once.overdue || !http_is_whole(&once))
		http_failure_set(&once, code);
	else
		note_response(&once);
	/* The options point into this frame; the connections stay. */
	client->api->easy_reset(client->handle);
	client->api->slist_free_all(list);
	coding_release(&once.coding);
	vec_release(&once.head.fields);
	strbuf_release(&once.body);
	strbuf_release(&once.sent);
}
