/* SPDX-License-Identifier: EUPL-1.2 */
/* Judging services. */
#include "rule/judge_service.h"

#include "base/limits.h"
#include "doc/uri.h"

#include "fetch/fetch.h"
#include "rule/excuse.h"
#include "rule/exhibit.h"
#include "rule/judge.h"
#include "rule/judge_live.h"
#include "rule/judge_service_private.h"
#include "rule/leftover.h"
#include "rule/preflight.h"
#include "rule/probe_tls.h"
#include "rule/redact.h"
#include "rule/reference.h"
#include "rule/session_listen.h"

static void close_doc(void *doc)
{
	doc_close(doc);
}

/* The kinds of pre-flight that failures of the network come down to. */
static enum preflight_kind kind_of(const struct exchange *exchange)
{
	switch (exchange->failure) {
	case FAILURE_NONE:
		return exchange->response.status == 401 || exchange->response.status == 403 ? PREFLIGHT_CREDENTIALS
																					: PREFLIGHT_NO_DOCUMENT;
	case FAILURE_CERTIFICATE:
	case FAILURE_TLS:
		return PREFLIGHT_TLS;
	case FAILURE_MALFORMED:
	case FAILURE_TOO_LARGE:
	case FAILURE_REDIRECT:
		return PREFLIGHT_NO_DOCUMENT;
	case FAILURE_NOT_RECORDED:
		return PREFLIGHT_EVIDENCE;
	default:
		return PREFLIGHT_UNREACHABLE;
	}
}

/* The place that is told is where the descriptor names the file; the text says which. */
static void name_file(struct err *err, struct str path)
{
	for (int lang = 0; lang < LANG_COUNT; lang++)
		err->message.in[lang] = str_printf(err->arena, "%.*s: %.*s", STR_FMT(path), STR_FMT(err->message.in[lang]));
}

static bool describe(struct judged_claim *at, struct transport *transport, struct fetched *out, struct err *err)
{
	const struct claim *claim = at->judge.claim;
	struct arena *arena = at->judge.scratch;
	if (claim->openapi.len && !uri_is_http(claim->openapi)) {
		out->doc = doc_open(str_copy(arena, claim->openapi).ptr, err);
		if (!out->doc && !err->loc.line) name_file(err, claim->openapi);
		return out->doc != NULL;
	}
	if (!transport) return false;
	struct str step = STR("preflight/description");
	if (claim->openapi.len) return fetch_doc(transport, claim->openapi, step, arena, out, err);
	return fetch_openapi(transport, claim->endpoint, step, arena, out, err);
}

/* Where nothing answers at all, that is what there is to tell. */
static void tell_undescribed(
		struct service_judge *it, const struct judged_claim *at, const struct exchange *last, const struct err *err)
{
	const struct claim *claim = at->judge.claim;
	const struct exchange *silence = claim->openapi.len ? NULL : live_silence(at->judge.live);
	struct loc named = claim->openapi.len ? claim->openapi_loc : claim->endpoint_loc;
	enum preflight_kind kind = last ? kind_of(last) : PREFLIGHT_NO_DOCUMENT;
	if (silence) kind = kind_of(silence);
	claim_preflight(it, kind, LEVEL_BLOCKING, err->loc.line ? err->loc : named, silence ? silence->why : err->message);
}

/* The description of a claim, and what it refers to; false where it cannot be had, which pre-flight then tells. */
static bool open_description(struct service_judge *it, struct judged_claim *at, struct transport *transport)
{
	struct fetched found = {0};
	struct err err;
	err_init(&err, it->scratch);
	if (!describe(at, transport, &found, &err)) {
		if (err.code != ERR_NONE) tell_undescribed(it, at, found.last, &err);
		return false;
	}
	arena_on_free(it->scratch, close_doc, found.doc);
	struct doc_loader *loader = transport ? fetch_loader_new(it->scratch, transport, STR("preflight/reference"))
										  : session_loader(it->session, it->scratch);
	struct refs *refs = refs_new_with(it->scratch, found.doc, loader);
	at->judge.first_document = it->target->document_count;
	judge_documents(it->target, refs);
	preflight_remarks(it->target, refs, at->judge.first_document);
	preflight_references(it->target, refs, !reference_judge(at->judge.ruleset));
	if (!live_describe(at->judge.live, refs, &err))
		claim_preflight(it, PREFLIGHT_NOT_OPENAPI, LEVEL_BLOCKING, err.loc, err.message);
	else
		at->judge.refs = refs;
	return true;
}

