/* SPDX-License-Identifier: EUPL-1.2 */
/* Versions of TLS: what OpenSSL's server accepts, and what other answers mean. */
#include "support/tls.h"

#include "fetch/tls_probe.h"

static const char *folder;
static struct arena *kept;

static struct tls_probe probe_port(uint16_t port)
{
	struct tls_target target = {.address = STR("127.0.0.1"), .port = port, .host = STR("localhost")};
	return tls_probe(&target, kept);
}

static void version_case(const char *words, const enum tls_answer expected[TLS_VERSION_COUNT], const char *suite)
{
	struct tls_server server;
	tls_start(&server, folder, words);
	struct tls_probe probe = probe_port(server.port);
	tls_stop(&server);
	for (int version = 0; version < TLS_VERSION_COUNT; version++) {
		const struct tls_offer *offer = &probe.offers[version];
		if (offer->answer != expected[version])
			fail_msg("%s: %s: expected %d, got %d: %.*s", words, tls_version_names[version], expected[version],
					offer->answer, STR_FMT(offer->why.in[LANG_EN]));
		if (offer->answer == TLS_ACCEPTED)
			assert_true(suite ? str_eq(offer->suite, str_of(suite)) : str_starts(offer->suite, STR("TLS_")));
		else
			assert_true(offer->why.in[LANG_NL].len > 0);
	}
}

static void each_version_is_found(void **state)
{
	(void)state;
	const enum tls_answer A = TLS_ACCEPTED, R = TLS_REFUSED;
	const enum tls_answer all[] = {A, A, A, A}, modern[] = {R, R, A, A}, only_10[] = {A, R, R, R},
						  only_11[] = {R, A, R, R}, only_12[] = {R, R, A, R}, only_13[] = {R, R, R, A};
	version_case("-quiet -cert good.pem -key good.key", modern, NULL);
	version_case("-quiet -cert good.pem -key good.key -tls1 -cipher ALL:@SECLEVEL=0", only_10, NULL);
	version_case("-quiet -cert good.pem -key good.key -tls1_1 -cipher ALL:@SECLEVEL=0", only_11, NULL);
	version_case("-quiet -cert good.pem -key good.key -tls1_2", only_12, NULL);
	version_case("-quiet -cert good.pem -key good.key -tls1_3 -ciphersuites TLS_AES_256_GCM_SHA384", only_13,
			"TLS_AES_256_GCM_SHA384");
	version_case("-quiet -cert good.pem -key good.key -cipher ALL:@SECLEVEL=0 -min_protocol TLSv1", all, NULL);
	version_case(
			"-quiet -cert rsa.pem -key rsa.key -tls1_2 -cipher AES128-SHA", only_12, "TLS_RSA_WITH_AES_128_CBC_SHA");
}

/* X25519 is not everybody's: such a server asks for another key, and has accepted. */
static void a_retry_request_accepts(void **state)
{
	(void)state;
	const enum tls_answer only_13[] = {TLS_REFUSED, TLS_REFUSED, TLS_REFUSED, TLS_ACCEPTED};
	version_case("-quiet -cert good.pem -key good.key -tls1_3 -groups P-384", only_13, NULL);
}

enum { PIECES = 7 };

struct raw {
	const char *bytes;
	size_t length;
	bool slowly;
};

static bool answer_raw(struct server *server, int fd, const char *request, int number)
{
	(void)request;
	(void)number;
	(void)server;
	(void)fd;
	return false;
}

/* A server that reads a little and says the bytes, whoever asks. */
static void *run_raw(void *self)
{
	struct server *server = self;
	const struct raw *raw = server->data;
	char ignored[4096];
	while (server_readable(server, server->listener)) {
		int fd = accept(server->listener, NULL, NULL);
		if (fd < 0) continue;
		if (recv(fd, ignored, sizeof ignored, 0) > 0) {
			/* In few pieces: a machine that is busy takes its time for each of them. */
			size_t piece = raw->slowly ? raw->length / PIECES + 1 : raw->length;
			for (size_t i = 0; i < raw->length; i += piece) {
				server_write(fd, raw->bytes + i, raw->length - i < piece ? raw->length - i : piece);
				if (raw->slowly) server_sleep(server, 5);
			}
		}
		/* Silent until the other side has had enough. */
		if (raw->length == 0 && raw->slowly) (void)!recv(fd, ignored, sizeof ignored, 0);
		close(fd);
	}
	return NULL;
}

