/* SPDX-License-Identifier: EUPL-1.2 */
/* Misdeeds in HTTP/2 (RFC 9113), with frames written by hand. */
#include <string.h>

#include "peer.h"

enum { DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION };
enum { END_STREAM = 1, ACK = 1, END_HEADERS = 4, PADDED = 8, FRAME_HEAD = 9, STREAM = 1 };

static bool frame(struct peer *peer, unsigned type, unsigned flags, uint32_t stream, const void *bytes, size_t length)
{
	unsigned char head[FRAME_HEAD + 16384];
	head[0] = (unsigned char)(length >> 16);
	head[1] = (unsigned char)(length >> 8);
	head[2] = (unsigned char)length;
	head[3] = (unsigned char)type;
	head[4] = (unsigned char)flags;
	for (int i = 0; i < 4; i++)
		head[5 + i] = (unsigned char)(stream >> (24 - 8 * i));
	if (length > sizeof head - FRAME_HEAD) return false;
	if (length) memcpy(head + FRAME_HEAD, bytes, length);
	return peer_write(peer, head, FRAME_HEAD + length);
}

/* Reads the preface and the frames of the first request, as much as comes in one go. */
static bool start(struct peer *peer)
{
	char read[16384];
	if (!frame(peer, SETTINGS, 0, 0, NULL, 0)) return false;
	return peer_read(peer, read, sizeof read) > 0 && frame(peer, SETTINGS, ACK, 0, NULL, 0);
}

/* :status 200, and content-type: application/json as a literal. */
static bool head(struct peer *peer, unsigned flags)
{
	static const unsigned char block[] = "\x88\x0f\x10\x10"
										 "application/json";
	return frame(peer, HEADERS, END_HEADERS | flags, STREAM, block, sizeof block - 1);
}

static void good(struct peer *peer)
{
	if (start(peer) && head(peer, 0)) frame(peer, DATA, END_STREAM, STREAM, "{}", 2);
	peer_wait(peer, 500);
}

/* `type` again and again. */
static void flood(struct peer *peer, unsigned type, unsigned flags, uint32_t stream, const void *bytes, size_t length)
{
	while (frame(peer, type, flags, stream, bytes, length))
		;
}

static void goaway(struct peer *peer)
{
	if (start(peer)) frame(peer, GOAWAY, 0, 0, "\0\0\0\0\0\0\0\0", 8);
	peer_wait(peer, 500);
}

/* As a server does that is about to stop: the last answer, with its length, behind GOAWAY. */
static void last(struct peer *peer)
{
	static const unsigned char block[] = "\x88\x0f\x0d\1"
										 "2\x0f\x10\x10"
										 "application/json";
	if (start(peer) && frame(peer, GOAWAY, 0, 0, "\0\0\0\1\0\0\0\0", 8) &&
			frame(peer, HEADERS, END_HEADERS, STREAM, block, sizeof block - 1))
		frame(peer, DATA, END_STREAM, STREAM, "{}", 2);
	peer_wait(peer, 500);
}

static void goaway_flood(struct peer *peer)
{
	if (start(peer)) flood(peer, GOAWAY, 0, 0, "\0\0\0\1\0\0\0\0", 8);
}

static void rst(struct peer *peer)
{
	if (start(peer)) frame(peer, RST_STREAM, 0, STREAM, "\0\0\0\2", 4);
	peer_wait(peer, 500);
}

static void rst_in_body(struct peer *peer)
{
	if (start(peer) && head(peer, 0) && frame(peer, DATA, 0, STREAM, "{", 1))
		frame(peer, RST_STREAM, 0, STREAM, "\0\0\0\2", 4);
	peer_wait(peer, 500);
}

static void rst_flood(struct peer *peer)
{
	if (start(peer)) flood(peer, RST_STREAM, 0, STREAM, "\0\0\0\2", 4);
}

static void ping_flood(struct peer *peer)
{
	if (start(peer)) flood(peer, PING, 0, 0, "hostiles", 8);
}

static void settings_flood(struct peer *peer)
{
	if (start(peer)) flood(peer, SETTINGS, 0, 0, "\0\4\0\1\0\0", 6);
}

static void continuation_flood(struct peer *peer)
{
	static const char field[] = "\0\3x-a\4more";
	char block[9000];
	size_t length = 0;
	for (; length + sizeof field - 1 <= sizeof block; length += sizeof field - 1)
		memcpy(block + length, field, sizeof field - 1);
	if (start(peer) && frame(peer, HEADERS, 0, STREAM, "\x88", 1)) flood(peer, CONTINUATION, 0, STREAM, block, length);
}

