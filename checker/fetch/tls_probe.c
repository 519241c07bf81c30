/* SPDX-License-Identifier: EUPL-1.2 */
/* Asking a server for each version of TLS, in bounded time. */
#include "fetch/tls_probe.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "fetch/address.h"

enum {
	ALERT_HANDSHAKE_FAILURE = 40,
	ALERT_PROTOCOL_VERSION = 70,
	ALERT_INSUFFICIENT_SECURITY = 71,
	ALERT_INAPPROPRIATE_FALLBACK = 86,
	READ_BYTES = 2048,
	MS_PER_S = 1000,
	NS_PER_MS = 1000000,
};

/* Why there was no reply. */
enum trouble { TROUBLE_NONE, TROUBLE_CONNECT, TROUBLE_TIME, TROUBLE_CLOSED, TROUBLE_TALK };

struct line {
	int fd;
	int64_t deadline_ms;
	enum trouble trouble;
};

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * MS_PER_S + now.tv_nsec / NS_PER_MS;
}

static bool wait_for(struct line *line, short events)
{
	for (;;) {
		int64_t left = line->deadline_ms - now_ms();
		struct pollfd wanted = {.fd = line->fd, .events = events};
		int ready = left > 0 ? poll(&wanted, 1, (int)left) : 0;
		if (ready > 0) return true;
		if (ready < 0 && errno == EINTR) continue;
		line->trouble = TROUBLE_TIME;
		return false;
	}
}

static socklen_t address_of(const struct tls_target *target, struct sockaddr_storage *out)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons((uint16_t)target->port)};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)target->port)};
	char text[INET6_ADDRSTRLEN] = "";
	if (target->address.len == 0 || target->address.len >= sizeof text || target->port > UINT16_MAX) return 0;
	memcpy(text, target->address.ptr, target->address.len);
	if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) {
		memcpy(out, &v4, sizeof v4);
		return sizeof v4;
	}
	if (inet_pton(AF_INET6, text, &v6.sin6_addr) != 1) return 0;
	memcpy(out, &v6, sizeof v6);
	return sizeof v6;
}

