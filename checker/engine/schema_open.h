/* SPDX-License-Identifier: EUPL-1.2 */
/* References that lead nowhere, where that is no error: option open_references of engine/schema.h. */
#ifndef KEUR_ENGINE_SCHEMA_OPEN_H
#define KEUR_ENGINE_SCHEMA_OPEN_H

#include "engine/schema_compiler.h"

/* As compiler_resolve(), but that with open_references one that leads nowhere is no error, and `*target` is NULL. */
bool compiler_resolve_open(struct compiler *compiler, const char *keyword, const struct node *reference,
		const struct node **target, struct str *dynamic_name);

/* A block for a schema that nobody knows, at a reference: what is held against it is undecided. True. */
bool compiler_unknown(struct compiler *compiler, const struct node *reference, uint32_t *block);

#endif