/* One field of 4000 bytes in the dynamic table, and then that, a byte for each time. */
static void header_bomb(struct peer *peer)
{
	unsigned char block[16000];
	size_t length = 0;
	block[length++] = 0x88;
	memcpy(block + length, "\x40\1b\x7f\xa1\x1e",
			6); /* a literal with indexing; its value has 127 + 33 + 30 * 128 bytes */
	length += 6;
	memset(block + length, 'a', 4000);
	length += 4000;
	memset(block + length, 0xbe, sizeof block - length);
	if (start(peer)) frame(peer, HEADERS, END_HEADERS, STREAM, block, sizeof block);
	peer_wait(peer, 500);
}

static void empty_data_flood(struct peer *peer)
{
	if (start(peer) && head(peer, 0)) flood(peer, DATA, 0, STREAM, NULL, 0);
}

static void endless_data(struct peer *peer)
{
	static const char block[16384];
	if (start(peer) && head(peer, 0)) flood(peer, DATA, 0, STREAM, block, sizeof block);
}

static void silence(struct peer *peer)
{
	if (!start(peer)) return;
	while (peer_wait(peer, 1000))
		;
}

/* Frames of a type that nobody knows are to be ignored (section 4.1). */
static void unknown_flood(struct peer *peer)
{
	if (start(peer)) flood(peer, 0xee, 0, 0, "ignored", 7);
}

/* The connection ends in the body, as if that were all. */
static void cut(struct peer *peer)
{
	if (start(peer) && head(peer, 0)) frame(peer, DATA, 0, STREAM, "{}", 2);
}

static void window_overflow(struct peer *peer)
{
	if (start(peer)) flood(peer, WINDOW_UPDATE, 0, STREAM, "\x7f\xff\xff\xff", 4);
}

static void push(struct peer *peer)
{
	static const unsigned char promise[] = "\0\0\0\2\x82\x87\x84";
	if (start(peer)) frame(peer, PUSH_PROMISE, END_HEADERS, STREAM, promise, sizeof promise - 1);
	peer_wait(peer, 500);
}

static void garbage(struct peer *peer)
{
	unsigned char bytes[4096];
	memset(bytes, 0xff, sizeof bytes);
	if (start(peer)) peer_write(peer, bytes, sizeof bytes);
	peer_wait(peer, 500);
}

static void bad_padding(struct peer *peer)
{
	if (start(peer) && head(peer, 0)) frame(peer, DATA, PADDED, STREAM, "\xff{}", 3);
	peer_wait(peer, 500);
}

static void wrong_length(struct peer *peer)
{
	static const unsigned char block[] = "\x88\x0f\x0d\3"
										 "100";
	if (start(peer) && frame(peer, HEADERS, END_HEADERS, STREAM, block, sizeof block - 1))
		frame(peer, DATA, END_STREAM, STREAM, "{}", 2);
	peer_wait(peer, 500);
}

static void reset(struct peer *peer)
{
	if (start(peer)) head(peer, 0);
	peer_reset(peer);
}

#define H2 .certificate = "good", .http2 = true
const struct misdeed http2_misdeeds[] = {
		{.name = "h2-good", .act = good, H2},
		{.name = "h2-last", .act = last, H2},
		{.name = "h2-goaway", .act = goaway, H2},
		{.name = "h2-goaway-flood", .act = goaway_flood, H2},
		{.name = "h2-rst", .act = rst, H2},
		{.name = "h2-rst-in-body", .act = rst_in_body, H2},
		{.name = "h2-rst-flood", .act = rst_flood, H2},
		{.name = "h2-ping-flood", .act = ping_flood, H2},
		{.name = "h2-settings-flood", .act = settings_flood, H2},
		{.name = "h2-continuation-flood", .act = continuation_flood, H2},
		{.name = "h2-header-bomb", .act = header_bomb, H2},
		{.name = "h2-empty-data-flood", .act = empty_data_flood, H2},
		{.name = "h2-endless-data", .act = endless_data, H2},
		{.name = "h2-silence", .act = silence, H2},
		{.name = "h2-window-overflow", .act = window_overflow, H2},
		{.name = "h2-unknown-flood", .act = unknown_flood, H2},
		{.name = "h2-cut", .act = cut, H2},
		{.name = "h2-push", .act = push, H2},
		{.name = "h2-garbage", .act = garbage, H2},
		{.name = "h2-bad-padding", .act = bad_padding, H2},
		{.name = "h2-wrong-length", .act = wrong_length, H2},
		{.name = "h2-reset", .act = reset, H2},
		{.name = NULL},
};
