/* SPDX-License-Identifier: EUPL-1.2 */
/* The stand-in vendor: what it answers when it is whole, and that each fault breaks what it says and nothing before it.
 */
#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>

#include "support/fixture.h"

#include "fetch/auth.h"

enum { RESPONSE_MAX = 1 << 20, CONNECTIONS = 300, MEMORY_MAX_KB = 64 << 10 };

static struct arena *arena;
static const char *program, *folder;

struct service {
	pid_t pid;
	uint16_t port;
};

/* Starts a vendor with up to six options; it ends by itself, should the test not end it. */
static struct service start(const char *options[6])
{
	int pipes[2];
	assert_int_equal(pipe(pipes), 0);
	struct service service = {.pid = fork()};
	if (service.pid == 0) {
		dup2(pipes[1], STDOUT_FILENO);
		close(pipes[0]);
		execl(program, program, "--port", "0", "--lifetime", "120", options[0], options[1], options[2], options[3],
				options[4], options[5], (char *)NULL);
		_exit(127);
	}
	close(pipes[1]);
	char line[16] = {0};
	uint32_t port = 0;
	ssize_t len = read(pipes[0], line, sizeof line - 1);
	close(pipes[0]);
	if (len < 2 || !str_to_u32((struct str){line, (size_t)len - 1}, &port)) fail_msg("vendor did not start: %s", line);
	service.port = (uint16_t)port;
	return service;
}

static void stop(struct service service)
{
	int status;
	kill(service.pid, SIGTERM);
	assert_int_equal(waitpid(service.pid, &status, 0), service.pid);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) fail_msg("vendor ended with %d", status);
}

static int open_connection(struct service service)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(service.port)};
	struct timeval patience = {20, 0};
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	int connection = socket(AF_INET, SOCK_STREAM, 0);
	assert_true(connection >= 0);
	setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	assert_int_equal(connect(connection, (struct sockaddr *)&address, sizeof address), 0);
	return connection;
}

/* Until the other side ends the connection, or enough has come. */
static struct str read_all(int connection)
{
	struct strbuf buf;
	char part[4096];
	ssize_t len;
	strbuf_init(&buf, RESPONSE_MAX);
	while (!buf.overflow && (len = recv(connection, part, sizeof part, 0)) > 0)
		strbuf_add(&buf, (struct str){part, (size_t)len});
	struct str text = str_copy(arena, strbuf_str(&buf));
	strbuf_release(&buf);
	return text;
}

static struct str request_text(const char *line, const char *fields, const char *body)
{
	struct str length = str_printf(arena, "Content-Length: %zu\r\n", strlen(body));
	return str_printf(
			arena, "%s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s%s\r\n%s", line, fields, *body ? length.ptr : "", body);
}

static struct str ask(struct service service, const char *line, const char *fields, const char *body)
{
	struct str closing = str_printf(arena, "Connection: close\r\n%s", fields);
	struct str request = request_text(line, closing.ptr, body);
	int connection = open_connection(service);
	assert_int_equal(send(connection, request.ptr, request.len, MSG_NOSIGNAL), request.len);
	struct str response = read_all(connection);
	close(connection);
	return response;
}

static bool has(struct str text, const char *part)
{
	return str_find_str(text, str_of(part)) < text.len;
}

static void assert_has(struct str text, const char *part)
{
	if (!has(text, part)) fail_msg("no \"%s\" in: %.*s", part, (int)(text.len < 2000 ? text.len : 2000), text.ptr);
}

static struct str body_of(struct str response)
{
	return str_skip(response, str_find_str(response, STR("\r\n\r\n")) + 4);
}

#define ITEM "/v1/verhuizingen/00000000-0000-4000-8000-000000000001"
#define NEXT "/v1/verhuizingen/00000000-0000-4000-8000-00000000001a"
#define ABSENT "/v1/verhuizingen/00000000-0000-4000-8000-0000000000ff"
#define GOOD                                                                                                              \
	"{\"oudAdres\":{\"postcode\":\"3011AA\",\"huisnummer\":1},\"nieuwAdres\":{\"postcode\":\"3011AB\",\"huisnummer\":2}," \
	"\"verhuisdatum\":\"2026-12-01\",\"aantalPersonen\":5}"
