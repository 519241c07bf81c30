/* SPDX-License-Identifier: EUPL-1.2 */
/* HTTPS: which certificates are accepted, what is told of those that are not, client certificates, HTTP/2. */
#include "support/tls.h"

static const char *folder;
static struct arena *kept;

static struct str in_folder(const char *name)
{
	return str_printf(kept, "%s/%s", folder, name);
}

static void session_with_ca(struct session *session, const char *ca)
{
	session_init(session);
	session->options.ca_file = in_folder(ca);
}

static void a_connection_has_its_facts(void **state)
{
	(void)state;
	struct tls_server server;
	struct session s;
	session_with_ca(&s, "ca.pem");
	tls_start(&server, folder, "-www -cert good.pem -key good.key");
	const struct exchange *exchange = tls_get(&s, &server, "localhost");
	assert_status(exchange, 200);
	assert_str(exchange->tls.version, "TLSv1.3");
	assert_true(str_starts(exchange->tls.cipher, STR("TLS_")));
	assert_true(str_find_str(exchange->tls.subject, STR("good")) < exchange->tls.subject.len);
	assert_true(str_find_str(exchange->tls.issuer, STR("Test-CA")) < exchange->tls.issuer.len);
	assert_str(exchange->tls.names, "localhost, 127.0.0.1");
	assert_int_equal(exchange->tls.not_after.len, strlen("2026-11-25T13:00:00Z"));
	assert_int_equal(exchange->tls.not_after.ptr[10], 'T');
	tls_run(folder,
			"openssl x509 -in good.pem -noout -fingerprint -sha256 | sed 's/.*=//;s/://g' | tr A-F a-f | tr -d '\\n' >print");
	FILE *file = fopen(in_folder("print").ptr, "r");
	char print[65] = "";
	assert_non_null(fgets(print, sizeof print, file));
	fclose(file);
	assert_str(exchange->tls.fingerprint, print);
	assert_true(exchange->timing.tls >= 0);
	tls_stop(&server);
	session_close(&s);
}

static void certificate_case(const char *name, const char *host, const char *ca, const char *words)
{
	struct tls_server server;
	struct session s;
	char line[256];
	session_with_ca(&s, ca);
	(void)snprintf(line, sizeof line, "-www -cert %s.pem -key %s.key", name, name);
	tls_start(&server, folder, line);
	assert_failure(tls_get(&s, &server, host), FAILURE_CERTIFICATE, words);
	tls_stop(&server);
	session_close(&s);
}

static void what_is_wrong_with_a_certificate_is_told(void **state)
{
	(void)state;
	certificate_case("expired", "localhost", "ca.pem", "above it, has expired");
	certificate_case("early", "localhost", "ca.pem", "not valid yet; compare");
	certificate_case("self", "localhost", "ca.pem", "is self-signed; use");
	certificate_case("good", "localhost", "other-ca.pem", "issuer of the certificate");
	certificate_case("wrong", "localhost", "ca.pem", "it is for: elsewhere.example");
	certificate_case("wrong", "127.0.0.1", "ca.pem", "not for 127.0.0.1");
}

static void the_system_does_not_trust_a_test_issuer(void **state)
{
	(void)state;
	struct tls_server server;
	struct session s;
	session_init(&s);
	tls_start(&server, folder, "-www -cert good.pem -key good.key");
	setenv("SSL_CERT_FILE", in_folder("ca.pem").ptr, 1);
	const struct exchange *exchange = tls_get(&s, &server, "localhost");
	unsetenv("SSL_CERT_FILE");
	assert_failure(exchange, FAILURE_CERTIFICATE, "issuer of the certificate");
	tls_stop(&server);
	session_close(&s);
}

static void a_file_of_issuers_must_be_one(void **state)
{
	(void)state;
	struct session s;
	session_with_ca(&s, "no-such-file.pem");
	assert_failure(session_get(&s, "https://127.0.0.1:1/"), FAILURE_CONNECT, "");
	struct tls_server server;
	tls_start(&server, folder, "-www -cert good.pem -key good.key");
	assert_failure(tls_get(&s, &server, "localhost"), FAILURE_TLS, "no-such-file.pem");
	tls_stop(&server);
	session_close(&s);
}

