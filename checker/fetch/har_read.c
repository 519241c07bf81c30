/* SPDX-License-Identifier: EUPL-1.2 */
/* HAR 1.2 into exchanges: strict about what replaying needs, tolerant about all else that browsers leave out. */
#include "base/limits.h"
#include "doc/digest.h"
#include "fetch/auth.h"
#include "fetch/base64.h"
#include "fetch/har.h"

struct reader {
	const struct doc *doc;
	struct arena *arena;
	struct err *err;
};

static struct loc loc_of(const struct reader *reader, const struct node *node)
{
	return source_loc(reader->doc->source, node->start);
}

static bool wrong_kind(struct reader *reader, const struct node *node, const char *key, enum node_kind kind)
{
	struct text wanted = node_kind_name(kind), found = node_kind_name((enum node_kind)node->kind);
	struct text message;
	static const char *const formats[LANG_COUNT] = {"expected \"%s\" of a HAR file to be of type %.*s, found %.*s",
			"verwacht: \"%s\" van een HAR-bestand van het type %.*s, gevonden: %.*s"};
	for (int lang = 0; lang < LANG_COUNT; lang++)
		message.in[lang] = str_printf(
				reader->arena, formats[lang], key, STR_FMT(wanted.in[lang]), STR_FMT(found.in[lang]));
	return err_set_text(reader->err, ERR_SYNTAX, loc_of(reader, node), (struct text){0}, message);
}

/* The member `key`, of that kind; `*out` NULL when it is absent or null. */
static bool may_have(
		struct reader *reader, const struct node *object, const char *key, enum node_kind kind, const struct node **out)
{
	const struct node *member = node_member(object, str_of(key));
	if (member && member->kind == NODE_NULL) member = NULL;
	if (member && member->kind != kind) return wrong_kind(reader, member, key, kind);
	*out = member;
	return true;
}

static bool must_have(
		struct reader *reader, const struct node *object, const char *key, enum node_kind kind, const struct node **out)
{
	if (!may_have(reader, object, key, kind, out)) return false;
	return *out ||
		   err_set(reader->err, ERR_SYNTAX, loc_of(reader, object),
				   "expected \"%s\" in this object of a HAR file, found none; is it a HAR file, and whole?",
				   "verwacht: \"%s\" in dit object van een HAR-bestand, gevonden: niets; is het een HAR-bestand, en "
				   "heel?",
				   key);
}

static bool read_text(struct reader *reader, const struct node *object, const char *key, struct str *out)
{
	const struct node *member = NULL;
	if (!may_have(reader, object, key, NODE_STRING, &member)) return false;
	*out = member ? node_text(member) : (struct str){"", 0};
	return true;
}

/* A whole number up to `most`; 0 when it is absent, and when it is negative, which HAR has for "not known". */
static bool read_count(struct reader *reader, const struct node *object, const char *key, uint64_t most, uint64_t *out)
{
	const struct node *member = NULL;
	if (!may_have(reader, object, key, NODE_NUMBER, &member)) return false;
	double value = member ? node_double(member) : 0;
	if (!member || value < 0) {
		*out = 0;
		return true;
	}
	if (!(value <= (double)most) || !node_is_integer(member))
		return err_set(reader->err, ERR_SYNTAX, loc_of(reader, member),
				"expected \"%s\" to be a whole number up to %llu, found %.*s",
				"verwacht: \"%s\" als geheel getal tot en met %llu, gevonden: %.*s", key, (unsigned long long)most,
				STR_FMT(node_text(member)));
	*out = (uint64_t)value;
	return true;
}

static bool read_number(struct reader *reader, const struct node *object, const char *key, uint32_t *out)
{
	uint64_t value = 0;
	if (!read_count(reader, object, key, UINT32_MAX, &value)) return false;
	*out = (uint32_t)value;
	return true;
}

static bool read_bool(struct reader *reader, const struct node *object, const char *key, bool *out)
{
	const struct node *member = node_member(object, str_of(key));
	if (member && member->kind != NODE_TRUE && member->kind != NODE_FALSE)
		return wrong_kind(reader, member, key, NODE_TRUE);
	*out = member && member->kind == NODE_TRUE;
	return true;
}

