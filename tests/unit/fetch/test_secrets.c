/* SPDX-License-Identifier: EUPL-1.2 */
/* No secret gets out: planted in every place of an exchange, in every encoding and in encodings of encodings. */
#include "encodings.h"

static int set_up(void **state)
{
	(void)state;
	arena = arena_new();
	random_state = 88172645463325252u;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct secrets *secrets_of(struct str value)
{
	struct err err;
	err_init(&err, arena);
	struct secrets *secrets = secrets_new(arena);
	assert_true(secrets_add(secrets, STR("client"), value, &err));
	secrets_seal(secrets);
	return secrets;
}

static void assert_redacted(struct secrets *secrets, struct str planted, const char *what)
{
	struct str text = str_printf(arena, "{{%.*s}}", STR_FMT(planted));
	struct str clean = secrets_redact(secrets, text, arena);
	if (!str_eq(clean, STR("{{[secret:client]}}"))) fail_msg("%s: %.*s: %.*s", what, STR_FMT(text), STR_FMT(clean));
	assert_true(str_eq(secrets_redact(secrets, clean, arena), clean));
}

static void every_encoding_is_found_exactly(void **state)
{
	(void)state;
	for (int i = 0; i < 400; i++) {
		struct str secret = random_secret();
		struct secrets *secrets = secrets_of(secret);
		for (int one = 0; one < ENCODINGS; one++)
			for (int mix = MIX_LEAST; mix <= MIX_ALL; mix++)
				assert_redacted(secrets, encodings[one].encode(secret, (enum mix)mix), encodings[one].name);
	}
}

/* Escapes over any encoding; hexadecimal over the usual forms is in the next test. */
static void every_encoding_within_an_escape_is_found(void **state)
{
	(void)state;
	for (int i = 0; i < 200; i++) {
		struct str secret = random_secret();
		struct secrets *secrets = secrets_of(secret);
		for (int one = 0; one < ENCODINGS; one++)
			for (int two = 0; two < ENCODINGS - 1; two++) {
				struct str inner = encodings[one].encode(secret, (enum mix)random_below(3));
				struct str outer = encodings[two].encode(inner, (enum mix)random_below(3));
				assert_redacted(
						secrets, outer, str_printf(arena, "%s in %s", encodings[one].name, encodings[two].name).ptr);
			}
	}
}

/* What is left of base64 may not hold a byte of the secret: it is decoded from every digit on. */
static void assert_base64_redacted(struct secrets *secrets, struct str secret, struct str text, const char *what)
{
	struct str clean = secrets_redact(secrets, text, arena), mark = STR("[secret:client]");
	if (str_find_str(clean, mark) == clean.len)
		fail_msg("%s of %.*s: %.*s: %.*s", what, STR_FMT(secret), STR_FMT(text), STR_FMT(clean));
	/* A few digits of what surrounds it are left, each of them perhaps escaped. */
	if (clean.len > mark.len + (str_find(clean, '\\') < clean.len || str_find(clean, '%') < clean.len ? 60 : 20))
		fail_msg("%s: left: %.*s", what, STR_FMT(clean));
}

/* Of plain base64: exactly the digits that have no bit of the secret are left. */
static void assert_base64_exact(struct secrets *secrets, struct str text, size_t before, size_t len)
{
	size_t left = before * 8 / 6, right = ((before + len) * 8 + 5) / 6;
	struct str expected = str_printf(arena, "%.*s[secret:client]%.*s", (int)left, text.ptr,
			(int)(text.len > right ? text.len - right : 0), text.ptr + (text.len > right ? right : 0));
	struct str clean = secrets_redact(secrets, text, arena);
	if (!str_eq(clean, expected)) fail_msg("%.*s: %.*s", STR_FMT(text), STR_FMT(clean));
}

static void wide_text_is_found(void **state)
{
	(void)state;
	for (int i = 0; i < 100; i++) {
		struct str secret = random_secret();
		struct secrets *secrets = secrets_of(secret);
		for (int big = 0; big < 2; big++) {
			struct str wide = utf16(secret, big);
			assert_str(secrets_redact(secrets, wide, arena), "[secret:client]");
			assert_base64_redacted(secrets, secret, base64(wide, BASE64), "UTF-16 in base64");
		}
	}
}

/* As programs usually escape: base64 of a JSON text, of a form, of XML. */
static void escapes_within_base64_are_found(void **state)
{
	(void)state;
	static const char *const pairs[][2] = {{"a\"b\\c/de", "a\\\"b\\\\c/de"}, {"a/b/\"cde", "a\\/b\\/\\\"cde"},
			{"p&q=r s/t", "p%26q%3Dr%20s%2Ft"}, {"p&q=r s/t", "p%26q%3dr%20s%2ft"}, {"p&q=r s/t", "p%26q%3Dr+s%2Ft"},
			{"<x>&'y\"z", "&lt;x&gt;&amp;&apos;y&quot;z"}};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		struct secrets *secrets = secrets_of(str_of(pairs[i][0]));
		for (int before = 0; before < 3; before++) {
			struct str text = str_printf(arena, "%.*s%s", before, "ab", pairs[i][1]);
			assert_base64_redacted(secrets, str_of(pairs[i][0]), base64(text, BASE64), "escaped in base64");
			struct str clean = secrets_redact(secrets, hex(text, MIX_SOME), arena);
			if (clean.len > 20) fail_msg("escaped in hex: %.*s", STR_FMT(clean));
		}
	}
}

