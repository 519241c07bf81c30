/* SPDX-License-Identifier: EUPL-1.2 */
/* Redirects: which are followed, with which method, and what may come along. */
#include <strings.h>

#include "base/limits.h"
#include "doc/uri.h"
#include "fetch/http_private.h"

enum { MOVED = 301, FOUND = 302, SEE_OTHER = 303, TEMPORARY = 307, PERMANENT = 308 };

static bool is_redirect(uint32_t status)
{
	return status == MOVED || status == FOUND || status == SEE_OTHER || status == TEMPORARY || status == PERMANENT;
}

static bool is_in(struct str name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (name.len == strlen(names[i]) && strncasecmp(name.ptr, names[i], name.len) == 0) return true;
	return false;
}

/* Fields that another host may see. A list of what is harmless: a secret can have any name. */
static bool is_harmless(struct str name)
{
	static const char *const names[] = {"accept", "accept-encoding", "accept-language", "accept-crs", "content-crs",
			"content-language", "content-type", "if-match", "if-modified-since", "if-none-match", "if-unmodified-since",
			"origin", "prefer", "range"};
	return is_in(name, names, sizeof names / sizeof *names);
}

static bool is_about_body(struct str name)
{
	return name.len > strlen("content-") && strncasecmp(name.ptr, "content-", strlen("content-")) == 0;
}

static struct http_fields fields_that_stay(
		const struct http_fields *fields, bool same_host, bool has_body, struct arena *arena)
{
	struct http_fields kept = {arena_alloc(arena, (fields->count + 1) * sizeof *kept.items), 0};
	for (uint32_t i = 0; i < fields->count; i++) {
		struct str name = fields->items[i].name;
		if ((same_host || is_harmless(name)) && (has_body || !is_about_body(name)))
			kept.items[kept.count++] = fields->items[i];
	}
	return kept;
}

/* RFC 9110 section 15.4: what becomes GET does as every browser has it. */
static bool becomes_get(uint32_t status, struct str method)
{
	if (status == SEE_OTHER) return !str_eq(method, STR("HEAD")) && !str_eq(method, STR("GET"));
	return (status == MOVED || status == FOUND) && str_eq(method, STR("POST"));
}

/* A Location as servers write it: without fragment, and with what may not stand in a URL percent-encoded. */
static struct str location_of(const struct http_field *field, struct arena *arena)
{
	struct str value = {field->value.ptr, str_find(field->value, '#')};
	struct strbuf out;
	strbuf_init(&out, LIMIT_URL_BYTES * 4);
	for (size_t i = 0; i < value.len; i++) {
		unsigned char c = (unsigned char)value.ptr[i];
		if (c <= ' ' || c >= 0x7f || strchr("\"<>\\^`{|}", c))
			strbuf_printf(&out, "%%%02X", c);
		else
			strbuf_add_char(&out, (char)c);
	}
	struct str location = strbuf_take(&out, arena);
	return location;
}

static struct text why_not(const struct http_client *client, const struct exchange *exchange,
		const struct http_request *next, const struct origin *from, struct origin *to, struct arena *arena)
{
	struct text why = {0};
	if (!origin_of(next->url, to, &why, arena)) return why;
	if (from->https && !to->https && !client->options.allow_downgrade)
		return text_printf(arena,
				"redirect from https to \"%.*s\", which is not encrypted, is not followed; redirect to https",
				"redirect van https naar \"%.*s\", dat niet versleuteld is, wordt niet gevolgd; verwijs naar https",
				STR_FMT(next->url));
	if (next->body.ptr && !origin_trusts(from, to))
		return text_printf(arena,
				"redirect %u to \"%.*s\" would take the body of the request to another host, and is not followed",
				"redirect %u naar \"%.*s\" zou de inhoud van het verzoek naar een andere host brengen, en wordt niet "
				"gevolgd",
				exchange->response.status, STR_FMT(next->url));
	return why;
}

bool http_redirect(const struct http_client *client, const struct exchange *exchange, struct http_request *next,
		struct text *why, struct arena *arena)
{
	const struct http_request *asked = &exchange->request;
	const struct http_field *location = http_field_find(&exchange->response.fields, STR("location"));
	*why = (struct text){0};
	if (exchange->failure || asked->keep_redirect || !is_redirect(exchange->response.status) || !location) return false;
	struct origin from, to = {0};
	if (!origin_of(asked->url, &from, why, arena)) return false;
	bool get = becomes_get(exchange->response.status, next->method);
	if (get) next->method = STR("GET");
	if (get) next->body = (struct str){NULL, 0};
	next->url = uri_resolve(arena, next->url, location_of(location, arena));
	*why = why_not(client, exchange, next, &from, &to, arena);
	next->fields = fields_that_stay(&next->fields, !why->in[LANG_EN].len && origin_trusts(&from, &to), !get, arena);
	return true;
}
