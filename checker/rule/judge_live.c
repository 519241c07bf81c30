/* SPDX-License-Identifier: EUPL-1.2 */
/* Checks on a running service. */
#include "rule/judge_live.h"

#include "base/limits.h"
#include "doc/uri.h"
#include "engine/openapi.h"
#include "fetch/fetch.h"
#include "fetch/origin.h"
#include "rule/evidence_tls.h"
#include "rule/evidence_view.h"
#include "rule/fact_sum.h"
#include "rule/messages.h"
#include "rule/preflight.h"
#include "rule/probe_tls.h"

struct live {
	struct arena *scratch;
	struct session *session;
	const struct claim *claim;
	struct transport *transport;
	struct text why;            /* without transport */
	const struct refs *refs;    /* of the description; NULL: none */
	struct openapi *openapi;    /* likewise */
	struct evidence_facts seen; /* made when evidence is asked for first */
	struct text tls_gap;        /* why not all versions of TLS are known; empty: they are */
	bool told_unasked;          /* that there are more operations than LIMIT_PROBES */
	struct doc *view;
	struct refs *view_refs;
};

struct live *live_new(struct arena *scratch, struct session *session, const struct claim *claim,
		struct transport *transport, struct text why)
{
	struct live *live = arena_zalloc(scratch, sizeof *live);
	*live = (struct live){.scratch = scratch, .session = session, .claim = claim, .transport = transport, .why = why};
	return live;
}

bool live_describe(struct live *live, const struct refs *refs, struct err *err)
{
	live->refs = refs;
	live->openapi = openapi_new(live->scratch, refs, err);
	return live->openapi != NULL;
}

static struct str version_of(const struct live *live)
{
	const struct node *info = live->refs ? node_member(live->refs->main->root, STR("info")) : NULL;
	return info ? node_string_member(info, STR("version")) : (struct str){NULL, 0};
}

/* "https://host:8443": some things are published for a host and not for an API. */
static struct str host_of(const struct live *live)
{
	struct origin origin;
	struct text why;
	bool known = origin_of(live->claim->endpoint, &origin, &why, live->scratch);
	return known ? origin_text(&origin, live->scratch) : (struct str){NULL, 0};
}

static void put(struct node *items, uint32_t *count, struct str key, struct str text)
{
	if (!text.ptr) return;
	items[(*count)++] = (struct node){.text = text.ptr,
			.len = (uint32_t)text.len,
			.kind = NODE_STRING,
			.key = key.ptr,
			.key_len = (uint32_t)key.len,
			.key_hash = node_hash(key)};
}

/* A query that the description itself rules out: a word where a number or a truth value belongs. */
static struct str invalid_query(const struct live *live, const struct openapi_operation *operation)
{
	for (uint32_t i = 0; i < operation->parameter_count; i++) {
		const struct openapi_parameter *parameter = &operation->parameters[i];
		struct str type = {NULL, 0};
		if (parameter->in != IN_QUERY || parameter->broken || parameter->style != STYLE_FORM) continue;
		if (parameter->schema.node) type = node_string_member(parameter->schema.node, STR("type"));
		if (str_eq(type, STR("integer")) || str_eq(type, STR("number")) || str_eq(type, STR("boolean")))
			return str_printf(live->scratch, "%.*s=ongeldig", STR_FMT(parameter->name));
	}
	return (struct str){NULL, 0};
}

/* The constants of the check, which test data cannot replace: a standard is the same for everybody. */
static uint32_t put_data(const struct live *live, const struct node *constants, struct node *items)
{
	const struct node *data = live->claim->data;
	uint32_t count = 0;
	for (uint32_t i = 0; constants && i < constants->len; i++)
		items[count++] = constants->children[i];
	for (uint32_t i = 0; data && i < data->len; i++)
		if (!constants || !node_member(constants, node_key(&data->children[i]))) items[count++] = data->children[i];
	return count;
}

/* Only who signs tokens for each request can be asked for another one (x-keur-token). */
static struct str client_of(const struct live *live)
{
	return live->claim->auth.kind == AUTH_ZGW_JWT ? live->claim->auth.name : (struct str){NULL, 0};
}

