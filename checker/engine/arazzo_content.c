/* SPDX-License-Identifier: EUPL-1.2 */
/* Request bodies: JSON, forms, multipart, text, and bytes that JSON cannot write. */
#include "base/limits.h"
#include "doc/hash.h"
#include "doc/uri.h"
#include "engine/arazzo_play.h"
#include "fetch/base64.h"

static struct str base_type(struct arena *arena, struct str type)
{
	struct http_field field = {STR("content-type"), type};
	return http_media_type(&(struct http_fields){&field, 1}, arena);
}

static bool is_json(struct str type)
{
	return str_ends(type, STR("/json")) || str_ends(type, STR("+json"));
}

/* {"x-keur-base64": "..."}: bytes. */
static const struct node *base64_member(const struct node *value)
{
	const struct node *text = value->kind == NODE_OBJECT && value->len == 1 ? node_member(value, STR("x-keur-base64"))
																			: NULL;
	return text && text->kind == NODE_STRING ? text : NULL;
}

static bool add_value(struct strbuf *out, const struct node *value, struct text *why)
{
	const struct node *base64 = base64_member(value);
	if (!base64) {
		node_print_text(out, value);
		return true;
	}
	if (base64_decode(out, node_text(base64))) return true;
	*why = TEXT("\"x-keur-base64\" is no base64", "\"x-keur-base64\" is geen base64 (RFC 4648)");
	return false;
}

/* application/x-www-form-urlencoded: a space is "+". */
static void add_form_text(struct strbuf *out, struct str text)
{
	while (text.len > 0) {
		size_t space = str_find(text, ' ');
		uri_encode(out, (struct str){text.ptr, space}, false);
		if (space < text.len) strbuf_add_char(out, '+');
		text = str_skip(text, space + 1);
	}
}

static void add_form_pair(struct strbuf *out, struct str name, const struct node *value)
{
	struct strbuf text;
	strbuf_init(&text, LIMIT_SCENARIO_VALUE_BYTES);
	node_print_text(&text, value);
	if (out->len > 0) strbuf_add_char(out, '&');
	add_form_text(out, name);
	strbuf_add_char(out, '=');
	add_form_text(out, strbuf_str(&text));
	out->overflow |= text.overflow;
	strbuf_release(&text);
}

static bool print_form(struct strbuf *out, const struct node *payload, struct text *why)
{
	if (payload->kind == NODE_STRING) {
		strbuf_add(out, node_text(payload));
		return true;
	}
	if (payload->kind != NODE_OBJECT) {
		*why = TEXT("a form is made of an object or a text", "een formulier wordt gemaakt van een object of een tekst");
		return false;
	}
	for (uint32_t i = 0; i < payload->len; i++) {
		const struct node *child = &payload->children[i];
		bool list = child->kind == NODE_ARRAY;
		for (uint32_t k = 0; k < (list ? child->len : 1); k++)
			add_form_pair(out, node_key(child), list ? &child->children[k] : child);
	}
	return true;
}

/* A name inside quotes, as HTML has it: RFC 7578 section 4.2 and the WHATWG's multipart/form-data. */
static void add_quoted(struct strbuf *out, struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		if (c == '"' || c == '\r' || c == '\n')
			strbuf_printf(out, "%%%02X", c);
		else
			strbuf_add_char(out, c);
	}
}

static bool add_part(
		struct strbuf *out, struct str boundary, struct str name, const struct node *value, struct text *why)
{
	bool bytes = base64_member(value) != NULL, json = !bytes && node_is_container(value);
	strbuf_printf(out, "--%.*s\r\nContent-Disposition: form-data; name=\"", STR_FMT(boundary));
	add_quoted(out, name);
	strbuf_add_char(out, '"');
	if (bytes) {
		strbuf_add(out, STR("; filename=\""));
		add_quoted(out, name);
		strbuf_add(out, STR("\"\r\nContent-Type: application/octet-stream"));
	}
	if (json) strbuf_add(out, STR("\r\nContent-Type: application/json"));
	strbuf_add(out, STR("\r\n\r\n"));
	if (!add_value(out, value, why)) return false;
	strbuf_add(out, STR("\r\n"));
	return true;
}