static void base64_is_found_at_every_alignment(void **state)
{
	(void)state;
	for (int i = 0; i < 400; i++) {
		struct str secret = random_secret();
		struct secrets *secrets = secrets_of(secret);
		for (int before = 0; before < 3; before++) {
			struct str around = str_printf(
					arena, "%.*s%.*s%.*s", before, "u:", STR_FMT(secret), (int)random_below(4), "\"}x");
			for (int alphabet = BASE64; alphabet <= BASE64_URL; alphabet++) {
				struct str text = base64(around, (enum base64_alphabet)alphabet);
				assert_base64_redacted(secrets, secret, text, "base64");
				assert_base64_exact(secrets, text, (size_t)before, secret.len);
				assert_base64_redacted(secrets, secret, percent(text, MIX_SOME), "base64 in percent");
				assert_base64_redacted(secrets, secret, json(text, MIX_SOME), "base64 in json");
				if (text.len > 40) assert_base64_redacted(secrets, secret, wrap(text, 20), "base64 in lines");
				assert_base64_redacted(secrets, secret, base64(text, BASE64), "base64 in base64");
				assert_base64_redacted(secrets, secret, base64(text, BASE64_URL), "base64 in base64url");
			}
			assert_base64_redacted(secrets, secret, base64(hex(secret, MIX_LEAST), BASE64), "hex in base64");
		}
	}
}

static void tokens_are_found_whole_and_by_signature(void **state)
{
	(void)state;
	struct str token = STR("eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJrZXVyIn0.q1w2e3r4t5y6u7i8o9p0");
	struct err err;
	err_init(&err, arena);
	struct secrets *secrets = secrets_new(arena);
	assert_true(secrets_add_token(secrets, STR("token"), token, &err));
	secrets_seal(secrets);
	assert_str(secrets_redact(secrets, str_printf(arena, "<%.*s>", STR_FMT(token)), arena), "<[secret:token]>");
	assert_str(secrets_redact(secrets, STR("sig=q1w2e3r4t5y6u7i8o9p0;"), arena), "sig=[secret:token];");
	assert_str(secrets_redact(secrets, STR("eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJrZXVyIn0.other"), arena),
			"eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJrZXVyIn0.other");
}

static void fields_known_to_hold_secrets_do(void **state)
{
	(void)state;
	static const struct {
		const char *name, *value, *expected;
	} cases[] = {
			{"Authorization", "Basic a2V1cg==", "Basic [secret:authorization]"},
			{"authorization", "x", "[secret:authorization]"},
			{"Proxy-Authorization", "Digest username=\"a\", response=\"b\"", "Digest [secret:proxy-authorization]"},
			{"Cookie", "a=1; b=2", "a=[secret:cookie]; b=[secret:cookie]"},
			{"Set-Cookie", "sid=1; Path=/; HttpOnly; Secure", "sid=[secret:set-cookie]; Path=/; HttpOnly; Secure"},
			{"x-API-key", "k", "[secret:x-api-key]"},
			{"X-Own", "k", "[secret:x-own]"},
			{"Accept", "*/*", "*/*"},
			{"Location", "https://u:p@a/?own=1&b=2#c", "https://[secret:userinfo]@a/?own=[secret:own]&b=2#c"},
	};
	struct secrets *secrets = secrets_new(arena);
	secrets_hide_header(secrets, STR("X-Own"));
	secrets_hide_query(secrets, STR("own"));
	secrets_seal(secrets);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct http_fields fields = one_field(arena, cases[i].name, str_of(cases[i].value));
		assert_str(secrets_redact_fields(secrets, &fields, false, arena).items[0].value, cases[i].expected);
	}
	/* A credential of the caller's that looks like one of keur's own is a secret all the same. */
	struct http_fields own = one_field(arena, "Authorization", STR("Bearer keur-1"));
	assert_str(secrets_redact_fields(secrets, &own, false, arena).items[0].value, "Bearer [secret:authorization]");
	assert_str(secrets_redact_fields(secrets, &own, true, arena).items[0].value, "Bearer keur-1");
	assert_str(secrets_redact_url(secrets, STR("http://a/b@c?%6fwn=x&own&own="), arena),
			"http://a/b@c?%6fwn=[secret:own]&own&own=");
}

