/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of report/sarif share. */
#ifndef KEUR_REPORT_SARIF_PRIVATE_H
#define KEUR_REPORT_SARIF_PRIVATE_H

#include "doc/canonical.h"
#include "report/escape.h"
#include "rule/result.h"

/* The requirements of one rule set, which are rules `first` and on of the tool. */
struct sarif_register {
	const struct standard_result *standard; /* the first that was judged by it */
	uint32_t first;
};

struct sarif {
	struct canonical json;
	enum lang lang;
	const struct run *run;
	struct sarif_register *registers;
	uint32_t register_count;
	struct strbuf text; /* work space */
};

/* Collects the rule sets that targets were judged by, on the heap; ended by sarif_release(). */
void sarif_collect(struct sarif *it);
void sarif_release(struct sarif *it);

/* {"text": ...} */
void sarif_text(struct sarif *it, const char *key, struct str text);

/* Each in the work space, until its next use. */
struct str sarif_name(struct sarif *it, const struct ruleset *ruleset, const struct requirement *requirement);
struct str sarif_uri(struct sarif *it, struct str path);

/* An artifactLocation: a path of the command line is relative to the root of what was checked out. */
void sarif_artifact(struct sarif *it, const char *key, struct str path);

/* A location: an artifact, and in it the span of the excerpt when there is a line. */
void sarif_location(struct sarif *it, const struct loc *loc, const struct excerpt *excerpt);

/* A reference to the rule of a requirement: {"id": ..., "index": ...}. */
void sarif_rule_reference(struct sarif *it, const char *key, const struct standard_result *standard, uint32_t index);

/* A result: one finding of requirement number `index`. */
void sarif_result(struct sarif *it, const struct target_result *target, const struct standard_result *standard,
		uint32_t index, const struct finding *finding);

#endif
