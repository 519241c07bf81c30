/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A clock beside libcurl's, which is looked at only when a server pauses: one that sends without pause what nobody can
 * use (frames of HTTP/2 of an unknown type) keeps libcurl busy for as long as it likes. When a request is overdue its
 * client's sockets are shut down, and libcurl finds that the connection has ended.
 *
 * The clock is a thread of the client, started at its first request.
 */
#ifndef KEUR_FETCH_HTTP_WATCH_H
#define KEUR_FETCH_HTTP_WATCH_H

#include <stdbool.h>
#include <stdint.h>

struct http_watch;

enum { HTTP_WATCH_SOCKETS = 32 }; /* that a watch knows of */

/* Never NULL; without a thread to be had it does nothing. */
struct http_watch *http_watch_new(void);

/* Ends it, after which no socket is touched. NULL is allowed. */
void http_watch_free(struct http_watch *watch);

/* A socket that was opened, and one that is about to be closed. */
void http_watch_add(struct http_watch *watch, int socket);
void http_watch_remove(struct http_watch *watch, int socket);

/* Copies the sockets that are open into `out`, at most `most`; returns how many. */
uint32_t http_watch_sockets(struct http_watch *watch, int *out, uint32_t most);

/* A request is under way that has to be over in so many milliseconds. */
void http_watch_start(struct http_watch *watch, uint32_t milliseconds);

/* It is over: was it cut off? */
bool http_watch_stop(struct http_watch *watch);

#endif
