/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The tree of a JSON or YAML document: immutable, in one arena, with a byte span in every node.
 *
 * Children of a container lie next to each other, in document order. A member carries its key itself. What a YAML
 * alias or merge key brings in is a copy of the head node that shares the children below it, so a tree may be a graph
 * without cycles: a node has no parent, and a place in a document is a path (doc/path.h), not a node.
 * Equality of keys is equality of bytes.
 */
#ifndef KEUR_DOC_NODE_H
#define KEUR_DOC_NODE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

enum node_kind { NODE_NULL, NODE_FALSE, NODE_TRUE, NODE_NUMBER, NODE_STRING, NODE_ARRAY, NODE_OBJECT };

enum node_flag {
	NODE_KEY_SPECIAL = 1, /* key of a YAML mapping that was no string: 200, true, null; `key` is its text */
	NODE_INDEXED = 2,     /* object with a hash index behind its children; private to node.c */
	NODE_SHARED = 4,      /* the value came through an alias or a merge key */
	NODE_REPEATS = 8,     /* object with duplicate keys */
};

struct node {
	union {
		const char *text;            /* STRING: decoded; NUMBER: decimal text as RFC 8259 writes numbers,
										or Infinity, -Infinity, NaN of YAML */
		const struct node *children; /* ARRAY, OBJECT */
	};
	const char *key; /* of a member, decoded; NULL for elements and for a root */
	uint32_t len;    /* bytes of text, or number of children */
	uint32_t key_len;
	uint32_t start; /* span of the value in the source, half-open, in bytes */
	uint32_t end;
	uint32_t key_start; /* where the key (its quote, if any) starts */
	uint8_t kind;       /* enum node_kind */
	uint8_t flags;      /* enum node_flag */
	uint16_t key_hash;  /* node_hash() of the key */
};

static inline struct str node_text(const struct node *node)
{
	return (struct str){node->text, node->len};
}

static inline struct str node_key(const struct node *node)
{
	return (struct str){node->key, node->key_len};
}

static inline bool node_is_container(const struct node *node)
{
	return node->kind >= NODE_ARRAY;
}

/* Number of children; 0 for a scalar. */
static inline uint32_t node_count(const struct node *node)
{
	return node_is_container(node) ? node->len : 0;
}

/* The hash that key_hash holds. */
uint16_t node_hash(struct str key);

/* The member of an object with that key (the last of duplicates), or NULL; NULL too when `object` is NULL or none. */
const struct node *node_member(const struct node *object, struct str key);

/* Is `member` of `object` one that a later member of the same key replaces? */
static inline bool node_is_repeated(const struct node *object, const struct node *member)
{
	return object->flags & NODE_REPEATS && node_member(object, node_key(member)) != member;
}

/* The element of an array or the value of an object's nth member, or NULL. */
const struct node *node_at(const struct node *container, uint32_t index);

/* A member that is a string: its text, else {NULL, 0}. */
struct str node_string_member(const struct node *object, struct str key);

/* Double nearest to a NUMBER. */
double node_double(const struct node *number);

/* True when a NUMBER has no fractional part (1.0 and 1e2 have none), by its text, exactly. */
bool node_is_integer(const struct node *number);

/* Compares two NUMBERs exactly, by their decimal text: negative, 0, positive. NaN equals nothing and is above all. */
int node_compare_numbers(const struct node *a, const struct node *b);

/* Deep equality as JSON Schema has it: 1 equals 1.0, order of members does not count. */
bool node_equal(const struct node *a, const struct node *b);

/*
 * For readers: makes `count` children that lie in `items` (copied) the children of a container, with an index when
 * there are many. For an object, `duplicate(context, first, second)` is called for each key that occurred before.
 */
typedef void node_duplicate_fn(void *context, const struct node *first, const struct node *second);
void node_adopt(struct node *container, struct arena *arena, const struct node *items, uint32_t count,
		node_duplicate_fn *duplicate, void *context);

/* "object", "array", "string", "number", "boolean", "null". */
struct text node_kind_name(enum node_kind kind);

#endif
