/* SPDX-License-Identifier: EUPL-1.2 */
/* Counting the clauses of a conformance class, in JSON and in text. */
#include "report/class.h"

#include "doc/strmap.h"

const struct text part_words[PART_COUNT] = {
		[PART_DESCRIPTOR] = {{STR("description"), STR("beschrijving")}},
		[PART_WIRE] = {{STR("messages"), STR("berichten")}},
		[PART_BEHAVIOUR] = {{STR("behaviour"), STR("gedrag")}},
};

bool class_is_named(const struct ruleset *ruleset)
{
	return ruleset->class_title.in[LANG_EN].len > 0;
}

/* Why it was neither met nor not: a requirement that is not applicable was looked at, and needs no reason here. */
static bool is_open(enum outcome outcome)
{
	return outcome == OUTCOME_NOT_TESTED || outcome == OUTCOME_INCONCLUSIVE || outcome == OUTCOME_ERROR;
}

static void count_reason(struct class_part *part, struct strmap *known, const struct requirement_result *result)
{
	uint32_t *number = strmap_get(known, result->reason.in[LANG_EN]);
	if (number) {
		part->reasons[*number].count++;
		return;
	}
	strmap_put(known, result->reason.in[LANG_EN], part->reason_count);
	part->reasons[part->reason_count++] = (struct class_reason){result->reason, 1};
}

static void count_part(
		const struct standard_result *standard, enum part which, struct arena *arena, struct class_part *part)
{
	struct strmap known = {0};
	*part = (struct class_part){
			.reasons = arena_alloc(arena, (standard->requirement_count + 1) * sizeof *part->reasons)};
	for (uint32_t i = 0; i < standard->requirement_count; i++) {
		const struct requirement_result *result = &standard->requirements[i];
		if (result->requirement->part != which) continue;
		part->total++;
		part->of[result->verdict.outcome]++;
		if (is_open(result->verdict.outcome)) count_reason(part, &known, result);
	}
	strmap_release(&known);
}

void class_count(const struct standard_result *standard, struct arena *arena, struct class_part parts[PART_COUNT])
{
	for (int i = 0; i < PART_COUNT; i++)
		count_part(standard, (enum part)i, arena, &parts[i]);
}

static void write_part(struct canonical *out, enum part which, const struct class_part *part)
{
	canonical_object(out, NULL);
	canonical_number(out, "failed", part->of[OUTCOME_FAIL]);
	canonical_number(out, "notApplicable", part->of[OUTCOME_NOT_APPLICABLE]);
	canonical_number(out, "notTested", part->of[OUTCOME_NOT_TESTED]);
	canonical_str(out, "part", str_of(part_names[which]));
	canonical_number(out, "passed", part->of[OUTCOME_PASS]);
	canonical_array(out, "reasons");
	for (uint32_t i = 0; i < part->reason_count; i++) {
		canonical_object(out, NULL);
		canonical_number(out, "count", part->reasons[i].count);
		canonical_text(out, "reason", part->reasons[i].text);
		canonical_end_object(out);
	}
	canonical_end_array(out);
	canonical_number(out, "total", part->total);
	canonical_number(out, "undecided", part->of[OUTCOME_INCONCLUSIVE] + part->of[OUTCOME_ERROR]);
	canonical_end_object(out);
}

void class_json(struct canonical *out, const struct standard_result *standard)
{
	struct class_part parts[PART_COUNT];
	if (!class_is_named(standard->ruleset)) return;
	struct arena *arena = arena_new();
	class_count(standard, arena, parts);
	canonical_array(out, "parts");
	for (int i = 0; i < PART_COUNT; i++)
		if (parts[i].total) write_part(out, (enum part)i, &parts[i]);
	canonical_end_array(out);
	arena_free(arena);
}

void class_text(const struct page *page, const struct standard_result *standard)
{
	struct class_part parts[PART_COUNT];
	if (!class_is_named(standard->ruleset)) return;
	struct arena *arena = arena_new();
	class_count(standard, arena, parts);
	page_say(page, "class: ", "klasse: ");
	page_clean(page, text_in(standard->ruleset->class_title, page->lang), "");
	strbuf_add_char(page->out, '\n');
	for (int i = 0; i < PART_COUNT; i++) {
		const uint32_t *of = parts[i].of;
		if (!parts[i].total) continue;
		page_say(page,
				"  %s%.0s: requirements %u: passed %u, failed %u, not applicable %u, undecided %u, not tested %u\n",
				"  %.0s%s: eisen %u: voldoet %u, voldoet niet %u, niet van toepassing %u, niet te beslissen %u, "
				"niet getoetst %u\n",
				part_words[i].in[LANG_EN].ptr, part_words[i].in[LANG_NL].ptr, parts[i].total, of[OUTCOME_PASS],
				of[OUTCOME_FAIL], of[OUTCOME_NOT_APPLICABLE], of[OUTCOME_INCONCLUSIVE] + of[OUTCOME_ERROR],
				of[OUTCOME_NOT_TESTED]);
		for (uint32_t j = 0; j < parts[i].reason_count; j++) {
			page_say(page, "    not judged %u: ", "    niet beoordeeld %u: ", parts[i].reasons[j].count);
			page_clean(page, text_in(parts[i].reasons[j].text, page->lang), "");
			strbuf_add_char(page->out, '\n');
		}
	}
	arena_free(arena);
}
