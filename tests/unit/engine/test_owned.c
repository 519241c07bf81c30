/* SPDX-License-Identifier: EUPL-1.2 */
/* Tests of engine/owned, and of what a scenario may write to: only what this run made. */
#include "unit/engine/arazzo_stub.h"

#include "engine/arazzo_node.h"
#include "engine/owned.h"

static struct arena *arena;
static struct owned *owned;

#define BASE "http://a.test/v1"
#define ONE BASE "/things/1"

static void take(const char *method, const char *url, uint32_t status, const char *sent, const char *body)
{
	struct exchange *exchange = arena_zalloc(arena, sizeof *exchange);
	struct text why;
	exchange->request.method = str_of(method);
	exchange->request.url = str_of(url);
	exchange->response.status = status;
	owned_take(owned, STR(BASE), exchange, sent ? node_of_json(arena, str_of(sent), &why) : NULL,
			body ? node_of_json(arena, str_of(body), &why) : NULL);
}

static void post(const char *sent, const char *body)
{
	take("POST", BASE "/things", 201, sent, body);
}

static enum ownership whose(const char *url)
{
	struct text why;
	return owned_find(owned, str_of(url), &why);
}

static int begin(void **state)
{
	(void)state;
	arena = arena_new();
	owned = owned_new(arena);
	return 0;
}

static int finish(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void test_what_was_made_is_ours(void **state)
{
	(void)state;
	post("{\"text\": \"of keur\"}", "{\"url\": \"" ONE "\", \"text\": \"of keur\"}");
	assert_int_equal(whose(ONE), OWNED_OURS);
	assert_int_equal(whose(ONE "/parts/2?x=1"), OWNED_OURS);
	assert_int_equal(whose(ONE "2"), OWNED_UNKNOWN);
	assert_int_equal(whose(ONE "/../2"), OWNED_UNKNOWN);
	assert_int_equal(whose(ONE "/%2E%2e/2"), OWNED_UNKNOWN);
	assert_int_equal(whose(BASE "/things"), OWNED_UNKNOWN);
}

static void test_an_identifier_is_enough(void **state)
{
	(void)state;
	post(NULL, "{\"id\": 5}");
	assert_int_equal(whose(BASE "/things/5"), OWNED_OURS);
	assert_int_equal(whose(BASE "/things/6"), OWNED_UNKNOWN);
}

static void test_what_was_named_before_is_not(void **state)
{
	(void)state;
	take("GET", BASE "/things", 200, NULL, "{\"results\": [{\"url\": \"" ONE "\"}]}");
	post(NULL, "{\"url\": \"" ONE "\"}");
	assert_int_equal(whose(ONE), OWNED_DOUBTFUL);
	assert_int_equal(whose(ONE "/parts/2"), OWNED_DOUBTFUL);
}

static void test_what_was_made_twice_is_not(void **state)
{
	(void)state;
	post(NULL, "{\"url\": \"" ONE "\"}");
	post(NULL, "{\"url\": \"" ONE "\"}");
	assert_int_equal(whose(ONE), OWNED_DOUBTFUL);
}

static void test_an_action_makes_nothing(void **state)
{
	(void)state;
	post(NULL, "{\"url\": \"" ONE "\"}");
	take("POST", ONE "/publish", 201, NULL, "{\"url\": \"" ONE "\"}");
	take("POST", BASE "/things/_search", 200, NULL, "{\"url\": \"" ONE "\"}");
	assert_int_equal(whose(ONE), OWNED_OURS);
}

static void test_another_text_is_of_another(void **state)
{
	(void)state;
	post("{\"text\": \"of keur\"}", "{\"url\": \"" ONE "\", \"text\": \"of an other\"}");
	post("{\"name\": \"keur-1\"}", "{\"url\": \"" BASE "/things/2\", \"name\": \"x\"}");
	post("{\"day\": \"2026-01-01\"}", "{\"url\": \"" BASE "/things/3\", \"day\": \"2026-01-01T00:00:00Z\"}");
	assert_int_equal(whose(ONE), OWNED_DOUBTFUL);
	assert_int_equal(whose(BASE "/things/2"), OWNED_DOUBTFUL);
	assert_int_equal(whose(BASE "/things/3"), OWNED_OURS);
}

static void test_what_lies_elsewhere_is_not(void **state)
{
	(void)state;
	const char *urls[] = {
			"http://b.test/v1/things/1", "http://a.test/v2/things/1", BASE "/../v2/1", BASE, BASE "/things"};
	for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
		char body[100];
		snprintf(body, sizeof body, "{\"url\": \"%s\"}", urls[i]);
		post(NULL, body);
		assert_int_not_equal(whose(urls[i]), OWNED_OURS);
	}
}

#define SCENARIO                                                                                                       \
	HEAD "  - workflowId: w\n"                                                                                         \
		 "    steps:\n"                                                                                                \
		 "      - {stepId: list, operationId: list}\n"                                                                 \
		 "      - stepId: make\n"                                                                                      \
		 "        operationId: create\n"                                                                               \
		 "        requestBody: {payload: {text: of keur}}\n"                                                           \
		 "        outputs: {url: $response.body#/url}\n"                                                               \
		 "      - stepId: gone\n"                                                                                      \
		 "        x-keur-cleanup: true\n"                                                                              \
		 "        x-keur-request: {method: DELETE, url: '{$steps.make.outputs.url}'}\n"

static bool removes(const char *listed, const char *made)
{
	struct fixture fixture;
	struct answer answers[] = {{"GET /v1/things", 200, listed, NULL, 0, 0, 0},
			{"POST /v1/things", 201, made, NULL, 0, 0, 0}, {"DELETE /", 204, NULL, NULL, 0, 0, 0},
			{NULL, 0, NULL, NULL, 0, 0, 0}};
	play(&fixture, SCENARIO, answers, NULL);
	bool sent = fixture.stub.count == 3;
	const struct scenario_step *step = step_of(&fixture, "w/gone");
	assert_int_equal(step->state, sent ? SCENARIO_SUCCEEDED : SCENARIO_UNDECIDED);
	if (!sent) assert_non_null(strstr(step->why.in[LANG_EN].ptr, "is left alone"));
	close_fixture(&fixture);
	return sent;
}

static void test_a_clean_up_removes_only_what_was_made(void **state)
{
	(void)state;
	assert_true(removes("[]", "{\"url\": \"https://api.test/v1/things/1\", \"text\": \"of keur\"}"));
	assert_false(
			removes("[{\"url\": \"https://api.test/v1/things/1\"}]", "{\"url\": \"https://api.test/v1/things/1\"}"));
	assert_false(removes("[]", "{\"url\": \"https://api.test/v1/things/1\", \"text\": \"of an other\"}"));
	assert_false(removes("[]", "{\"url\": \"https://other.test/v1/things/1\"}"));
	assert_false(removes("[]", "{\"url\": \"https://api.test/v1/things\"}"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_what_was_made_is_ours, begin, finish),
			cmocka_unit_test_setup_teardown(test_an_identifier_is_enough, begin, finish),
			cmocka_unit_test_setup_teardown(test_what_was_named_before_is_not, begin, finish),
			cmocka_unit_test_setup_teardown(test_what_was_made_twice_is_not, begin, finish),
			cmocka_unit_test_setup_teardown(test_an_action_makes_nothing, begin, finish),
			cmocka_unit_test_setup_teardown(test_another_text_is_of_another, begin, finish),
			cmocka_unit_test_setup_teardown(test_what_lies_elsewhere_is_not, begin, finish),
			cmocka_unit_test(test_a_clean_up_removes_only_what_was_made)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
