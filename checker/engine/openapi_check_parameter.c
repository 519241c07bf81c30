/* SPDX-License-Identifier: EUPL-1.2 */
/* Parameters of requests and headers of responses: present when they have to be, their values valid. */
#include "base/limits.h"
#include "engine/openapi_check_private.h"
#include "engine/openapi_value.h"

static struct text part_named(struct checking *checking, const char *en, const char *nl, struct str name)
{
	return (struct text){{str_printf(checking->arena, "%s %.*s", en, STR_FMT(name)),
			str_printf(checking->arena, "%s %.*s", nl, STR_FMT(name))}};
}

static void report_absent(struct checking *checking, const struct parameter_check *check)
{
	struct fault fault = {.rule = check->rule, .part = check->part, .place = &check->parameter->at};
	fault.message = TEXT("is required, and not there", "is verplicht, en ontbreekt");
	checking_fault(checking, &fault);
}

static void report_malformed(struct checking *checking, const struct parameter_check *check)
{
	struct fault fault = {.rule = check->rule, .part = check->part, .place = &check->parameter->at};
	fault.message = TEXT(
			"is not written in the style that is described", "is niet geschreven in de stijl die beschreven is");
	fault.found = check->text_count ? check->texts[0] : STR("");
	checking_fault(checking, &fault);
}

static void leave_open(struct checking *checking, const struct parameter_check *check)
{
	checking_undecided(checking, check->rule, check->part,
			TEXT("its schema leaves open how the value is written, so that it cannot be read back for certain",
					"het schema laat open hoe de waarde geschreven wordt, zodat die niet met zekerheid terug te lezen is"));
}

/* The value is one text of a media type. */
static void check_content(struct checking *checking, const struct parameter_check *check, const struct body_check *how)
{
	const struct openapi_media *media = check->parameter->media;
	struct err err;
	err_init(&err, checking->arena);
	if (!is_json_type(media->type) || check->text_count != 1) return;
	struct str text = check->texts[0];
	if (check->parameter->in != IN_HEADER) text = route_decode(checking->arena, text);
	struct doc *doc = checking_json(checking, text, &err);
	struct fault fault = {.rule = check->rule, .part = check->part, .place = &check->parameter->at, .found = text};
	fault.message = err.message;
	if (!doc && err.code == ERR_LIMIT) checking_undecided(checking, check->rule, check->part, err.message);
	if (!doc && err.code != ERR_LIMIT) checking_fault(checking, &fault);
	if (doc && media->schema.node) checking_value(checking, how, &media->schema, NULL, doc->root, false);
}

/* Both readings are invalid, or one is and the other cannot be told. Only for a single value is that certain. */
static void judge(struct checking *checking, const struct parameter_check *check, const struct body_check *how,
		struct value_source *source, bool choice, const struct node *first)
{
	struct node second;
	bool again;
	const struct target *schema = &check->parameter->schema;
	if (choice) {
		source->second = true;
		enum value_result result = openapi_value_read(source, checking->arena, &second, &again);
		if (result == VALUE_READ && checking_value(checking, how, schema, NULL, &second, true) == SCHEMA_VALID) return;
		if (result != VALUE_READ || node_is_container(first)) {
			leave_open(checking, check);
			return;
		}
	}
	checking_value(checking, how, schema, NULL, first, false);
}

static void check_value(struct checking *checking, const struct parameter_check *check, const struct body_check *how)
{
	struct node value;
	bool choice = false;
	struct value_source source = {checking->run->openapi, check->parameter, check->texts, check->text_count,
			check->query, check->query_count, false};
	switch (openapi_value_read(&source, checking->arena, &value, &choice)) {
	case VALUE_ABSENT:
		if (check->parameter->required) leave_open(checking, check);
		return;
	case VALUE_MALFORMED:
		report_malformed(checking, check);
		return;
	case VALUE_UNKNOWN:
		leave_open(checking, check);
		return;
	case VALUE_READ:
		break;
	}
	enum schema_result result = checking_value(checking, how, &check->parameter->schema, NULL, &value, true);
	if (result != SCHEMA_VALID) judge(checking, check, how, &source, choice && result == SCHEMA_INVALID, &value);
}

void checking_parameter(struct checking *checking, const struct parameter_check *check)
{
	const struct openapi_parameter *parameter = check->parameter;
	struct body_check how = {.rule = check->rule, .direction = check->direction, .part = check->part};
	if (parameter->broken) {
		checking_undecided(checking, check->rule, check->part,
				TEXT("its description cannot be read: a reference leads nowhere, or \"in\" or \"style\" is unknown",
						"de beschrijving ervan is niet te lezen: een verwijzing leidt nergens heen, of \"in\" of "
						"\"style\" is onbekend"));
		return;
	}
	bool spread = openapi_value_is_spread(checking->run->openapi, parameter);
	if (check->text_count == 0 && !spread) {
		if (parameter->required) checking_applies(checking, check->rule);
		if (parameter->required) report_absent(checking, check);
		return;
	}
	checking_applies(checking, check->rule);
	if (parameter->media) {
		check_content(checking, check, &how);
	} else if (parameter->schema.node) {
		check_value(checking, check, &how);
	}
}

/* Fields that cannot be joined to one value. */
static bool is_list_field(struct str name)
{
	return name.len == strlen("set-cookie") && (name.ptr[0] | 0x20) == 's' && (name.ptr[4] | 0x20) == 'c';
}

void checking_headers(struct checking *checking, const struct openapi_response *response)
{
	const struct http_fields *fields = &checking->exchange->response.fields;
	for (uint32_t i = 0; i < response->header_count; i++) {
		const struct openapi_parameter *header = &response->headers[i];
		struct str value = http_field_value(fields, header->name, checking->arena);
		struct parameter_check check = {.rule = CONTRACT_HEADER, .direction = SCHEMA_RESPONSE, .parameter = header};
		check.part = part_named(checking, "response header", "responseheader", header->name);
		check.texts = &value;
		check.text_count = value.ptr != NULL;
		if (value.ptr && is_list_field(header->name)) continue;
		checking_parameter(checking, &check);
	}
}
