/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * HTTP over the network: a client, which is a transport (fetch/exchange.h).
 *
 * It keeps connections open between requests, follows redirects by its own policy (docs/live.md), decodes gzip, deflate
 * and br, and verifies certificates always: there is no option to leave that out. Cookies, proxies of the environment,
 * .netrc and schemes other than http and https do not exist for it. Every request that went out, each hop of a redirect
 * and each retry too, is an exchange of its own that the recorder gets.
 *
 * A client belongs to one thread at a time; several clients may work at once.
 */
#ifndef KEUR_FETCH_HTTP_H
#define KEUR_FETCH_HTTP_H

#include "fetch/auth.h"
#include "fetch/recorder.h"

/* All of it may be zero: the public defaults. What it points to need not outlive http_client_new(). */
struct http_options {
	const struct http_auth *auths; /* at most one for each host and client */
	uint32_t auth_count;
	struct str ca_file;        /* PEM: the issuers to trust, instead of those of the system */
	struct str proxy;          /* URL; excludes public_only, for a proxy connects where it likes */
	const struct str *resolve; /* "host:port:address": instead of asking DNS */
	uint32_t resolve_count;
	struct str agent;         /* User-Agent; empty: "keur/<version>" */
	uint32_t connect_ms;      /* 0: LIMIT_CONNECT_MS; name, connection and handshake together */
	uint32_t idle_ms;         /* 0: LIMIT_IDLE_MS; without a byte; seen within a second */
	uint32_t total_ms;        /* 0: LIMIT_TOTAL_MS; one exchange */
	size_t header_bytes;      /* 0, or more than LIMIT_HEADER_BYTES: that */
	size_t body_bytes;        /* 0, or more than LIMIT_RESPONSE_BYTES: that; decoded */
	uint32_t retries;         /* of GET, HEAD and OPTIONS, at most LIMIT_RETRIES; 0: none */
	uint32_t pace_ms;         /* at least this long from request to request to one host; 0: no pace */
	bool public_only;         /* refuse loopback, private and other special addresses (fetch/address.h) ... */
	const struct str *inside; /* ... but not for the hosts of these URLs, which a person named */
	uint32_t inside_count;
	bool allow_downgrade; /* follow redirects from https to http */
	bool http1_only;
	struct recorder *recorder; /* NULL: none; outlives the client */
};

struct http_client;

/*
 * A client, in the arena, which also ends its connections. NULL and `err` filled when libcurl is missing (ERR_IO), or
 * the options contradict each other or cannot be used (ERR_USAGE).
 */
struct http_client *http_client_new(struct arena *arena, const struct http_options *options, struct err *err);

/* The client as a transport; lives as long. */
struct transport *http_client_transport(struct http_client *client);

#endif
