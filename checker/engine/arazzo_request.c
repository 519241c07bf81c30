/* SPDX-License-Identifier: EUPL-1.2 */
/* Making the request of a step. */
#include <strings.h>

#include "base/limits.h"
#include "base/vec.h"
#include "doc/pointer.h"
#include "doc/uri.h"
#include "engine/arazzo_play.h"
#include "engine/jsonpath.h"

struct making {
	struct play *play;
	struct frame *frame;
	const struct arazzo_step *step;
	struct attempt *attempt;
	struct text *why;
	struct strbuf query, cookie;
	struct {
		struct http_field *items;
		size_t count, capacity;
	} fields;
};

static bool fail(struct making *making, struct text why)
{
	*making->why = why;
	return false;
}

static bool is_field_value(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] == '\r' || text.ptr[i] == '\n' || text.ptr[i] == '\0') return false;
	return true;
}

static bool is_field_name(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] <= ' ' || text.ptr[i] >= 0x7F || strchr("\"(),/:;<=>?@[\\]{}", text.ptr[i])) return false;
	return text.len > 0;
}

static bool add_field(struct making *making, struct str name, struct str value)
{
	if (!is_field_name(name) || !is_field_value(value))
		return fail(making,
				text_printf(making->play->arena, "header \"%.*s\" cannot be sent: line ends or a name that is none",
						"header \"%.*s\" kan niet worden verstuurd: regeleinden of een naam die niet kan",
						STR_FMT(name)));
	*vec_push(&making->fields) = (struct http_field){name, value};
	return true;
}

/* The value of a parameter in its style, as a text in the arena. */
static struct str styled(struct making *making, const struct parameter *parameter, const struct node *value)
{
	struct strbuf out;
	strbuf_init(&out, LIMIT_SCENARIO_VALUE_BYTES);
	style_print(&out, parameter, value);
	struct str text = out.overflow ? (struct str){NULL, 0} : str_copy(making->play->arena, strbuf_str(&out));
	strbuf_release(&out);
	return text;
}

static void add_joined(struct strbuf *out, const char *between, struct str text)
{
	if (text.len == 0) return;
	if (out->len > 0) strbuf_add(out, str_of(between));
	strbuf_add(out, text);
}

static bool send_parameter(struct making *making, const struct parameter *parameter, const struct node *value)
{
	struct str text = styled(making, parameter, value);
	if (!text.ptr)
		return fail(making, text_printf(making->play->arena, "parameter \"%.*s\" is larger than %d bytes",
									"parameter \"%.*s\" is groter dan %d bytes", STR_FMT(parameter->name),
									LIMIT_SCENARIO_VALUE_BYTES));
	switch (parameter->in) {
	case IN_QUERY:
		add_joined(&making->query, "&", text);
		return true;
	case IN_QUERYSTRING: {
		struct strbuf raw;
		strbuf_init(&raw, LIMIT_SCENARIO_VALUE_BYTES);
		if (value->kind == NODE_STRING) uri_encode(&raw, node_text(value), true);
		add_joined(&making->query, "&", value->kind == NODE_STRING ? strbuf_str(&raw) : text);
		strbuf_release(&raw);
		return true;
	}
	case IN_COOKIE:
		add_joined(&making->cookie, "; ", text);
		return true;
	case IN_HEADER:
		return add_field(making, parameter->name, text);
	default:
		return true; /* of the path: filled in there */
	}
}

static bool may_be_left_out(const struct parameter *parameter, struct value value)
{
	return value.state == VALUE_ABSENT && value.input && parameter->in != IN_PATH &&
		   !(parameter->declared && parameter->declared->required);
}

static bool read_parameters(struct making *making)
{
	const struct arazzo_step *step = making->step;
	struct attempt *attempt = making->attempt;
	attempt->sent = arena_alloc(making->play->arena, (step->parameter_count + 1) * sizeof *attempt->sent);
	for (uint32_t i = 0; i < step->parameter_count; i++) {
		const struct parameter *parameter = &step->parameters[i];
		struct value value = plan_value(making->play, making->frame, &parameter->value);
		if (may_be_left_out(parameter, value)) continue;
		if (value.state == VALUE_ABSENT)
			value.why = text_printf(making->play->arena, "the value of parameter \"%.*s\" is not there",
					"de waarde van parameter \"%.*s\" is er niet", STR_FMT(parameter->name));
		if (value.state != VALUE_THERE) return fail(making, value.why);
		attempt->sent[attempt->sent_count++] = (struct sent){parameter->name, parameter->in, value.node};
		if (!send_parameter(making, parameter, value.node)) return false;
	}
	return true;
}

