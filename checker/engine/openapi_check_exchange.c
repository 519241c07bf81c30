/* SPDX-License-Identifier: EUPL-1.2 */
/* Compares one exchange after the other with the description, and keeps the facts. */
#include "base/limits.h"
#include "base/vec.h"
#include "doc/pointer.h"
#include "engine/openapi_check_private.h"

const struct str openapi_rule_names[CONTRACT_RULES] = {STR("contract-operation"), STR("contract-status"),
		STR("contract-content-type"), STR("contract-header"), STR("contract-body"), STR("contract-request"),
		STR("contract-error")};

static void release_results(void *check)
{
	vec_release(&((struct openapi_check *)check)->results);
}

struct openapi_check *openapi_check_new(
		struct arena *arena, const struct openapi *openapi, const struct openapi_check_options *options)
{
	struct openapi_check *check = arena_zalloc(arena, sizeof *check);
	check->arena = arena;
	check->openapi = openapi;
	check->options = *options;
	check->options.base = str_copy(arena, options->base);
	check->schemas = openapi_schemas_new(arena, openapi);
	if (options->official) openapi_schemas_loosen(check->schemas);
	arena_on_free(arena, release_results, check);
	return check;
}

const struct facts *openapi_check_facts(struct openapi_check *check)
{
	check->facts.results = check->results.items;
	check->facts.result_count = (uint32_t)check->results.count;
	check->facts.items = check->items;
	return &check->facts;
}

void checking_applies(struct checking *checking, enum openapi_rule rule)
{
	checking->run->items[rule].applies = true;
	checking->run->items[rule].selected++;
}

static struct text copy_text(struct arena *arena, struct text text)
{
	for (int lang = 0; lang < LANG_COUNT; lang++)
		text.in[lang] = str_copy(arena, text_in(text, (enum lang)lang));
	return text;
}

/* "GET /zaken/{uuid}, 200: response body: must be ..." */
static struct text say(struct checking *checking, struct text part, struct text message)
{
	struct arena *arena = checking->run->arena;
	struct text texts[2] = {copy_text(checking->arena, part), copy_text(checking->arena, message)};
	const char *separator = part.in[LANG_EN].len ? ": " : "";
	struct text all = {{str_printf(arena, "%.*s: %s%s%s", STR_FMT(checking->subject), texts[0].in[LANG_EN].ptr,
								separator, texts[1].in[LANG_EN].ptr),
			str_printf(arena, "%.*s: %s%s%s", STR_FMT(checking->subject), texts[0].in[LANG_NL].ptr, separator,
					texts[1].in[LANG_NL].ptr)}};
	return all;
}

/* Where in the description; without a place of its own it is the operation, or the paths where there is none. */
static void put_place(struct checking *checking, const struct target *place, struct result *result)
{
	const struct doc *main = checking->run->openapi->refs->main;
	const struct node *paths = node_member(main->root, STR("paths"));
	struct target above = {main, paths ? paths : main->root, paths ? STR("/paths") : STR("")};
	if (!place || !place->node) place = checking->match.operation ? &checking->match.operation->at : &above;
	result->doc = place->doc;
	result->pointer = str_copy(checking->run->arena, place->pointer);
	result->start = place->node->start;
	result->end = place->node->end;
}

void checking_fault(struct checking *checking, const struct fault *fault)
{
	struct fact *fact = &checking->run->items[fault->rule];
	if (fact->violations >= LIMIT_RESULTS_PER_RULE) {
		fact->cut = true;
		return;
	}
	fact->violations++;
	struct arena *arena = checking->run->arena;
	struct result result = {.rule = fault->rule, .severity = SEVERITY_ERROR, .exchange = checking->exchange->number};
	result.message = say(checking, fault->part, fault->message);
	result.expected = copy_text(arena, fault->expected);
	result.found = str_copy(arena, fault->found);
	put_place(checking, fault->place, &result);
	*vec_push(&checking->run->results) = result;
}

void checking_undecided(struct checking *checking, enum openapi_rule rule, struct text part, struct text why)
{
	struct fact *fact = &checking->run->items[rule];
	fact->applies = true;
	if (!fact->undecided) fact->why = say(checking, part, why);
	fact->undecided = true;
}

/* Statuses that say "not here" deny an operation that is not described, as they should; only success contradicts. */
static bool is_success(uint32_t status)
{
	return status >= 200 && status < 300;
}

/* The description itself, and pages for people, are no operations: nobody describes those. */
static bool is_no_call(struct checking *checking)
{
	static const char *const names[] = {"openapi.json", "openapi.yaml", "openapi.yml", "swagger.json", "swagger.yaml"};
	struct str path = checking->exchange->request.url;
	path.len = str_find(path, '?');
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (str_ends(path, str_of(names[i]))) return true;
	return str_eq(http_media_type(&checking->exchange->response.fields, checking->arena), STR("text/html"));
}

