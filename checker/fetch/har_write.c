/* SPDX-License-Identifier: EUPL-1.2 */
/* HAR 1.2 out of evidence. Members are in the order of their names, as canonical JSON has them. */
#include "base/limits.h"
#include "base/utf8.h"
#include "doc/canonical.h"
#include "doc/digest.h"
#include "fetch/base64.h"
#include "fetch/har.h"

struct writer {
	struct canonical json;
	const struct secrets *secrets;
	struct arena *arena; /* of this exchange */
};

/* Of text that may hold a secret. */
static void add_str(struct writer *writer, const char *key, struct str value)
{
	canonical_str(&writer->json, key, secrets_redact(writer->secrets, value, writer->arena));
}

/* Text, unless JSON would not give it back or would need twice as many bytes for it. */
static bool is_text(struct str body)
{
	if (utf8_invalid(body) < body.len) return false;
	size_t escapes = 0;
	for (size_t i = 0; i < body.len; i++) {
		unsigned char c = (unsigned char)body.ptr[i];
		if (c == 0) return false;
		if (c == '"' || c == '\\' || c == '\n' || c == '\r' || c == '\t')
			escapes++;
		else if (c < 0x20)
			escapes += 5;
	}
	return escapes <= body.len;
}

static void add_base64_text(struct writer *writer, struct str body)
{
	struct strbuf encoded;
	strbuf_init(&encoded, SIZE_MAX / 2);
	base64_encode(&encoded, body, BASE64);
	canonical_str(&writer->json, "text", strbuf_str(&encoded));
	strbuf_release(&encoded);
}

static void add_digest(struct writer *writer, struct str body)
{
	struct digest digest = digest_of(body);
	canonical_str(&writer->json, "_sha256", str_of(digest.hex));
}

static void add_fields(struct writer *writer, const struct http_fields *fields)
{
	canonical_array(&writer->json, "headers");
	for (uint32_t i = 0; i < fields->count; i++) {
		canonical_object(&writer->json, NULL);
		canonical_str(&writer->json, "name", fields->items[i].name);
		canonical_str(&writer->json, "value", fields->items[i].value);
		canonical_end_object(&writer->json);
	}
	canonical_end_array(&writer->json);
}

static struct str trim(struct str s)
{
	while (s.len && *s.ptr == ' ')
		s = str_skip(s, 1);
	while (s.len && s.ptr[s.len - 1] == ' ')
		s.len--;
	return s;
}

static void add_cookie(struct writer *writer, struct str pair)
{
	size_t name = str_find(pair, '=');
	if (name == pair.len) return;
	canonical_object(&writer->json, NULL);
	canonical_str(&writer->json, "name", trim((struct str){pair.ptr, name}));
	canonical_str(&writer->json, "value", trim(str_skip(pair, name + 1)));
	canonical_end_object(&writer->json);
}

/* Of redacted fields: each pair of Cookie, and the first of each Set-Cookie. */
static void add_cookies(struct writer *writer, const struct http_fields *fields, struct str field_name)
{
	canonical_array(&writer->json, "cookies");
	for (uint32_t i = 0; i < fields->count; i++) {
		struct http_fields one = {&fields->items[i], 1};
		if (!http_field_find(&one, field_name)) continue;
		for (struct str rest = fields->items[i].value; rest.len;) {
			struct str pair = {rest.ptr, str_find(rest, ';')};
			add_cookie(writer, pair);
			rest = str_eq(field_name, STR("cookie")) ? str_skip(rest, pair.len + 1) : (struct str){"", 0};
		}
	}
	canonical_end_array(&writer->json);
}

/* Parameters as they stand in the redacted URL, still percent-encoded: decoding could bring back what is not text. */
static void add_query(struct writer *writer, struct str url)
{
	canonical_array(&writer->json, "queryString");
	for (struct str rest = str_skip(url, str_find(url, '?') + 1); rest.len;) {
		struct str pair = {rest.ptr, str_find(rest, '&')};
		size_t name = str_find(pair, '=');
		canonical_object(&writer->json, NULL);
		canonical_str(&writer->json, "name", (struct str){pair.ptr, name});
		canonical_str(&writer->json, "value", str_skip(pair, name + 1));
		canonical_end_object(&writer->json);
		rest = str_skip(rest, pair.len + 1);
	}
	canonical_end_array(&writer->json);
}

static struct str media_type(const struct http_fields *fields)
{
	const struct http_field *field = http_field_find(fields, STR("content-type"));
	return field ? field->value : (struct str){"", 0};
}

static void add_post_data(struct writer *writer, const struct http_fields *fields, struct str body)
{
	bool text = is_text(body);
	canonical_object(&writer->json, "postData");
	if (!text) canonical_str(&writer->json, "_encoding", STR("base64"));
	add_digest(writer, body);
	canonical_str(&writer->json, "mimeType", media_type(fields));
	canonical_array(&writer->json, "params");
	canonical_end_array(&writer->json);
	if (text)
		canonical_str(&writer->json, "text", body);
	else
		add_base64_text(writer, body);
	canonical_end_object(&writer->json);
}

