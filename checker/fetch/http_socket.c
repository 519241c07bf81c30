/* SPDX-License-Identifier: EUPL-1.2 */
/* Connections: which addresses they may go to, and which kept ones can be trusted with another request. */
#include <netinet/in.h>
#include <poll.h>
#include <unistd.h>

#include "fetch/address.h"
#include "fetch/http_private.h"

static bool is_guarded(const struct once *once)
{
	const struct http_client *client = once->client;
	for (uint32_t i = 0; i < client->options.inside_count; i++)
		if (origin_equal(&client->inside[i], &once->origin)) return false;
	return client->options.public_only;
}

curl_socket_t http_socket_open(void *self, curlsocktype purpose, struct curl_sockaddr *to)
{
	(void)purpose;
	struct once *once = self;
	const char *const *special = is_guarded(once) ? address_special(&to->addr) : NULL;
	if (special) {
		once->special = special;
		once->special_address = address_text(&to->addr, once->arena);
		return CURL_SOCKET_BAD;
	}
	int opened = socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
	if (opened < 0) return CURL_SOCKET_BAD;
	once->is_new = true;
	http_watch_add(once->client->watch, opened);
	return opened;
}

int http_socket_close(void *watch, curl_socket_t closing)
{
	http_watch_remove(watch, closing);
	return close(closing);
}

static int port_of(int opened)
{
	struct sockaddr_in6 address = {0};
	socklen_t length = sizeof address;
	if (getsockname(opened, (struct sockaddr *)&address, &length) != 0) return -1;
	/* The port of IPv4 lies at the same place. */
	return ntohs(address.sin6_port);
}

/* HTTP/2 says things of its own accord (PING, SETTINGS), each on a stream of its own; only its end is the end. */
static bool has_input(int opened, bool multiplexed)
{
	char byte;
	struct pollfd wanted = {.fd = opened, .events = POLLIN};
	if (poll(&wanted, 1, 0) <= 0) return false;
	return !multiplexed || recv(opened, &byte, 1, MSG_PEEK | MSG_DONTWAIT) <= 0;
}

bool http_kept_is_stale(const struct once *once, int local_port)
{
	int sockets[HTTP_WATCH_SOCKETS];
	bool known = false;
	if (!once->multiplexed && http_tls_pending(once)) return true;
	uint32_t count = http_watch_sockets(once->client->watch, sockets, HTTP_WATCH_SOCKETS);
	for (uint32_t i = 0; i < count; i++) {
		if (port_of(sockets[i]) != local_port) continue;
		known = true;
		if (has_input(sockets[i], once->multiplexed)) return true;
	}
	return !known; /* a connection that was not opened here is not trusted */
}

bool http_is_kept(const struct once *once)
{
	int sockets[HTTP_WATCH_SOCKETS];
	uint32_t count = http_watch_sockets(once->client->watch, sockets, HTTP_WATCH_SOCKETS);
	for (uint32_t i = 0; i < count; i++)
		if (port_of(sockets[i]) == once->local_port) return true;
	return false;
}
