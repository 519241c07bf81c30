/* SPDX-License-Identifier: EUPL-1.2 */
/* A piece of one source line with the span that a finding is about, kept when the document is not. */
#ifndef KEUR_RULE_EXCERPT_H
#define KEUR_RULE_EXCERPT_H

#include "doc/source.h"

enum { EXCERPT_BYTES = 240 }; /* longest piece; longer lines are shown as a window around the span */

struct excerpt {
	struct str text; /* whole characters of one line, without its end; ptr NULL when there is none */
	uint32_t start;  /* span in bytes of `text`, never empty unless `text` is */
	uint32_t length;
	bool cut_before, cut_after; /* the line goes on there */
	bool continues;             /* the span goes on in the next line */
};

/* The line of `start`, and the part of [start, end) that lies in it, copied into the arena. */
struct excerpt excerpt_of(struct arena *arena, struct source *source, uint32_t start, uint32_t end);

/* The same at a line and column. */
struct excerpt excerpt_at(struct arena *arena, struct source *source, uint32_t line, uint32_t column);

#endif
