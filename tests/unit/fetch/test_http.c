/* SPDX-License-Identifier: EUPL-1.2 */
/* The HTTP client: methods, fields, kept connections, proxies, what is refused before it is sent. */
#include "support/client.h"

static bool answer_echo(struct server *server, int fd, const char *request, int number)
{
	(void)server;
	(void)number;
	server_reply(fd, "200 OK", "Content-Type: text/plain\r\nX-Two: a\r\nx-two: b\r\n",
			strncmp(request, "HEAD", 4) == 0 ? "" : request);
	return true;
}

static void a_response_is_taken_whole(void **state)
{
	(void)state;
	struct server server;
	struct session s;
	session_init(&s);
	assert_true(server_start(&server, "127.0.0.1", answer_echo, NULL));
	const struct exchange *exchange = session_get_path(&s, &server, "/a/../b?c=d");
	assert_status(exchange, 200);
	assert_str(exchange->response.reason, "OK");
	assert_str(exchange->response.version, "HTTP/1.1");
	assert_str(http_media_type(&exchange->response.fields, s.arena), "text/plain");
	assert_str(http_field_value(&exchange->response.fields, STR("X-Two"), s.arena), "a, b");
	assert_true(str_starts(exchange->response.body, STR("GET /a/../b?c=d HTTP/1.1\r\n")));
	assert_int_equal(exchange->response.wire_bytes, exchange->response.body.len);
	assert_str(exchange->address, "127.0.0.1");
	assert_str(exchange->step, "test");
	assert_int_equal(exchange->number, 1);
	assert_int_equal(exchange->follows, 0);
	assert_int_equal(exchange->started.len, strlen("2026-11-25T13:00:00.000Z"));
	assert_int_equal(exchange->tls.version.len, 0);
	server_stop(&server);
	session_close(&s);
}

static void the_request_is_recorded_as_it_went_out(void **state)
{
	(void)state;
	struct server server;
	struct session s;
	session_init(&s);
	assert_true(server_start(&server, "127.0.0.1", answer_echo, NULL));
	const struct exchange *exchange = session_get_path(&s, &server, "/");
	const struct http_fields *fields = &exchange->request.fields;
	assert_str(http_field_value(fields, STR("user-agent"), s.arena), "keur/" KEUR_VERSION);
	assert_str(http_field_value(fields, STR("host"), s.arena), str_printf(s.arena, "127.0.0.1:%u", server.port).ptr);
	for (uint32_t i = 0; i < fields->count; i++) {
		struct str line = str_printf(
				s.arena, "\r\n%.*s: %.*s\r\n", STR_FMT(fields->items[i].name), STR_FMT(fields->items[i].value));
		assert_non_null(strstr(server.kept[0], line.ptr));
	}
	size_t lines = 0;
	for (const char *at = server.kept[0]; (at = strstr(at, "\r\n")); at += 2)
		lines++;
	assert_int_equal(fields->count, lines - 2);
	server_stop(&server);
	session_close(&s);
}

