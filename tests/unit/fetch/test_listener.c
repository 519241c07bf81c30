/* SPDX-License-Identifier: EUPL-1.2 */
/* The listener: what comes in is answered and kept, strangers are held off, and it ends when it is told to. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/limits.h"
#include "fetch/counterpart.h"
#include "fetch/har.h"
#include "fetch/listener.h"
#include "fetch/web_token.h"

static void reply(struct responder *responder, const struct http_request *request, struct http_response *response,
		struct arena *arena)
{
	(void)responder;
	response->status = str_eq(request->method, STR("POST")) ? 201 : 200;
	response->body = str_printf(arena, "%zu", request->body.len);
}

static struct responder responder = {reply};

static struct listener *open_at(struct arena *arena, const char *listen, const char *url)
{
	struct err err;
	const struct listener_options options = {str_of(listen), str_of(url)};
	err_init(&err, arena);
	struct listener *listener = listener_new(arena, &options, &err);
	if (!listener) print_message("%.*s\n", STR_FMT(err.message.in[LANG_EN]));
	if (listener) listener_answer_by(listener, &responder);
	return listener;
}

static uint16_t port_of(struct listener *listener)
{
	struct str base = listener_base(listener);
	size_t colon = base.len;
	uint32_t port = 0;
	while (base.ptr[colon - 1] != ':')
		colon--;
	assert_true(str_to_u32(str_skip(base, colon), &port));
	return (uint16_t)port;
}

static int connect_to(uint16_t port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_true(fd >= 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
	return fd;
}

/* Sends, and gives what comes back until the other side closes. */
static struct str ask(struct arena *arena, uint16_t port, const char *request)
{
	static char answer[4096];
	size_t len = 0;
	ssize_t got;
	int fd = connect_to(port);
	assert_int_equal(write(fd, request, strlen(request)), strlen(request));
	while (len < sizeof answer && (got = read(fd, answer + len, sizeof answer - len)) > 0)
		len += (size_t)got;
	close(fd);
	return str_copy(arena, (struct str){answer, len});
}

static void answers_and_keeps(void **state)
{
	struct arena *arena = arena_new();
	struct listener *listener = open_at(arena, "127.0.0.1:0", "");
	(void)state;
	assert_non_null(listener);
	struct str answer = ask(arena, port_of(listener),
			"POST /callback/a?x=1 HTTP/1.1\r\nHost: x\r\nX-Proef: ja\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhallo");
	assert_true(str_starts(answer, STR("HTTP/1.1 201")));
	assert_true(str_ends(answer, STR("5")));
	assert_int_equal(listener_count(listener), 1);
	const struct exchange *exchange = listener_at(listener, 0, 0);
	assert_true(exchange->inbound);
	assert_true(str_eq(exchange->request.body, STR("hallo")));
	assert_true(str_ends(exchange->request.url, STR("/callback/a?x=1")));
	assert_true(str_starts(exchange->request.url, listener_base(listener)));
	assert_true(str_eq(http_field_find(&exchange->request.fields, STR("x-proef"))->value, STR("ja")));
	assert_int_equal(exchange->response.status, 201);
	assert_null(listener_at(listener, 1, 20));
	listener_stop(listener);
	listener_stop(listener);
	assert_int_equal(listener_count(listener), 1);
	arena_free(arena);
}

static void proxy_may_take_path_off(void **state)
{
	struct arena *arena = arena_new();
	struct listener *listener = open_at(arena, "127.0.0.1:0", "https://keur.example/basis/");
	(void)state;
	struct arena *other = arena_new();
	struct listener *port_known = open_at(other, "127.0.0.1:0", "");
	assert_true(str_eq(listener_base(listener), STR("https://keur.example/basis")));
	assert_non_null(port_known);
	arena_free(other);
	arena_free(arena);
	assert_true(counterpart_fits(STR("http://a/b"), STR("http://a/b/c/d?e"), STR("/c/*")));
	assert_false(counterpart_fits(STR("http://a/b"), STR("http://a/bc/d"), STR("/c/*")));
	assert_false(counterpart_fits(STR("http://a"), STR("http://a/c/d/e"), STR("/c/*")));
	assert_false(counterpart_fits(STR("http://a"), STR("http://a/c"), STR("/c/*")));
}

