/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A rule set: the register of a standard's requirements, each with its checks or the reason why there are none.
 *
 * Read strictly from rules/<id>/<version>/ruleset.yaml (see docs/rule-sets.md); const afterwards and shareable between
 * threads. ruleset_load() reads the register; ruleset_compile() makes the checks ready to run, which only a run needs.
 */
#ifndef KEUR_RULE_RULESET_H
#define KEUR_RULE_RULESET_H

#include "doc/digest.h"
#include "rule/artefact.h"
#include "rule/check.h"
#include "rule/verdict.h"

enum status { STATUS_DRAFT, STATUS_EFFECTIVE, STATUS_WARN, STATUS_DEPRECATED, STATUS_COUNT };
/* What a requirement is about: what a service describes, what its messages look like, what it does. */
enum part { PART_DESCRIPTOR, PART_WIRE, PART_BEHAVIOUR, PART_COUNT };

enum kind { KIND_TECHNICAL, KIND_FUNCTIONAL, KIND_COUNT };

extern const char *const status_names[STATUS_COUNT];
extern const char *const kind_names[KIND_COUNT];
extern const char *const part_names[PART_COUNT]; /* "descriptor", "wire", "behaviour" */

/* The check that every requirement with `references: resolve` has beside its own. */
#define REFERENCES_CHECK "references#resolve"

struct evidence;

/* "document#version-header" */
struct rule_use {
	uint32_t check;   /* index in ruleset->checks */
	uint32_t rule;    /* index in check->rules; after ruleset_compile() */
	struct str named; /* as written */
	struct loc loc;
};

struct requirement {
	struct str id;    /* "core/version-header" */
	struct str alias; /* what the standard itself calls it, such as "zrc-025"; not unique; may be empty */
	enum obligation obligation;
	enum kind kind;
	enum part part; /* as its checks show it, unless the register says otherwise */
	enum mode mode;
	bool remarks;            /* what is found is told, and is no fault */
	bool follows_references; /* false: the document's own text decides, whatever its references lead to */
	struct str option;       /* optional part of the standard that it belongs to; empty: none */
	bool resolves;           /* a reference that leads nowhere violates it: check REFERENCES_CHECK */
	struct text title;
	struct str clause; /* URL */
	struct text why;
	struct text fix;
	struct text interpretation; /* "E2: ...": readings of interpretations.yaml that it is judged by; may be empty */
	struct text not_tested;     /* why there is no check, or what the checks leave open */
	struct rule_use *uses;
	uint32_t use_count;
	const struct artefact **tolerated_by; /* official files: what is wrong with them as well is no fault of a vendor */
	uint32_t tolerated_by_count;
};

/* A score for information: a group fails when one of its rules is violated, with whatever severity. */
struct score_group {
	struct str id;
	struct rule_use *uses;
	uint32_t use_count;
};

struct rule_file {
	struct str name;
	struct digest digest;
	size_t size;
};

struct ruleset {
	struct arena *arena;
	struct str id, version, dir, path; /* `path`: of ruleset.yaml */
	struct str extends;                /* the version of which it has what it does not say itself; empty: none */
	struct text title, class_title; /* the conformance class that it is for: "Zaken API 1.5, provider"; empty: none */
	struct str authority, level, source;
	enum status status;
	bool for_consumers, when_named; /* role: consumer; and a profile, judged only when it is named or claimed */
	struct str tried_by; /* where requirements without fixtures are tried, such as "tests/vendor/zgw"; empty: nowhere */
	struct str from, until, replaced_by;
	struct roots roots; /* XML documents that it is about, where a check does not say otherwise */
	struct artefact *artefacts;
	uint32_t artefact_count;
	struct check *checks;
	uint32_t check_count;
	struct requirement *requirements;
	uint32_t requirement_count;
	struct text score_title;
	struct score_group *score_groups; /* none: no score */
	uint32_t score_group_count;
	struct rule_file *files; /* all in the folder, by name, then what is extended; "spectral:oas" after compiling */
	uint32_t file_count;
	struct digest digest;           /* over the lines "<sha256>  <name>\n" of `files` */
	bool ad_hoc;                    /* one Spectral rule set or JSON Schema taken as it is */
	bool any_document;              /* of an ad hoc one: for data, not for descriptions of services */
	const struct evidence *fetched; /* of an ad hoc scenario: what its source descriptions took; NULL: nothing */
	bool parity;                    /* of an ad hoc one: run with the known deviations of Spectral */
};

/* Reads <dir>/ruleset.yaml; the folder is called <id>/<version>. NULL and `err` (ERR_RULES, ERR_IO, ERR_SYNTAX). */
struct ruleset *ruleset_load(struct arena *arena, const char *dir, struct err *err);

/* Loads the check files and finds every rule that a requirement names. */
bool ruleset_compile(struct ruleset *ruleset, const struct spectral_options *options, struct err *err);

/* Are all of them for data of any kind? Then `$ref` means nothing, and every document in a folder counts. */
bool ruleset_any_document(const struct ruleset *const *rulesets, uint32_t count);

/* What a severity of Spectral makes of a rule: error must, warn should, info and hint may. */
enum obligation ruleset_obligation(enum severity severity);

/* The ad hoc rule set `like`, with the rules of another compiled Spectral rule set. */
struct ruleset *ruleset_of_spectral(struct arena *arena, const struct ruleset *like, const struct spectral *spectral);

/* Reads only the life cycle, for choosing and listing. */
bool ruleset_peek(struct arena *arena, const char *dir, enum status *status, struct err *err);
#endif