/* What scenarios may ask for: the test data of the descriptor, and what is known of the service. */
static const struct node *inputs_of(const struct live *live, const struct node *constants,
		const struct openapi_operation *operation, struct str path)
{
	const struct node *data = live->claim->data;
	size_t room = (data ? data->len : 0) + (constants ? constants->len : 0) + 7 + live->claim->client_count;
	struct node *items = arena_zalloc(live->scratch, room * sizeof *items);
	struct node *inputs = arena_zalloc(live->scratch, sizeof *inputs);
	uint32_t count = put_data(live, constants, items);
	put(items, &count, STR("keurEndpoint"), live->claim->endpoint);
	for (uint32_t i = 0; i < live->claim->client_count; i++)
		put(items, &count, str_printf(live->scratch, "keurClient-%.*s", STR_FMT(live->claim->clients[i].client)),
				live->claim->clients[i].name);
	put(items, &count, STR("keurOrigin"), host_of(live));
	put(items, &count, STR("keurVersion"), version_of(live));
	put(items, &count, STR("keurClientId"), client_of(live));
	if (operation) put(items, &count, STR("keurPath"), path);
	if (operation) put(items, &count, STR("keurOperation"), operation->id);
	if (operation) put(items, &count, STR("keurInvalidQuery"), invalid_query(live, operation));
	inputs->kind = NODE_OBJECT;
	node_adopt(inputs, live->scratch, items, count, NULL, NULL);
	return inputs;
}

/* A value of the test data that can stand in a path. */
static struct str path_value(const struct live *live, struct str name)
{
	const struct node *value = live->claim->data ? node_member(live->claim->data, name) : NULL;
	bool plain = value && (value->kind == NODE_STRING || value->kind == NODE_NUMBER);
	return plain ? node_text(value) : (struct str){NULL, 0};
}

/* Could the operation be asked as it is? Parameters that it requires come from test data, when they are in the path. */
static bool is_askable(const struct live *live, const struct openapi_operation *operation)
{
	if (!str_eq(operation->method, STR("GET")) || operation->broken) return false;
	for (uint32_t i = 0; i < operation->parameter_count; i++) {
		const struct openapi_parameter *parameter = &operation->parameters[i];
		if (parameter->broken) return false;
		if (parameter->in == IN_PATH && !path_value(live, parameter->name).len) return false;
		if (parameter->in != IN_PATH && parameter->required) return false;
	}
	return true;
}

/* The path with its parameters filled in; ptr NULL when one is not known. */
static struct str path_of(const struct live *live, struct str template)
{
	struct strbuf out;
	bool known = true;
	strbuf_init(&out, LIMIT_PATH_BYTES);
	for (size_t i = 0; i < template.len && known; i++) {
		struct str rest = str_skip(template, i);
		size_t end = str_find(rest, '}');
		if (rest.ptr[0] != '{' || end == rest.len) {
			strbuf_add_char(&out, rest.ptr[0]);
			continue;
		}
		struct str value = path_value(live, (struct str){rest.ptr + 1, end - 1});
		known = value.len > 0;
		uri_encode(&out, value, false);
		i += end;
	}
	known = known && !out.overflow;
	struct str path = strbuf_take(&out, live->scratch);
	return known ? path : (struct str){NULL, 0};
}

/* The endpoint itself, or below it: other APIs of the same host have promises of their own. A scenario without one has
 * the servers that it names. What the service asked of keur is no answer of its. */
static bool is_of_endpoint(const struct live *live, const struct exchange *exchange)
{
	struct str url = exchange->request.url, endpoint = live->claim->endpoint, rest = str_skip(url, endpoint.len);
	if (exchange->inbound || !str_starts(url, endpoint)) return false;
	return endpoint.len == 0 || rest.len == 0 || rest.ptr[0] == '/' || rest.ptr[0] == '?';
}

/* What a scenario fetched before it was played says nothing of the service, and no endpoint says what does. */
static bool is_before(const struct live *live, const struct exchange *exchange)
{
	return live->claim->endpoint.len == 0 && str_eq(exchange->step, STR("preflight/reference"));
}

/* A call that credentials would belong to: not the publication of the description, which asks for none. */
static bool is_call(const struct live *live, const struct exchange *exchange)
{
	return exchange->response.status && !exchange->request.anonymous && !exchange->request.client.len &&
		   !exchange->request.token && !probe_is_tls(exchange) && is_of_endpoint(live, exchange) &&
		   !fetch_is_publication(exchange->request.url);
}

