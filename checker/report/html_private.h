/* SPDX-License-Identifier: EUPL-1.2 */
/* What the pages in HTML share: a page in two languages, of which the reader sees one. */
#ifndef KEUR_REPORT_HTML_PRIVATE_H
#define KEUR_REPORT_HTML_PRIVATE_H

#include "report/escape.h"
#include "report/report.h"
#include "report/words.h"

struct html {
	struct strbuf *out;
	const struct run *run;
	const struct report_options *options;
	struct exhibit const **exhibits; /* of all targets, by number */
	bool *shown;                     /* of each: it stands in the page already */
	size_t exhibit_count;
	uint32_t *numbers; /* of targets, from 1: those that are skipped have none, and stand elsewhere when read back */
	uint32_t left;     /* findings that may still be shown */
};

/* What stands around every page. */
struct html_frame {
	enum lang lang;          /* that the page opens in */
	struct text title, skip; /* of the page, and of the link past its header */
	struct text foot;
	struct str theme;         /* a style sheet to embed, as it is; empty: none */
	struct str style, script; /* keur's own; html_frame_load() */
};

/* How many requirements of a standard came to what. */
struct html_counts {
	uint32_t of[OBLIGATION_COUNT][OUTCOME_COUNT];
	uint32_t total, waived;
};

/* Reads style sheet and script from the folder, rules/report/1, into the arena. */
bool html_frame_load(struct html_frame *frame, struct arena *arena, struct str folder, struct err *err);

/* A page up to its main part, and from there to its end. */
void html_open(const struct html *it, const struct html_frame *frame);
void html_close(const struct html *it, const struct html_frame *frame);

/* Markup as it is; only literals. */
void html_raw(const struct html *it, const char *markup);

/* Text of others, escaped. */
void html_text(const struct html *it, struct str text);

/* Both languages, formatted and then escaped, in one element each. */
void html_say(const struct html *it, const char *en, const char *nl, ...)
		__attribute__((format(printf, 2, 4), format(printf, 3, 4)));

/* The same of a text that is there; once, when both are the same. */
void html_both(const struct html *it, struct text text);

/* A link, when the URL is one that a reader may be led to; else the text alone. */
void html_link(const struct html *it, struct str url);

/* "nlgov-adr 2.1" */
void html_standard(const struct html *it, const struct ruleset *ruleset);

/* A badge with a word for an outcome, or a decision. */
void html_outcome(const struct html *it, const struct requirement_result *result);
void html_decision(const struct html *it, enum decision decision);

/* The id of a requirement's element. */
void html_id(const struct html *it, uint32_t target, uint32_t standard, uint32_t requirement);

/* An item of a data list: its key; then the value is written, and the item ended. */
void html_item(const struct html *it, const char *en, const char *nl);
void html_end_item(const struct html *it);

/* A cell of a table, with its column's name for narrow screens; a column. */
void html_open_cell(const struct html *it, const char *en, const char *nl);
void html_column(const struct html *it, const char *en, const char *nl);

/* What was tested of a conformance class; nothing when the rule set names none. */
void html_class(const struct html *it, const struct standard_result *standard);

/* Counts the requirements of a standard. */
struct html_counts html_count(const struct standard_result *standard);

/* The first page, for who has to decide; all requirements, for who has to mend; and what it all rests on. */
void html_summary(const struct html *it);
void html_requirements(struct html *it);
void html_sources(const struct html *it);

/* The findings of one requirement. */
void html_findings(struct html *it, const struct requirement_result *result);

#endif
