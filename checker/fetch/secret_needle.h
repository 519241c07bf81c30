/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How a secret looks in the encodings that hide it from a search for itself. Escapes are not among them, because they
 * mix freely: fetch/secret_view.h undoes those.
 */
#ifndef KEUR_FETCH_SECRET_NEEDLE_H
#define KEUR_FETCH_SECRET_NEEDLE_H

#include "base/arena.h"
#include "fetch/secret_match.h"

/*
 * Adds the needles of `value`, which outlives the matcher, with texts in the arena: itself, UTF-16, hexadecimal, base64
 * at its three alignments, and the usual ones of those within another (base64 of what is escaped or hexadecimal,
 * base64 of base64, hexadecimal of base64). With `plain` only itself, hexadecimal and base64.
 */
void needles_add(struct matcher *matcher, struct str value, uint32_t secret, bool plain, struct arena *arena);

#endif
