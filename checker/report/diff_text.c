/* SPDX-License-Identifier: EUPL-1.2 */
/* A comparison for people: what got worse first, whether it did last. */
#include "report/diff.h"
#include "report/words.h"

enum { SHOWN = 10 };

static void add_arrow(const struct page *page, struct str before, struct str after)
{
	page_clean(page, before.len ? before : STR("-"), "");
	strbuf_add(page->out, STR(" -> "));
	page_clean(page, after.len ? after : STR("-"), "");
	strbuf_add_char(page->out, '\n');
}

static struct str outcome_word(const struct page *page, const struct requirement_result *result)
{
	return result ? text_in(outcome_words[result->verdict.outcome], page->lang) : STR("");
}

static void add_finding(
		const struct page *page, const char *en, const char *nl, enum tone tone, const struct finding *finding)
{
	strbuf_add(page->out, STR("    "));
	page_tone(page, tone);
	page_say(page, "%s%.0s", "%.0s%s", en, nl);
	page_tone(page, TONE_PLAIN);
	strbuf_add(page->out, STR("  "));
	page_clean(page, shown_path(finding->loc.file), "");
	if (finding->loc.line) strbuf_printf(page->out, ":%u:%u", finding->loc.line, finding->loc.column);
	if (finding->loc.pointer.len) {
		strbuf_add(page->out, STR(" ("));
		page_clean(page, finding->loc.pointer, "");
		strbuf_add_char(page->out, ')');
	}
	strbuf_add(page->out, STR("  "));
	page_clean(page, text_in(finding->message, page->lang), "      ");
	strbuf_add_char(page->out, '\n');
}

static void add_findings(const struct page *page, const struct requirement_change *change)
{
	for (uint32_t i = 0; i < change->fresh_count && i < SHOWN; i++)
		add_finding(page, "new ", "nieuw", TONE_BAD, change->fresh[i]);
	if (change->fresh_count > SHOWN)
		page_say(page, "    and %u more that are new (all of them in --format json)\n",
				"    en nog %u nieuwe (allemaal in --format json)\n", change->fresh_count - SHOWN);
	for (uint32_t i = 0; i < change->gone_count && i < SHOWN; i++)
		add_finding(page, "gone", "weg  ", TONE_GOOD, change->gone[i]);
	if (change->gone_count > SHOWN)
		page_say(page, "    and %u more that are gone (all of them in --format json)\n",
				"    en nog %u die weg zijn (allemaal in --format json)\n", change->gone_count - SHOWN);
}

static struct str waived_word(const struct page *page, const struct requirement_result *result)
{
	bool nl = page->lang == LANG_NL;
	if (result->verdict.disposition == DISPOSITION_WAIVED) return nl ? STR("met ontheffing") : STR("waived");
	return nl ? STR("zonder ontheffing") : STR("not waived");
}

/* What the outcome does not show: without it a row would say "passed -> passed", and nobody knew what differs. */
static void add_details(const struct page *page, const struct requirement_change *change)
{
	if (!change->before || !change->after) return;
	struct verdict was = change->before->verdict, is = change->after->verdict;
	if (was.obligation != is.obligation) {
		page_say(page, "    obligation: ", "    verplichting: ");
		add_arrow(page, text_in(obligation_capitals[was.obligation], page->lang),
				text_in(obligation_capitals[is.obligation], page->lang));
	}
	if (was.mode != is.mode) {
		page_say(page, "    how it is judged: ", "    hoe beoordeeld: ");
		add_arrow(page, text_in(mode_words[was.mode], page->lang), text_in(mode_words[is.mode], page->lang));
	}
	if (was.disposition != is.disposition) {
		page_say(page, "    waiver: ", "    ontheffing: ");
		add_arrow(page, waived_word(page, change->before), waived_word(page, change->after));
	}
}

static void add_requirement(
		const struct page *page, const struct ruleset *ruleset, const struct requirement_change *change)
{
	const struct requirement_result *result = change->after ? change->after : change->before;
	struct strbuf name;
	strbuf_init(&name, SIZE_MAX / 2);
	requirement_name(&name, ruleset, result->requirement);
	page_tone(page, change->worse ? TONE_BAD : change->better ? TONE_GOOD : TONE_WARN);
	if (change->worse)
		page_say(page, "  worse   ", "  slechter  ");
	else if (change->better)
		page_say(page, "  better  ", "  beter     ");
	else
		page_say(page, "  other   ", "  anders    ");
	page_tone(page, TONE_PLAIN);
	strbuf_add(page->out, text_in(obligation_capitals[result->verdict.obligation], page->lang));
	strbuf_add(page->out, STR("  "));
	page_clean(page, strbuf_str(&name), "");
	strbuf_add(page->out, STR("  "));
	add_arrow(page, outcome_word(page, change->before), outcome_word(page, change->after));
	add_details(page, change);
	add_findings(page, change);
	strbuf_release(&name);
}

