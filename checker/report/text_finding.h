/* SPDX-License-Identifier: EUPL-1.2 */
/* Findings as a reader wants them: place, source line with a caret, what was expected and found, how it was reached. */
#ifndef KEUR_REPORT_TEXT_FINDING_H
#define KEUR_REPORT_TEXT_FINDING_H

#include "report/page.h"
#include "rule/result.h"

/* All of it, indented below its requirement or target. What was expected is left out where it is that of `before`,
 * which may be NULL; what was found, where the carets show it. */
void text_finding(const struct page *page, const struct finding *finding, const struct finding *before);
void text_preflight(const struct page *page, const struct preflight *preflight);

/* Who answered a requirement, when, and where that shows. */
void text_given(const struct page *page, const struct given *given);

/* The source line and, below it, carets under the exact span. */
void text_excerpt(const struct page *page, const struct excerpt *excerpt, uint32_t line);

#endif
