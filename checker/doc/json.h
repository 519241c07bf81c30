/* SPDX-License-Identifier: EUPL-1.2 */
/* The JSON reader: RFC 8259, exactly; text is UTF-8, with or without a byte order mark. */
#ifndef KEUR_DOC_JSON_H
#define KEUR_DOC_JSON_H

#include "doc/doc.h"

/*
 * Reads doc->source as one JSON text into doc->root. Errors: ERR_SYNTAX with line and column, what was expected and
 * what was found; ERR_LIMIT for nesting beyond LIMIT_DEPTH. Duplicate keys and lone surrogates are remarked on `doc`.
 */
bool json_read(struct doc *doc, struct err *err);

#endif
