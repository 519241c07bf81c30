/* SPDX-License-Identifier: EUPL-1.2 */
/* Replaying: the n-th answer to the n-th question, chains of redirects, failures, and nothing that was not recorded. */
#include "exchanges.h"

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

static struct transport *replay_text(struct str text, const struct secrets *secrets, struct evidence *evidence)
{
	struct err err;
	err_init(&err, arena);
	struct doc *doc = har_doc(arena, text);
	arena_on_free(arena, (void (*)(void *))doc_close, doc);
	struct transport *replay = replay_new(arena, doc, secrets, evidence, &err);
	if (!replay) fail_msg("%.*s", STR_FMT(err.message.in[LANG_EN]));
	return replay;
}

static const struct exchange *ask(struct transport *transport, struct http_request request)
{
	return transport->send(transport, &request, STR("flow/step"), arena);
}

static struct http_request get(const char *url)
{
	return (struct http_request){.method = STR("GET"), .url = str_of(url)};
}

static void answers_in_the_order_of_recording(void **state)
{
	(void)state;
	struct evidence *evidence = evidence_new(arena);
	static const char *const bodies[] = {"1", "other", "2"};
	for (int i = 0; i < 3; i++) {
		struct exchange exchange = get_exchange(arena, i == 1 ? "http://a/other" : "http://a/", bodies[i]);
		evidence_add(evidence, &exchange, arena);
	}
	struct transport *replay = replay_text(write_har(arena, evidence, NULL), NULL, NULL);
	assert_int_equal(replay_unasked(replay), 3);
	assert_str(ask(replay, get("http://a/"))->response.body, "1");
	assert_str(ask(replay, get("http://a/"))->response.body, "2");
	assert_str(ask(replay, get("http://a/other"))->response.body, "other");
	assert_int_equal(replay_unasked(replay), 0);
	const struct exchange *missing = ask(replay, get("http://a/"));
	assert_int_equal(missing->failure, FAILURE_NOT_RECORDED);
	assert_true(missing->why.in[LANG_NL].len > 0);
	assert_int_equal(missing->response.status, 0);
	replay->wait(replay, 100000);
}

static void tells_requests_apart(void **state)
{
	(void)state;
	struct evidence *evidence = evidence_new(arena);
	struct exchange exchange = get_exchange(arena, "http://a/", "with");
	exchange.request.method = STR("POST");
	exchange.request.body = STR("{\"a\":1}");
	evidence_add(evidence, &exchange, arena);
	exchange.request.anonymous = true;
	exchange.response.body = STR("without");
	evidence_add(evidence, &exchange, arena);
	struct transport *replay = replay_text(write_har(arena, evidence, NULL), NULL, NULL);
	struct http_request request = exchange.request;
	assert_str(ask(replay, request)->response.body, "without");
	request.anonymous = false;
	request.body = STR("{\"a\":2}");
	assert_int_equal(ask(replay, request)->failure, FAILURE_NOT_RECORDED);
	request.body = STR("{\"a\":1}");
	request.method = STR("PUT");
	assert_int_equal(ask(replay, request)->failure, FAILURE_NOT_RECORDED);
	request.method = STR("POST");
	request.keep_redirect = true;
	assert_int_equal(ask(replay, request)->failure, FAILURE_NOT_RECORDED);
	request.keep_redirect = false;
	assert_str(ask(replay, request)->response.body, "with");
}

/* Recorded, replayed and recorded again: the same file, numbers and all. */
static void records_the_same_again(void **state)
{
	(void)state;
	struct evidence *first = evidence_new(arena), *second = evidence_new(arena);
	struct exchange exchange = get_exchange(arena, "http://a/old", "moved");
	exchange.response.status = 302;
	exchange.response.fields = one_field(arena, "Location", STR("http://a/new"));
	uint32_t number = evidence_add(first, &exchange, arena)->number;
	exchange = get_exchange(arena, "http://a/new", "\xFFhere");
	exchange.follows = number;
	evidence_add(first, &exchange, arena);
	exchange = (struct exchange){.step = STR("flow/step"),
			.request = get("https://dead/"),
			.failure = FAILURE_TIMEOUT,
			.timing = {-1, -1, -1, -1, -1, -1, -1},
			.why = TEXT("too slow", "te traag")};
	evidence_add(first, &exchange, arena);
	struct str recorded = write_har(arena, first, NULL);
	struct transport *replay = replay_text(recorded, NULL, second);
	const struct exchange *answer = ask(replay, get("http://a/old"));
	assert_int_equal(answer->number, 2);
	assert_int_equal(answer->follows, 1);
	assert_str(answer->request.url, "http://a/new");
	answer = ask(replay, get("https://dead/"));
	assert_int_equal(answer->failure, FAILURE_TIMEOUT);
	assert_str(answer->why.in[LANG_NL], "te traag");
	assert_true(str_eq(write_har(arena, second, NULL), recorded));
}