#define JSON "Content-Type: application/json\r\n"
#define PATCH "Content-Type: application/merge-patch+json\r\n"

/* What is asked, perhaps something before it, and what then shows: in the answer of the whole vendor, or of the broken
 * one. */
static const struct probe {
	const char *fault, *before, *line, *fields, *body;
	const char *whole, *broken; /* NULL: only that the other one is not there */
} probes[] = {
		{"version-missing", NULL, "GET " ITEM, "", "", "\r\nAPI-Version: 1.4.2\r\n", NULL},
		{"version-wrong", NULL, "GET " ITEM, "", "", "\r\nAPI-Version: 1.4.2\r\n", "\r\nAPI-Version: 9.9.9\r\n"},
		{"version-not-on-errors", NULL, "GET " ABSENT, "", "", "\r\nAPI-Version: 1.4.2\r\n", NULL},
		{"openapi-missing", NULL, "GET /v1/openapi.json", "", "", " 200 OK", " 404 "},
		{"openapi-not-anonymous", NULL, "GET /v1/openapi.json", "", "", " 200 OK", " 401 "},
		{"openapi-without-cors", NULL, "GET /v1/openapi.json", "", "", "\r\nAccess-Control-Allow-Origin: *", NULL},
		{"openapi-unreadable", NULL, "GET /v1/openapi.json", "", "", "}}}\n", NULL},
		{"openapi-differs", NULL, "GET /v1/openapi.yaml", "", "", "\n  version: 1.4.2\n", "\n  version: 1.0.0\n"},
		{"openapi-media-type", NULL, "GET /v1/openapi.json", "", "", "Type: application/json\r\n",
				"Type: text/plain\r\n"},
		{"slash-answers", NULL, "GET /v1/verhuizingen/", "", "", " 404 ", " 200 "},
		{"slash-redirects", NULL, "GET /v1/verhuizingen/", "", "", " 404 ", " 301 "},
		{"head-refused", NULL, "HEAD " ITEM, "", "", " 200 ", " 405 "},
		{"options-fails", NULL, "OPTIONS " ITEM, "", "", " 405 ", " 500 "},
		{"method-not-found", NULL, "DELETE /v1/verhuizingen", "", "", " 405 ", " 404 "},
		{"method-accepted", NULL, "TRACE /v1/verhuizingen", "", "", " 405 ", " 200 "},
		{"allow-missing", NULL, "PUT /v1/verhuizingen", "", "", "\r\nAllow: GET, HEAD, POST\r\n", NULL},
		{"problem-plain", NULL, "GET " ABSENT, "", "", "application/problem+json", "text/plain"},
		{"problem-html", NULL, "GET " ABSENT, "", "", "application/problem+json", "text/html"},
		{"problem-media-type", NULL, "GET " ABSENT, "", "", "application/problem+json", "application/json"},
		{"problem-without-status", NULL, "GET " ABSENT, "", "", "\"status\":404", NULL},
		{"problem-without-title", NULL, "GET " ABSENT, "", "", "\"title\":", NULL},
		{"problem-without-detail", NULL, "GET " ABSENT, "", "", "\"detail\":", NULL},
		{"problem-status-differs", NULL, "GET " ABSENT, "", "", "\"status\":404", "\"status\":599"},
		{"problem-empty", NULL, "GET " ABSENT, "", "", "\"detail\":", "Content-Length: 0"},
		{"input-accepted", NULL, "POST /v1/verhuizingen", JSON, "{}", " 400 ", " 200 "},
		{"input-fails", NULL, "POST /v1/verhuizingen", JSON, "{}", " 400 ", " 500 "},
		{"query-accepted", NULL, "GET /v1/verhuizingen?pagina=x", "", "", " 400 ", " 200 "},
		{"malformed-fails", NULL, "POST /v1/verhuizingen", JSON, "{", " 400 ", " 500 "},
		{"type-accepted", NULL, "POST /v1/verhuizingen", "Content-Type: text/plain\r\n", GOOD, " 415 ", " 201 "},
		{"accept-ignored", NULL, "GET " ITEM, "Accept: image/png\r\n", "", " 406 ", " 200 "},
		{"body-without-member", NULL, "GET " ITEM, "", "", "\"status\":\"ontvangen\"", NULL},
		{"body-wrong-type", NULL, "GET " ITEM, "", "", "\"aantalPersonen\":1", "\"aantalPersonen\":\""},
		{"body-extra-member", NULL, "GET " ITEM, "", "", NULL, "\"internKenmerk\""},
		{"body-snake-case", NULL, "GET " ITEM, "", "", "\"oudAdres\"", "\"oud_adres\""},
		{"body-not-json", NULL, "GET " ITEM, "", "", "{\"", "{'"},
		{"body-endless", NULL, "GET /v1/verhuizingen", "", "", "\"resultaten\"", "          "},
		{"status-undeclared", NULL, "GET /v1/verhuizingen", "", "", " 200 ", " 206 "},
		{"type-undeclared", NULL, "GET /v1/verhuizingen", "", "", "application/json", "text/json"},
		{"location-missing", NULL, "POST /v1/verhuizingen", JSON, GOOD, "\r\nLocation: " NEXT "\r\n", NULL},
		{"cache-control-missing", NULL, "GET " ITEM, "", "", "\r\nCache-Control: no-store\r\n", NULL},
		{"csp-missing", NULL, "GET " ITEM, "", "", "\r\nContent-Security-Policy: frame-ancestors 'none'\r\n", NULL},
		{"csp-wrong", NULL, "GET " ITEM, "", "", "frame-ancestors 'none'", "frame-ancestors *"},
		{"content-type-missing", NULL, "GET " ITEM, "", "", "\r\nContent-Type: application/json\r\n", NULL},
		{"nosniff-missing", NULL, "GET " ITEM, "", "", "\r\nX-Content-Type-Options: nosniff\r\n", NULL},
		{"frame-options-missing", NULL, "GET " ITEM, "", "", "\r\nX-Frame-Options: DENY\r\n", NULL},
		{"cors-open", NULL, "GET " ITEM, "", "", NULL, "\r\nAccess-Control-Allow-Origin: *\r\n"},
		{"cors-reflects", NULL, "GET " ITEM, "Origin: https://kwaad.example\r\n", "", NULL,
				"\r\nAccess-Control-Allow-Origin: https://kwaad.example\r\n"},
		{"security-txt-missing", NULL, "GET /.well-known/security.txt", "", "", "\nExpires: 20", " 404 "},
		{"date-time-without-zone", NULL, "GET " ITEM, "", "", "\"2026-01-01T00:00:01Z\"", "\"2026-01-01T00:00:01\""},
		{"date-with-time", NULL, "GET " ITEM, "", "", "\"verhuisdatum\":\"2026-01-01\"", "2026-01-01T00:00:00Z"},
		{"list-unfiltered", NULL, "GET /v1/verhuizingen?status=verwerkt", "", "", "\"aantal\":8,", "\"aantal\":25,"},
		{"paging-ignored", NULL, "GET /v1/verhuizingen?paginaGrootte=1", "", "", "\"volgende\"", NULL},
		{"created-lost", "POST", "GET " NEXT, "", "", " 200 ", " 404 "},
		{"created-as-200", NULL, "POST /v1/verhuizingen", JSON, GOOD, " 201 ", " 200 "},
		{"delete-keeps", "DELETE", "GET " ITEM, "", "", " 404 ", " 200 "},
		{"put-creates", NULL, "PUT " ITEM, JSON, GOOD, "-000000000001\"", "-00000000001a\""},
		{"patch-replaces", "PUT", "PATCH " ITEM, PATCH, "{\"status\":\"verwerkt\"}", "\"aantalPersonen\":5",
				"\"aantalPersonen\":1"},
		{"get-changes", "GET", "GET " ITEM, "", "", "\"ontvangen\"", "\"verwerkt\""},
		{"not-found-as-200", NULL, "GET " ABSENT, "", "", " 404 ", " 200 "},
		{"item-fails", NULL, "GET " ITEM, "", "", " 200 ", " 500 "},
		{"credentials-ignored", NULL, "GET " ITEM, "", "", " 401 ", " 200 "},
		{"challenge-missing", NULL, "GET " ITEM, "", "", "\r\nWWW-Authenticate: Bearer realm", NULL},
		{"credentials-echoed", NULL, "GET " ITEM, "", "", NULL, "\r\nX-Echo: stand-in-secret\r\n"},
		{"implementation-shown", NULL, "GET " ITEM, "", "", NULL, "\r\nX-Powered-By: PHP"},
		{"stack-trace-shown", NULL, "GET " ABSENT, "", "", NULL, "NullPointerException"},
		{"list-moved", NULL, "GET /v1/verhuizingen", "", "", " 200 ", "\r\nLocation: /v1/verplaatsingen\r\n"},
		{"redirect-loop", NULL, "GET /v1/verhuizingen", "", "", " 200 ", "\r\nLocation: /v1/verhuizingen\r\n"},
		{"connection-reset", NULL, "GET " ITEM, "", "", "HTTP/1.1 200", NULL},
};

