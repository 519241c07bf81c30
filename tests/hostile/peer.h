/* SPDX-License-Identifier: EUPL-1.2 */
/* The other side of a connection, with or without TLS, for a server that means no good. */
#ifndef KEUR_TESTS_PEER_H
#define KEUR_TESTS_PEER_H

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* No answer is longer than this, whatever it promises; nor does it take more time. */
#define PEER_MOST_BYTES ((size_t)3 << 30)
enum { PEER_MOST_SECONDS = 60, PEER_REQUEST_BYTES = 64 << 10 };

struct peer {
	int fd;
	SSL *ssl; /* NULL: plain */
	size_t written;
	int64_t until; /* in milliseconds: when this answer has to be over */
	uint16_t port; /* that it connected to */
	char request[PEER_REQUEST_BYTES + 1];
};

/* Writes all of it; false when the peer is gone, or has had enough of what is allowed. */
bool peer_write(struct peer *peer, const void *bytes, size_t length);
bool peer_text(struct peer *peer, const char *text);
bool peer_printf(struct peer *peer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Reads up to `length` bytes; 0 at the end, and when nothing comes in five seconds. */
size_t peer_read(struct peer *peer, void *bytes, size_t length);

/* Reads a request up to its empty line, into `request`. */
bool peer_read_request(struct peer *peer);

/* Waits, and sees whether the peer is still there. */
bool peer_wait(struct peer *peer, int milliseconds);

/* The connection ends with RST. */
void peer_reset(struct peer *peer);

/* What the server does with one connection. Those of HTTP/1 get the request in peer->request. */
typedef void misdeed_fn(struct peer *peer);

struct misdeed {
	const char *name;
	const char *certificate; /* NULL: no TLS */
	misdeed_fn *act;
	bool early; /* before any request is read */
	bool http2;
	bool old_tls; /* TLS 1.0 only */
	bool raw;     /* without a handshake, although the URL says https */
};

/* Each list ends with a name that is NULL. */
extern const struct misdeed http1_misdeeds[], body_misdeeds[], tls_misdeeds[], http2_misdeeds[];

/* The port of a misdeed, for redirects; 0 when there is none such. */
uint16_t port_of(const char *name);

/* certificate.c: the context of a server with a certificate: good, expired, early, self, wrong. Dies when it cannot. */
SSL_CTX *certificate_context(const char *name);

/* Writes the issuer of all but "self" as PEM. */
bool certificate_write_issuer(const char *path);

#endif
