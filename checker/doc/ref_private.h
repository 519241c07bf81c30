/* SPDX-License-Identifier: EUPL-1.2 */
/* What ref.c (resolution) and ref_problem.c (what a person is told of it) share. Not for others. */
#ifndef KEUR_DOC_REF_PRIVATE_H
#define KEUR_DOC_REF_PRIVATE_H

#include "doc/ref.h"

enum entry_state { ENTRY_NEW, ENTRY_OPEN, ENTRY_DONE, ENTRY_BAD };

/* One object with a `$ref`. */
struct ref_entry {
	const struct node *node;
	const struct doc *doc;
	struct target target;
	const struct text *why; /* REF_UNREADABLE: what the reader said; REF_REMOTE: what the loader said, or NULL */
	enum entry_state state;
	enum ref_problem_kind kind;
	bool in_data;   /* in an example or the like: no part of the description, so no problem of it */
	bool to_report; /* bad by itself, not because what it leads to is bad */
};

/* The `$ref` member of an object; NULL where there is none, or an object, which is a property of that name. */
const struct node *ref_member(const struct node *node);

/* The entry of that object, or NULL. */
struct ref_entry *ref_entry_find(const struct refs *refs, const struct node *node);

/* Fills refs->problems from the entries that are to be reported, `count` of them, with their pointers: one walk. */
void ref_problems_collect(struct refs *refs, uint32_t count);

#endif
