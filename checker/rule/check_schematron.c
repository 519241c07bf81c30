/* SPDX-License-Identifier: EUPL-1.2 */
/* Checks in Schematron: each assertion is a rule. */
#include "rule/check_private.h"

#include "engine/schematron.h"
#include "rule/check_list.h"

void check_take_schematron(struct arena *arena, struct check *check, const struct schematron *schema)
{
	const struct schematron_head *head = schematron_head(schema);
	struct str *names = arena_alloc(arena, head->rule_count * sizeof *names);
	for (uint32_t i = 0; i < head->rule_count; i++)
		names[i] = head->rules[i].name;
	check->rules = names;
	check->rule_count = head->rule_count;
	check->schematron = schema;
}

bool check_schematron_compile(struct arena *arena, struct check *check, const char *path,
		const struct spectral_options *options, struct err *err)
{
	(void)options;
	const struct schematron *schema = schematron_load(arena, path, STR(""), err);
	if (schema) check_take_schematron(arena, check, schema);
	return schema != NULL && check_lists_fit(check, err);
}

void check_schematron_run(const struct check *check, const struct check_context *context, struct facts *facts)
{
	struct schematron_given given = {.list_count = check_lists_count(check), .today = context->today};
	struct check_lists_set *set = given.list_count ? check_lists_take(check, &given.lists) : NULL;
	if (!set) given.list_count = 0;
	schematron_check(check->schematron, context->xml, &given, context->arena, facts,
			context->trace ? context->detail : SCHEMATRON_FACTS, context->keep, context->trace);
	if (set) check_lists_return(check, set);
}
