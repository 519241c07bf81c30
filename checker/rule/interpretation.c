/* What interpretations make of differences from the official contract. */
#include "rule/interpretation.h"

#include <fnmatch.h>

#include "engine/contract.h"

static bool fits(struct str pattern, struct str pointer)
{
	return fnmatch(pattern.ptr, pointer.ptr, FNM_NOESCAPE) == 0;
}

static const struct acceptance *find_acceptance(const struct acceptances *accepts, const struct result *result)
{
	for (uint32_t i = 0; i < accepts->count; i++) {
		const struct acceptance *accept = &accepts->items[i];
		if (str_eq(accept->rule, contract_rule_names[result->rule]) &&
				(!accept->found.len || str_eq(accept->found, result->found)) &&
				fits(accept->at, result->basis_pointer) &&
				(!accept->vendor.len || fits(accept->vendor, result->pointer)))
			return accept;
	}
	return NULL;
}

static struct text as_accepted(struct arena *arena, struct text message, struct str id)
{
	return (struct text){{[LANG_EN] = str_printf(arena, "%.*s (accepted by interpretation %.*s)",
								  STR_FMT(message.in[LANG_EN]), STR_FMT(id)),
			[LANG_NL] = str_printf(
					arena, "%.*s (aanvaard volgens interpretatie %.*s)", STR_FMT(message.in[LANG_NL]), STR_FMT(id))}};
}

void interpretations_apply(struct arena *arena, const struct acceptances *accepts, struct facts *facts)
{
	for (uint32_t i = 0; accepts && i < facts->result_count; i++) {
		struct result *result = &facts->results[i];
		if (facts->items[result->rule].cut || !result->basis) continue;
		const struct acceptance *accept = find_acceptance(accepts, result);
		if (!accept) continue;
		facts->items[result->rule].violations--;
		result->rule += CONTRACT_TOLERATED - CONTRACT_BREAKING;
		struct fact *tolerated = &facts->items[result->rule];
		tolerated->applies = true;
		tolerated->violations++;
		result->message = as_accepted(arena, result->message, accept->interpretation);
	}
}