static void check_operation(struct checking *checking, enum openapi_found found)
{
	const struct exchange *exchange = checking->exchange;
	struct fault fault = {.rule = CONTRACT_OPERATION};
	bool preflight = str_eq(exchange->request.method, STR("OPTIONS"));
	if (found == OPENAPI_UNKNOWN) {
		checking_undecided(checking, CONTRACT_OPERATION, (struct text){0},
				TEXT("whether it is described cannot be told: a path of the description cannot be read, or the URL is "
					 "too long",
						"of dit beschreven is, is niet te zeggen: een pad van de beschrijving is niet te lezen, of de URL "
						"is te lang"));
		return;
	}
	if (found == OPENAPI_NO_PATH && is_no_call(checking)) return;
	checking_applies(checking, CONTRACT_OPERATION);
	bool asker = checking->run->options.asker;
	if (found == OPENAPI_FOUND || preflight || (!asker && !is_success(exchange->response.status))) return;
	fault.found = str_printf(checking->arena, "%.*s %.*s -> %u", STR_FMT(exchange->request.method),
			STR_FMT(exchange->request.url), exchange->response.status);
	fault.message =
			found == OPENAPI_NO_METHOD
					? TEXT("the service answers to a method that is not described for this path: describe it, "
						   "or answer 405",
							  "de service antwoordt op een methode die bij dit pad niet beschreven is: beschrijf "
							  "hem, of antwoord met 405")
					: TEXT("the service answers on a path that is not described: describe it, or answer 404",
							  "de service antwoordt op een pad dat niet beschreven is: beschrijf het, of "
							  "antwoord met 404");
	if (asker)
		fault.message = TEXT("an operation is asked for that is not described: no provider need have it",
				"er wordt een operatie gevraagd die niet beschreven is: geen aanbieder hoeft die te hebben");
	fault.expected = TEXT("an operation that is described", "een operatie die beschreven is");
	checking_fault(checking, &fault);
}

/* Answers of what stands in front of a service, which its description need not know of. */
static bool is_infrastructure(uint32_t status)
{
	return status == 429 || status == 502 || status == 503 || status == 504;
}

static struct text statuses_of(struct checking *checking)
{
	const struct openapi_operation *operation = checking->match.operation;
	struct strbuf list;
	strbuf_init(&list, LIMIT_PATH_BYTES);
	for (uint32_t i = 0; i < operation->response_count; i++) {
		if (i) strbuf_add(&list, STR(", "));
		strbuf_add(&list, operation->responses[i].status);
	}
	struct str text = strbuf_take(&list, checking->arena);
	return (struct text){{text, text}};
}

static const struct openapi_response *check_status(struct checking *checking)
{
	const struct openapi_operation *operation = checking->match.operation;
	uint32_t status = checking->exchange->response.status;
	if (operation->broken) {
		checking_undecided(checking, CONTRACT_STATUS, (struct text){0},
				TEXT("the operation cannot be read to the end: a reference in it leads nowhere",
						"de operatie is niet helemaal te lezen: een verwijzing erin leidt nergens heen"));
		return NULL;
	}
	const struct openapi_response *response = openapi_response_of(operation, status);
	if (!response && (operation->response_count == 0 || status < 200 || status == 304)) return NULL;
	if (!response && is_infrastructure(status)) {
		checking_undecided(checking, CONTRACT_STATUS, (struct text){0},
				TEXT("not described, but it may come from what stands in front of the service",
						"niet beschreven, maar het kan komen van wat vóór de service staat"));
		return NULL;
	}
	checking_applies(checking, CONTRACT_STATUS);
	if (response) return response;
	struct fault fault = {.rule = CONTRACT_STATUS, .expected = statuses_of(checking)};
	fault.message = TEXT("the status is not described for this operation: describe it, or add \"default\"",
			"deze status is bij deze operatie niet beschreven: beschrijf hem, of voeg \"default\" toe");
	fault.found = str_printf(checking->arena, "%u", status);
	checking_fault(checking, &fault);
	return NULL;
}

static struct text types_of(struct checking *checking, const struct openapi_response *response)
{
	struct strbuf list;
	strbuf_init(&list, LIMIT_PATH_BYTES);
	for (uint32_t i = 0; i < response->media_count; i++) {
		if (i) strbuf_add(&list, STR(", "));
		strbuf_add(&list, response->media[i].name);
	}
	struct str text = strbuf_take(&list, checking->arena);
	return (struct text){{text, text}};
}

/* Where errors are a rule of their own, all that is wrong with the body of one belongs to it. */
static bool is_error(const struct checking *checking)
{
	return checking->run->options.errors && checking->exchange->response.status >= 400;
}

