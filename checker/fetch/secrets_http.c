/* SPDX-License-Identifier: EUPL-1.2 */
/* Secrets by their place: credentials, cookies, hidden headers and parameters; and learning them from requests. */
#include <strings.h>

#include "base/vec.h"
#include "doc/doc.h"
#include "fetch/base64.h"
#include "fetch/secret_view.h"
#include "fetch/secrets.h"
#include "fetch/secrets_private.h"

/* A cookie's value is the server's choice; a short one may be a word that stands for itself elsewhere. */
enum { COOKIE_MIN = 16 };

static bool is_named(struct str name, const char *wanted)
{
	return name.len == strlen(wanted) && strncasecmp(name.ptr, wanted, name.len) == 0;
}

static struct str trim(struct str s)
{
	while (s.len && (*s.ptr == ' ' || *s.ptr == '\t'))
		s = str_skip(s, 1);
	while (s.len && (s.ptr[s.len - 1] == ' ' || s.ptr[s.len - 1] == '\t'))
		s.len--;
	return s;
}

/* What `strbuf` holds, redacted, in the arena. */
static struct str finish(const struct secrets *secrets, struct strbuf *buf, struct arena *arena)
{
	struct str text = str_copy(arena, strbuf_str(buf));
	strbuf_release(buf);
	return secrets_redact(secrets, text, arena);
}

static struct str decode_percent(struct str text, struct arena *arena)
{
	struct view view;
	struct str decoded = view_decode(&view, text, VIEW_PERCENT) ? str_copy(arena, view_text(&view)) : text;
	view_release(&view);
	return decoded;
}

/* Takes the next parameter off a query: its name, and its value (ptr NULL without '='). */
static struct str next_parameter(struct str *query, struct str *value)
{
	size_t len = 0;
	while (len < query->len && query->ptr[len] != '&' && query->ptr[len] != ';')
		len++;
	struct str whole = {query->ptr, len}, name = {whole.ptr, str_find(whole, '=')};
	*value = name.len < len ? str_skip(whole, name.len + 1) : (struct str){NULL, 0};
	*query = str_skip(*query, len);
	return name;
}

static void add_query(const struct secrets *secrets, struct strbuf *out, struct str query, struct arena *arena)
{
	while (query.len) {
		struct str value, name = next_parameter(&query, &value);
		strbuf_add(out, name);
		if (value.ptr) strbuf_add_char(out, '=');
		if (value.len && names_have(&secrets->queries, decode_percent(name, arena)))
			secret_placeholder(out, secret_label(arena, decode_percent(name, arena)));
		else
			strbuf_add(out, value);
		if (query.len == 0) break;
		strbuf_add_char(out, *query.ptr);
		query = str_skip(query, 1);
	}
}

/* The parts of a URL: before the user information, that, from the host to the query, the query, the fragment. */
static void split_url(struct str url, struct str parts[5])
{
	size_t hash = str_find(url, '#'), mark = str_find((struct str){url.ptr, hash}, '?');
	struct str front = {url.ptr, mark};
	size_t start = str_find_str(front, STR("//"));
	start = start < front.len ? start + 2 : 0;
	struct str authority = str_skip(front, start);
	authority.len = start ? str_find(authority, '/') : 0;
	const char *at = authority.len ? memrchr(authority.ptr, '@', authority.len) : NULL;
	size_t user = at ? (size_t)(at - authority.ptr) : 0;
	parts[0] = (struct str){url.ptr, start};
	parts[1] = (struct str){url.ptr + start, user};
	parts[2] = str_skip(front, start + user);
	parts[3] = str_skip((struct str){url.ptr, hash}, mark);
	parts[4] = str_skip(url, hash);
}

struct str secrets_redact_url(const struct secrets *secrets, struct str url, struct arena *arena)
{
	if (!secrets) return url;
	struct str parts[5];
	struct strbuf out;
	split_url(url, parts);
	strbuf_init(&out, SIZE_MAX / 2);
	strbuf_add(&out, parts[0]);
	if (parts[1].len) secret_placeholder(&out, STR("userinfo"));
	strbuf_add(&out, parts[2]);
	if (parts[3].len) {
		strbuf_add_char(&out, '?');
		add_query(secrets, &out, str_skip(parts[3], 1), arena);
	}
	strbuf_add(&out, parts[4]);
	return finish(secrets, &out, arena);
}

