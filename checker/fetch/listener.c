/* SPDX-License-Identifier: EUPL-1.2 */
/* A listening socket, the thread that serves it, and what came by it. */
#include "fetch/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/vec.h"
#include "fetch/listener_private.h"

enum { BACKLOG = 64, LOOK_MS = 500, PRIVILEGED = 1024 };

int64_t listener_now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Room for either family. */
union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

static bool read_host(struct str host, uint16_t port, union address *out)
{
	char text[INET6_ADDRSTRLEN + 1];
	bool v6 = host.len >= 2 && host.ptr[0] == '[' && host.ptr[host.len - 1] == ']';
	if (v6) host = (struct str){host.ptr + 1, host.len - 2};
	if (host.len >= sizeof text) return false;
	memcpy(text, host.ptr, host.len);
	text[host.len] = '\0';
	memset(out, 0, sizeof *out);
	out->any.sa_family = v6 ? AF_INET6 : AF_INET;
	if (v6) {
		out->v6.sin6_port = htons(port);
		return inet_pton(AF_INET6, text, &out->v6.sin6_addr) == 1;
	}
	out->v4.sin_port = htons(port);
	return inet_pton(AF_INET, text, &out->v4.sin_addr) == 1;
}

/* "127.0.0.1:8099", "[::1]:8099" */
static bool read_address(struct str listen, union address *out)
{
	size_t colon = listen.len;
	uint32_t port;
	while (colon > 0 && listen.ptr[colon - 1] != ':')
		colon--;
	if (colon == 0 || !str_to_u32(str_skip(listen, colon), &port) || port > UINT16_MAX) return false;
	return read_host((struct str){listen.ptr, colon - 1}, (uint16_t)port, out);
}

static uint16_t port_of(const union address *address)
{
	return ntohs(address->any.sa_family == AF_INET6 ? address->v6.sin6_port : address->v4.sin_port);
}

static bool is_every(const union address *address)
{
	if (address->any.sa_family == AF_INET6) return IN6_IS_ADDR_UNSPECIFIED(&address->v6.sin6_addr);
	return address->v4.sin_addr.s_addr == htonl(INADDR_ANY);
}

bool listener_is_address(struct str listen, bool *privileged, bool *every)
{
	union address address;
	if (!read_address(listen, &address)) return false;
	*privileged = port_of(&address) > 0 && port_of(&address) < PRIVILEGED;
	*every = is_every(&address);
	return true;
}

static bool cannot_bind(struct str listen, struct err *err)
{
	const char *why = strerror(errno); /* English; the system's own words help to look it up */
	if (errno == EADDRINUSE)
		return err_set(err, ERR_IO, (struct loc){0},
				"keur cannot listen on %.*s: another program does; give another port, or 0 for any that is free",
				"keur kan niet luisteren op %.*s: een ander programma doet dat al; geef een andere poort, of 0 voor een vrije",
				STR_FMT(listen));
	if (errno == EADDRNOTAVAIL)
		return err_set(err, ERR_IO, (struct loc){0},
				"keur cannot listen on %.*s: this machine has no such address; give one of its own, and the public one in "
				"`url`",
				"keur kan niet luisteren op %.*s: deze machine heeft dat adres niet; geef een adres van de machine zelf, en het "
				"publieke in `url`",
				STR_FMT(listen));
	return err_set(err, ERR_IO, (struct loc){0}, "keur cannot listen on %.*s: %s",
			"keur kan niet luisteren op %.*s: %s", STR_FMT(listen), why);
}

/* A socket that listens, and where; negative and `err`. */
static int open_socket(struct str where, union address *address, struct err *err)
{
	static const int yes = 1;
	socklen_t size = address->any.sa_family == AF_INET6 ? sizeof address->v6 : sizeof address->v4;
	int fd = socket(address->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	bool ok = fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0;
	if (ok && address->any.sa_family == AF_INET6) ok = setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes) == 0;
	ok = ok && bind(fd, &address->any, size) == 0 && listen(fd, BACKLOG) == 0 &&
		 getsockname(fd, &address->any, &size) == 0;
	if (ok) return fd;
	cannot_bind(where, err);
	if (fd >= 0) close(fd);
	return -1;
}

