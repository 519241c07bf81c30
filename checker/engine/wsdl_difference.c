/* SPDX-License-Identifier: EUPL-1.2 */
/* Comparing one operation of a vendor with the official one. */
#include "engine/wsdl_compare_private.h"

static struct str shown(struct str value)
{
	return value.ptr ? value : STR("");
}

/* A value that goes over the wire as it is written. */
static void compare_value(struct wsdl_comparison *comparison, enum wsdl_rule rule, struct str vendor,
		struct str official, struct wsdl_at vendor_at, struct wsdl_at official_at, struct text message)
{
	wsdl_look(comparison, rule);
	if (str_eq(shown(vendor), shown(official))) return;
	struct str expected = str_printf(comparison->arena, "\"%.*s\"", STR_FMT(shown(official)));
	struct wsdl_difference difference = {.rule = rule,
			.vendor = vendor_at,
			.official = official_at,
			.message = message,
			.expected = {{expected, expected}},
			.found = str_printf(comparison->scratch, "\"%.*s\"", STR_FMT(shown(vendor)))};
	wsdl_differ(comparison, &difference);
}

/* The attribute where it is there, else its element. */
static struct wsdl_at at_attribute(struct wsdl_at at, const char *attribute)
{
	const xmlNode *node = at.node ? wsdl_attribute_node(at.node, NULL, attribute) : NULL;
	return node ? (struct wsdl_at){at.doc, node} : at;
}

static struct str or_default(struct str value, struct str otherwise)
{
	return value.ptr ? value : otherwise;
}

static void compare_binding(
		struct wsdl_comparison *comparison, const struct wsdl_bound *vendor, const struct wsdl_bound *official)
{
	struct arena *arena = comparison->arena;
	struct str name = official->bound->name;
	if (vendor->binding->kind > WSDL_SOAP_12) {
		compare_value(comparison, WSDL_SOAP_ACTION, vendor->bound->location, official->bound->location,
				at_attribute(vendor->bound->soap_at, "location"), at_attribute(official->bound->soap_at, "location"),
				text_printf(arena, "the path of operation %.*s differs", "het pad van operatie %.*s wijkt af",
						STR_FMT(name)));
		return;
	}
	compare_value(comparison, WSDL_SOAP_ACTION, vendor->bound->action, official->bound->action,
			at_attribute(vendor->bound->soap_at, "soapAction"), at_attribute(official->bound->soap_at, "soapAction"),
			text_printf(arena, "SOAPAction of operation %.*s differs", "SOAPAction van operatie %.*s wijkt af",
					STR_FMT(name)));
	compare_value(comparison, WSDL_STYLE, or_default(vendor->bound->style, STR("document")),
			or_default(official->bound->style, STR("document")), at_attribute(vendor->bound->soap_at, "style"),
			at_attribute(official->bound->soap_at, "style"),
			text_printf(arena, "the style of operation %.*s differs", "de stijl van operatie %.*s wijkt af",
					STR_FMT(name)));
	compare_value(comparison, WSDL_TRANSPORT, vendor->binding->transport, official->binding->transport,
			at_attribute(vendor->binding->soap_at, "transport"), at_attribute(official->binding->soap_at, "transport"),
			text_printf(arena, "the transport of operation %.*s differs", "het transport van operatie %.*s wijkt af",
					STR_FMT(name)));
}

static void compare_name(
		struct wsdl_comparison *comparison, const struct wsdl_bound *vendor, const struct wsdl_bound *official)
{
	compare_value(comparison, WSDL_OPERATION_NAME, vendor->bound->name, official->bound->name, vendor->bound->at,
			official->bound->at,
			text_printf(comparison->arena, "operation %.*s of the official WSDL is called otherwise",
					"operatie %.*s van de officiële WSDL heet anders", STR_FMT(official->bound->name)));
}

static void compare_use(struct wsdl_comparison *comparison, const struct wsdl_body *vendor,
		const struct wsdl_body *official, struct wsdl_at at, struct str name)
{
	struct arena *arena = comparison->arena;
	struct wsdl_at vendor_at = vendor->at.node ? at_attribute(vendor->at, "use") : at;
	if (!official->at.node) return;
	struct wsdl_at official_at = at_attribute(official->at, "use");
	compare_value(comparison, WSDL_USE, or_default(vendor->use, STR("literal")),
			or_default(official->use, STR("literal")), vendor_at, official_at,
			text_printf(arena, "use of a message of operation %.*s differs",
					"use van een bericht van operatie %.*s wijkt af", STR_FMT(name)));
	if (str_eq(official->use, STR("encoded")))
		compare_value(comparison, WSDL_USE, vendor->encoding, official->encoding, vendor_at, official_at,
				text_printf(arena, "encodingStyle of a message of operation %.*s differs",
						"encodingStyle van een bericht van operatie %.*s wijkt af", STR_FMT(name)));
}

static struct text open_text(struct wsdl_comparison *comparison, struct str name)
{
	return text_printf(comparison->arena,
			"what a message of operation %.*s holds is not known: its name leads nowhere, or it is too large",
			"wat een bericht van operatie %.*s bevat is niet bekend: zijn naam verwijst naar niets, of het is te groot",
			STR_FMT(name));
}