static void any_method_goes_with_or_without_body(void **state)
{
	(void)state;
	const struct {
		const char *method, *body, *has;
	} cases[] = {
			{"GET", NULL, NULL},
			{"POST", "{\"a\":1}", "Content-Length: 7\r\n"},
			{"POST", NULL, "Content-Length: 0\r\n"},
			{"PUT", "x", "Content-Length: 1\r\n"},
			{"PATCH", NULL, "Content-Length: 0\r\n"},
			{"DELETE", NULL, NULL},
			{"DELETE", "y", "Content-Length: 1\r\n"},
			{"OPTIONS", NULL, NULL},
			{"HEAD", NULL, NULL},
			{"PROPFIND", "z", "Content-Length: 1\r\n"},
			{"get", NULL, NULL},
	};
	struct server server;
	struct session s;
	session_init(&s);
	assert_true(server_start(&server, "127.0.0.1", answer_echo, NULL));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct http_request request = {.method = str_of(cases[i].method),
				.url = str_printf(s.arena, "http://127.0.0.1:%u/", server.port),
				.body = cases[i].body ? str_of(cases[i].body) : (struct str){NULL, 0}};
		assert_status(session_send(&s, request), 200);
		const char *got = server.kept[i];
		assert_memory_equal(
				got, str_printf(s.arena, "%s / HTTP/1.1\r\n", cases[i].method).ptr, strlen(cases[i].method) + 4);
		if (cases[i].has) assert_non_null(strstr(got, cases[i].has));
		if (!cases[i].has) assert_null(strcasestr(got, "content-length"));
		if (cases[i].body) assert_non_null(strstr(got, str_printf(s.arena, "\r\n\r\n%s", cases[i].body).ptr));
		assert_null(strcasestr(got, "content-type"));
		assert_null(strcasestr(got, "expect"));
	}
	assert_int_equal(server.accepts, 1);
	server_stop(&server);
	session_close(&s);
}

static void a_body_may_hold_any_byte(void **state)
{
	(void)state;
	struct server server;
	struct session s;
	session_init(&s);
	assert_true(server_start(&server, "127.0.0.1", answer_echo, NULL));
	struct http_request request = {.method = STR("POST"),
			.url = str_printf(s.arena, "http://127.0.0.1:%u/", server.port),
			.body = {"a\0b\377", 4}};
	const struct exchange *exchange = session_send(&s, request);
	assert_status(exchange, 200);
	assert_non_null(strstr(server.kept[0], "Content-Length: 4\r\n"));
	assert_int_equal(exchange->request.body.len, 4);
	server_stop(&server);
	session_close(&s);
}

static void fields_go_as_given(void **state)
{
	(void)state;
	struct http_field given[] = {{STR("X-Empty"), STR("")}, {STR("Accept-Encoding"), STR("identity")},
			{STR("X-Latin"), STR("caf\351")}, {STR("Accept"), STR("application/hal+json")}};
	struct server server;
	struct session s;
	session_init(&s);
	assert_true(server_start(&server, "127.0.0.1", answer_echo, NULL));
	struct http_request request = {.method = STR("GET"),
			.url = str_printf(s.arena, "http://127.0.0.1:%u/#part", server.port),
			.fields = {given, 4}};
	const struct exchange *exchange = session_send(&s, request);
	assert_status(exchange, 200);
	const char *got = server.kept[0];
	assert_non_null(strstr(got, "GET / HTTP/1.1\r\n"));
	assert_non_null(strstr(got, "\r\nX-Empty:\r\n"));
	assert_non_null(strstr(got, "\r\nAccept-Encoding: identity\r\n"));
	assert_non_null(strstr(got, "\r\nX-Latin: caf\351\r\n"));
	assert_non_null(strstr(got, "\r\nAccept: application/hal+json\r\n"));
	assert_non_null(http_field_find(&exchange->request.fields, STR("x-empty")));
	server_stop(&server);
	session_close(&s);
}

/* Nothing of it reaches the server. */
static void what_http_does_not_have_is_refused(void **state)
{
	(void)state;
	struct http_field fields[] = {{STR("X"), STR("a\r\nY: b")}, {STR("X"), {"a\0b", 3}}, {STR("X Y"), STR("a")},
			{STR("Content-Length"), STR("3")}, {STR("host"), STR("elsewhere")}, {STR(""), STR("a")}};
	const char *const methods[] = {"", "GET /x HTTP/1.1\r\nA:", "G T", "CONNECT"};
	struct server server;
	struct session s;
	session_init(&s);
	assert_true(server_start(&server, "127.0.0.1", answer_echo, NULL));
	struct http_request request = {
			.method = STR("GET"), .url = str_printf(s.arena, "http://127.0.0.1:%u/", server.port)};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		request.fields = (struct http_fields){&fields[i], 1};
		assert_failure(session_send(&s, request), FAILURE_OTHER, "header field");
	}
	request.fields.count = 0;
	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
		request.method = str_of(methods[i]);
		assert_failure(session_send(&s, request), FAILURE_OTHER, "no method");
	}
	assert_int_equal(server.accepts, 0);
	assert_int_equal(s.keeper.count, 10);
	server_stop(&server);
	session_close(&s);
}