static void add_request(struct writer *writer, const struct exchange *exchange)
{
	const struct http_request *request = &exchange->request;
	struct http_fields fields = secrets_redact_fields(
			writer->secrets, &request->fields, exchange->inbound, writer->arena);
	struct str url = secrets_redact_url(writer->secrets, request->url, writer->arena);
	struct str body = secrets_redact(writer->secrets, request->body, writer->arena);
	canonical_object(&writer->json, "request");
	canonical_number(&writer->json, "bodySize", body.len);
	add_cookies(writer, &fields, STR("cookie"));
	add_fields(writer, &fields);
	canonical_thousandths(&writer->json, "headersSize", -1000);
	add_str(writer, "httpVersion", exchange->response.version);
	add_str(writer, "method", request->method);
	if (request->body.ptr) add_post_data(writer, &fields, body);
	add_query(writer, url);
	canonical_str(&writer->json, "url", url);
	canonical_end_object(&writer->json);
}

static void add_content(struct writer *writer, const struct http_fields *fields, struct str body)
{
	bool text = is_text(body);
	canonical_object(&writer->json, "content");
	add_digest(writer, body);
	if (!text) canonical_str(&writer->json, "encoding", STR("base64"));
	canonical_str(&writer->json, "mimeType", media_type(fields));
	canonical_number(&writer->json, "size", body.len);
	if (text)
		canonical_str(&writer->json, "text", body);
	else
		add_base64_text(writer, body);
	canonical_end_object(&writer->json);
}

static void add_response(struct writer *writer, const struct http_response *response)
{
	struct http_fields fields = secrets_redact_fields(writer->secrets, &response->fields, false, writer->arena);
	const struct http_field *location = http_field_find(&fields, STR("location"));
	canonical_object(&writer->json, "response");
	canonical_number(&writer->json, "bodySize", response->wire_bytes);
	add_content(writer, &fields, secrets_redact(writer->secrets, response->body, writer->arena));
	add_cookies(writer, &fields, STR("set-cookie"));
	add_fields(writer, &fields);
	canonical_thousandths(&writer->json, "headersSize", -1000);
	add_str(writer, "httpVersion", response->version);
	canonical_str(&writer->json, "redirectURL", location ? location->value : (struct str){"", 0});
	canonical_number(&writer->json, "status", response->status);
	add_str(writer, "statusText", response->reason);
	canonical_end_object(&writer->json);
}

static void add_keur(struct writer *writer, const struct exchange *exchange)
{
	canonical_object(&writer->json, "_keur");
	canonical_bool(&writer->json, "anonymous", exchange->request.anonymous);
	if (exchange->claims.len) add_str(writer, "claims", exchange->claims);
	if (exchange->request.client.len) add_str(writer, "client", exchange->request.client);
	canonical_number(&writer->json, "follows", exchange->follows);
	if (exchange->inbound) canonical_bool(&writer->json, "inbound", true);
	canonical_bool(&writer->json, "keepRedirect", exchange->request.keep_redirect);
	canonical_number(&writer->json, "number", exchange->number);
	add_str(writer, "step", exchange->step);
	if (exchange->request.token) canonical_bool(&writer->json, "token", true);
	canonical_end_object(&writer->json);
}

static void add_failure(struct writer *writer, const struct exchange *exchange)
{
	canonical_object(&writer->json, "_failure");
	canonical_str(&writer->json, "kind", str_of(failure_names[exchange->failure]));
	canonical_text(&writer->json, "text", secrets_redact_text(writer->secrets, exchange->why, writer->arena));
	canonical_end_object(&writer->json);
}

static void add_tls(struct writer *writer, const struct tls_facts *tls)
{
	canonical_object(&writer->json, "_tls");
	add_str(writer, "cipher", tls->cipher);
	add_str(writer, "fingerprint", tls->fingerprint);
	add_str(writer, "issuer", tls->issuer);
	add_str(writer, "names", tls->names);
	add_str(writer, "notAfter", tls->not_after);
	add_str(writer, "notBefore", tls->not_before);
	add_str(writer, "subject", tls->subject);
	add_str(writer, "version", tls->version);
	canonical_end_object(&writer->json);
}

/* HAR has -1 for what did not happen; but send, wait and receive are at least 0. */
static void add_time(struct writer *writer, const char *key, double milliseconds, double least)
{
	if (!(milliseconds >= 0 && milliseconds < 1e12)) milliseconds = least;
	canonical_thousandths(&writer->json, key, (int64_t)(milliseconds * 1000));
}

