/* SPDX-License-Identifier: EUPL-1.2 */
/* Chains of certificates, and lists of revoked ones. */
#include "report/trust.h"

#include <time.h>

#include "base/io.h"
#include "base/limits.h"

enum { SECURE = 2 /* OpenSSL's level of 112 bits: no SHA-1, no RSA under 2048 bits, anywhere in the chain */ };

struct trust {
	const struct crypto *crypto;
	X509_STORE *store;
	bool has_issuers; /* false: nobody is trusted */
	uint32_t crl_count;
};

static void free_trust(void *handle)
{
	struct trust *it = handle;
	it->crypto->X509_STORE_free(it->store);
}

static bool read_issuers(struct trust *trust, struct arena *arena, const char *path, struct err *err)
{
	const struct crypto *crypto = trust->crypto;
	struct x509_list all;
	if (!x509_read(crypto, arena, path, &all, err)) return false;
	for (uint32_t i = 0; i < all.count; i++)
		crypto->X509_STORE_add_cert(trust->store, all.items[i]);
	crypto->ERR_clear_error();
	return trust->has_issuers = true;
}

/* What on_revocation() works on; OpenSSL calls it on the thread that asked. */
struct revocation;
static _Thread_local struct revocation *revoking;

static bool add_crl(const struct trust *trust, X509_CRL *crl)
{
	if (!crl) return false;
	trust->crypto->X509_STORE_add_crl(trust->store, crl);
	trust->crypto->X509_CRL_free(crl); /* the store has one of its own */
	return true;
}

static bool read_crls(struct trust *trust, struct arena *arena, const char *path, struct err *err)
{
	const struct crypto *crypto = trust->crypto;
	struct str bytes;
	uint32_t before = trust->crl_count;
	if (!io_read(arena, path, LIMIT_TRUST_BYTES, &bytes, err)) return false;
	const unsigned char *at = (const unsigned char *)bytes.ptr, *end = at + bytes.len;
	bool whole;
	if (str_find_str(bytes, STR("-----BEGIN ")) == bytes.len) {
		trust->crl_count += add_crl(trust, crypto->d2i_X509_CRL(NULL, &at, (long)bytes.len));
		whole = at == end;
	} else {
		BIO *bio = crypto->BIO_new_mem_buf(bytes.ptr, (int)bytes.len);
		while (add_crl(trust, crypto->PEM_read_bio_X509_CRL(bio, NULL, NULL, "")))
			trust->crl_count++;
		crypto->BIO_free(bio);
		whole = ERR_GET_REASON(crypto->ERR_peek_last_error()) == PEM_R_NO_START_LINE;
	}
	crypto->ERR_clear_error();
	return (whole && trust->crl_count > before) ||
		   err_set(err, ERR_RULES, (struct loc){.file = str_of(path)},
				   "expected a list of revoked certificates (CRL), in PEM or DER; this cannot be read as one%s",
				   "verwacht een lijst van ingetrokken certificaten (CRL), in PEM of DER; dit is niet zo te lezen%s",
				   "");
}

const struct trust *trust_open(struct arena *arena, const struct trust_options *options, struct err *err)
{
	const struct crypto *crypto = crypto_load(err);
	if (!crypto) return NULL;
	struct trust *trust = arena_zalloc(arena, sizeof *trust);
	trust->crypto = crypto;
	trust->store = crypto->X509_STORE_new();
	arena_on_free(arena, free_trust, trust);
	bool ok = trust->store && (!options->ca || read_issuers(trust, arena, options->ca, err));
	for (uint32_t i = 0; i < options->crl_count && ok; i++)
		ok = read_crls(trust, arena, options->crls[i], err);
	return ok ? trust : NULL;
}

/* What the lists say of a chain, gathered by call-backs of OpenSSL, which finds the list that is about a certificate.
 */
struct revocation {
	const struct crypto *crypto;
	struct arena *arena;
	enum trust_answer answer;
	struct err *err;
};

static void tell(struct revocation *it, X509_STORE_CTX *context, bool revoked)
{
	struct identity who = {0};
	X509 *certificate = it->crypto->X509_STORE_CTX_get_current_cert(context);
	if (certificate) x509_identify(it->crypto, it->arena, certificate, &who);
	if (revoked) {
		it->answer = TRUST_BAD;
		*it->err = (struct err){.arena = it->err->arena};
		err_set(it->err, ERR_RULES, (struct loc){0}, "the certificate of %.*s was revoked by its issuer",
				"het certificaat van %.*s is ingetrokken door de uitgever", STR_FMT(who.subject));
	} else if (it->answer == TRUST_GOOD) {
		it->answer = TRUST_UNKNOWN;
		err_set(it->err, ERR_UNDECIDED, (struct loc){0},
				"no list of revoked certificates (--crl) that is in force says anything of %.*s: %s",
				"geen lijst van ingetrokken certificaten (--crl) die nu geldt zegt iets over %.*s: %s",
				STR_FMT(who.subject),
				it->crypto->X509_verify_cert_error_string(it->crypto->X509_STORE_CTX_get_error(context)));
	}
}

