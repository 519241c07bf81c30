/* SPDX-License-Identifier: EUPL-1.2 */
/* The text report: what is worst comes first, what is decided comes last. */
#include "report/class.h"
#include "report/report.h"
#include "report/text_finding.h"
#include "report/words.h"

struct counts {
	uint32_t of[OBLIGATION_COUNT][OUTCOME_COUNT];
	uint32_t undecided_musts; /* that make the decision undetermined */
};

static struct counts count_outcomes(const struct standard_result *standard)
{
	struct counts counts = {0};
	for (uint32_t i = 0; i < standard->requirement_count; i++) {
		struct verdict verdict = standard->requirements[i].verdict;
		counts.of[verdict.obligation][verdict.outcome]++;
		counts.undecided_musts += verdict_is_open(verdict);
	}
	return counts;
}

static void add_standard_name(const struct page *page, const struct ruleset *ruleset)
{
	page_clean(page, ruleset->id, "");
	if (!ruleset->version.len) return;
	strbuf_add_char(page->out, ' ');
	page_clean(page, ruleset->version, "");
}

static void add_requirement_name(
		const struct page *page, const struct ruleset *ruleset, const struct requirement *requirement)
{
	if (!ruleset->ad_hoc) {
		page_clean(page, ruleset->id, "");
		strbuf_add_char(page->out, '/');
	}
	page_clean(page, requirement->id, "");
}

static void add_heading(const struct page *page, const struct ruleset *ruleset, const struct requirement_result *result)
{
	const struct requirement *requirement = result->requirement;
	enum tone tone = result->verdict.obligation == OBLIGATION_MUST ? TONE_BAD : TONE_WARN;
	bool failed = result->verdict.outcome == OUTCOME_FAIL, remarks = failed && requirement->remarks;
	strbuf_add_char(page->out, '\n');
	page_tone(page, failed ? tone : TONE_DOUBT);
	if (remarks)
		page_say(page, "REMARKS", "OPMERKINGEN");
	else
		strbuf_add(page->out, text_in(outcome_words[result->verdict.outcome], page->lang));
	page_tone(page, TONE_PLAIN);
	strbuf_add(page->out, STR("  "));
	if (!remarks) {
		strbuf_add(page->out, text_in(obligation_capitals[result->verdict.obligation], page->lang));
		strbuf_add(page->out, STR("  "));
	}
	page_tone(page, TONE_BOLD);
	add_requirement_name(page, ruleset, requirement);
	page_tone(page, TONE_PLAIN);
	strbuf_add(page->out, STR("  "));
	page_clean(page, text_in(requirement->title, page->lang), "    ");
	strbuf_add_char(page->out, '\n');
}

/* What stays unseen here is counted, never dropped in silence. */
static void add_findings(
		const struct page *page, const struct report_options *options, const struct requirement_result *result)
{
	uint32_t shown = result->finding_count;
	if (options->findings && shown > options->findings) shown = options->findings;
	for (uint32_t i = 0; i < shown; i++)
		text_finding(page, &result->findings[i], i ? &result->findings[i - 1] : NULL);
	if (shown < result->finding_count)
		page_say(page, "  and %u more (all of them in --format json)\n", "  en nog %u (allemaal in --format json)\n",
				result->finding_count - shown);
	if (result->cut)
		page_say(page, "  there are more than keur keeps of one rule: mend these and check again\n",
				"  er zijn er meer dan keur van één regel bewaart: herstel deze en controleer opnieuw\n");
}

static void add_reason(const struct page *page, const struct requirement_result *result)
{
	page_say(page, "  reason: ", "  reden: ");
	page_clean(page, text_in(result->reason, page->lang), "    ");
	strbuf_add_char(page->out, '\n');
}

