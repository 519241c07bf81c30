/* SPDX-License-Identifier: EUPL-1.2 */
/* Rule sets of one Arazzo document, as published. */
#include "rule/ruleset_made.h"

#include "doc/uri_path.h"
#include "engine/openapi_check.h"
#include "rule/ruleset_private.h"
#include "rule/session.h"

/* What a rule says of itself; without that, its name. */
static struct requirement requirement_of(struct ruleset *ruleset, const struct scenario_rule *rule, uint32_t index)
{
	struct rule_use *use = arena_alloc(ruleset->arena, sizeof *use);
	*use = (struct rule_use){.rule = index, .named = str_printf(ruleset->arena, "scenario#%.*s", STR_FMT(rule->name))};
	return (struct requirement){.id = rule->name,
			.obligation = OBLIGATION_MUST,
			.kind = KIND_TECHNICAL,
			.mode = MODE_AUTOMATIC,
			.title = {{rule->name, rule->name}},
			.uses = use,
			.use_count = 1};
}

/* What passive checks ask; those on requests are ours to keep to. */
static struct text passive_title(uint32_t rule)
{
	const struct text titles[CONTRACT_REQUEST] = {
			TEXT("every request that succeeds is of an operation that is described",
					"elk verzoek dat slaagt hoort bij een operatie die beschreven is"),
			TEXT("every status is described for its operation", "elke status is bij zijn operatie beschreven"),
			TEXT("every media type is described for its response", "elk mediatype is bij zijn antwoord beschreven"),
			TEXT("response headers are there and valid as described",
					"headers van antwoorden zijn er, en geldig zoals beschreven"),
			TEXT("every response body is valid against its schema",
					"de inhoud van elk antwoord is geldig volgens zijn schema"),
	};
	return titles[rule];
}

static struct requirement passive_requirement(struct ruleset *ruleset, uint32_t rule)
{
	struct rule_use *use = arena_alloc(ruleset->arena, sizeof *use);
	struct str id = openapi_rule_names[rule];
	*use = (struct rule_use){
			.check = 1, .rule = rule, .named = str_printf(ruleset->arena, "contract#%.*s", STR_FMT(id))};
	return (struct requirement){.id = id,
			.obligation = OBLIGATION_MUST,
			.kind = KIND_TECHNICAL,
			.mode = MODE_AUTOMATIC,
			.title = passive_title(rule),
			.uses = use,
			.use_count = 1};
}

/* The name of a passive requirement stands for one thing in a report. */
static bool is_free(const struct scenario *scenario, uint32_t rule, struct err *err)
{
	uint32_t same = scenario_rule_find(scenario, openapi_rule_names[rule]);
	if (same == UINT32_MAX) return true;
	const struct scenario_rule *taken = &scenario->rules[same];
	return err_set(err, ERR_RULES, source_loc(taken->doc->source, taken->start),
			"\"%.*s\" is the name of a passive check; name this rule otherwise",
			"\"%.*s\" is de naam van een passieve controle; noem deze regel anders", STR_FMT(openapi_rule_names[rule]));
}

static bool add_requirements(
		struct ruleset *ruleset, const struct scenario *scenario, uint32_t passive, struct err *err)
{
	size_t room = (size_t)scenario->rule_count + CONTRACT_RULES;
	ruleset->requirements = arena_alloc(ruleset->arena, room * sizeof *ruleset->requirements);
	for (uint32_t i = 0; i < scenario->rule_count; i++)
		ruleset->requirements[ruleset->requirement_count++] = requirement_of(ruleset, &scenario->rules[i], i);
	for (uint32_t i = 0; i < CONTRACT_REQUEST; i++) {
		if (!(passive & 1u << i)) continue;
		if (!is_free(scenario, i, err)) return false;
		ruleset->requirements[ruleset->requirement_count++] = passive_requirement(ruleset, i);
	}
	return true;
}

struct ruleset *ruleset_of_scenario(
		struct arena *arena, const char *path, bool passive, struct session *session, struct err *err)
{
	struct check *checks = arena_zalloc(arena, 2 * sizeof *checks);
	checks[0] = (struct check){.name = STR("scenario"),
			.engine = check_engine_find(STR("arazzo")),
			.file = str_copy(arena, str_of(path)),
			.subject = SUBJECT_ENDPOINT,
			.remote = session ? session_loader(session, arena) : NULL,
			.lenient = true};
	if (!checks[0].engine->compile(arena, &checks[0], path, NULL, err)) return NULL;
	const struct scenario *scenario = checks[0].scenario;
	uint32_t asked = passive ? (1u << CONTRACT_REQUEST) - 1 : scenario->passive;
	checks[1] = (struct check){.name = STR("contract"),
			.engine = check_engine_find(STR("contract")),
			.file = checks[0].file,
			.subject = SUBJECT_EVIDENCE,
			.scenario = scenario};
	if (!checks[1].engine->compile(arena, &checks[1], path, NULL, err)) return NULL;
	struct ruleset *ruleset = arena_zalloc(arena, sizeof *ruleset);
	*ruleset = (struct ruleset){.arena = arena,
			.id = path_base(checks[0].file),
			.dir = STR("."),
			.path = checks[0].file,
			.title = {{scenario->title, scenario->title}},
			.status = STATUS_EFFECTIVE,
			.checks = checks,
			.check_count = asked ? 2 : 1,
			.fetched = session ? session->evidence : NULL,
			.ad_hoc = true};
	if (!add_requirements(ruleset, scenario, asked, err)) return NULL;
	rulefiles_of_docs(ruleset, scenario->docs, scenario->doc_count);
	return ruleset;
}
