/* SPDX-License-Identifier: EUPL-1.2 */
/* Why there is no response, in words that say what to do. */
#include <errno.h>

#include "base/limits.h"
#include "fetch/http_private.h"

/* Results of OpenSSL's verification (x509_vfy.h), which libcurl hands on. */
enum {
	VERIFY_UNSPECIFIED = 1, /* libcurl's beginning value: OpenSSL accepted it, and libcurl did not */
	VERIFY_NOT_YET = 9,
	VERIFY_EXPIRED = 10,
	VERIFY_SELF_SIGNED = 18,
	VERIFY_SELF_SIGNED_CHAIN = 19,
	VERIFY_NO_ISSUER = 20,
	VERIFY_NO_FIRST = 21,
	VERIFY_REVOKED = 23,
};

struct verdict {
	enum http_failure failure;
	struct text why;
};

static struct verdict failed(enum http_failure failure, struct text why)
{
	return (struct verdict){failure, why};
}

/* libcurl's own words, which exist in English only, without how long it took: a report must not depend on that. */
static struct str detail(const struct once *once)
{
	struct str words = str_of(once->error), rest;
	size_t at = str_find_str(words, STR(" after "));
	if (words.len == 0) return STR("-");
	rest = str_skip(words, at + strlen(" after "));
	size_t digits = strspn(rest.len ? rest.ptr : "", "0123456789");
	if (digits == 0 || !str_starts(str_skip(rest, digits), STR(" ms"))) return words;
	rest = str_skip(rest, digits + strlen(" ms"));
	return str_printf(once->arena, "%.*s%.*s", (int)at, words.ptr, STR_FMT(rest));
}

static bool says(const struct once *once, const char *words)
{
	return strstr(once->error, words) != NULL;
}

static struct text certificate_text(const struct once *once)
{
	struct arena *arena = once->arena;
	struct str host = once->origin.host;
	long verified = 0;
	once->client->api->easy_getinfo(once->client->handle, CURLINFO_SSL_VERIFYRESULT, &verified);
	switch (verified) {
	case VERIFY_EXPIRED:
		return text_printf(arena, "the certificate of %.*s, or one above it, has expired; the server needs a new one",
				"het certificaat van %.*s, of een erboven, is verlopen; de server heeft een nieuw nodig",
				STR_FMT(host));
	case VERIFY_NOT_YET:
		return text_printf(arena,
				"the certificate of %.*s is not valid yet; compare its dates with the clocks of both sides",
				"het certificaat van %.*s is nog niet geldig; vergelijk de data met de klokken aan beide kanten",
				STR_FMT(host));
	case VERIFY_SELF_SIGNED:
		return text_printf(arena,
				"the certificate of %.*s is self-signed; use one of an issuer that is trusted, or name it with --cacert",
				"het certificaat van %.*s is door zichzelf ondertekend; gebruik er een van een vertrouwde uitgever, of "
				"geef het op met --cacert",
				STR_FMT(host));
	case VERIFY_SELF_SIGNED_CHAIN:
	case VERIFY_NO_ISSUER:
	case VERIFY_NO_FIRST:
		return text_printf(arena,
				"the issuer of the certificate of %.*s is not trusted, or the server leaves out certificates in between; "
				"let the server send its whole chain, or name the issuer with --cacert",
				"de uitgever van het certificaat van %.*s wordt niet vertrouwd, of de server laat tussenliggende "
				"certificaten weg; laat de server zijn hele keten sturen, of geef de uitgever op met --cacert",
				STR_FMT(host));
	case VERIFY_REVOKED:
		return text_printf(arena, "the certificate of %.*s has been revoked; the server needs a new one",
				"het certificaat van %.*s is ingetrokken; de server heeft een nieuw nodig", STR_FMT(host));
	case VERIFY_UNSPECIFIED:
		return text_printf(arena,
				"the certificate is not for %.*s (it is for: %.*s); use a name that it holds, or a certificate with this name",
				"het certificaat is niet voor %.*s (wel voor: %.*s); gebruik een naam die erin staat, of een certificaat "
				"met deze naam",
				STR_FMT(host), STR_FMT(once->exchange->tls.names.len ? once->exchange->tls.names : STR("-")));
	default:
		return text_printf(arena, "the certificate of %.*s was not accepted (OpenSSL: %.*s)",
				"het certificaat van %.*s is niet aanvaard (OpenSSL: %.*s)", STR_FMT(host), STR_FMT(detail(once)));
	}
}