enum { PROBES = sizeof probes / sizeof *probes };

/* Those that show with TLS alone, or only over time: with tests of their own. */
static const char *const elsewhere[] = {"hsts-missing", "tls-old", "security-txt-expired"};

static struct str probe_answer(struct service service, const struct probe *probe)
{
	const char *before = probe->before ? probe->before : "";
	if (strcmp(before, "POST") == 0) ask(service, "POST /v1/verhuizingen", JSON, GOOD);
	if (strcmp(before, "PUT") == 0) ask(service, "PUT " ITEM, JSON, GOOD);
	if (strcmp(before, "DELETE") == 0) ask(service, "DELETE " ITEM, "", "");
	if (strcmp(before, "GET") == 0) ask(service, "GET " ITEM, "", "");
	return ask(service, probe->line, probe->fields, probe->body);
}

static void check_probe(const struct probe *probe, bool breaks)
{
	bool needs_auth = strstr(probe->fault, "credentials") || strstr(probe->fault, "challenge");
	const char *options[6] = {
			breaks ? "--break" : "--latency", breaks ? probe->fault : "0", needs_auth ? "--auth" : NULL, "bearer"};
	struct service service = start(options);
	struct str answer = probe_answer(service, probe);
	const char *there = breaks ? probe->broken : probe->whole, *absent = breaks ? probe->whole : probe->broken;
	bool ok = (!there || has(answer, there)) && (!absent || !has(answer, absent));
	if (!ok)
		fail_msg("%s%s: %.*s", probe->fault, breaks ? " (broken)" : "", (int)(answer.len < 1000 ? answer.len : 1000),
				answer.ptr);
	stop(service);
}

