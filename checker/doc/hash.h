/* SPDX-License-Identifier: EUPL-1.2 */
/* A seeded hash of bytes; results never depend on the seed, which only spoils prepared collisions. */
#ifndef KEUR_DOC_HASH_H
#define KEUR_DOC_HASH_H

#include <stdint.h>

#include "base/str.h"

static inline uint64_t hash_mix(uint64_t a, uint64_t b)
{
	__uint128_t product = (__uint128_t)(a ^ 0x9E3779B97F4A7C15u) * (b ^ 0xE7037ED1A0B428DBu);
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* One to seven bytes as one number, in loads that may overlap. */
static inline uint64_t hash_tail(const char *p, size_t len)
{
	uint32_t low, high;
	if (len >= 4) {
		memcpy(&low, p, sizeof low);
		memcpy(&high, p + len - sizeof high, sizeof high);
		return (uint64_t)high << 32 | low;
	}
	const unsigned char *bytes = (const unsigned char *)p;
	return (uint64_t)bytes[0] | (uint64_t)bytes[len / 2] << 8 | (uint64_t)bytes[len - 1] << 16;
}

static inline uint64_t hash_bytes(struct str s, uint64_t seed)
{
	uint64_t hash = seed ^ s.len, word;
	size_t at = 0;
	for (; at + sizeof word <= s.len; at += sizeof word) {
		memcpy(&word, s.ptr + at, sizeof word);
		hash = hash_mix(hash, word);
	}
	return hash_mix(hash, at < s.len ? hash_tail(s.ptr + at, s.len - at) : 0);
}

/* What node_hash() is, in place: readers ask it of every key. */
static inline uint16_t hash_key(struct str key)
{
	uint64_t hash = hash_bytes(key, 0);
	return (uint16_t)(hash ^ hash >> 32);
}

/* A seed from where something lies in memory, which a hostile file cannot know. */
static inline uint64_t hash_seed(const void *address)
{
	return hash_mix((uint64_t)(uintptr_t)address, 0xA0761D6478BD642Fu);
}

#endif
