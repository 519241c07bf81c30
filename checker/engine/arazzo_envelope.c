/* SPDX-License-Identifier: EUPL-1.2 */
/* SOAP while a scenario is played: envelopes, faults, and request and answer as one document. */
#include "base/limits.h"
#include "engine/arazzo_play.h"
#include "engine/soap_pair.h"
#include "fetch/xml_body.h"

static const char soap_1_1[] = "http://schemas.xmlsoap.org/soap/envelope/",
				  soap_1_2[] = "http://www.w3.org/2003/05/soap-envelope";

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
	struct str body;
	bool read = api && xml_body(&response->fields, response->body, work, &body, &err);
	xmlDoc *doc = read ? xml_parse(work, body, &err) : NULL;
	const xmlNode *root = doc ? api->root(doc) : NULL;
	bool fault = is_named(root, "Envelope") && child_named(child_named(root, "Body"), "Fault");
	arena_free(work);
	return fault;
}

struct value pair_value(struct play *play, struct attempt *attempt)
{
	struct err err;
	struct str pair;
	if (attempt->pair.node || attempt->pair.state == VALUE_UNDECIDED) return attempt->pair;
	if (!attempt->exchange) return value_undecided(TEXT("no request was sent", "er is geen verzoek gedaan"));
	err_init(&err, play->arena);
	attempt->pair = soap_pair(attempt->exchange, play->arena, &pair, &err)
							? (struct value){.state = VALUE_THERE, .node = node_text_new(play->arena, pair)}
							: value_undecided(err.message);
	return attempt->pair;
}