static void secrets_compare_equal(void **state)
{
	(void)state;
	struct err err;
	err_init(&err, arena);
	struct secrets *secrets = secrets_new(arena);
	assert_true(secrets_add(secrets, STR("client"), STR("hunter22/x"), &err));
	secrets_seal(secrets);
	struct evidence *evidence = evidence_new(arena);
	struct exchange exchange = get_exchange(arena, "http://a/?t=hunter22%2Fx&access_token=abc", "[]");
	exchange.request.body = STR("client_secret=hunter22%2fx");
	evidence_add(evidence, &exchange, arena);
	struct str text = write_har(arena, evidence, secrets);
	assert_int_equal(str_find_str(text, STR("hunter22")), text.len);
	struct transport *replay = replay_text(text, secrets, NULL);
	assert_int_equal(ask(replay, exchange.request)->failure, FAILURE_NONE);
	/* A transport would have added the key. */
	replay = replay_text(text, secrets, NULL);
	struct http_request keyless = exchange.request;
	keyless.url = STR("http://a/?t=hunter22%2Fx");
	assert_int_equal(ask(replay, keyless)->failure, FAILURE_NONE);
	/* Who does not know the secret says its placeholder. */
	replay = replay_text(text, NULL, NULL);
	struct http_request request = get("http://a/?t=[secret:client]&access_token=[secret:access-token]");
	request.body = STR("client_secret=[secret:client]");
	assert_int_equal(ask(replay, request)->failure, FAILURE_NOT_RECORDED);
	request.url = STR("http://a/?t=[secret:client]&access_token=[secret:access_token]");
	assert_int_equal(ask(replay, request)->failure, FAILURE_NONE);
}

#define BROWSER_ENTRY(url, status, headers, content)                                                                   \
	"{\"request\":{\"method\":\"GET\",\"url\":\"" url "\",\"headers\":[{\"name\":\":method\",\"value\":\"GET\"}]},"    \
	"\"response\":{\"status\":" status ",\"headers\":[" headers "],\"content\":{" content "},\"_transferSize\":1},"    \
	"\"time\":1.5,\"_priority\":\"High\"}"

static void reads_what_a_browser_records(void **state)
{
	(void)state;
	struct str text = STR("{\"log\":{\"version\":\"1.2\",\"pages\":[],\"entries\":[" BROWSER_ENTRY("https://a/x#top",
			"301", "{\"name\":\"location\",\"value\":\"/y\"}", "\"size\":0") "," BROWSER_ENTRY("https://a/y", "200", "",
			"\"size\":2,\"text\":\"aGk=\",\"encoding\":\"base64\"") "," BROWSER_ENTRY("https://a/z", "200", "",
			"\"size\":5") "," BROWSER_ENTRY("https://a/blocked", "0", "", "") "]}}");
	struct transport *replay = replay_text(text, NULL, NULL);
	struct http_request request = get("https://a/x");
	request.anonymous = true;
	const struct exchange *answer = ask(replay, request);
	assert_str(answer->response.body, "hi");
	assert_int_equal(answer->request.fields.count, 0);
	assert_int_equal(ask(replay, get("https://a/z"))->failure, FAILURE_NOT_RECORDED);
	assert_int_equal(ask(replay, get("https://a/blocked"))->failure, FAILURE_OTHER);
	replay = replay_text(text, NULL, NULL);
	request.keep_redirect = true;
	assert_int_equal(ask(replay, request)->response.status, 301);
}

static void a_key_in_the_query_is_of_no_account(void **state)
{
	(void)state;
	struct secrets *secrets = secrets_new(arena);
	secrets_hide_query(secrets, STR("sleutel"));
	secrets_seal(secrets);
	assert_str(secrets_open_url(secrets, STR("http://a/x?sleutel=1"), arena), "http://a/x");
	assert_str(secrets_open_url(secrets, STR("http://a/x?b=2&sleutel=1"), arena), "http://a/x?b=2");
	assert_str(secrets_open_url(secrets, STR("http://u@a/x?sleutel=1&b=2&c#d"), arena), "http://a/x?b=2&c#d");
	assert_str(secrets_open_url(NULL, STR("http://a/x?sleutel=1"), arena), "http://a/x?sleutel=1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test_setup_teardown(answers_in_the_order_of_recording, set_up, tear_down),
			cmocka_unit_test_setup_teardown(tells_requests_apart, set_up, tear_down),
			cmocka_unit_test_setup_teardown(records_the_same_again, set_up, tear_down),
			cmocka_unit_test_setup_teardown(secrets_compare_equal, set_up, tear_down),
			cmocka_unit_test_setup_teardown(a_key_in_the_query_is_of_no_account, set_up, tear_down),
			cmocka_unit_test_setup_teardown(reads_what_a_browser_records, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