/* `connect` includes the time for TLS, as HAR has it. */
static void add_timings(struct writer *writer, const struct http_timing *timing)
{
	double connect = timing->connect < 0 || timing->tls < 0 ? timing->connect : timing->connect + timing->tls;
	canonical_object(&writer->json, "timings");
	add_time(writer, "blocked", -1, -1);
	add_time(writer, "connect", connect, -1);
	add_time(writer, "dns", timing->dns, -1);
	add_time(writer, "receive", timing->receive, 0);
	add_time(writer, "send", timing->send, 0);
	add_time(writer, "ssl", timing->tls, -1);
	add_time(writer, "wait", timing->wait, 0);
	canonical_end_object(&writer->json);
}

static void add_entry(struct writer *writer, const struct exchange *exchange)
{
	struct str started = exchange->started.len ? exchange->started : STR("1970-01-01T00:00:00.000Z");
	canonical_object(&writer->json, NULL);
	if (exchange->failure != FAILURE_NONE) add_failure(writer, exchange);
	add_keur(writer, exchange);
	if (exchange->tls.version.len) add_tls(writer, &exchange->tls);
	canonical_object(&writer->json, "cache");
	canonical_end_object(&writer->json);
	add_request(writer, exchange);
	add_response(writer, &exchange->response);
	if (exchange->address.len) add_str(writer, "serverIPAddress", exchange->address);
	add_str(writer, "startedDateTime", started);
	add_time(writer, "time", exchange->timing.total, 0);
	add_timings(writer, &exchange->timing);
	canonical_end_object(&writer->json);
}

static void add_mark(struct writer *writer, const struct run_mark *mark)
{
	canonical_object(&writer->json, "mark");
	canonical_number(&writer->json, "moment", (uint64_t)mark->moment_ms);
	canonical_str(&writer->json, "seed", mark->seed);
	canonical_end_object(&writer->json);
}

static void add_bases(struct writer *writer, const struct evidence *evidence)
{
	canonical_array(&writer->json, "counterparts");
	for (size_t i = 0; i < evidence->bases.count; i++) {
		canonical_object(&writer->json, NULL);
		canonical_str(&writer->json, "base", evidence->bases.items[i].url);
		canonical_str(&writer->json, "service", evidence->bases.items[i].service);
		canonical_end_object(&writer->json);
	}
	canonical_end_array(&writer->json);
}

static void add_log(struct writer *writer, const struct evidence *evidence)
{
	canonical_object(&writer->json, NULL);
	canonical_object(&writer->json, "log");
	canonical_object(&writer->json, "_keur");
	canonical_bool(&writer->json, "complete", !evidence->incomplete);
	if (evidence->bases.count) add_bases(writer, evidence);
	canonical_number(&writer->json, "exchanges", evidence->count);
	canonical_number(&writer->json, "format", 1);
	if (evidence->mark.seed.len) add_mark(writer, &evidence->mark);
	canonical_end_object(&writer->json);
	canonical_object(&writer->json, "creator");
	canonical_str(&writer->json, "name", STR("keur"));
	canonical_str(&writer->json, "version", STR(KEUR_VERSION));
	canonical_end_object(&writer->json);
	canonical_array(&writer->json, "entries");
	for (size_t i = 0; i < evidence->kept.count; i++) {
		writer->arena = arena_new();
		add_entry(writer, evidence->kept.items[i]);
		arena_free(writer->arena);
	}
	canonical_end_array(&writer->json);
	canonical_str(&writer->json, "version", STR("1.2"));
	canonical_end_object(&writer->json);
	canonical_end_object(&writer->json);
	strbuf_add_char(writer->json.buf, '\n');
}

/* The tokens of all exchanges are known before the first is written: one may be echoed before it was sent. */
static struct secrets *learn_all(
		struct arena *arena, const struct evidence *evidence, const struct secrets *secrets, struct err *err)
{
	struct secrets *all = secrets_copy(arena, secrets);
	for (size_t i = 0; i < evidence->kept.count; i++)
		if (!secrets_learn(all, evidence->kept.items[i], err)) return NULL;
	secrets_seal(all);
	return all;
}

static bool too_large(struct err *err)
{
	return err_set(err, ERR_LIMIT, (struct loc){0},
			"the HAR file would be larger than %u MB, and then nothing could read it again; check fewer standards at once",
			"het HAR-bestand zou groter worden dan %u MB, en dan is het niet meer te lezen; toets minder standaarden "
			"tegelijk",
			(unsigned)(LIMIT_DOCUMENT_BYTES >> 20));
}

bool har_write(const struct evidence *evidence, const struct secrets *secrets, struct strbuf *buf, struct err *err)
{
	struct arena *arena = arena_new();
	struct writer writer = {.secrets = learn_all(arena, evidence, secrets, err)};
	bool ok = writer.secrets != NULL;
	if (ok) {
		canonical_init(&writer.json, buf);
		add_log(&writer, evidence);
		ok = !buf->overflow && buf->len <= LIMIT_DOCUMENT_BYTES;
		if (!ok) too_large(err);
	}
	arena_free(arena);
	return ok;
}