static bool dial(struct line *line, const struct sockaddr_storage *address, socklen_t length)
{
	int fault = 0;
	socklen_t size = sizeof fault;
	line->fd = socket(address->ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	line->trouble = TROUBLE_CONNECT;
	if (line->fd < 0) return false;
	if (connect(line->fd, (const struct sockaddr *)address, length) != 0) {
		if (errno != EINPROGRESS || !wait_for(line, POLLOUT)) return false;
		if (getsockopt(line->fd, SOL_SOCKET, SO_ERROR, &fault, &size) != 0 || fault != 0) return false;
	}
	line->trouble = TROUBLE_NONE;
	return true;
}

static bool say(struct line *line, struct str bytes)
{
	while (bytes.len > 0) {
		if (!wait_for(line, POLLOUT)) return false;
		ssize_t sent = send(line->fd, bytes.ptr, bytes.len, MSG_NOSIGNAL);
		if (sent < 0 && (errno == EAGAIN || errno == EINTR)) continue;
		if (sent <= 0) {
			line->trouble = TROUBLE_CLOSED;
			return false;
		}
		bytes = str_skip(bytes, (size_t)sent);
	}
	return true;
}

static struct tls_reply hear(struct line *line, struct strbuf *heard)
{
	struct tls_reply reply = {.kind = TLS_REPLY_MORE};
	char bytes[READ_BYTES];
	while (reply.kind == TLS_REPLY_MORE && wait_for(line, POLLIN)) {
		ssize_t got = recv(line->fd, bytes, sizeof bytes, 0);
		if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
		if (got > 0) strbuf_add(heard, (struct str){bytes, (size_t)got});
		if (got <= 0 || heard->overflow) {
			line->trouble = got <= 0 ? TROUBLE_CLOSED : TROUBLE_TALK;
			return reply;
		}
		reply = tls_reply_read(strbuf_str(heard));
	}
	return reply;
}

static bool is_name(struct str host)
{
	for (size_t i = 0; i < host.len; i++)
		if (host.ptr[i] == ':') return false;
	return host.len > 0 && !(host.ptr[host.len - 1] >= '0' && host.ptr[host.len - 1] <= '9');
}

static struct tls_offer trouble_offer(const struct line *line, const struct tls_target *target, struct arena *arena)
{
	struct str at = target->address;
	switch (line->trouble) {
	case TROUBLE_CONNECT:
		return (struct tls_offer){.why = text_printf(arena, "%.*s does not accept a connection on port %u",
										  "%.*s aanvaardt geen verbinding op poort %u", STR_FMT(at), target->port)};
	case TROUBLE_TIME:
		return (struct tls_offer){.why = text_printf(arena, "%.*s did not answer within the time for it",
										  "%.*s antwoordde niet binnen de tijd daarvoor", STR_FMT(at))};
	case TROUBLE_CLOSED:
		return (struct tls_offer){.why = TEXT("the server hung up without a word",
										  "de server verbrak de verbinding zonder iets te zeggen")};
	default:
		return (struct tls_offer){.why = text_printf(arena, "the server said more than %d bytes and no ServerHello",
										  "de server zei meer dan %d bytes en geen ServerHello", LIMIT_PROBE_BYTES)};
	}
}

static struct tls_offer alert_offer(uint8_t alert, struct arena *arena)
{
	bool refuses = alert == ALERT_PROTOCOL_VERSION || alert == ALERT_HANDSHAKE_FAILURE ||
				   alert == ALERT_INSUFFICIENT_SECURITY || alert == ALERT_INAPPROPRIATE_FALLBACK;
	return (struct tls_offer){.answer = refuses ? TLS_REFUSED : TLS_UNDECIDED,
			.why = text_printf(arena, "the server answered with alert %u", "de server antwoordde met alert %u", alert)};
}

static struct tls_offer hello_offer(struct tls_reply reply, enum tls_version asked, struct arena *arena)
{
	if (reply.version != tls_wire_version(asked))
		return (struct tls_offer){.answer = TLS_REFUSED,
				.why = text_printf(arena, "the server chose another version, 0x%04x",
						"de server koos een andere versie, 0x%04x", reply.version)};
	const char *name = tls_suite_name(reply.suite);
	return (struct tls_offer){
			.answer = TLS_ACCEPTED, .suite = name ? str_of(name) : str_printf(arena, "0x%04X", reply.suite)};
}

/* Tells also whether the server itself ended it, by an alert or without a word. */
static struct tls_offer probe_version(const struct tls_target *target, const struct sockaddr_storage *address,
		socklen_t length, enum tls_version version, bool *ended, struct arena *arena)
{
	uint32_t time = target->timeout_ms && target->timeout_ms < LIMIT_PROBE_MS ? target->timeout_ms : LIMIT_PROBE_MS;
	struct line line = {.fd = -1, .deadline_ms = now_ms() + time};
	struct strbuf hello, heard;
	struct tls_reply reply = {.kind = TLS_REPLY_MORE};
	strbuf_init(&hello, LIMIT_PROBE_BYTES);
	strbuf_init(&heard, LIMIT_PROBE_BYTES);
	tls_hello_write(&hello, version, is_name(target->host) ? target->host : STR(""));
	if (dial(&line, address, length) && say(&line, strbuf_str(&hello))) reply = hear(&line, &heard);
	*ended = reply.kind == TLS_REPLY_ALERT || (line.trouble == TROUBLE_CLOSED && heard.len == 0);
	if (line.fd >= 0) close(line.fd);
	strbuf_release(&hello);
	strbuf_release(&heard);
	if (reply.kind == TLS_REPLY_HELLO) return hello_offer(reply, version, arena);
	if (reply.kind == TLS_REPLY_ALERT) return alert_offer(reply.alert, arena);
	if (reply.kind == TLS_REPLY_NOT_TLS)
		return (struct tls_offer){.why = TEXT("what answers does not speak TLS", "wat antwoordt spreekt geen TLS")};
	return trouble_offer(&line, target, arena);
}

static struct tls_probe all_undecided(struct text why)
{
	struct tls_probe probe;
	for (int version = 0; version < TLS_VERSION_COUNT; version++)
		probe.offers[version] = (struct tls_offer){.answer = TLS_UNDECIDED, .why = why};
	return probe;
}

struct tls_probe tls_probe(const struct tls_target *target, struct arena *arena)
{
	struct tls_probe probe;
	struct sockaddr_storage address = {0};
	bool ended[TLS_VERSION_COUNT], accepts = false;
	socklen_t length = address_of(target, &address);
	if (length == 0)
		return all_undecided(text_printf(arena, "\"%.*s\" with port %u is no address",
				"\"%.*s\" met poort %u is geen adres", STR_FMT(target->address), target->port));
	if (target->public_only && address_special((struct sockaddr *)&address))
		return all_undecided(text_printf(arena, "%.*s is no public address, and may not be asked here",
				"%.*s is geen openbaar adres, en mag hier niet gevraagd worden", STR_FMT(target->address)));
	for (int version = TLS_VERSION_COUNT - 1; version >= 0; version--) {
		probe.offers[version] = probe_version(
				target, &address, length, (enum tls_version)version, &ended[version], arena);
		accepts = accepts || probe.offers[version].answer == TLS_ACCEPTED;
	}
	for (int version = 0; version < TLS_VERSION_COUNT; version++)
		if (accepts && ended[version]) probe.offers[version].answer = TLS_REFUSED;
	return probe;
}
