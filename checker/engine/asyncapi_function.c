/* SPDX-License-Identifier: EUPL-1.2 */
/* Functions on AsyncAPI documents: the table, and what there is to say of channels. */
#include "engine/asyncapi_function.h"

#include "base/limits.h"
#include "doc/strmap.h"
#include "engine/asyncapi_private.h"
#include "engine/function_private.h"
#include "engine/oas_model.h"

static bool compile_none(
		struct arena *arena, struct source *source, const struct node *node, void **compiled, struct err *err)
{
	struct options options = {arena, source, node, "AsyncAPI", "", err};
	if (!options_none(&options)) return false;
	*compiled = NULL;
	return true;
}

/* Does a line end here, as ECMAScript has it? */
static bool is_line_end(struct str text)
{
	return text.ptr[0] == '\n' || text.ptr[0] == '\r' || str_starts(text, STR("\xE2\x80\xA8")) ||
		   str_starts(text, STR("\xE2\x80\xA9"));
}

/*
 * The next "{name}" of an address, with at least one character inside and no line end, so that "{}/{b}" holds "}/{b";
 * ptr NULL when there is no more. What was looked at is not looked at again.
 */
static struct str next_parameter(struct str *rest)
{
	while (*rest = str_skip(*rest, str_find(*rest, '{')), rest->len > 0) {
		struct str inside = str_skip(*rest, 1);
		size_t end = 0;
		while (end < inside.len && (end == 0 || inside.ptr[end] != '}') && !is_line_end(str_skip(inside, end)))
			end++;
		*rest = str_skip(inside, end);
		if (end > 0 && rest->len > 0 && rest->ptr[0] == '}') return (struct str){inside.ptr, end};
	}
	return (struct str){NULL, 0};
}

/* Where messages of a channel go: its `address`, else its name. False when that is no text. */
static bool address_of(const struct subject *subject, struct str *address)
{
	const struct node *own = view_member(subject->view, subject->value, STR("address"));
	bool named = !own || own->kind == NODE_NULL;
	if (!named && own->kind != NODE_STRING) return false;
	if (named && (!subject->where || !subject->where->key.ptr)) return false;
	*address = named ? subject->where->key : node_text(own);
	return true;
}

static void report_missing(const struct subject *subject, struct str names, struct violation_sink *sink)
{
	oas_report(sink, STR("/parameters"),
			text_printf(subject->arena,
					"Not all channel's parameters are described with \"parameters\" object. Missed: %.*s.",
					"Niet alle parameters van het kanaal zijn beschreven in het \"parameters\"-object. Er ontbreekt: "
					"%.*s.",
					STR_FMT(names)));
}

static void report_redundant(const struct subject *subject, struct str name, struct violation_sink *sink)
{
	oas_report(sink, oas_below(subject->arena, "ss", STR("parameters"), name),
			text_printf(subject->arena, "Channel's \"parameters\" object has redundant defined \"%.*s\" parameter.",
					"Het \"parameters\"-object van het kanaal beschrijft parameter \"%.*s\", die het adres niet heeft.",
					STR_FMT(name)));
}

static enum function_result channel_parameters(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)compiled, (void)err;
	struct str address, name;
	const struct node *parameters = oas_is_object(subject->value)
											? view_member(subject->view, subject->value, STR("parameters"))
											: NULL;
	if (!oas_is_object(parameters) || !address_of(subject, &address)) return FUNCTION_DONE;
	struct strmap named = {0};
	struct strbuf missing;
	strbuf_init(&missing, LIMIT_MESSAGE_BYTES);
	while ((name = next_parameter(&address)).ptr) {
		strmap_put(&named, name, 0);
		if (node_member(parameters, name)) continue;
		strbuf_add(&missing, missing.len ? STR(", ") : STR(""));
		strbuf_add(&missing, name);
	}
	if (missing.len > 0) report_missing(subject, strbuf_str(&missing), sink);
	for (uint32_t i = 0; named.count > 0 && i < parameters->len; i++) {
		const struct node *member = oas_live_member(parameters, i);
		if (member && !strmap_get(&named, node_key(member))) report_redundant(subject, node_key(member), sink);
	}
	strbuf_release(&missing);
	strmap_release(&named);
	return FUNCTION_DONE;
}

/* Are the servers of every channel, if any, a list of names? */
static bool are_channels(const struct view *view, const struct node *channels)
{
	if (!oas_is_object(channels)) return false;
	for (uint32_t i = 0; i < channels->len; i++) {
		const struct node *channel = view_value(view, &channels->children[i]);
		const struct node *servers = oas_is_object(channel) ? view_member(view, channel, STR("servers")) : NULL;
		if (!oas_is_object(channel) || (servers && !oas_is_array(servers))) return false;
		for (uint32_t j = 0; servers && j < servers->len; j++)
			if (view_value(view, &servers->children[j])->kind != NODE_STRING) return false;
	}
	return true;
}

static void check_channel(
		const struct subject *subject, const struct node *member, const struct node *known, struct violation_sink *sink)
{
	const struct node *servers = view_member(subject->view, view_value(subject->view, member), STR("servers"));
	for (uint32_t i = 0; servers && i < servers->len; i++) {
		if (node_member(known, node_text(view_value(subject->view, &servers->children[i])))) continue;
		oas_report(sink,
				oas_below(subject->arena, "sssi", STR("channels"), node_key(member), STR("servers"), (unsigned)i),
				TEXT("Channel contains server that are not defined on the \"servers\" object.",
						"Het kanaal noemt een server die niet in het \"servers\"-object beschreven is."));
	}
}

static enum function_result channel_servers(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)compiled, (void)err;
	if (!oas_is_object(subject->value)) return FUNCTION_DONE;
	const struct node *servers = view_member(subject->view, subject->value, STR("servers"));
	const struct node *channels = view_member(subject->view, subject->value, STR("channels"));
	if ((servers && !oas_is_object(servers)) || !are_channels(subject->view, channels)) return FUNCTION_DONE;
	for (uint32_t i = 0; i < channels->len; i++) {
		const struct node *member = oas_live_member(channels, i);
		if (member) check_channel(subject, member, servers, sink);
	}
	return FUNCTION_DONE;
}

const struct function asyncapi_functions[] = {
		{"asyncapiChannelParameters", compile_none, channel_parameters},
		{"asyncapiChannelServers", compile_none, channel_servers},
		{"asyncapiDocumentSchema", asyncapi_document_compile, asyncapi_document_evaluate},
		{"asyncapiMessageExamples", compile_none, asyncapi_message_examples_evaluate},
		{"asyncapiMessageIdUnique", compile_none, asyncapi_message_id_evaluate},
		{"asyncapiOperationIdUnique", compile_none, asyncapi_operation_id_evaluate},
		{"asyncapiPayload", asyncapi_payload_compile, asyncapi_payload_evaluate},
		{"asyncapiSchemaValues", asyncapi_values_compile, asyncapi_values_evaluate},
		{"asyncapiSecurity", asyncapi_security_compile, asyncapi_security_evaluate},
		{NULL, NULL, NULL},
};