static const struct node *sent_path(const struct making *making, struct str name, const struct parameter **parameter)
{
	const struct attempt *attempt = making->attempt;
	for (uint32_t i = 0; i < making->step->parameter_count; i++)
		if (making->step->parameters[i].in == IN_PATH && str_eq(making->step->parameters[i].name, name))
			*parameter = &making->step->parameters[i];
	for (uint32_t i = 0; i < attempt->sent_count; i++)
		if (attempt->sent[i].in == IN_PATH && str_eq(attempt->sent[i].name, name)) return attempt->sent[i].value;
	return NULL;
}

/* "/zaken/{id}" with its parameters. */
static void fill_path(struct making *making, struct str path, struct strbuf *out)
{
	while (path.len > 0) {
		size_t open = str_find(path, '{'), close = str_find(path, '}');
		bool named = open < close && close < path.len;
		const struct parameter *parameter = NULL;
		strbuf_add(out, (struct str){path.ptr, named ? open : path.len});
		if (!named) return;
		const struct node *value = sent_path(making, (struct str){path.ptr + open + 1, close - open - 1}, &parameter);
		if (value) strbuf_add(out, styled(making, parameter, value));
		path = str_skip(path, close + 1);
	}
}

static bool is_absolute(struct str url)
{
	return str_starts(url, STR("http://")) || str_starts(url, STR("https://"));
}

/* "https://host:1" of a URL. */
static struct str origin_of(struct str url)
{
	size_t scheme = str_find_str(url, STR("://"));
	struct str rest = str_skip(url, scheme + 3);
	return (struct str){url.ptr, url.len - rest.len + str_find(rest, '/')};
}

/* A server that is relative is so to where the OpenAPI document came from. */
static bool base_url(struct making *making, struct strbuf *out)
{
	const struct arazzo_step *step = making->step;
	const struct scenario_run_options *options = making->play->options;
	bool given = options->server.len > 0 &&
				 (options->source.len == 0 || (step->source && str_eq(options->source, step->source->name)));
	const struct openapi *api = step->source ? step->source->api : NULL;
	const struct openapi_server *servers = step->operation ? step->operation->servers : api ? api->servers : NULL;
	struct str server = given ? options->server : servers ? servers[0].url : STR("");
	struct str home = api ? api->refs->main->source->name : STR("");
	if (!is_absolute(server) && is_absolute(home) && (server.len == 0 || server.ptr[0] == '/'))
		strbuf_add(out, origin_of(home));
	else if (!is_absolute(server))
		return fail(making, TEXT("no server is known: the OpenAPI document names no absolute URL, and none was given",
									"er is geen server bekend: het OpenAPI-document noemt geen volledige URL, en er is "
									"er geen opgegeven"));
	while (str_ends(server, STR("/")))
		server.len--;
	strbuf_add(out, server);
	return true;
}

static bool raw_text(struct making *making, const struct template *template, struct str *out)
{
	struct value value = template_value(making->play, making->frame, template);
	if (value.state == VALUE_THERE && value.node->kind == NODE_STRING) {
		*out = node_text(value.node);
		return true;
	}
	return fail(making, value.state == VALUE_UNDECIDED
								? value.why
								: TEXT("the path or URL to ask is no text", "het pad of de URL is geen tekst"));
}

static bool raw_url(struct making *making, struct strbuf *out)
{
	struct str text;
	if (making->step->url.count > 0) {
		if (!raw_text(making, &making->step->url, &text)) return false;
		if (!is_absolute(text))
			return fail(making, text_printf(making->play->arena, "\"%.*s\" is no absolute http or https URL",
										"\"%.*s\" is geen volledige http- of https-URL", STR_FMT(text)));
		text.len = str_find(text, '#');
	} else if (!raw_text(making, &making->step->path, &text) || !base_url(making, out)) {
		return false;
	}
	uri_encode(out, text, true);
	return true;
}

