/* SPDX-License-Identifier: EUPL-1.2 */
/* JSON of strangers, taken literally: RFC 8259 and nothing else, no key twice, no half characters. */
#ifndef KEUR_REPORT_STRICT_H
#define KEUR_REPORT_STRICT_H

#include "doc/doc.h"
#include "fetch/base64.h"

/* Reads `bytes`, which are copied; the document lives in the arena. NULL with ERR_SYNTAX or ERR_LIMIT at the place. */
const struct doc *strict_json(struct arena *arena, struct str name, struct str bytes, struct err *err);

/* Decodes text of one alphabet in its one spelling: no other characters, padding as RFC 4648 has it for that alphabet,
 * no bits left over. False when it is spelled in any other way. */
bool strict_base64(struct arena *arena, struct str text, enum base64_alphabet alphabet, struct str *out);

/* Is this document written as RFC 8785 has it, byte for byte? */
bool strict_is_canonical(const struct doc *doc);

#endif
