/* SPDX-License-Identifier: EUPL-1.2 */
/* Redirects: followed by keur's own policy; nothing leaks; the guard of addresses sees every hop. */
#include "support/client.h"

#include "base/limits.h"

/* The first request is answered with the status and Location of the test, every other with 200. */
struct script {
	const char *status;
	char location[256];
};

static bool answer_script(struct server *server, int fd, const char *request, int number)
{
	const struct script *script = server->data;
	(void)request;
	if (number == 0)
		server_printf(fd, "HTTP/1.1 %s\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n", script->status, script->location);
	else
		server_reply(fd, "200 OK", "", "there");
	return true;
}

static bool answer_loop(struct server *server, int fd, const char *request, int number)
{
	(void)server;
	(void)request;
	server_printf(fd, "HTTP/1.1 302 Found\r\nLocation: /%d\r\nContent-Length: 0\r\n\r\n", number);
	return true;
}

static const struct exchange *redirect_case(
		const char *method, const char *status, const char *body, const char *first_line, bool keeps_body)
{
	struct server server;
	struct session s;
	struct script script = {.status = status, .location = "/next?a=b#c"};
	struct http_field fields[] = {{STR("Content-Type"), STR("text/plain")}, {STR("X-Own"), STR("1")}};
	session_init(&s);
	assert_true(server_start(&server, "127.0.0.1", answer_script, &script));
	struct http_request request = {.method = str_of(method),
			.url = str_printf(s.arena, "http://127.0.0.1:%u/first/x", server.port),
			.fields = {fields, 2},
			.body = body ? str_of(body) : (struct str){NULL, 0}};
	const struct exchange *exchange = session_send(&s, request);
	assert_status(exchange, 200);
	assert_int_equal(s.keeper.count, 2);
	assert_int_equal(s.keeper.taken[0]->response.status, strtoul(status, NULL, 10));
	assert_int_equal(exchange->number, 2);
	assert_int_equal(exchange->follows, 1);
	assert_memory_equal(server.kept[1], first_line, strlen(first_line));
	assert_int_equal(strstr(server.kept[1], "\r\n\r\nbody") != NULL, keeps_body);
	assert_int_equal(strcasestr(server.kept[1], "content-type") != NULL, keeps_body || !body);
	assert_non_null(strstr(server.kept[1], "X-Own: 1"));
	assert_int_equal(server.accepts, 1);
	server_stop(&server);
	session_close(&s);
	return NULL;
}

static void methods_change_as_rfc_9110_says(void **state)
{
	(void)state;
	redirect_case("GET", "301 Moved", NULL, "GET /next?a=b HTTP", false);
	redirect_case("HEAD", "303 See Other", NULL, "HEAD /next?a=b HTTP", false);
	redirect_case("POST", "301 Moved", "body", "GET /next?a=b HTTP", false);
	redirect_case("POST", "302 Found", "body", "GET /next?a=b HTTP", false);
	redirect_case("PUT", "302 Found", "body", "PUT /next?a=b HTTP", true);
	redirect_case("PUT", "303 See Other", "body", "GET /next?a=b HTTP", false);
	redirect_case("POST", "307 Temporary", "body", "POST /next?a=b HTTP", true);
	redirect_case("PATCH", "308 Permanent", "body", "PATCH /next?a=b HTTP", true);
}

static void a_redirect_may_be_the_answer(void **state)
{
	(void)state;
	struct server server;
	struct session s;
	struct script script = {.status = "302 Found", .location = "/next"};
	session_init(&s);
	assert_true(server_start(&server, "127.0.0.1", answer_script, &script));
	struct http_request request = {.method = STR("GET"),
			.url = str_printf(s.arena, "http://127.0.0.1:%u/", server.port),
			.keep_redirect = true};
	assert_status(session_send(&s, request), 302);
	assert_int_equal(s.keeper.count, 1);
	server_stop(&server);
	session_close(&s);
}

