/* A compiled Schematron schema: what the files of schematron_* share. Const once it is loaded. */
#ifndef KEUR_ENGINE_SCHEMATRON_MODEL_H
#define KEUR_ENGINE_SCHEMATRON_MODEL_H

#include <pthread.h>

#include "doc/strmap.h"
#include "engine/schematron.h"
#include "engine/schematron_xpath.h"

#define SCHEMATRON_NAMESPACE "http://purl.oclc.org/dsdl/schematron"
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
	uint32_t expr;          /* SCHEMATRON_NONE: `content` */
	const xmlNode *content; /* the element whose content it is */
	uint32_t pattern;       /* index of the pattern, SCHEMATRON_NONE: schema or phase */
	bool of_rule;
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

enum match_kind { MATCH_ELEMENT, MATCH_ATTRIBUTE, MATCH_TEXT, MATCH_COMMENT, MATCH_INSTRUCTION, MATCH_NODE, MATCH_ROOT };

/* A test of a node by kind and name. Texts are NULL where any will do. */
struct match_test {
	enum match_kind kind;
	const char *local;
	const char *uri; /* "" for no namespace */
};

struct match_step {
	struct match_test test;
	bool deep; /* what is left of it may lie further up than the parent */
	uint32_t *predicates;
	uint32_t predicate_count;
};

/* Adds the key of a test in schematron.list_index; NULL for anything. */
static inline void match_list_key(struct strbuf *out, enum match_kind kind, const char *uri, const char *local)
{
	strbuf_printf(out, "%d{%s}%s", (int)kind, uri ? uri : "\001", local ? local : "\001");
}

/* One alternative of a pattern: steps from right to left; or, when it is more than those, an expression. */
struct match_branch {
	struct match_step *steps;
	uint32_t step_count;
	bool absolute;
	uint32_t list; /* the nodes that the first step is about */
	uint32_t expr; /* SCHEMATRON_NONE: the steps */
};

struct match_pattern {
	struct match_branch *branches;
	uint32_t count;
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
	struct strmap list_index; /* by kind and name, see match_list_key() */
	struct schematron_pattern *patterns; /* the active ones */
	uint32_t pattern_count;
	struct schematron_key *keys;
	uint32_t key_count;
	pthread_mutex_t mutex; /* over `kits`, which are not in use */
	struct schematron_kit *kits;
};

#endif
