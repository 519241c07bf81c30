/* SPDX-License-Identifier: EUPL-1.2 */
/* What people read for the values that rule sets and reports name: one table for every page. */
#ifndef KEUR_REPORT_WORDS_H
#define KEUR_REPORT_WORDS_H

#include "rule/ruleset.h"

extern const struct text obligation_words[OBLIGATION_COUNT];
extern const struct text mode_words[MODE_COUNT];
extern const struct text status_words[STATUS_COUNT];
extern const struct text kind_words[KIND_COUNT];

/* As RFC 2119 has them, in capitals. */
extern const struct text obligation_capitals[OBLIGATION_COUNT];
extern const struct text outcome_words[OUTCOME_COUNT];
extern const struct text decision_words[DECISION_COUNT];

/* A word in both languages, for "%s%.0s" in the one format and "%.0s%s" in the other. */
#define WORDS(text) (text).in[LANG_EN].ptr, (text).in[LANG_NL].ptr

/* Adds the name of a requirement as reports and keur explain know it: "nlgov-adr/core/uri-version". */
void requirement_name(struct strbuf *out, const struct ruleset *ruleset, const struct requirement *requirement);

/* Could it still make the decision undetermined: a MUST that was not decided, though it should have been? */
bool verdict_is_open(struct verdict verdict);

/* A path as a reader knows it: standard input by its name. */
struct str shown_path(struct str path);

/* Padded with spaces to `width` characters. */
void words_add(struct strbuf *out, struct str word, unsigned width);

#endif
