/* SPDX-License-Identifier: EUPL-1.2 */
/* Places in a YAML text as bytes, where libyaml counts characters; and what is checked before libyaml reads. */
#ifndef KEUR_DOC_YAML_CHECK_H
#define KEUR_DOC_YAML_CHECK_H

#include "doc/doc.h"

/* A cursor that goes to and fro between characters and bytes; near moves are cheap. */
struct places {
	struct str bytes;
	uint32_t start;  /* of the text, behind a byte order mark */
	bool ascii;      /* characters are bytes */
	size_t at_index; /* character that the cursor is at */
	uint32_t at_byte;
	uint32_t anchor; /* of the anchor that the last places_value() went behind */
	uint32_t tag;    /* the same of its tag, */
	uint32_t tag_end;
	bool tagged; /* if it went behind one */
};

/* A cursor at `start`, in text that was found to be UTF-8. */
void places_init(struct places *places, struct str bytes, uint32_t start);

/* Byte offset in the source of character `index` of the text. */
uint32_t places_end(struct places *places, size_t index);

/* Byte offset in the source of byte `offset` of the text. */
uint32_t places_byte(const struct places *places, size_t offset);

/*
 * The same, going behind an anchor and a tag with the space and comments after them, at most to `end`. Sets
 * places->tagged, for libyaml does not tell of the tag "!".
 */
uint32_t places_value(struct places *places, size_t index, uint32_t end);

/* `end` without the white space before it. */
uint32_t places_trim(const struct places *places, uint32_t start, uint32_t end);

/* LIMIT_DIRECTIVES, which libyaml has not. */
bool yaml_check_directives(struct doc *doc, size_t start, struct err *err);

#endif
