/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which versions of TLS a server accepts, by asking for each of them alone.
 *
 * Only the beginning of a handshake is spoken (fetch/tls_hello.h); facts of certificates come from real connections
 * (struct tls_facts). SSL 2 and 3 are not looked for.
 */
#ifndef KEUR_FETCH_TLS_PROBE_H
#define KEUR_FETCH_TLS_PROBE_H

#include "base/err.h"
#include "fetch/tls_hello.h"

/* Whom to ask: an address as an exchange has it, so that the same machine is asked that answered before. */
struct tls_target {
	struct str address; /* "192.0.2.1", "2001:db8::1" */
	uint32_t port;
	struct str host;     /* for SNI; an address or empty: none */
	bool public_only;    /* refuse loopback, private and other special addresses */
	uint32_t timeout_ms; /* for each version; 0, or more than LIMIT_PROBE_MS: that */
};

enum tls_answer { TLS_UNDECIDED, TLS_ACCEPTED, TLS_REFUSED };

struct tls_offer {
	enum tls_answer answer;
	struct str suite; /* of ACCEPTED: IANA's name, or "0xABCD" */
	struct text why;  /* of UNDECIDED and REFUSED */
};

struct tls_probe {
	struct tls_offer offers[TLS_VERSION_COUNT];
};

/*
 * Asks for every version, one connection each, newest first. Never fails: what could not be found out is UNDECIDED.
 * A server that ends the handshake without naming the version as its reason (another alert, as OpenSSL's internal error
 * for TLS 1.0; or without a word) refused a version when it accepts another, and is UNDECIDED when it accepts none.
 */
struct tls_probe tls_probe(const struct tls_target *target, struct arena *arena);

#endif