static void every_fault_breaks_what_it_says(void **state)
{
	(void)state;
	for (int i = 0; i < PROBES; i++) {
		check_probe(&probes[i], false);
		check_probe(&probes[i], true);
	}
}

static struct str output_of(const char *command)
{
	FILE *pipe = popen(command, "r");
	assert_non_null(pipe);
	char *text = arena_alloc(arena, RESPONSE_MAX);
	size_t len = fread(text, 1, RESPONSE_MAX, pipe);
	pclose(pipe);
	return (struct str){text, len};
}

static void every_fault_has_a_probe(void **state)
{
	(void)state;
	struct str list = output_of(str_printf(arena, "'%s' --list-faults", program).ptr);
	size_t known = PROBES + sizeof elsewhere / sizeof *elsewhere, lines = 0;
	/* Those of SOAP and of ZGW show in tests/vendor/matrix and zgw-matrix, which have a line for each. */
	for (size_t i = 0; i < list.len; i++) {
		struct str line = str_skip(list, i + 1);
		lines += list.ptr[i] == '\n' && !str_starts(line, STR("soap-")) && !str_starts(line, STR("zgw-"));
	}
	assert_int_equal(lines, known);
	for (int i = 0; i < PROBES; i++)
		assert_has(list, str_printf(arena, "%s ", probes[i].fault).ptr);
}

