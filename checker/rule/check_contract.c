/* SPDX-License-Identifier: EUPL-1.2 */
/* The engine "contract": every exchange held against the OpenAPI document that it is of, or the official one. */
#include "engine/openapi_check.h"
#include "fetch/fetch.h"
#include "rule/artefact.h"
#include "rule/check_private.h"
#include "rule/fact_sum.h"
#include "rule/interpretation.h"

static void close_contract(void *doc)
{
	doc_close(doc);
}

static const void *open_contract(struct arena *arena, const char *path, const void *accepts, struct err *err)
{
	struct doc *doc = doc_open(path, err);
	if (!doc) return NULL;
	arena_on_free(arena, close_contract, doc);
	interpretations_mend(accepts, doc);
	return openapi_new(arena, refs_new(arena, doc), err);
}

const struct openapi *check_contract_open(
		struct arena *arena, const struct check *check, const char *path, struct err *err)
{
	if (!check->artefact) return open_contract(arena, path, check->accepts, err);
	return artefact_once(check->artefact, open_contract, path, check->accepts, err);
}

bool check_contract_compile(struct arena *arena, struct check *check, const char *path,
		const struct spectral_options *options, struct err *err)
{
	(void)options;
	check->rules = openapi_rule_names;
	check->rule_count = CONTRACT_RULES;
	if (!check->artefact) return true;
	check->contract = check_contract_open(arena, check, path, err);
	return check->contract != NULL;
}

/* The document's own publication is no call of the service. */
static bool is_call(const struct exchange *exchange)
{
	return !str_starts(exchange->step, STR("preflight/")) && !fetch_is_publication(exchange->request.url);
}

/* Of the official contract the errors are a rule of their own: they are what clients of several vendors have in common.
 */
static void run_on_description(const struct check *check, const struct check_context *context, struct facts *facts)
{
	const struct openapi *openapi = check->contract ? check->contract : context->openapi;
	struct openapi_check_options options = {
			.base = context->endpoint, .official = check->contract != NULL, .errors = check->contract != NULL};
	options.asker = options.requests = check->subject == SUBJECT_REQUESTS;
	struct openapi_check *contract = openapi_check_new(context->arena, openapi, &options);
	for (uint32_t i = 0; i < context->exchange_count; i++)
		if (is_call(context->exchanges[i])) openapi_check_exchange(contract, context->exchanges[i]);
	*facts = *openapi_check_facts(contract);
	if (check->contract) interpretations_apply_exchanges(context->arena, check->accepts, facts);
}

static struct text without_api(void)
{
	return TEXT("none of the source descriptions of the scenario is an OpenAPI document that was read",
			"geen van de bronbeschrijvingen van het scenario is een OpenAPI-document dat gelezen is");
}

/* Each exchange by the document that its step is an operation of. */
static void run_on_scenario(const struct scenario *scenario, const struct check_context *context, struct facts *facts)
{
	struct openapi_check_options options = {.base = context->endpoint};
	struct openapi_check **contracts = arena_alloc(context->arena, (scenario->api_count + 1) * sizeof(void *));
	struct fact_sum sum;
	fact_sum_init(&sum, context->arena, CONTRACT_RULES);
	for (uint32_t i = 0; i < scenario->api_count; i++)
		contracts[i] = openapi_check_new(context->arena, scenario->apis[i], &options);
	for (uint32_t i = 0; i < context->exchange_count; i++) {
		uint32_t api = scenario_api_of(scenario, context->exchanges[i]->step);
		if (api < scenario->api_count) openapi_check_exchange(contracts[api], context->exchanges[i]);
	}
	for (uint32_t i = 0; i < scenario->api_count; i++)
		fact_sum_add(&sum, openapi_check_facts(contracts[i]));
	fact_sum_take(&sum, facts);
	for (int i = 0; i < CONTRACT_RULES && scenario->api_count == 0; i++)
		facts->items[i] = (struct fact){.undecided = true, .unseen = true, .why = without_api()};
}

void check_contract_run(const struct check *check, const struct check_context *context, struct facts *facts)
{
	if (check->scenario)
		run_on_scenario(check->scenario, context, facts);
	else
		run_on_description(check, context, facts);
}
