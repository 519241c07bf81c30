/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Credentials, and how a request shows them.
 *
 * A credential belongs to the host of `base` (scheme, name, port) and goes nowhere else, redirects included. A request
 * that has the field in question itself keeps its own.
 */
#ifndef KEUR_FETCH_AUTH_H
#define KEUR_FETCH_AUTH_H

#include "fetch/exchange.h"
#include "fetch/origin.h"

enum http_auth_kind {
	AUTH_NONE,    /* only a client certificate */
	AUTH_BEARER,  /* Authorization: Bearer <secret> (RFC 6750) */
	AUTH_BASIC,   /* Authorization: Basic, user `name` (RFC 7617) */
	AUTH_API_KEY, /* field, or with in_query parameter, `name` */
	AUTH_ZGW_JWT, /* Authorization: Bearer, a JWT of client `name` signed with HS256, new for each request */
};

struct http_auth {
	enum http_auth_kind kind;
	struct str base;   /* a URL of the host that it is for */
	struct str client; /* name of another client than the usual one; empty: the usual one */
	struct str name, secret;
	bool in_query;
	struct str user_id, user_representation;   /* of the JWT */
	struct str certificate, key, key_password; /* PEM files for mutual TLS; `certificate` empty: none */
	struct origin origin;                      /* of `base`; filled by the client */
};

/*
 * How the token of one request differs from that of the client, to see whether a service refuses it. Texts with ptr
 * NULL and numbers 0 change nothing.
 */
struct token_change {
	struct str client_id, secret; /* another client; another secret to sign with */
	int64_t age;                  /* seconds that iat lies back; negative: ahead */
	int64_t lifetime;             /* with `expires`: exp, in seconds from now; negative: it is over */
	bool expires;
	bool without_iat, without_client_id;
	bool is_unsigned; /* "alg": "none", and no signature */
};

/* Checks it and fills `origin`: ERR_USAGE when `base` is no URL, or a part is missing or cannot be sent. */
bool http_auth_prepare(struct http_auth *auth, struct arena *arena, struct err *err);

/* The credential as a field: name empty when it is none (a query parameter, a certificate). `now` in Unix seconds;
 * `change` is for AUTH_ZGW_JWT, and may be NULL. */
struct http_field http_auth_field(
		const struct http_auth *auth, const struct token_change *change, int64_t now, struct arena *arena);

/* The URL with the API key in its query, when that is where it goes; else the URL itself. */
struct str http_auth_url(const struct http_auth *auth, struct str url, struct arena *arena);

/*
 * A JWT as the APIs for case-oriented working (ZGW) ask for: claims iss, iat, client_id, user_id, user_representation,
 * signed with HS256 (RFC 7515, RFC 7518 section 3.2).
 */
struct str zgw_token(const struct http_auth *auth, int64_t now, struct arena *arena);

#endif
