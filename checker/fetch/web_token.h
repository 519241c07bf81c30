/* SPDX-License-Identifier: EUPL-1.2 */
/* What a JSON Web Token says of itself, without its signature, so that it can be judged and is no credential. */
#ifndef KEUR_FETCH_WEB_TOKEN_H
#define KEUR_FETCH_WEB_TOKEN_H

#include "fetch/exchange.h"

/*
 * {"header": ..., "payload": ...} as JSON, of the token in "Authorization: Bearer" (RFC 7515 section 3.1), in the
 * arena. Empty when there is none, or its parts are no JSON objects. The signature is not verified: keur has no key.
 */
struct str web_token_of(const struct http_fields *fields, struct arena *arena);

#endif
