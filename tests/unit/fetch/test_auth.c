/* SPDX-License-Identifier: EUPL-1.2 */
/* Credentials: how they look, for whom they are, and what is no credential. */
#include "support/client.h"

#include <nettle/base64.h>

#include "fetch/base64.h"

static struct http_auth zgw(void)
{
	return (struct http_auth){.kind = AUTH_ZGW_JWT,
			.base = STR("https://example.nl/"),
			.name = STR("keur"),
			.secret = STR("geheim"),
			.user_id = STR("a\"b"),
			.user_representation = STR("Jan \303\251")};
}

/* The expected token was computed apart from keur: base64url and HMAC-SHA-256 of Python's standard library. */
static void a_token_is_signed_as_rfc_7515_says(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct http_auth auth = zgw();
	assert_str(zgw_token(&auth, 1764000000, arena),
			"eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9."
			"eyJpc3MiOiJrZXVyIiwiaWF0IjoxNzY0MDAwMDAwLCJjbGllbnRfaWQiOiJrZXVyIiwidXNlcl9pZCI6ImFcImIiLCJ1c2VyX3JlcHJlc2Vu"
			"dGF0aW9uIjoiSmFuIMOpIn0.NkHrsTlEFAN9YGlqYyAmtu3RDN7YnkGX9tLbf5ywBMc");
	arena_free(arena);
}

/* The payload of what a request would show. */
static struct str claims_shown(const struct token_change *change, struct arena *arena)
{
	struct http_auth auth = zgw();
	auth.user_id = STR("");
	auth.user_representation = STR("");
	struct str token = str_skip(http_auth_field(&auth, change, 1764000000, arena).value, 7), part;
	struct strbuf decoded;
	part = str_skip(token, str_find(token, '.') + 1);
	part.len = str_find(part, '.');
	strbuf_init(&decoded, 1000);
	assert_true(base64_decode(&decoded, part));
	return strbuf_take(&decoded, arena);
}

#define REST ",\"user_id\":\"\",\"user_representation\":\"\"}"

static void a_token_may_be_changed(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct http_auth auth = zgw();
	struct token_change old = {.age = 86400, .lifetime = -60, .expires = true};
	struct token_change bare = {.without_iat = true, .without_client_id = true};
	struct token_change other = {.client_id = STR("x"), .secret = STR("y")}, open = {.is_unsigned = true};
	assert_str(claims_shown(&old, arena),
			"{\"iss\":\"keur\",\"iat\":1763913600,\"exp\":1763999940,\"client_id\":\"keur\"" REST);
	assert_str(claims_shown(&bare, arena), "{\"iss\":\"keur\"" REST);
	assert_str(claims_shown(&other, arena), "{\"iss\":\"x\",\"iat\":1764000000,\"client_id\":\"x\"" REST);
	/* The same claims, another signature; and none. */
	struct token_change secret = {.secret = STR("y")};
	struct str mine = http_auth_field(&auth, NULL, 1764000000, arena).value;
	struct str theirs = http_auth_field(&auth, &secret, 1764000000, arena).value;
	assert_int_equal(mine.len, theirs.len);
	assert_memory_equal(mine.ptr, theirs.ptr, mine.len - 43);
	assert_false(str_eq(mine, theirs));
	assert_true(str_ends(http_auth_field(&auth, &open, 1764000000, arena).value, STR(".")));
	arena_free(arena);
}

static void credentials_become_fields(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct http_auth basic = {.kind = AUTH_BASIC, .name = STR("jan"), .secret = STR("open sesam")};
	assert_str(http_auth_field(&basic, NULL, 0, arena).value, "Basic amFuOm9wZW4gc2VzYW0=");
	struct http_auth bearer = {.kind = AUTH_BEARER, .secret = STR("abc")};
	assert_str(http_auth_field(&bearer, NULL, 0, arena).value, "Bearer abc");
	struct http_auth key = {.kind = AUTH_API_KEY, .name = STR("X-Api-Key"), .secret = STR("k")};
	assert_str(http_auth_field(&key, NULL, 0, arena).name, "X-Api-Key");
	assert_str(http_auth_url(&key, STR("http://a/"), arena), "http://a/");
	key.in_query = true;
	key.secret = STR("k&=\303\251");
	assert_int_equal(http_auth_field(&key, NULL, 0, arena).name.len, 0);
	assert_str(http_auth_url(&key, STR("http://a/"), arena), "http://a/?X-Api-Key=k%26%3D%C3%A9");
	assert_str(http_auth_url(&key, STR("http://a/?b"), arena), "http://a/?b&X-Api-Key=k%26%3D%C3%A9");
	arena_free(arena);
}