/* Without the hidden parameters. */
static void add_open_query(const struct secrets *secrets, struct strbuf *out, struct str query, struct arena *arena)
{
	char separator = '?';
	while (query.len) {
		struct str value, whole = query, name = next_parameter(&query, &value);
		whole.len -= query.len;
		if (!value.ptr || !names_have(&secrets->queries, decode_percent(name, arena))) {
			strbuf_add_char(out, separator);
			strbuf_add(out, whole);
			separator = '&';
		}
		query = str_skip(query, 1);
	}
}

struct str secrets_open_url(const struct secrets *secrets, struct str url, struct arena *arena)
{
	if (!secrets) return url;
	struct str parts[5];
	struct strbuf out;
	split_url(url, parts);
	strbuf_init(&out, SIZE_MAX / 2);
	strbuf_add(&out, parts[0]);
	strbuf_add(&out, str_skip(parts[2], parts[1].len ? 1 : 0));
	add_open_query(secrets, &out, str_skip(parts[3], 1), arena);
	strbuf_add(&out, parts[4]);
	return finish(secrets, &out, arena);
}

/* "Bearer [secret:authorization]": the scheme says how, and is no secret; a value of one word is all secret. */
static void add_credentials(struct strbuf *out, struct str value, const char *label)
{
	struct str text = trim(value);
	size_t scheme = str_find(text, ' ');
	if (scheme < text.len) strbuf_add(out, (struct str){text.ptr, scheme + 1});
	if (text.len) secret_placeholder(out, str_of(label));
}

/* name=value; name=value: the values of all pairs, or (Set-Cookie) of the first alone. */
static void add_cookies(struct strbuf *out, struct str value, const char *label, bool first_only)
{
	for (bool first = true; value.len; first = false) {
		struct str pair = {value.ptr, str_find(value, ';')};
		size_t name = str_find(pair, '=');
		if (first || !first_only) {
			if (name < pair.len) strbuf_add(out, (struct str){pair.ptr, name + 1});
			if (trim(pair).len) secret_placeholder(out, str_of(label));
		} else {
			strbuf_add(out, pair);
		}
		value = str_skip(value, pair.len);
		if (value.len == 0) break;
		strbuf_add_char(out, ';');
		value = str_skip(value, 1);
	}
}

/* A credential that keur gave out itself, for the service to call it back with, says so and is no secret. */
static bool is_own(struct str value)
{
	struct str text = trim(value);
	size_t scheme = str_find(text, ' ');
	return str_starts(scheme < text.len ? trim(str_skip(text, scheme)) : text, STR("keur-"));
}

static struct str redact_value(
		const struct secrets *secrets, const struct http_field *field, bool inbound, struct arena *arena)
{
	static const char *const urls[] = {"location", "content-location", "referer"};
	struct strbuf out;
	for (size_t i = 0; i < sizeof urls / sizeof *urls; i++)
		if (is_named(field->name, urls[i])) return secrets_redact_url(secrets, field->value, arena);
	strbuf_init(&out, SIZE_MAX / 2);
	if (is_named(field->name, "authorization") && !(inbound && is_own(field->value)))
		add_credentials(&out, field->value, "authorization");
	else if (is_named(field->name, "proxy-authorization"))
		add_credentials(&out, field->value, "proxy-authorization");
	else if (is_named(field->name, "cookie"))
		add_cookies(&out, field->value, "cookie", false);
	else if (is_named(field->name, "set-cookie"))
		add_cookies(&out, field->value, "set-cookie", true);
	else if (names_have(&secrets->headers, field->name) && field->value.len)
		secret_placeholder(&out, secret_label(arena, field->name));
	else
		return secrets_redact(secrets, field->value, arena);
	return finish(secrets, &out, arena);
}

struct http_fields secrets_redact_fields(
		const struct secrets *secrets, const struct http_fields *fields, bool inbound, struct arena *arena)
{
	if (!secrets || fields->count == 0) return *fields;
	struct http_fields out = {arena_alloc(arena, fields->count * sizeof *out.items), fields->count};
	for (uint32_t i = 0; i < fields->count; i++) {
		out.items[i].name = secrets_redact(secrets, fields->items[i].name, arena);
		out.items[i].value = redact_value(secrets, &fields->items[i], inbound, arena);
	}
	return out;
}

