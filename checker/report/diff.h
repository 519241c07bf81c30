/* SPDX-License-Identifier: EUPL-1.2 */
/* Writing a comparison: for people, and as JSON for programs (docs/formats.md). */
#ifndef KEUR_REPORT_DIFF_H
#define KEUR_REPORT_DIFF_H

#include "report/compare.h"
#include "report/page.h"

/* With `quiet` only whether it got worse. */
void diff_text(const struct page *page, const struct comparison *all, bool quiet);

/* Canonical JSON and one line feed; false with ERR_LIMIT when it is too large. */
bool diff_json(const struct comparison *all, struct strbuf *out, struct err *err);

#endif
