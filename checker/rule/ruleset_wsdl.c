/* SPDX-License-Identifier: EUPL-1.2 */
/* An official WSDL as a rule set: a requirement for each rule of the comparison. */
#include "rule/ruleset_made.h"

#include "engine/wsdl_compare.h"
#include "rule/ruleset_private.h"

static void add_requirements(struct ruleset *ruleset)
{
	ruleset->requirements = arena_zalloc(ruleset->arena, WSDL_RULES * sizeof *ruleset->requirements);
	ruleset->requirement_count = WSDL_RULES;
	for (uint32_t i = 0; i < WSDL_RULES; i++) {
		struct requirement *requirement = &ruleset->requirements[i];
		struct rule_use *use = arena_zalloc(ruleset->arena, sizeof *use);
		*use = (struct rule_use){
				.rule = i, .named = str_printf(ruleset->arena, "contract#%.*s", STR_FMT(wsdl_rule_names[i]))};
		*requirement = (struct requirement){.id = wsdl_rule_names[i],
				.obligation = ruleset_obligation(wsdl_rule_severity((enum wsdl_rule)i)),
				.kind = KIND_TECHNICAL,
				.mode = MODE_AUTOMATIC,
				.title = wsdl_rule_titles[i],
				.uses = use,
				.use_count = 1};
	}
}

struct ruleset *ruleset_of_wsdl(struct arena *arena, const char *path, struct err *err)
{
	struct check *check = arena_zalloc(arena, sizeof *check);
	*check = (struct check){.name = STR("contract"),
			.engine = check_engine_find(STR("wsdl")),
			.file = str_copy(arena, str_of(path)),
			.subject = SUBJECT_WSDL};
	if (!check->engine->compile(arena, check, path, NULL, err)) return NULL;
	struct ruleset *ruleset = ruleset_of_check(arena, check);
	add_requirements(ruleset);
	rulefiles_of_docs(ruleset, check->wsdl->docs, check->wsdl->doc_count);
	return ruleset;
}

struct ruleset *ruleset_of_official(struct arena *arena, const char *path, struct err *err)
{
	struct doc *doc = doc_open_any(path, err);
	if (!doc) return NULL;
	bool xml = doc->format == DOC_XML;
	doc_close(doc);
	return xml ? ruleset_of_wsdl(arena, path, err) : ruleset_of_contract(arena, path, err);
}