static struct transport *open_transport(struct service_judge *it, const struct claim *claim, struct text *why)
{
	struct err err;
	err_init(&err, it->scratch);
	struct transport *transport = session_transport(it->session, claim, &err);
	if (transport) return transport;
	*why = err.message;
	claim_preflight(
			it, PREFLIGHT_UNREACHABLE, LEVEL_BLOCKING, err.loc.line ? err.loc : claim->endpoint_loc, err.message);
	return NULL;
}

static const struct text refused_all = {{STR("the service refused every request (see pre-flight)"),
		STR("de dienst weigerde elk verzoek (zie de controle vooraf)")}};

/* Answers to whom may not ask say nothing of the service, so none of them is judged. */
static void give_up_refused(struct service_judge *it, struct judged_claim *at, const struct exchange *exchange)
{
	const struct claim *claim = at->judge.claim;
	bool named = claim->auth.kind != AUTH_NONE || claim->auth.certificate.len > 0;
	unsigned status = exchange->response.status;
	struct text text =
			named ? text_printf(it->scratch,
							"the service refuses these credentials with status %u; correct them, or the rights "
							"that belong to them",
							"de dienst weigert deze inloggegevens met status %u; verbeter ze, of de rechten "
							"die erbij horen",
							status)
				  : text_printf(it->scratch,
							"the service refuses every request with status %u; name a service descriptor that "
							"gives credentials, under `auth` of this standard",
							"de dienst weigert elk verzoek met status %u; noem een service-descriptor die "
							"inloggegevens geeft, onder `auth` van deze standaard",
							status);
	claim_preflight(it, PREFLIGHT_CREDENTIALS, LEVEL_BLOCKING, claim->auth_loc, text);
	live_give_up(at->judge.live, refused_all);
}

/* One request with the credentials: the first operation that can be asked. A refusal is a matter of set-up. */
static void try_credentials(struct service_judge *it, struct judged_claim *at, struct transport *transport)
{
	const struct claim *claim = at->judge.claim;
	if (claim->auth.kind == AUTH_NONE && !claim->auth.certificate.len) return;
	const struct exchange *exchange = live_probe(at->judge.live, transport, STR("preflight/credentials"));
	if (exchange && (exchange->response.status == 401 || exchange->response.status == 403))
		give_up_refused(it, at, exchange);
}

/* What was asked in vain judges nothing: every check of the running service is as one that was never begun. */
static void forget(struct judged_claim *at, struct text why)
{
	const struct ruleset *ruleset = at->judge.ruleset;
	for (uint32_t i = 0; i < ruleset->check_count; i++) {
		enum check_subject subject = ruleset->checks[i].subject;
		bool live = subject == SUBJECT_ENDPOINT || subject == SUBJECT_OPERATIONS || subject == SUBJECT_ANSWERS ||
					subject == SUBJECT_PAIRS;
		if (live) at->judge.checks[i] = (struct judged_check){.state = CHECK_BLOCKED, .why = why};
	}
	live_give_up(at->judge.live, why);
}

/* So few answers of 404 say nothing: what is no path of the service is asked on purpose. */
enum { ABSENT_CALLS = 5 };

/* That credentials were missing, or that the base path is none of the service, shows when all was asked. Scenarios of
 * the user's own ask what they like, and judge the answers. */