static struct tls_probe probe_raw(const char *bytes, size_t length, bool slowly, uint32_t timeout)
{
	struct server server;
	struct raw raw = {bytes, length, slowly};
	assert_true(server_start(&server, "127.0.0.1", answer_raw, NULL));
	server.stopping = true;
	pthread_join(server.thread, NULL);
	server.stopping = false;
	server.data = &raw;
	assert_int_equal(pthread_create(&server.thread, NULL, run_raw, &server), 0);
	struct tls_target target = {.address = STR("127.0.0.1"), .port = server.port, .timeout_ms = timeout};
	struct tls_probe probe = tls_probe(&target, kept);
	server_stop(&server);
	return probe;
}

static void raw_case(const char *bytes, size_t length, bool slowly, enum tls_answer expected, const char *words)
{
	/* Time is only to pass where nothing is said. */
	struct tls_probe probe = probe_raw(bytes, length, slowly, length == 0 && slowly ? 150 : 0);
	for (int version = 0; version < TLS_VERSION_COUNT; version++) {
		assert_int_equal(probe.offers[version].answer, expected);
		struct str why = probe.offers[version].why.in[LANG_EN];
		if (str_find_str(why, str_of(words)) == why.len) fail_msg("expected \"%s\", got \"%.*s\"", words, STR_FMT(why));
	}
}

#define RAW(literal) literal, sizeof(literal) - 1

static void other_answers_are_told(void **state)
{
	(void)state;
	raw_case(RAW("\x15\3\1\0\2\2\x46"), false, TLS_REFUSED, "alert 70");
	raw_case(RAW("\x15\3\1\0\2\2\x28"), true, TLS_REFUSED, "alert 40");
	raw_case(RAW("\x15\3\1\0\2\2\x50"), false, TLS_UNDECIDED, "alert 80");
	raw_case(RAW("\x15\3\1\0\2\1\x70\x15\3\1\0\2\2\x46"), false, TLS_REFUSED, "alert 70");
	raw_case(RAW("HTTP/1.1 400 Bad Request\r\n"), false, TLS_UNDECIDED, "does not speak TLS");
	raw_case(RAW("\x16\3\3\0\4\13\0\0\0"), false, TLS_UNDECIDED, "does not speak TLS");
	raw_case(RAW(""), false, TLS_UNDECIDED, "hung up");
	raw_case(RAW(""), true, TLS_UNDECIDED, "within the time");
	raw_case(RAW("\x16\3\3\0\x10\2\0\1"), false, TLS_UNDECIDED, "hung up");
}

static void a_server_that_chooses_another_version_refuses(void **state)
{
	(void)state;
	char hello[5 + 4 + 38] = "\x16\3\3\0\x2a\2\0\0\x26\3\3";
	hello[5 + 4 + 35] = (char)0xc0;
	hello[5 + 4 + 36] = 0x2f;
	struct tls_probe probe = probe_raw(hello, sizeof hello, false, 0);
	assert_int_equal(probe.offers[TLS_1_2].answer, TLS_ACCEPTED);
	assert_str(probe.offers[TLS_1_2].suite, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
	assert_int_equal(probe.offers[TLS_1_0].answer, TLS_REFUSED);
	assert_int_equal(probe.offers[TLS_1_3].answer, TLS_REFUSED);
	hello[5 + 4 + 36] = 0x7f;
	probe = probe_raw(hello, sizeof hello, true, 0);
	assert_str(probe.offers[TLS_1_2].suite, "0xC07F");
}

static void who_may_not_be_asked_is_not(void **state)
{
	(void)state;
	struct tls_target cases[] = {{.address = STR("127.0.0.1"), .port = 1, .public_only = true},
			{.address = STR("::ffff:10.0.0.1"), .port = 1, .public_only = true},
			{.address = STR("localhost"), .port = 1}, {.address = STR("127.0.0.1"), .port = 70000},
			{.address = STR(""), .port = 1}, {.address = STR("127.0.0.1"), .port = 1}};
	const char *const words[] = {
			"no public", "no public", "no address", "no address", "no address", "accept a connection"};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct tls_probe probe = tls_probe(&cases[i], kept);
		assert_int_equal(probe.offers[TLS_1_2].answer, TLS_UNDECIDED);
		assert_non_null(strstr(probe.offers[TLS_1_2].why.in[LANG_EN].ptr, words[i]));
	}
}

static int set_up(void **state)
{
	(void)state;
	kept = arena_new();
	folder = fixture_folder(kept);
	tls_make(folder);
	tls_run(folder,
			"openssl req -x509 -newkey rsa:2048 -nodes -keyout rsa.key -subj /CN=localhost -days 30 -out rsa.pem");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	fixture_remove(kept, folder);
	arena_free(kept);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(each_version_is_found),
			cmocka_unit_test(a_retry_request_accepts),
			cmocka_unit_test(other_answers_are_told),
			cmocka_unit_test(a_server_that_chooses_another_version_refuses),
			cmocka_unit_test(who_may_not_be_asked_is_not),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
