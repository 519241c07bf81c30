/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the parts of the HTTP client share; not for others.
 *
 * http.c sends, with redirects and retries; http_redirect.c says where to; http_once.c carries out one exchange with
 * libcurl; http_socket.c opens connections and looks at kept ones; http_head.c reads header sections; http_whole.c sees
 * whether all came; http_tls.c the certificate; http_failure.c says what went wrong.
 */
#ifndef KEUR_FETCH_HTTP_PRIVATE_H
#define KEUR_FETCH_HTTP_PRIVATE_H

#include "base/limits.h"
#include "fetch/coding.h"
#include "fetch/curl.h"
#include "fetch/http.h"
#include "fetch/http_head.h"
#include "fetch/http_watch.h"

/* What is remembered of a host. */
struct http_host {
	struct str name;     /* as origin_text() has it */
	int64_t last_us;     /* when it was last asked; 0: never */
	struct arena *arena; /* of all texts here; renewed with each connection */
	struct tls_facts tls;
	bool multiplexed; /* its last response came by HTTP/2 */
};

struct http_client {
	struct transport transport;
	struct http_options options;
	struct http_auth *auths;
	struct origin *inside;
	const struct curl_api *api;
	CURL *handle;
	struct http_watch *watch;
	struct curl_slist *resolve;
	struct arena *arena;
	struct http_host hosts[LIMIT_HOSTS];
	uint32_t host_next; /* place of the next new host; the oldest goes */
	uint32_t count;     /* exchanges that were numbered */
};

/* One exchange under way. */
struct once {
	struct http_client *client;
	struct exchange *exchange;
	struct arena *arena;
	struct origin origin;
	struct http_head head;
	struct coding coding;
	struct strbuf body;
	struct strbuf sent;                     /* header section of the request, as it went out */
	int64_t started_us, sent_us, active_us; /* begin; last byte out; last byte either way */
	bool multiplexed, is_new, stale; /* of the connection: HTTP/2; opened for this exchange; see http_kept_is_stale() */
	uint32_t total_ms;               /* that this exchange may take */
	uint32_t sends;                  /* times that a connection was about to carry the request */
	int local_port;                  /* of the connection that carried it */
	bool body_too_large, silent, overdue, setup_failed;
	bool excess, closed, cut;   /* bytes came behind the end; TLS was closed properly; see http_is_whole() */
	const char *const *special; /* the address that was refused: what it is */
	struct str special_address;
	char error[CURL_ERROR_SIZE];
};

/* Carries out `exchange->request` and fills the rest of the exchange, `follows`, `step` and `number` excepted. */
void http_once(struct http_client *client, struct exchange *exchange, const struct http_auth *auth,
		const struct origin *origin, struct arena *arena);

/* Ends the handle and its connections. */
void http_disconnect(struct http_client *client);

/* Fills the failure of an exchange that libcurl ended with `code`. */
void http_failure_set(struct once *once, CURLcode code);

/*
 * Whether a kept connection, known by its local port, has ended or has something to say before it was asked. libcurl
 * would take that for the answer to the next request.
 */
bool http_kept_is_stale(const struct once *once, int local_port);

/* Whether the connection that carried the exchange is kept. */
bool http_is_kept(const struct once *once);
/*
 * Whether a response is whole that libcurl took for that. False when its coding was cut off or it has a body that its
 * status does not allow (`head.fault` or `coding.fault` is set), or nothing shows that its body was not `cut`. */
bool http_is_whole(struct once *once);

/* Opens a socket, unless its address may not be asked: a call-back of libcurl, as is the next. */
curl_socket_t http_socket_open(void *once, curlsocktype purpose, struct curl_sockaddr *to);
int http_socket_close(void *watch, curl_socket_t socket);

/* Whether TLS holds bytes that were not read yet; inside a call-back. */
bool http_tls_pending(const struct once *once);

/* Version and cipher, inside a call-back of libcurl, when the connection is there. */
void http_tls_session(struct once *once);

/* Facts of the certificate, after the exchange: of a new connection from libcurl, of a kept one from `host`. */
void http_tls_certificate(struct once *once, struct http_host *host);

/*
 * Where a response leads. `next` is the request without credentials that led to it, and becomes the one to go on with.
 * False when the response is an answer by itself. When it is a redirect that is not followed, `*why` is filled (empty
 * otherwise) and `next` is what would have been asked.
 */
bool http_redirect(const struct http_client *client, const struct exchange *exchange, struct http_request *next,
		struct text *why, struct arena *arena);

/* Whether the request can be sent as it is: a method, fields and sizes that HTTP has; `*why` says what is wrong. */
bool http_request_check(const struct http_request *request, struct text *why, struct arena *arena);

/* A copy of the request, all of it in the arena, its texts followed by a NUL and its URL without fragment. */
struct http_request http_request_copy(const struct http_request *request, struct arena *arena);

/* The time of day as RFC 3339 has it, with milliseconds, in UTC. */
struct str http_now_text(struct arena *arena);

/* Microseconds of a clock that only goes forward. */
int64_t http_now_us(void);

#endif
