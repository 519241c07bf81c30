/* SPDX-License-Identifier: EUPL-1.2 */
/* Words in both languages. */
#include "report/words.h"

const struct text obligation_words[OBLIGATION_COUNT] = {
		[OBLIGATION_MUST] = {{STR("must"), STR("moet")}},
		[OBLIGATION_SHOULD] = {{STR("should"), STR("zou moeten")}},
		[OBLIGATION_MAY] = {{STR("may"), STR("mag")}},
};
const struct text mode_words[MODE_COUNT] = {
		[MODE_AUTOMATIC] = {{STR("automatic"), STR("automatisch")}},
		[MODE_SEMI_AUTOMATIC] = {{STR("semiAutomatic"), STR("deels automatisch")}},
		[MODE_MANUAL] = {{STR("manual"), STR("door een mens")}},
		[MODE_ATTESTED] = {{STR("attested"), STR("op verklaring")}},
};
const struct text status_words[STATUS_COUNT] = {
		[STATUS_DRAFT] = {{STR("draft"), STR("concept")}},
		[STATUS_EFFECTIVE] = {{STR("effective"), STR("van kracht")}},
		[STATUS_WARN] = {{STR("warn"), STR("loopt af")}},
		[STATUS_DEPRECATED] = {{STR("deprecated"), STR("verouderd")}},
};
const struct text kind_words[KIND_COUNT] = {
		[KIND_TECHNICAL] = {{STR("technical"), STR("technisch")}},
		[KIND_FUNCTIONAL] = {{STR("functional"), STR("functioneel")}},
};

const struct text obligation_capitals[OBLIGATION_COUNT] = {
		{{STR("MUST"), STR("MOET")}}, {{STR("SHOULD"), STR("ZOU MOETEN")}}, {{STR("MAY"), STR("MAG")}}};

const struct text outcome_words[OUTCOME_COUNT] = {
		[OUTCOME_PASS] = {{STR("passed"), STR("voldoet")}},
		[OUTCOME_FAIL] = {{STR("FAILED"), STR("VOLDOET NIET")}},
		[OUTCOME_NOT_APPLICABLE] = {{STR("not applicable"), STR("niet van toepassing")}},
		[OUTCOME_INCONCLUSIVE] = {{STR("INCONCLUSIVE"), STR("NIET TE BESLISSEN")}},
		[OUTCOME_NOT_TESTED] = {{STR("not tested"), STR("niet getoetst")}},
		[OUTCOME_ERROR] = {{STR("ERROR"), STR("FOUT BIJ TOETSEN")}},
};

const struct text decision_words[DECISION_COUNT] = {
		[DECISION_CONFORMANT] = {{STR("conforms"), STR("voldoet")}},
		[DECISION_CONFORMANT_WITH_DEVIATIONS] = {{STR("conforms, with accepted deviations"),
				STR("voldoet, met geaccepteerde afwijkingen")}},
		[DECISION_UNDETERMINED] = {{STR("cannot be determined"), STR("niet vast te stellen")}},
		[DECISION_NON_CONFORMANT] = {{STR("does not conform"), STR("voldoet niet")}},
};

void requirement_name(struct strbuf *out, const struct ruleset *ruleset, const struct requirement *requirement)
{
	if (!ruleset->ad_hoc) {
		strbuf_add(out, ruleset->id);
		strbuf_add_char(out, '/');
	}
	strbuf_add(out, requirement->id);
}

bool verdict_is_open(struct verdict verdict)
{
	if (verdict.obligation != OBLIGATION_MUST) return false;
	if (verdict.outcome == OUTCOME_NOT_TESTED) return verdict.mode == MODE_AUTOMATIC;
	return verdict.outcome == OUTCOME_ERROR || verdict.outcome == OUTCOME_INCONCLUSIVE;
}

struct str shown_path(struct str path)
{
	return str_eq(path, STR("-")) ? STR("<stdin>") : path;
}

/* The words are ASCII, so that bytes are columns. */
void words_add(struct strbuf *out, struct str word, unsigned width)
{
	strbuf_add(out, word);
	if (word.len < width) strbuf_add_repeat(out, ' ', width - word.len);
}
