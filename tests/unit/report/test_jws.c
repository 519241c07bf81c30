/* SPDX-License-Identifier: EUPL-1.2 */
/* Signatures: the examples of RFC 7515 appendix A and RFC 8037 appendix A, our own, and what is no signature. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "fetch/base64.h"
#include "report/crypto.h"
#include "report/jws.h"
#include "report/strict.h"

#define JOE "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"

/* A signature, and the public key of it as SubjectPublicKeyInfo in base64. */
struct vector {
	const char *text, *key;
};

static const struct vector vectors[] = {
		/* RFC 7515 A.2 */
		{"eyJhbGciOiJSUzI1NiJ9." JOE
		 ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CU"
		 "Ar7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--"
		 "xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypG"
		 "lUPQGe77Rw",
				"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd/wWJcyQoTbji9k0l8W26mPddxHmfHQp"
				"+Vaw+4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL+yRT+SFd2lZS+pCgNMsD1W/YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb/7OMg0LOL+bSf63kpa"
				"SHSXndS5z5rexMdbBYUsLA9e+KXBdQOS+UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6/I5IhlJH7aGhyxXFvUK"
				"+DWNmoudF8NAco9/h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQIDAQAB"},
		/* RFC 7515 A.3 */
		{"eyJhbGciOiJFUzI1NiJ9." JOE
		 ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
				"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEXH8UTNG72bfocs3+257rn0s2ldbqkL"
				"JK2KRiMohYjlrQ=="},
		/* RFC 8037 A.4 */
		{"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
		 ".hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg",
				"MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="},
};

static EVP_PKEY *key_of(struct arena *arena, const char *text)
{
	struct err err;
	struct str der;
	err_init(&err, arena);
	const struct crypto *crypto = crypto_load(&err);
	if (!crypto) fail_msg("%s", err.message.in[LANG_EN].ptr);
	assert_true(strict_base64(arena, str_of(text), BASE64, &der));
	const unsigned char *at = (const unsigned char *)der.ptr;
	EVP_PKEY *key = crypto->d2i_PUBKEY(NULL, &at, (long)der.len);
	assert_non_null(key);
	return key;
}

static bool verifies(struct arena *arena, struct str text, EVP_PKEY *key)
{
	struct jws jws;
	struct err err;
	err_init(&err, arena);
	return jws_read(arena, STR("x.jws"), text, &jws, &err) && jws_verify(&jws, key, &err);
}

static void test_vectors(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
		struct arena *arena = arena_new();
		struct err err;
		err_init(&err, arena);
		EVP_PKEY *key = key_of(arena, vectors[i].key);
		struct str text = str_of(vectors[i].text);
		assert_true(verifies(arena, text, key));
		/* No character may be another, in no part. */
		for (size_t at = 0; at < text.len; at++) {
			char *other = arena_copy(arena, text.ptr, text.len);
			other[at] = other[at] == 'A' ? 'B' : 'A';
			if (verifies(arena, (struct str){other, text.len}, key)) fail_msg("vector %zu, character %zu", i, at);
		}
		crypto_load(&err)->EVP_PKEY_free(key);
		arena_free(arena);
	}
}

/* The signature of one under the key of another. */
static void test_other_keys(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	for (size_t i = 0; i < 3; i++) {
		EVP_PKEY *key = key_of(arena, vectors[(i + 1) % 3].key);
		struct jws jws;
		struct err why;
		err_init(&why, arena);
		assert_true(jws_read(arena, STR("x.jws"), str_of(vectors[i].text), &jws, &err));
		assert_false(jws_verify(&jws, key, &why));
		assert_int_equal(why.code, ERR_RULES);
		assert_non_null(strstr(why.message.in[LANG_EN].ptr, "for which the signer has no key"));
		crypto_load(&err)->EVP_PKEY_free(key);
	}
	arena_free(arena);
}

static struct str compact(struct arena *arena, const char *header, const char *payload)
{
	struct strbuf out;
	strbuf_init(&out, 1 << 22);
	base64_encode(&out, str_of(header), BASE64_URL);
	strbuf_add_char(&out, '.');
	base64_encode(&out, str_of(payload), BASE64_URL);
	strbuf_add(&out, STR(".AAAA"));
	return strbuf_take(&out, arena);
}

