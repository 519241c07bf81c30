/* SPDX-License-Identifier: EUPL-1.2 */
/* Tests of rule/leftover: what was made, what is gone with what, and what is of somebody else. */
#include "support/fixture.h"

#include "doc/doc.h"
#include "rule/leftover.h"

static struct arena *arena;

struct said {
	const char *method, *url, *sent;
	uint32_t status;
	const char *answer;
};

static struct text text_of(const struct said *said, size_t count)
{
	static const struct str endpoint = {"http://a.test/v1", 16};
	struct evidence evidence = {.arena = arena};
	const struct exchange *items[10];
	struct owned *owned = owned_new(arena);
	for (size_t i = 0; i < count; i++) {
		struct exchange *exchange = arena_zalloc(arena, sizeof *exchange);
		exchange->request.method = str_of(said[i].method);
		exchange->request.url = str_of(said[i].url);
		exchange->request.body = str_of(said[i].sent ? said[i].sent : "");
		exchange->response.status = said[i].status;
		exchange->response.body = str_of(said[i].answer ? said[i].answer : "");
		items[i] = exchange;
		struct err err;
		err_init(&err, arena);
		struct doc *doc = said[i].answer ? doc_of(STR("body"), exchange->response.body, &err) : NULL;
		owned_take(owned, endpoint, exchange, NULL, doc ? doc->root : NULL);
		doc_close(doc);
	}
	evidence.kept.items = items;
	evidence.kept.count = count;
	return leftover_text(&evidence, &endpoint, 1, owned, arena);
}

#define A "http://a.test/v1/a/1"
#define B "http://a.test/v1/b/2"
#define MAKE_A                                                                                                         \
	{                                                                                                                  \
		"POST", "http://a.test/v1/a", "{}", 201, "{\"url\": \"" A "\"}"                                                \
	}
#define MAKE_B                                                                                                         \
	{                                                                                                                  \
		"POST", "http://a.test/v1/b", "{\"a\": \"" A "\"}", 201, "{\"url\": \"" B "\"}"                                \
	}

static void test_what_is_removed_is_not_told(void **state)
{
	const struct said all[] = {MAKE_A, {"DELETE", A, NULL, 204, NULL}};
	const struct said missing[] = {MAKE_A, {"GET", A, NULL, 404, NULL}};
	(void)state;
	assert_int_equal(text_of(all, 2).in[LANG_EN].len, 0);
	assert_int_equal(text_of(missing, 2).in[LANG_EN].len, 0);
}

static void test_what_stays_is_told(void **state)
{
	const struct said all[] = {MAKE_A, MAKE_B, {"DELETE", B, NULL, 403, NULL}, {"DELETE", A, NULL, 500, NULL}};
	(void)state;
	struct text text = text_of(all, 4);
	assert_non_null(strstr(text.in[LANG_EN].ptr, "2 of the objects"));
	assert_non_null(strstr(text.in[LANG_EN].ptr, A ", " B));
	assert_non_null(strstr(text.in[LANG_NL].ptr, "van 2 objecten"));
}

static void test_what_hangs_on_it_goes_with_it(void **state)
{
	const struct said all[] = {MAKE_A, MAKE_B, {"DELETE", A, NULL, 204, NULL}};
	(void)state;
	assert_int_equal(text_of(all, 3).in[LANG_EN].len, 0);
}

static void test_others_are_let_alone(void **state)
{
	const struct said all[] = {
			MAKE_A, MAKE_A, {"POST", "http://b.test/v1/a", "{}", 201, "{\"url\": \"http://b.test/v1/a/1\"}"}};
	(void)state;
	struct text text = text_of(all, 3);
	assert_null(strstr(text.in[LANG_EN].ptr, "remove them by hand"));
	assert_null(strstr(text.in[LANG_EN].ptr, "b.test"));
	assert_non_null(strstr(text.in[LANG_EN].ptr, "1 objects that the service gave as new may be of somebody else"));
	assert_non_null(strstr(text.in[LANG_EN].ptr, A " (two requests were answered with it as new)"));
	assert_non_null(strstr(text.in[LANG_NL].ptr, "1 objecten die de dienst als nieuw gaf"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_what_is_removed_is_not_told),
			cmocka_unit_test(test_what_stays_is_told), cmocka_unit_test(test_what_hangs_on_it_goes_with_it),
			cmocka_unit_test(test_others_are_let_alone)};
	arena = arena_new();
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(arena);
	return failed;
}