static void short_and_absent_secrets_change_nothing_else(void **state)
{
	(void)state;
	struct secrets *secrets = secrets_of(STR("abc"));
	assert_str(secrets_redact(secrets, STR("abc abc"), arena), "abc abc");
	assert_str(secrets_redact(NULL, STR("text"), arena), "text");
	secrets = secrets_of(STR("abcd"));
	assert_str(secrets_redact(secrets, STR("abcdabcd-ABCD"), arena), "[secret:client]-ABCD");
	secrets = secrets_of(STR("a b-c_d"));
	assert_str(secrets_redact(secrets, STR("a b-c_d a-b-c/d A b-c_d"), arena), "[secret:client] a-b-c/d A b-c_d");
}

static void placeholders_are_left_alone(void **state)
{
	(void)state;
	struct secrets *secrets = secrets_of(STR("client"));
	assert_str(secrets_redact(secrets, STR("[secret:client] client"), arena), "[secret:client] [secret:client]");
	assert_str(secrets_redact(secrets, STR("[secret:xclientx]"), arena), "[secret:x[secret:client]x]");
}

enum spot {
	IN_PATH,
	IN_QUERY,
	IN_REQUEST_FIELD,
	IN_REQUEST_NAME,
	IN_REQUEST_BODY,
	IN_REASON,
	IN_RESPONSE_FIELD,
	IN_COOKIE,
	IN_LOCATION,
	IN_BODY,
	IN_BINARY,
	IN_WHY,
	IN_STEP,
	IN_TLS,
	IN_STARTED,
	IN_ADDRESS,
	PLACES
};

static struct exchange plant(enum spot spot, struct str text)
{
	struct exchange exchange = get_exchange(arena, "http://a/", "{}");
	struct str url = str_printf(arena, "http://a/%.*s", STR_FMT(text));
	struct strbuf binary;
	switch (spot) {
	case IN_PATH:
		exchange.request.url = url;
		break;
	case IN_QUERY:
		exchange.request.url = str_printf(arena, "http://a/?x=%.*s&y=1", STR_FMT(text));
		break;
	case IN_REQUEST_FIELD:
		exchange.request.fields = one_field(arena, "X-Any", text);
		break;
	case IN_REQUEST_NAME:
		exchange.request.fields = one_field(arena, str_copy(arena, text).ptr, STR("x"));
		break;
	case IN_REQUEST_BODY:
		exchange.request.body = text;
		break;
	case IN_REASON:
		exchange.response.reason = text;
		break;
	case IN_RESPONSE_FIELD:
		exchange.response.fields = one_field(arena, "WWW-Authenticate", text);
		break;
	case IN_COOKIE:
		exchange.response.fields = one_field(arena, "Set-Cookie", text);
		break;
	case IN_LOCATION:
		exchange.response.fields = one_field(arena, "Location", url);
		break;
	case IN_BODY:
		exchange.response.body = str_printf(arena, "{\"detail\":\"%.*s\"}", STR_FMT(text));
		break;
	case IN_BINARY:
		strbuf_init(&binary, 1 << 20);
		strbuf_add(&binary, STR("\xFF\x00"));
		strbuf_add(&binary, text);
		exchange.response.body = take(&binary);
		break;
	case IN_WHY:
		exchange.failure = FAILURE_OTHER;
		exchange.why = (struct text){{text, text}};
		break;
	case IN_STEP:
		exchange.step = text;
		break;
	case IN_TLS:
		exchange.tls = (struct tls_facts){.version = STR("TLSv1.3"), .subject = text};
		break;
	case IN_STARTED:
		exchange.started = text;
		break;
	case IN_ADDRESS:
		exchange.address = text;
		break;
	case PLACES:
		break;
	}
	return exchange;
}

/* All texts of a tree, and base64 of bodies decoded, hold none of `forms`. */
static void grep_tree(const struct node *node, const struct str *forms, size_t count, const char *what)
{
	for (uint32_t i = 0; i < node_count(node); i++)
		grep_tree(node_at(node, i), forms, count, what);
	if (node->kind != NODE_STRING) return;
	struct strbuf decoded;
	strbuf_init(&decoded, 1 << 20);
	bool is_base64 = base64_decode(&decoded, node_text(node));
	for (size_t i = 0; i < count; i++) {
		struct str text = node_text(node), bytes = strbuf_str(&decoded);
		if (str_find_str(text, forms[i]) < text.len || (is_base64 && str_find_str(bytes, forms[i]) < bytes.len))
			fail_msg("%s: %.*s in %.*s", what, STR_FMT(forms[i]), STR_FMT(text));
	}
	strbuf_release(&decoded);
}