/* A waiver that does not cover all that was found is told as well: it excuses only a part. */
static void add_waivers(const struct page *page, const struct requirement_result *result)
{
	for (uint32_t i = 0; i < result->excuse_count; i++) {
		const struct excuse *excuse = &result->excuses[i];
		if (result->verdict.disposition == DISPOSITION_WAIVED)
			page_say(page, "  waived", "  ontheffing");
		else
			page_say(page, "  waived in part", "  ontheffing voor een deel");
		page_say(page, " until %.*s by ", " tot en met %.*s door ", STR_FMT(excuse->until));
		page_clean(page, excuse->approved_by, "");
		strbuf_add(page->out, STR(": "));
		page_clean(page, excuse->reason, "    ");
		strbuf_add_char(page->out, '\n');
	}
}

static void add_requirement(const struct page *page, const struct report_options *options,
		const struct ruleset *ruleset, const struct requirement_result *result)
{
	const struct requirement *requirement = result->requirement;
	add_heading(page, ruleset, result);
	add_findings(page, options, result);
	if (result->reason.in[LANG_EN].len && result->verdict.outcome != OUTCOME_FAIL) add_reason(page, result);
	if (result->given) text_given(page, result->given);
	add_waivers(page, result);
	if (result->verdict.outcome == OUTCOME_FAIL && requirement->fix.in[LANG_EN].len) {
		page_say(page, "  fix: ", "  herstel: ");
		page_clean(page, text_in(requirement->fix, page->lang), "    ");
		strbuf_add_char(page->out, '\n');
	}
	if (requirement->clause.len) {
		page_say(page, "  clause: ", "  norm: ");
		page_clean(page, requirement->alias, "");
		if (requirement->alias.len) strbuf_add(page->out, STR(", "));
		page_clean(page, requirement->clause, "");
		strbuf_add_char(page->out, '\n');
	}
	if (requirement->interpretation.in[page->lang].len) {
		page_say(page, "  interpretation: ", "  interpretatie: ");
		page_clean(page, text_in(requirement->interpretation, page->lang), "    ");
		strbuf_add_char(page->out, '\n');
	}
}

static bool is_alike(const struct requirement_result *a, const struct requirement_result *b)
{
	return a->verdict.obligation == b->verdict.obligation && a->verdict.outcome == b->verdict.outcome &&
		   str_eq(a->reason.in[LANG_EN], b->reason.in[LANG_EN]);
}

/* Requirements that are undecided for one and the same reason, named together. False when it stands alone. */
static bool add_alike(const struct page *page, const struct standard_result *standard, uint32_t first)
{
	const struct requirement_result *result = &standard->requirements[first];
	uint32_t count = 0;
	for (uint32_t i = first; i < standard->requirement_count; i++)
		count += is_alike(result, &standard->requirements[i]);
	if (count == 1) return false;
	strbuf_add_char(page->out, '\n');
	page_tone(page, TONE_DOUBT);
	strbuf_add(page->out, text_in(outcome_words[result->verdict.outcome], page->lang));
	page_tone(page, TONE_PLAIN);
	strbuf_add(page->out, STR("  "));
	strbuf_add(page->out, text_in(obligation_capitals[result->verdict.obligation], page->lang));
	strbuf_printf(page->out, " (%u): ", count);
	for (uint32_t i = first; i < standard->requirement_count; i++) {
		if (!is_alike(result, &standard->requirements[i])) continue;
		page_clean(page, standard->requirements[i].requirement->id, "");
		strbuf_add(page->out, --count ? STR(", ") : STR("\n"));
	}
	add_reason(page, result);
	return true;
}

static bool is_told(const struct standard_result *standard, uint32_t index)
{
	for (uint32_t i = 0; i < index; i++)
		if (is_alike(&standard->requirements[i], &standard->requirements[index])) return true;
	return false;
}

static void add_requirements(const struct page *page, const struct report_options *options,
		const struct standard_result *standard, enum obligation obligation, enum outcome outcome)
{
	for (uint32_t i = 0; i < standard->requirement_count; i++) {
		const struct requirement_result *result = &standard->requirements[i];
		if (result->verdict.obligation != obligation || result->verdict.outcome != outcome) continue;
		bool many = outcome != OUTCOME_FAIL && (is_told(standard, i) || add_alike(page, standard, i));
		if (!many) add_requirement(page, options, standard->ruleset, result);
	}
}

