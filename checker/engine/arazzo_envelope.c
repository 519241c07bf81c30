/* SOAP while a scenario is played: envelopes, faults, and request and answer as one document. */
#include "base/limits.h"
#include "base/utf8.h"
#include "engine/arazzo_play.h"

static const char soap_1_1[] = "http://schemas.xmlsoap.org/soap/envelope/",
				  soap_1_2[] = "http://www.w3.org/2003/05/soap-envelope";

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

/* The text of a template; false and `why` when it cannot be had. Without parts it is empty. */
static bool text_of_template(
		struct play *play, struct frame *frame, const struct template *template, struct str *out, struct text *why)
{
	*out = STR("");
	if (template->count == 0) return true;
	struct value value = template_value(play, frame, template);
	bool text = value.state == VALUE_THERE && value.node->kind == NODE_STRING;
	if (text) *out = node_text(value.node);
	*why = value.state == VALUE_UNDECIDED ? value.why
										  : TEXT("the action or header of a SOAP request is no text",
													"de actie of header van een SOAP-verzoek is geen tekst");
	return text;
}

static void print_envelope(struct strbuf *out, const struct arazzo_step *step, const struct xpath_names *names,
		struct str header, struct str payload)
{
	strbuf_printf(out, "<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"%s\"", step->soap->is_1_2 ? soap_1_2 : soap_1_1);
	for (uint32_t i = 0; i < names->count; i++)
		strbuf_printf(out, " xmlns:%.*s=\"%.*s\"", STR_FMT(names->items[i].prefix), STR_FMT(names->items[i].uri));
	strbuf_add(out, STR(">"));
	if (header.len) strbuf_printf(out, "<SOAP-ENV:Header>%.*s</SOAP-ENV:Header>", STR_FMT(header));
	strbuf_printf(out, "<SOAP-ENV:Body>%.*s</SOAP-ENV:Body></SOAP-ENV:Envelope>\n", STR_FMT(payload));
}

/* A prefix that nothing declares stays part of the name. */
static const xmlChar *undeclared_name(const xmlNode *root)
{
	for (const xmlNode *node = root; node;) {
		if (node->type == XML_ELEMENT_NODE && strchr((const char *)node->name, ':')) return node->name;
		for (const xmlAttr *attr = node->type == XML_ELEMENT_NODE ? node->properties : NULL; attr; attr = attr->next)
			if (strchr((const char *)attr->name, ':')) return attr->name;
		if (node->type == XML_ELEMENT_NODE && node->children) {
			node = node->children;
			continue;
		}
		while (node != root && !node->next)
			node = node->parent;
		node = node == root ? NULL : node->next;
	}
	return NULL;
}

/* Our own mistake is not for the service to find. */
static bool is_well_formed(struct play *play, struct str text, struct text *why)
{
	struct err err;
	struct arena *work = arena_new();
	err_init(&err, play->arena);
	xmlDoc *doc = xml_parse(work, text, &err);
	const struct xml_api *api = doc ? xml_load(&err) : NULL;
	const xmlChar *name = api ? undeclared_name(api->root(doc)) : NULL;
	if (name)
		err_set(&err, ERR_SYNTAX, (struct loc){0}, "\"%s\" has a prefix that x-keur-namespaces does not have",
				"\"%s\" heeft een voorvoegsel dat x-keur-namespaces niet heeft", (const char *)name);
	bool ok = api && !name;
	arena_free(work);
	if (!ok)
		*why = text_printf(play->arena, "the message of the scenario cannot be sent: %s%.0s",
				"het bericht van het scenario is niet te versturen: %.0s%s", err.message.in[LANG_EN].ptr,
				err.message.in[LANG_NL].ptr);
	return ok;
}

static bool is_one_line(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] < ' ' || text.ptr[i] == '"' || text.ptr[i] == '\\') return false;
	return true;
}

