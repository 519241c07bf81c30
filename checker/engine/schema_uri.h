/* URI references as text, for `$id` and `$ref`: RFC 3986 section 5.2, without normalising what it need not. */
#ifndef KEUR_ENGINE_SCHEMA_URI_H
#define KEUR_ENGINE_SCHEMA_URI_H

#include "base/str.h"

/* Length of "scheme:" at the start of a URI, 0 when it is relative. */
size_t schema_uri_scheme(struct str uri);

/* A URI without its fragment; `*fragment` is what comes after "#", empty when there is none. Both are borrowed. */
struct str schema_uri_split(struct str uri, struct str *fragment);

/*
 * Resolves a reference without fragment against a base. What is returned lies in the arena or is one of the two.
 * Without a base a relative reference stays as it is.
 */
struct str schema_uri_resolve(struct arena *arena, struct str base, struct str reference);

#endif