static void add_worst_first(
		const struct page *page, const struct report_options *options, const struct standard_result *standard)
{
	static const enum outcome order[] = {OUTCOME_FAIL, OUTCOME_ERROR, OUTCOME_INCONCLUSIVE};
	for (int obligation = 0; obligation < OBLIGATION_COUNT; obligation++)
		for (size_t i = 0; i < sizeof order / sizeof *order; i++)
			add_requirements(page, options, standard, (enum obligation)obligation, order[i]);
}

/* Requirements that need no attention, as one compact list. */
static void add_list(const struct page *page, const struct standard_result *standard, enum outcome outcome)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < standard->requirement_count; i++)
		count += standard->requirements[i].verdict.outcome == outcome;
	if (!count) return;
	strbuf_add_char(page->out, '\n');
	page_tone(page, outcome == OUTCOME_PASS ? TONE_GOOD : TONE_FAINT);
	strbuf_add(page->out, text_in(outcome_words[outcome], page->lang));
	page_tone(page, TONE_PLAIN);
	strbuf_printf(page->out, " (%u): ", count);
	for (uint32_t i = 0; i < standard->requirement_count; i++) {
		const struct requirement_result *result = &standard->requirements[i];
		if (result->verdict.outcome != outcome) continue;
		page_clean(page, result->requirement->id, "");
		if (outcome == OUTCOME_PASS && result->verdict.mode == MODE_SEMI_AUTOMATIC)
			page_say(page, " (in part)", " (deels)");
		strbuf_add(page->out, --count ? STR(", ") : STR("\n"));
	}
}

static void add_filter_failures(const struct page *page, const struct standard_result *standard)
{
	uint64_t places = 0;
	for (uint32_t i = 0; i < standard->requirement_count; i++)
		places += standard->requirements[i].filter_failures;
	if (places)
		page_say(page, "note: places that filters of rules could not judge and passed by: %llu\n",
				"opmerking: plaatsen die filters van regels niet konden beoordelen en oversloegen: %llu\n",
				(unsigned long long)places);
}

static uint32_t count_all(const uint32_t of[OUTCOME_COUNT])
{
	uint32_t total = 0;
	for (int i = 0; i < OUTCOME_COUNT; i++)
		total += of[i];
	return total;
}

static void add_numbers(const struct page *page, const struct standard_result *standard, const struct counts *counts)
{
	const struct coverage *coverage = &standard->coverage;
	strbuf_add_char(page->out, '\n');
	page_say(page, "coverage: requirements %u: judged %u, judged in part %u, not tested %u; rules run %u\n",
			"dekking: eisen %u: beoordeeld %u, deels beoordeeld %u, niet getoetst %u; uitgevoerde regels %u\n",
			coverage->total, coverage->automatic, coverage->partial, coverage->not_tested, coverage->rules);
	if (coverage->answered)
		page_say(page, "answered by people: %u\n", "beantwoord door mensen: %u\n", coverage->answered);
	add_filter_failures(page, standard);
	if (standard->score.groups) {
		page_clean(page, text_in(standard->ruleset->score_title, page->lang), "");
		if (standard->score.known)
			page_say(page, ": %u of 100\n", ": %u van 100\n", standard->score.value);
		else
			page_say(page, ": unknown, since not every rule could be decided\n",
					": onbekend, want niet over elke regel viel te beslissen\n");
	}
	for (int i = 0; i < OBLIGATION_COUNT; i++) {
		const uint32_t *of = counts->of[i];
		if (!count_all(of)) continue;
		strbuf_add(page->out, text_in(obligation_capitals[i], page->lang));
		page_say(page, ": failed %u, passed %u, not applicable %u, undecided %u, not tested %u\n",
				": voldoet niet %u, voldoet %u, niet van toepassing %u, niet te beslissen %u, niet getoetst %u\n",
				of[OUTCOME_FAIL], of[OUTCOME_PASS], of[OUTCOME_NOT_APPLICABLE],
				of[OUTCOME_ERROR] + of[OUTCOME_INCONCLUSIVE], of[OUTCOME_NOT_TESTED]);
	}
}

