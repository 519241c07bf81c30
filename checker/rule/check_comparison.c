/* SPDX-License-Identifier: EUPL-1.2 */
/* The engine "contract-comparison": the description of a service beside the official contract. */
#include "engine/contract.h"
#include "rule/check_private.h"
#include "rule/interpretation.h"

bool check_comparison_compile(struct arena *arena, struct check *check, const char *path,
		const struct spectral_options *options, struct err *err)
{
	(void)options;
	struct text why;
	const struct openapi *contract = check_contract_open(arena, check, path, err);
	if (!contract) return false;
	const struct doc *doc = contract->refs->main;
	if (!contract_takes(contract, &why))
		return err_set_text(err, ERR_RULES, source_loc(doc->source, doc->root->start), TEXT("", ""), why);
	check->rules = contract_rule_names;
	check->rule_count = CONTRACT_COMPARISONS;
	check->contract = contract;
	return true;
}

static void refuse(struct arena *arena, struct text why, struct facts *facts)
{
	facts->items = arena_alloc(arena, CONTRACT_COMPARISONS * sizeof *facts->items);
	for (int i = 0; i < CONTRACT_COMPARISONS; i++)
		facts->items[i] = (struct fact){.applies = true, .undecided = true, .why = why};
}

void check_comparison_run(const struct check *check, const struct check_context *context, struct facts *facts)
{
	struct err err;
	err_init(&err, context->arena);
	const struct openapi *vendor = context->openapi;
	if (!vendor || vendor->refs != context->refs) vendor = openapi_new(context->arena, context->refs, &err);
	if (!vendor) {
		refuse(context->arena, err.message, facts);
		return;
	}
	contract_compare(context->arena, check->contract, vendor, facts);
	interpretations_apply(context->arena, check->accepts, facts);
}
