/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Finding many needles in one pass: every needle is known by its last bytes, of which a filter and a hash table are
 * kept; a text costs the same for one needle and for thousands.
 */
#ifndef KEUR_FETCH_SECRET_MATCH_H
#define KEUR_FETCH_SECRET_MATCH_H

#include <stdbool.h>

#include "base/str.h"

enum { NEEDLE_MIN = 4 }; /* shorter ones would be found by chance */

enum needle_kind {
	NEEDLE_EXACT,  /* byte for byte; a space is also found as '+' */
	NEEDLE_BASE64, /* in either alphabet; digits on either side that hold some bits of it count to it */
	NEEDLE_HEX,    /* digits in either case */
};

struct needle {
	struct str bytes;   /* borrowed; at least NEEDLE_MIN */
	uint32_t secret;    /* of the caller */
	uint32_t next;      /* with the same last bytes; private */
	uint8_t kind;       /* enum needle_kind */
	bool before, after; /* BASE64: the digit there has bits of it too */
};

struct hit {
	uint32_t start, end; /* half-open */
	uint32_t secret;
};

struct hits {
	struct hit *items;
	size_t count, capacity;
};

/* In the caller's storage, zeroed to start; ends with matcher_release(). */
struct matcher {
	struct {
		struct needle *items;
		size_t count, capacity;
	} needles;
	size_t shortest; /* needle, in bytes; no more than a byte can count */
	uint32_t *heads; /* hash table by last bytes: numbers of needles from 1 */
	uint32_t mask;
	uint8_t *skips; /* hash table by four bytes: how many bytes on a needle may end, at the least */
	uint32_t skip_mask;
	unsigned char folded[256]; /* forms of a byte that some kind takes for the same are one */
};

/* Adds a needle, unless it is there already or too short. */
void matcher_add(struct matcher *matcher, struct needle needle);

/* Makes the tables; nothing is added afterwards, and threads may share the matcher. */
void matcher_seal(struct matcher *matcher);

/* Frees the tables; what needles borrow stays. */
void matcher_release(struct matcher *matcher);

/* Adds every place of every needle in `text` to `hits`, in the order of their ends; `only` is a kind, or negative. */
void matcher_scan(const struct matcher *matcher, struct str text, int only, struct hits *hits);

#endif
