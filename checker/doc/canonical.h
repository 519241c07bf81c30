/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Writing canonical JSON, RFC 8785: one text for one value, so that its digest means something.
 *
 * Members are written in the order of their keys by whoever calls; a key out of order, or twice, sets `disorder`, and
 * the text may not be used. Keys are ASCII, for which the order of UTF-16 units is that of bytes.
 */
#ifndef KEUR_DOC_CANONICAL_H
#define KEUR_DOC_CANONICAL_H

#include "base/err.h"
#include "base/str.h"

enum { CANONICAL_DEPTH = 16 };

struct canonical {
	struct strbuf *buf;
	struct {
		const char *last_key; /* of an object */
		bool any;
	} levels[CANONICAL_DEPTH];
	int depth;
	bool disorder;
};

/* Starts a value at the top of an empty buffer. */
void canonical_init(struct canonical *canonical, struct strbuf *buf);

/* `key` is NULL for an element and for the root. */
void canonical_object(struct canonical *canonical, const char *key);
void canonical_array(struct canonical *canonical, const char *key);
void canonical_end_object(struct canonical *canonical);
void canonical_end_array(struct canonical *canonical);

/* Bytes that are no UTF-8, as file names may have, become U+FFFD. */
void canonical_str(struct canonical *canonical, const char *key, struct str value);
void canonical_number(struct canonical *canonical, const char *key, uint64_t value);
void canonical_bool(struct canonical *canonical, const char *key, bool value);

/* JSON that is there already, taken as it is: the result is canonical only where it is. */
void canonical_raw(struct canonical *canonical, const char *key, struct str json);

/* A document as it is, members sorted by their keys; members of the root that are named in `but` (NULL-terminated) are
 * left out. For numbers that are whole and written as such, and keys in ASCII: others may come out otherwise. */
struct node;
void canonical_tree(struct strbuf *buf, const struct node *root, const char *const but[]);

/* A decimal number from thousandths: 1500 is written as 1.5, -1000 as -1. */
void canonical_thousandths(struct canonical *canonical, const char *key, int64_t value);

/* {"en": ..., "nl": ...} */
void canonical_text(struct canonical *canonical, const char *key, struct text value);

/* The same, but nothing at all when the value is empty. */
void canonical_str_if(struct canonical *canonical, const char *key, struct str value);
void canonical_text_if(struct canonical *canonical, const char *key, struct text value);

#endif