static bool make_url(struct making *making, struct strbuf *out)
{
	if (making->step->kind == STEP_RAW) {
		if (!raw_url(making, out)) return false;
	} else {
		if (!base_url(making, out)) return false;
		fill_path(making, making->step->operation->path, out);
	}
	if (making->query.len > 0) {
		bool has = str_find(strbuf_str(out), '?') < out->len;
		strbuf_add_char(out, has ? '&' : '?');
		strbuf_add(out, strbuf_str(&making->query));
	}
	if (!out->overflow && !making->query.overflow) return true;
	return fail(making, text_printf(making->play->arena, "a URL of more than %d bytes", "een URL van meer dan %d bytes",
								LIMIT_SCENARIO_VALUE_BYTES));
}

static const struct http_field *given_field(const struct making *making, const char *name)
{
	struct http_fields fields = {making->fields.items, (uint32_t)making->fields.count};
	return http_field_find(&fields, str_of(name));
}

/* The fields that a scenario gives itself stand. */
static bool make_envelope(struct making *making, const struct node *payload)
{
	struct http_field fields[2];
	uint32_t count = 0;
	if (payload->kind != NODE_STRING)
		return fail(making, TEXT("a body in XML is given as a text", "een inhoud in XML wordt als tekst gegeven"));
	if (!envelope_make(making->play, making->frame, making->step, node_text(payload), fields, &count,
				&making->attempt->request.body, making->why))
		return false;
	for (uint32_t i = 0; i < count; i++)
		if (!given_field(making, fields[i].name.ptr) && !add_field(making, fields[i].name, fields[i].value))
			return false;
	return true;
}

static bool make_body(struct making *making)
{
	const struct step_body *body = &making->step->body;
	struct attempt *attempt = making->attempt;
	const struct http_field *given = given_field(making, "content-type");
	struct str type = body->content_type.len || !given ? body->content_type : given->value;
	if (!body->has_payload) return true;
	struct value value = plan_value(making->play, making->frame, &body->payload);
	if (value.state == VALUE_ABSENT)
		value = value_undecided(TEXT("the payload is not there", "de inhoud voor het verzoek is er niet"));
	if (value.state != VALUE_THERE) return fail(making, value.why);
	bool as_text = body->payload.kind != PLAN_CONTAINER && value.node->kind == NODE_STRING &&
				   !(body->payload.kind == PLAN_TEMPLATE && body->payload.text.whole);
	if (body->replacement_count > 0) {
		value.node = replacements_make(making->play, making->frame, body, value.node, as_text, making->why);
		if (!value.node) return false;
		as_text = body->replacements[0].xpath;
	}
	attempt->payload = value.node;
	if (making->step->soap) return make_envelope(making, value.node);
	if (!content_print(making->play, making->step, &type, value.node, as_text, &attempt->request.body, making->why))
		return false;
	return given || add_field(making, STR("Content-Type"), type);
}

static bool make(struct making *making)
{
	struct attempt *attempt = making->attempt;
	struct strbuf url;
	strbuf_init(&url, LIMIT_SCENARIO_VALUE_BYTES);
	bool ok = read_parameters(making) && make_body(making) && make_url(making, &url);
	if (ok && making->cookie.len > 0)
		ok = add_field(making, STR("Cookie"), str_copy(making->play->arena, strbuf_str(&making->cookie)));
	if (ok) {
		const struct arazzo_step *step = making->step;
		attempt->request.method = step->kind == STEP_RAW ? step->method : step->operation->method;
		attempt->request.url = str_copy(making->play->arena, strbuf_str(&url));
		attempt->request.anonymous = step->anonymous;
		attempt->request.token = step->token;
		attempt->request.client = step->client;
		attempt->request.keep_redirect = step->keep_redirect;
		attempt->request.timeout_ms = step->timeout_ms;
		attempt->request.fields.count = (uint32_t)making->fields.count;
		attempt->request.fields.items = (struct http_field *)(void *)arena_copy(
				making->play->arena, making->fields.items, making->fields.count * sizeof *making->fields.items);
	}
	strbuf_release(&url);
	return ok;
}

bool request_make(
		struct play *play, struct frame *frame, const struct arazzo_step *step, struct attempt *out, struct text *why)
{
	struct making making = {.play = play, .frame = frame, .step = step, .attempt = out, .why = why};
	*out = (struct attempt){0};
	strbuf_init(&making.query, LIMIT_SCENARIO_VALUE_BYTES);
	strbuf_init(&making.cookie, LIMIT_SCENARIO_VALUE_BYTES);
	bool ok = make(&making);
	strbuf_release(&making.query);
	strbuf_release(&making.cookie);
	vec_release(&making.fields);
	return ok;
}