/* Those that HTTP/2 has in place of a request line (":method") are no fields. */
static bool read_fields(struct reader *reader, const struct node *message, struct http_fields *out)
{
	const struct node *headers = NULL;
	if (!may_have(reader, message, "headers", NODE_ARRAY, &headers)) return false;
	*out = (struct http_fields){
			arena_alloc(reader->arena, (headers ? node_count(headers) : 0) * sizeof *out->items), 0};
	for (uint32_t i = 0; headers && i < node_count(headers); i++) {
		const struct node *header = node_at(headers, i), *name, *value;
		if (header->kind != NODE_OBJECT) return wrong_kind(reader, header, "headers", NODE_OBJECT);
		if (!must_have(reader, header, "name", NODE_STRING, &name)) return false;
		if (!must_have(reader, header, "value", NODE_STRING, &value)) return false;
		if (name->len && name->text[0] == ':') continue;
		out->items[out->count++] = (struct http_field){node_text(name), node_text(value)};
	}
	return true;
}

static bool decode_base64(struct reader *reader, const struct node *text, struct str *out)
{
	struct strbuf buf;
	strbuf_init(&buf, SIZE_MAX / 2);
	bool ok = base64_decode(&buf, node_text(text));
	if (ok) *out = str_copy(reader->arena, strbuf_str(&buf));
	strbuf_release(&buf);
	return ok || err_set(reader->err, ERR_SYNTAX, loc_of(reader, text),
						 "expected base64 in \"text\", found other characters or an incomplete end",
						 "verwacht: base64 in \"text\", gevonden: andere tekens of een onvolledig einde");
}

/* A body that was changed after it was written is no evidence. */
static bool check_digest(struct reader *reader, const struct node *holder, struct str body)
{
	const struct node *digest = NULL;
	if (!may_have(reader, holder, "_sha256", NODE_STRING, &digest)) return false;
	if (!digest || str_eq(node_text(digest), str_of(digest_of(body).hex))) return true;
	return err_set(reader->err, ERR_SYNTAX, loc_of(reader, digest),
			"expected the SHA-256 of the body beside it, found another; the body or the digest was changed after it was "
			"recorded: take the recording as keur wrote it",
			"verwacht: de SHA-256 van de inhoud ernaast, gevonden: een andere; de inhoud of het controlegetal is na de "
			"opname gewijzigd: neem de opname zoals keur hem schreef");
}

/* `text` of postData or content, decoded; ptr NULL when there is none. */
static bool read_body(struct reader *reader, const struct node *holder, const char *encoding_key, struct str *out)
{
	const struct node *text = NULL;
	struct str encoding;
	*out = (struct str){NULL, 0};
	if (!may_have(reader, holder, "text", NODE_STRING, &text)) return false;
	if (!read_text(reader, holder, encoding_key, &encoding)) return false;
	if (!text) return true;
	*out = node_text(text);
	if (str_eq(encoding, STR("base64"))) {
		if (!decode_base64(reader, text, out)) return false;
	} else if (encoding.len) {
		return err_set(reader->err, ERR_SYNTAX, loc_of(reader, node_member(holder, str_of(encoding_key))),
				"expected \"base64\", the only encoding that is known, found \"%.*s\"",
				"verwacht: \"base64\", de enige codering die bekend is, gevonden: \"%.*s\"", STR_FMT(encoding));
	}
	return check_digest(reader, holder, *out);
}

static bool read_request(struct reader *reader, const struct node *entry, struct http_request *out)
{
	const struct node *request = NULL, *method = NULL, *url = NULL, *post = NULL;
	if (!must_have(reader, entry, "request", NODE_OBJECT, &request)) return false;
	if (!must_have(reader, request, "method", NODE_STRING, &method)) return false;
	if (!must_have(reader, request, "url", NODE_STRING, &url)) return false;
	if (!may_have(reader, request, "postData", NODE_OBJECT, &post)) return false;
	out->method = node_text(method);
	out->url = node_text(url);
	out->url.len = str_find(out->url, '#');
	if (post && !read_body(reader, post, "_encoding", &out->body)) return false;
	return read_fields(reader, request, &out->fields);
}

