/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a run holds: what was tested, with which rules, and what came of it. The contract between judging and reporting:
 * rule/run fills it, report/ only reads it. Self-contained: no document stays open behind it.
 */
#ifndef KEUR_RULE_RESULT_H
#define KEUR_RULE_RESULT_H

#include "fetch/evidence.h"
#include "rule/finding.h"
#include "rule/people.h"
#include "rule/ruleset.h"

struct requirement_result {
	const struct requirement *requirement;
	struct verdict verdict;
	struct text reason; /* of anything but pass and fail */
	struct finding *findings;
	uint32_t finding_count;
	uint64_t violations;      /* as the engine counted them, before equal ones were merged */
	uint32_t official;        /* findings that the official document has as well: not among `findings` */
	uint32_t filter_failures; /* places that a filter could not judge, and so did not select */
	bool cut;                 /* there were more findings than keur keeps */
	bool unfinished;          /* it failed, and another of its checks could not be decided */
	struct excuse *excuses;
	uint32_t excuse_count;
	const struct given *given; /* an answer of the answers file; NULL: none */
};

/* Requirements of the standard, by what this run looked at. */
struct coverage {
	uint32_t total;
	uint32_t automatic; /* judged by checks, as a whole */
	uint32_t partial;   /* semiAutomatic: checks judge a part */
	uint32_t not_tested;
	uint32_t answered; /* by people, in the answers file */
	uint32_t rules;    /* executable rules behind them */
};

struct score {
	bool known;
	uint32_t value, groups, failed;
};

struct service;
struct standard_result {
	const struct ruleset *ruleset;
	struct str role, endpoint;               /* as the descriptor claims; empty: there is none */
	struct requirement_result *requirements; /* in the order of the rule set */
	const struct schematron_trace **traces; /* of its Schematron checks, when judge_options.traces; not in the report */
	uint32_t requirement_count, trace_count;
	struct coverage coverage;
	struct score score;
	enum decision decision;
};

/* A document that was read for a target: itself, and what it refers to. */
struct subject {
	struct str path;
	struct digest digest;
	size_t size;
};

/* Whose service it is, as its descriptor says. */
struct product {
	struct str name, version, vendor, oin, catalogue;
	struct str *products;
	uint32_t product_count;
};

struct target_result {
	struct arena *arena;
	struct str path;           /* as given, or below the folder that was given */
	struct str format;         /* "json", "yaml"; empty when it could not be read */
	struct str kind;           /* "openapi", "swagger", "asyncapi", "xml", "wsdl", "pair", "other" */
	struct str kind_version;   /* "3.0.3" */
	struct subject *documents; /* the target itself first */
	uint32_t document_count;
	struct preflight *preflight;
	uint32_t preflight_count;
	bool blocked;
	bool skipped; /* found in a folder and no service description; counts for nothing */
	struct text skip_reason;
	uint32_t argument;       /* which argument it came from */
	bool from_folder;        /* found, not named */
	bool is_folder;          /* the folder itself, which is a result only when nothing was found in it */
	bool is_service;         /* a service descriptor, or a URL */
	uint32_t unknown_claims; /* of a standard that keur does not have, or as consumer: not judged */
	bool bad_descriptor;     /* that cannot be used, or claims what cannot be judged */
	struct product product;  /* of a descriptor; name empty: none */
	const struct evidence
			*evidence; /* exchanges, numbered from `first_exchange` in the run, when they are kept; NULL: none */
	const struct service *service; /* whose secrets no output may tell on; NULL: none */
	uint32_t first_exchange;
	struct exhibit *exhibits; /* in the order of their numbers; volatile, as what servers answer is */
	uint32_t exhibit_count;
	struct standard_result *standards;
	uint32_t standard_count;
	enum decision decision;
};

struct run {
	struct arena *arena;
	struct str engine; /* version of keur that judged */
	const struct ruleset *const *rulesets;
	uint32_t ruleset_count;
	struct target_result *targets; /* in the order of the arguments, folders expanded and sorted */
	uint32_t target_count;
	uint32_t judged; /* targets that are not skipped */
	enum decision decision;
	struct str started, host; /* volatile facts, filled by the caller; empty in a test */
	uint64_t milliseconds;
	struct digest digest;     /* of the JSON report, once report_seal() has computed it, or as it was read */
	struct str evidence_path; /* where the evidence was written; empty: nowhere */
	struct digest evidence_digest;
};

#endif
