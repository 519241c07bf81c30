/* SPDX-License-Identifier: EUPL-1.2 */
/* Request and answer as one document. */
#include "engine/soap_pair.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "doc/xml.h"
#include "fetch/xml_body.h"

bool xml_escape(struct strbuf *out, struct str text)
{
	if (utf8_invalid(text) < text.len) return false;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		bool white = c == '\t' || c == '\n' || c == '\r';
		bool above = c == 0xEF && i + 2 < text.len && (unsigned char)text.ptr[i + 1] == 0xBF &&
					 (unsigned char)text.ptr[i + 2] >= 0xBE; /* U+FFFE and U+FFFF are no characters of XML */
		if ((c < ' ' && !white) || above) return false;
		if (white || c == '&' || c == '<' || c == '>' || c == '"' || c == '\'')
			strbuf_printf(out, "&#%u;", c);
		else
			strbuf_add_char(out, (char)c);
	}
	return true;
}

/* The document without what may only stand at its start. */
static struct str without_declaration(struct str text)
{
	if (str_starts(text, STR("\xEF\xBB\xBF"))) text = str_skip(text, 3);
	if (!str_starts(text, STR("<?xml"))) return text;
	return str_skip(text, str_find_str(text, STR("?>")) + 2);
}

static void add_attribute(struct strbuf *out, const char *name, struct str value)
{
	if (!value.ptr) return;
	strbuf_printf(out, " %s=\"", name);
	if (!xml_escape(out, value)) strbuf_add(out, STR("?"));
	strbuf_add_char(out, '"');
}

/* A message that is no XML has none in the pair, and says so; one that is not read for its safety leaves it undecided.
 */
static bool add_message(struct strbuf *out, const struct http_fields *fields, struct str body, struct err *err)
{
	struct arena *work = arena_new();
	struct str text;
	bool parsed = body.len && xml_body(fields, body, work, &text, err) && xml_parse(work, text, err) != NULL;
	if (parsed) {
		strbuf_add_char(out, '>');
		strbuf_add(out, without_declaration(text));
	}
	arena_free(work);
	if (parsed) return true;
	strbuf_add(out, body.len ? STR(" xml=\"false\">") : STR(">"));
	return body.len == 0 || err->code == ERR_SYNTAX;
}

static bool print_pair(struct strbuf *out, const struct exchange *exchange, struct arena *arena, struct err *err)
{
	const struct http_request *request = &exchange->request;
	const struct http_response *response = &exchange->response;
	strbuf_add(out, STR("<pair><request"));
	add_attribute(out, "action", http_field_value(&request->fields, STR("soapaction"), arena));
	add_attribute(out, "content-type", http_field_value(&request->fields, STR("content-type"), arena));
	if (!add_message(out, &request->fields, request->body, err)) return false;
	strbuf_printf(out, "</request><response status=\"%u\"", (unsigned)response->status);
	add_attribute(out, "media-type", http_media_type(&response->fields, arena));
	add_attribute(out, "content-type", http_field_value(&response->fields, STR("content-type"), arena));
	if (!add_message(out, &response->fields, response->body, err)) return false;
	strbuf_add(out, STR("</response></pair>"));
	return true;
}

bool soap_pair(const struct exchange *exchange, struct arena *arena, struct str *out, struct err *err)
{
	struct strbuf text;
	if (exchange->failure != FAILURE_NONE)
		return err_set_text(err, ERR_UNDECIDED, (struct loc){0}, (struct text){0}, exchange->why);
	strbuf_init(&text, LIMIT_SCENARIO_VALUE_BYTES);
	bool printed = print_pair(&text, exchange, arena, err);
	bool whole = !text.overflow;
	*out = str_copy(arena, strbuf_str(&text));
	strbuf_release(&text);
	if (!printed || whole) return printed;
	return err_set(err, ERR_LIMIT, (struct loc){0}, "messages of more than %d bytes", "berichten van meer dan %d bytes",
			LIMIT_SCENARIO_VALUE_BYTES);
}