static bool print_parts(struct strbuf *out, struct str boundary, const struct node *payload, struct text *why)
{
	for (uint32_t i = 0; i < payload->len; i++) {
		const struct node *child = &payload->children[i];
		bool list = child->kind == NODE_ARRAY;
		for (uint32_t k = 0; k < (list ? child->len : 1); k++)
			if (!add_part(out, boundary, node_key(child), list ? &child->children[k] : child, why)) return false;
	}
	strbuf_printf(out, "--%.*s--\r\n", STR_FMT(boundary));
	return true;
}

/* The boundary follows from the parts, so that the same parts give the same bytes, and is in none of them. */
static bool print_multipart(
		struct play *play, struct strbuf *out, struct str *type, const struct node *payload, struct text *why)
{
	if (payload->kind == NODE_STRING) return add_value(out, payload, why);
	if (payload->kind != NODE_OBJECT) {
		*why = TEXT("multipart is made of an object or a text", "multipart wordt gemaakt van een object of een tekst");
		return false;
	}
	if (!print_parts(out, STR(""), payload, why)) return false;
	uint64_t hash = hash_bytes(strbuf_str(out), 1);
	struct str boundary;
	do
		boundary = str_printf(play->arena, "keur-%016llx", (unsigned long long)hash++);
	while (str_find_str(strbuf_str(out), boundary) < out->len);
	strbuf_clear(out);
	*type = str_printf(play->arena, "%.*s; boundary=%.*s", STR_FMT(*type), STR_FMT(boundary));
	return print_parts(out, boundary, payload, why);
}

static bool print_other(struct strbuf *out, struct str type, const struct node *payload, struct text *why)
{
	bool xml = str_ends(type, STR("/xml")) || str_ends(type, STR("+xml"));
	if (xml && node_is_container(payload) && !base64_member(payload)) {
		*why = TEXT("a body in XML is given as a text", "een inhoud in XML wordt als tekst gegeven");
		return false;
	}
	return add_value(out, payload, why);
}

static bool print(struct play *play, struct strbuf *out, struct str *type, const struct node *payload, bool as_text,
		struct text *why)
{
	struct str base = base_type(play->arena, *type);
	if (str_eq(base, STR("application/x-www-form-urlencoded"))) return print_form(out, payload, why);
	if (str_starts(base, STR("multipart/"))) return print_multipart(play, out, type, payload, why);
	if (!is_json(base)) return print_other(out, base, payload, why);
	if (as_text || base64_member(payload)) return add_value(out, payload, why);
	node_print_json(out, payload);
	return true;
}

/* JSON where the operation takes it, else the first that it names. */
static struct str described_type(const struct openapi_operation *operation)
{
	const struct openapi_body *body = operation->body;
	for (uint32_t i = 0; body && i < body->media_count; i++)
		if (str_eq(body->media[i].type, STR("application/json"))) return body->media[i].name;
	for (uint32_t i = 0; body && i < body->media_count; i++)
		if (str_find(body->media[i].type, '*') == body->media[i].type.len) return body->media[i].name;
	return STR("");
}

bool content_print(struct play *play, const struct arazzo_step *step, struct str *type, const struct node *payload,
		bool as_text, struct str *bytes, struct text *why)
{
	struct strbuf out;
	if (type->len == 0 && step->operation) *type = described_type(step->operation);
	if (type->len == 0) *type = node_is_container(payload) ? STR("application/json") : STR("text/plain; charset=utf-8");
	strbuf_init(&out, LIMIT_SCENARIO_PAYLOAD_BYTES);
	bool ok = print(play, &out, type, payload, as_text, why);
	if (ok && out.overflow) {
		*why = text_printf(play->arena, "a body of more than %d bytes", "een inhoud van meer dan %d bytes",
				LIMIT_SCENARIO_PAYLOAD_BYTES);
		ok = false;
	}
	if (ok) *bytes = str_copy(play->arena, strbuf_str(&out));
	strbuf_release(&out);
	return ok;
}
