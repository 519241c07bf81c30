/* SPDX-License-Identifier: EUPL-1.2 */
/* Judging references that lead nowhere. */
#include "rule/reference.h"

bool reference_is_fault(enum ref_problem_kind kind)
{
	return kind == REF_DANGLING || kind == REF_MALFORMED || kind == REF_RING;
}

uint32_t reference_faults(const struct refs *refs)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < refs->problem_count; i++)
		count += reference_is_fault(refs->problems[i].kind);
	return count;
}

const struct requirement *reference_judge(const struct ruleset *ruleset)
{
	for (uint32_t i = 0; i < ruleset->requirement_count; i++)
		if (ruleset->requirements[i].resolves) return &ruleset->requirements[i];
	return NULL;
}

struct text reference_gap(struct arena *arena, const struct refs *refs, const struct ruleset *ruleset)
{
	const struct requirement *judge = reference_judge(ruleset);
	if (refs->problem_count == 0) return TEXT("", "");
	if (!judge || reference_faults(refs) < refs->problem_count)
		return TEXT("nothing wrong was seen, but some references could not be followed (see pre-flight)",
				"er is niets mis gezien, maar sommige verwijzingen konden niet gevolgd worden (zie de controle vooraf)");
	return text_printf(arena, "nothing wrong was seen, but some references lead nowhere (see %.*s)",
			"er is niets mis gezien, maar sommige verwijzingen leiden nergens heen (zie %.*s)", STR_FMT(judge->id));
}
