/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A small HTTP server on loopback for tests: one thread, one connection at a time, answers by a function of the test.
 *
 * Every wait is bounded, so that a test that goes wrong fails and does not hang.
 */
#ifndef KEUR_TESTS_SERVER_H
#define KEUR_TESTS_SERVER_H

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SERVER_REQUEST_BYTES = 256 << 10, SERVER_KEPT = 64 };

struct server {
	int listener;
	uint16_t port;
	pthread_t thread;
	atomic_bool stopping;
	atomic_int accepts, requests, closes;
	/* Writes the answer to `fd`; returns whether the connection stays open. `number` counts requests from 0. */
	bool (*answer)(struct server *server, int fd, const char *request, int number);
	void *data;
	char *kept[SERVER_KEPT]; /* the first requests, each with its body */
};

/* Writes all of it; a client that is gone is no fault of the server. */
static inline void server_write(int fd, const void *bytes, size_t length)
{
	const char *at = bytes;
	while (length > 0) {
		ssize_t written = send(fd, at, length, MSG_NOSIGNAL);
		if (written <= 0) return;
		at += written;
		length -= (size_t)written;
	}
}

static inline void server_printf(int fd, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline void server_printf(int fd, const char *format, ...)
{
	char text[16384];
	va_list arguments;
	va_start(arguments, format);
	int length = vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	server_write(fd, text, (size_t)length < sizeof text ? (size_t)length : sizeof text - 1);
}

/* A whole answer with a body and its length; `fields` are lines that end in CR LF. */
static inline void server_reply(int fd, const char *status, const char *fields, const char *body)
{
	server_printf(fd, "HTTP/1.1 %s\r\n%sContent-Length: %zu\r\n\r\n%s", status, fields, strlen(body), body);
}

static inline bool server_readable(struct server *server, int fd)
{
	while (!server->stopping) {
		struct pollfd wanted = {.fd = fd, .events = POLLIN};
		if (poll(&wanted, 1, 5) > 0) return !server->stopping;
	}
	return false;
}

/* Sleeps, or less when the test has ended. */
static inline void server_sleep(struct server *server, int milliseconds)
{
	for (int slept = 0; slept < milliseconds && !server->stopping; slept += 5)
		usleep(5000);
}

/* Waits until it has closed so many connections; false when it does not come to that. */
static inline bool server_closed(struct server *server, int count)
{
	for (int slept = 0; slept < 10000 && server->closes < count; slept++)
		usleep(1000);
	return server->closes >= count;
}

static inline size_t server_body_length(const char *head)
{
	const char *field = strcasestr(head, "\r\ncontent-length:");
	return field ? strtoul(field + strlen("\r\ncontent-length:"), NULL, 10) : 0;
}

/* Reads one request into `buffer`; false at the end of the connection. */
static inline bool server_read(struct server *server, int fd, char *buffer)
{
	size_t length = 0;
	while (length < SERVER_REQUEST_BYTES - 1 && server_readable(server, fd)) {
		ssize_t got = recv(fd, buffer + length, SERVER_REQUEST_BYTES - 1 - length, 0);
		if (got <= 0) return false;
		length += (size_t)got;
		buffer[length] = '\0';
		const char *end = strstr(buffer, "\r\n\r\n");
		if (end && length >= (size_t)(end - buffer) + 4 + server_body_length(buffer)) return true;
	}
	return false;
}

static inline void server_serve(struct server *server, int fd, char *buffer)
{
	bool open = true;
	while (open && server_read(server, fd, buffer)) {
		int number = server->requests++;
		if (number < SERVER_KEPT) server->kept[number] = strdup(buffer);
		open = server->answer(server, fd, buffer, number);
	}
}

static inline void *server_run(void *self)
{
	struct server *server = self;
	char *buffer = malloc(SERVER_REQUEST_BYTES);
	while (buffer && server_readable(server, server->listener)) {
		int fd = accept(server->listener, NULL, NULL);
		if (fd < 0) continue;
		server->accepts++;
		server_serve(server, fd, buffer);
		close(fd);
		server->closes++;
	}
	free(buffer);
	return NULL;
}

/* Listens on a free port of `address` ("127.0.0.1", "::1"); false when that address does not exist here. */
static inline bool server_start(struct server *server, const char *address,
		bool (*answer)(struct server *server, int fd, const char *request, int number), void *data)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
	bool is_v4 = inet_pton(AF_INET, address, &v4.sin_addr) == 1;
	if (!is_v4) inet_pton(AF_INET6, address, &v6.sin6_addr);
	socklen_t length = is_v4 ? sizeof v4 : sizeof v6;
	struct sockaddr *bound = is_v4 ? (struct sockaddr *)&v4 : (struct sockaddr *)&v6;
	memset(server, 0, sizeof *server);
	server->answer = answer;
	server->data = data;
	server->listener = socket(bound->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (bind(server->listener, bound, length) != 0 || listen(server->listener, 16) != 0 ||
			getsockname(server->listener, bound, &length) != 0) {
		close(server->listener);
		return false;
	}
	server->port = ntohs(is_v4 ? v4.sin_port : v6.sin6_port);
	return pthread_create(&server->thread, NULL, server_run, server) == 0;
}

static inline void server_stop(struct server *server)
{
	server->stopping = true;
	pthread_join(server->thread, NULL);
	close(server->listener);
	for (int i = 0; i < SERVER_KEPT; i++)
		free(server->kept[i]);
}

#endif
