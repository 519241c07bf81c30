/* SPDX-License-Identifier: EUPL-1.2 */
/* What interpretations make of differences from the official contract. */
#include "rule/interpretation.h"

#include "doc/pointer.h"

#include <fnmatch.h>

#include "engine/contract.h"
#include "engine/openapi_check.h"

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

/* The topic of the comparison that speaks of the same: what a description may say, an answer may be. */
static bool is_topic_of(struct str topic, uint32_t rule)
{
	bool header = rule == CONTRACT_HEADER;
	bool answer = rule == CONTRACT_STATUS || rule == CONTRACT_BODY || rule == CONTRACT_ERROR;
	return (header && str_eq(topic, STR("headers"))) || (answer && str_eq(topic, STR("responses")));
}

/* `vendor` is a place in a description; of an answer only its status has one. */
static bool fits_exchange(struct arena *arena, const struct acceptance *accept, const struct result *result)
{
	bool named = str_eq(accept->rule, openapi_rule_names[result->rule]);
	if (!named && !is_topic_of(accept->rule, result->rule)) return false;
	if (accept->found.len && !str_eq(accept->found, result->found)) return false;
	if (!fits(accept->at, result->pointer)) return false;
	if (!accept->vendor.len) return named || result->rule != CONTRACT_STATUS;
	struct str place = str_printf(arena, "%.*s/responses/%.*s", STR_FMT(result->pointer), STR_FMT(result->found));
	return result->rule == CONTRACT_STATUS && fits(accept->vendor, place);
}

void interpretations_apply_exchanges(struct arena *arena, const struct acceptances *accepts, struct facts *facts)
{
	uint32_t kept = 0;
	for (uint32_t i = 0; i < facts->result_count; i++) {
		const struct result *result = &facts->results[i];
		bool accepted = false;
		for (uint32_t j = 0; accepts && j < accepts->count && !accepted && !facts->items[result->rule].cut; j++)
			accepted = fits_exchange(arena, &accepts->items[j], result);
		if (accepted)
			facts->items[result->rule].violations--;
		else
			facts->results[kept++] = *result;
	}
	facts->result_count = kept;
}

void interpretations_mend(const struct acceptances *accepts, struct doc *doc)
{
	for (uint32_t i = 0; accepts && i < accepts->unreadable_count; i++) {
		/* The tree is ours until somebody else has seen it. */
		struct node *node = (struct node *)pointer_get(doc->root, accepts->unreadable[i]);
		if (!node || node->kind != NODE_OBJECT) continue;
		struct str key = STR(CONTRACT_UNREADABLE);
		struct node mark = {.kind = NODE_TRUE,
				.text = "",
				.start = node->start,
				.end = node->start,
				.key = key.ptr,
				.key_len = (uint32_t)key.len,
				.key_hash = node_hash(key)};
		node_adopt(node, doc->arena, &mark, 1, NULL, NULL);
	}
}
