/* SPDX-License-Identifier: EUPL-1.2 */
/* Signatures by OpenSSL: which algorithm belongs to which key, signing and verifying. */
#include "report/crypto.h"
#include "report/jws.h"
#include "report/strict.h"

enum {
	RSA_LEAST_BITS = 2048,
	RSA_MOST_BITS = 8192, /* a public key of a stranger must not cost seconds */
	RSA_SALT = 32,        /* RFC 7518 section 3.5: as long as the digest */
	MOST_SIGNATURE = 2048,
};

static const struct {
	int key;           /* EVP_PKEY_RSA and so on */
	const char *curve; /* of EC */
	size_t half;       /* of EC: bytes of r, and of s */
} algs[JWS_ALG_COUNT] = {
		[JWS_PS256] = {EVP_PKEY_RSA, NULL, 0},
		[JWS_RS256] = {EVP_PKEY_RSA, NULL, 0},
		[JWS_ES256] = {EVP_PKEY_EC, "prime256v1", 32},
		[JWS_ES384] = {EVP_PKEY_EC, "secp384r1", 48},
		[JWS_EDDSA] = {EVP_PKEY_ED25519, NULL, 0},
};

static bool is_of(const struct crypto *crypto, const EVP_PKEY *key, enum jws_alg alg)
{
	char curve[64] = "";
	size_t length;
	if (crypto->EVP_PKEY_get_base_id(key) != algs[alg].key) return false;
	if (!algs[alg].curve) return true;
	return crypto->EVP_PKEY_get_group_name(key, curve, sizeof curve, &length) == 1 &&
		   strcmp(curve, algs[alg].curve) == 0;
}

bool jws_alg_of_key(const EVP_PKEY *key, enum jws_alg *alg, struct err *err)
{
	const struct crypto *crypto = crypto_load(err);
	if (!crypto) return false;
	int bits = crypto->EVP_PKEY_get_bits(key);
	bool rsa = crypto->EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA;
	if (rsa && (bits < RSA_LEAST_BITS || bits > RSA_MOST_BITS))
		return err_set(err, ERR_RULES, (struct loc){0},
				"an RSA key of %d bits; expected 2048 to 8192: smaller ones can be forged, larger ones are refused",
				"een RSA-sleutel van %d bits; verwacht 2048 tot 8192: kleinere zijn na te maken, grotere worden geweigerd",
				bits);
	for (int i = 0; i < JWS_ALG_COUNT; i++) {
		if (!is_of(crypto, key, (enum jws_alg)i)) continue;
		*alg = (enum jws_alg)i;
		return true;
	}
	return err_set(err, ERR_RULES, (struct loc){0},
			"a key of this kind cannot sign here; expected RSA, EC on P-256 or P-384, or Ed25519%s",
			"met een sleutel van deze soort kan hier niet ondertekend worden; verwacht RSA, EC op P-256 of P-384, of "
			"Ed25519%s",
			"");
}

static bool set_padding(const struct crypto *crypto, EVP_PKEY_CTX *context, enum jws_alg alg)
{
	if (alg != JWS_PS256) return true;
	return crypto->EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) > 0 &&
		   crypto->EVP_PKEY_CTX_set_rsa_mgf1_md(context, crypto->EVP_sha256()) > 0 &&
		   crypto->EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_SALT) > 0;
}

static const EVP_MD *digest_for(const struct crypto *crypto, enum jws_alg alg)
{
	if (alg == JWS_EDDSA) return NULL;
	return alg == JWS_ES384 ? crypto->EVP_sha384() : crypto->EVP_sha256();
}

/* RFC 7518 section 3.4: r and s as they are, one after the other; OpenSSL wants them in DER. */
static size_t to_der(const struct crypto *crypto, struct str raw, size_t half, unsigned char *out)
{
	if (raw.len != 2 * half) return 0;
	const unsigned char *bytes = (const unsigned char *)raw.ptr;
	ECDSA_SIG *pair = crypto->ECDSA_SIG_new();
	BIGNUM *r = crypto->BN_bin2bn(bytes, (int)half, NULL), *s = crypto->BN_bin2bn(bytes + half, (int)half, NULL);
	int length = 0;
	if (pair && r && s && crypto->ECDSA_SIG_set0(pair, r, s) == 1) {
		length = crypto->i2d_ECDSA_SIG(pair, &out);
	} else {
		crypto->BN_free(r);
		crypto->BN_free(s);
	}
	crypto->ECDSA_SIG_free(pair);
	return length > 0 ? (size_t)length : 0;
}

