/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * JSON Web Signatures (RFC 7515) in compact serialisation, as JAdES baseline B-B has them: reading, signing, verifying.
 *
 * Read strictly, for the text comes from strangers: base64url in one spelling only, no key of JSON twice, no parameter
 * that is not known (so nothing is critical that we do not understand), and of all algorithms five. Which of these it
 * is follows from the key, never from the text alone: a text that names an algorithm of another kind of key is refused.
 */
#ifndef KEUR_REPORT_JWS_H
#define KEUR_REPORT_JWS_H

#include "base/err.h"

enum jws_alg { JWS_PS256, JWS_RS256, JWS_ES256, JWS_ES384, JWS_EDDSA, JWS_ALG_COUNT };

/* Names as headers write them: "PS256". */
extern const char *const jws_alg_names[JWS_ALG_COUNT];

struct jws {
	enum jws_alg alg;
	struct str signed_bytes; /* what the signature is over: header and payload as they stand, with the dot */
	struct str payload, signature;
	struct str content_type;  /* `cty`; empty: absent */
	int64_t issued_at;        /* `iat`, seconds since 1970; -1: absent */
	struct str *certificates; /* `x5c`, DER, the signer's first */
	uint32_t certificate_count;
	struct str thumbprint; /* `x5t#S256`, 32 bytes; empty: absent */
};

/*
 * Reads the text of the file `name`; `jws` borrows from it, and from the arena. False with ERR_SYNTAX, or ERR_LIMIT
 * above LIMIT_JWS_BYTES. Nothing is verified yet but that the thumbprint is that of the first certificate.
 */
bool jws_read(struct arena *arena, struct str name, struct str text, struct jws *jws, struct err *err);

/* The header of a signature by the key of the first of `certificates`, in canonical form. */
struct str jws_header(
		struct arena *arena, enum jws_alg alg, int64_t issued_at, const struct str *certificates, uint32_t count);

struct evp_pkey_st;

/* Which algorithms a key signs with; false: none that is known, or a key that is too weak (ERR_RULES). */
bool jws_alg_of_key(const struct evp_pkey_st *key, enum jws_alg *alg, struct err *err);

/* Is the signature that of this public key? False with ERR_SYNTAX: another signature; ERR_RULES: another kind of key.
 */
bool jws_verify(const struct jws *jws, struct evp_pkey_st *key, struct err *err);

/* Adds the compact serialisation to `out`, signed. False with ERR_RULES where OpenSSL cannot. */
bool jws_sign(struct evp_pkey_st *key, enum jws_alg alg, struct str header, struct str payload, struct strbuf *out,
		struct err *err);

#endif
