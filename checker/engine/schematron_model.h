/* SPDX-License-Identifier: EUPL-1.2 */
/* A compiled Schematron schema: what the files of schematron_* share. Const once it is loaded. */
#ifndef KEUR_ENGINE_SCHEMATRON_MODEL_H
#define KEUR_ENGINE_SCHEMATRON_MODEL_H

#include <pthread.h>

#include "doc/strmap.h"
#include "engine/schematron.h"
#include "engine/schematron_pattern.h"
#include "engine/schematron_xpath.h"

#define SCHEMATRON_NAMESPACE "http://purl.oclc.org/dsdl/schematron"
#define KEUR_NAMESPACE "urn:keur:"
#define XSLT_NAMESPACE "http://www.w3.org/1999/XSL/Transform"

enum { SCHEMATRON_NONE = UINT32_MAX }; /* no expression, no list */

struct schematron_expr {
	struct xpath_form form;
	struct str source; /* as written, parameters filled in */
};

/* Part of a message. */
struct schematron_piece {
	enum { PIECE_TEXT, PIECE_VALUE, PIECE_NAME } kind;
	struct str text;
	uint32_t expr;  /* PIECE_NAME: SCHEMATRON_NONE for the context node */
	unsigned langs; /* bits 1 << enum lang: whose it is */
};

struct schematron_message {
	struct schematron_piece *pieces;
	uint32_t count;
};

/* A diagnostic or property, as an assertion refers to it. */
struct schematron_reference {
	struct schematron_note_label label;
	struct schematron_message message;
	unsigned langs;
};

/* A variable. Values of those that are not of a rule are found once for a document. */
struct schematron_let {
	struct str name;
	enum { LET_WRITTEN, LET_LIST, LET_TODAY } kind;
	uint32_t expr;          /* SCHEMATRON_NONE: `content`, or given */
	const xmlNode *content; /* the element whose content it is */
	uint32_t pattern;       /* index of the pattern, SCHEMATRON_NONE: schema or phase */
	bool of_rule;
	bool used; /* of a pattern: by that pattern */
};

struct schematron_assertion {
	struct schematron_label label; /* text: the test */
	bool report;
	uint32_t test;
	uint32_t rule; /* index among the rules of the schema in keur's sense */
	enum severity severity;
	struct schematron_message message;
	struct schematron_reference *references; /* diagnostics, then properties */
	uint32_t reference_count;
};

struct schematron_rule {
	struct schematron_label label; /* text: the context */
	struct match_pattern context;
	uint32_t first_let, let_count;
	struct schematron_assertion *assertions;
	uint32_t assertion_count;
};

struct schematron_pattern {
	struct schematron_label label; /* text: the title */
	uint32_t documents;            /* expression, or SCHEMATRON_NONE */
	struct schematron_rule *rules;
	uint32_t rule_count;
};

struct schematron_key {
	struct str name;
	struct match_pattern match;
	uint32_t use;                      /* SCHEMATRON_NONE: `content` */
	struct schematron_message content; /* its text */
};

struct schematron_kit;

struct schematron {
	struct schematron_head head;
	struct schematron_expr *exprs;
	uint32_t expr_count;
	struct schematron_let *lets;
	uint32_t let_count;
	struct match_test *lists; /* what nodes of a document are put in lists for */
	uint32_t list_count;
	struct strmap list_index;            /* by kind and name, see match_list_key() */
	struct schematron_pattern *patterns; /* the active ones */
	uint32_t pattern_count;
	struct schematron_key *keys;
	uint32_t key_count;
	pthread_mutex_t mutex; /* over `kits`, which are not in use */
	struct schematron_kit *kits;
};

#endif
