/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Secrets, and texts without them: what every output of keur goes through before it leaves the program.
 *
 * A secret is a string of bytes with a label. Wherever it occurs, in whatever encoding a header, a URL or a body may
 * carry, "[secret:label]" comes in its place: as it is, escaped (percent, JSON, XML, in any mix), in base64 or
 * base64url at any alignment, hexadecimal, UTF-16, and in two of those one within the other; docs/evidence.md has the
 * list, and what is not found. A secret shorter than SECRET_MIN is replaced in the fields that are known to hold one,
 * and nowhere else.
 *
 * The placeholder of a known label is left alone, so that redacting twice gives what redacting once gave.
 * Cost is linear in the text, whatever the number of secrets. Const after secrets_seal(), and then shared by threads.
 */
#ifndef KEUR_FETCH_SECRETS_H
#define KEUR_FETCH_SECRETS_H

#include "base/err.h"
#include "fetch/exchange.h"

enum { SECRET_MIN = 4 };

struct secrets;

/* An empty list in the arena, which is freed with it. Knows the fields that always hold secrets: see secrets_fields().
 */
struct secrets *secrets_new(struct arena *arena);

/* A list with all of `secrets` (NULL: none), to add more to. */
struct secrets *secrets_copy(struct arena *arena, const struct secrets *secrets);

/*
 * Adds a secret; both are copied. In a label what is no letter, digit, '.', '_' or '-' becomes '-'. An empty value is
 * left out. False with ERR_LIMIT beyond LIMIT_SECRETS or LIMIT_SECRET_BYTES: whoever gets it writes nothing.
 */
bool secrets_add(struct secrets *secrets, struct str label, struct str value, struct err *err);

/* The same for a token that was made on the way: of fewer encodings within encodings; of a JWT also the signature. */
bool secrets_add_token(struct secrets *secrets, struct str label, struct str value, struct err *err);

/* A header, or a parameter in the query of a URL, whose whole value is secret, whatever it is ("X-Api-Key"). */
void secrets_hide_header(struct secrets *secrets, struct str name);
void secrets_hide_query(struct secrets *secrets, struct str name);

/* To be called once, after the last addition and before the first question. */
void secrets_seal(struct secrets *secrets);

/* `text` without secrets, in the arena, or `text` itself when there are none in it. `secrets` may be NULL: no secrets.
 */
struct str secrets_redact(const struct secrets *secrets, struct str text, struct arena *arena);

/* The same of both languages. */
struct text secrets_redact_text(const struct secrets *secrets, struct text text, struct arena *arena);

/* Of a URL: also its user information, and the hidden parameters of its query. */
struct str secrets_redact_url(const struct secrets *secrets, struct str url, struct arena *arena);

/* The same without its user information and its hidden parameters: what of it does not depend on who asks. */
struct str secrets_open_url(const struct secrets *secrets, struct str url, struct arena *arena);

/*
 * Of a header section: also the credentials of Authorization and Proxy-Authorization (the scheme stays), the values of
 * cookies (names and attributes stay), the hidden headers whole; Location and its like as URLs. Of an `inbound` request
 * the credential that keur gave out itself ("keur-...") stays: it is how the service shows that it was told.
 */
struct http_fields secrets_redact_fields(
		const struct secrets *secrets, const struct http_fields *fields, bool inbound, struct arena *arena);

/*
 * Adds what a request shows of secrets that were made on the way, so that they are found where they are echoed:
 * credentials, values of hidden headers and parameters, of at least TOKEN_MIN bytes; and the tokens that an OAuth token
 * endpoint gave.
 */
enum { TOKEN_MIN = 8 };
bool secrets_learn(struct secrets *secrets, const struct exchange *exchange, struct err *err);

#endif