static void a_server_with_old_tls_only_is_told(void **state)
{
	(void)state;
	struct session s;
	struct tls_server old;
	session_with_ca(&s, "ca.pem");
	tls_start(&old, folder, "-www -cert good.pem -key good.key -tls1_1 -cipher ALL:@SECLEVEL=0");
	assert_failure(tls_get(&s, &old, "localhost"), FAILURE_TLS, "TLS");
	tls_stop(&old);
	session_close(&s);
}

static void session_with_client_certificate(
		struct session *session, struct http_auth *auth, const struct tls_server *server)
{
	session_with_ca(session, "ca.pem");
	*auth = (struct http_auth){.kind = AUTH_NONE,
			.base = str_printf(session->arena, "https://localhost:%u/api", server->port),
			.certificate = in_folder("client.pem"),
			.key = in_folder("client.key"),
			.key_password = STR("geheim")};
	session->options.auths = auth;
	session->options.auth_count = 1;
}

static void a_client_shows_its_certificate(void **state)
{
	(void)state;
	struct tls_server server;
	struct session s;
	struct http_auth auth;
	tls_start(&server, folder, "-www -cert good.pem -key good.key -Verify 1 -verify_return_error -CAfile ca.pem");
	session_with_client_certificate(&s, &auth, &server);
	assert_status(tls_get(&s, &server, "localhost"), 200);
	session_close(&s);
	/* Not to another name of the same machine. */
	session_with_client_certificate(&s, &auth, &server);
	assert_failure(tls_get(&s, &server, "127.0.0.1"), FAILURE_TLS, "client certificate");
	session_close(&s);
	session_with_client_certificate(&s, &auth, &server);
	auth.key_password = STR("mis");
	assert_failure(tls_get(&s, &server, "localhost"), FAILURE_TLS, "client certificate");
	struct http_request anonymous = {.method = STR("GET"), .url = auth.base, .anonymous = true};
	assert_failure(session_send(&s, anonymous), FAILURE_TLS, "client certificate");
	session_close(&s);
	tls_stop(&server);
}

/* Reads what the client sent until the end of a header section. */
static void *reply_twice(void *self)
{
	struct tls_server *server = self;
	const char *reply = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx";
	char buffer[4096] = "";
	for (int i = 0; i < 2; i++) {
		size_t length = 0;
		while (length < sizeof buffer - 1 && !strstr(buffer, "\r\n\r\n")) {
			ssize_t got = read(server->from, buffer + length, sizeof buffer - 1 - length);
			if (got <= 0) return NULL;
			length += (size_t)got;
			buffer[length] = '\0';
		}
		buffer[0] = '\0';
		if (write(server->to, reply, strlen(reply)) < 0) return NULL;
	}
	return NULL;
}

static void a_kept_connection_keeps_its_facts(void **state)
{
	(void)state;
	struct tls_server server;
	struct session s;
	pthread_t thread;
	session_with_ca(&s, "ca.pem");
	tls_start(&server, folder, "-quiet -tls1_2 -cert good.pem -key good.key");
	assert_int_equal(pthread_create(&thread, NULL, reply_twice, &server), 0);
	const struct exchange *first = tls_get(&s, &server, "localhost"), *second = tls_get(&s, &server, "localhost");
	assert_status(first, 200);
	assert_status(second, 200);
	assert_true(second->timing.connect < 0);
	assert_str(second->tls.version, "TLSv1.2");
	assert_true(first->tls.fingerprint.len == 64 && str_eq(first->tls.fingerprint, second->tls.fingerprint));
	assert_true(first->tls.names.len > 0 && str_eq(first->tls.names, second->tls.names));
	assert_true(first->tls.cipher.len > 0 && str_eq(first->tls.cipher, second->tls.cipher));
	tls_stop(&server);
	pthread_join(thread, NULL);
	session_close(&s);
}

/* The end of one answer and the beginning of another in one TLS record (s_server reads 16 KiB at a time): what libcurl
 * does not read for the first stays in the buffer of OpenSSL, where no look at the socket shows it. */