static bool to_raw(const struct crypto *crypto, unsigned char *bytes, size_t *length, size_t half)
{
	const unsigned char *at = bytes;
	const BIGNUM *r = NULL, *s = NULL;
	ECDSA_SIG *pair = crypto->d2i_ECDSA_SIG(NULL, &at, (long)*length);
	if (!pair) return false;
	crypto->ECDSA_SIG_get0(pair, &r, &s);
	bool ok = crypto->BN_bn2binpad(r, bytes, (int)half) == (int)half &&
			  crypto->BN_bn2binpad(s, bytes + half, (int)half) == (int)half;
	crypto->ECDSA_SIG_free(pair);
	*length = 2 * half;
	return ok;
}

static bool check(const struct crypto *crypto, const struct jws *jws, EVP_PKEY *key)
{
	unsigned char der[256];
	const unsigned char *signature = (const unsigned char *)jws->signature.ptr;
	size_t length = jws->signature.len, half = algs[jws->alg].half;
	if (half) {
		length = to_der(crypto, jws->signature, half, der);
		signature = der;
	}
	if (!length) return false;
	EVP_MD_CTX *context = crypto->EVP_MD_CTX_new();
	EVP_PKEY_CTX *settings;
	bool ok = context &&
			  crypto->EVP_DigestVerifyInit(context, &settings, digest_for(crypto, jws->alg), NULL, key) == 1 &&
			  set_padding(crypto, settings, jws->alg) &&
			  crypto->EVP_DigestVerify(context, signature, length, (const unsigned char *)jws->signed_bytes.ptr,
					  jws->signed_bytes.len) == 1;
	crypto->EVP_MD_CTX_free(context);
	crypto->ERR_clear_error();
	return ok;
}

bool jws_verify(const struct jws *jws, EVP_PKEY *key, struct err *err)
{
	enum jws_alg usual = JWS_PS256;
	if (!jws_alg_of_key(key, &usual, err)) return false;
	const struct crypto *crypto = crypto_load(err);
	if (!is_of(crypto, key, jws->alg))
		return err_set(err, ERR_RULES, (struct loc){0},
				"the signature says that it is made by %s, for which the signer has no key; its key is one for %s",
				"de handtekening zegt gemaakt te zijn met %s, maar daarvoor heeft de ondertekenaar geen sleutel; zijn "
				"sleutel is er een voor %s",
				jws_alg_names[jws->alg], jws_alg_names[usual]);
	if (check(crypto, jws, key)) return true;
	return err_set(err, ERR_SYNTAX, (struct loc){0},
			"the signature is not that of this signer over this text: one of them was changed%s",
			"de handtekening is niet die van deze ondertekenaar over deze tekst: een van beide is veranderd%s", "");
}

static bool make(const struct crypto *crypto, EVP_PKEY *key, enum jws_alg alg, struct str bytes, unsigned char *out,
		size_t *length)
{
	EVP_MD_CTX *context = crypto->EVP_MD_CTX_new();
	EVP_PKEY_CTX *settings;
	bool ok = context && crypto->EVP_DigestSignInit(context, &settings, digest_for(crypto, alg), NULL, key) == 1 &&
			  set_padding(crypto, settings, alg) &&
			  crypto->EVP_DigestSign(context, out, length, (const unsigned char *)bytes.ptr, bytes.len) == 1;
	crypto->EVP_MD_CTX_free(context);
	return ok && (!algs[alg].half || to_raw(crypto, out, length, algs[alg].half));
}

bool jws_sign(
		EVP_PKEY *key, enum jws_alg alg, struct str header, struct str payload, struct strbuf *out, struct err *err)
{
	enum jws_alg usual = JWS_PS256;
	unsigned char signature[MOST_SIGNATURE];
	size_t length = sizeof signature;
	if (!jws_alg_of_key(key, &usual, err)) return false;
	const struct crypto *crypto = crypto_load(err);
	if (!is_of(crypto, key, alg))
		return err_set(err, ERR_RULES, (struct loc){0}, "this key cannot sign by %s; it is one for %s",
				"met deze sleutel kan niet met %s ondertekend worden; het is er een voor %s", jws_alg_names[alg],
				jws_alg_names[usual]);
	base64_encode(out, header, BASE64_URL);
	strbuf_add_char(out, '.');
	base64_encode(out, payload, BASE64_URL);
	if (!make(crypto, key, alg, strbuf_str(out), signature, &length))
		return err_set(err, ERR_RULES, (struct loc){0}, "OpenSSL cannot sign with this key (%s)",
				"OpenSSL kan met deze sleutel niet ondertekenen (%s)", crypto_reason(crypto));
	strbuf_add_char(out, '.');
	base64_encode(out, (struct str){(const char *)signature, length}, BASE64_URL);
	return true;
}