static void compare_content(struct wsdl_comparison *comparison, const struct wsdl_bound *vendor,
		const struct wsdl_bound *official, bool request)
{
	const struct wsdl_io *mine = request ? vendor->bound->operation->input : vendor->bound->operation->output;
	const struct wsdl_io *theirs = request ? official->bound->operation->input : official->bound->operation->output;
	const struct wsdl_body *body = request ? &vendor->bound->input : &vendor->bound->output;
	const struct wsdl_body *official_body = request ? &official->bound->input : &official->bound->output;
	enum wsdl_rule rule = request ? WSDL_REQUEST : WSDL_RESPONSE;
	struct str found = wsdl_content(comparison, vendor, mine, body);
	struct str expected = wsdl_content(comparison, official, theirs, official_body);
	struct str name = official->bound->name;
	wsdl_look(comparison, rule);
	if (!found.ptr || !expected.ptr) {
		wsdl_undecide(comparison, rule, open_text(comparison, name));
		return;
	}
	if (str_eq(found, expected)) return;
	struct str wanted = str_copy(comparison->arena, expected);
	struct wsdl_difference difference = {.rule = rule,
			.vendor = wsdl_content_at(mine),
			.official = wsdl_content_at(theirs),
			.expected = {{wanted, wanted}},
			.found = found};
	difference.message = request ? text_printf(comparison->arena, "the request of operation %.*s has another body",
										   "het verzoek van operatie %.*s heeft een andere inhoud", STR_FMT(name))
								 : text_printf(comparison->arena, "the response of operation %.*s has another body",
										   "het antwoord van operatie %.*s heeft een andere inhoud", STR_FMT(name));
	wsdl_differ(comparison, &difference);
}

static void tell_presence(struct wsdl_comparison *comparison, const struct wsdl_bound *vendor,
		const struct wsdl_bound *official, bool request, bool lacking)
{
	static const char *const english[2][2] = {
			{"answers, where the official one does not", "does not answer, where the official one does"},
			{"has a request, where the official one has none", "has no request, where the official one has one"}};
	static const char *const dutch[2][2] = {
			{"antwoordt, waar de officiële dat niet doet", "antwoordt niet, waar de officiële dat wel doet"},
			{"heeft een verzoek, waar de officiële er geen heeft",
					"heeft geen verzoek, waar de officiële er een heeft"}};
	struct str name = official->bound->name;
	struct wsdl_difference difference = {.rule = request ? WSDL_REQUEST : WSDL_RESPONSE,
			.vendor = vendor->bound->operation->at,
			.official = official->bound->operation->at,
			.expected = TEXT("", "")};
	difference.message.in[LANG_EN] = str_printf(
			comparison->arena, "operation %.*s %s", STR_FMT(name), english[request][lacking]);
	difference.message.in[LANG_NL] = str_printf(
			comparison->arena, "operatie %.*s %s", STR_FMT(name), dutch[request][lacking]);
	wsdl_differ(comparison, &difference);
}

/* Only what the official one says: who adds wsam:Action where it has none, says what stands for it anyway. */
static void compare_action(struct wsdl_comparison *comparison, const struct wsdl_io *vendor,
		const struct wsdl_io *official, struct str name)
{
	if (!official->action.ptr) return;
	compare_value(comparison, WSDL_ADDRESSING_ACTION, vendor->action, official->action, vendor->at, official->at,
			text_printf(comparison->arena, "wsam:Action of a message of operation %.*s differs",
					"wsam:Action van een bericht van operatie %.*s wijkt af", STR_FMT(name)));
}

static void compare_message(struct wsdl_comparison *comparison, const struct wsdl_bound *vendor,
		const struct wsdl_bound *official, bool request)
{
	const struct wsdl_operation *mine = vendor->bound->operation, *theirs = official->bound->operation;
	const struct wsdl_io *io = request ? mine->input : mine->output;
	const struct wsdl_io *official_io = request ? theirs->input : theirs->output;
	const struct wsdl_body *body = request ? &vendor->bound->input : &vendor->bound->output;
	const struct wsdl_body *official_body = request ? &official->bound->input : &official->bound->output;
	struct wsdl_at at = vendor->bound->at;
	if (!io && !official_io) return;
	if (!io || !official_io) {
		tell_presence(comparison, vendor, official, request, !io);
		return;
	}
	compare_content(comparison, vendor, official, request);
	compare_action(comparison, io, official_io, official->bound->name);
	compare_use(comparison, body, official_body, at, official->bound->name);
	wsdl_compare_headers(comparison, body, official_body, at, official->bound->at, request);
}

void wsdl_compare_operation(
		struct wsdl_comparison *comparison, const struct wsdl_bound *vendor, const struct wsdl_bound *official)
{
	compare_name(comparison, vendor, official);
	compare_binding(comparison, vendor, official);
	if (!vendor->bound->operation || !official->bound->operation) {
		static const enum wsdl_rule rules[] = {WSDL_REQUEST, WSDL_RESPONSE, WSDL_FAULT, WSDL_HEADER};
		for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
			wsdl_undecide(comparison, rules[i], open_text(comparison, official->bound->name));
		return;
	}
	compare_message(comparison, vendor, official, true);
	compare_message(comparison, vendor, official, false);
	wsdl_compare_faults(comparison, vendor, official);
}