static void an_answer_that_nobody_asked_for_is_not_taken(void **state)
{
	(void)state;
	struct tls_server server;
	struct session s;
	struct strbuf text;
	session_with_ca(&s, "ca.pem");
	s.options.total_ms = 600;
	tls_start(&server, folder, "-quiet -cert good.pem -key good.key");
	strbuf_init(&text, 1 << 16);
	strbuf_add(&text, STR("HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n"));
	strbuf_add_repeat(&text, 'x', 20000);
	strbuf_add(&text, STR("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\ninjected"));
	assert_int_equal(write(server.to, text.ptr, text.len), text.len);
	strbuf_release(&text);
	assert_status(tls_get(&s, &server, "localhost"), 200);
	usleep(50000);
	const struct exchange *exchange = tls_get(&s, &server, "localhost");
	assert_failure(exchange, FAILURE_TIMEOUT, "600 ms");
	assert_true(exchange->timing.connect >= 0); /* a connection of its own, on which nobody answers */
	tls_stop(&server);
	session_close(&s);
}

static bool answer_plain(struct server *server, int fd, const char *request, int number)
{
	(void)server;
	(void)request;
	(void)number;
	server_reply(fd, "200 OK", "", "plain");
	return true;
}

static void downgrade_case(bool allowed)
{
	struct server plain;
	struct tls_server server;
	struct session s;
	struct http_auth auth;
	tls_start(&server, folder, "-quiet -cert good.pem -key good.key");
	session_with_client_certificate(&s, &auth, &server);
	auth.kind = AUTH_BEARER;
	auth.secret = STR("secret");
	s.options.allow_downgrade = allowed;
	assert_true(server_start(&plain, "127.0.0.1", answer_plain, NULL));
	struct str reply = str_printf(
			s.arena, "HTTP/1.1 302 Found\r\nLocation: http://localhost:%u/\r\nContent-Length: 0\r\n\r\n", plain.port);
	assert_int_equal(write(server.to, reply.ptr, reply.len), reply.len);
	const struct exchange *exchange = tls_get(&s, &server, "localhost");
	if (allowed)
		assert_status(exchange, 200);
	else
		assert_failure(exchange, FAILURE_REDIRECT, "not encrypted");
	assert_int_equal(plain.accepts, allowed);
	if (allowed) assert_null(strstr(plain.kept[0], "secret"));
	assert_non_null(http_field_find(&s.keeper.taken[0]->request.fields, STR("authorization")));
	tls_stop(&server);
	server_stop(&plain);
	session_close(&s);
}

static void https_does_not_become_http(void **state)
{
	(void)state;
	downgrade_case(false);
	downgrade_case(true);
}

/* RFC 9113 by hand: SETTINGS and its acknowledgement, then on stream 1 HEADERS and DATA. ":status: 200" is entry 8 of
 * the static table of HPACK; the other field is a literal without index. */
static void http2_is_spoken(void **state)
{
	(void)state;
	static const char frames[] = "\0\0\0\4\0\0\0\0\0"
								 "\0\0\0\4\1\0\0\0\0"
								 "\0\0\10\1\4\0\0\0\1"
								 "\x88\0\3x-a\1b"
								 "\0\0\5\0\1\0\0\0\1"
								 "hello";
	struct tls_server server;
	struct session s;
	session_with_ca(&s, "ca.pem");
	tls_start(&server, folder, "-quiet -alpn h2 -cert good.pem -key good.key");
	assert_int_equal(write(server.to, frames, sizeof frames - 1), sizeof frames - 1);
	const struct exchange *exchange = tls_get(&s, &server, "localhost");
	assert_status(exchange, 200);
	assert_str(exchange->response.version, "HTTP/2");
	assert_str(exchange->response.reason, "");
	assert_str(exchange->response.body, "hello");
	assert_str(http_field_value(&exchange->response.fields, STR("X-A"), s.arena), "b");
	assert_true(http_field_find(&exchange->request.fields, STR("user-agent")) != NULL);
	tls_stop(&server);
	session_close(&s);
}

static int set_up(void **state)
{
	(void)state;
	kept = arena_new();
	folder = fixture_folder(kept);
	tls_make(folder);
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
			cmocka_unit_test(a_connection_has_its_facts),
			cmocka_unit_test(what_is_wrong_with_a_certificate_is_told),
			cmocka_unit_test(the_system_does_not_trust_a_test_issuer),
			cmocka_unit_test(a_file_of_issuers_must_be_one),
			cmocka_unit_test(a_server_with_old_tls_only_is_told),
			cmocka_unit_test(a_client_shows_its_certificate),
			cmocka_unit_test(a_kept_connection_keeps_its_facts),
			cmocka_unit_test(an_answer_that_nobody_asked_for_is_not_taken),
			cmocka_unit_test(https_does_not_become_http),
			cmocka_unit_test(http2_is_spoken),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