static void look_for_mistake(struct service_judge *it, struct judged_claim *at)
{
	if (!at->judge.live || it->options->scenario) return;
	const struct exchange *refused = live_alike(at->judge.live, 401, 403, 1);
	if (refused) {
		give_up_refused(it, at, refused);
		forget(at, refused_all);
	}
	if (refused || !live_alike(at->judge.live, 404, 404, ABSENT_CALLS)) return;
	struct text text = TEXT(
			"every request to this endpoint was answered with status 404; is it the base path of the service?",
			"elk verzoek aan dit endpoint kreeg status 404; is het het basispad van de dienst?");
	claim_preflight(it, PREFLIGHT_UNREACHABLE, LEVEL_BLOCKING, at->judge.claim->endpoint_loc, text);
	forget(at, TEXT("nothing of the service is at this endpoint (see pre-flight)",
					   "niets van de dienst staat op dit endpoint (zie de controle vooraf)"));
}

/* Nothing was answered, and nobody told so yet: what came of the first request, where the endpoint is named. */
static void tell_silence(struct service_judge *it, const struct judged_claim *at)
{
	const struct exchange *silence = live_silence(at->judge.live);
	if (silence) claim_preflight(it, kind_of(silence), LEVEL_BLOCKING, at->judge.claim->endpoint_loc, silence->why);
}

/* What of a published scenario cannot be played. */
static void tell_remarks(struct service_judge *it, const struct scenario *scenario)
{
	uint32_t most = scenario->remark_count < LIMIT_SCENARIO_REMARKS ? scenario->remark_count : LIMIT_SCENARIO_REMARKS;
	for (uint32_t i = 0; i < most; i++) {
		const struct scenario_remark *remark = &scenario->remarks[i];
		claim_preflight(
				it, PREFLIGHT_SCENARIO, remark->harmless ? LEVEL_NOTE : LEVEL_PROBLEM, remark->loc, remark->text);
	}
	if (most < scenario->remark_count)
		claim_preflight(it, PREFLIGHT_SCENARIO, LEVEL_PROBLEM, (struct loc){.file = scenario->doc->source->name},
				text_printf(it->scratch, "there are %u remarks on this scenario, of which the first %u are told",
						"er zijn %u opmerkingen over dit scenario, waarvan de eerste %u hier staan",
						scenario->remark_count, most));
}

/* Does any check look at the OpenAPI document, or at operations of it? A standard for SOAP has none. */
static bool is_described(const struct ruleset *ruleset)
{
	for (uint32_t i = 0; i < ruleset->check_count; i++) {
		enum check_subject subject = ruleset->checks[i].subject;
		if (subject == SUBJECT_OPENAPI || subject == SUBJECT_OPERATIONS || subject == SUBJECT_EVIDENCE) return true;
	}
	return ruleset->check_count == 0;
}

/* What the service is asked: first all claims, so that evidence is complete when it is looked at. */
static void gather(struct service_judge *it, struct judged_claim *at)
{
	const struct claim *claim = at->judge.claim;
	bool scenario = it->options->scenario, runs = claim->endpoint.len > 0 || scenario, described = true;
	struct text why = TEXT("", "");
	if (at->judge.ruleset->for_consumers) {
		claim_hear(it, at);
		return;
	}
	struct transport *transport = runs || uri_is_http(claim->openapi) ? open_transport(it, claim, &why) : NULL;
	at->judge.live = live_new(it->scratch, it->session, claim, transport, why);
	if (scenario)
		tell_remarks(it, at->judge.ruleset->checks[0].scenario);
	else if (claim->openapi.len || is_described(at->judge.ruleset))
		described = open_description(it, at, transport);
	if (runs && transport && !scenario && !live_silence(at->judge.live)) try_credentials(it, at, transport);
	if (!runs) at->judge.live = NULL;
	if (runs) live_expect(at->judge.live, at->judge.ruleset);
	standard_gather(&at->judge);
	if (runs && transport && described && !scenario) tell_silence(it, at);
	if (runs && transport && !session_stopped(it->options->session))
		probe_tls(it->session, transport, claim->endpoint, it->scratch);
}

