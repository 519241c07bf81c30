/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Eight bytes of text at a time, in a machine word: portable, and without reading past an end.
 *
 * A mask has the top bit of each byte set that is looked for. Bytes behind the first that is set may be set wrongly,
 * which is why only swar_first() looks at a mask.
 */
#ifndef KEUR_BASE_SWAR_H
#define KEUR_BASE_SWAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define SWAR_ONES 0x0101010101010101u
#define SWAR_TOPS 0x8080808080808080u

/* Eight bytes, the first in text the lowest in value. */
static inline uint64_t swar_load(const char *p)
{
	uint64_t word;
	memcpy(&word, p, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

/* Bytes that are below `limit`, at most 0x80. */
static inline uint64_t swar_below(uint64_t word, unsigned char limit)
{
	return (word - SWAR_ONES * limit) & ~word & SWAR_TOPS;
}

/* Bytes that are `byte`. */
static inline uint64_t swar_equal(uint64_t word, unsigned char byte)
{
	return swar_below(word ^ SWAR_ONES * byte, 1);
}

/* The first byte of a mask that is not empty: 0 to 7. */
static inline size_t swar_first(uint64_t mask)
{
	return (size_t)__builtin_ctzll(mask) / 8;
}

/* Equality of fewer than eight bytes, in loads that may overlap. */
static inline bool swar_same_few(const char *a, const char *b, size_t len)
{
	uint32_t x[2], y[2];
	if (len == 0) return true;
	if (len < sizeof *x) return a[0] == b[0] && a[len / 2] == b[len / 2] && a[len - 1] == b[len - 1];
	memcpy(&x[0], a, sizeof *x);
	memcpy(&y[0], b, sizeof *y);
	memcpy(&x[1], a + len - sizeof *x, sizeof *x);
	memcpy(&y[1], b + len - sizeof *y, sizeof *y);
	return ((x[0] ^ y[0]) | (x[1] ^ y[1])) == 0;
}

/* Equality of `len` bytes, in place: for texts that are mostly short, and mostly equal. */
static inline bool swar_same(const char *a, const char *b, size_t len)
{
	uint64_t x, y;
	if (len < sizeof x) return swar_same_few(a, b, len);
	for (size_t at = 0; at + sizeof x < len; at += sizeof x) {
		memcpy(&x, a + at, sizeof x);
		memcpy(&y, b + at, sizeof y);
		if (x != y) return false;
	}
	memcpy(&x, a + len - sizeof x, sizeof x);
	memcpy(&y, b + len - sizeof y, sizeof y);
	return x == y;
}

#endif