static bool read_response(struct reader *reader, const struct node *entry, struct har_entry *out)
{
	const struct node *response = NULL, *content = NULL, *status = NULL;
	struct http_response *to = &out->exchange.response;
	uint64_t number = 0, size = 0;
	if (!must_have(reader, entry, "response", NODE_OBJECT, &response)) return false;
	if (!must_have(reader, response, "status", NODE_NUMBER, &status)) return false;
	if (!read_count(reader, response, "status", 999, &number)) return false;
	if (!read_count(reader, response, "bodySize", UINT32_MAX, &to->wire_bytes)) return false;
	if (!may_have(reader, response, "content", NODE_OBJECT, &content)) return false;
	if (content && !read_count(reader, content, "size", UINT32_MAX, &size)) return false;
	if (content && !read_body(reader, content, "encoding", &to->body)) return false;
	to->status = (uint32_t)number;
	out->no_body = !to->body.ptr && size > 0;
	return read_text(reader, response, "statusText", &to->reason) &&
		   read_text(reader, response, "httpVersion", &to->version) && read_fields(reader, response, &to->fields);
}

static bool read_failure(struct reader *reader, const struct node *entry, struct exchange *out)
{
	const struct node *failure = NULL, *kind = NULL, *text = NULL;
	if (!may_have(reader, entry, "_failure", NODE_OBJECT, &failure)) return false;
	if (!failure) return true;
	if (!must_have(reader, failure, "kind", NODE_STRING, &kind)) return false;
	if (!must_have(reader, failure, "text", NODE_OBJECT, &text)) return false;
	for (int i = FAILURE_NONE + 1; i < FAILURE_COUNT; i++)
		if (str_eq(node_text(kind), str_of(failure_names[i]))) out->failure = (enum http_failure)i;
	if (out->failure == FAILURE_NONE)
		return err_set(reader->err, ERR_SYNTAX, loc_of(reader, kind),
				"expected a kind of failure that is known, found \"%.*s\"; was it recorded by a later keur?",
				"verwacht: een bekende soort fout, gevonden: \"%.*s\"; is het opgenomen door een latere keur?",
				STR_FMT(node_text(kind)));
	return read_text(reader, text, "en", &out->why.in[LANG_EN]) && read_text(reader, text, "nl", &out->why.in[LANG_NL]);
}

static bool read_tls(struct reader *reader, const struct node *entry, struct tls_facts *out)
{
	const struct node *tls = NULL;
	if (!may_have(reader, entry, "_tls", NODE_OBJECT, &tls)) return false;
	if (!tls) return true;
	return read_text(reader, tls, "version", &out->version) && read_text(reader, tls, "cipher", &out->cipher) &&
		   read_text(reader, tls, "subject", &out->subject) && read_text(reader, tls, "issuer", &out->issuer) &&
		   read_text(reader, tls, "notBefore", &out->not_before) &&
		   read_text(reader, tls, "notAfter", &out->not_after) && read_text(reader, tls, "names", &out->names) &&
		   read_text(reader, tls, "fingerprint", &out->fingerprint);
}

static bool read_keur(struct reader *reader, const struct node *entry, struct har_entry *out)
{
	const struct node *keur = NULL;
	struct exchange *exchange = &out->exchange;
	if (!may_have(reader, entry, "_keur", NODE_OBJECT, &keur)) return false;
	if (!keur) return true;
	static const struct token_change another = {.age = 0};
	bool token = false;
	out->ours = true;
	if (!read_bool(reader, keur, "token", &token)) return false;
	if (token) exchange->request.token = &another;
	return read_bool(reader, keur, "inbound", &exchange->inbound) &&
		   read_text(reader, keur, "claims", &exchange->claims) &&
		   read_bool(reader, keur, "anonymous", &exchange->request.anonymous) &&
		   read_text(reader, keur, "client", &exchange->request.client) &&
		   read_bool(reader, keur, "keepRedirect", &exchange->request.keep_redirect) &&
		   read_number(reader, keur, "follows", &exchange->follows) &&
		   read_number(reader, keur, "number", &exchange->number) && read_text(reader, keur, "step", &exchange->step);
}

/* Negative when it is absent. */
static bool read_time(struct reader *reader, const struct node *object, const char *key, double *out)
{
	const struct node *member = NULL;
	if (!may_have(reader, object, key, NODE_NUMBER, &member)) return false;
	*out = member ? node_double(member) : -1;
	return true;
}

