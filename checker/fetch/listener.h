/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Listening: the requests that a service makes to keur, each answered, and kept in the order in which it was answered.
 *
 * One thread of its own serves the address given, by HTTP/1.1 without TLS, so that a service can call back while keur
 * waits for its answer. Whoever asks is a stranger: bodies, header sections, connections, the time of one request,
 * their number and all of it together have ceilings (LIMIT_INBOUND_*), and a connection that takes too long is closed,
 * be it busy or not. It ends with listener_stop() or its arena; everything that it gave out lives as long as the arena.
 */
#ifndef KEUR_FETCH_LISTENER_H
#define KEUR_FETCH_LISTENER_H

#include "fetch/exchange.h"

/* Says what is answered. Called by the listener's thread, for one request at a time. */
struct responder {
	/* Fills status, fields and body, in the arena; status 0 when it has no answer. */
	void (*answer)(struct responder *responder, const struct http_request *request, struct http_response *response,
			struct arena *arena);
};

struct listener_options {
	struct str listen; /* "127.0.0.1:8099", "[::1]:0"; port 0: any that is free */
	struct str url;    /* by which others reach it, without a slash at the end; empty: http:// and the address */
};

struct listener;

/*
 * Can `listen` be an address and port, both numbers, that keur may listen on? A port below 1024 takes rights that keur
 * should not have. `every` says whether it stands for all addresses of the machine.
 */
bool listener_is_address(struct str listen, bool *privileged, bool *every);

/*
 * Begins to listen. NULL and `err`: ERR_USAGE for what is no such address, ERR_IO when libmicrohttpd is missing, or the
 * address is taken or not of this machine.
 */
struct listener *listener_new(struct arena *arena, const struct listener_options *options, struct err *err);

/* The base URL of what it answers. */
struct str listener_base(const struct listener *listener);

/* From now on `responder` answers; NULL: nobody, and so everything is 404. Returns when the answer before is given. */
void listener_answer_by(struct listener *listener, struct responder *responder);

/* How many requests were answered until now. */
uint32_t listener_count(struct listener *listener);

/* Request number `index`, from 0; waits for it at most so long. NULL when it has not come. */
const struct exchange *listener_at(struct listener *listener, uint32_t index, uint32_t milliseconds);

/* What to tell when there were more requests than are recorded; empty: there were not. In the arena. */
struct text listener_gap(struct listener *listener, struct arena *arena);

/* Ends listening and all connections; what was recorded stays. Twice does no harm. */
void listener_stop(struct listener *listener);

#endif
