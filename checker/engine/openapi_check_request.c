/* SPDX-License-Identifier: EUPL-1.2 */
/* Requests: path, query, header and cookie parameters, and the body. */
#include "base/limits.h"
#include "base/vec.h"
#include "engine/openapi_check_private.h"

struct pairs {
	struct route_value *items;
	size_t count, capacity;
};

/* Names and values between separators; names are decoded, values stay as they came. */
static void split_pairs(struct checking *checking, struct str text, char separator, bool decode, struct pairs *pairs)
{
	while (text.len) {
		struct str one = {text.ptr, str_find(text, separator)};
		text = str_skip(text, one.len + 1);
		while (one.len && one.ptr[0] == ' ')
			one = str_skip(one, 1);
		size_t equals = str_find(one, '=');
		struct str name = {one.ptr, equals};
		if (one.len == 0) continue;
		if (decode) name = route_decode(checking->arena, name);
		*vec_push(pairs) = (struct route_value){name, str_skip(one, equals + 1)};
	}
}

/* The values of one name, in order. */
static void gather(struct checking *checking, const struct pairs *pairs, struct parameter_check *check)
{
	uint32_t count = 0;
	struct str *texts = arena_alloc(checking->arena, (pairs->count + 1) * sizeof *texts);
	for (size_t i = 0; i < pairs->count; i++)
		if (str_eq(pairs->items[i].name, check->parameter->name)) texts[count++] = pairs->items[i].value;
	check->texts = texts;
	check->text_count = count;
}

static const char *const places[][2] = {
		[IN_PATH] = {"path parameter", "padparameter"},
		[IN_QUERY] = {"query parameter", "queryparameter"},
		[IN_QUERYSTRING] = {"query", "query"},
		[IN_HEADER] = {"request header", "requestheader"},
		[IN_COOKIE] = {"cookie", "cookie"},
		[IN_FORM] = {"form field", "formulierveld"},
};

static void check_header(struct checking *checking, struct parameter_check *check)
{
	const struct http_fields *fields = &checking->exchange->request.fields;
	struct str *value = arena_alloc(checking->arena, sizeof *value);
	*value = http_field_value(fields, check->parameter->name, checking->arena);
	check->texts = value;
	check->text_count = value->ptr != NULL;
	checking_parameter(checking, check);
}

/* All that parameters may be in. */
struct request_parts {
	struct pairs path, query, cookies;
};

static void check_one(struct checking *checking, const struct request_parts *parts, struct parameter_check *check)
{
	const struct pairs *pairs = &parts->query;
	switch (check->parameter->in) {
	case IN_HEADER:
		check_header(checking, check);
		return;
	case IN_FORM:
	case IN_QUERYSTRING:
		if (check->parameter->required)
			checking_undecided(checking, check->rule, check->part,
					TEXT("keur does not read forms", "keur leest geen formulieren"));
		return;
	case IN_PATH:
		pairs = &parts->path;
		break;
	case IN_COOKIE:
		pairs = &parts->cookies;
		break;
	case IN_QUERY:
		break;
	}
	gather(checking, pairs, check);
	check->query = parts->query.items;
	check->query_count = (uint32_t)parts->query.count;
	checking_parameter(checking, check);
}

static bool is_declared(const struct openapi_operation *operation, struct str name)
{
	for (uint32_t i = 0; i < operation->parameter_count; i++) {
		const struct openapi_parameter *parameter = &operation->parameters[i];
		bool whole = parameter->in == IN_QUERYSTRING || parameter->broken;
		/* Members of an object may have names of their own. */
		if (whole || (parameter->in == IN_QUERY && (str_eq(parameter->name, name) || parameter->schema.node == NULL)))
			return true;
	}
	return false;
}

/* A provider may refuse them, and what is left out by mistake would be ignored. */
static void check_undeclared(struct checking *checking, const struct pairs *query)
{
	for (size_t i = 0; i < query->count; i++) {
		struct str name = query->items[i].name;
		if (is_declared(checking->match.operation, name)) continue;
		struct fault fault = {.rule = CONTRACT_REQUEST,
				.part = TEXT("query", "query"),
				.message = TEXT("has a parameter that is not described", "heeft een parameter die niet beschreven is"),
				.found = name};
		checking_fault(checking, &fault);
	}
}

static void check_parameters(struct checking *checking)
{
	const struct openapi_operation *operation = checking->match.operation;
	struct request_parts parts = {0};
	struct str cookie = http_field_value(&checking->exchange->request.fields, STR("cookie"), checking->arena);
	split_pairs(checking, checking->match.query, '&', true, &parts.query);
	if (cookie.ptr) split_pairs(checking, cookie, ';', false, &parts.cookies);
	if (checking->run->options.asker) check_undeclared(checking, &parts.query);
	for (uint32_t i = 0; i < checking->match.value_count; i++)
		*vec_push(&parts.path) = checking->match.values[i];
	for (uint32_t i = 0; i < operation->parameter_count; i++) {
		struct parameter_check check = {.rule = CONTRACT_REQUEST, .direction = SCHEMA_REQUEST};
		const char *const *place = places[operation->parameters[i].in];
		struct str name = operation->parameters[i].name;
		check.parameter = &operation->parameters[i];
		check.part = (struct text){{str_printf(checking->arena, "%s %.*s", place[0], STR_FMT(name)),
				str_printf(checking->arena, "%s %.*s", place[1], STR_FMT(name))}};
		check_one(checking, &parts, &check);
	}
	vec_release(&parts.path);
	vec_release(&parts.query);
	vec_release(&parts.cookies);
}

static void report(struct checking *checking, struct text message, struct str found)
{
	struct fault fault = {.rule = CONTRACT_REQUEST, .part = TEXT("request body", "inhoud van het verzoek")};
	fault.message = message;
	fault.found = found;
	fault.place = &checking->match.operation->body->at;
	checking_fault(checking, &fault);
}

static void check_body(struct checking *checking)
{
	const struct http_request *request = &checking->exchange->request;
	const struct openapi_body *described = checking->match.operation->body;
	const struct http_field *field = http_field_find(&request->fields, STR("content-type"));
	struct body_check body = {.rule = CONTRACT_REQUEST, .direction = SCHEMA_REQUEST, .body = request->body};
	body.part = TEXT("request body", "inhoud van het verzoek");
	if (!described) return;
	checking_applies(checking, CONTRACT_REQUEST);
	if (described->broken) {
		checking_undecided(checking, CONTRACT_REQUEST, body.part,
				TEXT("its description cannot be read: the reference leads nowhere",
						"de beschrijving ervan is niet te lezen: de verwijzing leidt nergens heen"));
		return;
	}
	if (request->body.len == 0) {
		if (described->required)
			report(checking, TEXT("is required, and not there", "is verplicht, en ontbreekt"), STR(""));
		return;
	}
	if (field) body.type = field->value;
	if (field) body.media = openapi_media_of(described->media, described->media_count, body.type);
	if (body.media) {
		checking_body(checking, &body);
	} else if (described->media_count) {
		report(checking, TEXT("has a media type that is not described", "heeft een mediatype dat niet beschreven is"),
				field ? field->value : STR(""));
	}
}

void checking_request(struct checking *checking)
{
	if (checking->match.operation->broken) {
		checking_undecided(checking, CONTRACT_REQUEST, (struct text){0},
				TEXT("the operation cannot be read to the end: a reference in it leads nowhere",
						"de operatie is niet helemaal te lezen: een verwijzing erin leidt nergens heen"));
		return;
	}
	checking_applies(checking, CONTRACT_REQUEST);
	check_parameters(checking);
	check_body(checking);
}
