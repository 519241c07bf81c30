/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * XPath 1.0 of Schematron: parsed by keur, evaluated by libxml2.
 *
 * An expression is parsed here first, so that what does not compile is an error in the schema with its place, and so
 * that libxml2 only sees what costs no more than is counted. Comparisons, unions and "//" on sets of nodes become calls
 * of functions of schematron_function.h, which are linear and count their work; variables are named by their number.
 */
#ifndef KEUR_ENGINE_SCHEMATRON_XPATH_H
#define KEUR_ENGINE_SCHEMATRON_XPATH_H

#include "base/err.h"

enum xpath_type { XPATH_TYPE_ANY, XPATH_TYPE_SET, XPATH_TYPE_BOOLEAN, XPATH_TYPE_NUMBER, XPATH_TYPE_STRING };

enum { XPATH_SIBLING_TEST = 64 }; /* the name test of keur-siblings() has less bytes than that */

/* What names mean where the expression stands. */
struct xpath_scope {
	void *context;
	/* Whether a prefix is declared by an <ns>. */
	bool (*prefix)(const void *context, struct str prefix);
	/* The number of a variable, and whether it is one of a rule; false: there is none of that name. */
	bool (*variable)(void *context, struct str name, uint32_t *number, bool *of_rule);
	/* Whether there is a key of that name. */
	bool (*key)(const void *context, struct str name);
	bool pattern; /* within the context of a rule: no current() */
};

/* An expression as libxml2 gets it, and what is known of it. */
struct xpath_form {
	char *text;
	enum xpath_type type;
	bool fixed;      /* the same for every node of one document */
	bool positional; /* depends on position() or last() of where it stands */
	bool risky;      /* an axis that libxml2 walks from many nodes, and so in more than linear time */
};

/* What is wrong with an expression. */
struct xpath_fault {
	size_t offset; /* in bytes, into the expression */
	bool newer;    /* a construct of XPath 2 or later: `what` */
	struct str what;
	struct text message;
};

/* Parses `text`; false with `fault` filled, its texts in `arena`, as are those of `form`. */
bool xpath_form(struct arena *arena, struct str text, const struct xpath_scope *scope, struct xpath_form *form,
		struct xpath_fault *fault);

/* Length of the name without prefix that `text` begins with; 0 when it begins with none. */
size_t xpath_name_length(struct str text);

/* Where the predicate that begins at `at` with "[" ends, behind its "]"; text.len + 1 when it does not. */
size_t xpath_predicate_end(struct str text, size_t at);

/* Where a top-level "|" stands at or after `at`, or text.len. */
size_t xpath_branch_end(struct str text, size_t at);

#endif
