/* SPDX-License-Identifier: EUPL-1.2 */
/* ClientHello by hand, and reading ServerHello or alert. */
#include "fetch/tls_hello.h"

enum {
	RECORD_ALERT = 21,
	RECORD_HANDSHAKE = 22,
	RECORD_HEADER = 5,
	RECORD_MOST = (1 << 14) + 2048,
	CLIENT_HELLO = 1,
	SERVER_HELLO = 2,
	ALERT_WARNING = 1,
	ALERT_FATAL = 2,
	EXTENSION_VERSIONS = 43,
	RANDOM_BYTES = 32,
	HELLO_MOST = 4096,
};

const char *const tls_version_names[TLS_VERSION_COUNT] = {"TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3"};

uint16_t tls_wire_version(enum tls_version version)
{
	return (uint16_t)(0x0301 + (int)version);
}

static const struct {
	uint16_t suite;
	bool old; /* offered for TLS 1.0 to 1.1 too */
	const char *name;
} suites[] = {
		{0x1301, false, "TLS_AES_128_GCM_SHA256"},
		{0x1302, false, "TLS_AES_256_GCM_SHA384"},
		{0x1303, false, "TLS_CHACHA20_POLY1305_SHA256"},
		{0xc02b, false, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"},
		{0xc02c, false, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"},
		{0xc02f, false, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"},
		{0xc030, false, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"},
		{0xcca8, false, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"},
		{0xcca9, false, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"},
		{0x009e, false, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"},
		{0x009f, false, "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"},
		{0xccaa, false, "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256"},
		{0xc023, false, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"},
		{0xc024, false, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"},
		{0xc027, false, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"},
		{0xc028, false, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384"},
		{0x009c, false, "TLS_RSA_WITH_AES_128_GCM_SHA256"},
		{0x009d, false, "TLS_RSA_WITH_AES_256_GCM_SHA384"},
		{0x003c, false, "TLS_RSA_WITH_AES_128_CBC_SHA256"},
		{0x003d, false, "TLS_RSA_WITH_AES_256_CBC_SHA256"},
		{0xc009, true, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"},
		{0xc00a, true, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"},
		{0xc013, true, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"},
		{0xc014, true, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"},
		{0x0033, true, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA"},
		{0x0039, true, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA"},
		{0x002f, true, "TLS_RSA_WITH_AES_128_CBC_SHA"},
		{0x0035, true, "TLS_RSA_WITH_AES_256_CBC_SHA"},
		{0xc012, true, "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA"},
		{0xc008, true, "TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA"},
		{0x000a, true, "TLS_RSA_WITH_3DES_EDE_CBC_SHA"},
		{0x0005, true, "TLS_RSA_WITH_RC4_128_SHA"},
		{0x0004, true, "TLS_RSA_WITH_RC4_128_MD5"},
};

enum { SUITE_COUNT = sizeof suites / sizeof *suites };

const char *tls_suite_name(uint16_t suite)
{
	for (size_t i = 0; i < SUITE_COUNT; i++)
		if (suites[i].suite == suite) return suites[i].name;
	return NULL;
}

static void put(struct strbuf *out, uint32_t value, int bytes)
{
	for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
		strbuf_add_char(out, (char)(value >> shift & 0xff));
}

/* A length of so many bytes, to be filled in by end_length(); returns where it is. */
static size_t begin_length(struct strbuf *out, int bytes)
{
	size_t at = out->len;
	put(out, 0, bytes);
	return at;
}

static void end_length(struct strbuf *out, size_t at, int bytes)
{
	if (out->overflow) return;
	size_t length = out->len - at - (size_t)bytes;
	for (int i = 0; i < bytes; i++)
		out->ptr[at + (size_t)i] = (char)(length >> 8 * (bytes - 1 - i) & 0xff);
}

/* TLS 1.3 has suites of its own, and TLS 1.2 introduced those with AEAD or SHA-2. */
static bool is_offered(size_t i, enum tls_version version)
{
	bool is_13 = suites[i].suite >> 8 == 0x13;
	if (version == TLS_1_3 || is_13) return version == TLS_1_3 && is_13;
	return version == TLS_1_2 || suites[i].old;
}

static void add_suites(struct strbuf *out, enum tls_version version)
{
	size_t length = begin_length(out, 2);
	for (size_t i = 0; i < SUITE_COUNT; i++)
		if (is_offered(i, version)) put(out, suites[i].suite, 2);
	if (version != TLS_1_3) put(out, 0x00ff, 2); /* RFC 5746: renegotiation is safe */
	end_length(out, length, 2);
}

static void add_extension(struct strbuf *out, uint32_t type, const char *body, size_t length)
{
	put(out, type, 2);
	put(out, (uint32_t)length, 2);
	strbuf_add(out, (struct str){body, length});
}

#define EXTENSION(out, type, literal) add_extension(out, type, literal, sizeof(literal) - 1)

static void add_server_name(struct strbuf *out, struct str host)
{
	if (host.len == 0 || host.len > 255) return;
	put(out, 0, 2);
	put(out, (uint32_t)host.len + 5, 2);
	put(out, (uint32_t)host.len + 3, 2);
	put(out, 0, 1);
	put(out, (uint32_t)host.len, 2);
	strbuf_add(out, host);
}

/* The key share is the base point of X25519, which is a key like any other; nobody will compute with it. */
static void add_extensions(struct strbuf *out, enum tls_version version, struct str host)
{
	size_t length = begin_length(out, 2);
	add_server_name(out, host);
	EXTENSION(out, 10, "\0\10\0\x1d\0\x17\0\x18\0\x19"); /* groups: x25519, P-256, P-384, P-521 */
	EXTENSION(out, 11, "\1\0");
	if (version >= TLS_1_2)
		EXTENSION(out, 13, "\0\x1c\4\3\5\3\6\3\x8\7\x8\x8\x8\4\x8\5\x8\6\x8\x9\x8\xa\x8\xb\4\1\5\1\6\1");
	EXTENSION(out, 23, "");
	if (version == TLS_1_3) {
		EXTENSION(out, EXTENSION_VERSIONS, "\2\3\4");
		EXTENSION(out, 45, "\1\1");
		EXTENSION(out, 51, "\0\x24\0\x1d\0\x20\x9\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
	}
	end_length(out, length, 2);
}

void tls_hello_write(struct strbuf *out, enum tls_version version, struct str host)
{
	uint16_t wire = tls_wire_version(version);
	put(out, RECORD_HANDSHAKE, 1);
	put(out, 0x0301, 2);
	size_t record = begin_length(out, 2);
	put(out, CLIENT_HELLO, 1);
	size_t message = begin_length(out, 3);
	put(out, version == TLS_1_3 ? 0x0303 : wire, 2);
	for (uint32_t i = 0; i < RANDOM_BYTES; i++)
		put(out, (i * 73 + 41) & 0xff, 1); /* no secret depends on it */
	put(out, 0, 1);                        /* no session */
	add_suites(out, version);
	put(out, 0x0100, 2); /* no compression */
	add_extensions(out, version, host);
	end_length(out, message, 3);
	end_length(out, record, 2);
}

/* Bytes that are taken from the front; `ok` is false from the first time that there were too few. */
struct cursor {
	const uint8_t *at;
	size_t left;
	bool ok;
};

static const uint8_t *take(struct cursor *cursor, size_t count)
{
	cursor->ok = cursor->ok && cursor->left >= count;
	if (!cursor->ok) return NULL;
	const uint8_t *taken = cursor->at;
	cursor->at += count;
	cursor->left -= count;
	return taken;
}

static uint32_t take_number(struct cursor *cursor, int bytes)
{
	const uint8_t *taken = take(cursor, (size_t)bytes);
	uint32_t value = 0;
	for (int i = 0; taken && i < bytes; i++)
		value = value << 8 | taken[i];
	return value;
}

/* RFC 8446 section 4.1.3: the version that counts is in an extension when there is one. */
static uint16_t version_in_extensions(struct cursor *hello, uint16_t version)
{
	if (hello->left == 0) return version;
	struct cursor all = {.left = take_number(hello, 2), .ok = true};
	all.at = take(hello, all.left);
	if (!all.at) return version;
	while (all.ok && all.left > 0) {
		uint32_t type = take_number(&all, 2), length = take_number(&all, 2);
		const uint8_t *body = take(&all, length);
		if (body && type == EXTENSION_VERSIONS && length == 2) version = (uint16_t)(body[0] << 8 | body[1]);
	}
	return version;
}

static struct tls_reply read_hello(struct cursor hello)
{
	struct tls_reply reply = {.kind = TLS_REPLY_HELLO};
	reply.version = (uint16_t)take_number(&hello, 2);
	take(&hello, RANDOM_BYTES);
	take(&hello, take_number(&hello, 1));
	reply.suite = (uint16_t)take_number(&hello, 2);
	take_number(&hello, 1);
	if (!hello.ok) return (struct tls_reply){.kind = TLS_REPLY_NOT_TLS};
	reply.version = version_in_extensions(&hello, reply.version);
	return reply;
}

/* Handshake bytes of all records so far. */
static struct tls_reply read_handshake(const uint8_t *bytes, size_t length)
{
	struct cursor message = {bytes, length, true};
	if (length > 0 && bytes[0] != SERVER_HELLO) return (struct tls_reply){.kind = TLS_REPLY_NOT_TLS};
	take(&message, 1);
	uint32_t size = take_number(&message, 3);
	if (message.ok && size > HELLO_MOST) return (struct tls_reply){.kind = TLS_REPLY_NOT_TLS};
	if (!message.ok || message.left < size) return (struct tls_reply){.kind = TLS_REPLY_MORE};
	message.left = size;
	return read_hello(message);
}

struct tls_reply tls_reply_read(struct str bytes)
{
	uint8_t handshake[HELLO_MOST + 4];
	size_t gathered = 0;
	struct cursor all = {(const uint8_t *)bytes.ptr, bytes.len, true};
	while (all.left >= RECORD_HEADER) {
		uint32_t type = take_number(&all, 1), major = take_number(&all, 1);
		take_number(&all, 1);
		uint32_t length = take_number(&all, 2);
		bool known = type == RECORD_ALERT || type == RECORD_HANDSHAKE;
		if (!known || major != 3 || length == 0 || length > RECORD_MOST)
			return (struct tls_reply){.kind = TLS_REPLY_NOT_TLS};
		size_t present = all.left < length ? all.left : length;
		const uint8_t *body = take(&all, present);
		if (type == RECORD_ALERT) {
			if (present < 2) return (struct tls_reply){.kind = TLS_REPLY_MORE};
			if (body[0] == ALERT_FATAL || body[1] == 0) return (struct tls_reply){TLS_REPLY_ALERT, 0, 0, body[1]};
			if (body[0] != ALERT_WARNING) return (struct tls_reply){.kind = TLS_REPLY_NOT_TLS};
			continue;
		}
		size_t room = sizeof handshake - gathered, copied = present < room ? present : room;
		memcpy(handshake + gathered, body, copied);
		gathered += copied;
		struct tls_reply reply = read_handshake(handshake, gathered);
		if (reply.kind != TLS_REPLY_MORE) return reply;
	}
	return (struct tls_reply){.kind = TLS_REPLY_MORE};
}
