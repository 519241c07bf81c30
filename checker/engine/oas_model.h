/* SPDX-License-Identifier: EUPL-1.2 */
/* What functions on OpenAPI documents share: operations, members as JavaScript sees them, reporting. */
#ifndef KEUR_ENGINE_OAS_MODEL_H
#define KEUR_ENGINE_OAS_MODEL_H

#include "engine/function.h"

static inline bool oas_is_object(const struct node *node)
{
	return node && node->kind == NODE_OBJECT;
}

static inline bool oas_is_array(const struct node *node)
{
	return node && node->kind == NODE_ARRAY;
}

/* A member of `object`, or NULL for one that a later member with the same key replaces. */
const struct node *oas_live_member(const struct node *object, uint32_t index);

/* Is it get, head, post, put, patch, delete, options or trace? */
bool oas_is_method(struct str key);

/* A walk over the operations below `paths`: path items and operations that are objects, in document order. */
struct oas_walk {
	const struct view *view;
	const struct node *paths;
	uint32_t path_index, operation_index;
	struct str path;
	struct str method;
	const struct node *item;
	const struct node *operation;
};

static inline struct oas_walk oas_walk_of(const struct view *view, const struct node *paths)
{
	return (struct oas_walk){.view = view, .paths = paths};
}

/* The next operation, in walk->path, method, item and operation; false at the end. */
bool oas_walk_next(struct oas_walk *walk);

/*
 * Pointer tokens of a violation, in the arena. Each letter of `shape` is a token: "s" a struct str (borrowed during
 * the call), "i" an unsigned index.
 */
struct str oas_below(struct arena *arena, const char *shape, ...);

/* String() of a scalar; "undefined" for NULL, "[object Object]" for containers. */
struct str oas_text_of(struct arena *arena, const struct node *value);

/* Reports `message` at `below`. */
void oas_report(struct violation_sink *sink, struct str below, struct text message);

#endif
