/* SPDX-License-Identifier: EUPL-1.2 */
/* Values of Arazzo documents compiled: literals, expressions, texts and containers that hold them, selectors. */
#ifndef KEUR_ENGINE_ARAZZO_PLAN_H
#define KEUR_ENGINE_ARAZZO_PLAN_H

#include "doc/doc.h"
#include "engine/arazzo_expr.h"

struct jsonpath;

enum plan_kind { PLAN_LITERAL, PLAN_TEMPLATE, PLAN_CONTAINER, PLAN_SELECTOR };

/* Selector Object of Arazzo 1.1. */
struct selector {
	struct expression context;
	struct str pointer;          /* JSON Pointer; ptr NULL: */
	const struct jsonpath *path; /* JSONPath; NULL: */
	struct str xpath;            /* XPath 1.0; ptr NULL: */
	struct text unusable;
};

struct plan {
	enum plan_kind kind;
	const struct node *node;
	struct template text;
	struct plan *children; /* one for each child of the node */
	struct selector *selector;
};

struct output {
	struct str name;
	struct plan value;
};
#endif
