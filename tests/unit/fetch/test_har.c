/* SPDX-License-Identifier: EUPL-1.2 */
/* Evidence as HAR: what is written, that it is HAR 1.2, and that reading gives back what was recorded. */
#include "exchanges.h"

#include "base/limits.h"
#include "doc/pointer.h"

static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct str at(const struct doc *doc, const char *pointer)
{
	const struct node *node = pointer_get(doc->root, str_of(pointer));
	if (!node) fail_msg("nothing at %s", pointer);
	return node_is_container(node)     ? STR("(container)")
		   : node->kind >= NODE_NUMBER ? node_text(node)
									   : STR("(literal)");
}

static void writes_all_of_an_exchange(void **state)
{
	(void)state;
	struct evidence *evidence = evidence_new(arena);
	struct exchange exchange = get_exchange(arena, "https://api.example.nl/v1/zaken?status=open&pagina=2", "{\"a\":1}");
	exchange.tls = (struct tls_facts){.version = STR("TLSv1.3"), .cipher = STR("X"), .names = STR("api.example.nl")};
	exchange.timing.tls = 2;
	exchange.follows = 7;
	evidence_add(evidence, &exchange, arena);
	struct str text = write_har(arena, evidence, NULL);
	struct doc *doc = har_doc(arena, text);
	assert_str(at(doc, "/log/version"), "1.2");
	assert_str(at(doc, "/log/creator/name"), "keur");
	assert_str(at(doc, "/log/entries/0/request/method"), "GET");
	assert_str(at(doc, "/log/entries/0/request/url"), "https://api.example.nl/v1/zaken?status=open&pagina=2");
	assert_str(at(doc, "/log/entries/0/request/queryString/1/name"), "pagina");
	assert_str(at(doc, "/log/entries/0/request/queryString/1/value"), "2");
	assert_str(at(doc, "/log/entries/0/response/status"), "200");
	assert_str(at(doc, "/log/entries/0/response/content/text"), "{\"a\":1}");
	assert_str(at(doc, "/log/entries/0/response/content/mimeType"), "application/json");
	assert_str(at(doc, "/log/entries/0/response/content/_sha256"),
			"015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862");
	assert_str(at(doc, "/log/entries/0/_keur/step"), "flow/step");
	assert_str(at(doc, "/log/entries/0/_keur/follows"), "7");
	assert_str(at(doc, "/log/entries/0/_tls/version"), "TLSv1.3");
	assert_str(at(doc, "/log/entries/0/time"), "4.875");
	assert_str(at(doc, "/log/entries/0/timings/connect"), "3.5");
	assert_str(at(doc, "/log/entries/0/timings/ssl"), "2");
	assert_str(at(doc, "/log/entries/0/timings/dns"), "-1");
	assert_str(at(doc, "/log/entries/0/serverIPAddress"), "127.0.0.1");
	doc_close(doc);
}

/* Members that HAR 1.2 requires, of every object. */
static void has_what_the_specification_requires(void **state)
{
	(void)state;
	static const char *const required[] = {"/log/version", "/log/creator/version", "/log/entries",
			"/log/entries/0/startedDateTime", "/log/entries/0/time", "/log/entries/0/cache",
			"/log/entries/0/timings/send", "/log/entries/0/timings/wait", "/log/entries/0/timings/receive",
			"/log/entries/0/request/httpVersion", "/log/entries/0/request/cookies", "/log/entries/0/request/headers",
			"/log/entries/0/request/queryString", "/log/entries/0/request/headersSize",
			"/log/entries/0/request/bodySize", "/log/entries/0/request/postData/mimeType",
			"/log/entries/0/response/statusText", "/log/entries/0/response/httpVersion",
			"/log/entries/0/response/cookies", "/log/entries/0/response/headers",
			"/log/entries/0/response/content/size", "/log/entries/0/response/redirectURL",
			"/log/entries/0/response/headersSize", "/log/entries/0/response/bodySize"};
	struct evidence *evidence = evidence_new(arena);
	struct exchange exchange = {.request = {.method = STR("POST"), .url = STR("http://a/"), .body = STR("x")}};
	evidence_add(evidence, &exchange, arena);
	struct doc *doc = har_doc(arena, write_har(arena, evidence, NULL));
	for (size_t i = 0; i < sizeof required / sizeof *required; i++)
		at(doc, required[i]);
	doc_close(doc);
}