static void other_schemes_and_bad_urls_are_refused(void **state)
{
	(void)state;
	const char *const urls[] = {"file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "http://", "http:///x",
			"//127.0.0.1/", "", "http://a b/", "http://127.0.0.1:0/", "http://127.0.0.1:65536/",
			"http://u:p@127.0.0.1/", "http://127.0.0.1/{id}", "http://127.0.0.1\\@example.nl/",
			"http://127.0.0.1/\r\nX: y", "http://caf\303\251.nl/"};
	struct session s;
	session_init(&s);
	for (size_t i = 0; i < sizeof urls / sizeof *urls; i++)
		assert_failure(session_get(&s, urls[i]), FAILURE_URL, "");
	session_close(&s);
}

static bool answer_once(struct server *server, int fd, const char *request, int number)
{
	(void)server;
	(void)request;
	(void)number;
	server_reply(fd, "200 OK", "", "x");
	return false;
}

static void connections_are_kept(void **state)
{
	(void)state;
	struct server server;
	struct session s;
	session_init(&s);
	assert_true(server_start(&server, "127.0.0.1", answer_echo, NULL));
	for (int i = 0; i < 20; i++)
		assert_status(session_get_path(&s, &server, "/"), 200);
	assert_int_equal(server.accepts, 1);
	assert_int_equal(server.requests, 20);
	assert_true(s.keeper.taken[0]->timing.connect >= 0);
	assert_true(s.keeper.taken[1]->timing.connect < 0);
	server_stop(&server);
	session_close(&s);
}

static void a_server_that_closes_is_asked_anew(void **state)
{
	(void)state;
	struct server server;
	struct session s;
	session_init(&s);
	assert_true(server_start(&server, "127.0.0.1", answer_once, NULL));
	for (int i = 0; i < 5; i++) {
		assert_status(session_get_path(&s, &server, "/"), 200);
		/* A request on its way while the connection closes is lost, and rightly a failure. */
		assert_true(server_closed(&server, i + 1));
	}
	assert_int_equal(server.accepts, 5);
	server_stop(&server);
	session_close(&s);
}

static void nobody_there_and_no_such_name(void **state)
{
	(void)state;
	struct server server;
	struct session s;
	session_init(&s);
	assert_true(server_start(&server, "127.0.0.1", answer_echo, NULL));
	uint16_t port = server.port;
	server_stop(&server);
	assert_failure(session_get(&s, str_printf(s.arena, "http://127.0.0.1:%u/", port).ptr), FAILURE_CONNECT,
			str_printf(s.arena, "on port %u (refused); is", port).ptr);
	assert_failure(session_get(&s, "http://does-not-exist.invalid/"), FAILURE_NAME, "does-not-exist.invalid");
	session_close(&s);
}

static void the_proxy_of_the_environment_does_not_exist(void **state)
{
	(void)state;
	struct server server, proxy;
	struct session s;
	session_init(&s);
	assert_true(server_start(&server, "127.0.0.1", answer_echo, NULL));
	assert_true(server_start(&proxy, "127.0.0.1", answer_echo, NULL));
	setenv("http_proxy", str_printf(s.arena, "http://127.0.0.1:%u", proxy.port).ptr, 1);
	setenv("ALL_PROXY", str_printf(s.arena, "http://127.0.0.1:%u", proxy.port).ptr, 1);
	assert_status(session_get_path(&s, &server, "/"), 200);
	assert_int_equal(proxy.accepts, 0);
	unsetenv("http_proxy");
	unsetenv("ALL_PROXY");
	server_stop(&server);
	server_stop(&proxy);
	session_close(&s);
}

