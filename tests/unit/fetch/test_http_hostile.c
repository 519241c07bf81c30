/* SPDX-License-Identifier: EUPL-1.2 */
/* Servers that mean no good: bombs, floods, and what is not HTTP. Each ends in one failure that says what it was. */
#include "support/client.h"

#include <sys/resource.h>

#include "base/limits.h"

/* What the server sends, byte for byte; then it hangs up. */
struct raw {
	const void *bytes;
	size_t length;
};

static bool answer_raw(struct server *server, int fd, const char *request, int number)
{
	const struct raw *raw = server->data;
	(void)request;
	(void)number;
	server_write(fd, raw->bytes, raw->length);
	return false;
}

static const struct exchange *get_raw(struct session *s, const void *bytes, size_t length)
{
	struct server server;
	struct raw raw = {bytes, length};
	assert_true(server_start(&server, "127.0.0.1", answer_raw, &raw));
	const struct exchange *exchange = session_get_path(s, &server, "/");
	server_stop(&server);
	return exchange;
}

static void failure_case(const char *text, size_t length, enum http_failure failure, const char *words)
{
	struct session s;
	session_init(&s);
	assert_failure(get_raw(&s, text, length), failure, words);
	session_close(&s);
}

static void status_case(const char *text, uint32_t status, const char *body)
{
	struct session s;
	session_init(&s);
	const struct exchange *exchange = get_raw(&s, text, strlen(text));
	assert_status(exchange, status);
	assert_str(exchange->response.body, body);
	session_close(&s);
}

#define RAW(literal) literal, sizeof(literal) - 1

static void what_is_not_http_is_malformed(void **state)
{
	(void)state;
	failure_case(RAW("SSH-2.0-OpenSSH_9.2\r\n"), FAILURE_MALFORMED, "HTTP");
	failure_case(RAW("HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n"), FAILURE_MALFORMED, "NUL");
	failure_case(RAW("HTTP/1.1 200 OK\r\nno colon\r\nContent-Length: 0\r\n\r\n"), FAILURE_MALFORMED, "no field");
	failure_case(RAW("HTTP/1.1 200 OK\r\nX Y: b\r\nContent-Length: 0\r\n\r\n"), FAILURE_MALFORMED, "no field");
	failure_case(RAW("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"), FAILURE_MALFORMED,
			"Content-Length");
	failure_case(RAW("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nab"), FAILURE_MALFORMED, "HTTP");
	failure_case(RAW("HTTP/1.1 20x OK\r\n\r\n"), FAILURE_MALFORMED, "HTTP");
	failure_case(RAW("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"), FAILURE_MALFORMED, "chunked");
	failure_case(RAW("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello"), FAILURE_MALFORMED,
			"HTTP");
	failure_case(RAW("HTTP/1.1 200 OK\r\nContent-Encoding: unheard-of\r\nContent-Length: 5\r\n\r\nhello"),
			FAILURE_MALFORMED, "encoding");
}

static void what_ends_early_is_reset(void **state)
{
	(void)state;
	failure_case(RAW(""), FAILURE_RESET, "before the answer was complete");
	failure_case(RAW("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"), FAILURE_RESET, "");
	failure_case(RAW("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"), FAILURE_RESET, "");
	failure_case(RAW("HTTP/1.1 100 Continue\r\n\r\n"), FAILURE_RESET, "");
}

static void a_header_section_that_is_cut_off_is_no_response(void **state)
{
	(void)state;
	struct session s;
	session_init(&s);
	const struct exchange *exchange = get_raw(&s, RAW("HTTP/1.1 200 OK\r\nX: abc"));
	assert_true(exchange->failure == FAILURE_RESET || exchange->failure == FAILURE_MALFORMED);
	session_close(&s);
}

static void what_is_odd_and_sound_is_read(void **state)
{
	(void)state;
	status_case("HTTP/1.1 200 OK\r\n\r\nto the end", 200, "to the end");
	status_case("HTTP/1.0 200\r\nContent-Length: 1\r\n\r\nx", 200, "x");
	status_case("HTTP/1.1 299 odd\r\nContent-Length: 0\r\n\r\n", 299, "");
	status_case(
			"HTTP/1.1 100 Continue\r\nX: a\r\n\r\nHTTP/1.1 103 Hints\r\nY: b\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx",
			200, "x");
	status_case(
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: Z\r\n\r\n1\r\nx\r\n0\r\nHTTP/1.1 500 lie: 1\r\nZ: 1\r\n\r\n",
			200, "x");
	status_case("HTTP/1.1 204 None\r\n\r\n", 204, "");
	status_case("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabcd", 200, "ab");
}

static void fields_keep_their_bytes(void **state)
{
	(void)state;
	struct session s;
	session_init(&s);
	const struct exchange *exchange = get_raw(&s,
			RAW("HTTP/1.1 200 OK\r\nX-Latin: caf\351\r\nX-Fold: a\r\n  b\r\nX-Empty:\r\nContent-Length: 0\r\n\r\n"));
	assert_status(exchange, 200);
	assert_str(http_field_value(&exchange->response.fields, STR("x-latin"), s.arena), "caf\351");
	assert_str(http_field_value(&exchange->response.fields, STR("x-fold"), s.arena), "a b");
	assert_str(http_field_value(&exchange->response.fields, STR("x-empty"), s.arena), "");
	assert_int_equal(exchange->response.fields.count, 4);
	session_close(&s);
}

