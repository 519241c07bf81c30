/* SPDX-License-Identifier: EUPL-1.2 */
/* What readers of documents have in common when they refuse one: "expected ..., found ...; hint". */
#ifndef KEUR_DOC_COMPLAINT_H
#define KEUR_DOC_COMPLAINT_H

#include "doc/doc.h"

/* No hint. */
#define NO_HINT ((struct text){0})

/* Fills `err` with ERR_SYNTAX: what was expected at `offset`; what is found there is read from the source. */
bool complain(struct doc *doc, struct err *err, size_t offset, struct text expected, struct text hint);

/* Fills `err` with a code and a text of our own. */
bool complain_text(struct doc *doc, struct err *err, enum err_code code, size_t offset, struct text message);

/* "nested deeper than ..." at `offset`. */
bool complain_depth(struct doc *doc, struct err *err, size_t offset);

/* "more than ... values" at `offset`. */
bool complain_nodes(struct doc *doc, struct err *err, size_t offset);

/* A short name for what stands at `offset`: a word, a character, a code point, the end of the file. */
struct text found_at(struct arena *arena, struct str bytes, size_t offset);

/*
 * Checks that the source is UTF-8 text: names UTF-16, UTF-32 and binary files for what they are, and places the first
 * byte that is no UTF-8. Sets `*start` to where the text starts, behind a byte order mark.
 */
bool check_encoding(struct doc *doc, size_t *start, struct err *err);

#endif