static bool learn(struct secrets *secrets, struct str label, struct str value, size_t least, struct err *err)
{
	return value.len < least || secrets_add_token(secrets, label, value, err);
}

/* The password of Basic credentials is a secret of its own (RFC 7617). */
static bool learn_password(struct secrets *secrets, struct str credentials, struct err *err)
{
	struct strbuf buf;
	strbuf_init(&buf, SIZE_MAX / 2);
	bool ok = true;
	if (base64_decode(&buf, credentials)) {
		struct str pair = strbuf_str(&buf), password = str_skip(pair, str_find(pair, ':') + 1);
		if (password.len >= TOKEN_MIN) ok = secrets_add(secrets, STR("authorization"), password, err);
	}
	strbuf_release(&buf);
	return ok;
}

static bool learn_credentials(struct secrets *secrets, struct str label, struct str value, struct err *err)
{
	struct str text = trim(value);
	size_t scheme = str_find(text, ' ');
	struct str credentials = scheme < text.len ? trim(str_skip(text, scheme)) : text;
	if (!learn(secrets, label, credentials, TOKEN_MIN, err)) return false;
	return !is_named((struct str){text.ptr, scheme}, "basic") || learn_password(secrets, credentials, err);
}

static bool learn_cookies(struct secrets *secrets, struct str value, struct err *err)
{
	while (value.len) {
		struct str pair = {value.ptr, str_find(value, ';')};
		struct str content = trim(str_skip(pair, str_find(pair, '=') + 1));
		if (!learn(secrets, STR("cookie"), content, COOKIE_MIN, err)) return false;
		value = str_skip(value, pair.len + 1);
	}
	return true;
}

static bool learn_field(struct secrets *secrets, const struct http_field *field, struct err *err)
{
	if (is_named(field->name, "authorization") || is_named(field->name, "proxy-authorization"))
		return learn_credentials(secrets, secret_label(secrets->arena, field->name), field->value, err);
	if (is_named(field->name, "cookie")) return learn_cookies(secrets, field->value, err);
	if (!names_have(&secrets->headers, field->name)) return true;
	return learn(secrets, secret_label(secrets->arena, field->name), trim(field->value), TOKEN_MIN, err);
}

static bool learn_url(struct secrets *secrets, struct str url, struct err *err)
{
	struct str parts[5], query;
	split_url(url, parts);
	query = str_skip(parts[3], 1);
	if (!learn(secrets, STR("userinfo"), parts[1], TOKEN_MIN, err)) return false;
	while (query.len) {
		struct str value, name = decode_percent(next_parameter(&query, &value), secrets->arena);
		bool hidden = names_have(&secrets->queries, name);
		value = hidden ? decode_percent(value, secrets->arena) : value;
		if (hidden && !learn(secrets, secret_label(secrets->arena, name), value, TOKEN_MIN, err)) return false;
		query = str_skip(query, 1);
	}
	return true;
}

/* What a token endpoint answers (RFC 6749 section 5.1). */
static bool learn_tokens(struct secrets *secrets, const struct exchange *exchange, struct err *err)
{
	static const struct str names[] = {STR("access_token"), STR("refresh_token"), STR("id_token")};
	struct str body = exchange->request.body;
	if (exchange->response.body.len == 0 || str_find_str(body, STR("grant_type=")) == body.len) return true;
	struct err unread;
	err_init(&unread, secrets->arena);
	struct doc *doc = doc_of(STR("token"), exchange->response.body, &unread);
	bool ok = true;
	for (size_t i = 0; doc && i < sizeof names / sizeof *names && ok; i++)
		ok = learn(secrets, STR("token"), node_string_member(doc->root, names[i]), TOKEN_MIN, err);
	doc_close(doc);
	return ok;
}

bool secrets_learn(struct secrets *secrets, const struct exchange *exchange, struct err *err)
{
	const struct http_request *request = &exchange->request;
	for (uint32_t i = 0; i < request->fields.count; i++)
		if (!(exchange->inbound && is_own(request->fields.items[i].value)) &&
				!learn_field(secrets, &request->fields.items[i], err))
			return false;
	return learn_url(secrets, request->url, err) && learn_tokens(secrets, exchange, err);
}