/* That a certificate has ended since it signed is no news here. The worst is told, whatever comes first. */
static int on_revocation(int good, X509_STORE_CTX *context)
{
	struct revocation *it = revoking;
	int code = it->crypto->X509_STORE_CTX_get_error(context);
	if (!good && code != X509_V_ERR_CERT_HAS_EXPIRED && code != X509_V_ERR_CERT_NOT_YET_VALID)
		tell(it, context, code == X509_V_ERR_CERT_REVOKED);
	return 1;
}

static enum trust_answer fail_lists(const struct crypto *crypto, struct err *err)
{
	err_set(err, ERR_UNDECIDED, (struct loc){0},
			"the lists of revoked certificates (--crl) could not be looked up (%s)",
			"de lijsten van ingetrokken certificaten (--crl) konden niet geraadpleegd worden (%s)",
			crypto_reason(crypto));
	return TRUST_UNKNOWN;
}

static enum trust_answer check_revoked(const struct trust *trust, struct arena *arena, X509 *signer,
		OPENSSL_STACK *others, int64_t now, struct err *err)
{
	const struct crypto *crypto = trust->crypto;
	struct revocation it = {crypto, arena, TRUST_GOOD, err};
	X509_STORE_CTX *context = crypto->X509_STORE_CTX_new();
	if (!context || crypto->X509_STORE_CTX_init(context, trust->store, signer, (STACK_OF(X509) *)others) != 1) {
		crypto->X509_STORE_CTX_free(context);
		return fail_lists(crypto, err);
	}
	X509_VERIFY_PARAM *settings = crypto->X509_STORE_CTX_get0_param(context);
	crypto->X509_VERIFY_PARAM_set_time(settings, (time_t)now);
	crypto->X509_VERIFY_PARAM_set_depth(settings, LIMIT_CERTIFICATE_CHAIN);
	crypto->X509_VERIFY_PARAM_set_flags(settings, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
	crypto->X509_STORE_CTX_set_verify_cb(context, on_revocation);
	revoking = &it;
	/* on_revocation() lets it go on whatever it finds: what still stops it is a fault, and then nothing was looked up.
	 */
	bool whole = crypto->X509_verify_cert(context) == 1;
	revoking = NULL;
	crypto->X509_STORE_CTX_free(context);
	if (!whole && it.answer == TRUST_GOOD) return fail_lists(crypto, err);
	crypto->ERR_clear_error();
	return it.answer;
}

static enum trust_answer fail_chain(const struct trust *trust, X509_STORE_CTX *context, struct err *err)
{
	int code = trust->crypto->X509_STORE_CTX_get_error(context);
	int depth = trust->crypto->X509_STORE_CTX_get_error_depth(context) + 1;
	trust->crypto->ERR_clear_error();
	err_set(err, ERR_RULES, (struct loc){0},
			"the signer does not lead to an issuer in --ca: certificate %d at the moment of signing: %s",
			"de ondertekenaar leidt niet naar een uitgever in --ca: certificaat %d op het moment van ondertekenen: %s",
			depth, trust->crypto->X509_verify_cert_error_string(code));
	return TRUST_BAD;
}

static OPENSSL_STACK *others_of(const struct trust *trust, struct arena *arena, const struct jws *jws)
{
	OPENSSL_STACK *others = trust->crypto->OPENSSL_sk_new_null();
	for (uint32_t i = 1; others && i < jws->certificate_count; i++) {
		X509 *one = x509_of_der(trust->crypto, arena, jws->certificates[i]);
		if (one) trust->crypto->OPENSSL_sk_push(others, one);
	}
	return others;
}

enum trust_answer trust_check(const struct trust *trust, struct arena *arena, const struct jws *jws, X509 *signer,
		int64_t now, struct err *err)
{
	const struct crypto *crypto = trust->crypto;
	if (!x509_may_sign(crypto, signer, err)) return TRUST_BAD;
	if (!trust->has_issuers) {
		err_set(err, ERR_UNDECIDED, (struct loc){0},
				"who signed is known by name only: name issuers that you trust with --ca%s",
				"wie ondertekende is alleen bij naam bekend: noem uitgevers die u vertrouwt met --ca%s", "");
		return TRUST_UNKNOWN;
	}
	OPENSSL_STACK *others = others_of(trust, arena, jws);
	X509_STORE_CTX *context = crypto->X509_STORE_CTX_new();
	enum trust_answer answer = TRUST_BAD;
	if (context && crypto->X509_STORE_CTX_init(context, trust->store, signer, (STACK_OF(X509) *)others) == 1) {
		X509_VERIFY_PARAM *settings = crypto->X509_STORE_CTX_get0_param(context);
		crypto->X509_VERIFY_PARAM_set_time(settings, (time_t)jws->issued_at);
		crypto->X509_VERIFY_PARAM_set_auth_level(settings, SECURE);
		crypto->X509_VERIFY_PARAM_set_depth(settings, LIMIT_CERTIFICATE_CHAIN);
		crypto->X509_VERIFY_PARAM_set_flags(settings, X509_V_FLAG_X509_STRICT);
		if (crypto->X509_verify_cert(context) != 1)
			answer = fail_chain(trust, context, err);
		else
			answer = trust->crl_count ? check_revoked(trust, arena, signer, others, now, err) : TRUST_GOOD;
	}
	crypto->X509_STORE_CTX_free(context);
	crypto->OPENSSL_sk_free(others);
	return answer;
}
