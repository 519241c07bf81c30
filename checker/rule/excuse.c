/* SPDX-License-Identifier: EUPL-1.2 */
/* Which waivers excuse what. */
#include "rule/excuse.h"

#include "rule/preflight.h"

/* "nlgov-adr/core/uri-version" is requirement core/uri-version of nlgov-adr. */
static bool is_about(const struct waiver *waiver, const struct ruleset *ruleset, const struct requirement *requirement)
{
	struct str rest = waiver->requirement;
	if (!str_starts(rest, ruleset->id)) return false;
	rest = str_skip(rest, ruleset->id.len);
	return rest.len && rest.ptr[0] == '/' && str_eq(str_skip(rest, 1), requirement->id);
}

static bool is_in_force(const struct waiver *waiver, struct str today)
{
	return str_compare(waiver->until, today) >= 0;
}

/* What was found beyond the ceiling, or could not be looked at, has no place: only a waiver for every place excuses it.
 */
static bool excuses_all(const struct waiver *waiver, const struct requirement_result *result)
{
	if (!waiver->at.len) return true;
	for (uint32_t i = 0; i < result->finding_count; i++)
		if (!waiver_covers(waiver->at, result->findings[i].loc.pointer)) return false;
	return !result->cut && !result->unfinished && result->finding_count > 0;
}

static bool covers_one(const struct waiver *waiver, const struct finding *finding)
{
	return !waiver->at.len || waiver_covers(waiver->at, finding->loc.pointer);
}

/* Is anything that was found within its place? What was cut off might be. */
static bool covers_any(const struct waiver *waiver, const struct requirement_result *result)
{
	for (uint32_t i = 0; i < result->finding_count; i++)
		if (covers_one(waiver, &result->findings[i])) return true;
	return !waiver->at.len || result->cut;
}

/* Several waivers may each excuse a part of what was found. */
static bool excused_together(const struct service *service, const struct ruleset *ruleset,
		const struct requirement_result *result, struct str today)
{
	if (result->cut || result->unfinished || !result->finding_count) return false;
	for (uint32_t i = 0; i < result->finding_count; i++) {
		bool covered = false;
		for (uint32_t j = 0; j < service->waiver_count && !covered; j++) {
			const struct waiver *waiver = &service->waivers[j];
			covered = is_about(waiver, ruleset, result->requirement) && is_in_force(waiver, today) &&
					  covers_one(waiver, &result->findings[i]);
		}
		if (!covered) return false;
	}
	return true;
}

static struct excuse copy_waiver(struct arena *arena, const struct waiver *waiver)
{
	return (struct excuse){.at = waiver->at.len ? str_copy(arena, waiver->at) : (struct str){0},
			.reason = str_copy(arena, waiver->reason),
			.approved_by = str_copy(arena, waiver->approved_by),
			.until = str_copy(arena, waiver->until)};
}

static void excuse_requirement(struct target_result *target, const struct ruleset *ruleset,
		const struct service *service, struct requirement_result *result, struct str today)
{
	bool all = excused_together(service, ruleset, result, today);
	result->excuses = arena_alloc(target->arena, service->waiver_count * sizeof *result->excuses);
	for (uint32_t i = 0; i < service->waiver_count; i++) {
		const struct waiver *waiver = &service->waivers[i];
		if (!is_about(waiver, ruleset, result->requirement) || !is_in_force(waiver, today)) continue;
		if (!covers_any(waiver, result)) continue;
		all = all || excuses_all(waiver, result);
		result->excuses[result->excuse_count++] = copy_waiver(target->arena, waiver);
	}
	if (all) result->verdict.disposition = DISPOSITION_WAIVED;
}

void excuse_standard(
		struct target_result *target, struct standard_result *standard, const struct service *service, struct str today)
{
	for (uint32_t i = 0; i < standard->requirement_count && service->waiver_count; i++) {
		struct requirement_result *result = &standard->requirements[i];
		if (result->verdict.outcome == OUTCOME_FAIL)
			excuse_requirement(target, standard->ruleset, service, result, today);
	}
}

static bool is_known(const struct target_result *target, const struct waiver *waiver)
{
	for (uint32_t i = 0; i < target->standard_count; i++) {
		const struct ruleset *ruleset = target->standards[i].ruleset;
		for (uint32_t j = 0; ruleset && j < ruleset->requirement_count; j++)
			if (is_about(waiver, ruleset, &ruleset->requirements[j])) return true;
	}
	return false;
}

/* Takes "zgw-zaken/" or "zgw-zaken@1.5/" off a name, as `keur explain` writes them. */
static struct str without_ruleset(struct str name, const struct ruleset *ruleset)
{
	size_t slash = str_find(name, '/');
	struct str first = {name.ptr, slash};
	first.len = str_find(first, '@');
	return slash < name.len && str_eq(first, ruleset->id) ? str_skip(name, slash + 1) : name;
}

