/* SPDX-License-Identifier: EUPL-1.2 */
/* Public addresses and all others. */
#include "fetch/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

struct block {
	uint8_t prefix[16];
	uint8_t bits;
	const char *what[LANG_COUNT];
};

static const struct block blocks_v4[] = {
		{{0}, 8, {"this network", "dit netwerk"}},
		{{10}, 8, {"private", "privé"}},
		{{100, 64}, 10, {"shared by a provider", "gedeeld door een aanbieder"}},
		{{127}, 8, {"loopback", "de eigen machine"}},
		{{169, 254}, 16, {"link-local", "alleen op het eigen netwerksegment"}},
		{{172, 16}, 12, {"private", "privé"}},
		{{192, 0, 0}, 24, {"reserved", "gereserveerd"}},
		{{192, 0, 2}, 24, {"for documentation", "voor documentatie"}},
		{{192, 88, 99}, 24, {"reserved", "gereserveerd"}},
		{{192, 168}, 16, {"private", "privé"}},
		{{198, 18}, 15, {"for benchmarks", "voor metingen"}},
		{{198, 51, 100}, 24, {"for documentation", "voor documentatie"}},
		{{203, 0, 113}, 24, {"for documentation", "voor documentatie"}},
		{{224}, 4, {"multicast", "voor groepen (multicast)"}},
		{{240}, 4, {"reserved", "gereserveerd"}},
};

/* Inside 2000::/3, which is all that is handed out; what is outside it has a name when it has a use. */
static const struct block blocks_v6[] = {
		{{0x20, 0x01, 0x0d, 0xb8}, 32, {"for documentation", "voor documentatie"}},
		{{0x20, 0x01}, 23, {"reserved", "gereserveerd"}},
		{{0x20, 0x02}, 16, {"a tunnel (6to4)", "een tunnel (6to4)"}},
		{{0x3f, 0xff}, 20, {"for documentation", "voor documentatie"}},
		{{[15] = 1}, 128, {"loopback", "de eigen machine"}},
		{{0xfc}, 7, {"private", "privé"}},
		{{0xfe, 0x80}, 10, {"link-local", "alleen op het eigen netwerksegment"}},
		{{0xfe, 0xc0}, 10, {"private", "privé"}},
		{{0xff}, 8, {"multicast", "voor groepen (multicast)"}},
};

static const struct block global_v6 = {{0x20}, 3, {0}};
static const struct block mapped_v4 = {{[10] = 0xff, [11] = 0xff}, 96, {0}};
static const struct block nat64 = {{0x00, 0x64, 0xff, 0x9b}, 96, {0}};
static const char *const reserved[LANG_COUNT] = {"reserved", "gereserveerd"};
static const char *const foreign[LANG_COUNT] = {"of an unknown kind", "van een onbekende soort"};

static bool block_holds(const struct block *block, const uint8_t *address)
{
	size_t whole = block->bits / 8;
	if (memcmp(block->prefix, address, whole) != 0) return false;
	if (block->bits % 8 == 0) return true;
	uint8_t mask = (uint8_t)(0xff << (8 - block->bits % 8));
	return ((block->prefix[whole] ^ address[whole]) & mask) == 0;
}

static const char *const *find(const struct block *blocks, size_t count, const uint8_t *address)
{
	for (size_t i = 0; i < count; i++)
		if (block_holds(&blocks[i], address)) return blocks[i].what;
	return NULL;
}

static const char *const *special_v4(const uint8_t *address)
{
	return find(blocks_v4, sizeof blocks_v4 / sizeof *blocks_v4, address);
}

static const char *const *special_v6(const uint8_t *address)
{
	if (block_holds(&mapped_v4, address) || block_holds(&nat64, address)) return special_v4(address + 12);
	const char *const *what = find(blocks_v6, sizeof blocks_v6 / sizeof *blocks_v6, address);
	if (what) return what;
	return block_holds(&global_v6, address) ? NULL : reserved;
}

/* Copied out, for a sockaddr may lie unaligned. */
static const uint8_t *bytes_of(const struct sockaddr *address, uint8_t bytes[16])
{
	if (address->sa_family == AF_INET) memcpy(bytes, &((const struct sockaddr_in *)(const void *)address)->sin_addr, 4);
	if (address->sa_family == AF_INET6)
		memcpy(bytes, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, 16);
	return bytes;
}

const char *const *address_special(const struct sockaddr *address)
{
	uint8_t bytes[16] = {0};
	if (address->sa_family == AF_INET) return special_v4(bytes_of(address, bytes));
	if (address->sa_family == AF_INET6) return special_v6(bytes_of(address, bytes));
	return foreign;
}

struct str address_text(const struct sockaddr *address, struct arena *arena)
{
	uint8_t bytes[16] = {0};
	char text[INET6_ADDRSTRLEN] = "";
	if (!inet_ntop(address->sa_family, bytes_of(address, bytes), text, sizeof text)) text[0] = '\0';
	return str_copy(arena, str_of(text));
}