static const char *requirements_word(const struct page *page, uint32_t count)
{
	if (page->lang == LANG_NL) return count == 1 ? "eis" : "eisen";
	return count == 1 ? "requirement" : "requirements";
}

static void add_undetermined(const struct page *page, const struct target_result *target, const struct counts *counts)
{
	uint32_t undecided = counts->undecided_musts;
	bool is_service = str_eq(target->kind, STR("service"));
	if (target->blocked && is_service)
		page_say(page, "cannot be determined: the service could not be judged, see pre-flight",
				"niet vast te stellen: de dienst kon niet beoordeeld worden, zie de controle vooraf");
	else if (target->blocked)
		page_say(page, "cannot be determined: the document could not be judged, see pre-flight",
				"niet vast te stellen: het document kon niet beoordeeld worden, zie de controle vooraf");
	else if (undecided == 0 && is_service)
		page_say(page, "cannot be determined: nothing of the service could be tested",
				"niet vast te stellen: niets van de dienst kon getoetst worden");
	else if (undecided == 0)
		page_say(page, "cannot be determined: nothing in the document could be tested",
				"niet vast te stellen: niets in het document kon getoetst worden");
	else
		page_say(page, "cannot be determined: %u mandatory %s could not be decided",
				"niet vast te stellen: over %u verplichte %s viel niet te beslissen", undecided,
				requirements_word(page, undecided));
}

/* "service.yaml: does NOT conform to nlgov-adr 2.1: 3 mandatory requirements failed" */
static void add_decision(
		const struct page *page, const struct target_result *target, const struct standard_result *standard)
{
	static const enum tone tones[DECISION_COUNT] = {TONE_GOOD, TONE_WARN, TONE_DOUBT, TONE_BAD};
	struct counts counts = count_outcomes(standard);
	page_clean(page, shown_path(target->path), "");
	strbuf_add(page->out, STR(": "));
	add_standard_name(page, standard->ruleset);
	strbuf_add(page->out, STR(": "));
	page_tone(page, tones[standard->decision]);
	if (standard->decision == DECISION_NON_CONFORMANT)
		page_say(page, "does NOT conform: %u mandatory %s failed", "voldoet NIET: aan %u verplichte %s is niet voldaan",
				counts.of[OBLIGATION_MUST][OUTCOME_FAIL],
				requirements_word(page, counts.of[OBLIGATION_MUST][OUTCOME_FAIL]));
	else if (standard->decision == DECISION_UNDETERMINED)
		add_undetermined(page, target, &counts);
	else if (standard->decision == DECISION_CONFORMANT_WITH_DEVIATIONS)
		page_say(page, "conforms, with accepted deviations", "voldoet, met geaccepteerde afwijkingen");
	else
		page_say(page, "conforms", "voldoet");
	page_tone(page, TONE_PLAIN);
	if (standard->decision < DECISION_UNDETERMINED && counts.of[OBLIGATION_SHOULD][OUTCOME_FAIL])
		page_say(page, " (recommendations not followed: %u)", " (aanbevelingen niet gevolgd: %u)",
				counts.of[OBLIGATION_SHOULD][OUTCOME_FAIL]);
	if (standard->decision < DECISION_UNDETERMINED && standard->coverage.not_tested)
		page_say(page, "%s as far as keur tests (requirements not tested: %u)",
				"%s voor zover keur toetst (eisen niet getoetst: %u)",
				standard->decision == DECISION_CONFORMANT_WITH_DEVIATIONS ? "," : "", standard->coverage.not_tested);
	strbuf_add_char(page->out, '\n');
}

