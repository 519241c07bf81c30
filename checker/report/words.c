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
