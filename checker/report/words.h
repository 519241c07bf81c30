/* What people read for the values that rule sets and reports name: one table for every page. */
#ifndef KEUR_REPORT_WORDS_H
#define KEUR_REPORT_WORDS_H

#include "rule/ruleset.h"

extern const struct text obligation_words[OBLIGATION_COUNT];
extern const struct text mode_words[MODE_COUNT];
extern const struct text status_words[STATUS_COUNT];
extern const struct text kind_words[KIND_COUNT];

/* A path as a reader knows it: standard input by its name. */
struct str shown_path(struct str path);

/* Padded with spaces to `width` characters. */
void words_add(struct strbuf *out, struct str word, unsigned width);

#endif
