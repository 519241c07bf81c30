/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reports: one table of reporters over the same const run.
 *
 * A reporter may only use of a run what the JSON report holds of it, for runs are read back from there too
 * (report/read.h): what the live run writes and what `keur render` writes are the same bytes. SVRL alone needs more,
 * and only a live run can write it. A reporter writes into a buffer and never to a file: what is half done is never
 * seen by a reader.
 */
#ifndef KEUR_REPORT_REPORT_H
#define KEUR_REPORT_REPORT_H

#include "rule/result.h"

struct report_options {
	enum lang lang;
	bool color;
	bool quiet;             /* text: only the decision of each target */
	uint32_t findings;      /* text: most findings shown for one requirement, 0 for all */
	struct str link;        /* where the report will be published; empty: not known */
	struct str theme;       /* html: a style sheet to embed, as it is; empty: none */
	struct str folder;      /* html: where its style sheet and script are, rules/report/1 */
	struct str schema_path; /* json: the schema that the report must satisfy; empty: not checked (unit tests) */
};

typedef bool report_fn(
		const struct run *run, const struct report_options *options, struct strbuf *out, struct err *err);

struct reporter {
	const char *name;
	struct text what;
	report_fn *write;
	bool dutch;        /* for municipalities: in Dutch, whatever the locale, unless a language is asked for */
	bool needs_digest; /* run->digest */
	bool needs_trace;  /* judge_options.traces: of a live run only */
};

/* Ends with an entry whose name is NULL. */
extern const struct reporter reporters[];

/* The reporter of that name, or NULL. */
const struct reporter *reporter_find(struct str name);

report_fn report_json, report_text, report_html, report_pdf, report_junit, report_sarif, report_earl, report_github,
		report_gemma_csv, report_gemma_json, report_svrl;

/*
 * May this style sheet be embedded? It may ask for nothing from elsewhere (url() of anything but data:, @import), and
 * not hold what would end its element. False with ERR_USAGE at the place in `file`.
 */
bool report_theme_check(struct str file, struct str css, struct err *err);

/* True when all of it fits into the buffer; else ERR_LIMIT, for the format of that name. */
bool report_fits(const struct strbuf *out, const char *format, struct err *err);

/* Fills run->digest: SHA-256 of what the JSON report says, without its volatile facts. False with ERR_LIMIT. */
bool report_seal(struct run *run, struct err *err);

#endif