/* Evidence that is not complete cannot be judged as if it were. */
static void tell_gaps(struct service_judge *it)
{
	const struct text gaps[] = {evidence_gap(it->session->evidence, it->scratch),
			session_interruption(it->session, it->scratch), it->unheard};
	for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i++)
		if (gaps[i].in[LANG_EN].len)
			claim_preflight(it, PREFLIGHT_EVIDENCE, LEVEL_BLOCKING, (struct loc){.file = it->target->path}, gaps[i]);
}

/* What is still at the service because of us is for somebody to remove; it is no fault, and changes no verdict. */
static void tell_leftovers(struct service_judge *it)
{
	struct str *endpoints = arena_zalloc(it->scratch, (it->service->claim_count + 1) * sizeof *endpoints);
	for (uint32_t i = 0; i < it->service->claim_count; i++)
		endpoints[i] = it->service->claims[i].endpoint;
	struct text text = leftover_text(
			it->session->evidence, endpoints, it->service->claim_count, it->session->owned, it->scratch);
	enum preflight_level level = session_stopped(it->options->session) ? LEVEL_PROBLEM : LEVEL_NOTE;
	if (text.in[LANG_EN].len)
		claim_preflight(it, PREFLIGHT_LEFTOVER, level, (struct loc){.file = it->target->path}, text);
}

/* Without knowing all secrets nothing that the service said may be told. */
static void withhold(struct service_judge *it, const struct err *err)
{
	struct target_result *target = it->target;
	target->preflight_count = 0;
	claim_unusable(it, err);
	for (uint32_t i = 0; i < target->standard_count; i++) {
		struct standard_result *standard = it->claims[i].standard;
		for (uint32_t j = 0; j < standard->requirement_count; j++)
			standard->requirements[j].reason = TEXT("see pre-flight", "zie de controle vooraf");
		standard_decide(target, standard);
		standard->decision = decision_worst(standard->decision, DECISION_UNDETERMINED);
	}
}

static void judge_claims(struct service_judge *it)
{
	struct target_result *target = it->target;
	struct err err;
	err_init(&err, it->scratch);
	counterpart_begin(it);
	for (uint32_t i = 0; i < target->standard_count; i++)
		gather(it, &it->claims[i]);
	it->unheard = session_hear_out(it->session);
	for (uint32_t i = 0; i < target->standard_count; i++)
		look_for_mistake(it, &it->claims[i]);
	tell_gaps(it);
	tell_leftovers(it);
	const struct secrets *secrets = session_secrets(it->session, &err);
	target->service = it->service;
	target->evidence = session_evidence(it->session);
	if (!secrets) {
		withhold(it, &err);
		return;
	}
	for (uint32_t i = 0; i < target->standard_count; i++) {
		struct judged_claim *at = &it->claims[i];
		at->judge.secrets = secrets;
		standard_judge(&at->judge, at->standard);
		if (it->options->answers && !target->blocked) answers_apply(it->options->answers, target, at->standard);
		if (it->service->doc) excuse_standard(target, at->standard, it->service, it->options->today);
		standard_decide(target, at->standard);
		if (target->blocked) at->standard->decision = decision_worst(at->standard->decision, DECISION_UNDETERMINED);
	}
	if (it->service->doc) excuse_remarks(target, it->service, it->options->today);
	redact_target(target, secrets);
	exhibit_gather(target, it->session->evidence, secrets);
}

/* Source descriptions were fetched when the scenario was read: that is evidence of every service it is played on. */
static void keep_fetched(struct service_judge *it)
{
	const struct evidence *fetched = it->options->scenario ? it->options->rulesets[0]->fetched : NULL;
	for (size_t i = 0; fetched && i < fetched->kept.count; i++) {
		struct exchange exchange = *fetched->kept.items[i];
		it->session->recorder.take(&it->session->recorder, &exchange);
	}
}

