/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What keur answers to those who ask it: fixed resources, and collections of objects that can be made, read, changed
 * and removed, as counterpart.yaml of a rule set says (docs/rule-sets.md).
 *
 * A book is const and shared; a stub is what became of it while one check was played. Ids are counted, so that the same
 * requests get the same answers. Who asks makes no difference, and nothing that is asked can grow beyond
 * LIMIT_STUB_OBJECTS and LIMIT_STUB_BYTES: then the answer is 507.
 */
#ifndef KEUR_ENGINE_STUB_H
#define KEUR_ENGINE_STUB_H

#include "doc/node.h"
#include "fetch/listener.h"

struct stub_resource {
	struct str path, method; /* a segment "*" of the path is any one */
	uint32_t status;
	struct str authorization;   /* a request without exactly that is answered 403; empty: all may */
	const struct node *headers; /* name to text; NULL: none */
	const struct node *body;    /* JSON; NULL: none */
	struct str text;            /* ptr NULL: none */
};

struct stub_collection {
	struct str path;
	bool pages; /* {count, next, previous, results}; else a bare array */
	bool lock;
	struct str id;              /* member that holds the id; empty: none */
	const struct node *filters; /* names of query parameters; NULL: none, as below */
	const struct node *items;   /* id to members */
	const struct node *defaults, *headers;
	const struct node *refers; /* member to path of a collection */
};

struct stub_book {
	struct stub_resource *resources;
	uint32_t resource_count;
	struct stub_collection *collections;
	uint32_t collection_count;
};

struct stub;

/* A fresh one, in the arena; `book` and `base`, the URL that answers name, outlive it. */
struct stub *stub_new(struct arena *arena, const struct stub_book *book, struct str base);

/* It as a responder. One thread at a time. */
struct responder *stub_responder(struct stub *stub);

#endif
