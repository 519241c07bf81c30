/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which values of a document are named by a `$ref`, in it or in the documents that it pulls in.
 *
 * One scan of all documents; every question afterwards takes constant time. A reference from within a value to that
 * value, or to what holds it, is not counted: a schema that only refers to itself is not in use.
 */
#ifndef KEUR_ENGINE_REF_INDEX_H
#define KEUR_ENGINE_REF_INDEX_H

#include "doc/ref.h"

struct ref_index;

/* Scans `main`, and the other documents of `refs` unless that is NULL. Ends with ref_index_free(). */
struct ref_index *ref_index_new(const struct doc *main, const struct refs *refs);

/* NULL is allowed. */
void ref_index_free(struct ref_index *index);

/* Does some reference name exactly this node of `main`? */
bool ref_index_has(const struct ref_index *index, const struct node *node);

#endif