static void add_next_step(
		const struct page *page, const struct target_result *target, const struct standard_result *standard)
{
	if (target->blocked || standard->decision == DECISION_UNDETERMINED) {
		page_say(page, "next: solve what stands under pre-flight and under undecided, then check again\n",
				"volgende stap: los op wat onder controle vooraf en onder niet te beslissen staat en controleer opnieuw\n");
		return;
	}
	for (uint32_t i = 0; i < standard->requirement_count; i++) {
		const struct requirement_result *result = &standard->requirements[i];
		if (result->verdict.outcome != OUTCOME_FAIL || standard->ruleset->ad_hoc) continue;
		if (result->verdict.disposition == DISPOSITION_WAIVED) continue;
		if (result->verdict.obligation != OBLIGATION_MUST && standard->decision == DECISION_NON_CONFORMANT) continue;
		page_say(page, "next: mend what failed and check again; an explanation with examples: keur explain ",
				"volgende stap: herstel wat niet voldoet en controleer opnieuw; uitleg met voorbeelden: keur explain ");
		strbuf_printf(page->out, "%.*s@%.*s/%.*s\n", STR_FMT(standard->ruleset->id),
				STR_FMT(standard->ruleset->version), STR_FMT(result->requirement->id));
		return;
	}
}

/* Of each level a few are shown and the rest is counted: a document may have hundreds of the same. */
static void add_preflight_level(const struct page *page, const struct report_options *options,
		const struct target_result *target, enum preflight_level level)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < target->preflight_count; i++) {
		if (target->preflight[i].level != level) continue;
		if (count < options->findings || !options->findings) text_preflight(page, &target->preflight[i]);
		count++;
	}
	if (options->findings && count > options->findings)
		page_say(page, "  and %u more like these (all of them in --format json)\n",
				"  en nog %u van zulke (allemaal in --format json)\n", count - options->findings);
}

static void add_preflight(
		const struct page *page, const struct report_options *options, const struct target_result *target)
{
	if (!target->preflight_count) return;
	strbuf_add_char(page->out, '\n');
	page_tone(page, TONE_BOLD);
	if (str_eq(target->kind, STR("service")))
		page_say(page, "pre-flight (the service, before any requirement)\n",
				"controle vooraf (de dienst, nog voor de eisen)\n");
	else
		page_say(page, "pre-flight (the document itself, before any requirement)\n",
				"controle vooraf (het document zelf, nog voor de eisen)\n");
	page_tone(page, TONE_PLAIN);
	for (int level = 0; level < LEVEL_COUNT; level++)
		add_preflight_level(page, options, target, (enum preflight_level)level);
}

static void add_title(
		const struct page *page, const struct target_result *target, const struct standard_result *standard)
{
	page_tone(page, TONE_BOLD);
	page_clean(page, shown_path(target->path), "");
	page_tone(page, TONE_PLAIN);
	if (target->kind_version.len) {
		bool swagger = str_eq(target->kind, STR("swagger")), asyncapi = str_eq(target->kind, STR("asyncapi"));
		strbuf_add(page->out, swagger ? STR(" (Swagger ") : asyncapi ? STR(" (AsyncAPI ") : STR(" (OpenAPI "));
		page_clean(page, target->kind_version, "");
		strbuf_add_char(page->out, ')');
	}
	strbuf_add(page->out, STR(" - "));
	add_standard_name(page, standard->ruleset);
	if (!standard->ruleset->ad_hoc) {
		strbuf_add(page->out, STR(" - "));
		page_clean(page, text_in(standard->ruleset->title, page->lang), "");
	}
	if (standard->ruleset->status != STATUS_EFFECTIVE)
		strbuf_printf(page->out, " [%s]", text_in(status_words[standard->ruleset->status], page->lang).ptr);
	strbuf_add_char(page->out, '\n');
}

static void add_standard(const struct page *page, const struct report_options *options,
		const struct target_result *target, const struct standard_result *standard)
{
	struct counts counts = count_outcomes(standard);
	add_title(page, target, standard);
	add_preflight(page, options, target);
	add_worst_first(page, options, standard);
	add_list(page, standard, OUTCOME_PASS);
	add_list(page, standard, OUTCOME_NOT_APPLICABLE);
	if (!target->blocked) add_list(page, standard, OUTCOME_NOT_TESTED);
	add_numbers(page, standard, &counts);
	class_text(page, standard);
	strbuf_add_char(page->out, '\n');
	add_decision(page, target, standard);
	add_next_step(page, target, standard);
	strbuf_add_char(page->out, '\n');
}

