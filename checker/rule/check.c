/* SPDX-License-Identifier: EUPL-1.2 */
/* The table of engines. */
#include "rule/check.h"

#include "engine/contract.h"
#include "engine/openapi_check.h"
#include "engine/wsdl_compare.h"
#include "rule/check_private.h"
#include "rule/session_listen.h"

const char *const subject_names[SUBJECT_COUNT] = {
		"openapi", "endpoint", "operations", "evidence", "xml", "wsdl", "answers", "pairs", "requests"};

void check_take_spectral(struct arena *arena, struct check *check, const struct spectral *spectral)
{
	const struct spectral_rule *rules = spectral_rules(spectral, &check->rule_count);
	struct str *names = arena_alloc(arena, check->rule_count * sizeof *names);
	for (uint32_t i = 0; i < check->rule_count; i++)
		names[i] = rules[i].name;
	check->rules = names;
	check->spectral = spectral;
}

static bool compile_spectral(struct arena *arena, struct check *check, const char *path,
		const struct spectral_options *options, struct err *err)
{
	const struct spectral *spectral = spectral_load(arena, path, options, err);
	if (spectral) check_take_spectral(arena, check, spectral);
	return spectral != NULL;
}

static void run_spectral(const struct check *check, const struct check_context *context, struct facts *facts)
{
	spectral_check(check->spectral, context->refs, context->arena, facts);
}

static void close_scenario(void *doc)
{
	doc_close(doc);
}

static bool compile_arazzo(struct arena *arena, struct check *check, const char *path,
		const struct spectral_options *options, struct err *err)
{
	const struct scenario_options how = {.remote = check->remote, .lenient = check->lenient};
	(void)options;
	struct doc *doc = doc_open(path, err);
	if (!doc) return false;
	arena_on_free(arena, close_scenario, doc);
	struct scenario *scenario = scenario_load(arena, doc, &how, err);
	if (!scenario) return false;
	struct str *names = arena_alloc(arena, scenario->rule_count * sizeof *names);
	for (uint32_t i = 0; i < scenario->rule_count; i++)
		names[i] = scenario->rules[i].name;
	check->rules = names;
	check->rule_count = scenario->rule_count;
	check->scenario = scenario;
	return true;
}

/* Steps as they are played, of which session_expect() announced so many. */
struct steps_told {
	struct scenario_progress progress;
	const struct session *session;
	uint32_t done, expected;
};

static void tell_step(struct scenario_progress *progress, uint32_t done, uint32_t total, struct str step)
{
	struct steps_told *told = (struct steps_told *)progress;
	(void)step;
	session_tell(told->session, (int64_t)done - told->done, (int64_t)total - told->expected);
	told->done = done;
	told->expected = total;
}

static uint32_t left_behind(const struct scenario_run *run)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < run->step_count; i++) {
		const struct scenario_step *step = &run->steps[i];
		bool bad = step->state == SCENARIO_FAILED || step->state == SCENARIO_UNDECIDED;
		count += step->cleanup && bad && !step->replaced;
	}
	return count;
}

static void run_arazzo(const struct check *check, const struct check_context *context, struct facts *facts)
{
	struct session *session = context->session;
	struct steps_told told = {.progress = {tell_step}, .session = session, .expected = check->scenario->step_count};
	struct scenario_run_options options = {.inputs = context->inputs,
			.server = context->endpoint,
			.clients = context->clients,
			.client_count = context->client_count,
			.values = session ? &session->values : NULL,
			.counterpart = session ? session->counterpart : NULL,
			.owned = session ? session->owned : NULL,
			.progress = session && session->options->progress ? &told.progress : NULL,
			.stop = session && session->options->stop ? &session->options->stop->stopped : NULL};
	if (session) session_answer(session, check->counterpart);
	struct scenario_run *run = scenario_play(check->scenario, context->transport, &options, context->arena);
	if (session) session_answer(session, NULL);
	if (options.progress) session_tell(session, (int64_t)told.expected - told.done, 0);
	if (session && session_stopped(session->options)) session->left += left_behind(run);
	*facts = run->facts;
}

static const struct check_engine engines[] = {
		{.name = "spectral",
				.subjects = 1u << SUBJECT_OPENAPI | 1u << SUBJECT_EVIDENCE | 1u << SUBJECT_REQUESTS,
				.compile = compile_spectral,
				.run = run_spectral},
		{.name = "arazzo",
				.subjects = 1u << SUBJECT_ENDPOINT | 1u << SUBJECT_OPERATIONS,
				.compile = compile_arazzo,
				.run = run_arazzo},
		{.name = "contract",
				.subjects = 1u << SUBJECT_EVIDENCE | 1u << SUBJECT_REQUESTS,
				.built_in = true,
				.needs_description = true,
				.reads_exchanges = true,
				.rule_count = CONTRACT_RULES,
				.rules = openapi_rule_names,
				.compile = check_contract_compile,
				.run = check_contract_run},
		{.name = "json-schema",
				.subjects = 1u << SUBJECT_OPENAPI | 1u << SUBJECT_EVIDENCE,
				.compile = check_schema_compile,
				.run = check_schema_run},
		{.name = "contract-comparison",
				.by_contract = true,
				.subjects = 1u << SUBJECT_OPENAPI,
				.rule_count = CONTRACT_COMPARISONS,
				.rules = contract_rule_names,
				.compile = check_comparison_compile,
				.run = check_comparison_run},
		{.name = "wsdl",
				.by_contract = true,
				.subjects = 1u << SUBJECT_WSDL,
				.compile = check_wsdl_compile,
				.run = check_wsdl_run,
				.rules = wsdl_rule_names,
				.rule_count = WSDL_RULES},
		{.name = "schematron",
				.subjects = 1u << SUBJECT_XML | 1u << SUBJECT_WSDL | 1u << SUBJECT_ANSWERS | 1u << SUBJECT_PAIRS,
				.compile = check_schematron_compile,
				.run = check_schematron_run},
		{.name = "xsd",
				.subjects = 1u << SUBJECT_XML | 1u << SUBJECT_ANSWERS,
				.rule_count = 1,
				.rules = xsd_rules,
				.compile = check_xsd_compile,
				.run = check_xsd_run},
		{.name = "xml-signature",
				.subjects = 1u << SUBJECT_XML,
				.built_in = true,
				.compile = check_signature_compile,
				.run = check_signature_run},
		{.name = NULL},
};

bool check_is_by_contract(const struct check *check)
{
	return check->engine->by_contract || (check->artefact && check->engine->built_in);
}

const struct check_engine *check_engine_find(struct str name)
{
	for (const struct check_engine *engine = engines; engine->name; engine++)
		if (str_eq(name, str_of(engine->name))) return engine;
	return NULL;
}

static struct str list_add(struct arena *arena, struct str list, const char *name)
{
	return str_printf(arena, "%.*s%s%s", STR_FMT(list), list.len ? ", " : "", name);
}

struct str check_engine_names(struct arena *arena)
{
	struct str list = {"", 0};
	for (const struct check_engine *engine = engines; engine->name; engine++)
		list = list_add(arena, list, engine->name);
	return list;
}

struct str check_subject_list(struct arena *arena, const struct check_engine *engine)
{
	struct str list = {"", 0};
	for (int i = 0; i < SUBJECT_COUNT; i++)
		if (engine->subjects & 1u << i) list = list_add(arena, list, subject_names[i]);
	return list;
}
