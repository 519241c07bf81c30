/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A text as a reader of one notation would see it, and where each byte of that came from: in it a secret that was
 * escaped, in whatever mix of escapes, stands as it is.
 */
#ifndef KEUR_FETCH_SECRET_VIEW_H
#define KEUR_FETCH_SECRET_VIEW_H

#include "base/str.h"

enum view_kind {
	VIEW_PERCENT, /* %41, of URLs and forms */
	VIEW_JSON,    /* \u0041 \x41 \/ \n */
	VIEW_XML,     /* &#65; &#x41; &amp; &lt; &gt; &quot; &apos; */
	VIEW_LINES,   /* without line ends, as base64 in mail has them */
	VIEW_COUNT
};

struct view {
	char *bytes;
	uint32_t len;
	struct {
		struct view_step {
			uint32_t at, from; /* from here on, bytes[at + n] came from source[from + n] */
		} * items;
		size_t count, capacity;
	} steps;
};

/*
 * Makes the view of `text`, of at most UINT32_MAX bytes; false when it has nothing to decode and so would be the same.
 * Either way ends with view_release().
 */
bool view_decode(struct view *view, struct str text, enum view_kind kind);

/* The view itself, borrowed from it. */
static inline struct str view_text(const struct view *view)
{
	return (struct str){view->bytes, view->len};
}

/* Offset in the source of offset `at` in the view. */
uint32_t view_source(const struct view *view, uint32_t at);

/* Frees what the view holds. */
void view_release(struct view *view);

#endif