/* Repeats a piece of text, by the gigabyte if nobody stops it. */
struct flood {
	const char *head, *piece;
	atomic_size_t sent;
};

static bool answer_flood(struct server *server, int fd, const char *request, int number)
{
	struct flood *flood = server->data;
	(void)request;
	(void)number;
	server_printf(fd, "%s", flood->head);
	size_t length = strlen(flood->piece);
	while (!server->stopping && flood->sent < (size_t)1 << 30) {
		ssize_t sent = send(fd, flood->piece, length, MSG_NOSIGNAL);
		if (sent <= 0) break;
		flood->sent += (size_t)sent;
	}
	return false;
}

static char megabyte[(1 << 20) + 1];

static void flood_case(const char *head, const char *piece, size_t body_bytes, const char *words)
{
	struct server server;
	struct session s;
	struct flood flood = {.head = head, .piece = piece};
	session_init(&s);
	s.options.body_bytes = body_bytes;
	assert_true(server_start(&server, "127.0.0.1", answer_flood, &flood));
	assert_failure(session_get_path(&s, &server, "/"), FAILURE_TOO_LARGE, words);
	server_stop(&server);
	assert_true(flood.sent < (size_t)64 << 20);
	assert_true(arena_size(s.arena) < (size_t)8 << 20);
	session_close(&s);
}

static void floods_are_cut_off(void **state)
{
	(void)state;
	memset(megabyte, 'a', sizeof megabyte - 1);
	flood_case("HTTP/1.1 200 OK\r\n", "X-Flood: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n", 0, "65536 bytes");
	flood_case("HTTP/1.1 200 OK\r\nX: ", megabyte, 0, "65536 bytes");
	flood_case("HTTP/1.1 200 OK\r\nX: a\r\n", " b\r\n", 0, "folded");
	flood_case("", "HTTP/1.1 100 Continue\r\n\r\n", 0, "65536 bytes");
	flood_case("HTTP/1.1 200 OK\r\n\r\n", megabyte, 1 << 20, "larger than 1048576 bytes");
	flood_case("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "4\r\naaaa\r\n", 1 << 20,
			"larger than 1048576 bytes");
	flood_case("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "X-Trailer: aaaaaaaaaaaaaaaaa\r\n", 0,
			"65536 bytes");
}

/*
 * Deflate without compression library: a block with fixed codes (RFC 1951 section 3.2.6) in which one literal zero is
 * followed by copies of 258 bytes from distance 1. Length 258 is code 285, 8 bits 11000101; distance 1 is code 0, 5
 * bits 00000; both go in most significant bit first.
 */
struct bits {
	uint8_t *bytes;
	size_t count; /* bits */
};

static void put_bits(struct bits *bits, uint32_t value, int count)
{
	for (int i = count - 1; i >= 0; i--) {
		if (value >> i & 1) bits->bytes[bits->count / 8] |= (uint8_t)(1 << bits->count % 8);
		bits->count++;
	}
}

static uint32_t crc_of_zeroes(size_t count)
{
	uint32_t table[256], crc = 0xffffffff;
	for (uint32_t i = 0; i < 256; i++) {
		table[i] = i;
		for (int bit = 0; bit < 8; bit++)
			table[i] = table[i] & 1 ? table[i] >> 1 ^ 0xedb88320 : table[i] >> 1;
	}
	while (count-- > 0)
		crc = table[crc & 255] ^ crc >> 8;
	return ~crc;
}

static void put_u32(uint8_t *at, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		at[i] = (uint8_t)(value >> 8 * i);
}

/* A gzip member of 1 + 258 * copies zero bytes, about a hundred and sixty times smaller. The caller frees. */
static uint8_t *gzip_zeroes(size_t copies, size_t *length)
{
	static const uint8_t head[] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255};
	size_t deflated = (3 + 8 + 13 * copies + 7) / 8 + 1;
	uint8_t *bytes = calloc(1, sizeof head + deflated + 8);
	assert_non_null(bytes);
	memcpy(bytes, head, sizeof head);
	struct bits bits = {bytes + sizeof head, 0};
	put_bits(&bits, 1, 1); /* the last block */
	put_bits(&bits, 2, 2); /* fixed codes: 01, least significant bit first */
	put_bits(&bits, 0x30, 8);
	for (size_t i = 0; i < copies; i++) {
		put_bits(&bits, 0xc5, 8);
		put_bits(&bits, 0, 5);
	}
	put_bits(&bits, 0, 7);
	size_t end = sizeof head + (bits.count + 7) / 8;
	put_u32(bytes + end, crc_of_zeroes(1 + 258 * copies));
	put_u32(bytes + end + 4, (uint32_t)(1 + 258 * copies));
	*length = end + 8;
	return bytes;
}