static struct text timeout_text(const struct once *once)
{
	const struct http_options *options = &once->client->options;
	uint32_t total_ms = once->total_ms;
	struct str host = once->origin.host;
	if (once->sends == 0)
		return text_printf(once->arena,
				"no connection with %.*s within %u ms; is the address right, and may this machine reach it?",
				"geen verbinding met %.*s binnen %u ms; klopt het adres, en mag deze machine erbij?", STR_FMT(host),
				options->connect_ms < total_ms ? options->connect_ms : total_ms);
	static const char *const came[][LANG_COUNT] = {
			{"no whole header section came", "er kwamen geen volledige headers"},
			{"the headers came, and not all of the body", "de headers kwamen, en niet de hele inhoud"},
			{"it kept sending what adds nothing to the answer", "er bleef komen wat niets aan het antwoord toevoegt"},
	};
	const char *const *what = came[once->overdue ? 2 : once->head.done];
	struct str en = str_printf(once->arena,
			"%.*s took longer than %u ms for the whole answer (%s); make it faster, or allow more time", STR_FMT(host),
			total_ms, what[LANG_EN]);
	struct str nl = str_printf(once->arena,
			"%.*s deed langer dan %u ms over het hele antwoord (%s); maak het sneller, of sta meer tijd toe",
			STR_FMT(host), total_ms, what[LANG_NL]);
	return (struct text){{en, nl}};
}

static struct verdict of_address(const struct once *once)
{
	struct arena *arena = once->arena;
	struct str host = once->origin.host;
	struct str at = once->special_address;
	bool same = str_eq(host, at) || (host.len == at.len + 2 && str_find_str(host, at) == 1);
	struct str named = same ? STR("") : str_printf(arena, "%.*s, ", STR_FMT(at));
	return failed(FAILURE_ADDRESS,
			(struct text){{
					str_printf(arena,
							"%.*s is %.*san address that may not be asked here (%s); use a public one, or allow such "
							"addresses",
							STR_FMT(host), STR_FMT(named), once->special[LANG_EN]),
					str_printf(arena,
							"%.*s is %.*seen adres dat hier niet opgevraagd mag worden (%s); gebruik een openbaar adres, "
							"of sta zulke adressen toe",
							STR_FMT(host), STR_FMT(named), once->special[LANG_NL]),
			}});
}

static const char *const *connect_reason(const struct once *once)
{
	static const char *const refused[LANG_COUNT] = {"refused", "geweigerd"};
	static const char *const unreachable[LANG_COUNT] = {"unreachable", "onbereikbaar"};
	long number = 0;
	once->client->api->easy_getinfo(once->client->handle, CURLINFO_OS_ERRNO, &number);
	return number == ECONNREFUSED ? refused : unreachable;
}

static struct verdict of_connecting(const struct once *once, CURLcode code)
{
	struct arena *arena = once->arena;
	struct str host = once->origin.host;
	if (once->special) return of_address(once);
	if (code == CURLE_COULDNT_RESOLVE_HOST)
		return failed(FAILURE_NAME,
				text_printf(arena, "there is no host called %.*s; correct the name, or its entry in DNS",
						"er is geen host met de naam %.*s; verbeter de naam, of de vermelding in DNS", STR_FMT(host)));
	if (once->client->options.proxy.len)
		return failed(
				FAILURE_PROXY, text_printf(arena, "the proxy %.*s does not accept a connection; is it the right one?",
									   "de proxy %.*s aanvaardt geen verbinding; is het de juiste?",
									   STR_FMT(once->client->options.proxy)));
	const char *const *reason = connect_reason(once);
	return failed(FAILURE_CONNECT,
			(struct text){{
					str_printf(arena,
							"%.*s does not accept a connection on port %u (%s); is the service running there?",
							STR_FMT(host), once->origin.port, reason[LANG_EN]),
					str_printf(arena, "%.*s aanvaardt geen verbinding op poort %u (%s); draait de dienst daar?",
							STR_FMT(host), once->origin.port, reason[LANG_NL]),
			}});
}

