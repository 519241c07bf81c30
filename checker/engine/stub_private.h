/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of the stub share. */
#ifndef KEUR_ENGINE_STUB_PRIVATE_H
#define KEUR_ENGINE_STUB_PRIVATE_H

#include "doc/strmap.h"
#include "engine/arazzo_node.h"
#include "engine/stub.h"

struct stub_object {
	const struct stub_collection *collection;
	struct str id, url;
	const struct node *value; /* NULL: removed */
	struct str lock;          /* empty: not locked */
};

struct stub {
	struct responder responder; /* first, so that one is the other */
	struct arena *arena;
	const struct stub_book *book;
	struct str base;
	struct {
		struct stub_object *items;
		size_t count, capacity;
	} objects;
	struct strmap by_url;
	uint32_t made, locked; /* counted ids and locks */
	size_t bytes;
};

/* A question while it is answered. */
struct asked {
	struct stub *stub;
	const struct http_request *request;
	struct str path, query; /* path below the base */
	struct http_response *response;
	struct arena *arena; /* of the answer */
};

/* stub_answer.c: each fills the response. */
void stub_reply(struct asked *asked, uint32_t status, const struct node *headers, const struct node *body);
void stub_problem(struct asked *asked, uint32_t status, const char *code, const char *member, const char *reason);
void stub_field(struct asked *asked, struct str name, struct str value);

/* stub_answer.c: a copy of the value with {$x-keur.counterpart} filled in; and the same of a text. */
const struct node *stub_filled(struct arena *arena, const struct node *value, struct str base);
struct str stub_filled_text(struct arena *arena, struct str text, struct str base, struct str xml);

/* stub_list.c: the objects of a collection that a query asks for. */
void stub_list(struct asked *asked, const struct stub_collection *collection);

/* stub_object.c: what is at the start; making; and one object, by what comes behind the path of its collection. */
void stub_furnish(struct stub *stub);
void stub_make(struct asked *asked, const struct stub_collection *collection);
void stub_one(struct asked *asked, const struct stub_collection *collection, struct str behind);

#endif