static bool read_timings(struct reader *reader, const struct node *entry, struct http_timing *out)
{
	const struct node *timings = NULL;
	if (!may_have(reader, entry, "timings", NODE_OBJECT, &timings)) return false;
	if (!read_time(reader, entry, "time", &out->total)) return false;
	if (!read_time(reader, timings, "dns", &out->dns) || !read_time(reader, timings, "connect", &out->connect) ||
			!read_time(reader, timings, "ssl", &out->tls) || !read_time(reader, timings, "send", &out->send) ||
			!read_time(reader, timings, "wait", &out->wait) || !read_time(reader, timings, "receive", &out->receive))
		return false;
	if (out->tls >= 0 && out->connect >= out->tls) out->connect -= out->tls;
	return true;
}

static bool read_entry(struct reader *reader, const struct node *entry, uint32_t number, struct har_entry *out)
{
	if (entry->kind != NODE_OBJECT) return wrong_kind(reader, entry, "entries", NODE_OBJECT);
	struct exchange *exchange = &out->exchange;
	out->node = entry;
	exchange->number = number;
	if (!read_request(reader, entry, &exchange->request) || !read_response(reader, entry, out)) return false;
	if (!read_failure(reader, entry, exchange) || !read_tls(reader, entry, &exchange->tls)) return false;
	if (!read_keur(reader, entry, out) || !read_timings(reader, entry, &exchange->timing)) return false;
	if (!read_text(reader, entry, "startedDateTime", &exchange->started)) return false;
	if (!read_text(reader, entry, "serverIPAddress", &exchange->address)) return false;
	if (exchange->response.status == 0 && exchange->failure == FAILURE_NONE) {
		exchange->failure = FAILURE_OTHER;
		exchange->why = TEXT("the recording says that there was no response, and not why",
				"de opname zegt dat er geen antwoord was, en niet waarom");
	}
	return true;
}

static bool read_bases(struct reader *reader, const struct node *keur, struct har *har)
{
	const struct node *list = NULL, *base = NULL, *service = NULL;
	if (!may_have(reader, keur, "counterparts", NODE_ARRAY, &list)) return false;
	har->bases = arena_zalloc(reader->arena, ((list ? list->len : 0) + 1) * sizeof *har->bases);
	for (uint32_t i = 0; list && i < list->len; i++) {
		const struct node *item = &list->children[i];
		if (item->kind != NODE_OBJECT) return wrong_kind(reader, item, "counterparts", NODE_OBJECT);
		if (!must_have(reader, item, "base", NODE_STRING, &base) ||
				!must_have(reader, item, "service", NODE_STRING, &service))
			return false;
		har->bases[har->base_count++] = (struct evidence_base){node_text(service), node_text(base)};
	}
	return true;
}

static bool read_log(struct reader *reader, struct har *har)
{
	const struct node *log = NULL, *entries = NULL, *keur = NULL;
	if (reader->doc->root->kind != NODE_OBJECT) return wrong_kind(reader, reader->doc->root, "log", NODE_OBJECT);
	if (!must_have(reader, reader->doc->root, "log", NODE_OBJECT, &log)) return false;
	if (!must_have(reader, log, "entries", NODE_ARRAY, &entries)) return false;
	if (!may_have(reader, log, "_keur", NODE_OBJECT, &keur)) return false;
	if (node_count(entries) > LIMIT_EXCHANGES)
		return err_set(reader->err, ERR_LIMIT, loc_of(reader, entries), "expected at most %d entries, found %u",
				"verwacht: hoogstens %d entries, gevonden: %u", (int)LIMIT_EXCHANGES, (unsigned)node_count(entries));
	har->complete = true;
	if (keur && !read_bool(reader, keur, "complete", &har->complete)) return false;
	if (keur && !read_bases(reader, keur, har)) return false;
	har->count = node_count(entries);
	har->entries = arena_zalloc(reader->arena, har->count * sizeof *har->entries);
	for (uint32_t i = 0; i < har->count; i++)
		if (!read_entry(reader, node_at(entries, i), i + 1, &har->entries[i])) return false;
	return true;
}

struct har *har_read(struct arena *arena, const struct doc *doc, struct err *err)
{
	struct reader reader = {doc, arena, err};
	struct har *har = arena_zalloc(arena, sizeof *har);
	return read_log(&reader, har) ? har : NULL;
}