const struct exchange *live_alike(const struct live *live, unsigned status, unsigned other, size_t least)
{
	const struct evidence *evidence = live->session->evidence;
	const struct exchange *first = NULL;
	size_t count = 0;
	for (size_t i = 0; i < evidence->kept.count; i++) {
		const struct exchange *exchange = evidence->kept.items[i];
		if (!is_call(live, exchange)) continue;
		if (exchange->response.status != status && exchange->response.status != other) return NULL;
		if (!count++) first = exchange;
	}
	return count >= least ? first : NULL;
}

/* No answer at all: what is too large, or no HTTP, is one. */
static bool is_silent(const struct exchange *exchange)
{
	static const unsigned answered = 1u << FAILURE_NONE | 1u << FAILURE_TOO_LARGE | 1u << FAILURE_MALFORMED |
									 1u << FAILURE_REDIRECT | 1u << FAILURE_NOT_RECORDED;
	return !exchange->response.status && !(answered >> exchange->failure & 1);
}

static const struct exchange *find_silence(const struct live *live, uint32_t *count)
{
	const struct evidence *evidence = live->session->evidence;
	const struct exchange *first = NULL;
	*count = 0;
	for (size_t i = 0; i < evidence->kept.count; i++) {
		const struct exchange *exchange = evidence->kept.items[i];
		if (!is_of_endpoint(live, exchange) || probe_is_tls(exchange) || is_before(live, exchange)) continue;
		if (!is_silent(exchange)) return NULL;
		if (!first) first = exchange;
		++*count;
	}
	return first;
}

const struct exchange *live_silence(const struct live *live)
{
	uint32_t count;
	return find_silence(live, &count);
}

/* Whoever does not answer at all need not be asked a hundred times more; but one operation may be slow or broken. */
static bool is_lost(const struct live *live)
{
	static const unsigned single = 1u << FAILURE_TIMEOUT | 1u << FAILURE_RESET | 1u << FAILURE_OTHER;
	uint32_t count;
	const struct exchange *silence = find_silence(live, &count);
	return silence && (count >= LIMIT_SILENCE || !(single >> silence->failure & 1));
}

void live_give_up(struct live *live, struct text why)
{
	live->transport = NULL;
	live->why = why;
}

const struct exchange *live_probe(const struct live *live, struct transport *transport, struct str step)
{
	for (uint32_t i = 0; live->openapi && i < live->openapi->operation_count; i++) {
		const struct openapi_operation *operation = &live->openapi->operations[i];
		struct str path = is_askable(live, operation) ? path_of(live, operation->path) : (struct str){NULL, 0};
		if (!path.ptr) continue;
		struct http_request *request = arena_zalloc(live->scratch, sizeof *request);
		request->method = STR("GET");
		request->url = str_printf(live->scratch, "%.*s%.*s", STR_FMT(live->claim->endpoint), STR_FMT(path));
		return transport->send(transport, request, step, live->scratch);
	}
	return NULL;
}

static struct check_context context_of(const struct live *live)
{
	return (struct check_context){.refs = live->refs,
			.arena = live->scratch,
			.transport = live->transport,
			.endpoint = live->claim->endpoint,
			.clients = live->claim->clients,
			.client_count = live->claim->client_count,
			.openapi = live->openapi,
			.session = live->session};
}

static void run_on_endpoint(struct live *live, const struct check *check, struct judged_check *out)
{
	struct check_context context = context_of(live);
	context.inputs = inputs_of(live, check->inputs, NULL, STR(""));
	check->engine->run(check, &context, &out->facts);
	out->state = CHECK_RAN;
}

/* What lies beyond the ceiling is told, once: a reader might think that every operation was asked. */
static void tell_unasked(struct live *live, const struct judge *judge)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < live->openapi->operation_count; i++)
		count += is_askable(live, &live->openapi->operations[i]);
	if (count <= LIMIT_PROBES || live->told_unasked) return;
	live->told_unasked = true;
	struct preflight preflight = {.kind = PREFLIGHT_NOTED,
			.level = LEVEL_NOTE,
			.loc = live->claim->endpoint_loc,
			.message = text_printf(judge->target->arena, "of %u GET operations only the first %d were asked",
					"van %u GET-operaties zijn alleen de eerste %d gevraagd", count, LIMIT_PROBES)};
	preflight.loc.file = str_copy(judge->target->arena, preflight.loc.file);
	preflight_add(judge->target, &preflight);
}