static void bodies_come_back(void **state)
{
	(void)state;
	static const struct str bodies[] = {STR(""), STR("text"), STR("\xC3\xA9\xE2\x82\xAC"), STR("\xFF\xFE\x00"),
			STR("a\0b"), STR("\x01\x02\x03\x04"), STR("\"\\\n\t\"\\"), STR("\xF0\x9F\x98\x80")};
	struct evidence *evidence = evidence_new(arena);
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		struct exchange exchange = get_exchange(arena, "http://a/", "");
		exchange.request.body = exchange.response.body = bodies[i];
		evidence_add(evidence, &exchange, arena);
	}
	struct doc *doc = har_doc(arena, write_har(arena, evidence, NULL));
	struct err err;
	err_init(&err, arena);
	struct har *har = har_read(arena, doc, &err);
	assert_non_null(har);
	assert_int_equal(har->count, sizeof bodies / sizeof *bodies);
	for (uint32_t i = 0; i < har->count; i++) {
		assert_true(str_eq(har->entries[i].exchange.response.body, bodies[i]));
		assert_true(str_eq(har->entries[i].exchange.request.body, bodies[i]));
		assert_int_equal(har->entries[i].exchange.number, i + 1);
	}
	assert_str(at(doc, "/log/entries/3/response/content/encoding"), "base64");
	assert_str(at(doc, "/log/entries/4/request/postData/_encoding"), "base64");
	doc_close(doc);
}

static void failures_have_no_response(void **state)
{
	(void)state;
	struct evidence *evidence = evidence_new(arena);
	struct exchange exchange = {.request = {.method = STR("GET"), .url = STR("https://a/")},
			.failure = FAILURE_CERTIFICATE,
			.why = TEXT("expired", "verlopen")};
	evidence_add(evidence, &exchange, arena);
	struct doc *doc = har_doc(arena, write_har(arena, evidence, NULL));
	assert_str(at(doc, "/log/entries/0/response/status"), "0");
	assert_str(at(doc, "/log/entries/0/_failure/kind"), "certificate");
	assert_str(at(doc, "/log/entries/0/_failure/text/nl"), "verlopen");
	doc_close(doc);
}

/* The same evidence gives the same bytes, and volatile facts stand only where the contract says. */
static void only_volatile_members_differ(void **state)
{
	(void)state;
	struct str texts[2];
	for (int i = 0; i < 2; i++) {
		struct evidence *evidence = evidence_new(arena);
		struct exchange exchange = get_exchange(arena, "http://a/", "{}");
		exchange.started = i ? STR("2027-01-01T00:00:00.000Z") : exchange.started;
		exchange.timing.total = i ? 99 : 1;
		exchange.address = i ? STR("10.0.0.1") : STR("10.0.0.2");
		evidence_add(evidence, &exchange, arena);
		texts[i] = write_har(arena, evidence, NULL);
	}
	size_t from = str_find_str(texts[0], STR("\"serverIPAddress\""));
	assert_true(from < texts[0].len);
	assert_int_equal(str_find_str(texts[1], STR("\"serverIPAddress\"")), from);
	assert_memory_equal(texts[0].ptr, texts[1].ptr, from);
	assert_false(str_eq(texts[0], texts[1]));
}

static void too_much_evidence_is_told(void **state)
{
	(void)state;
	struct evidence *evidence = evidence_new(arena);
	struct exchange exchange = get_exchange(arena, "http://a/", "{}");
	char *large = arena_zalloc(arena, LIMIT_EVIDENCE_BYTES / 2);
	exchange.response.body = (struct str){large, LIMIT_EVIDENCE_BYTES / 2};
	assert_int_equal(evidence_add(evidence, &exchange, arena)->number, 1);
	assert_int_equal(evidence_gap(evidence, arena).in[LANG_NL].len, 0);
	assert_int_equal(evidence_add(evidence, &exchange, arena)->number, 2);
	exchange.response.body = STR("{}");
	assert_int_equal(evidence_add(evidence, &exchange, arena)->number, 3);
	assert_true(evidence->incomplete);
	assert_int_equal(evidence->kept.count, 1);
	assert_true(str_find_str(evidence_gap(evidence, arena).in[LANG_EN], STR("first 1 of 3")) <
				evidence_gap(evidence, arena).in[LANG_EN].len);
}