static void the_whole_life_of_a_removal(void **state)
{
	(void)state;
	struct service service = start((const char *[6]){NULL});
	struct str answer = ask(service, "POST /v1/verhuizingen", JSON, GOOD);
	assert_has(answer, "HTTP/1.1 201 Created");
	struct doc *doc = doc_of(STR("body.json"), body_of(answer), &(struct err){.arena = arena});
	assert_non_null(doc);
	assert_str(node_string_member(doc->root, STR("status")), "ontvangen");
	doc_close(doc);
	assert_has(ask(service, "GET " NEXT, "", ""), "\"aantalPersonen\":5");
	assert_has(ask(service, "PATCH " NEXT, PATCH, "{\"aantalPersonen\":7,\"status\":\"verwerkt\"}"), " 200 ");
	assert_has(ask(service, "GET " NEXT, "", ""), "\"aantalPersonen\":7");
	assert_has(ask(service, "PUT " NEXT, JSON, GOOD), "\"status\":\"ontvangen\"");
	assert_has(ask(service, "GET /v1/verhuizingen?verhuisdatumVanaf=2026-12-01", "", ""), "-00000000001a\"");
	assert_has(ask(service, "DELETE " NEXT, "", ""), " 204 ");
	assert_has(ask(service, "GET " NEXT, "", ""), " 404 ");
	assert_has(ask(service, "DELETE " NEXT, "", ""), " 404 ");
	stop(service);
}

static void wrong_requests_are_told_apart(void **state)
{
	(void)state;
	static const struct {
		const char *line, *fields, *body, *status;
	} cases[] = {
			{"GET /", "", "", " 404 "},
			{"GET /v1", "", "", " 404 "},
			{"GET /v1/verhuizingen/x/y", "", "", " 404 "},
			{"GET /v1/verhuizingen/1", "", "", " 400 "},
			{"GET /v1/verhuizingen?pagina=0", "", "", " 400 "},
			{"GET /v1/verhuizingen?paginaGrootte=101", "", "", " 400 "},
			{"GET /v1/verhuizingen?status=weg", "", "", " 400 "},
			{"GET /v1/verhuizingen?verhuisdatumVanaf=2026-02-30", "", "", " 400 "},
			{"GET /v1/verhuizingen?pagina=1000000", "", "", " 200 "},
			{"POST /v1/verhuizingen", "", GOOD, " 415 "},
			{"POST /v1/verhuizingen", JSON, "[]", " 400 "},
			{"POST /v1/verhuizingen", JSON, "{\"x\":1}", " 400 "},
			{"POST /v1/verhuizingen", JSON, "{\"oudAdres\":{\"postcode\":\"0011AA\",\"huisnummer\":1}}", " 400 "},
			{"PATCH " ITEM, PATCH, "{}", " 400 "},
			{"PATCH " ITEM, PATCH, "{\"verhuisdatum\":\"2026-02-29\"}", " 400 "},
			{"PATCH " ITEM, PATCH, "{\"aantalPersonen\":1.5}", " 400 "},
			{"PATCH " ITEM, JSON, "{}", " 415 "},
			{"POST /v1/openapi.json", "", "", " 405 "},
			{"HEAD /v1/openapi.yaml", "", "", " 200 "},
	};
	struct service service = start((const char *[6]){NULL});
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (!has(ask(service, cases[i].line, cases[i].fields, cases[i].body), cases[i].status))
			fail_msg("%s %s: not%s", cases[i].line, cases[i].body, cases[i].status);
	char *large = arena_alloc(arena, 100001);
	memset(large, ' ', 100000);
	large[100000] = '\0';
	assert_has(ask(service, "POST /v1/verhuizingen", JSON, large), " 413 ");
	stop(service);
}

