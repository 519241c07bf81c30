/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The first words of TLS: a ClientHello for one version, and what a server says to it.
 *
 * Written by hand, for it takes no cryptography and the libraries of today refuse to speak the versions that a server
 * must be shown not to accept (RFC 2246, RFC 4346, RFC 5246, RFC 8446; RFC 8996 on why).
 */
#ifndef KEUR_FETCH_TLS_HELLO_H
#define KEUR_FETCH_TLS_HELLO_H

#include "base/str.h"

enum tls_version { TLS_1_0, TLS_1_1, TLS_1_2, TLS_1_3, TLS_VERSION_COUNT };

extern const char *const tls_version_names[TLS_VERSION_COUNT]; /* "TLSv1.0", ... */

/* Adds the record of a ClientHello that offers that version and no other. `host` goes into SNI; empty: none. */
void tls_hello_write(struct strbuf *out, enum tls_version version, struct str host);

enum tls_reply_kind {
	TLS_REPLY_MORE,    /* not enough bytes yet */
	TLS_REPLY_HELLO,   /* a ServerHello (or HelloRetryRequest): version and suite are set */
	TLS_REPLY_ALERT,   /* a fatal alert: alert is set */
	TLS_REPLY_NOT_TLS, /* something else */
};

struct tls_reply {
	enum tls_reply_kind kind;
	uint16_t version; /* on the wire: 0x0301 for TLS 1.0 ... 0x0304 for TLS 1.3 */
	uint16_t suite;
	uint8_t alert;
};

/* Reads what a server sent so far, from its first byte. Whatever the bytes: reads nothing beyond them. */
struct tls_reply tls_reply_read(struct str bytes);

/* How a version looks on the wire. */
uint16_t tls_wire_version(enum tls_version version);

/* The name of a cipher suite in IANA's registry; NULL for one that is not in common use. */
const char *tls_suite_name(uint16_t suite);

#endif
