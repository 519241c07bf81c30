/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The host that a URL names: scheme, name and port, which is what credentials and the pace of requests belong to.
 */
#ifndef KEUR_FETCH_ORIGIN_H
#define KEUR_FETCH_ORIGIN_H

#include "base/err.h"

struct origin {
	bool https;
	struct str host; /* as the URL has it, brackets of an IPv6 address included */
	uint32_t port;
	struct str rest; /* path, query: "" or from "/" or "?" on */
};

/*
 * Takes an absolute http or https URL apart; what is borrowed borrows from `url`. False, and `*why` filled, when the
 * URL cannot be asked for: another scheme, no host, a user in it, a character that RFC 3986 has no place for (such as a
 * space or an unfilled "{id}"), more than LIMIT_URL_BYTES.
 */
bool origin_of(struct str url, struct origin *out, struct text *why, struct arena *arena);

/* Same scheme, host (whatever its case) and port. */
bool origin_equal(const struct origin *a, const struct origin *b);

/* Whether what was given for `owner` may go to `asked`: the same, or its host over https where it was http. */
bool origin_trusts(const struct origin *owner, const struct origin *asked);

/* "https://host:8443", the port only where it is not the scheme's own; lower case, in the arena. */
struct str origin_text(const struct origin *origin, struct arena *arena);

#endif
