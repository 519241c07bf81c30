/* SPDX-License-Identifier: EUPL-1.2 */
/* URLs taken apart, and which hosts may share a secret. */
#include "support/fixture.h"

#include "fetch/origin.h"

static struct origin parse(const char *url, struct arena *arena)
{
	struct origin origin;
	struct text why;
	if (!origin_of(str_of(url), &origin, &why, arena)) fail_msg("%s: %.*s", url, STR_FMT(why.in[LANG_EN]));
	return origin;
}

static void a_url_is_taken_apart(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct origin o = parse("HTTPS://API.example.nl:8443/a?b=/c#d", arena);
	assert_true(o.https);
	assert_str(o.host, "API.example.nl");
	assert_int_equal(o.port, 8443);
	assert_str(o.rest, "/a?b=/c");
	assert_str(origin_text(&o, arena), "https://api.example.nl:8443");
	o = parse("http://[::1]?x", arena);
	assert_str(o.host, "[::1]");
	assert_int_equal(o.port, 80);
	assert_str(o.rest, "?x");
	o = parse("https://a:443", arena);
	assert_str(origin_text(&o, arena), "https://a");
	o = parse("http://a:/x", arena);
	assert_int_equal(o.port, 80);
	arena_free(arena);
}

static void what_is_wrong_is_told(void **state)
{
	(void)state;
	const struct {
		const char *url, *words;
	} cases[] = {{"http://a/{id}", "variable"}, {"http://a/ b", "0x20"}, {"http://a@b/", "user"},
			{"ws://a/", "http://"}, {"http://a:x/", "port"}, {"http://[::1/", "no host"}, {"http://a%2eb/", "no host"},
			{"http://[x]/", "no host"}, {"https:/a", "http://"}, {"http://\303\251/", "punycode"}};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct origin origin;
		struct text why;
		assert_false(origin_of(str_of(cases[i].url), &origin, &why, arena));
		assert_non_null(strstr(why.in[LANG_EN].ptr, cases[i].words));
		assert_true(why.in[LANG_NL].len > 0);
	}
	arena_free(arena);
}

static void secrets_stay_with_their_host(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const struct {
		const char *owner, *asked;
		bool trusts;
	} cases[] = {{"https://a/x", "https://A:443/y", true}, {"http://a", "https://a", true},
			{"https://a", "http://a", false}, {"https://a", "https://a:8443", false},
			{"https://a", "https://b.a", false}, {"https://a", "https://a.b", false},
			{"http://a:8080", "https://a:8080", false}, {"http://a:8080", "https://a", false}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct origin owner = parse(cases[i].owner, arena), asked = parse(cases[i].asked, arena);
		assert_int_equal(origin_trusts(&owner, &asked), cases[i].trusts);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(a_url_is_taken_apart),
			cmocka_unit_test(what_is_wrong_is_told),
			cmocka_unit_test(secrets_stay_with_their_host),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