static void a_proxy_that_is_named_is_used(void **state)
{
	(void)state;
	struct server proxy;
	struct session s;
	session_init(&s);
	assert_true(server_start(&proxy, "127.0.0.1", answer_echo, NULL));
	s.options.proxy = str_printf(s.arena, "http://127.0.0.1:%u", proxy.port);
	setenv("no_proxy", "*", 1);
	assert_status(session_get(&s, "http://does-not-exist.invalid/x"), 200);
	unsetenv("no_proxy");
	assert_memory_equal(proxy.kept[0], "GET http://does-not-exist.invalid/x ", 36);
	struct session other;
	session_init(&other);
	other.options.proxy = STR("http://127.0.0.1:1");
	assert_failure(
			session_get(&other, "http://does-not-exist.invalid/x"), FAILURE_PROXY, "127.0.0.1:1 does not accept");
	session_close(&other);
	struct err err;
	err_init(&err, s.arena);
	s.options.public_only = true;
	assert_null(http_client_new(s.arena, &s.options, &err));
	assert_int_equal(err.code, ERR_USAGE);
	server_stop(&proxy);
	session_close(&s);
}

static bool answer_cookie(struct server *server, int fd, const char *request, int number)
{
	(void)server;
	(void)request;
	(void)number;
	server_reply(fd, "200 OK", "Set-Cookie: a=b; Path=/\r\n", "x");
	return true;
}

static void cookies_are_not_kept(void **state)
{
	(void)state;
	struct server server;
	struct session s;
	session_init(&s);
	assert_true(server_start(&server, "127.0.0.1", answer_cookie, NULL));
	session_get_path(&s, &server, "/");
	session_get_path(&s, &server, "/");
	assert_null(strcasestr(server.kept[1], "cookie"));
	server_stop(&server);
	session_close(&s);
}

struct worker {
	pthread_t thread;
	struct server server;
	struct session s;
	int good;
};

/* Assertions of cmocka belong to the main thread. */
static void *work(void *self)
{
	struct worker *worker = self;
	for (int i = 0; i < 50; i++) {
		const struct exchange *exchange = session_get_path(&worker->s, &worker->server, "/");
		worker->good += exchange->response.status == 200 && exchange->number == (uint32_t)i + 1;
	}
	return NULL;
}

static void clients_work_side_by_side(void **state)
{
	(void)state;
	struct worker workers[4];
	for (int i = 0; i < 4; i++) {
		workers[i].good = 0;
		session_init(&workers[i].s);
		assert_true(server_start(&workers[i].server, "127.0.0.1", answer_echo, NULL));
		assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
	}
	for (int i = 0; i < 4; i++) {
		pthread_join(workers[i].thread, NULL);
		assert_int_equal(workers[i].good, 50);
		server_stop(&workers[i].server);
		session_close(&workers[i].s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(a_response_is_taken_whole),
			cmocka_unit_test(the_request_is_recorded_as_it_went_out),
			cmocka_unit_test(any_method_goes_with_or_without_body),
			cmocka_unit_test(a_body_may_hold_any_byte),
			cmocka_unit_test(fields_go_as_given),
			cmocka_unit_test(what_http_does_not_have_is_refused),
			cmocka_unit_test(other_schemes_and_bad_urls_are_refused),
			cmocka_unit_test(connections_are_kept),
			cmocka_unit_test(a_server_that_closes_is_asked_anew),
			cmocka_unit_test(nobody_there_and_no_such_name),
			cmocka_unit_test(the_proxy_of_the_environment_does_not_exist),
			cmocka_unit_test(a_proxy_that_is_named_is_used),
			cmocka_unit_test(cookies_are_not_kept),
			cmocka_unit_test(clients_work_side_by_side),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
