/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Whether somebody known vouches for a signer: the chain of certificates up to an issuer that the reader trusts
 * (RFC 5280), and lists of revoked certificates.
 *
 * The chain is judged at the moment of signing, revocation as it is known now: without a time stamp of somebody else
 * nothing shows that a signature is older than the theft of its key, so a revoked signer signs nothing.
 */
#ifndef KEUR_REPORT_TRUST_H
#define KEUR_REPORT_TRUST_H

#include "report/jws.h"
#include "report/x509.h"

struct trust_options {
	const char *ca;          /* PEM file of issuers that are trusted; NULL: nobody is */
	const char *const *crls; /* files of revoked certificates, PEM or DER */
	uint32_t crl_count;
};

struct trust;

/* Reads them once, for any number of signatures. NULL with ERR_IO, ERR_LIMIT or ERR_RULES. */
const struct trust *trust_open(struct arena *arena, const struct trust_options *options, struct err *err);

enum trust_answer {
	TRUST_GOOD,
	TRUST_UNKNOWN, /* no issuers were named, or no list that says something of this signer now */
	TRUST_BAD
};

/* May this signer sign, and does somebody trusted say who it is? `err` says why not. `now` is for lists. */
enum trust_answer trust_check(const struct trust *trust, struct arena *arena, const struct jws *jws, X509 *signer,
		int64_t now, struct err *err);

#endif
