/* SPDX-License-Identifier: EUPL-1.2 */
/* Misdeeds in bodies: without end, compressed beyond measure, JSON and XML that are made to hurt. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "peer.h"

#define HEAD "HTTP/1.1 200 OK\r\nConnection: close\r\n"
#define JSON "Content-Type: application/json\r\n"
#define XML "Content-Type: application/xml\r\n"

enum { BLOCK = 1 << 16, MATCH = 258, GZIP_HEAD = 10, BOMB = 1 << 28 };

/* Bits of a DEFLATE stream (RFC 1951) with the fixed codes. */
struct bits {
	unsigned char *bytes;
	size_t length, capacity;
	unsigned pending, count;
};

static void put_byte(struct bits *bits, unsigned char byte)
{
	if (bits->length == bits->capacity) {
		bits->capacity = bits->capacity ? bits->capacity * 2 : BLOCK;
		bits->bytes = realloc(bits->bytes, bits->capacity);
		if (!bits->bytes) abort();
	}
	bits->bytes[bits->length++] = byte;
}

static void put_bit(struct bits *bits, unsigned bit)
{
	bits->pending |= bit << bits->count++;
	if (bits->count < 8) return;
	put_byte(bits, (unsigned char)bits->pending);
	bits->pending = bits->count = 0;
}

/* Huffman codes go first bit first. */
static void put_code(struct bits *bits, unsigned code, unsigned length)
{
	while (length-- > 0)
		put_bit(bits, code >> length & 1);
}

static void put_literal(struct bits *bits, unsigned char byte)
{
	if (byte < 144)
		put_code(bits, 0x30u + byte, 8);
	else
		put_code(bits, 0x190u + byte - 144, 9);
}

/* 258 bytes again, from 1 byte back or from 13. */
static void put_match(struct bits *bits, unsigned back)
{
	put_code(bits, 0xc5, 8); /* length 258 */
	put_code(bits, back == 1 ? 0 : 7, 5);
	if (back == 13) put_code(bits, 0, 2);
}

static void gzip_start(struct bits *bits)
{
	static const unsigned char head[GZIP_HEAD] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
	for (int i = 0; i < GZIP_HEAD; i++)
		put_byte(bits, head[i]);
	put_bit(bits, 1);     /* the last block ... */
	put_code(bits, 2, 2); /* ... with fixed codes */
}

/* Ends the block; what a checksum would say nobody gets to. */
static void gzip_end(struct bits *bits)
{
	put_code(bits, 0, 7);
	while (bits->count)
		put_bit(bits, 0);
	for (int i = 0; i < 8; i++)
		put_byte(bits, 0);
}

/* So many bytes of the letter a; eight matches are thirteen bytes. */
static struct bits bomb_of(size_t bytes)
{
	struct bits bits = {0};
	gzip_start(&bits);
	put_literal(&bits, 'a');
	for (size_t done = 1; done < bytes; done += MATCH)
		put_match(&bits, 1);
	gzip_end(&bits);
	return bits;
}

/* Compresses what repeats itself every thirteen bytes. */
static struct bits compress_again(const struct bits *inner)
{
	struct bits bits = {0};
	gzip_start(&bits);
	for (size_t at = 0; at < inner->length;) {
		bool again = at >= 13 && at + MATCH <= inner->length &&
					 memcmp(inner->bytes + at, inner->bytes + at - 13, MATCH) == 0;
		if (again) put_match(&bits, 13);
		if (!again) put_literal(&bits, inner->bytes[at]);
		at += again ? MATCH : 1;
	}
	gzip_end(&bits);
	return bits;
}

static void send_coded(struct peer *peer, const char *coding, struct bits *bits)
{
	peer_printf(peer, HEAD JSON "Content-Encoding: %s\r\nContent-Length: %zu\r\n\r\n", coding, bits->length);
	peer_write(peer, bits->bytes, bits->length);
	free(bits->bytes);
}

static void gzip_bomb(struct peer *peer)
{
	struct bits bits = bomb_of(BOMB);
	send_coded(peer, "gzip", &bits);
}

static void gzip_doubled(struct peer *peer)
{
	struct bits inner = bomb_of(BOMB);
	struct bits bits = compress_again(&inner);
	free(inner.bytes);
	send_coded(peer, "gzip, gzip", &bits);
}

