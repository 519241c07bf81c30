/* SPDX-License-Identifier: EUPL-1.2 */
/* X.509 certificates as signatures need them: read, told, and whether they are for signing (RFC 5280 section 4.2.1). */
#ifndef KEUR_REPORT_X509_H
#define KEUR_REPORT_X509_H

#include "report/crypto.h"

/* Who a certificate is of, as a person reads it. */
struct identity {
	struct str subject, issuer;    /* "CN=..., O=..., C=NL" */
	struct str policies;           /* object identifiers with ", " between; empty: none */
	int64_t not_before, not_after; /* seconds since 1970 */
};

struct x509_list {
	X509 **items;
	uint32_t count;
};

/* The certificate of exactly these bytes, freed with the arena; NULL when they are none. */
X509 *x509_of_der(const struct crypto *crypto, struct arena *arena, struct str der);

/* All certificates of a PEM file of that name, at least one. False with ERR_IO, ERR_LIMIT or ERR_RULES. */
bool x509_read(
		const struct crypto *crypto, struct arena *arena, const char *path, struct x509_list *out, struct err *err);

/* The bytes of a certificate, in the arena. */
struct str x509_der(const struct crypto *crypto, struct arena *arena, const X509 *certificate);

/* False when its validity cannot be read. */
bool x509_identify(const struct crypto *crypto, struct arena *arena, X509 *certificate, struct identity *out);

/* Does the certificate say that its key signs documents? ERR_RULES with the reason: that of an issuer, a key usage
 * without digitalSignature and nonRepudiation, or an extended key usage for servers and nothing else. */
bool x509_may_sign(const struct crypto *crypto, X509 *certificate, struct err *err);

/* A moment of a certificate or list, in seconds since 1970. */
bool x509_time(const struct crypto *crypto, const ASN1_TIME *time, int64_t *out);

/* "2026-11-25T19:30:00Z" */
struct str x509_moment(struct arena *arena, int64_t seconds);

#endif
