/* SPDX-License-Identifier: EUPL-1.2 */
/* Patterns of XSLT, as contexts of rules and matches of keys, when they are compiled. */
#ifndef KEUR_ENGINE_SCHEMATRON_PATTERN_H
#define KEUR_ENGINE_SCHEMATRON_PATTERN_H

#include "base/str.h"

enum match_kind {
	MATCH_ELEMENT,
	MATCH_ATTRIBUTE,
	MATCH_TEXT,
	MATCH_COMMENT,
	MATCH_INSTRUCTION,
	MATCH_NODE,
	MATCH_ROOT
};

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

#endif
