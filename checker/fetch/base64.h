/* SPDX-License-Identifier: EUPL-1.2 */
/* Base64 and base64url (RFC 4648 sections 4 and 5). */
#ifndef KEUR_FETCH_BASE64_H
#define KEUR_FETCH_BASE64_H

#include "base/str.h"

enum base64_alphabet { BASE64, BASE64_URL };

/* Adds the encoding of `bytes` to `buf`; base64 is padded with '=', base64url is not. */
void base64_encode(struct strbuf *buf, struct str bytes, enum base64_alphabet alphabet);

/* The same as a text in the arena. */
struct str base64_text(struct arena *arena, struct str bytes, enum base64_alphabet alphabet);

/*
 * Adds what `text` stands for to `buf`: either alphabet, padded or not, white space between is skipped. False when
 * there is another character, or a digit too many; what was decoded until then is in the buffer.
 */
bool base64_decode(struct strbuf *buf, struct str text);

/* Is `c` a digit of either alphabet ('=' is none)? */
bool base64_is_digit(char c);

#endif