static void gzip_many(struct peer *peer)
{
	struct bits bits = bomb_of(1000);
	send_coded(peer, "gzip, gzip, gzip, gzip, gzip, gzip, gzip, gzip, gzip, gzip, gzip, gzip", &bits);
}

static void gzip_broken(struct peer *peer)
{
	struct bits bits = {0};
	gzip_start(&bits);
	for (int i = 0; i < 100; i++)
		put_byte(&bits, 0xff);
	send_coded(peer, "gzip", &bits);
}

static void gzip_cut(struct peer *peer)
{
	struct bits bits = bomb_of(1 << 20);
	bits.length /= 2;
	send_coded(peer, "gzip", &bits);
}

static void gzip_cut_chunked(struct peer *peer)
{
	struct bits bits = bomb_of(1 << 20);
	bits.length /= 2;
	peer_printf(peer, HEAD JSON "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n%zx\r\n", bits.length);
	peer_write(peer, bits.bytes, bits.length);
	peer_text(peer, "\r\n0\r\n\r\n");
	free(bits.bytes);
}

static void send_literal(struct peer *peer, const char *coding, const char *bytes, size_t length)
{
	peer_printf(peer, HEAD JSON "Content-Encoding: %s\r\nContent-Length: %zu\r\n\r\n", coding, length);
	peer_write(peer, bytes, length);
}

/* "hello" in each coding; each literal ends in a NUL that does not count. */
static const char hello_gzip[] = "\x1f\x8b\x08\0\0\0\0\0\0\x03\xcbH\xcd\xc9\xc9\x07\0\x86\xa6\x10\x36\5\0\0\0";
static const char hello_zlib[] = "\x78\x9c\xcbH\xcd\xc9\xc9\x07\0\x06,\x02\x15";
static const char hello_br[] = "\x0b\x02\x80hello\x03";

static void gzip_behind(struct peer *peer)
{
	char bytes[sizeof hello_gzip + 20];
	memset(bytes, 'x', sizeof bytes);
	memcpy(bytes, hello_gzip, sizeof hello_gzip - 1);
	send_literal(peer, "gzip", bytes, sizeof bytes);
}

/* One bit of the checksum. */
static void gzip_flipped(struct peer *peer)
{
	char bytes[sizeof hello_gzip];
	memcpy(bytes, hello_gzip, sizeof bytes);
	bytes[sizeof hello_gzip - 7] ^= 1;
	send_literal(peer, "gzip", bytes, sizeof bytes - 1);
}

static void deflate_cut(struct peer *peer)
{
	send_literal(peer, "deflate", hello_zlib, sizeof hello_zlib - 5);
}

static void br_good(struct peer *peer)
{
	send_literal(peer, "br", hello_br, sizeof hello_br - 1);
}

static void br_cut(struct peer *peer)
{
	send_literal(peer, "br", hello_br, sizeof hello_br - 2);
}

static void br_behind(struct peer *peer)
{
	send_literal(peer, "br", hello_br, sizeof hello_br);
}

/* `text` again and again, `times` times, or without end when 0. */
static bool repeat(struct peer *peer, const char *text, size_t times)
{
	char block[BLOCK];
	size_t length = strlen(text), most = sizeof block / length;
	for (size_t i = 0; i < most; i++)
		memcpy(block + i * length, text, length);
	while (times == 0)
		if (!peer_write(peer, block, most * length)) return false;
	for (; times > 0; times -= times < most ? times : most)
		if (!peer_write(peer, block, (times < most ? times : most) * length)) return false;
	return true;
}

static void endless_body(struct peer *peer)
{
	if (peer_text(peer, HEAD JSON "\r\n[")) repeat(peer, "1,", 0);
}

static void endless_chunks(struct peer *peer)
{
	if (peer_text(peer, HEAD JSON "Transfer-Encoding: chunked\r\n\r\n")) repeat(peer, "4\r\n1,1,\r\n", 0);
}

static void tiny_chunks(struct peer *peer)
{
	if (peer_text(peer, HEAD JSON "Transfer-Encoding: chunked\r\n\r\n")) repeat(peer, "0000000001\r\n1\r\n", 0);
}

static void json_large(struct peer *peer)
{
	peer_printf(peer, HEAD JSON "Content-Length: %d\r\n\r\n[0", 300 * 1000 * 1000 + 3);
	if (repeat(peer, ",0", 150 * 1000 * 1000)) peer_text(peer, "]");
}

