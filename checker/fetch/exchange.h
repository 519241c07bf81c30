/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * HTTP exchanges: a request, what came of it, and whatever carries one to the other.
 *
 * The contract between those who ask (engine/arazzo, rule/live), those who carry (fetch/http over the network,
 * fetch/replay out of a recording, a stub in a test) and those who keep (fetch/har). An exchange that failed is a fact
 * like any other: it has a failure and a text, and no response. Everything in it lives in the arena that send() was
 * given, or longer. */
#ifndef KEUR_FETCH_EXCHANGE_H
#define KEUR_FETCH_EXCHANGE_H

#include "base/err.h"

/* A field of a header section (RFC 9110 section 5), name as it was written, in order, repeated where it was. */
struct http_field {
	struct str name, value;
};

struct http_fields {
	struct http_field *items;
	uint32_t count;
};

struct token_change;

struct http_request {
	struct str method; /* "GET" */
	struct str url;    /* absolute, http or https, percent-encoded; without fragment */
	struct http_fields fields;
	struct str body;                  /* ptr NULL: none */
	bool anonymous;                   /* without the credentials that the transport has for this host */
	struct str client;                /* with those of this other client; empty: with the usual ones */
	const struct token_change *token; /* fetch/auth.h: with another token than the transport makes; NULL: none */
	bool keep_redirect;               /* a 3xx is the answer itself, and is not followed */
	uint32_t timeout_ms; /* at most so long, for it and each redirect; 0: as long as the transport allows */
};

struct http_response {
	uint32_t status;    /* 200; 0 when there was none */
	struct str reason;  /* "OK"; empty in HTTP/2 */
	struct str version; /* "HTTP/1.1", "HTTP/2" */
	struct http_fields fields;
	struct str body;     /* decoded of its content codings */
	uint64_t wire_bytes; /* of the body, as it came */
};

/* Milliseconds; negative: did not happen (a connection that was kept, plain HTTP). */
struct http_timing {
	double dns, connect, tls, send, wait, receive, total;
};

/* Of the connection; empty texts when it had no TLS or they are not known. Times are RFC 3339. */
struct tls_facts {
	struct str version; /* "TLSv1.3" */
	struct str cipher;
	struct str subject, issuer, not_before, not_after;
	struct str names;       /* DNS names and addresses of the certificate, separated by ", " */
	struct str fingerprint; /* SHA-256 of the certificate, hex */
};

/* Why there is no response. Names in `failure_names`; docs/live.md says what to do about each. */
enum http_failure {
	FAILURE_NONE,
	FAILURE_URL,         /* no URL that can be fetched, or a scheme that nobody named */
	FAILURE_NAME,        /* the name of the host does not resolve */
	FAILURE_ADDRESS,     /* an address that may not be asked: private, loopback, link-local */
	FAILURE_CONNECT,     /* refused, unreachable */
	FAILURE_TIMEOUT,     /* connecting, silence, or the whole took too long; the text says which */
	FAILURE_CERTIFICATE, /* expired, self-signed, for another host, unknown issuer, revoked */
	FAILURE_TLS,         /* the handshake failed otherwise */
	FAILURE_REDIRECT,    /* too many, or to where keur does not go */
	FAILURE_TOO_LARGE,   /* header section or decoded body beyond its ceiling */
	FAILURE_MALFORMED,   /* not HTTP, a wrong length, a bad chunk, a bad content coding */
	FAILURE_RESET,       /* the connection ended before the response did */
	FAILURE_PROXY,
	FAILURE_NOT_RECORDED, /* replay: the recording has no such exchange */
	FAILURE_OTHER,
	FAILURE_COUNT
};

extern const char *const failure_names[FAILURE_COUNT]; /* "name", "certificate", ... */

struct exchange {
	uint32_t number;             /* in the run, from 1; 0 until it is recorded */
	uint32_t follows;            /* number of the exchange whose redirect led here; 0: none */
	struct str step;             /* who asked: "workflow/step", "preflight/descriptor"; may be empty */
	struct str started;          /* RFC 3339 with milliseconds, UTC; volatile */
	struct http_request request; /* as it was sent, fields of the transport (Authorization ...) included */
	struct http_response response;
	struct http_timing timing; /* volatile */
	struct tls_facts tls;
	struct str address; /* that was connected to; of an inbound one that it came from; volatile */
	bool inbound;       /* asked of keur, by the service: the response is keur's own */
	struct str claims;  /* of an inbound one: see fetch/web_token.h; else empty */
	enum http_failure failure;
	struct text why; /* of a failure: what happened and what to do */
};

/*
 * Carries requests. send() returns the last exchange of the redirects that it followed, in `arena`; never NULL.
 * One transport serves one thread at a time; `step` names who asks, for the record.
 */
struct transport {
	const struct exchange *(*send)(
			struct transport *transport, const struct http_request *request, struct str step, struct arena *arena);
	/* Lets time pass between retries, in milliseconds; a replay does not wait. */
	void (*wait)(struct transport *transport, uint32_t milliseconds);
};

/* The first field of that name, whatever its case; NULL when there is none. */
const struct http_field *http_field_find(const struct http_fields *fields, struct str name);

/* All values of that name joined by ", " (RFC 9110 section 5.3), in the arena; ptr NULL when there is none. */
struct str http_field_value(const struct http_fields *fields, struct str name, struct arena *arena);

/* The media type of the body, lower case, without parameters ("application/json"); empty when none is named. */
struct str http_media_type(const struct http_fields *fields, struct arena *arena);

#endif
