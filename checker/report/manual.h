/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Pages on rule sets, made from their registers: what a standard asks, clause by clause, by which checks, and what is
 * left to a person and why. Markdown has both languages side by side; HTML lets the reader choose, as reports do.
 */
#ifndef KEUR_REPORT_MANUAL_H
#define KEUR_REPORT_MANUAL_H

#include "rule/ruleset.h"

/* The page of one rule set, which need not be compiled. */
void manual_markdown(const struct ruleset *ruleset, struct strbuf *out);

/* The list of all; pages are named manual_name() and an extension. */
void manual_index_markdown(const struct ruleset *const *rulesets, uint32_t count, struct strbuf *out);

/* The same two in HTML, which opens in `lang`; `folder` holds the style sheet: rules/report/1. False with ERR_IO. */
bool manual_html(const struct ruleset *ruleset, enum lang lang, struct str folder, struct strbuf *out, struct err *err);
bool manual_index_html(const struct ruleset *const *rulesets, uint32_t count, enum lang lang, struct str folder,
		struct strbuf *out, struct err *err);

/* "nlgov-adr-2.1" */
struct str manual_name(const struct ruleset *ruleset, struct arena *arena);

/* Requirements that checks judge as a whole, in part, and not at all. */
struct manual_counts {
	uint32_t whole, part, none;
};
struct manual_counts manual_count(const struct ruleset *ruleset);

#endif