/* Once for each operation that can be asked without harm. */
static void run_on_operations(
		struct live *live, const struct judge *judge, const struct check *check, struct judged_check *out)
{
	struct fact_sum sum;
	uint32_t asked = 0;
	fact_sum_init(&sum, live->scratch, check->rule_count);
	for (uint32_t i = 0; i < live->openapi->operation_count && asked < LIMIT_PROBES && !is_lost(live); i++) {
		const struct openapi_operation *operation = &live->openapi->operations[i];
		struct str path = is_askable(live, operation) ? path_of(live, operation->path) : (struct str){NULL, 0};
		struct check_context context = context_of(live);
		struct facts facts = {0};
		if (!path.ptr) continue;
		context.inputs = inputs_of(live, check->inputs, operation, path);
		check->engine->run(check, &context, &facts);
		fact_sum_add(&sum, &facts);
		asked++;
	}
	fact_sum_take(&sum, &out->facts);
	out->state = CHECK_RAN;
	if (asked == LIMIT_PROBES) tell_unasked(live, judge);
	for (uint32_t i = 0; i < check->rule_count && !asked; i++)
		out->facts.items[i] = (struct fact){.undecided = true,
				.unseen = true,
				.why = TEXT(
						"no GET operation of the description can be asked without knowing more: give test data for the "
						"parameters of a path under `data` in the descriptor",
						"geen GET-operatie van de beschrijving is te vragen zonder meer te weten: geef testgegevens voor de "
						"parameters van een pad onder `data` in de descriptor")};
}

static uint32_t askable(const struct live *live)
{
	uint32_t count = 0;
	for (uint32_t i = 0; live->openapi && i < live->openapi->operation_count && count < LIMIT_PROBES; i++) {
		const struct openapi_operation *operation = &live->openapi->operations[i];
		count += is_askable(live, operation) && path_of(live, operation->path).ptr;
	}
	return count;
}

void live_expect(const struct live *live, const struct ruleset *ruleset)
{
	int64_t expected = 0;
	uint32_t operations = live->transport && live->session->options->progress ? askable(live) : 0;
	for (uint32_t i = 0; i < ruleset->check_count && live->transport; i++) {
		const struct check *check = &ruleset->checks[i];
		if (check->subject == SUBJECT_ENDPOINT && check->scenario) expected += check->scenario->step_count;
		if (check->subject == SUBJECT_OPERATIONS && check->scenario)
			expected += (int64_t)check->scenario->step_count * operations;
	}
	session_tell(live->session, 0, expected);
}

static void close_view(void *view)
{
	doc_close(view);
}

/* What was said with the endpoint, once. */
static void list_exchanges(struct live *live)
{
	const struct evidence *evidence = live->session->evidence;
	if (live->seen.exchanges) return;
	const struct exchange **mine = arena_alloc(live->scratch, evidence->kept.count * sizeof *mine);
	for (size_t i = 0; i < evidence->kept.count; i++) {
		const struct exchange *exchange = evidence->kept.items[i];
		bool said = is_of_endpoint(live, exchange) && !probe_is_tls(exchange);
		if (said && !is_before(live, exchange)) mine[live->seen.count++] = exchange;
	}
	live->seen.exchanges = mine;
}

static bool open_view(struct live *live, struct err *err)
{
	if (live->view) return true;
	live->seen.tls = evidence_tls(live->session->evidence, live->claim->endpoint, live->scratch, &live->tls_gap);
	live->seen.endpoint = live->claim->endpoint;
	live->seen.version = version_of(live);
	live->seen.description = live->refs ? live->refs->main->root : NULL;
	live->view = evidence_view(&live->seen, err);
	if (!live->view) return false;
	arena_on_free(live->scratch, close_view, live->view);
	live->view_refs = refs_plain(live->scratch, live->view);
	return true;
}

/* What nobody answered shows nothing: not that it is right, either. Empty when there was an answer. */
static struct text why_unanswered(const struct live *live)
{
	if (!live->seen.count)
		return TEXT("nothing could be asked of the service", "er was niets wat aan de dienst gevraagd kon worden");
	for (uint32_t i = 0; i < live->seen.count; i++)
		if (live->seen.exchanges[i]->response.status) return TEXT("", "");
	struct text why = live->seen.exchanges[0]->why, text;
	text.in[LANG_EN] = str_printf(
			live->scratch, "the service answered none of the requests: %.*s", STR_FMT(why.in[LANG_EN]));
	text.in[LANG_NL] = str_printf(
			live->scratch, "de dienst beantwoordde geen van de verzoeken: %.*s", STR_FMT(why.in[LANG_NL]));
	return text;
}