static struct str base_of(struct arena *arena, const struct listener_options *options, const union address *address)
{
	char text[INET6_ADDRSTRLEN];
	struct str url = options->url;
	while (url.len && url.ptr[url.len - 1] == '/')
		url.len--;
	if (url.len) return str_copy(arena, url);
	bool v6 = address->any.sa_family == AF_INET6;
	const void *bits = v6 ? (const void *)&address->v6.sin6_addr : &address->v4.sin_addr;
	if (!inet_ntop(address->any.sa_family, bits, text, sizeof text)) text[0] = '\0';
	return str_printf(arena, v6 ? "http://[%s]:%u" : "http://%s:%u", text, port_of(address));
}

static void on_connection(
		void *self, struct MHD_Connection *connection, void **socket_context, enum MHD_ConnectionNotificationCode code)
{
	struct listener *listener = self;
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		const union MHD_ConnectionInfo *info = listener->api->connection_info(
				connection, MHD_CONNECTION_INFO_CONNECTION_FD);
		struct peer *peer = mem_resize(NULL, 1, sizeof *peer);
		*peer = (struct peer){info ? info->connect_fd : -1, listener_now_ms(), listener->peers};
		listener->peers = peer;
		*socket_context = peer;
		return;
	}
	struct peer **at = &listener->peers;
	while (*at && *at != *socket_context)
		at = &(*at)->next;
	if (*at) *at = (*at)->next;
	free(*socket_context);
	*socket_context = NULL;
}

/*
 * libmicrohttpd ends a connection that is silent; one that sends a byte now and then would keep its place for ever. It
 * sees the end of the socket as the end of the connection, in its own time.
 */
static void end_overdue(struct listener *listener)
{
	int64_t now = listener_now_ms();
	for (struct peer *peer = listener->peers; peer; peer = peer->next)
		if (peer->fd >= 0 && now - peer->since_ms > LIMIT_INBOUND_MS) shutdown(peer->fd, SHUT_RDWR);
}

static void *serve(void *self)
{
	struct listener *listener = self;
	const union MHD_DaemonInfo *info = listener->api->daemon_info(listener->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	struct pollfd watched[] = {{info->epoll_fd, POLLIN, 0}, {listener->wake, POLLIN, 0}};
	while (!atomic_load(&listener->stopping)) {
		MHD_UNSIGNED_LONG_LONG until = 0;
		int wait = LOOK_MS;
		if (listener->api->timeout(listener->daemon, &until) == MHD_YES && until < LOOK_MS) wait = (int)until;
		poll(watched, 2, wait);
		listener->api->run(listener->daemon);
		end_overdue(listener);
	}
	return NULL;
}

static bool start_daemon(struct listener *listener, int fd, struct err *err)
{
	listener->daemon = listener->api->start(MHD_USE_EPOLL, 0, NULL, NULL, listener_request_take, listener,
			MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_LIMIT, (unsigned)LIMIT_INBOUND_CONNECTIONS,
			MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)(LIMIT_INBOUND_MS / 1000), MHD_OPTION_CONNECTION_MEMORY_LIMIT,
			(size_t)LIMIT_INBOUND_MEMORY, MHD_OPTION_URI_LOG_CALLBACK, listener_request_begin, listener,
			MHD_OPTION_NOTIFY_COMPLETED, listener_request_end, listener, MHD_OPTION_NOTIFY_CONNECTION, on_connection,
			listener, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
	if (listener->daemon) return true;
	close(fd);
	return err_set(err, ERR_IO, (struct loc){0}, "libmicrohttpd cannot be started%s",
			"libmicrohttpd kan niet gestart worden%s", "");
}

/* Signals are for the thread that the program began with. */
static bool start_thread(struct listener *listener, struct err *err)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	listener->running = pthread_create(&listener->thread, NULL, serve, listener) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return listener->running || err_set(err, ERR_IO, (struct loc){0}, "the system has no thread to listen with%s",
										"het systeem heeft geen thread om mee te luisteren%s", "");
}

