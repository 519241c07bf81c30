/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * URI references as text, for `$id`, `$ref` and redirects: RFC 3986 section 5.2, without normalising what it need not.
 * For paths of files: doc/uri_path.h.
 */
#ifndef KEUR_DOC_URI_H
#define KEUR_DOC_URI_H

#include "base/str.h"

/* Length of "scheme:" at the start of a URI, 0 when it is relative. */
size_t uri_scheme(struct str uri);

/* A URI without its fragment; `*fragment` is what comes after "#", empty when there is none. Both are borrowed. */
struct str uri_without_fragment(struct str uri, struct str *fragment);

/*
 * Resolves a reference without fragment against a base. What is returned lies in the arena or is one of the two.
 * Without a base a relative reference stays as it is.
 */
struct str uri_resolve(struct arena *arena, struct str base, struct str reference);

/* Percent-encodes what is not unreserved (RFC 3986), or with `reserved` what may not be in a URL at all. */
void uri_encode(struct strbuf *out, struct str text, bool reserved);

/* Does it start as a URL of http or https does? */
bool uri_is_http(struct str text);

#endif
