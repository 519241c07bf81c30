/* SPDX-License-Identifier: EUPL-1.2 */
/* Requests before they go out: what HTTP does not have is refused, never cut off or sent half. */
#include <ctype.h>
#include <strings.h>

#include "base/limits.h"
#include "fetch/http_private.h"

static bool is_token(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (!isalnum(c) && !(c && strchr("!#$%&'*+-.^_`|~", c))) return false;
	}
	return s.len > 0;
}

/* RFC 9110 section 5.5: no CR, LF or NUL. Bytes beyond ASCII go out as they are. */
static bool is_value(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '\r' || s.ptr[i] == '\n' || s.ptr[i] == '\0') return false;
	return true;
}

/* Fields that say how a message is carried, which the carrier alone can know. */
static bool is_of_carrier(struct str name)
{
	static const char *const names[] = {"connection", "content-length", "expect", "host", "keep-alive",
			"proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (name.len == strlen(names[i]) && strncasecmp(name.ptr, names[i], name.len) == 0) return true;
	return false;
}

static struct text field_fault(const struct http_field *field, struct arena *arena)
{
	if (!is_token(field->name))
		return text_printf(arena, "\"%.*s\" is no name of a header field", "\"%.*s\" is geen naam van een header",
				STR_FMT(field->name));
	if (is_of_carrier(field->name))
		return text_printf(arena, "header field %.*s is written by keur itself; leave it out",
				"de header %.*s schrijft keur zelf; laat hem weg", STR_FMT(field->name));
	if (!is_value(field->value))
		return text_printf(arena, "the value of header field %.*s holds a line end or a NUL byte",
				"in de waarde van de header %.*s staat een regeleinde of een NUL-byte", STR_FMT(field->name));
	return (struct text){0};
}

static struct text fault_of(const struct http_request *request, struct arena *arena)
{
	if (!is_token(request->method) || str_eq(request->method, STR("CONNECT")))
		return text_printf(arena, "\"%.*s\" is no method that can be asked for",
				"\"%.*s\" is geen methode die gevraagd kan worden", STR_FMT(request->method));
	size_t bytes = request->method.len;
	for (uint32_t i = 0; i < request->fields.count; i++) {
		const struct http_field *field = &request->fields.items[i];
		struct text fault = field_fault(field, arena);
		if (fault.in[LANG_EN].len) return fault;
		bytes += field->name.len + field->value.len + strlen(": \r\n");
	}
	if (bytes > LIMIT_REQUEST_HEADER_BYTES)
		return text_printf(arena, "the header fields of the request are larger than %d bytes",
				"de headers van het verzoek zijn groter dan %d bytes", LIMIT_REQUEST_HEADER_BYTES);
	if (request->body.len > LIMIT_REQUEST_BYTES)
		return text_printf(arena, "the body of the request is larger than %d bytes",
				"de inhoud van het verzoek is groter dan %d bytes", LIMIT_REQUEST_BYTES);
	return (struct text){0};
}

bool http_request_check(const struct http_request *request, struct text *why, struct arena *arena)
{
	*why = fault_of(request, arena);
	return why->in[LANG_EN].len == 0;
}

struct http_request http_request_copy(const struct http_request *request, struct arena *arena)
{
	struct http_request copy = *request;
	copy.method = str_copy(arena, request->method);
	copy.client = str_copy(arena, request->client);
	copy.url = str_copy(arena, (struct str){request->url.ptr, str_find(request->url, '#')});
	if (request->body.ptr) copy.body = str_copy(arena, request->body);
	copy.fields.items = arena_alloc(arena, (request->fields.count + 1) * sizeof *copy.fields.items);
	for (uint32_t i = 0; i < request->fields.count; i++)
		copy.fields.items[i] = (struct http_field){
				str_copy(arena, request->fields.items[i].name), str_copy(arena, request->fields.items[i].value)};
	return copy;
}
