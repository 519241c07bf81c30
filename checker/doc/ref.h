/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * `$ref`: the documents that a document pulls in, and the values that its references name.
 *
 * refs_new() finds every `$ref` of the main document and of the documents it leads to, reads each document once, and
 * answers in constant time afterwards. Chains of references are followed to their end; rings and dangling references
 * are problems with a place, not targets. What lies at an http(s) URL comes from a loader; without one such a reference
 * is a problem of kind REF_REMOTE. A document that itself came from a URL refers to URLs only, never to files.
 * Const after refs_new(). Belongs to one thread.
 */
#ifndef KEUR_DOC_REF_H
#define KEUR_DOC_REF_H

#include "doc/doc.h"

/* Where a reference leads: a value, and its own pointer in the document that holds it. */
struct target {
	const struct doc *doc;
	const struct node *node;
	struct str pointer; /* RFC 6901, "" for the root; canonical: no $ref on the way */
};

enum ref_problem_kind {
	REF_DANGLING,   /* the document is there, the value is not */
	REF_UNREADABLE, /* the document cannot be read */
	REF_RING,       /* references that lead only to each other */
	REF_REMOTE,     /* http(s): not fetched, or not to be had */
	REF_MALFORMED,  /* no URI reference, or a fragment that is no JSON Pointer */
	REF_LIMIT,      /* a ceiling of base/limits.h */
};

struct ref_problem {
	enum ref_problem_kind kind;
	const struct doc *doc;   /* that holds the reference */
	const struct node *node; /* the object with the `$ref` member */
	struct str reference;    /* as written */
	struct str pointer;      /* of `node` in `doc` */
	struct text message;
};

struct refs {
	struct arena *arena;
	const struct doc *main;
	const struct doc **docs; /* every document, the main one first */
	uint32_t doc_count;
	struct ref_problem *problems; /* in document order, main document first */
	uint32_t problem_count;
	struct ref_entry *entries; /* private, as is the rest: every `$ref` in document order */
	uint32_t entry_count;
	uint32_t *slots; /* open addressing by address of the object: number in entries, plus one */
	uint32_t slot_count;
};

/*
 * Where documents at URLs come from: fetch/fetch.h has one, for the doc layer knows no network. load() gives the
 * document at an absolute http(s) URL without fragment, which refs closes; NULL and `err` when there is none: ERR_IO
 * when it could not be had, which says nothing of the document that refers to it, anything else when it cannot be read.
 */
struct doc_loader {
	struct doc *(*load)(struct doc_loader *loader, struct str url, struct err *err);
};

/* Resolves everything that `main`, which outlives it, refers to. Owned documents are closed with the arena. Never
 * fails: see problems. */
struct refs *refs_new(struct arena *arena, const struct doc *main);

/* The same, with a loader for what is at URLs; NULL: none. It is used during the call only. */
struct refs *refs_new_with(struct arena *arena, const struct doc *main, struct doc_loader *loader);

/* The same of a document in which `$ref` is a member like any other: data, such as what a service answered. */
struct refs *refs_plain(struct arena *arena, const struct doc *main);

/* Where the object `node` leads, or NULL when it is no object with a string `$ref` or the reference is a problem. */
const struct target *refs_target(const struct refs *refs, const struct node *node);

/*
 * How an evaluation sees a document: through references (`refs` set) or as it is written (`refs` NULL).
 * view_value() is what a reader of `node` sees: the target of its reference, else `node` itself. NULL stays NULL.
 */
struct view {
	const struct doc *doc;
	const struct refs *refs;
};

static inline const struct node *view_value(const struct view *view, const struct node *node)
{
	if (!view->refs || !node || node->kind != NODE_OBJECT) return node;
	const struct target *target = refs_target(view->refs, node);
	return target ? target->node : node;
}

/* Member or element of what `container` shows; NULL when there is none. */
const struct node *view_member(const struct view *view, const struct node *container, struct str key);

#endif