static void incomplete_evidence_says_so_in_the_file(void **state)
{
	(void)state;
	struct evidence *evidence = evidence_new(arena);
	struct exchange exchange = get_exchange(arena, "http://a/", "{}");
	evidence_add(evidence, &exchange, arena);
	evidence->incomplete = true;
	struct doc *doc = har_doc(arena, write_har(arena, evidence, NULL));
	struct err err;
	err_init(&err, arena);
	struct har *har = har_read(arena, doc, &err);
	assert_non_null(har);
	assert_false(har->complete);
	doc_close(doc);
}

#define ENTRY(request, response) "{\"log\":{\"entries\":[\n{\"request\":" request ",\"response\":" response "}]}}"
#define GET "{\"method\":\"GET\",\"url\":\"http://a/\"}"

static void refuses_what_is_no_har(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		unsigned line, column;
		const char *part;
	} cases[] = {
			{"[]", 1, 1, "object"},
			{"{}", 1, 1, "\"log\""},
			{"{\"log\":[]}", 1, 8, "\"log\""},
			{"{\"log\":{}}", 1, 8, "\"entries\""},
			{"{\"log\":{\"entries\":{}}}", 1, 19, "array"},
			{"{\"log\":{\"entries\":[\n1]}}", 2, 1, "object"},
			{"{\"log\":{\"entries\":[\n{}]}}", 2, 1, "\"request\""},
			{ENTRY("{\"method\":1,\"url\":\"http://a/\"}", "{\"status\":200}"), 2, 22, "\"method\""},
			{ENTRY(GET, "{}"), 2, 58, "\"status\""},
			{ENTRY(GET, "{\"status\":1000}"), 2, 68, "1000"},
			{ENTRY(GET, "{\"status\":2.5}"), 2, 68, "2.5"},
			{ENTRY(GET, "{\"status\":1e999}"), 2, 68, "1e999"},
			{ENTRY(GET, "{\"status\":200,\"headers\":[{}]}"), 2, 83, "\"name\""},
			{ENTRY(GET, "{\"status\":200,\"content\":{\"text\":\"%%\",\"encoding\":\"base64\"}}"), 2, 90, "base64"},
			{ENTRY(GET, "{\"status\":200,\"content\":{\"text\":\"\",\"encoding\":\"gzip\"}}"), 2, 104, "gzip"},
			{ENTRY(GET, "{\"status\":200,\"content\":{\"text\":\"x\",\"_sha256\":\"00\"}}"), 2, 104, "SHA-256"},
			{ENTRY(GET, "{\"status\":0},\"_failure\":{\"kind\":\"x\",\"text\":{}}"), 2, 90, "\"x\""},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct doc *doc = har_doc(arena, str_of(cases[i].text));
		struct err err;
		err_init(&err, arena);
		assert_null(har_read(arena, doc, &err));
		if (err.loc.line != cases[i].line || err.loc.column != cases[i].column)
			fail_msg("%s: at %u:%u", cases[i].text, err.loc.line, err.loc.column);
		for (int lang = 0; lang < LANG_COUNT; lang++)
			if (str_find_str(err.message.in[lang], str_of(cases[i].part)) == err.message.in[lang].len)
				fail_msg("%s: %.*s", cases[i].text, STR_FMT(err.message.in[lang]));
		doc_close(doc);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test_setup_teardown(writes_all_of_an_exchange, set_up, tear_down),
			cmocka_unit_test_setup_teardown(has_what_the_specification_requires, set_up, tear_down),
			cmocka_unit_test_setup_teardown(bodies_come_back, set_up, tear_down),
			cmocka_unit_test_setup_teardown(failures_have_no_response, set_up, tear_down),
			cmocka_unit_test_setup_teardown(only_volatile_members_differ, set_up, tear_down),
			cmocka_unit_test_setup_teardown(too_much_evidence_is_told, set_up, tear_down),
			cmocka_unit_test_setup_teardown(incomplete_evidence_says_so_in_the_file, set_up, tear_down),
			cmocka_unit_test_setup_teardown(refuses_what_is_no_har, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