static void add_unknown_claims(const struct page *page, const struct target_result *target)
{
	page_clean(page, shown_path(target->path), "");
	strbuf_add(page->out, STR(": "));
	page_tone(page, TONE_DOUBT);
	page_say(page, "cannot be determined as a whole: standards claimed that keur does not test: %u, see pre-flight",
			"als geheel niet vast te stellen: geclaimde standaarden die keur niet toetst: %u, zie de controle vooraf",
			target->unknown_claims);
	page_tone(page, TONE_PLAIN);
	strbuf_add(page->out, STR("\n"));
}

/* A descriptor that cannot be read, or that claims nothing of what was asked for, has no standard to be told under. */
static void add_no_standard(
		const struct page *page, const struct report_options *options, const struct target_result *target)
{
	if (!options->quiet) {
		page_tone(page, TONE_BOLD);
		page_clean(page, shown_path(target->path), "");
		page_tone(page, TONE_PLAIN);
		strbuf_add_char(page->out, '\n');
		add_preflight(page, options, target);
		strbuf_add_char(page->out, '\n');
	}
	page_clean(page, shown_path(target->path), "");
	strbuf_add(page->out, STR(": "));
	page_tone(page, TONE_DOUBT);
	page_say(page, "cannot be determined: no standard was judged",
			"niet vast te stellen: er is geen standaard getoetst");
	if (target->preflight_count) page_say(page, ", see pre-flight", ", zie de controle vooraf");
	page_tone(page, TONE_PLAIN);
	strbuf_add(page->out, options->quiet ? STR("\n") : STR("\n\n"));
}

static void add_skipped(const struct page *page, const struct run *run)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < run->target_count; i++)
		count += run->targets[i].skipped && !run->targets[i].is_folder;
	if (!count) return;
	page_say(page, "skipped, no service description (%u): ", "overgeslagen, geen servicebeschrijving (%u): ", count);
	for (uint32_t i = 0; i < run->target_count; i++) {
		if (!run->targets[i].skipped || run->targets[i].is_folder) continue;
		page_clean(page, run->targets[i].path, "");
		strbuf_add(page->out, --count ? STR(", ") : STR("\n"));
	}
}

static void add_total(const struct page *page, const struct run *run)
{
	uint32_t decisions[DECISION_COUNT] = {0};
	for (uint32_t i = 0; i < run->target_count; i++)
		if (!run->targets[i].skipped) decisions[run->targets[i].decision]++;
	page_say(page, "documents %u: conform %u, conform with deviations %u, undetermined %u, do not conform %u\n",
			"documenten %u: voldoet %u, voldoet met afwijkingen %u, niet vast te stellen %u, voldoet niet %u\n",
			run->judged, decisions[DECISION_CONFORMANT], decisions[DECISION_CONFORMANT_WITH_DEVIATIONS],
			decisions[DECISION_UNDETERMINED], decisions[DECISION_NON_CONFORMANT]);
}

bool report_text(const struct run *run, const struct report_options *options, struct strbuf *out, struct err *err)
{
	struct page page = {out, options->lang, options->color};
	for (uint32_t i = 0; i < run->target_count; i++) {
		const struct target_result *target = &run->targets[i];
		for (uint32_t j = 0; j < target->standard_count && !target->skipped; j++) {
			if (options->quiet)
				add_decision(&page, target, &target->standards[j]);
			else
				add_standard(&page, options, target, &target->standards[j]);
		}
		if (target->standard_count && target->unknown_claims) add_unknown_claims(&page, target);
		if (!target->standard_count && !target->skipped) add_no_standard(&page, options, target);
		/* "See pre-flight", says the decision: what blocks is there to see. */
		if (options->quiet && !target->skipped) add_preflight_level(&page, options, target, LEVEL_BLOCKING);
	}
	if (!options->quiet) add_skipped(&page, run);
	if (!options->quiet && run->judged > 1) add_total(&page, run);
	if (!out->overflow) return true;
	return err_set(err, ERR_LIMIT, (struct loc){0},
			"the text report is too large (%s); check fewer documents at a time",
			"het tekstrapport is te groot (%s); controleer minder documenten tegelijk", "text");
}
