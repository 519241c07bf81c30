/* SPDX-License-Identifier: EUPL-1.2 */
/* Rule sets of one OpenAPI document, the contract that others are compared with. */
#include "rule/ruleset_made.h"

#include "engine/contract.h"
#include "rule/ruleset_private.h"

static struct text title_of(enum contract_topic topic)
{
	const struct text titles[TOPIC_OPTIONAL] = {
			TEXT("Every operation of the contract is there", "Elke operatie van het contract is er"),
			TEXT("Parameters accept what the contract allows", "Parameters accepteren wat het contract toestaat"),
			TEXT("Bodies of requests accept what the contract allows",
					"Bodies van verzoeken accepteren wat het contract toestaat"),
			TEXT("Responses are no more than the contract allows, with all that it requires",
					"Antwoorden zijn niet meer dan het contract toestaat, met alles wat het verplicht"),
			TEXT("Response headers are as the contract has them", "Headers van antwoorden zijn zoals in het contract"),
			TEXT("No more rights are asked for than by the contract",
					"Er worden niet meer rechten gevraagd dan in het contract"),
	};
	return titles[topic];
}

/* References that lead nowhere are the comparison's own business: it says of what they hide that it is undecided. */
static void add(struct ruleset *ruleset, struct str id, enum obligation obligation, struct text title,
		struct rule_use *uses, uint32_t count)
{
	ruleset->requirements[ruleset->requirement_count++] = (struct requirement){.id = id,
			.obligation = obligation,
			.kind = KIND_TECHNICAL,
			.mode = MODE_AUTOMATIC,
			.remarks = obligation == OBLIGATION_MAY,
			.title = title,
			.uses = uses,
			.use_count = count};
}

/* The rules of one grade, of `count` topics from `first` on. */
static struct rule_use *uses_of(struct arena *arena, enum contract_grade grade, int first, int count)
{
	struct rule_use *uses = arena_alloc(arena, (size_t)count * sizeof *uses);
	for (int i = 0; i < count; i++) {
		uint32_t rule = contract_rule((enum contract_topic)(first + i), grade);
		uses[i] = (struct rule_use){
				.rule = rule, .named = str_printf(arena, "contract#%.*s", STR_FMT(contract_rule_names[rule]))};
	}
	return uses;
}

static void add_requirements(struct ruleset *ruleset)
{
	struct arena *arena = ruleset->arena;
	ruleset->requirements = arena_alloc(arena, (CONTRACT_TOPICS + 2) * sizeof *ruleset->requirements);
	for (int topic = 0; topic < TOPIC_OPTIONAL; topic++)
		add(ruleset, contract_rule_names[contract_rule((enum contract_topic)topic, CONTRACT_BREAKING)], OBLIGATION_MUST,
				title_of((enum contract_topic)topic), uses_of(arena, CONTRACT_BREAKING, topic, 1), 1);
	add(ruleset, STR("optional"), OBLIGATION_MAY,
			TEXT("Optional parts of the contract that are not there",
					"Optionele delen van het contract die er niet zijn"),
			uses_of(arena, CONTRACT_TOLERATED, TOPIC_OPTIONAL, 1), 1);
	add(ruleset, STR("tolerated"), OBLIGATION_MAY,
			TEXT("Differences that break no client", "Verschillen waar geen client op stukloopt"),
			uses_of(arena, CONTRACT_TOLERATED, 0, TOPIC_OPTIONAL), TOPIC_OPTIONAL);
	add(ruleset, STR("extensions"), OBLIGATION_MAY,
			TEXT("What the contract does not have", "Wat het contract niet heeft"),
			uses_of(arena, CONTRACT_EXTENSION, 0, TOPIC_OPTIONAL), TOPIC_OPTIONAL);
}

struct ruleset *ruleset_of_contract(struct arena *arena, const char *path, struct err *err)
{
	struct check *check = arena_zalloc(arena, sizeof *check);
	*check = (struct check){.name = STR("contract"),
			.engine = check_engine_find(STR("contract-comparison")),
			.file = str_copy(arena, str_of(path)),
			.subject = SUBJECT_OPENAPI};
	if (!check->engine->compile(arena, check, path, NULL, err)) return NULL;
	struct ruleset *ruleset = ruleset_of_check(arena, check);
	add_requirements(ruleset);
	rulefiles_of_docs(ruleset, check->contract->refs->docs, check->contract->refs->doc_count);
	return ruleset;
}
