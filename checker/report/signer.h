/* SPDX-License-Identifier: EUPL-1.2 */
/* Whoever signs: a private key, and the certificates that say whose it is. */
#ifndef KEUR_REPORT_SIGNER_H
#define KEUR_REPORT_SIGNER_H

#include "report/jws.h"
#include "report/x509.h"

struct signer_options {
	const char *key;     /* PEM file with one private key */
	const char *chain;   /* PEM file: the signer's certificate first, then those of its issuers */
	struct str password; /* of the key; ptr NULL: none was given */
	struct str alg;      /* "RS256"; empty: the usual one for the key */
	int64_t now;
};

struct signer {
	EVP_PKEY *key;
	enum jws_alg alg;
	struct str *certificates; /* as x5c has them: without a self-signed root behind the signer */
	uint32_t certificate_count;
	struct identity identity;
};

/*
 * Reads key and certificates, freed with the arena, and makes sure that a signature by them would hold: the key is that
 * of the first certificate and strong enough, the certificate is in force at `now` and for signing, and each
 * certificate is issued by the next. NULL with ERR_IO or ERR_RULES.
 */
const struct signer *signer_open(struct arena *arena, const struct signer_options *options, struct err *err);

/* The payload signed at that moment, and a line feed. */
bool signer_sign(const struct signer *signer, struct arena *arena, struct str payload, int64_t moment,
		struct strbuf *out, struct err *err);

#endif