static void add_requirements(const struct page *page, const struct standard_change *standard)
{
	const struct ruleset *ruleset = (standard->after ? standard->after : standard->before)->ruleset;
	for (int pass = 0; pass < 3; pass++)
		for (uint32_t i = 0; i < standard->requirement_count; i++) {
			const struct requirement_change *change = &standard->requirements[i];
			int place = change->worse ? 0 : change->better ? 2 : 1;
			if (place == pass && compare_is_change(change)) add_requirement(page, ruleset, change);
		}
}

static void add_standard_name(const struct page *page, const struct standard_result *standard)
{
	page_clean(page, standard->ruleset->id, "");
	strbuf_add_char(page->out, ' ');
	page_clean(page, standard->ruleset->version, "");
}

static struct str decision_word(const struct page *page, const struct standard_result *standard)
{
	return standard ? text_in(decision_words[standard->decision], page->lang) : STR("");
}

static void add_standard(const struct page *page, const struct standard_change *standard)
{
	page_tone(page, TONE_BOLD);
	add_standard_name(page, standard->after ? standard->after : standard->before);
	page_tone(page, TONE_PLAIN);
	strbuf_add(page->out, STR(": "));
	add_arrow(page, decision_word(page, standard->before), decision_word(page, standard->after));
	if (!standard->after) page_say(page, "  is judged no more\n", "  wordt niet meer getoetst\n");
	if (!standard->before) page_say(page, "  was not judged before\n", "  werd eerder niet getoetst\n");
	if (standard->rules) {
		page_say(page, "  the rules changed: ", "  de regels zijn veranderd: ");
		add_arrow(page, standard->before->ruleset->version, standard->after->ruleset->version);
	}
	add_requirements(page, standard);
}

static void add_subject(const struct page *page, const struct target_change *target)
{
	const struct target_result *before = target->before, *after = target->after;
	page_tone(page, TONE_BOLD);
	page_clean(page, shown_path((after ? after : before)->path), "");
	page_tone(page, TONE_PLAIN);
	strbuf_add_char(page->out, '\n');
	if (!after) page_say(page, "  is judged no more\n", "  wordt niet meer getoetst\n");
	if (!before) page_say(page, "  was not judged before\n", "  werd eerder niet getoetst\n");
	if (!before || !after || !target->subject) return;
	page_say(page, "  the service or its documents changed", "  de dienst of zijn documenten zijn veranderd");
	if (!str_eq(before->product.version, after->product.version)) {
		strbuf_add(page->out, STR(": "));
		add_arrow(page, before->product.version, after->product.version);
	} else {
		strbuf_add_char(page->out, '\n');
	}
}

static void add_totals(const struct page *page, const struct comparison *all)
{
	page_say(page, "requirements: worse %u, better %u; findings: new %llu, gone %llu, the same %llu (moved %llu)\n",
			"eisen: slechter %u, beter %u; bevindingen: nieuw %llu, weg %llu, dezelfde %llu (verplaatst %llu)\n",
			all->worse_count, all->better_count, (unsigned long long)all->fresh_count,
			(unsigned long long)all->gone_count, (unsigned long long)all->same_count,
			(unsigned long long)all->moved_count);
}

static void add_verdict(const struct page *page, const struct comparison *all)
{
	page_tone(page, all->worse ? TONE_BAD : TONE_GOOD);
	if (all->worse)
		page_say(page, "it got worse", "het is slechter geworden");
	else
		page_say(page, "it did not get worse", "het is niet slechter geworden");
	page_tone(page, TONE_PLAIN);
	strbuf_add(page->out, STR(": "));
	add_arrow(page, text_in(decision_words[all->before->decision], page->lang),
			text_in(decision_words[all->after->decision], page->lang));
}

void diff_text(const struct page *page, const struct comparison *all, bool quiet)
{
	if (!quiet && all->engine) {
		strbuf_add(page->out, STR("keur: "));
		add_arrow(page, all->before->engine, all->after->engine);
	}
	for (uint32_t i = 0; i < all->target_count && !quiet; i++) {
		add_subject(page, &all->targets[i]);
		for (uint32_t j = 0; j < all->targets[i].standard_count; j++)
			add_standard(page, &all->targets[i].standards[j]);
		strbuf_add_char(page->out, '\n');
	}
	if (!quiet) add_totals(page, all);
	add_verdict(page, all);
}
