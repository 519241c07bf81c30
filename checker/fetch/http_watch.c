/* SPDX-License-Identifier: EUPL-1.2 */
/* Shuts down the sockets of a request that is overdue. */
#include "fetch/http_watch.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/arena.h"
#include "base/limits.h"

/* As many as libcurl may keep, and some that it is opening. */
_Static_assert(HTTP_WATCH_SOCKETS >= 2 * LIMIT_CONNECTIONS, "a watch knows all sockets");

enum { MS_PER_S = 1000, NS_PER_MS = 1000000, NS_PER_S = 1000000000 };

struct http_watch {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t change;
	struct timespec due;
	bool running, waiting, overdue, ending; /* is there a thread, a request; was it cut off; is all over */
	int sockets[HTTP_WATCH_SOCKETS];
	uint32_t count;
};

static void shut_down(struct http_watch *watch)
{
	for (uint32_t i = 0; i < watch->count; i++)
		shutdown(watch->sockets[i], SHUT_RDWR);
	watch->overdue = true;
	watch->waiting = false;
}

static bool is_due(const struct http_watch *watch)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec > watch->due.tv_sec || (now.tv_sec == watch->due.tv_sec && now.tv_nsec >= watch->due.tv_nsec);
}

static void *keep_watch(void *argument)
{
	struct http_watch *watch = argument;
	pthread_mutex_lock(&watch->lock);
	while (!watch->ending) {
		if (!watch->waiting)
			pthread_cond_wait(&watch->change, &watch->lock);
		else if (is_due(watch))
			shut_down(watch);
		else
			pthread_cond_timedwait(&watch->change, &watch->lock, &watch->due);
	}
	pthread_mutex_unlock(&watch->lock);
	return NULL;
}

/* Signals are for the threads that know of them. */
static void start_thread(struct http_watch *watch)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	watch->running = pthread_create(&watch->thread, NULL, keep_watch, watch) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

struct http_watch *http_watch_new(void)
{
	pthread_condattr_t attributes;
	struct http_watch *watch = mem_resize(NULL, 1, sizeof *watch);
	memset(watch, 0, sizeof *watch);
	pthread_mutex_init(&watch->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&watch->change, &attributes);
	pthread_condattr_destroy(&attributes);
	return watch;
}

void http_watch_free(struct http_watch *watch)
{
	if (!watch) return;
	pthread_mutex_lock(&watch->lock);
	watch->ending = true;
	pthread_cond_signal(&watch->change);
	pthread_mutex_unlock(&watch->lock);
	if (watch->running) pthread_join(watch->thread, NULL);
	pthread_cond_destroy(&watch->change);
	pthread_mutex_destroy(&watch->lock);
	free(watch);
}

void http_watch_add(struct http_watch *watch, int socket)
{
	pthread_mutex_lock(&watch->lock);
	if (watch->count < HTTP_WATCH_SOCKETS) watch->sockets[watch->count++] = socket;
	pthread_mutex_unlock(&watch->lock);
}

void http_watch_remove(struct http_watch *watch, int socket)
{
	pthread_mutex_lock(&watch->lock);
	for (uint32_t i = 0; i < watch->count; i++) {
		if (watch->sockets[i] != socket) continue;
		watch->sockets[i] = watch->sockets[--watch->count];
		break;
	}
	pthread_mutex_unlock(&watch->lock);
}

uint32_t http_watch_sockets(struct http_watch *watch, int *out, uint32_t most)
{
	pthread_mutex_lock(&watch->lock);
	uint32_t count = watch->count < most ? watch->count : most;
	memcpy(out, watch->sockets, count * sizeof *out);
	pthread_mutex_unlock(&watch->lock);
	return count;
}

void http_watch_start(struct http_watch *watch, uint32_t milliseconds)
{
	if (!watch->running) start_thread(watch);
	pthread_mutex_lock(&watch->lock);
	clock_gettime(CLOCK_MONOTONIC, &watch->due);
	watch->due.tv_sec += milliseconds / MS_PER_S;
	watch->due.tv_nsec += (long)(milliseconds % MS_PER_S) * NS_PER_MS;
	if (watch->due.tv_nsec >= NS_PER_S) {
		watch->due.tv_sec++;
		watch->due.tv_nsec -= NS_PER_S;
	}
	watch->overdue = false;
	watch->waiting = true;
	pthread_cond_signal(&watch->change);
	pthread_mutex_unlock(&watch->lock);
}

bool http_watch_stop(struct http_watch *watch)
{
	pthread_mutex_lock(&watch->lock);
	bool overdue = watch->overdue;
	watch->waiting = false;
	pthread_mutex_unlock(&watch->lock);
	return overdue;
}