static void a_ring_ends(void **state)
{
	(void)state;
	struct server server;
	struct session s;
	session_init(&s);
	assert_true(server_start(&server, "127.0.0.1", answer_loop, NULL));
	const struct exchange *exchange = session_get_path(&s, &server, "/");
	assert_failure(exchange, FAILURE_REDIRECT, "more than 10 redirects");
	assert_int_equal(server.requests, LIMIT_REDIRECTS + 1);
	assert_int_equal(exchange->follows, LIMIT_REDIRECTS + 1);
	server_stop(&server);
	session_close(&s);
}

/* Credentials of every kind, and fields of any name, stay with the first host; both servers differ in port. */
static void leak_case(const struct http_auth *given, const char *status)
{
	struct server first, second;
	struct session s;
	struct script script = {.status = status};
	struct http_field fields[] = {{STR("Cookie"), STR("sid=secret")}, {STR("X-Vendor-Token"), STR("secret")},
			{STR("Accept"), STR("application/json")}};
	session_init(&s);
	assert_true(server_start(&first, "127.0.0.1", answer_script, &script));
	assert_true(server_start(&second, "127.0.0.1", answer_loop, NULL));
	second.answer = answer_script;
	struct script ends = {.status = "200 OK"};
	second.data = &ends;
	(void)snprintf(script.location, sizeof script.location, "http://127.0.0.1:%u/there", second.port);
	struct http_auth auth = *given;
	auth.base = str_printf(s.arena, "http://127.0.0.1:%u/", first.port);
	s.options.auths = &auth;
	s.options.auth_count = 1;
	struct http_request request = {.method = STR("GET"), .url = auth.base, .fields = {fields, 3}};
	assert_status(session_send(&s, request), 200);
	assert_non_null(strstr(first.kept[0], "secret"));
	assert_int_equal(second.requests, 1);
	assert_memory_equal(second.kept[0], "GET /there HTTP/1.1\r\n", 21);
	assert_null(strcasestr(second.kept[0], "secret"));
	assert_null(strcasestr(second.kept[0], "authorization"));
	assert_null(strcasestr(second.kept[0], "cookie"));
	assert_non_null(strstr(second.kept[0], "Accept: application/json"));
	server_stop(&first);
	server_stop(&second);
	session_close(&s);
}

static void credentials_do_not_leave_their_host(void **state)
{
	(void)state;
	const struct http_auth auths[] = {
			{.kind = AUTH_BEARER, .secret = STR("secret")},
			{.kind = AUTH_BASIC, .name = STR("jan"), .secret = STR("secret")},
			{.kind = AUTH_API_KEY, .name = STR("X-Api-Key"), .secret = STR("secret")},
			{.kind = AUTH_API_KEY, .name = STR("key"), .secret = STR("secret"), .in_query = true},
			{.kind = AUTH_ZGW_JWT, .name = STR("jan"), .secret = STR("secret")},
	};
	for (size_t i = 0; i < sizeof auths / sizeof *auths; i++) {
		leak_case(&auths[i], "302 Found");
		leak_case(&auths[i], "308 Permanent");
	}
}

static void a_body_does_not_leave_its_host(void **state)
{
	(void)state;
	struct server first, second;
	struct session s;
	struct script script = {.status = "307 Temporary"};
	session_init(&s);
	assert_true(server_start(&first, "127.0.0.1", answer_script, &script));
	assert_true(server_start(&second, "127.0.0.1", answer_loop, NULL));
	(void)snprintf(script.location, sizeof script.location, "http://127.0.0.1:%u/there", second.port);
	struct http_request request = {.method = STR("POST"),
			.url = str_printf(s.arena, "http://127.0.0.1:%u/", first.port),
			.body = STR("secret")};
	assert_failure(session_send(&s, request), FAILURE_REDIRECT, "another host");
	assert_int_equal(second.accepts, 0);
	server_stop(&first);
	server_stop(&second);
	session_close(&s);
}