static void leave_undecided(
		const struct live *live, const struct check *check, struct text why, bool unseen, struct judged_check *out)
{
	out->facts = (struct facts){.items = arena_zalloc(live->scratch, check->rule_count * sizeof *out->facts.items)};
	for (uint32_t i = 0; i < check->rule_count; i++)
		out->facts.items[i] = (struct fact){.undecided = true, .unseen = unseen, .why = why};
	out->state = CHECK_RAN;
}

/* A rule about what could not be found out: what was not seen is no pass. */
static void leave_unknown(const struct live *live, const struct check *check, const struct facts *facts)
{
	uint32_t count = 0;
	const struct spectral_rule *rules = check->spectral ? spectral_rules(check->spectral, &count) : NULL;
	for (uint32_t i = 0; i < count && live->tls_gap.in[LANG_EN].len; i++)
		if (str_eq(rules[i].needs, STR("tls")) && facts->items[i].violations == 0)
			facts->items[i] = (struct fact){.applies = true, .undecided = true, .unseen = true, .why = live->tls_gap};
}

static void run_on_evidence(
		struct live *live, const struct judge *judge, const struct check *check, struct judged_check *out)
{
	struct err err;
	err_init(&err, live->scratch);
	struct check_context context = context_of(live);
	list_exchanges(live);
	if (!check->engine->reads_exchanges && !open_view(live, &err)) {
		leave_undecided(live, check, err.message, false, out);
		return;
	}
	struct text unanswered = why_unanswered(live);
	if (unanswered.in[LANG_EN].len) {
		leave_undecided(live, check, unanswered, true, out);
		return;
	}
	if (!check->engine->reads_exchanges) context.refs = live->view_refs;
	context.exchanges = live->seen.exchanges;
	context.exchange_count = live->seen.count;
	standard_run_engine(judge, check, &context, out);
	if (out->state == CHECK_RAN) leave_unknown(live, check, &out->facts);
}

static void run_on_messages(
		struct live *live, const struct judge *judge, const struct check *check, struct judged_check *out)
{
	list_exchanges(live);
	messages_run(judge, check, live->seen.exchanges, live->seen.count, out);
}

/* A scenario brings the descriptions that it is about, and an artefact is one. */
static bool needs_description(const struct check *check)
{
	return check->engine->needs_description && !check->scenario && !check->artefact;
}

void live_run(struct live *live, const struct judge *judge, const struct check *check, struct judged_check *out)
{
	if (live->transport && is_lost(live))
		live_give_up(live, TEXT("the service was not reached (see pre-flight)",
								   "de dienst is niet bereikt (zie de controle vooraf)"));
	if (!live->transport)
		*out = (struct judged_check){.state = CHECK_BLOCKED, .why = live->why};
	else if (check->subject == SUBJECT_ENDPOINT)
		run_on_endpoint(live, check, out);
	else if (!live->openapi && (check->subject == SUBJECT_OPERATIONS || needs_description(check)))
		*out = (struct judged_check){.state = CHECK_BLOCKED,
				.why = TEXT("the OpenAPI document of the service could not be had (see pre-flight)",
						"het OpenAPI-document van de dienst was niet te krijgen (zie de controle vooraf)")};
	else if (check->subject == SUBJECT_OPERATIONS)
		run_on_operations(live, judge, check, out);
	else if (check->subject == SUBJECT_ANSWERS || check->subject == SUBJECT_PAIRS)
		run_on_messages(live, judge, check, out);
	else
		run_on_evidence(live, judge, check, out);
}

bool live_is_view(const struct live *live, const struct doc *doc)
{
	return live->view && live->view == doc;
}

const struct exchange *live_exchange(const struct live *live, const struct result *result, struct str *pointer)
{
	const struct evidence *evidence = live->session->evidence;
	*pointer = STR("");
	if (live_is_view(live, result->doc)) return evidence_exchange(&live->seen, result->pointer, pointer);
	if (!result->exchange || result->exchange > evidence->kept.count) return NULL;
	if (result->doc && result->doc->format == DOC_XML) *pointer = result->pointer;
	return evidence->kept.items[result->exchange - 1];
}
