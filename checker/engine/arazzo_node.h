/* SPDX-License-Identifier: EUPL-1.2 */
/* Values that are made while a scenario is played, or a request to keur is answered. */
#ifndef KEUR_ENGINE_ARAZZO_NODE_H
#define KEUR_ENGINE_ARAZZO_NODE_H

#include "base/err.h"
#include "doc/doc.h"

/* New nodes, in the arena. */
const struct node *node_text_new(struct arena *arena, struct str text);
const struct node *node_number_new(struct arena *arena, uint32_t number);
const struct node *node_container_new(
		struct arena *arena, enum node_kind kind, const struct node *items, uint32_t count);
/* A copy of `value` as the member `key` of an object, or as an element (ptr NULL). */
struct node node_as(const struct node *value, struct str key);
/* The text of bytes that are JSON; NULL and `why` when they are not. */
const struct node *node_of_json(struct arena *arena, struct str bytes, struct text *why);
/* Appends JSON; exact numbers. */
void node_print_json(struct strbuf *out, const struct node *node);
/* Appends a scalar as it is, a container as JSON. */
void node_print_text(struct strbuf *out, const struct node *node);

/* The pointer of the value with that span, or of the closest one around it. */
struct str span_pointer(struct arena *arena, const struct node *root, uint32_t start, uint32_t end);

/* `$ref` within the document, as often as it takes; NULL when it leads nowhere. */
const struct node *schema_resolved(const struct doc *doc, const struct node *schema);

#endif
