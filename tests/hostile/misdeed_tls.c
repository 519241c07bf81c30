/* SPDX-License-Identifier: EUPL-1.2 */
/* Misdeeds in TLS: certificates that are wrong, handshakes that do not come about, connections that are cut. */
#include <string.h>

#include "peer.h"

#define OK "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

static void answer(struct peer *peer)
{
	peer_text(peer, OK "Content-Length: 2\r\nConnection: close\r\n\r\n{}");
	SSL_shutdown(peer->ssl);
}

static void end_without_length(struct peer *peer)
{
	peer_text(peer, OK "Connection: close\r\n\r\n{}");
	SSL_shutdown(peer->ssl);
}

/* The end of the connection is the end of the body, and nothing says that it was meant. */
static void cut_without_length(struct peer *peer)
{
	peer_text(peer, OK "Connection: close\r\n\r\n{\"a\": 1");
	SSL_set_quiet_shutdown(peer->ssl, 1);
}

static void cut_in_length(struct peer *peer)
{
	peer_text(peer, OK "Content-Length: 100\r\n\r\n{\"a\": 1");
	SSL_set_quiet_shutdown(peer->ssl, 1);
}

static void keep_silent(struct peer *peer)
{
	while (peer_wait(peer, 1000))
		;
}

/* Reads the client's hello first, so that it is the handshake that is at fault. */
static void read_hello(struct peer *peer)
{
	char hello[4096];
	peer_read(peer, hello, sizeof hello);
}

static void reset_handshake(struct peer *peer)
{
	read_hello(peer);
	peer_reset(peer);
}

static void close_handshake(struct peer *peer)
{
	read_hello(peer);
}

static void garble_handshake(struct peer *peer)
{
	static const unsigned char hello[] = {22, 3, 3, 0, 60, 2, 0, 0, 56, 3, 3};
	char garbage[5000];
	memset(garbage, 0xa5, sizeof garbage);
	read_hello(peer);
	peer_write(peer, hello, sizeof hello);
	peer_write(peer, garbage, sizeof garbage);
}

static void alert_handshake(struct peer *peer)
{
	static const unsigned char alert[] = {21, 3, 3, 0, 2, 2, 40};
	read_hello(peer);
	peer_write(peer, alert, sizeof alert);
}

/* Warnings may come without end, and mean nothing. */
static void alert_flood(struct peer *peer)
{
	static const unsigned char warning[] = {21, 3, 3, 0, 2, 1, 90};
	read_hello(peer);
	while (peer_write(peer, warning, sizeof warning))
		;
}

static void drip_handshake(struct peer *peer)
{
	static const unsigned char hello[] = {22, 3, 3, 0x3f, 0xff};
	read_hello(peer);
	for (size_t i = 0; peer_wait(peer, 500); i++)
		if (!peer_write(peer, &hello[i < sizeof hello ? i : 0], 1)) return;
}

static void plain_http(struct peer *peer)
{
	read_hello(peer);
	peer_text(peer, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
}

const struct misdeed tls_misdeeds[] = {
		{.name = "tls-good", .certificate = "good", .act = answer},
		{.name = "tls-expired", .certificate = "expired", .act = answer},
		{.name = "tls-early", .certificate = "early", .act = answer},
		{.name = "tls-self-signed", .certificate = "self", .act = answer},
		{.name = "tls-wrong-host", .certificate = "wrong", .act = answer},
		{.name = "tls-1.0", .certificate = "good", .act = answer, .old_tls = true},
		{.name = "tls-end-without-length", .certificate = "good", .act = end_without_length},
		{.name = "tls-cut-without-length", .certificate = "good", .act = cut_without_length},
		{.name = "tls-cut-in-length", .certificate = "good", .act = cut_in_length},
		{.name = "tls-silence", .certificate = "good", .act = keep_silent, .early = true, .raw = true},
		{.name = "tls-reset", .certificate = "good", .act = reset_handshake, .early = true, .raw = true},
		{.name = "tls-close", .certificate = "good", .act = close_handshake, .early = true, .raw = true},
		{.name = "tls-garbage", .certificate = "good", .act = garble_handshake, .early = true, .raw = true},
		{.name = "tls-alert", .certificate = "good", .act = alert_handshake, .early = true, .raw = true},
		{.name = "tls-alert-flood", .certificate = "good", .act = alert_flood, .early = true, .raw = true},
		{.name = "tls-drip", .certificate = "good", .act = drip_handshake, .early = true, .raw = true},
		{.name = "tls-plain-http", .certificate = "good", .act = plain_http, .early = true, .raw = true},
		{.name = NULL},
};
