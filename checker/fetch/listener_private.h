/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of the listener share. */
#ifndef KEUR_FETCH_LISTENER_PRIVATE_H
#define KEUR_FETCH_LISTENER_PRIVATE_H

#include <pthread.h>
#include <stdatomic.h>

#include "fetch/listener.h"
#include "fetch/microhttpd.h"

/* A connection, and since when it is busy with, or waits for, one request. */
struct peer {
	int fd;
	int64_t since_ms;
	struct peer *next;
};

struct listener {
	const struct microhttpd_api *api;
	struct arena *arena; /* of who made it; only used by that thread */
	struct MHD_Daemon *daemon;
	struct str base, path; /* path: of the base URL, without a slash at its end */
	int wake;              /* eventfd that ends the thread */
	pthread_t thread;
	bool running;
	struct peer *peers; /* of the listener's thread */
	atomic_bool stopping;
	pthread_mutex_t lock; /* for all below */
	pthread_cond_t came;
	struct responder *responder;
	struct arena *kept; /* of requests */
	struct {
		const struct exchange **items;
		size_t count, capacity;
	} requests;
	size_t bytes;
	uint32_t refused; /* beyond the ceilings of a run */
};

/* Monotonic. */
int64_t listener_now_ms(void);

/* listener_request.c: call-backs of libmicrohttpd; `self` is the listener. */
void *listener_request_begin(void *self, const char *target, struct MHD_Connection *connection);
enum MHD_Result listener_request_take(void *self, struct MHD_Connection *connection, const char *url,
		const char *method, const char *version, const char *bytes, size_t *size, void **request);
void listener_request_end(
		void *self, struct MHD_Connection *connection, void **request, enum MHD_RequestTerminationCode why);

#endif
