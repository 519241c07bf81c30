/* SPDX-License-Identifier: EUPL-1.2 */
/* Any bytes as a signed certificate: read, and where a signer is in it verified and asked who it is. */
#include "report/certificate.h"
#include "report/jws.h"
#include "report/trust.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ask(const struct crypto *crypto, const struct trust *trust, struct arena *arena, const struct jws *jws)
{
	struct identity identity;
	struct err err;
	err_init(&err, arena);
	X509 *signer = jws->certificate_count ? x509_of_der(crypto, arena, jws->certificates[0]) : NULL;
	EVP_PKEY *key = signer ? crypto->X509_get0_pubkey(signer) : NULL;
	if (!key || !x509_identify(crypto, arena, signer, &identity)) return;
	jws_verify(jws, key, &err);
	err_init(&err, arena);
	trust_check(trust, arena, jws, signer, 1764099000, &err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct trust_options nobody = {.ca = NULL};
	struct jws jws;
	struct err err;
	err_init(&err, arena);
	const struct crypto *crypto = crypto_load(&err);
	const struct trust *trust = trust_open(arena, &nobody, &err);
	struct str text = {(const char *)data, size};
	if (crypto && trust && jws_read(arena, STR("certificate.jws"), text, &jws, &err)) {
		ask(crypto, trust, arena, &jws);
		err_init(&err, arena);
		certificate_read(
				arena, STR("certificate.jws"), jws.payload, STR("rules/certificate/1/certificate.schema.json"), &err);
	} else {
		err_init(&err, arena);
		certificate_read(
				arena, STR("certificate.json"), text, STR("rules/certificate/1/certificate.schema.json"), &err);
	}
	arena_free(arena);
	return 0;
}