static void json_to_the_brim(struct peer *peer)
{
	peer_text(peer, HEAD JSON "\r\n[0");
	if (repeat(peer, ",0", 30 * 1000 * 1000)) peer_text(peer, "]");
}

static void json_deep(struct peer *peer)
{
	peer_text(peer, HEAD JSON "\r\n");
	if (repeat(peer, "[", 100 * 1000)) repeat(peer, "]", 100 * 1000);
}

static void json_invalid(struct peer *peer)
{
	peer_text(peer, HEAD JSON "\r\n{\"a\": 1,\n \"b\": }");
}

static void json_utf8(struct peer *peer)
{
	peer_text(peer, HEAD JSON "\r\n{\"a\": \"\xc0\xaf\xed\xa0\x80\"}");
}

static void json_number(struct peer *peer)
{
	peer_text(peer, HEAD JSON "\r\n{\"n\": 1");
	if (repeat(peer, "0", 1000 * 1000)) peer_text(peer, "e999999999}");
}

static void json_pattern(struct peer *peer)
{
	peer_text(peer, HEAD JSON "\r\n{\"p\": \"");
	if (repeat(peer, "a", 100 * 1000)) peer_text(peer, "!\"}");
}

/* A thousand names, five hundred times each. */
static void json_keys(struct peer *peer)
{
	char block[BLOCK];
	size_t length = 0;
	for (int i = 0; i < 1000; i++)
		length += (size_t)snprintf(block + length, sizeof block - length, ",\"key%d\":%d", i, i);
	peer_text(peer, HEAD JSON "\r\n{\"a\": 0");
	for (int i = 0; i < 500; i++)
		if (!peer_write(peer, block, length)) return;
	peer_text(peer, "}");
}

static void json_faults(struct peer *peer)
{
	peer_text(peer, HEAD JSON "\r\n{\"list\": [\"a\"");
	if (repeat(peer, ",\"a\"", 1000 * 1000)) peer_text(peer, "]}");
}

static void xml_bomb(struct peer *peer)
{
	peer_text(peer, HEAD XML "\r\n<?xml version=\"1.0\"?>\n<!DOCTYPE a [\n<!ENTITY e0 \"lol\">\n");
	for (int i = 1; i < 12; i++)
		peer_printf(peer, "<!ENTITY e%d \"&e%d;&e%d;&e%d;&e%d;&e%d;&e%d;&e%d;&e%d;&e%d;&e%d;\">\n", i, i - 1, i - 1,
				i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
	peer_text(peer, "]>\n<a>&e11;</a>\n");
}

static void xml_outside(struct peer *peer)
{
	peer_text(peer, HEAD XML "\r\n<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<a>&x;</a>\n");
}

const struct misdeed body_misdeeds[] = {
		{.name = "endless-body", .act = endless_body},
		{.name = "endless-chunks", .act = endless_chunks},
		{.name = "tiny-chunks", .act = tiny_chunks},
		{.name = "gzip-bomb", .act = gzip_bomb},
		{.name = "gzip-doubled", .act = gzip_doubled},
		{.name = "gzip-many", .act = gzip_many},
		{.name = "gzip-broken", .act = gzip_broken},
		{.name = "gzip-cut", .act = gzip_cut},
		{.name = "gzip-cut-chunked", .act = gzip_cut_chunked},
		{.name = "gzip-behind", .act = gzip_behind},
		{.name = "gzip-flipped", .act = gzip_flipped},
		{.name = "deflate-cut", .act = deflate_cut},
		{.name = "br-good", .act = br_good},
		{.name = "br-cut", .act = br_cut},
		{.name = "br-behind", .act = br_behind},
		{.name = "json-large", .act = json_large},
		{.name = "json-to-the-brim", .act = json_to_the_brim},
		{.name = "json-deep", .act = json_deep},
		{.name = "json-invalid", .act = json_invalid},
		{.name = "json-utf8", .act = json_utf8},
		{.name = "json-number", .act = json_number},
		{.name = "json-pattern", .act = json_pattern},
		{.name = "json-keys", .act = json_keys},
		{.name = "json-faults", .act = json_faults},
		{.name = "xml-bomb", .act = xml_bomb},
		{.name = "xml-outside", .act = xml_outside},
		{.name = NULL},
};
