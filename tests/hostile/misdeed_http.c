/* SPDX-License-Identifier: EUPL-1.2 */
/* Misdeeds in HTTP/1: silence, drips, endless headers, wrong lengths, redirects to where nobody should go. */
#include <stdio.h>
#include <string.h>

#include "peer.h"

#define OK "HTTP/1.1 200 OK\r\n"
#define JSON "Content-Type: application/json\r\n"

static void keep_silent(struct peer *peer)
{
	while (peer_wait(peer, 1000))
		;
}

static void drip(struct peer *peer, const char *text)
{
	for (size_t i = 0; peer_wait(peer, 1000); i++)
		if (!peer_write(peer, &text[i % strlen(text)], 1)) return;
}

static void drip_head(struct peer *peer)
{
	drip(peer, OK "X-Long: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
}

static void drip_body(struct peer *peer)
{
	peer_text(peer, OK "Content-Length: 1000000\r\n\r\n");
	drip(peer, "a");
}

static void silence_in_head(struct peer *peer)
{
	peer_text(peer, OK "X-Half: ");
	keep_silent(peer);
}

static void silence_in_body(struct peer *peer)
{
	peer_text(peer, OK "Content-Length: 10\r\n\r\n{\"a\"");
	keep_silent(peer);
}

static void repeat(struct peer *peer, const char *start, const char *again)
{
	char block[4096];
	size_t length = strlen(again), filled = 0;
	for (; filled + length <= sizeof block; filled += length)
		memcpy(block + filled, again, length);
	if (!peer_text(peer, start)) return;
	while (peer_write(peer, block, filled))
		;
}

static void endless_headers(struct peer *peer)
{
	repeat(peer, OK, "X-More: and more\r\n");
}

static void endless_header_line(struct peer *peer)
{
	repeat(peer, OK "X-Long: ", "aaaaaaaa");
}

static void endless_status_line(struct peer *peer)
{
	repeat(peer, "HTTP/1.1 200 ", "aaaaaaaa");
}

static void endless_folds(struct peer *peer)
{
	repeat(peer, OK "X-Folded: a\r\n", " b\r\n");
}

static void interim_flood(struct peer *peer)
{
	repeat(peer, "", "HTTP/1.1 100 Continue\r\n\r\n");
}

static void hints_flood(struct peer *peer)
{
	repeat(peer, "", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
}

static void endless_trailers(struct peer *peer)
{
	repeat(peer, OK "Transfer-Encoding: chunked\r\n\r\n0\r\n", "X-More: and more\r\n");
}

static void endless_extension(struct peer *peer)
{
	repeat(peer, OK "Transfer-Encoding: chunked\r\n\r\n1;", "aaaaaaaa");
}

static void length_long(struct peer *peer)
{
	peer_text(peer, OK JSON "Content-Length: 100\r\n\r\n{}");
}

static void length_short(struct peer *peer)
{
	peer_text(peer, OK JSON "Content-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\nX-Smuggled: yes\r\n\r\n");
}

static void length_negative(struct peer *peer)
{
	peer_text(peer, OK JSON "Content-Length: -5\r\n\r\n{}");
}

static void length_huge(struct peer *peer)
{
	peer_text(peer, OK JSON "Content-Length: 99999999999999999999999\r\n\r\n{}");
}

static void length_twice(struct peer *peer)
{
	peer_text(peer, OK JSON "Content-Length: 2\r\nContent-Length: 50\r\n\r\n{}");
}

static void chunk_bad_size(struct peer *peer)
{
	peer_text(peer, OK JSON "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n");
}

static void chunk_huge_size(struct peer *peer)
{
	peer_text(peer, OK JSON "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}\r\n0\r\n\r\n");
}

static void chunk_no_end(struct peer *peer)
{
	peer_text(peer, OK JSON "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n");
}

static void nul_in_header(struct peer *peer)
{
	static const char text[] = OK "X-Nul: a\0b\r\nContent-Length: 2\r\n\r\n{}";
	peer_write(peer, text, sizeof text - 1);
}

static void eight_bits(struct peer *peer)
{
	peer_text(peer, OK JSON "X-Latin: caf\351\r\nX-Escape: \033[31m\r\nContent-Length: 2\r\n\r\n{}");
}

static void header_without_colon(struct peer *peer)
{
	peer_text(peer, OK "no colon here\r\nContent-Length: 2\r\n\r\n{}");
}

static void no_content_with_body(struct peer *peer)
{
	peer_text(peer, "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n{}");
}

static void not_modified_with_body(struct peer *peer)
{
	peer_text(peer, "HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\n{}");
}

static void transfer_gzip(struct peer *peer)
{
	peer_text(peer, OK JSON "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
}

static void not_http(struct peer *peer)
{
	peer_text(peer, "SSH-2.0-OpenSSH_9.2\r\n");
}

static void bad_status(struct peer *peer)
{
	peer_text(peer, "HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n");
}

static void unasked_upgrade(struct peer *peer)
{
	peer_text(peer, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
	keep_silent(peer);
}

static void redirect(struct peer *peer, const char *where)
{
	peer_printf(peer, "HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", where);
}

static void redirect_loop(struct peer *peer)
{
	redirect(peer, strstr(peer->request, "/one") ? "/two" : "/one");
}

/* Never the same place twice. */
static void redirect_chain(struct peer *peer)
{
	unsigned number = 0;
	char where[64];
	for (const char *at = peer->request; *at && *at != '\r'; at++)
		if (*at >= '0' && *at <= '9') number = (number * 10 + (unsigned)(*at - '0')) % 100000;
	(void)snprintf(where, sizeof where, "/%u", number + 1);
	redirect(peer, where);
}

static void redirect_file(struct peer *peer)
{
	redirect(peer, "file:///etc/passwd");
}

static void redirect_gopher(struct peer *peer)
{
	redirect(peer, "gopher://127.0.0.1:70/_x");
}

static void redirect_private(struct peer *peer)
{
	redirect(peer, "http://10.0.0.1/");
}

static void redirect_metadata(struct peer *peer)
{
	redirect(peer, "http://[::ffff:a9fe:a9fe]/latest/meta-data/");
}

static void redirect_elsewhere(struct peer *peer)
{
	char where[64];
	(void)snprintf(where, sizeof where, "http://localhost:%u/", port_of("tell-secrets"));
	redirect(peer, where);
}

/* The other host: what did it get that is not its business? */
static void tell_secrets(struct peer *peer)
{
	bool told = strstr(peer->request, "geheim") || strcasestr(peer->request, "authorization:") ||
				strcasestr(peer->request, "\ncookie:");
	peer_text(peer, OK "Content-Type: application/json\r\nContent-Length: 8\r\nConnection: close\r\n\r\n");
	peer_text(peer, told ? "\"leaked\"" : "{     }\n");
}

static void redirect_long(struct peer *peer)
{
	repeat(peer, "HTTP/1.1 302 Found\r\nLocation: /", "aaaaaaaa");
}

static void redirect_nowhere(struct peer *peer)
{
	peer_text(peer, "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n");
}

static void reset_at_once(struct peer *peer)
{
	peer_reset(peer);
}

static void reset_in_head(struct peer *peer)
{
	peer_text(peer, OK "X-Half: ");
	peer_wait(peer, 100);
	peer_reset(peer);
}

static void reset_in_body(struct peer *peer)
{
	peer_text(peer, OK JSON "Content-Length: 100\r\n\r\n{");
	peer_wait(peer, 100);
	peer_reset(peer);
}

static void close_at_once(struct peer *peer)
{
	(void)peer;
}

const struct misdeed http1_misdeeds[] = {
		{.name = "silence", .act = keep_silent, .early = true},
		{.name = "silence-in-head", .act = silence_in_head},
		{.name = "silence-in-body", .act = silence_in_body},
		{.name = "drip-head", .act = drip_head},
		{.name = "drip-body", .act = drip_body},
		{.name = "endless-headers", .act = endless_headers},
		{.name = "endless-header-line", .act = endless_header_line},
		{.name = "endless-status-line", .act = endless_status_line},
		{.name = "endless-folds", .act = endless_folds},
		{.name = "endless-trailers", .act = endless_trailers},
		{.name = "endless-extension", .act = endless_extension},
		{.name = "interim-flood", .act = interim_flood},
		{.name = "hints-flood", .act = hints_flood},
		{.name = "length-long", .act = length_long},
		{.name = "length-short", .act = length_short},
		{.name = "length-negative", .act = length_negative},
		{.name = "length-huge", .act = length_huge},
		{.name = "length-twice", .act = length_twice},
		{.name = "chunk-bad-size", .act = chunk_bad_size},
		{.name = "chunk-huge-size", .act = chunk_huge_size},
		{.name = "chunk-no-end", .act = chunk_no_end},
		{.name = "nul-in-header", .act = nul_in_header},
		{.name = "eight-bits", .act = eight_bits},
		{.name = "header-without-colon", .act = header_without_colon},
		{.name = "no-content-with-body", .act = no_content_with_body},
		{.name = "not-modified-with-body", .act = not_modified_with_body},
		{.name = "transfer-gzip", .act = transfer_gzip},
		{.name = "not-http", .act = not_http},
		{.name = "bad-status", .act = bad_status},
		{.name = "unasked-upgrade", .act = unasked_upgrade},
		{.name = "redirect-loop", .act = redirect_loop},
		{.name = "redirect-chain", .act = redirect_chain},
		{.name = "redirect-file", .act = redirect_file},
		{.name = "redirect-gopher", .act = redirect_gopher},
		{.name = "redirect-private", .act = redirect_private},
		{.name = "redirect-metadata", .act = redirect_metadata},
		{.name = "redirect-elsewhere", .act = redirect_elsewhere},
		{.name = "redirect-long", .act = redirect_long},
		{.name = "redirect-nowhere", .act = redirect_nowhere},
		{.name = "tell-secrets", .act = tell_secrets},
		{.name = "reset-at-once", .act = reset_at_once, .early = true},
		{.name = "reset-before-head", .act = reset_at_once},
		{.name = "reset-in-head", .act = reset_in_head},
		{.name = "reset-in-body", .act = reset_in_body},
		{.name = "close-at-once", .act = close_at_once},
		{.name = NULL},
};
