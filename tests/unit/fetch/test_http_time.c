/* SPDX-License-Identifier: EUPL-1.2 */
/* The HTTP client and time: what is sent again, the pace of requests, and how long an answer may take. */
#include "support/client.h"

#include <time.h>

static bool answer_echo(struct server *server, int fd, const char *request, int number)
{
	(void)server;
	(void)number;
	server_reply(fd, "200 OK", "Content-Type: text/plain\r\nX-Two: a\r\nx-two: b\r\n",
			strncmp(request, "HEAD", 4) == 0 ? "" : request);
	return true;
}

/* Answers the first request on a connection, and hangs up on reading the second. */
static bool answer_then_hang_up(struct server *server, int fd, const char *request, int number)
{
	(void)server;
	(void)request;
	if (number % 2 == 1) return false;
	server_reply(fd, "200 OK", "", "x");
	return true;
}

static void nothing_is_sent_twice_unrecorded(void **state)
{
	(void)state;
	struct server server;
	struct session s;
	session_init(&s);
	assert_true(server_start(&server, "127.0.0.1", answer_then_hang_up, NULL));
	assert_status(session_get_path(&s, &server, "/"), 200);
	struct http_request request = {.method = STR("POST"),
			.url = str_printf(s.arena, "http://127.0.0.1:%u/", server.port),
			.body = STR("once")};
	assert_failure(session_send(&s, request), FAILURE_RESET, "");
	assert_int_equal(server.requests, 2);
	assert_int_equal(s.keeper.count, 2);
	server_stop(&server);
	session_close(&s);
}

static void a_safe_request_is_tried_again_and_recorded(void **state)
{
	(void)state;
	struct server server;
	struct session s;
	session_init(&s);
	s.options.retries = 1;
	assert_true(server_start(&server, "127.0.0.1", answer_then_hang_up, NULL));
	assert_status(session_get_path(&s, &server, "/"), 200);
	assert_status(session_get_path(&s, &server, "/"), 200);
	assert_int_equal(s.keeper.count, 3);
	assert_int_equal(s.keeper.taken[1]->failure, FAILURE_RESET);
	assert_int_equal(s.keeper.taken[1]->follows, 0);
	server_stop(&server);
	session_close(&s);
}

static bool answer_busy(struct server *server, int fd, const char *request, int number)
{
	(void)request;
	if (number < 2)
		server_reply(fd, "503 Busy", server->data, "");
	else
		server_reply(fd, "200 OK", "", "x");
	return true;
}

static uint32_t waited;

static void wait_noted(struct transport *transport, uint32_t milliseconds)
{
	(void)transport;
	waited += milliseconds;
}

static void retry_case(const char *method, const char *fields, uint32_t status, uint32_t count, uint32_t wait)
{
	struct server server;
	struct session s;
	session_init(&s);
	s.options.retries = 3;
	waited = 0;
	assert_true(server_start(&server, "127.0.0.1", answer_busy, (void *)fields));
	session_open(&s);
	s.transport->wait = wait_noted;
	struct http_request request = {
			.method = str_of(method), .url = str_printf(s.arena, "http://127.0.0.1:%u/", server.port)};
	assert_status(session_send(&s, request), status);
	assert_int_equal(s.keeper.count, count);
	assert_int_equal(waited, wait);
	server_stop(&server);
	session_close(&s);
}

static void a_busy_server_is_asked_later(void **state)
{
	(void)state;
	retry_case("GET", "Retry-After: 2\r\n", 200, 3, 4000);
	retry_case("GET", "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n", 200, 3, 0);
	retry_case("GET", "", 503, 1, 0);
	retry_case("GET", "Retry-After: 3600\r\n", 503, 1, 0);
	retry_case("GET", "Retry-After: soon\r\n", 503, 1, 0);
	retry_case("POST", "Retry-After: 2\r\n", 503, 1, 0);
}

static void requests_keep_their_pace(void **state)
{
	(void)state;
	struct server server;
	struct session s;
	struct timespec begin, end;
	session_init(&s);
	s.options.pace_ms = 60;
	assert_true(server_start(&server, "127.0.0.1", answer_echo, NULL));
	clock_gettime(CLOCK_MONOTONIC, &begin);
	for (int i = 0; i < 4; i++)
		assert_status(session_get_path(&s, &server, "/"), 200);
	clock_gettime(CLOCK_MONOTONIC, &end);
	long took = (end.tv_sec - begin.tv_sec) * 1000 + (end.tv_nsec - begin.tv_nsec) / 1000000;
	assert_true(took >= 180);
	server_stop(&server);
	session_close(&s);
}

static bool answer_silence(struct server *server, int fd, const char *request, int number)
{
	(void)request;
	(void)number;
	server_printf(fd, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
	server_sleep(server, 8000);
	return false;
}

static bool answer_drip(struct server *server, int fd, const char *request, int number)
{
	(void)request;
	(void)number;
	server_printf(fd, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
	for (int i = 0; i < 100 && !server->stopping; i++) {
		server_write(fd, "x", 1);
		server_sleep(server, 50);
	}
	return false;
}

static void time_is_bounded(void **state)
{
	(void)state;
	struct server silent, dripping;
	struct session s, other;
	session_init(&s);
	s.options.idle_ms = 300;
	assert_true(server_start(&silent, "127.0.0.1", answer_silence, NULL));
	assert_failure(session_get_path(&s, &silent, "/"), FAILURE_TIMEOUT, "silent for more than 300 ms");
	session_init(&other);
	other.options.total_ms = 400;
	other.options.idle_ms = 300;
	assert_true(server_start(&dripping, "127.0.0.1", answer_drip, NULL));
	assert_failure(session_get_path(&other, &dripping, "/"), FAILURE_TIMEOUT, "longer than 400 ms");
	server_stop(&silent);
	server_stop(&dripping);
	session_close(&s);
	session_close(&other);
}

/* A listener whose queue is full lets nobody in, and refuses nobody. */
static void connecting_is_bounded(void **state)
{
	(void)state;
	struct session s;
	session_init(&s);
	s.options.connect_ms = 200;
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t length = sizeof at;
	int listener = socket(AF_INET, SOCK_STREAM, 0), fillers[8];
	assert_int_equal(bind(listener, (struct sockaddr *)&at, length), 0);
	assert_int_equal(listen(listener, 0), 0);
	assert_int_equal(getsockname(listener, (struct sockaddr *)&at, &length), 0);
	for (int i = 0; i < 8; i++) {
		fillers[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
		(void)!connect(fillers[i], (struct sockaddr *)&at, length);
	}
	const struct exchange *exchange = session_get(
			&s, str_printf(s.arena, "http://127.0.0.1:%u/", ntohs(at.sin_port)).ptr);
	assert_failure(exchange, FAILURE_TIMEOUT, "no connection with 127.0.0.1 within 200 ms");
	for (int i = 0; i < 8; i++)
		close(fillers[i]);
	close(listener);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(nothing_is_sent_twice_unrecorded),
			cmocka_unit_test(a_safe_request_is_tried_again_and_recorded),
			cmocka_unit_test(a_busy_server_is_asked_later),
			cmocka_unit_test(requests_keep_their_pace),
			cmocka_unit_test(time_is_bounded),
			cmocka_unit_test(connecting_is_bounded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