static void what_is_no_credential_is_refused(void **state)
{
	(void)state;
	struct http_auth cases[] = {zgw(), zgw(), zgw(), zgw(), zgw(), zgw()};
	cases[0].base = STR("example.nl");
	cases[1].secret = STR("");
	cases[2].name = STR("");
	cases[3].secret = STR("a\n");
	cases[4].kind = AUTH_BASIC;
	cases[4].name = STR("a:b");
	cases[5].kind = AUTH_NONE;
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct err err;
		err_init(&err, arena);
		assert_false(http_auth_prepare(&cases[i], arena, &err));
		assert_int_equal(err.code, ERR_USAGE);
		struct http_options options = {.auths = &cases[i], .auth_count = 1};
		assert_null(http_client_new(arena, &options, &err));
	}
	struct http_auth twice[] = {zgw(), zgw()};
	struct err err;
	err_init(&err, arena);
	struct http_options options = {.auths = twice, .auth_count = 2};
	assert_null(http_client_new(arena, &options, &err));
	assert_int_equal(err.code, ERR_USAGE);
	arena_free(arena);
}

static bool answer_empty(struct server *server, int fd, const char *request, int number)
{
	(void)server;
	(void)request;
	(void)number;
	server_reply(fd, "200 OK", "", "");
	return true;
}

static int64_t claim_iat(const char *request)
{
	const char *claims = strstr(request, "Authorization: Bearer ");
	assert_non_null(claims);
	claims = strchr(claims, '.') + 1;
	uint8_t json[1024];
	size_t length = 0;
	struct base64_decode_ctx context;
	base64url_decode_init(&context);
	assert_int_equal(base64_decode_update(&context, &length, json, (size_t)(strchr(claims, '.') - claims), claims), 1);
	json[length] = '\0';
	return strtoll(strstr((char *)json, "\"iat\":") + 6, NULL, 10);
}

static void every_request_is_signed_anew(void **state)
{
	(void)state;
	struct server server;
	struct session s;
	session_init(&s);
	assert_true(server_start(&server, "127.0.0.1", answer_empty, NULL));
	struct http_auth auth = zgw();
	auth.base = str_printf(s.arena, "http://127.0.0.1:%u/api/v1", server.port);
	s.options.auths = &auth;
	s.options.auth_count = 1;
	assert_status(session_get_path(&s, &server, "/a"), 200);
	usleep(1100000);
	const struct exchange *second = session_get_path(&s, &server, "/b");
	int64_t first = claim_iat(server.kept[0]), later = claim_iat(server.kept[1]);
	assert_true(first > 1700000000);
	assert_true(later > first);
	assert_non_null(http_field_find(&second->request.fields, STR("authorization")));
	server_stop(&server);
	session_close(&s);
}

static void a_request_may_go_without_or_bring_its_own(void **state)
{
	(void)state;
	struct server server;
	struct session s;
	session_init(&s);
	assert_true(server_start(&server, "127.0.0.1", answer_empty, NULL));
	struct http_auth auth = {.kind = AUTH_BEARER,
			.base = str_printf(s.arena, "http://127.0.0.1:%u", server.port),
			.secret = STR("given")};
	s.options.auths = &auth;
	s.options.auth_count = 1;
	struct http_request request = {.method = STR("GET"), .url = auth.base, .anonymous = true};
	assert_status(session_send(&s, request), 200);
	assert_null(strstr(server.kept[0], "Authorization"));
	struct http_field own = {STR("authorization"), STR("Bearer own")};
	request.anonymous = false;
	request.fields = (struct http_fields){&own, 1};
	assert_status(session_send(&s, request), 200);
	assert_non_null(strstr(server.kept[1], "authorization: Bearer own\r\n"));
	assert_null(strstr(server.kept[1], "given"));
	server_stop(&server);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(a_token_is_signed_as_rfc_7515_says),
			cmocka_unit_test(a_token_may_be_changed),
			cmocka_unit_test(credentials_become_fields),
			cmocka_unit_test(what_is_no_credential_is_refused),
			cmocka_unit_test(every_request_is_signed_anew),
			cmocka_unit_test(a_request_may_go_without_or_bring_its_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
