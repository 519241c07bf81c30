/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Monitoring: what certified services come to when they are asked again, and whether a worse verdict counts: services
 * have bad days, so it has to show in some of several attempts (docs/register.md).
 */
#ifndef KEUR_REPORT_MONITOR_H
#define KEUR_REPORT_MONITOR_H

#include "report/certificate.h"
#include "report/page.h"

enum monitor_answer {
	MONITOR_PENDING, /* ask again */
	MONITOR_SAME,    /* not worse, perhaps better */
	MONITOR_WORSE,
	MONITOR_UNKNOWN, /* not reached, or not decided */
	MONITOR_ANSWER_COUNT
};

/* Attempts by what they came to. */
struct monitor_tally {
	uint32_t same, worse, unknown;
};

/* What is known after these: worse when `failures` of `attempts` are; the same at once when the first that says
 * something is. Never PENDING when there are as many as `attempts`. */
enum monitor_answer monitor_judge(const struct monitor_tally *tally, uint32_t attempts, uint32_t failures);

struct monitor_line {
	const struct certificate *certificate;
	struct digest digest; /* of the file of the certificate */
	struct str folder;
	struct monitor_tally tally;
	enum monitor_answer answer;
	enum decision decision; /* of the last attempt that says something */
	bool rules;             /* a rule set is another than the one of the certificate */
	struct text reason;     /* why the last attempt said nothing */
	struct str *worse;      /* requirements, of the last attempt that was worse */
	uint32_t worse_count;
};

struct monitor_report {
	struct monitor_line *lines;
	uint32_t count, attempts, failures;
	struct str day;
};

/* For people; with `quiet` only of services that are not the same. */
void monitor_text(const struct page *page, const struct monitor_report *report, bool quiet);

/* Canonical JSON and one line feed; false with ERR_LIMIT when it is too large. */
bool monitor_json(const struct monitor_report *report, struct strbuf *out, struct err *err);

#endif