/* What comes out of `gzip_zeroes` once more in gzip, as one stored block; at most 65535 bytes. The caller frees. */
static uint8_t *gzip_stored(const uint8_t *bytes, size_t length, size_t *out)
{
	static const uint8_t head[] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1};
	uint8_t *result = calloc(1, sizeof head + 4 + length + 8);
	assert_non_null(result);
	assert_true(length <= 65535);
	memcpy(result, head, sizeof head);
	put_u32(result + sizeof head, (uint32_t)length | (uint32_t)(~length & 0xffff) << 16);
	memcpy(result + sizeof head + 4, bytes, length);
	uint32_t crc = 0xffffffff;
	for (size_t i = 0; i < length; i++) {
		crc ^= bytes[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
	}
	put_u32(result + sizeof head + 4 + length, ~crc);
	put_u32(result + sizeof head + 8 + length, (uint32_t)length);
	*out = sizeof head + 4 + length + 8;
	return result;
}

static const struct exchange *get_coded(struct session *s, const char *codings, const uint8_t *bytes, size_t length)
{
	struct str head = str_printf(
			s->arena, "HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: %zu\r\n\r\n", codings, length);
	char *whole = arena_alloc(s->arena, head.len + length);
	memcpy(whole, head.ptr, head.len);
	memcpy(whole + head.len, bytes, length);
	return get_raw(s, whole, head.len + length);
}

static void gzip_is_decoded_once_and_twice(void **state)
{
	(void)state;
	size_t length, twice_length;
	uint8_t *once = gzip_zeroes(100, &length), *twice = gzip_stored(once, length, &twice_length);
	struct session s;
	session_init(&s);
	const struct exchange *exchange = get_coded(&s, "gzip", once, length);
	assert_status(exchange, 200);
	assert_int_equal(exchange->response.body.len, 25801);
	assert_int_equal(exchange->response.wire_bytes, length);
	assert_non_null(http_field_find(&exchange->response.fields, STR("content-encoding")));
	exchange = get_coded(&s, "gzip, gzip", twice, twice_length);
	assert_status(exchange, 200);
	assert_int_equal(exchange->response.body.len, 25801);
	free(once);
	free(twice);
	session_close(&s);
}

static void a_bomb_stops_at_the_ceiling(void **state)
{
	(void)state;
	struct rusage before, after;
	size_t length, twice_length;
	uint8_t *bomb = gzip_zeroes(40000, &length); /* 65 kB that are 10 MB */
	assert_true(length < 65536);
	uint8_t *twice = gzip_stored(bomb, length, &twice_length);
	struct session s;
	session_init(&s);
	s.options.body_bytes = 1 << 20;
	getrusage(RUSAGE_SELF, &before);
	assert_failure(get_coded(&s, "gzip", bomb, length), FAILURE_TOO_LARGE, "decoded, larger than 1048576 bytes");
	assert_failure(get_coded(&s, "gzip, gzip", twice, twice_length), FAILURE_TOO_LARGE, "1048576");
	getrusage(RUSAGE_SELF, &after);
	assert_true(after.ru_maxrss - before.ru_maxrss < 8 << 10);
	free(bomb);
	free(twice);
	session_close(&s);
}

static void codings_in_a_row_have_an_end(void **state)
{
	(void)state;
	failure_case(RAW("HTTP/1.1 200 OK\r\nContent-Encoding: gzip,gzip,gzip,gzip,gzip,gzip,gzip,gzip\r\n\r\nx"),
			FAILURE_MALFORMED, "");
}

/* Says more than it was asked: at once, or a moment later. */
static bool answer_ahead(struct server *server, int fd, const char *request, int number)
{
	(void)request;
	bool later = *(bool *)server->data;
	if (number > 0) {
		server_reply(fd, "200 OK", "", "asked for");
		return true;
	}
	server_printf(fd, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
	if (later) usleep(20000);
	server_printf(fd, "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\ninjected");
	return true;
}

static void an_answer_that_nobody_asked_for_is_not_taken(void **state)
{
	(void)state;
	for (int later = 0; later < 2; later++) {
		struct server server;
		struct session s;
		bool waits = later == 1;
		session_init(&s);
		assert_true(server_start(&server, "127.0.0.1", answer_ahead, &waits));
		assert_status(session_get_path(&s, &server, "/"), 200);
		usleep(60000);
		const struct exchange *exchange = session_get_path(&s, &server, "/");
		if (!exchange->failure) assert_str(exchange->response.body, "asked for");
		server_stop(&server);
		session_close(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(what_is_not_http_is_malformed),
			cmocka_unit_test(what_ends_early_is_reset),
			cmocka_unit_test(a_header_section_that_is_cut_off_is_no_response),
			cmocka_unit_test(what_is_odd_and_sound_is_read),
			cmocka_unit_test(fields_keep_their_bytes),
			cmocka_unit_test(floods_are_cut_off),
			cmocka_unit_test(gzip_is_decoded_once_and_twice),
			cmocka_unit_test(a_bomb_stops_at_the_ceiling),
			cmocka_unit_test(codings_in_a_row_have_an_end),
			cmocka_unit_test(an_answer_that_nobody_asked_for_is_not_taken),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