static void holds_off_what_is_too_large(void **state)
{
	struct arena *arena = arena_new();
	struct listener *listener = open_at(arena, "127.0.0.1:0", "");
	(void)state;
	struct str answer = ask(arena, port_of(listener),
			"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\nConnection: close\r\n\r\n");
	assert_true(str_starts(answer, STR("HTTP/1.1 413")));
	assert_int_equal(listener_at(listener, 0, 0)->response.status, 413);
	char *large = arena_zalloc(arena, LIMIT_INBOUND_MEMORY + 200);
	memset(large, 'a', LIMIT_INBOUND_MEMORY + 100);
	memcpy(large, "GET /", 5);
	answer = ask(arena, port_of(listener), large);
	assert_false(str_starts(answer, STR("HTTP/1.1 200")));
	answer = ask(arena, port_of(listener), "\x16\x03\x01 no HTTP\r\n\r\n");
	assert_false(str_starts(answer, STR("HTTP/1.1 200")));
	answer = ask(arena, port_of(listener), "GET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	assert_true(str_starts(answer, STR("HTTP/1.1 200")));
	arena_free(arena);
}

/* Connections that say nothing, or half, do not keep it from answering, nor from ending. */
static void slow_ones_do_not_hold_it(void **state)
{
	struct arena *arena = arena_new();
	struct listener *listener = open_at(arena, "127.0.0.1:0", "");
	int slow[LIMIT_INBOUND_CONNECTIONS / 2];
	(void)state;
	for (size_t i = 0; i < sizeof slow / sizeof *slow; i++) {
		slow[i] = connect_to(port_of(listener));
		if (i % 2) assert_int_equal(write(slow[i], "POST /a HTTP/1.1\r\nHos", 21), 21);
	}
	struct str answer = ask(arena, port_of(listener), "GET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	assert_true(str_starts(answer, STR("HTTP/1.1 200")));
	listener_stop(listener);
	for (size_t i = 0; i < sizeof slow / sizeof *slow; i++)
		close(slow[i]);
	arena_free(arena);
}

static void refuses_addresses(void **state)
{
	struct arena *arena = arena_new();
	struct err err;
	bool privileged, every;
	(void)state;
	assert_true(listener_is_address(STR("127.0.0.1:8099"), &privileged, &every));
	assert_false(privileged || every);
	assert_true(listener_is_address(STR("[::]:80"), &privileged, &every));
	assert_true(privileged && every);
	static const char *const wrong[] = {"", ":", "localhost:80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "::1:80",
			"[::1]", "[::1:80", "1.2.3:80", "127.0.0.1:-1"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(listener_is_address(str_of(wrong[i]), &privileged, &every));
	struct listener *first = open_at(arena, "127.0.0.1:0", "");
	struct str taken = str_printf(arena, "127.0.0.1:%u", port_of(first));
	const struct listener_options same = {taken, STR("")}, other = {STR("192.0.2.1:0"), STR("")};
	err_init(&err, arena);
	assert_null(listener_new(arena, &same, &err));
	assert_int_equal(err.code, ERR_IO);
	err_init(&err, arena);
	assert_null(listener_new(arena, &other, &err));
	assert_int_equal(err.code, ERR_IO);
	arena_free(arena);
}

static bool has_two(void *self, const struct exchange *exchange)
{
	(void)self;
	return str_eq(exchange->request.body, STR("2"));
}

static void awaits_and_replays(void **state)
{
	struct arena *arena = arena_new();
	struct listener *listener = open_at(arena, "127.0.0.1:0", "");
	struct evidence *evidence = evidence_new(arena);
	struct counterpart *heard = counterpart_of_listener(arena, listener, evidence, NULL);
	struct awaited one = {.step = STR("w/one"), .method = STR("POST"), .path = STR("/a"), .timeout_ms = 1000};
	struct awaited two = one, three = one;
	(void)state;
	ask(arena, port_of(listener), "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nConnection: close\r\n\r\n0");
	heard->begin(heard);
	ask(arena, port_of(listener), "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nConnection: close\r\n\r\n1");
	ask(arena, port_of(listener), "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nConnection: close\r\n\r\n2");
	two.step = STR("w/two");
	two.fits = has_two;
	three.step = STR("w/three");
	three.timeout_ms = 30;
	assert_true(str_eq(heard->await(heard, &two, arena)->request.body, STR("2")));
	assert_true(str_eq(heard->await(heard, &one, arena)->request.body, STR("1")));
	assert_int_equal(heard->await(heard, &three, arena)->failure, FAILURE_TIMEOUT);
	heard->finish(heard);
	assert_int_equal(evidence->count, 4);
	evidence_add_base(evidence, STR("dienst"), heard->base);

	struct strbuf har;
	struct err err;
	err_init(&err, arena);
	strbuf_init(&har, 1 << 20);
	assert_true(har_write(evidence, NULL, &har, &err));
	struct doc *doc = doc_of(STR("r.har"), strbuf_str(&har), &err);
	strbuf_release(&har);
	struct evidence *again = evidence_new(arena);
	assert_null(counterpart_of_recording(arena, doc, STR("andere"), again, &err));
	struct counterpart *recorded = counterpart_of_recording(arena, doc, STR("dienst"), again, &err);
	assert_true(str_eq(recorded->base, heard->base));
	recorded->begin(recorded);
	assert_true(str_eq(recorded->await(recorded, &two, arena)->request.body, STR("2")));
	assert_true(str_eq(recorded->await(recorded, &one, arena)->request.body, STR("1")));
	assert_int_equal(recorded->await(recorded, &three, arena)->failure, FAILURE_TIMEOUT);
	assert_int_equal(recorded->await(recorded, &three, arena)->failure, FAILURE_NOT_RECORDED);
	recorded->finish(recorded);
	assert_int_equal(again->count, 5);
	doc_close(doc);
	arena_free(arena);
}

static void reads_tokens(void **state)
{
	struct arena *arena = arena_new();
	struct http_field field = {STR("Authorization"), STR("Bearer eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJhIn0.x")};
	struct http_fields fields = {&field, 1};
	(void)state;
	assert_true(
			str_eq(web_token_of(&fields, arena), STR("{\"header\":{\"alg\":\"HS256\"},\"payload\":{\"iss\":\"a\"}}")));
	static const char *const none[] = {"", "Bearer", "Bearer a.b.c", "Bearer ..",
			"Basic eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJhIn0.x", "Bearer eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJhIn0",
			"Bearer W10.W10.x"};
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		field.value = str_of(none[i]);
		assert_int_equal(web_token_of(&fields, arena).len, 0);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(answers_and_keeps),
			cmocka_unit_test(proxy_may_take_path_off),
			cmocka_unit_test(holds_off_what_is_too_large),
			cmocka_unit_test(slow_ones_do_not_hold_it),
			cmocka_unit_test(refuses_addresses),
			cmocka_unit_test(awaits_and_replays),
			cmocka_unit_test(reads_tokens),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