/* An answer that is about nothing is a mistake that somebody would want to know of, so nothing is judged beside it. */
static void fit_answers(struct service_judge *it)
{
	struct err err;
	err_init(&err, it->scratch);
	if (!it->options->answers || !it->service->doc) return;
	answers_document(it->options->answers, it->target);
	if (!answers_fit(it->options->answers, it->target, &err)) claim_unusable(it, &err);
}

/* What stands in the way of a verdict, or leaves nothing to judge, is never conformant. */
static void run_claims(struct service_judge *it)
{
	const struct service *service = it->service;
	struct target_result *target = it->target;
	target->is_service = true;
	target->standards = arena_zalloc(target->arena, service->claim_count * sizeof *target->standards);
	it->claims = arena_zalloc(it->scratch, service->claim_count * sizeof *it->claims);
	it->session = session_new(target->arena, it->scratch, it->options->session, service);
	it->session->target = target->path;
	keep_fetched(it);
	target->decision = DECISION_CONFORMANT;
	for (uint32_t i = 0; i < service->claim_count; i++)
		if (!it->options->scenario || (service->claims[i].endpoint.len && !target->standard_count) || !service->doc)
			claim_start(it, &service->claims[i]);
	bool unusable = target->unknown_claims > it->consumers && !target->standard_count;
	target->bad_descriptor = target->bad_descriptor || unusable;
	if (target->standard_count == 0 && !target->bad_descriptor && !it->consumers)
		claim_preflight(it, PREFLIGHT_DESCRIPTOR, LEVEL_BLOCKING,
				(struct loc){.file = target->path, .line = 1, .column = 1},
				it->options->scenario ? TEXT("this descriptor names no endpoint on which the scenario could be played",
												"deze descriptor noemt geen endpoint waarop het scenario te spelen is")
									  : TEXT("this service claims none of the standards that were asked for",
												"deze dienst claimt geen van de gevraagde standaarden"));
	fit_answers(it);
	judge_claims(it);
	if (target->blocked || target->unknown_claims)
		target->decision = decision_worst(target->decision, DECISION_UNDETERMINED);
}

static void copy_product(struct target_result *target, const struct service *service)
{
	struct arena *arena = target->arena;
	struct product *product = &target->product;
	*product = (struct product){.name = str_copy(arena, service->name),
			.version = str_copy(arena, service->version),
			.vendor = str_copy(arena, service->vendor),
			.oin = str_copy(arena, service->oin),
			.catalogue = str_copy(arena, service->catalogue),
			.product_count = service->product_count};
	product->products = arena_alloc(arena, service->product_count * sizeof *product->products);
	for (uint32_t i = 0; i < service->product_count; i++)
		product->products[i] = str_copy(arena, service->products[i]);
}

void judge_service(struct target_result *target, const struct doc *doc, const struct judge_options *options)
{
	struct service_judge it = {.target = target, .options = options, .scratch = arena_new()};
	struct err err;
	err_init(&err, it.scratch);
	target->format = doc->format == DOC_JSON ? STR("json") : STR("yaml");
	target->kind = STR("service");
	target->is_service = true;
	struct refs *plain = refs_plain(it.scratch, doc);
	judge_documents(target, plain);
	/* In the target's arena: the evidence, which is written later, still needs its secrets. */
	it.service = service_read(target->arena, doc, options->session->secrets, &err);
	if (it.service) {
		copy_product(target, it.service);
		run_claims(&it);
	} else {
		claim_unusable(&it, &err);
		target->decision = DECISION_UNDETERMINED;
	}
	arena_free(it.scratch);
}

static bool names_document(struct str url)
{
	size_t end = str_find(url, '?');
	struct str path = {url.ptr, end};
	return str_ends(path, STR(".json")) || str_ends(path, STR(".yaml")) || str_ends(path, STR(".yml"));
}

