/* SPDX-License-Identifier: EUPL-1.2 */
/* What is known of a TLS connection: session and certificate. */
#include <ctype.h>
#include <inttypes.h>
#include <nettle/base64.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <strings.h>
#include <time.h>

#include "fetch/http_private.h"

enum { TIME_BYTES = 40 };

/* OpenSSL's handle of the connection; NULL when it has none, or another library's. */
static const void *ssl_of(const struct once *once)
{
	const struct curl_api *api = once->client->api;
	struct curl_tlssessioninfo *session = NULL;
	if (!once->origin.https) return NULL;
	if (api->easy_getinfo(once->client->handle, CURLINFO_TLS_SSL_PTR, &session) != CURLE_OK || !session) return NULL;
	return session->backend == CURLSSLBACKEND_OPENSSL ? session->internals : NULL;
}

bool http_tls_pending(const struct once *once)
{
	const void *ssl = ssl_of(once);
	return ssl && once->client->api->ssl_pending && once->client->api->ssl_pending(ssl);
}

void http_tls_session(struct once *once)
{
	const struct curl_api *api = once->client->api;
	const void *ssl = ssl_of(once);
	if (!ssl || !api->ssl_version || !api->ssl_cipher || !api->ssl_cipher_name) return;
	const void *cipher = api->ssl_cipher(ssl);
	const char *version = api->ssl_version(ssl);
	const char *name = cipher ? api->ssl_cipher_name(cipher) : NULL;
	if (version) once->exchange->tls.version = str_copy(once->arena, str_of(version));
	if (name) once->exchange->tls.cipher = str_copy(once->arena, str_of(name));
}

/* "Nov 25 13:19:16 2026 GMT" as RFC 3339; as it is when it is something else. */
static struct str date_text(const struct curl_api *api, struct str date, struct arena *arena)
{
	char text[TIME_BYTES];
	struct tm parts;
	time_t when = api->getdate(str_copy(arena, date).ptr, NULL);
	if (when == (time_t)-1 || !gmtime_r(&when, &parts)) return str_copy(arena, date);
	strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
	return str_copy(arena, str_of(text));
}

/* "DNS:a.nl, IP Address:127.0.0.1, email:x" without the kinds of what a host can be called by. */
static struct str names_text(struct str all, struct arena *arena)
{
	struct strbuf out;
	strbuf_init(&out, all.len * 2 + 1);
	while (all.len > 0) {
		struct str one = {all.ptr, str_find_str(all, STR(", "))};
		all = str_skip(all, one.len + 2);
		if (str_starts(one, STR("DNS:")))
			one = str_skip(one, 4);
		else if (str_starts(one, STR("IP Address:")))
			one = str_skip(one, strlen("IP Address:"));
		if (out.len > 0) strbuf_add(&out, STR(", "));
		strbuf_add(&out, one);
	}
	return strbuf_take(&out, arena);
}

/* SHA-256 of the DER inside a PEM block. */
static struct str fingerprint(struct str pem, struct arena *arena)
{
	struct str body = str_skip(pem, str_find(pem, '\n'));
	body.len = str_find_str(body, STR("-----END"));
	uint8_t *der = arena_alloc(arena, BASE64_DECODE_LENGTH(body.len) + 1);
	struct base64_decode_ctx decoder;
	size_t length = 0;
	base64_decode_init(&decoder);
	if (!base64_decode_update(&decoder, &length, der, body.len, body.ptr) || !base64_decode_final(&decoder))
		return STR("");
	struct sha256_ctx context;
	uint8_t digest[SHA256_DIGEST_SIZE];
	char hex[2 * SHA256_DIGEST_SIZE];
	sha256_init(&context);
	sha256_update(&context, length, der);
	sha256_digest(&context, sizeof digest, digest);
	for (size_t i = 0; i < sizeof hex; i++)
		hex[i] = "0123456789abcdef"[i % 2 ? digest[i / 2] & 15 : digest[i / 2] >> 4];
	return str_copy(arena, (struct str){hex, sizeof hex});
}

static void take_fact(const struct curl_api *api, struct tls_facts *tls, struct str line, struct arena *arena)
{
	size_t colon = str_find(line, ':');
	struct str name = {line.ptr, colon}, value = str_skip(line, colon + 1);
	if (str_eq(name, STR("Subject"))) tls->subject = str_copy(arena, value);
	if (str_eq(name, STR("Issuer"))) tls->issuer = str_copy(arena, value);
	if (str_eq(name, STR("Start date"))) tls->not_before = date_text(api, value, arena);
	if (str_eq(name, STR("Expire date"))) tls->not_after = date_text(api, value, arena);
	if (str_eq(name, STR("X509v3 Subject Alternative Name"))) tls->names = names_text(value, arena);
	if (str_eq(name, STR("Cert"))) tls->fingerprint = fingerprint(value, arena);
}

static struct tls_facts copy_facts(const struct tls_facts *from, struct arena *arena)
{
	return (struct tls_facts){
			.version = str_copy(arena, from->version),
			.cipher = str_copy(arena, from->cipher),
			.subject = str_copy(arena, from->subject),
			.issuer = str_copy(arena, from->issuer),
			.not_before = str_copy(arena, from->not_before),
			.not_after = str_copy(arena, from->not_after),
			.names = str_copy(arena, from->names),
			.fingerprint = str_copy(arena, from->fingerprint),
	};
}

/* Renews what is remembered: the texts of connections that are gone must not add up. */
static void remember(struct http_host *host, const struct tls_facts *facts)
{
	struct arena *arena = arena_new();
	struct http_host renewed = {.name = str_copy(arena, host->name),
			.last_us = host->last_us,
			.arena = arena,
			.tls = copy_facts(facts, arena)};
	arena_free(host->arena);
	*host = renewed;
}

void http_tls_certificate(struct once *once, struct http_host *host)
{
	struct curl_certinfo *chain = NULL;
	struct tls_facts *tls = &once->exchange->tls;
	if (!once->origin.https) return;
	once->client->api->easy_getinfo(once->client->handle, CURLINFO_CERTINFO, &chain);
	if (chain && chain->num_of_certs > 0) {
		for (const struct curl_slist *line = chain->certinfo[0]; line; line = line->next)
			take_fact(once->client->api, tls, str_of(line->data), once->arena);
		remember(host, tls);
	} else if (once->sends > 0) {
		struct tls_facts kept = copy_facts(&host->tls, once->arena);
		if (tls->version.len) kept.version = tls->version;
		if (tls->cipher.len) kept.cipher = tls->cipher;
		*tls = kept;
	}
}
