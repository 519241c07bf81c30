/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Checks, files of executable rules, and the engines that run them: one const table. An engine makes a program of a
 * file when the rule set is compiled, and states facts about the rules in it when a subject is at hand. Adding an
 * engine is a row here.
 */
#ifndef KEUR_RULE_CHECK_H
#define KEUR_RULE_CHECK_H

#include "engine/arazzo_run.h"
#include "engine/openapi.h"
#include "engine/schematron.h"
#include "engine/spectral.h"
#include "engine/xsd.h"
#include "fetch/exchange.h"
#include "rule/recognition.h"

/* What a check looks at: the description of the service, the running service, or what it answered. */
enum check_subject {
	SUBJECT_OPENAPI,    /* the description of the service */
	SUBJECT_ENDPOINT,   /* the running service */
	SUBJECT_OPERATIONS, /* the running service, once for each operation that can be asked without harm */
	SUBJECT_EVIDENCE,   /* what it answered to all of these */
	SUBJECT_XML,        /* an XML document: a message, metadata, a feed */
	SUBJECT_WSDL,       /* a WSDL document */
	SUBJECT_ANSWERS,    /* each answer in XML of the running service */
	SUBJECT_PAIRS,      /* each message in XML to it, with its answer; also <pair> in a file */
	SUBJECT_REQUESTS,   /* what a consumer asked of keur */
	SUBJECT_COUNT
};

extern const char *const subject_names[SUBJECT_COUNT];

struct check_engine;
struct check_later; /* rule/check_later.h */
struct artefact;    /* rule/artefact.h */
struct acceptances; /* rule/interpretation.h */

/* A file of executable checks. */
struct check {
	struct str name;
	const struct check_engine *engine;
	struct str file;                 /* relative to the rule set's folder, or to that of the artefact */
	const struct artefact *artefact; /* that holds the file; NULL: none */
	struct check_later *later;       /* of a check with an artefact, after ruleset_compile() */
	struct str root;                 /* of a check with an artefact, once ready: its folder; empty: it is one file */
	enum check_subject subject;
	const struct acceptances *accepts; /* of "contract-comparison": differences that are no fault; NULL: none */
	struct roots roots;                /* of subject xml and wsdl: the documents that it is about */
	struct doc_loader *remote;         /* what a scenario fetches; NULL: nothing */
	bool lenient;                      /* a scenario of which nobody but its author is judged: see engine/arazzo.h */
	struct str base;                   /* of subject requests: path of the API, "/zaken/api/v1"; empty: any */
	struct str counterpart_file;       /* a file of the rule set; empty: none */
	const struct node *inputs;         /* of engine arazzo: constants for the scenario, by name; NULL: none */
	struct check_lists *lists;         /* of engine schematron: rule/check_list.h; NULL: none */
	struct loc loc;
	/* After ruleset_compile(): */
	const struct str *rules; /* names of the rules in the file */
	uint32_t rule_count;
	const struct spectral *spectral;     /* of that engine */
	const struct schema_set *schema;     /* of "json-schema" */
	const struct schematron *schematron; /* of that engine */
	const struct openapi *contract; /* of "contract-comparison", "contract" with an artefact: the official document */
	const struct wsdl *wsdl;        /* of "wsdl": the official one */
	const struct stub_book *counterpart; /* of engine arazzo: what keur answers while it is played; NULL: nothing */
	const struct xsd *xsd;               /* of "xsd" */
	const struct scenario
			*scenario; /* of engine arazzo; of "contract" the one whose OpenAPI documents count, or NULL */
};

/* What a check is given. */
struct check_context {
	const struct refs *refs; /* the document, and what it refers to; NULL when it is XML */
	const struct doc *xml;   /* the document when it is XML */
	struct arena *arena;     /* for facts; lives until the target is judged */
	/* Of a running service: */
	struct transport *transport;
	struct str endpoint;
	const struct http_auth *clients; /* that scenarios may ask as, beside the usual one */
	uint32_t client_count;
	const struct node *inputs;               /* test data, and what is known of the service */
	const struct openapi *openapi;           /* its description */
	const struct exchange *const *exchanges; /* what was said so far; of subject evidence */
	uint32_t exchange_count;
	struct session *session;
	struct str today;               /* "2026-11-25" */
	struct schematron_trace *trace; /* what happened, kept in the arena `keep`; NULL: not asked for */
	enum schematron_detail detail;
	struct arena *keep;
};

struct check_engine {
	const char *name;
	unsigned subjects;       /* bits, 1 << enum check_subject */
	bool built_in;           /* its rules are its own: there is no file */
	bool needs_description;  /* of a running service too */
	bool by_contract;        /* the file is always an official document: see check_is_by_contract() */
	bool reads_exchanges;    /* of subject evidence: as they are, and not as a document */
	uint32_t rule_count;     /* of an engine that may take its file from an artefact: its rules are these, */
	const struct str *rules; /* whatever is in the file */
	/* Fills check->program, ->rules, ->rule_count from the file at `path`; false with ERR_RULES, ERR_IO, ERR_SYNTAX. */
	bool (*compile)(struct arena *arena, struct check *check, const char *path, const struct spectral_options *options,
			struct err *err);
	/* States the facts of each rule. */
	void (*run)(const struct check *check, const struct check_context *context, struct facts *facts);
};

/* Is what it holds things against an official document, in which results have their basis? */
bool check_is_by_contract(const struct check *check);

/* The engine of that name, or NULL. */
const struct check_engine *check_engine_find(struct str name);

/* Their names, separated by ", ", for messages; and those of the subjects that one of them takes. */
struct str check_engine_names(struct arena *arena);
struct str check_subject_list(struct arena *arena, const struct check_engine *engine);

/* Of a check whose program was loaded otherwise: names its rules. */
void check_take_spectral(struct arena *arena, struct check *check, const struct spectral *spectral);

#endif
