/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * XPath 1.0 on XML, by libxml2. Prefixes of `names` (NULL: none), and else those that the root element declares, may be
 * used; a name without a prefix is one in no namespace, as XPath 1.0 has it. No variables, no extension functions. One
 * evaluation does at most LIMIT_XPATH_STEPS operations, fewer on large documents, and LIMIT_XPATH_COST of work: it ends
 * within about 2 seconds.
 */
#ifndef KEUR_ENGINE_XPATH_H
#define KEUR_ENGINE_XPATH_H

#include "doc/xml.h"

/* Prefixes that expressions may use whatever the document declares; texts end in NUL. */
struct xpath_name {
	struct str prefix, uri;
};

struct xpath_names {
	const struct xpath_name *items;
	uint32_t count;
};

/* Whether `text` is an expression of XPath 1.0. False: ERR_RULES, or ERR_IO without libxml2. Names of functions and
 * prefixes are looked up when it is evaluated. */
bool xpath_check(struct str text, struct err *err);

/* What boolean() makes of the result (XPath 1.0, 4.3). False, with ERR_RULES or ERR_LIMIT, when there is none. */
bool xpath_holds(struct str text, xmlDoc *doc, const struct xpath_names *names, bool *holds, struct err *err);

/*
 * What string() makes of the result (XPath 1.0, 4.2): of several nodes the first one in the document. The text lives in
 * `arena`; ptr NULL when the result is a set of no nodes.
 */
bool xpath_text(struct str text, xmlDoc *doc, const struct xpath_names *names, struct arena *arena, struct str *out,
		struct err *err);

/*
 * Makes `value` the text of every element (its children go), attribute and text that the expression selects. False:
 * ERR_RULES when it selects nothing, or something else; ERR_LIMIT.
 */
bool xpath_set(struct str text, xmlDoc *doc, const struct xpath_names *names, struct str value, struct err *err);

#endif
