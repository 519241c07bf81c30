/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Scopes as ZGW writes them: an expression in one text, "(zaken.lezen | zaken.bijwerken) & zaken.x". `|` is or, `&`
 * and, which binds stronger; the scopes of one list are all asked for.
 */
#ifndef KEUR_ENGINE_CONTRACT_SCOPE_H
#define KEUR_ENGINE_CONTRACT_SCOPE_H

#include "base/err.h"
#include "doc/node.h"

struct scope; /* an expression; NULL asks for nothing */

enum scope_relation {
	SCOPE_IMPLIES,   /* who has what `strong` asks for has what `weak` asks for */
	SCOPE_DIFFERS,   /* somebody has the one and not the other */
	SCOPE_UNDECIDED, /* too many ways to say */
};

/* All of a list; what is no expression is a name. False when one is no text, or there are very many. */
bool scope_parse_list(struct arena *arena, const struct node *list, const struct scope **out);

/* One expression; false when it is none. */
bool scope_parse(struct arena *arena, struct str text, const struct scope **out);

/* One scope. */
const struct scope *scope_name(struct arena *arena, struct str name);

/* One of two, or both. */
const struct scope *scope_both(struct arena *arena, const struct scope *left, const struct scope *right);
const struct scope *scope_either(struct arena *arena, const struct scope *left, const struct scope *right);

/* Exact: what is asked for only ever grows with more scopes, so the least sets that satisfy `strong` decide. */
enum scope_relation scope_implies(struct arena *arena, const struct scope *strong, const struct scope *weak);

/* "a & (b | c)", with as few parentheses as that takes; empty when nothing is asked for. */
struct str scope_text(struct arena *arena, const struct scope *scope);

#endif