/* A header that is refused, and for which reason. */
static const struct {
	const char *header, *why;
} bad_headers[] = {
		{"{\"alg\":\"none\"}", "found 'none'"},
		{"{\"alg\":\"HS256\"}", "found 'HS256'"},
		{"{\"alg\":\"ps256\"}", "found 'ps256'"},
		{"{\"alg\":\"PS512\"}", "found 'PS512'"},
		{"{\"alg\":1}", "found ''"},
		{"{}", "found ''"},
		{"[]", "expected an object"},
		{"{\"alg\":\"ES256\",\"alg\":\"ES256\"}", "alg"},
		{"{\"alg\":\"ES256\",\"\\u0061lg\":\"none\"}", "alg"},
		{"{\"alg\":\"ES256\",\"crit\":[\"iat\"]}", "found 'crit'"},
		{"{\"alg\":\"ES256\",\"jwk\":{}}", "found 'jwk'"},
		{"{\"alg\":\"ES256\",\"jku\":\"https://a\"}", "found 'jku'"},
		{"{\"alg\":\"ES256\",\"x5u\":\"https://a\"}", "found 'x5u'"},
		{"{\"alg\":\"ES256\",\"kid\":\"1\"}", "found 'kid'"},
		{"{\"alg\":\"ES256\",\"b64\":false}", "found 'b64'"},
		{"{\"alg\":\"ES256\",\"iat\":-1}", "whole seconds"},
		{"{\"alg\":\"ES256\",\"iat\":1.5}", "whole seconds"},
		{"{\"alg\":\"ES256\",\"iat\":1e9}", "whole seconds"},
		{"{\"alg\":\"ES256\",\"iat\":\"1\"}", "whole seconds"},
		{"{\"alg\":\"ES256\",\"iat\":1234567890123}", "whole seconds"},
		{"{\"alg\":\"ES256\",\"cty\":1}", "text as 'cty'"},
		{"{\"alg\":\"ES256\",\"typ\":null}", "text as 'typ'"},
		{"{\"alg\":\"ES256\",\"x5c\":[]}", "1 to 10"},
		{"{\"alg\":\"ES256\",\"x5c\":\"AAAA\"}", "1 to 10"},
		{"{\"alg\":\"ES256\",\"x5c\":[\"A-_A\"]}", "1 to 10"},
		{"{\"alg\":\"ES256\",\"x5c\":[\"AAA\"]}", "1 to 10"},
		{"{\"alg\":\"ES256\",\"x5t#S256\":\"AAAA\"}", "x5t#S256"},
		{"{\"alg\":\"ES256\",\"x5c\":[\"AAAA\"],\"x5t#S256\":\"AAAA\"}", "x5t#S256"},
		{"{\"alg\":\"ES256\"} x", "expected"},
		{"alg: ES256", "expected"},
		{"\xEF\xBB\xBF{\"alg\":\"\xFF\"}", ""},
};

static void test_headers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bad_headers / sizeof *bad_headers; i++) {
		struct arena *arena = arena_new();
		struct jws jws;
		struct err err;
		err_init(&err, arena);
		if (jws_read(arena, STR("x.jws"), compact(arena, bad_headers[i].header, "{}"), &jws, &err))
			fail_msg("accepted: %s", bad_headers[i].header);
		assert_int_equal(err.code, ERR_SYNTAX);
		if (!strstr(err.message.in[LANG_EN].ptr, bad_headers[i].why))
			fail_msg("%s: %s", bad_headers[i].header, err.message.in[LANG_EN].ptr);
		assert_true(err.message.in[LANG_NL].len > 0);
		arena_free(arena);
	}
}

/* base64url has one spelling, and a compact serialisation three parts. */
static void test_spelling(void **state)
{
	(void)state;
	static const char *const texts[] = {"", ".", "..", "a.b", "eyJhbGciOiJFUzI1NiJ9.e30",
			"eyJhbGciOiJFUzI1NiJ9.e30.AA==", "eyJhbGciOiJFUzI1NiJ9.e30=.AAAA", "eyJhbGciOiJFUzI1NiJ9.e31.AAAA",
			"eyJhbGciOiJFUzI1NiJ9.e30.AAAA.AAAA", "eyJhbGciOiJFUzI1NiJ9.e30.AA\nAA", "eyJhbGciOiJFUzI1NiJ9.e30.AAAB ",
			"eyJhbGciOiJFUzI1NiJ9.e30.+///",
			"{\"payload\":\"e30\",\"protected\":\"eyJhbGciOiJFUzI1NiJ9\",\"signature\":\"AAAA\"}"};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct arena *arena = arena_new();
		struct jws jws;
		struct err err;
		err_init(&err, arena);
		if (jws_read(arena, STR("x.jws"), str_of(texts[i]), &jws, &err)) fail_msg("accepted: %s", texts[i]);
		assert_int_equal(err.code, ERR_SYNTAX);
		arena_free(arena);
	}
}

static void test_size(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct jws jws;
	struct err err;
	char *large = arena_zalloc(arena, (1 << 20) + 1);
	err_init(&err, arena);
	memset(large, 'A', (1 << 20) + 1);
	assert_false(jws_read(arena, STR("x.jws"), (struct str){large, (1 << 20) + 1}, &jws, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	arena_free(arena);
}

static void test_header_of_ours(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct str certificates[] = {STR("one"), STR("two")};
	struct str header = jws_header(arena, JWS_PS256, 1764099000, certificates, 2);
	/* SHA-256 of "one", as sha256sum has it */
	assert_string_equal(header.ptr,
			"{\"alg\":\"PS256\",\"cty\":\"json\",\"iat\":1764099000,\"typ\":\"jose\",\"x5c\":[\"b25l\",\"dHdv\"],"
			"\"x5t#S256\":\"dpLDrTVAu4A8Ags67mbNiIcSMjTqDG5xQ8Ct1z_0Me0\"}");
	struct jws jws;
	struct err err;
	err_init(&err, arena);
	assert_true(jws_read(arena, STR("x.jws"), compact(arena, header.ptr, "payload"), &jws, &err));
	assert_int_equal(jws.alg, JWS_PS256);
	assert_int_equal(jws.issued_at, 1764099000);
	assert_int_equal(jws.certificate_count, 2);
	assert_true(str_eq(jws.certificates[1], STR("two")) && str_eq(jws.payload, STR("payload")));
	assert_true(str_eq(jws.content_type, STR("json")) && jws.thumbprint.len == 32);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_vectors),
			cmocka_unit_test(test_other_keys),
			cmocka_unit_test(test_headers),
			cmocka_unit_test(test_spelling),
			cmocka_unit_test(test_size),
			cmocka_unit_test(test_header_of_ours),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
