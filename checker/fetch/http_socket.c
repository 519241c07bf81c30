/* Connections: which addresses they may go to, and which kept ones can be trusted with another request. */
#include <netinet/in.h>
#include <poll.h>
#include <unistd.h>

#include "base/vec.h"
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
	*vec_push(&once->client->sockets) = opened;
	return opened;
}

int http_socket_close(void *self, curl_socket_t closing)
{
	struct http_client *client = self;
	for (size_t i = 0; i < client->sockets.count; i++)
		if (client->sockets.items[i] == closing)
			client->sockets.items[i--] = client->sockets.items[--client->sockets.count];
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
	const struct http_client *client = once->client;
	if (!once->multiplexed && http_tls_pending(once)) return true;
	bool known = false;
	for (size_t i = 0; i < client->sockets.count; i++) {
		if (port_of(client->sockets.items[i]) != local_port) continue;
		known = true;
		if (has_input(client->sockets.items[i], once->multiplexed)) return true;
	}
	return !known; /* a connection that was not opened here is not trusted */
}