void listener_stop(struct listener *listener)
{
	static const uint64_t one = 1;
	atomic_store(&listener->stopping, true);
	if (listener->running) {
		ssize_t woken = write(listener->wake, &one, sizeof one); /* else it looks by itself, every LOOK_MS */
		(void)woken;
		pthread_join(listener->thread, NULL);
	}
	listener->running = false;
	if (listener->daemon) listener->api->stop(listener->daemon);
	listener->daemon = NULL;
	if (listener->wake >= 0) close(listener->wake);
	listener->wake = -1;
}

static void release(void *handle)
{
	struct listener *listener = handle;
	listener_stop(listener);
	vec_release(&listener->requests);
	arena_free(listener->kept);
	pthread_cond_destroy(&listener->came);
	pthread_mutex_destroy(&listener->lock);
}

/* The moment until which is waited does not move with the clock on the wall. */
static void init_waiting(struct listener *listener)
{
	pthread_condattr_t steady;
	pthread_condattr_init(&steady);
	pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
	pthread_cond_init(&listener->came, &steady);
	pthread_condattr_destroy(&steady);
	pthread_mutex_init(&listener->lock, NULL);
}

struct listener *listener_new(struct arena *arena, const struct listener_options *options, struct err *err)
{
	union address address;
	const struct microhttpd_api *api = microhttpd_load(err);
	if (!api) return NULL;
	if (!read_address(options->listen, &address)) {
		err_set(err, ERR_USAGE, (struct loc){0},
				"expected an address and a port, such as 127.0.0.1:8099 or [::1]:0, found '%.*s'",
				"verwacht een adres en een poort, zoals 127.0.0.1:8099 of [::1]:0, gevonden '%.*s'",
				STR_FMT(options->listen));
		return NULL;
	}
	int fd = open_socket(options->listen, &address, err);
	if (fd < 0) return NULL;
	struct listener *listener = arena_zalloc(arena, sizeof *listener);
	listener->api = api;
	listener->arena = arena;
	listener->kept = arena_new();
	listener->base = base_of(arena, options, &address);
	listener->path = str_skip(listener->base, str_find_str(listener->base, STR("://")) + 3);
	listener->path = str_skip(listener->path, str_find(listener->path, '/'));
	listener->wake = eventfd(0, EFD_CLOEXEC);
	init_waiting(listener);
	arena_on_free(arena, release, listener);
	return start_daemon(listener, fd, err) && start_thread(listener, err) ? listener : NULL;
}

struct str listener_base(const struct listener *listener)
{
	return listener->base;
}

void listener_answer_by(struct listener *listener, struct responder *responder)
{
	pthread_mutex_lock(&listener->lock);
	listener->responder = responder;
	pthread_mutex_unlock(&listener->lock);
}

uint32_t listener_count(struct listener *listener)
{
	pthread_mutex_lock(&listener->lock);
	uint32_t count = (uint32_t)listener->requests.count;
	pthread_mutex_unlock(&listener->lock);
	return count;
}

const struct exchange *listener_at(struct listener *listener, uint32_t index, uint32_t milliseconds)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += milliseconds / 1000;
	until.tv_nsec += (long)(milliseconds % 1000) * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	pthread_mutex_lock(&listener->lock);
	int waited = 0;
	while (listener->requests.count <= index && waited == 0)
		waited = pthread_cond_timedwait(&listener->came, &listener->lock, &until);
	const struct exchange *exchange = index < listener->requests.count ? listener->requests.items[index] : NULL;
	pthread_mutex_unlock(&listener->lock);
	return exchange;
}

struct text listener_gap(struct listener *listener, struct arena *arena)
{
	pthread_mutex_lock(&listener->lock);
	uint32_t refused = listener->refused;
	pthread_mutex_unlock(&listener->lock);
	if (!refused) return TEXT("", "");
	return text_printf(arena, "%u requests to keur were refused, because one run records at most %d of them and %d MB",
			"%u verzoeken aan keur zijn geweigerd, omdat een run er hoogstens %d vastlegt en %d MB", refused,
			LIMIT_INBOUND_REQUESTS, LIMIT_INBOUND_TOTAL_BYTES >> 20);
}