static const struct openapi_media *check_type(
		struct checking *checking, const struct openapi_response *response, struct str type)
{
	enum openapi_rule rule = is_error(checking) ? CONTRACT_ERROR : CONTRACT_CONTENT_TYPE;
	checking_applies(checking, rule);
	const struct openapi_media *media = NULL;
	if (type.ptr) media = openapi_media_of(response->media, response->media_count, type);
	if (media) return media;
	struct fault fault = {.rule = rule, .expected = types_of(checking, response), .found = type};
	fault.place = &response->at;
	fault.message = type.ptr ? TEXT("the media type of the response is not described",
									   "het mediatype van het antwoord is niet beschreven")
							 : TEXT("the response has a body without a Content-Type",
									   "het antwoord heeft inhoud zonder Content-Type");
	checking_fault(checking, &fault);
	return NULL;
}

/* Nothing came where something is described. Only where nothing else can be meant is that held against the service. */
static void check_absence(struct checking *checking, const struct openapi_response *response)
{
	const struct exchange *exchange = checking->exchange;
	bool described = false;
	for (uint32_t i = 0; i < response->media_count; i++)
		described = described || (is_json_type(response->media[i].type) && response->media[i].schema.node);
	bool error = is_error(checking);
	bool read = exchange->response.status == 200 && str_eq(exchange->request.method, STR("GET"));
	if (!described || (!read && !error)) return;
	enum openapi_rule rule = error ? CONTRACT_ERROR : CONTRACT_BODY;
	checking_applies(checking, rule);
	struct fault fault = {.rule = rule, .expected = types_of(checking, response), .place = &response->at};
	fault.message = TEXT("the response has no body, although one is described",
			"het antwoord heeft geen inhoud, terwijl die wel beschreven is");
	checking_fault(checking, &fault);
}

static void check_content(struct checking *checking, const struct openapi_response *response)
{
	const struct http_response *got = &checking->exchange->response;
	bool without = str_eq(checking->exchange->request.method, STR("HEAD")) || got->status < 200 || got->status == 204 ||
				   got->status == 205 || got->status == 304;
	if (without || response->media_count == 0) return;
	if (got->body.len == 0) {
		check_absence(checking, response);
		return;
	}
	const struct http_field *field = http_field_find(&got->fields, STR("content-type"));
	struct body_check body = {.rule = is_error(checking) ? CONTRACT_ERROR : CONTRACT_BODY,
			.direction = SCHEMA_RESPONSE,
			.body = got->body};
	body.part = TEXT("response body", "inhoud van het antwoord");
	if (field) body.type = field->value;
	body.media = check_type(checking, response, body.type);
	if (body.media) checking_body(checking, &body);
}

static void check_response(struct checking *checking)
{
	const struct openapi_response *response = check_status(checking);
	if (!response) return;
	if (response->broken) {
		for (int rule = CONTRACT_CONTENT_TYPE; rule <= CONTRACT_BODY; rule++)
			checking_undecided(checking, (enum openapi_rule)rule, (struct text){0},
					TEXT("the description of this response cannot be read: its reference leads nowhere",
							"de beschrijving van dit antwoord is niet te lezen: de verwijzing leidt nergens heen"));
		return;
	}
	checking_headers(checking, response);
	check_content(checking, response);
}

static struct str subject_of(struct checking *checking, enum openapi_found found)
{
	const struct exchange *exchange = checking->exchange;
	struct str what = exchange->request.url;
	if (found == OPENAPI_FOUND) what = checking->match.operation->path;
	if (what.len > LIMIT_PATH_BYTES) what.len = LIMIT_PATH_BYTES;
	if (exchange->response.status == 0)
		return str_printf(checking->run->arena, "%.*s %.*s", STR_FMT(exchange->request.method), STR_FMT(what));
	return str_printf(checking->run->arena, "%.*s %.*s, %u", STR_FMT(exchange->request.method), STR_FMT(what),
			exchange->response.status);
}

void openapi_check_exchange(struct openapi_check *check, const struct exchange *exchange)
{
	struct checking checking = {.run = check, .arena = arena_new(), .exchange = exchange};
	bool answered = exchange->failure == FAILURE_NONE && exchange->response.status != 0;
	enum openapi_found found = openapi_match(check->openapi, exchange->request.method, exchange->request.url,
			check->options.base, checking.arena, &checking.match);
	checking.subject = subject_of(&checking, found);
	if (answered || check->options.asker) check_operation(&checking, found);
	if (answered && found == OPENAPI_FOUND && !check->options.asker) check_response(&checking);
	if (check->options.requests && found == OPENAPI_FOUND) checking_request(&checking);
	arena_free(checking.arena);
}