/* Without what stands between // and @, which may be a password. */
static struct str without_user(struct arena *arena, struct str url)
{
	size_t start = str_find_str(url, STR("://")) + 3;
	struct str rest = str_skip(url, start);
	size_t host = str_find(rest, '/'), at = 0;
	for (size_t i = 0; i < host; i++)
		if (rest.ptr[i] == '@') at = i + 1;
	return at ? str_printf(arena, "%.*s%.*s", (int)start, url.ptr, STR_FMT(str_skip(rest, at))) : url;
}

/* A URL that cannot be asked as it stands is a slip of whoever typed it, and no fault of a service. */
static bool refuse_url(struct target_result *target, struct str url, bool document)
{
	struct preflight preflight = {.kind = PREFLIGHT_UNSUPPORTED, .level = LEVEL_BLOCKING};
	target->path = without_user(target->arena, url);
	struct str base = {url.ptr, document ? str_find(url, '?') : url.len};
	if (target->path.len < url.len)
		preflight.message = TEXT("a URL is not asked with a name or password in it; give credentials in a service "
								 "descriptor, under `auth`",
				"een URL met een naam of wachtwoord erin wordt niet opgevraagd; geef inloggegevens in een "
				"service-descriptor, onder `auth`");
	else if (!service_is_base(base))
		preflight.message = TEXT(
				"expected the base of an API, such as https://api.example.nl/zaken/v1, or the URL of an "
				"OpenAPI document (.json or .yaml), without # and, for a base, without ?",
				"verwacht de basis van een API, zoals https://api.example.nl/zaken/v1, of de URL van een OpenAPI-document "
				"(.json of .yaml), zonder # en, bij een basis, zonder ?");
	else
		return false;
	preflight.loc.file = target->path;
	preflight_add(target, &preflight);
	return true;
}

/* What was not asked for by name is asked only of APIs: messages by SOAP need test data, and change things. */
static struct judge_options leave_out_messages(struct target_result *target, const struct judge_options *options)
{
	struct judge_options chosen = *options;
	if (options->named || options->scenario) return chosen;
	const struct ruleset **rulesets = arena_alloc(target->arena, options->count * sizeof *rulesets);
	chosen.rulesets = rulesets;
	chosen.count = 0;
	for (uint32_t i = 0; i < options->count; i++)
		if (is_described(options->rulesets[i])) rulesets[chosen.count++] = options->rulesets[i];
	return chosen.count ? chosen : *options;
}

/* As if a descriptor claimed all these standards for it. */
void judge_url(struct target_result *target, const struct judge_options *given)
{
	const struct judge_options chosen = leave_out_messages(target, given), *options = &chosen;
	struct service_judge it = {.target = target, .options = options, .scratch = arena_new()};
	struct service *service = arena_zalloc(target->arena, sizeof *service);
	struct str url = target->path;
	bool itself = str_eq(url, options->rulesets[0]->path), document = !itself && names_document(url);
	if (!itself && refuse_url(target, url, document)) {
		target->is_service = true;
		target->kind = STR("service");
		judge_blocked(target, options->rulesets, options->count);
		arena_free(it.scratch);
		return;
	}
	if (itself) url = STR("");
	while (!document && url.len && url.ptr[url.len - 1] == '/')
		url.len--;
	service->claims = arena_zalloc(target->arena, options->count * sizeof *service->claims);
	service->claim_count = options->count;
	for (uint32_t i = 0; i < options->count; i++) {
		struct loc loc = {.file = target->path};
		service->claims[i] = (struct claim){.id = options->rulesets[i]->id,
				.version = options->rulesets[i]->version,
				.role = STR("provider"),
				.endpoint = document ? STR("") : url,
				.openapi = document ? url : STR(""),
				.auth = {.base = url},
				.loc = loc,
				.endpoint_loc = loc,
				.openapi_loc = loc,
				.auth_loc = loc};
	}
	target->format = itself ? STR("yaml") : STR("url");
	target->kind = document ? STR("openapi") : STR("service");
	it.service = service;
	run_claims(&it);
	arena_free(it.scratch);
}
