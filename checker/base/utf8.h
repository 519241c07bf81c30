/* SPDX-License-Identifier: EUPL-1.2 */
/* UTF-8 (RFC 3629): checking, decoding, encoding, counting. Overlong forms, surrogates and values over U+10FFFF are
 * invalid. */
#ifndef KEUR_BASE_UTF8_H
#define KEUR_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Offset of the first byte that starts no valid sequence, or s.len when all of `s` is valid. */
size_t utf8_invalid(struct str s);

/* True when all of `s` is valid, and no NUL is in it. */
bool utf8_is_text(struct str s);

/*
 * Decodes the sequence at the start of `s`, which is not empty: sets `*code` and returns its length in bytes (1 to 4).
 * Returns 0, `*code` untouched, when there is no valid sequence.
 */
size_t utf8_decode(struct str s, uint32_t *code);

/* Writes `code` (not a surrogate, at most U+10FFFF) to `out` and returns the number of bytes, 1 to 4. */
size_t utf8_encode(uint32_t code, char out[4]);

/* Number of code points in `s`; a byte that is not part of a valid sequence counts as one. */
size_t utf8_count(struct str s);

/* Number of UTF-16 code units that `s` would take: the length that ECMAScript gives a string. */
size_t utf8_utf16_length(struct str s);

/* A text as messages show it: whole, or when it is longer than LIMIT_SHOWN_BYTES the part around byte `at` with "…"
 * where it was cut and its length behind it. In the arena when it was cut. */
struct str utf8_shown(struct arena *arena, struct str text, size_t at);

#endif
