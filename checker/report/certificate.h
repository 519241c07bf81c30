/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The certificate: what is signed of a run, and of every file of its folder (docs/certificate.md).
 *
 * Canonical JSON, so that what it says of a report can be compared byte for byte with what the report itself gives.
 */
#ifndef KEUR_REPORT_CERTIFICATE_H
#define KEUR_REPORT_CERTIFICATE_H

#include "rule/result.h"

/* Names within the folder. */
#define CERTIFICATE_SIGNED "certificate.jws"
#define CERTIFICATE_PLAIN "certificate.json"
#define CERTIFICATE_REPORT "report.json"
#define CERTIFICATE_PAGE "report.html"
#define CERTIFICATE_EVIDENCE "evidence.har"
#define CERTIFICATE_PAPER "certificate.pdf"
#define CERTIFICATE_SUBJECT "subject"
#define CERTIFICATE_ATTEMPTS "attempts"

struct certificate_file {
	struct str name; /* relative, with '/'; certificate_name() holds */
	struct digest digest;
	uint64_t size;
};

struct certificate_attempt {
	uint32_t number;
	struct str issued;
	enum decision decision;
	struct digest report, certificate;
};

struct certificate_ruleset {
	struct str id, version;
	struct digest digest;
	enum status state;
};

struct certificate_standard {
	struct str id, version, role, endpoint; /* endpoint empty: none */
	enum decision decision;
};

struct certificate_waiver {
	struct str requirement;
	struct excuse excuse;
};

struct certificate {
	uint32_t attempt;
	struct certificate_attempt *previous; /* oldest first */
	uint32_t previous_count;
	enum decision decision;
	struct str engine;              /* version of keur */
	struct certificate_file *files; /* by name */
	uint32_t file_count;
	struct str issued; /* "2026-11-25T19:30:00Z" */
	struct product product;
	struct digest report;
	struct certificate_ruleset *rulesets;
	uint32_t ruleset_count;
	struct certificate_standard *standards;
	uint32_t standard_count;
	struct str subject, answers; /* among `files`; answers empty: none */
	struct str valid_until;      /* "2027-11-24" */
	struct certificate_waiver *waivers;
	uint32_t waiver_count;
};

/* What a sealed run of one service says: fills all but attempt, files, issued, subject, answers and valid_until. */
void certificate_of_run(struct arena *arena, const struct run *run, struct certificate *out);

/* The last day on which it may hold: no later than `latest`, the end of what excuses and of the rule sets of the run.
 */
struct str certificate_last_day(const struct run *run, struct str latest);

/* Adds the payload; false with ERR_LIMIT. */
bool certificate_write(const struct certificate *certificate, struct strbuf *out, struct err *err);

/* Reads a payload strictly, in the arena; `name` is of its file. NULL with ERR_SYNTAX or ERR_LIMIT at the place. */
const struct certificate *certificate_read(
		struct arena *arena, struct str name, struct str payload, struct str schema_path, struct err *err);

/* May a file of the folder have this name: below it, without "." and "..", and not that of the certificate itself? */
bool certificate_name(struct str name);

/* A decision that makes a certificate. */
static inline bool certificate_grants(enum decision decision)
{
	return decision == DECISION_CONFORMANT || decision == DECISION_CONFORMANT_WITH_DEVIATIONS;
}

#endif
