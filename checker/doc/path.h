/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A place in a document as a walk got there: a chain of steps from the place up to the root, on the walker's stack.
 *
 * A step through a reference stands at its target and remembers the object that held the `$ref`, so a place has two
 * ends: where it really is (step_place) and where it was referred to (step_referrer). A step may have no node: a
 * member that was looked for and is missing.
 */
#ifndef KEUR_DOC_PATH_H
#define KEUR_DOC_PATH_H

#include "doc/ref.h"

struct step {
	const struct step *up;    /* NULL at the root */
	const struct node *node;  /* the value seen here; NULL when missing */
	const struct node *held;  /* what is written here: differs from `node` when that is a `$ref` that was followed */
	const struct target *via; /* where that `$ref` leads; NULL when none was followed */
	struct str key;           /* name of the member; ptr NULL for an element or the root */
	uint32_t index;           /* of an element */
	uint32_t depth;           /* 0 at the root */
};

/* A step down from `up` to a child of up->node as `view` shows it. */
struct step step_child(const struct view *view, const struct step *up, const struct node *child, uint32_t index);

/* A step down to a member that is missing. */
struct step step_missing(const struct step *up, struct str key);

/* The root of a view. */
struct step step_root(const struct view *view);

/* Appends the pointer of the walk itself, references taken as if they were not there. */
void step_pointer(const struct step *step, struct strbuf *buf);

/* Where a step really is. */
struct physical {
	const struct doc *doc;
	const struct node *node; /* the node, or the closest existing one above */
	struct str pointer;      /* its pointer in `doc`, in the arena asked for */
	struct str missing;      /* what is missing below it, as pointer tokens: "/contact/email"; empty when nothing */
};

/* The real place of `step`: document and pointer after the last reference followed. */
struct physical step_place(const struct view *view, const struct step *step, struct arena *arena);

/* Where `step` is written: as step_place(), a reference at the step itself not followed. */
struct physical step_written(const struct view *view, const struct step *step, struct arena *arena);

/* The place of the last `$ref` followed on the way to `step`; doc NULL when none was. */
struct physical step_referrer(const struct view *view, const struct step *step, struct arena *arena);

#endif
