/* SPDX-License-Identifier: EUPL-1.2 */
/* JSON Pointer, RFC 6901, both ways; and its URI fragment form (section 6). */
#ifndef KEUR_DOC_POINTER_H
#define KEUR_DOC_POINTER_H

#include "doc/node.h"

/* Appends "/" and the token, "~" and "/" escaped (section 3). */
void pointer_add_token(struct strbuf *buf, struct str token);
void pointer_add_index(struct strbuf *buf, uint32_t index);

/*
 * Takes the first token off a pointer that is empty or starts with "/": decoded into the arena only where it holds
 * "~". False when `*rest` is empty or no pointer ("~2", no leading "/").
 */
bool pointer_next(struct str *rest, struct arena *arena, struct str *token);

/* The child of a container that one decoded token names: array indices are as the RFC has them: no "-", no leading
 * zero. NULL when none. */
const struct node *pointer_child(const struct node *container, struct str token);

/* The value that `pointer` names below `root` (section 4), or NULL. Array indices are as the RFC has them: no "-", no
 * leading zero. */
const struct node *pointer_get(const struct node *root, struct str pointer);

/* Decodes the percent-encoding of a URI fragment ("#" removed); false when "%" lacks two hex digits. */
bool pointer_decode_fragment(struct str fragment, struct arena *arena, struct str *pointer);

/*
 * The pointer of the innermost value whose span, with its key when it is a member, holds `offset`, for showing where a
 * place in the text is in the tree. Through aliases the first way in document order is given.
 */
void pointer_at_offset(const struct node *root, uint32_t offset, struct strbuf *buf);

#endif