/* The name that the waiver should have: "zgw-zaken/zaak/betaling" where it says zgw-zaken@1.5/zaak/betaling,
 * zaak/betaling, or what the standard itself calls it. Empty: nothing is like it. It is told, not guessed: a waiver
 * excuses what it names. */
static struct str name_meant(const struct target_result *target, const struct waiver *waiver)
{
	for (uint32_t i = 0; i < target->standard_count; i++) {
		const struct ruleset *ruleset = target->standards[i].ruleset;
		for (uint32_t j = 0; ruleset && j < ruleset->requirement_count; j++) {
			const struct requirement *requirement = &ruleset->requirements[j];
			struct str name = without_ruleset(waiver->requirement, ruleset);
			if (name.len && (str_eq(name, requirement->id) || str_eq(name, requirement->alias)))
				return str_printf(target->arena, "%.*s/%.*s", STR_FMT(ruleset->id), STR_FMT(requirement->id));
		}
	}
	return (struct str){0};
}

static struct text unknown_requirement(const struct target_result *target, const struct waiver *waiver)
{
	struct str meant = name_meant(target, waiver);
	if (meant.len)
		return text_printf(target->arena,
				"this waiver excuses nothing: no standard that was judged has a requirement %.*s; in a waiver its name is %.*s",
				"deze ontheffing verontschuldigt niets: geen getoetste standaard heeft een eis %.*s; in een ontheffing heet "
				"die %.*s",
				STR_FMT(waiver->requirement), STR_FMT(meant));
	return text_printf(target->arena, "this waiver excuses nothing: no standard that was judged has a requirement %.*s",
			"deze ontheffing verontschuldigt niets: geen getoetste standaard heeft een eis %.*s",
			STR_FMT(waiver->requirement));
}

enum use { USE_NONE, USE_ELSEWHERE, USE_SOME };

/* What there is to excuse: nothing that failed, only what lies elsewhere than where the waiver holds, or something. */
static enum use use_of(const struct target_result *target, const struct waiver *waiver)
{
	enum use use = USE_NONE;
	for (uint32_t i = 0; i < target->standard_count; i++) {
		const struct standard_result *standard = &target->standards[i];
		for (uint32_t j = 0; j < standard->requirement_count; j++) {
			const struct requirement_result *result = &standard->requirements[j];
			if (result->verdict.outcome != OUTCOME_FAIL || !is_about(waiver, standard->ruleset, result->requirement))
				continue;
			if (covers_any(waiver, result)) return USE_SOME;
			use = USE_ELSEWHERE;
		}
	}
	return use;
}

static void remark(struct target_result *target, const struct waiver *waiver, struct text message)
{
	struct preflight preflight = {
			.kind = PREFLIGHT_WAIVER, .level = LEVEL_NOTE, .loc = waiver->loc, .message = message};
	preflight.loc.file = str_copy(target->arena, waiver->loc.file);
	preflight.loc.pointer = (struct str){0};
	preflight_add(target, &preflight);
}

/* The requirement may have passed, or not have been decided: all that is said is that it does not fail. */
static void remark_use(struct target_result *target, const struct waiver *waiver)
{
	enum use use = use_of(target, waiver);
	if (use == USE_NONE)
		remark(target, waiver,
				text_printf(target->arena, "this waiver of %.*s excuses nothing: that requirement does not fail",
						"deze ontheffing van %.*s verontschuldigt niets: die eis faalt niet",
						STR_FMT(waiver->requirement)));
	else if (use == USE_ELSEWHERE)
		remark(target, waiver,
				text_printf(target->arena,
						"this waiver of %.*s excuses nothing: what was found does not lie at or below %.*s",
						"deze ontheffing van %.*s verontschuldigt niets: wat gevonden is, ligt niet op of onder %.*s",
						STR_FMT(waiver->requirement), STR_FMT(waiver->at)));
}

void excuse_remarks(struct target_result *target, const struct service *service, struct str today)
{
	for (uint32_t i = 0; i < service->waiver_count; i++) {
		const struct waiver *waiver = &service->waivers[i];
		if (!is_known(target, waiver))
			remark(target, waiver, unknown_requirement(target, waiver));
		else if (!is_in_force(waiver, today))
			remark(target, waiver,
					text_printf(target->arena, "this waiver of %.*s excuses nothing: it ended on %.*s",
							"deze ontheffing van %.*s verontschuldigt niets: zij liep af op %.*s",
							STR_FMT(waiver->requirement), STR_FMT(waiver->until)));
		else
			remark_use(target, waiver);
	}
}