static const char *token_fields(const char *secret)
{
	struct http_auth auth = {.kind = AUTH_ZGW_JWT, .name = STR("keur"), .secret = str_of(secret)};
	struct str token = zgw_token(&auth, (int64_t)time(NULL), arena);
	return str_printf(arena, "Authorization: Bearer %.*s\r\n", STR_FMT(token)).ptr;
}

static void credentials_are_asked_for(void **state)
{
	(void)state;
	static const struct {
		const char *auth, *good, *bad;
	} cases[] = {
			{"bearer", "Authorization: bearer stand-in-secret\r\n", "Authorization: Bearer x\r\n"},
			{"basic", "Authorization: Basic a2V1cjpzdGFuZC1pbi1zZWNyZXQ=\r\n", "Authorization: Basic a2V1cjp4\r\n"},
			{"apikey", "X-Api-Key: stand-in-secret\r\n", "X-Api-Key: stand-in-secre\r\n"},
			{"zgw-jwt", NULL, "Authorization: Bearer e30.e30.e30\r\n"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct service service = start((const char *[6]){"--auth", cases[i].auth});
		assert_has(ask(service, "GET " ITEM, "", ""), "\r\nWWW-Authenticate: ");
		assert_has(ask(service, "GET " ITEM, cases[i].bad, ""), " 401 ");
		if (!cases[i].good) assert_has(ask(service, "GET " ITEM, token_fields("stand-in-secret"), ""), " 200 ");
		if (!cases[i].good) assert_has(ask(service, "GET " ITEM, token_fields("other"), ""), " 401 ");
		assert_has(ask(service, "GET /v1/openapi.json", "", ""), " 200 ");
		if (cases[i].good) assert_has(ask(service, "GET " ITEM, cases[i].good, ""), " 200 ");
		stop(service);
	}
}

static void the_document_is_the_same_in_json_and_yaml(void **state)
{
	(void)state;
	struct service service = start((const char *[6]){NULL});
	struct str json = body_of(ask(service, "GET /v1/openapi.json", "", ""));
	struct str yaml = body_of(ask(service, "GET /v1/openapi.yaml", "", ""));
	struct err err;
	err_init(&err, arena);
	struct doc *one = doc_of(STR("openapi.json"), json, &err), *other = doc_of(STR("openapi.yaml"), yaml, &err);
	assert_non_null(one);
	assert_non_null(other);
	assert_int_equal(one->format, DOC_JSON);
	assert_true(node_equal(one->root, other->root));
	doc_close(one);
	doc_close(other);
	stop(service);
}

static void security_txt_expires(void **state)
{
	(void)state;
	struct service service = start((const char *[6]){NULL}),
				   broken = start((const char *[6]){"--break=security-txt-expired"});
	struct str now = output_of("date -u +%Y-%m-%d");
	struct str good = ask(service, "GET /.well-known/security.txt", "", "");
	struct str bad = ask(broken, "GET /.well-known/security.txt", "", "");
	now.len = 10;
	size_t at = str_find_str(good, STR("\nExpires: "));
	assert_true(at < good.len);
	assert_true(str_compare((struct str){good.ptr + at + 10, 10}, now) > 0);
	at = str_find_str(bad, STR("\nExpires: "));
	assert_true(at < bad.len);
	assert_true(str_compare((struct str){bad.ptr + at + 10, 10}, now) < 0);
	stop(service);
	stop(broken);
}

/* What openssl says of a connection with that version of TLS. */
static struct str speak_tls(struct service service, const char *version)
{
	return output_of(str_printf(arena,
			"printf 'GET %s HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n' | timeout 20 openssl s_client -%s "
			"-cipher 'DEFAULT:@SECLEVEL=0' -ign_eof -connect 127.0.0.1:%u 2>&1",
			ITEM, version, service.port)
							 .ptr);
}

static void tls_is_modern(void **state)
{
	(void)state;
	struct str certificate = str_printf(arena, "%s/cert.pem", folder), key = str_printf(arena, "%s/key.pem", folder);
	output_of(str_printf(arena,
			"openssl req -x509 -newkey rsa:2048 -nodes -keyout %s -out %s -days 2 -subj /CN=localhost 2>&1", key.ptr,
			certificate.ptr)
					  .ptr);
	struct service service = start((const char *[6]){"--tls", certificate.ptr, key.ptr});
	assert_has(speak_tls(service, "tls1_3"), "\r\nStrict-Transport-Security: max-age=31536000");
	assert_has(speak_tls(service, "tls1_2"), "HTTP/1.1 200");
	assert_false(has(speak_tls(service, "tls1_1"), "HTTP/1.1 200"));
	assert_false(has(speak_tls(service, "tls1"), "HTTP/1.1 200"));
	stop(service);
	service = start((const char *[6]){"--tls", certificate.ptr, key.ptr, "--break=tls-old", "--break", "hsts-missing"});
	assert_has(speak_tls(service, "tls1_1"), "HTTP/1.1 200");
	assert_has(speak_tls(service, "tls1"), "HTTP/1.1 200");
	assert_false(has(speak_tls(service, "tls1_3"), "Strict-Transport-Security"));
	stop(service);
}

static uint32_t memory_of(pid_t pid)
{
	struct str text = output_of(
			str_printf(arena, "sed -n 's/^VmRSS:[^0-9]*\\([0-9]*\\) kB/\\1/p' /proc/%d/status", (int)pid).ptr);
	uint32_t kilobytes = 0;
	assert_true(text.len > 1 && str_to_u32((struct str){text.ptr, text.len - 1}, &kilobytes));
	return kilobytes;
}

/* Many connections that stay open, each asked twice, in little memory. */
static void many_connections_are_kept(void **state)
{
	(void)state;
	static int connections[CONNECTIONS];
	struct service service = start((const char *[6]){NULL});
	struct str request = request_text("HEAD " ITEM, "", "");
	char part[4096];
	for (int i = 0; i < CONNECTIONS; i++)
		connections[i] = open_connection(service);
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < CONNECTIONS; i++) {
			assert_int_equal(send(connections[i], request.ptr, request.len, MSG_NOSIGNAL), request.len);
			ssize_t len = recv(connections[i], part, sizeof part, 0);
			assert_true(len > 15 && memcmp(part, "HTTP/1.1 200 OK", 15) == 0);
		}
#if !defined(__SANITIZE_ADDRESS__)
	assert_in_range(memory_of(service.pid), 1, MEMORY_MAX_KB);
#else
	(void)memory_of;
#endif
	for (int i = 0; i < CONNECTIONS; i++)
		close(connections[i]);
	stop(service);
}

static int set_up(void **state)
{
	(void)state;
	arena = arena_new();
	folder = fixture_folder(arena);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	fixture_remove(arena, folder);
	arena_free(arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test_setup_teardown(the_whole_life_of_a_removal, set_up, tear_down),
			cmocka_unit_test_setup_teardown(wrong_requests_are_told_apart, set_up, tear_down),
			cmocka_unit_test_setup_teardown(credentials_are_asked_for, set_up, tear_down),
			cmocka_unit_test_setup_teardown(the_document_is_the_same_in_json_and_yaml, set_up, tear_down),
			cmocka_unit_test_setup_teardown(every_fault_has_a_probe, set_up, tear_down),
			cmocka_unit_test_setup_teardown(every_fault_breaks_what_it_says, set_up, tear_down),
			cmocka_unit_test_setup_teardown(security_txt_expires, set_up, tear_down),
			cmocka_unit_test_setup_teardown(tls_is_modern, set_up, tear_down),
			cmocka_unit_test_setup_teardown(many_connections_are_kept, set_up, tear_down),
	};
	program = getenv("VENDOR");
	if (!program) {
		fputs("VENDOR does not say where the program is\n", stderr);
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
