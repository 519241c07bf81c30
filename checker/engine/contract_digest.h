/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Digests of values and of schemas, for telling at a glance that two are the same: SHA-256, so that nobody can prepare
 * two that differ and look alike. Of a schema only what constrains counts, in whatever order it stands, and what it
 * refers to instead of the name by which it does. Schemas that contain themselves have no digest.
 */
#ifndef KEUR_ENGINE_CONTRACT_DIGEST_H
#define KEUR_ENGINE_CONTRACT_DIGEST_H

#include "doc/digest.h"
#include "engine/openapi.h"

struct digests;

/* Remembers what was asked, in the arena; belongs to one thread. */
struct digests *digests_new(struct arena *arena);

/* Of the schema at `node`; NULL when it has none: it is recursive, very deep, or refers to nothing. */
const struct digest *digests_of_schema(struct digests *digests, const struct openapi *openapi, const struct node *node);

/* Of what stands at a keyword of a schema, a schema or several or something else. */
const struct digest *digests_of_keyword(
		struct digests *digests, const struct openapi *openapi, const struct node *member);

/* Steps taken so far: schemas, members and values that were looked at. */
uint64_t digests_steps(const struct digests *digests);

/* A text that two values share exactly when they are equal as JSON Schema has it: 1 is 1.0, order of members is none.
 */
void value_key(const struct node *value, struct strbuf *out);

/* Does this keyword say nothing about which values are valid? */
bool keyword_is_annotation(struct str keyword);

#endif