bool envelope_make(struct play *play, struct frame *frame, const struct arazzo_step *step, struct str payload,
		struct http_field fields[2], uint32_t *field_count, struct str *body, struct text *why)
{
	struct str action, header;
	struct strbuf out;
	if (!text_of_template(play, frame, &step->soap->action, &action, why) ||
			!text_of_template(play, frame, &step->soap->header, &header, why))
		return false;
	if (!is_one_line(action)) {
		*why = TEXT("the action of a SOAP request is no text on one line without quotes",
				"de actie van een SOAP-verzoek is geen tekst op een regel zonder aanhalingstekens");
		return false;
	}
	strbuf_init(&out, LIMIT_SCENARIO_PAYLOAD_BYTES);
	print_envelope(&out, step, &frame->workflow->document->names, header, payload);
	bool whole = !out.overflow;
	*body = strbuf_take(&out, play->arena);
	if (!whole) {
		*why = text_printf(play->arena, "a body of more than %d bytes", "een inhoud van meer dan %d bytes",
				LIMIT_SCENARIO_PAYLOAD_BYTES);
		return false;
	}
	if (step->soap->is_1_2) {
		struct str type = STR("application/soap+xml; charset=utf-8");
		if (action.len) type = str_printf(play->arena, "%.*s; action=\"%.*s\"", STR_FMT(type), STR_FMT(action));
		fields[0] = (struct http_field){STR("Content-Type"), type};
	} else {
		fields[0] = (struct http_field){STR("Content-Type"), STR("text/xml; charset=utf-8")};
		fields[1] = (struct http_field){STR("SOAPAction"), str_printf(play->arena, "\"%.*s\"", STR_FMT(action))};
	}
	*field_count = step->soap->is_1_2 ? 1 : 2;
	return is_well_formed(play, *body, why);
}

static bool is_named(const xmlNode *node, const char *name)
{
	return node && node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0 && node->ns &&
		   (strcmp((const char *)node->ns->href, soap_1_1) == 0 || strcmp((const char *)node->ns->href, soap_1_2) == 0);
}

static const xmlNode *child_named(const xmlNode *parent, const char *name)
{
	for (const xmlNode *child = parent ? parent->children : NULL; child; child = child->next)
		if (is_named(child, name)) return child;
	return NULL;
}

bool envelope_is_fault(const struct http_response *response)
{
	struct err err;
	struct arena *work = arena_new();
	err_init(&err, work);
	const struct xml_api *api = xml_load(&err);
	xmlDoc *doc = api ? xml_parse(work, response->body, &err) : NULL;
	const xmlNode *root = doc ? api->root(doc) : NULL;
	bool fault = is_named(root, "Envelope") && child_named(child_named(root, "Body"), "Fault");
	arena_free(work);
	return fault;
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
static bool add_message(struct strbuf *out, struct str body, struct err *err)
{
	struct arena *work = arena_new();
	bool parsed = body.len && xml_parse(work, body, err) != NULL;
	arena_free(work);
	if (parsed) {
		strbuf_add_char(out, '>');
		strbuf_add(out, without_declaration(body));
		return true;
	}
	strbuf_add(out, body.len ? STR(" xml=\"false\">") : STR(">"));
	return body.len == 0 || err->code == ERR_SYNTAX;
}

static bool print_pair(struct play *play, struct strbuf *out, const struct exchange *exchange, struct err *err)
{
	const struct http_request *request = &exchange->request;
	const struct http_response *response = &exchange->response;
	strbuf_add(out, STR("<pair><request"));
	add_attribute(out, "action", http_field_value(&request->fields, STR("soapaction"), play->arena));
	add_attribute(out, "content-type", http_field_value(&request->fields, STR("content-type"), play->arena));
	if (!add_message(out, request->body, err)) return false;
	strbuf_printf(out, "</request><response status=\"%u\"", (unsigned)response->status);
	add_attribute(out, "media-type", http_media_type(&response->fields, play->arena));
	add_attribute(out, "content-type", http_field_value(&response->fields, STR("content-type"), play->arena));
	if (!add_message(out, response->body, err)) return false;
	strbuf_add(out, STR("</response></pair>"));
	return true;
}

struct value pair_value(struct play *play, struct attempt *attempt)
{
	struct err err;
	struct strbuf out;
	if (attempt->pair.node || attempt->pair.state == VALUE_UNDECIDED) return attempt->pair;
	if (!attempt->exchange) return value_undecided(TEXT("no request was sent", "er is geen verzoek gedaan"));
	if (attempt->exchange->failure != FAILURE_NONE) return value_undecided(attempt->exchange->why);
	err_init(&err, play->arena);
	strbuf_init(&out, LIMIT_SCENARIO_VALUE_BYTES);
	bool ok = print_pair(play, &out, attempt->exchange, &err) && !out.overflow;
	if (ok)
		attempt->pair = (struct value){
				.state = VALUE_THERE, .node = node_text_new(play->arena, str_copy(play->arena, strbuf_str(&out)))};
	else
		attempt->pair = value_undecided(out.overflow
												? text_printf(play->arena, "messages of more than %d bytes",
														  "berichten van meer dan %d bytes", LIMIT_SCENARIO_VALUE_BYTES)
												: err.message);
	strbuf_release(&out);
	return attempt->pair;
}