/* The file as a whole, byte for byte, and each of its texts: not what was planted, nor the secret in any encoding. */
static void no_place_lets_a_secret_through(void **state)
{
	(void)state;
	for (int i = 0; i < 40; i++) {
		struct str secret = random_secret();
		struct secrets *secrets = secrets_of(secret);
		for (int place = 0; place < PLACES; place++) {
			for (int one = 0; one < ENCODINGS + 2; one++) {
				struct str planted = one < ENCODINGS ? encodings[one].encode(secret, (enum mix)random_below(3))
													 : base64(secret, (enum base64_alphabet)(one - ENCODINGS));
				struct evidence *evidence = evidence_new(arena);
				struct exchange exchange = plant((enum spot)place, planted);
				evidence_add(evidence, &exchange, arena);
				struct str text = write_har(arena, evidence, secrets);
				struct str forms[] = {planted, secret, percent(secret, MIX_LEAST), percent(secret, MIX_ALL),
						form(secret, MIX_LEAST), json(secret, MIX_ALL), json(secret, MIX_LEAST), xml(secret, MIX_LEAST),
						hex(secret, MIX_LEAST), base64(secret, BASE64), base64(secret, BASE64_URL)};
				size_t count = sizeof forms / sizeof *forms;
				for (size_t k = 0; k < count; k++)
					if (str_find_str(text, forms[k]) < text.len)
						fail_msg("place %d, encoding %d: %.*s", place, one, STR_FMT(forms[k]));
				struct doc *doc = har_doc(arena, text);
				grep_tree(doc->root, forms, count, str_printf(arena, "place %d, encoding %d", place, one).ptr);
				doc_close(doc);
			}
		}
	}
}

/* Tokens that were sent are found where they are echoed, in exchanges before and after. */
static void tokens_on_the_way_are_learnt(void **state)
{
	(void)state;
	struct evidence *evidence = evidence_new(arena);
	struct exchange token = get_exchange(
			arena, "http://a/token", "{\"access_token\":\"opaque-token-1\",\"expires_in\":1}");
	token.request.body = STR("grant_type=client_credentials");
	evidence_add(evidence, &token, arena);
	struct exchange echo = get_exchange(
			arena, "http://a/", "{\"detail\":\"unknown token opaque-token-1, password wachtwoord1\"}");
	echo.request.fields = one_field(arena, "Authorization", STR("Basic a2V1cjp3YWNodHdvb3JkMQ=="));
	evidence_add(evidence, &echo, arena);
	struct str text = write_har(arena, evidence, NULL);
	assert_int_equal(str_find_str(text, STR("opaque-token")), text.len);
	assert_int_equal(str_find_str(text, STR("wachtwoord1")), text.len);
	assert_int_equal(str_find_str(text, STR("a2V1cjp3")), text.len);
	assert_true(str_find_str(text, STR("unknown token [secret:token]")) < text.len);
}

static void too_many_secrets_write_nothing(void **state)
{
	(void)state;
	struct err err;
	err_init(&err, arena);
	struct secrets *secrets = secrets_new(arena);
	char *large = arena_zalloc(arena, 5 << 20);
	assert_false(secrets_add(secrets, STR("x"), (struct str){large, 5 << 20}, &err));
	assert_int_equal(err.code, ERR_LIMIT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test_setup_teardown(every_encoding_is_found_exactly, set_up, tear_down),
			cmocka_unit_test_setup_teardown(every_encoding_within_an_escape_is_found, set_up, tear_down),
			cmocka_unit_test_setup_teardown(base64_is_found_at_every_alignment, set_up, tear_down),
			cmocka_unit_test_setup_teardown(wide_text_is_found, set_up, tear_down),
			cmocka_unit_test_setup_teardown(escapes_within_base64_are_found, set_up, tear_down),
			cmocka_unit_test_setup_teardown(tokens_are_found_whole_and_by_signature, set_up, tear_down),
			cmocka_unit_test_setup_teardown(fields_known_to_hold_secrets_do, set_up, tear_down),
			cmocka_unit_test_setup_teardown(short_and_absent_secrets_change_nothing_else, set_up, tear_down),
			cmocka_unit_test_setup_teardown(placeholders_are_left_alone, set_up, tear_down),
			cmocka_unit_test_setup_teardown(no_place_lets_a_secret_through, set_up, tear_down),
			cmocka_unit_test_setup_teardown(tokens_on_the_way_are_learnt, set_up, tear_down),
			cmocka_unit_test_setup_teardown(too_many_secrets_write_nothing, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
