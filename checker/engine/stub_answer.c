/* SPDX-License-Identifier: EUPL-1.2 */
/* Answers of a stub: JSON, problems, and texts with their gaps filled in. */
#include "base/limits.h"
#include "engine/js.h"
#include "engine/stub_private.h"

enum { FIELDS = 24 };

static const char counterpart_gap[] = "{$x-keur.counterpart}", xml_gap[] = "{$request.xml.";

void stub_field(struct asked *asked, struct str name, struct str value)
{
	struct http_fields *fields = &asked->response->fields;
	if (!fields->items) fields->items = arena_zalloc(asked->arena, FIELDS * sizeof *fields->items);
	if (fields->count == FIELDS) return;
	fields->items[fields->count++] = (struct http_field){str_copy(asked->arena, name), str_copy(asked->arena, value)};
}

static bool has_content_type(const struct asked *asked)
{
	return http_field_find(&asked->response->fields, STR("content-type")) != NULL;
}

static void set_json(struct asked *asked, const struct node *body)
{
	struct strbuf text;
	strbuf_init(&text, LIMIT_STUB_BYTES);
	node_print_json(&text, body);
	if (text.overflow) asked->response->status = 507;
	asked->response->body = text.overflow ? STR("") : str_copy(asked->arena, strbuf_str(&text));
	strbuf_release(&text);
}

void stub_reply(struct asked *asked, uint32_t status, const struct node *headers, const struct node *body)
{
	asked->response->status = status;
	asked->response->body = STR("");
	for (uint32_t i = 0; headers && i < headers->len; i++)
		stub_field(asked, node_key(&headers->children[i]),
				stub_filled_text(asked->arena, node_text(&headers->children[i]), asked->stub->base, STR("")));
	if (!body) return;
	set_json(asked, body);
	if (!has_content_type(asked)) stub_field(asked, STR("Content-Type"), STR("application/json"));
}

static const char *title_of(uint32_t status)
{
	switch (status) {
	case 400:
		return "Ongeldig verzoek";
	case 403:
		return "Geen toegang";
	case 404:
		return "Niet gevonden";
	case 405:
		return "Methode niet toegestaan";
	default:
		return "Kan niet bewaard worden";
	}
}

/* application/problem+json (RFC 9457) with the members that ZGW adds. */
void stub_problem(struct asked *asked, uint32_t status, const char *code, const char *member, const char *reason)
{
	struct strbuf text;
	strbuf_init(&text, LIMIT_MESSAGE_BYTES);
	strbuf_printf(&text, "{\"type\":\"about:blank\",\"code\":\"%s\",\"title\":\"%s\",\"status\":%u,\"detail\":\"%s\"",
			member ? "invalid" : code, title_of(status), status, reason ? reason : title_of(status));
	if (member) {
		strbuf_add(&text, STR(",\"invalidParams\":[{\"name\":"));
		js_print_string(&text, str_of(member));
		strbuf_printf(&text, ",\"code\":\"%s\",\"reason\":\"%s\"}]", code, reason);
	}
	strbuf_add_char(&text, '}');
	asked->response->status = status;
	asked->response->body = strbuf_take(&text, asked->arena);
	stub_field(asked, STR("Content-Type"), STR("application/problem+json"));
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
		   c == '.';
}

/* Behind the start tag of the first element of that local name; empty when there is none. */
static struct str behind_tag(struct str xml, struct str name)
{
	while (xml.len) {
		xml = str_skip(xml, str_find(xml, '<') + 1);
		size_t len = 0;
		while (len < xml.len && (is_name(xml.ptr[len]) || xml.ptr[len] == ':'))
			len++;
		struct str tag = {xml.ptr, len};
		size_t colon = str_find(tag, ':');
		if (colon < tag.len) tag = str_skip(tag, colon + 1);
		if (str_eq(tag, name)) return str_skip(xml, str_find(xml, '>') + 1);
	}
	return xml;
}

/*
 * What stands in the first element of that local name, "a/b" the first b behind the first a, when it is text alone. Not
 * a parser: it serves to mirror parties and a number in an acknowledgement, whatever else is wrong with the message,
 * and what it gives is XML as it was.
 */
static struct str xml_content(struct str xml, struct str path)
{
	while (path.len) {
		struct str name = {path.ptr, str_find(path, '/')};
		xml = behind_tag(xml, name);
		path = str_skip(path, name.len + 1);
	}
	return (struct str){xml.ptr, str_find(xml, '<')};
}

static void add_xml(struct strbuf *out, struct str name, struct str xml)
{
	struct str content = xml_content(xml, name);
	if (str_find(content, ']') == content.len) strbuf_add(out, content);
}

struct str stub_filled_text(struct arena *arena, struct str text, struct str base, struct str xml)
{
	struct strbuf out;
	if (str_find(text, '{') == text.len) return text;
	strbuf_init(&out, LIMIT_SCENARIO_VALUE_BYTES);
	while (text.len) {
		size_t plain = str_find(text, '{'), end;
		strbuf_add(&out, (struct str){text.ptr, plain});
		text = str_skip(text, plain);
		if (str_starts(text, str_of(counterpart_gap))) {
			strbuf_add(&out, base);
			text = str_skip(text, sizeof counterpart_gap - 1);
		} else if (str_starts(text, str_of(xml_gap)) && (end = str_find(text, '}')) < text.len) {
			size_t start = sizeof xml_gap - 1;
			add_xml(&out, (struct str){text.ptr + start, end - start}, xml);
			text = str_skip(text, end + 1);
		} else if (text.len) {
			strbuf_add_char(&out, text.ptr[0]);
			text = str_skip(text, 1);
		}
	}
	return strbuf_take(&out, arena);
}

/* Depth is that of a document that was read, and so bounded. */
const struct node *stub_filled(struct arena *arena, const struct node *value, struct str base)
{
	if (value->kind == NODE_STRING) {
		struct str text = stub_filled_text(arena, node_text(value), base, STR(""));
		return text.ptr == value->text ? value : node_text_new(arena, text);
	}
	if (!node_is_container(value)) return value;
	struct node *items = arena_alloc(arena, (value->len + 1) * sizeof *items);
	for (uint32_t i = 0; i < value->len; i++)
		items[i] = node_as(stub_filled(arena, &value->children[i], base),
				value->kind == NODE_OBJECT ? node_key(&value->children[i]) : (struct str){NULL, 0});
	return node_container_new(arena, (enum node_kind)value->kind, items, value->len);
}