/* The guard is on, with an exception for the first host. */
static void refused_case(const char *location, enum http_failure failure, const char *words)
{
	struct server server;
	struct session s;
	struct script script = {.status = "302 Found"};
	session_init(&s);
	assert_true(server_start(&server, "127.0.0.1", answer_script, &script));
	(void)snprintf(script.location, sizeof script.location, "%s", location);
	struct str inside = str_printf(s.arena, "http://127.0.0.1:%u", server.port);
	s.options.public_only = true;
	s.options.inside = &inside;
	s.options.inside_count = 1;
	const struct exchange *exchange = session_get_path(&s, &server, "/");
	assert_failure(exchange, failure, words);
	assert_int_equal(s.keeper.count, 2);
	assert_int_equal(exchange->follows, 1);
	assert_int_equal(s.keeper.taken[0]->response.status, 302);
	server_stop(&server);
	session_close(&s);
}

static void where_keur_does_not_go(void **state)
{
	(void)state;
	refused_case("file:///etc/passwd", FAILURE_REDIRECT, "http://");
	refused_case("gopher://127.0.0.1:70/_x", FAILURE_REDIRECT, "http://");
	refused_case("ftp://127.0.0.1/x", FAILURE_REDIRECT, "http://");
	refused_case("http://jan:geheim@127.0.0.1/", FAILURE_REDIRECT, "user");
	refused_case("http://127.0.0.1:99999/", FAILURE_REDIRECT, "port");
	refused_case("//", FAILURE_REDIRECT, "");
}

static void a_location_is_read_as_servers_write_it(void **state)
{
	(void)state;
	struct server server;
	struct session s;
	struct script script = {.status = "302 Found", .location = "../caf\303\251 x?{a}|b"};
	session_init(&s);
	assert_true(server_start(&server, "127.0.0.1", answer_script, &script));
	assert_status(session_get_path(&s, &server, "/a/b/c"), 200);
	assert_memory_equal(server.kept[1], "GET /a/caf%C3%A9%20x?%7Ba%7D%7Cb HTTP", 36);
	server_stop(&server);
	session_close(&s);
}

/* Every way to write an address of this machine or its network. */
static const char *const disguises[] = {"http://127.0.0.1:1/", "http://127.0.0.2:1/", "http://2130706433:1/",
		"http://2130706433/", "http://0177.0.0.1:1/", "http://0x7f.1:1/", "http://127.1:1/", "http://0.0.0.0:1/",
		"http://0:1/", "http://localhost:1/", "http://[::1]:1/", "http://[::ffff:127.0.0.1]:1/", "http://[::]:1/",
		"http://169.254.169.254/latest/meta-data", "http://10.0.0.1:1/", "http://192.168.1.1:1/",
		"http://172.16.0.1:1/", "http://[fe80::1]:1/", "http://[fd00::1]:1/", "http://[64:ff9b::7f00:1]:1/"};

static void the_guard_sees_every_disguise(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof disguises / sizeof *disguises; i++) {
		struct session s;
		session_init(&s);
		s.options.public_only = true;
		assert_failure(session_get(&s, disguises[i]), FAILURE_ADDRESS, "may not be asked");
		session_close(&s);
	}
}

static void the_guard_sees_where_redirects_lead(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof disguises / sizeof *disguises; i++)
		refused_case(disguises[i], FAILURE_ADDRESS, "may not be asked");
}

static void the_guard_sees_what_names_resolve_to(void **state)
{
	(void)state;
	const struct str resolve[] = {STR("inside.example:80:10.0.0.5")};
	struct session s;
	session_init(&s);
	s.options.public_only = true;
	s.options.resolve = resolve;
	s.options.resolve_count = 1;
	assert_failure(session_get(&s, "http://inside.example/"), FAILURE_ADDRESS, "inside.example is 10.0.0.5");
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(methods_change_as_rfc_9110_says),
			cmocka_unit_test(a_redirect_may_be_the_answer),
			cmocka_unit_test(a_ring_ends),
			cmocka_unit_test(credentials_do_not_leave_their_host),
			cmocka_unit_test(a_body_does_not_leave_its_host),
			cmocka_unit_test(where_keur_does_not_go),
			cmocka_unit_test(a_location_is_read_as_servers_write_it),
			cmocka_unit_test(the_guard_sees_every_disguise),
			cmocka_unit_test(the_guard_sees_where_redirects_lead),
			cmocka_unit_test(the_guard_sees_what_names_resolve_to),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
