/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading and writing with bounds, over a socket or TLS. */
#include "peer.h"

#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { READ_WAIT_MS = 5000 };

static bool is_over(const struct peer *peer)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 > peer->until || peer->written > PEER_MOST_BYTES;
}

/* A peer that no longer reads may not keep the thread for good. */
static bool is_writable(const struct peer *peer)
{
	struct pollfd wanted = {.fd = peer->fd, .events = POLLOUT};
	return poll(&wanted, 1, READ_WAIT_MS) > 0;
}

bool peer_write(struct peer *peer, const void *bytes, size_t length)
{
	const char *at = bytes;
	while (length > 0) {
		size_t part = length < (1 << 20) ? length : 1 << 20;
		if (is_over(peer) || !is_writable(peer)) return false;
		ssize_t written = peer->ssl ? SSL_write(peer->ssl, at, (int)part) : send(peer->fd, at, part, MSG_NOSIGNAL);
		if (written <= 0) return false;
		at += written;
		length -= (size_t)written;
		peer->written += (size_t)written;
	}
	return true;
}

bool peer_text(struct peer *peer, const char *text)
{
	return peer_write(peer, text, strlen(text));
}

bool peer_printf(struct peer *peer, const char *format, ...)
{
	char text[4096];
	va_list arguments;
	va_start(arguments, format);
	int length = vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	return length >= 0 && (size_t)length < sizeof text && peer_write(peer, text, (size_t)length);
}

size_t peer_read(struct peer *peer, void *bytes, size_t length)
{
	struct pollfd wanted = {.fd = peer->fd, .events = POLLIN};
	if (is_over(peer)) return 0;
	if (!(peer->ssl && SSL_pending(peer->ssl)) && poll(&wanted, 1, READ_WAIT_MS) <= 0) return 0;
	ssize_t got = peer->ssl ? SSL_read(peer->ssl, bytes, (int)length) : recv(peer->fd, bytes, length, 0);
	return got > 0 ? (size_t)got : 0;
}

bool peer_read_request(struct peer *peer)
{
	size_t length = 0;
	while (length < PEER_REQUEST_BYTES) {
		size_t got = peer_read(peer, peer->request + length, PEER_REQUEST_BYTES - length);
		if (got == 0) return false;
		length += got;
		if (strstr(peer->request, "\r\n\r\n")) return true;
	}
	return false;
}

bool peer_wait(struct peer *peer, int milliseconds)
{
	struct pollfd wanted = {.fd = peer->fd, .events = POLLRDHUP};
	int ended = poll(&wanted, 1, milliseconds);
	return ended == 0 && !is_over(peer);
}

void peer_reset(struct peer *peer)
{
	struct linger now = {1, 0};
	setsockopt(peer->fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
	if (peer->ssl) SSL_set_quiet_shutdown(peer->ssl, 1);
}
