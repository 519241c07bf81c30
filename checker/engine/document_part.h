/*
 * Schemas that lie in the document under test, or in one that it refers to: payloads, parameters, components.
 *
 * References in them are followed as in the rest of the document. What stands beside a `$ref` does not count, as where
 * references were replaced beforehand.
 */
#ifndef KEUR_ENGINE_DOCUMENT_PART_H
#define KEUR_ENGINE_DOCUMENT_PART_H

#include "engine/function.h"
#include "engine/schema.h"

/* A value and the document that holds it; node NULL when there is none. */
struct part {
	const struct doc *doc;
	const struct node *node;
};

/* What a function is given. */
struct part part_of_subject(const struct subject *subject);

/* A member, or an element, as refs shows it; `refs` NULL: as it is written. */
struct part part_member(const struct refs *refs, struct part part, struct str key);
struct part part_element(const struct refs *refs, struct part part, uint32_t index);

/*
 * The schema at `part`, compiled in the arena. NULL and `err`: ERR_RULES for what is no schema, ERR_UNDECIDED when a
 * reference in the documents leads to what is not there, and that may be why.
 */
const struct schema *part_schema(
		struct arena *arena, const struct refs *refs, struct part part, const struct schema_options *how, struct err *err);

#endif
