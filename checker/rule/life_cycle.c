/* SPDX-License-Identifier: EUPL-1.2 */
/* Remarks on the life cycle of standards. */
#include "rule/life_cycle.h"

#include "rule/preflight.h"

/* "; nlgov-adr@2.1 takes its place", or nothing. */
static struct text successor_of(struct arena *arena, const struct ruleset *ruleset)
{
	if (!ruleset->replaced_by.len) return TEXT("", "");
	return text_printf(
			arena, "; %.*s takes its place", "; %.*s komt ervoor in de plaats", STR_FMT(ruleset->replaced_by));
}

static struct text name_and(struct arena *arena, const struct ruleset *ruleset, struct text what)
{
	struct text more = successor_of(arena, ruleset);
	struct text told = {{{NULL, 0}, {NULL, 0}}};
	for (int lang = 0; lang < LANG_COUNT; lang++)
		told.in[lang] = str_printf(arena, "%.*s %.*s %.*s%.*s", STR_FMT(ruleset->id), STR_FMT(ruleset->version),
				STR_FMT(what.in[lang]), STR_FMT(more.in[lang]));
	return told;
}

/* What is to be told; empty: it is in force. */
static struct text find_remark(
		struct arena *arena, const struct ruleset *ruleset, struct str today, enum preflight_level *level)
{
	bool ended = today.len && ruleset->until.len && str_compare(ruleset->until, today) < 0;
	bool later = today.len && ruleset->from.len && str_compare(ruleset->from, today) > 0;
	*level = ended || ruleset->status == STATUS_DEPRECATED ? LEVEL_PROBLEM : LEVEL_NOTE;
	if (ended) return text_printf(arena, "ended on %.*s", "is geëindigd op %.*s", STR_FMT(ruleset->until));
	if (ruleset->status == STATUS_DEPRECATED)
		return TEXT("is deprecated: no service should be built on it any more",
				"is verouderd: bouw er geen diensten meer op");
	if (ruleset->status == STATUS_DRAFT)
		return TEXT("is a draft: it may still change, and has no force yet",
				"is een concept: het kan nog veranderen, en het geldt nog niet");
	if (later) return text_printf(arena, "is in force only from %.*s", "geldt pas vanaf %.*s", STR_FMT(ruleset->from));
	if (ruleset->status == STATUS_WARN && ruleset->until.len)
		return text_printf(arena, "is being phased out, and ends on %.*s", "loopt af, en eindigt op %.*s",
				STR_FMT(ruleset->until));
	if (ruleset->status == STATUS_WARN) return TEXT("is being phased out", "loopt af");
	return TEXT("", "");
}

void life_cycle_tell(struct target_result *target, const struct ruleset *ruleset, struct str today)
{
	struct arena *arena = target->arena;
	struct preflight preflight = {.kind = PREFLIGHT_LIFE_CYCLE, .loc = {.file = target->path}};
	if (ruleset->ad_hoc) return;
	struct text remark = find_remark(arena, ruleset, today, &preflight.level);
	if (!remark.in[LANG_EN].len) return;
	preflight.message = name_and(arena, ruleset, remark);
	for (uint32_t i = 0; i < target->preflight_count; i++)
		if (target->preflight[i].kind == PREFLIGHT_LIFE_CYCLE &&
				str_eq(target->preflight[i].message.in[LANG_EN], preflight.message.in[LANG_EN]))
			return;
	preflight_add(target, &preflight);
}