static struct verdict of_tls(const struct once *once, CURLcode code)
{
	struct arena *arena = once->arena;
	if (code == CURLE_PEER_FAILED_VERIFICATION) return failed(FAILURE_CERTIFICATE, certificate_text(once));
	if (code == CURLE_SSL_CERTPROBLEM)
		return failed(FAILURE_TLS,
				text_printf(arena, "the client certificate, its key or the key's password cannot be used: %.*s",
						"het clientcertificaat, de sleutel of het wachtwoord daarvan is niet bruikbaar: %.*s",
						STR_FMT(detail(once))));
	if (code == CURLE_SSL_CACERT_BADFILE && !once->client->options.ca_file.len)
		return failed(FAILURE_TLS,
				text_printf(arena,
						"this system has no issuers of certificates to trust (%.*s); install the package ca-certificates, or name "
						"a file with --cacert",
						"dit systeem heeft geen uitgevers van certificaten om te vertrouwen (%.*s); installeer het pakket "
						"ca-certificates, of noem een bestand met --cacert",
						STR_FMT(detail(once))));
	if (code == CURLE_SSL_CACERT_BADFILE)
		return failed(FAILURE_TLS, text_printf(arena, "the file with issuers to trust cannot be read as PEM: %.*s",
										   "het bestand met te vertrouwen uitgevers is niet als PEM te lezen: %.*s",
										   STR_FMT(once->client->options.ca_file)));
	if (says(once, "certificate required") || says(once, "alert"))
		return failed(FAILURE_TLS,
				text_printf(arena,
						"%.*s ended the TLS handshake with an alert (%.*s); does it ask for a client certificate, or another "
						"one?",
						"%.*s brak de TLS-handshake af met een alert (%.*s); vraagt de server een clientcertificaat, of een "
						"ander?",
						STR_FMT(once->origin.host), STR_FMT(detail(once))));
	return failed(FAILURE_TLS,
			text_printf(arena,
					"no TLS connection with %.*s: %.*s; does it speak TLS 1.2 or newer on this port, or http only?",
					"geen TLS-verbinding met %.*s: %.*s; spreekt de server op deze poort TLS 1.2 of nieuwer, of alleen http?",
					STR_FMT(once->origin.host), STR_FMT(detail(once))));
}

static struct verdict malformed(const struct once *once, struct str en, struct str nl)
{
	return failed(FAILURE_MALFORMED, (struct text){{
											 str_printf(once->arena, "%.*s did not answer in sound HTTP: %.*s",
													 STR_FMT(once->origin.host), STR_FMT(en)),
											 str_printf(once->arena, "%.*s antwoordde niet in deugdelijk HTTP: %.*s",
													 STR_FMT(once->origin.host), STR_FMT(nl)),
									 }});
}

/* libcurl's word for it, or ours where a Dutch reader would miss one. */
static struct verdict of_malformed(const struct once *once, CURLcode code)
{
	if (code == CURLE_UNSUPPORTED_PROTOCOL)
		return malformed(once, STR("it does not start with a status line"), STR("het begint niet met een statusregel"));
	if (code == CURLE_RECV_ERROR)
		return malformed(once, STR("a part of the chunked body is malformed"),
				STR("een deel van de inhoud in stukken (chunked) klopt niet"));
	if (says(once, "without colon"))
		return malformed(once, STR("a line in the header section that is no field (name: value)"),
				STR("een regel in de headers die geen veld is (naam: waarde)"));
	if (says(once, "Nul byte"))
		return malformed(once, STR("a NUL byte in a header field"), STR("een NUL-byte in een header"));
	if (!once->error[0] && (code == CURLE_HTTP2 || code == CURLE_HTTP2_STREAM))
		return malformed(once, STR("it ended the HTTP/2 connection (GOAWAY), or broke the rules of HTTP/2"),
				STR("het beëindigde de HTTP/2-verbinding (GOAWAY), of hield zich niet aan HTTP/2"));
	return malformed(once, detail(once), detail(once));
}

static struct verdict of_headers(const struct once *once)
{
	return failed(FAILURE_TOO_LARGE,
			text_printf(once->arena,
					"the header section is larger than %zu bytes, or has more than %d folded lines; send less",
					"de headers zijn groter dan %zu bytes, of hebben meer dan %d vervolgregels; stuur minder",
					once->client->options.header_bytes, LIMIT_FOLDED_LINES));
}

/* What nghttp2 says of a header section that passes libcurl's ceiling, or of one in too many frames. */
static bool is_header_flood(const struct once *once)
{
	return !once->head.done && (says(once, "nghttp2_session_mem_recv() returned -902") || says(once, "CONTINUATION"));
}

static struct verdict of_response(const struct once *once)
{
	return failed(FAILURE_RESET,
			text_printf(once->arena,
					"%.*s ended the connection before the answer was complete (%.*s); look in its log, and whether it expects https here",
					"%.*s verbrak de verbinding voor het antwoord compleet was (%.*s); kijk in het log van de server, en of hij hier https verwacht",
					STR_FMT(once->origin.host), STR_FMT(detail(once))));
}

