/*
 * Reports: one table of reporters over the same const run.
 *
 * A reporter writes into a buffer and never to a file: what is half done is never seen by a reader.
 */
#ifndef KEUR_REPORT_REPORT_H
#define KEUR_REPORT_REPORT_H

#include "rule/result.h"

struct report_options {
	enum lang lang;
	bool color;
	bool quiet;             /* text: only the decision of each target */
	uint32_t findings;      /* text: most findings shown for one requirement, 0 for all */
	struct str schema_path; /* json: the schema that the report must satisfy; empty: not checked (unit tests) */
};

typedef bool report_fn(
		const struct run *run, const struct report_options *options, struct strbuf *out, struct err *err);

struct reporter {
	const char *name;
	struct text what;
	report_fn *write;
};

/* Ends with an entry whose name is NULL. */
extern const struct reporter reporters[];

/* The reporter of that name, or NULL. */
const struct reporter *reporter_find(struct str name);

report_fn report_json, report_text;

#endif
