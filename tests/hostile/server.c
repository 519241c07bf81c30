/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A server that misbehaves on demand, on 127.0.0.1: each misdeed listens on a port of its own.
 *
 *	server <folder>
 *
 * writes <folder>/ca.pem, prints a line "<name> <scheme> <port>" for each misdeed and then "ready", and ends by itself
 * after five minutes, or when its standard input does.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "peer.h"

enum { MOST_MISDEEDS = 128, LIFE_SECONDS = 300, BACKLOG = 16 };

struct listener {
	const struct misdeed *misdeed;
	SSL_CTX *context;
	int fd;
	uint16_t port;
};

struct connection {
	const struct listener *listener;
	int fd;
};

static struct listener listeners[MOST_MISDEEDS];
static int listener_count;

uint16_t port_of(const char *name)
{
	for (int i = 0; i < listener_count; i++)
		if (strcmp(listeners[i].misdeed->name, name) == 0) return listeners[i].port;
	return 0;
}

static bool shake_hands(struct peer *peer, const struct listener *listener)
{
	if (!listener->misdeed->certificate || listener->misdeed->raw) return true;
	peer->ssl = SSL_new(listener->context);
	return peer->ssl && SSL_set_fd(peer->ssl, peer->fd) == 1 && SSL_accept(peer->ssl) == 1;
}

static void *serve(void *argument)
{
	struct connection *connection = argument;
	const struct misdeed *misdeed = connection->listener->misdeed;
	struct peer *peer = calloc(1, sizeof *peer);
	peer->fd = connection->fd;
	peer->port = connection->listener->port;
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	peer->until = (int64_t)(now.tv_sec + PEER_MOST_SECONDS) * 1000;
	if (shake_hands(peer, connection->listener) && (misdeed->early || misdeed->http2 || peer_read_request(peer)))
		misdeed->act(peer);
	if (peer->ssl) SSL_free(peer->ssl);
	close(peer->fd);
	free(peer);
	free(connection);
	return NULL;
}

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static void listen_for(const struct misdeed *misdeed)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t length = sizeof at;
	struct listener *listener = &listeners[listener_count];
	if (listener_count == MOST_MISDEEDS) die("too many misdeeds");
	listener->misdeed = misdeed;
	listener->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (listener->fd < 0 || bind(listener->fd, (struct sockaddr *)&at, length) != 0 ||
			listen(listener->fd, BACKLOG) != 0 || getsockname(listener->fd, (struct sockaddr *)&at, &length) != 0)
		die("listen");
	listener->port = ntohs(at.sin_port);
	listener_count++;
	if (misdeed->certificate && !misdeed->raw) listener->context = certificate_context(misdeed->certificate);
	printf("%s %s %u\n", misdeed->name, misdeed->certificate ? "https" : "http", listener->port);
}

static int choose_http2(SSL *ssl, const unsigned char **out, unsigned char *out_length, const unsigned char *in,
		unsigned in_length, void *argument)
{
	static const unsigned char offered[] = "\x02h2";
	(void)ssl, (void)argument;
	int chosen = SSL_select_next_proto((unsigned char **)out, out_length, offered, 3, in, in_length);
	return chosen == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

static void listen_for_all(const struct misdeed *list)
{
	for (; list->name; list++) {
		listen_for(list);
		SSL_CTX *context = listeners[listener_count - 1].context;
		if (context && list->http2) SSL_CTX_set_alpn_select_cb(context, choose_http2, NULL);
		if (context && list->old_tls) {
			SSL_CTX_set_security_level(context, 0);
			SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
			SSL_CTX_set_max_proto_version(context, TLS1_VERSION);
		}
	}
}

static void start(const struct listener *listener, int fd)
{
	pthread_t thread;
	struct connection *connection = malloc(sizeof *connection);
	if (!connection) die("malloc");
	*connection = (struct connection){listener, fd};
	if (pthread_create(&thread, NULL, serve, connection) != 0) {
		close(fd);
		free(connection);
		return;
	}
	pthread_detach(thread);
}

/* Until standard input ends. */
static void accept_all(void)
{
	struct pollfd wanted[MOST_MISDEEDS + 1] = {{.fd = 0, .events = POLLIN}};
	for (int i = 0; i < listener_count; i++)
		wanted[i + 1] = (struct pollfd){.fd = listeners[i].fd, .events = POLLIN};
	while (poll(wanted, (nfds_t)listener_count + 1, -1) >= 0 || errno == EINTR) {
		char ignored[64];
		if (wanted[0].revents && read(0, ignored, sizeof ignored) <= 0) return;
		for (int i = 0; i < listener_count; i++) {
			if (!(wanted[i + 1].revents & POLLIN)) continue;
			int fd = accept(listeners[i].fd, NULL, NULL);
			if (fd >= 0) start(&listeners[i], fd);
		}
	}
}

int main(int argc, char **argv)
{
	char path[4096];
	if (argc != 2 || snprintf(path, sizeof path, "%s/ca.pem", argv[1]) >= (int)sizeof path) {
		fprintf(stderr, "usage: server <folder>\n");
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	alarm(LIFE_SECONDS);
	listen_for_all(http1_misdeeds);
	listen_for_all(body_misdeeds);
	listen_for_all(tls_misdeeds);
	listen_for_all(http2_misdeeds);
	if (!certificate_write_issuer(path)) die(path);
	printf("ready\n");
	fflush(stdout);
	accept_all();
	return 0;
}