/* The response may be whole, and nothing shows it: see http_is_whole(). */
static struct verdict of_cut(const struct once *once)
{
	struct str host = once->origin.host;
	if (str_starts(once->exchange->response.version, STR("HTTP/2")))
		return failed(FAILURE_RESET,
				text_printf(once->arena,
						"%.*s ended the HTTP/2 connection, and nothing shows that the body is whole: it has no "
						"Content-Length; let the server send one",
						"%.*s verbrak de HTTP/2-verbinding, en niets toont dat de inhoud compleet is: er is geen "
						"Content-Length; laat de server die sturen",
						STR_FMT(host)));
	return failed(FAILURE_RESET,
			text_printf(once->arena,
					"%.*s ended the TLS connection without saying so (close_notify), and nothing else shows that the body "
					"is whole; let the server send a Content-Length",
					"%.*s verbrak de TLS-verbinding zonder dat te melden (close_notify), en niets anders toont dat de "
					"inhoud compleet is; laat de server een Content-Length sturen",
					STR_FMT(host)));
}

/* What keur itself cut off. */
static bool of_ceiling(const struct once *once, struct verdict *verdict)
{
	struct arena *arena = once->arena;
	const struct http_options *options = &once->client->options;
	if (once->head.too_large)
		*verdict = of_headers(once);
	else if (once->head.fault)
		*verdict = malformed(once, str_of(once->head.fault[LANG_EN]), str_of(once->head.fault[LANG_NL]));
	else if (once->coding.fault)
		*verdict = malformed(once, str_of(once->coding.fault[LANG_EN]), str_of(once->coding.fault[LANG_NL]));
	else if (once->cut)
		*verdict = of_cut(once);
	else if (once->body_too_large)
		*verdict = failed(FAILURE_TOO_LARGE,
				text_printf(arena,
						"the body is, decoded, larger than %zu bytes, the most that is read; send less, in pages",
						"de inhoud is, uitgepakt, groter dan %zu bytes, het meeste dat gelezen wordt; stuur minder, per "
						"pagina",
						options->body_bytes));
	else if (once->overdue)
		*verdict = failed(FAILURE_TIMEOUT, timeout_text(once));
	else if (once->silent)
		*verdict = failed(
				FAILURE_TIMEOUT, text_printf(arena, "%.*s was silent for more than %u ms",
										 "%.*s zweeg langer dan %u ms", STR_FMT(once->origin.host), options->idle_ms));
	else
		return false;
	return true;
}

static struct verdict of_code(const struct once *once, CURLcode code)
{
	switch (code) {
	case CURLE_OPERATION_TIMEDOUT:
		return failed(FAILURE_TIMEOUT, timeout_text(once));
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
		return of_connecting(once, code);
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_PROXY:
		return failed(FAILURE_PROXY, text_printf(once->arena, "the proxy does not lead on: %.*s",
											 "de proxy leidt niet verder: %.*s", STR_FMT(detail(once))));
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_ISSUER_ERROR:
		return of_tls(once, code);
	case CURLE_GOT_NOTHING:
	case CURLE_PARTIAL_FILE:
	case CURLE_SEND_ERROR:
	case CURLE_ABORTED_BY_CALLBACK: /* by on_send(): the kept connection had been closed */
		return of_response(once);
	case CURLE_RECV_ERROR:
		if (is_header_flood(once)) return of_headers(once);
		if (says(once, "alert")) return of_tls(once, code);
		return says(once, "chunked") ? of_malformed(once, code) : of_response(once);
	case CURLE_OUT_OF_MEMORY: /* one line beyond libcurl's own ceilings, all of which are above ours */
		return of_headers(once);
	case CURLE_UNSUPPORTED_PROTOCOL: /* an answer that starts with no status line */
	case CURLE_WEIRD_SERVER_REPLY:
	case CURLE_HTTP2:
	case CURLE_HTTP2_STREAM:
		if (once->sends > 0) return of_malformed(once, code);
		break;
	case CURLE_URL_MALFORMAT:
		return failed(FAILURE_URL, text_printf(once->arena, "the URL cannot be used: %.*s",
										   "de URL is niet bruikbaar: %.*s", STR_FMT(detail(once))));
	case CURLE_OK:
		return malformed(once, STR("the header section has no end"), STR("de headers hebben geen einde"));
	default:
		break;
	}
	return failed(FAILURE_OTHER, text_printf(once->arena, "libcurl failed with code %d: %.*s",
										 "libcurl faalde met code %d: %.*s", (int)code, STR_FMT(detail(once))));
}

void http_failure_set(struct once *once, CURLcode code)
{
	struct verdict verdict;
	if (!of_ceiling(once, &verdict)) verdict = of_code(once, code);
	once->exchange->failure = verdict.failure;
	once->exchange->why = verdict.why;
	once->exchange->response = (struct http_response){0};
}
