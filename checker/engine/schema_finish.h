/* SPDX-License-Identifier: EUPL-1.2 */
/* The last step of compiling a schema: links, shapes, scopes. For schema_compile.c only. */
#ifndef KEUR_ENGINE_SCHEMA_FINISH_H
#define KEUR_ENGINE_SCHEMA_FINISH_H

#include "engine/schema_program.h"

struct compiler;

/* Compiles a block and adds those that it needs. */
bool compiler_compile(struct compiler *compiler, uint32_t block);

/* Links what was compiled, in the arena, without looking for schemas without end; NULL and an error when it cannot. */
struct schema *compiler_link(struct compiler *compiler);

/* The block where one that is but a reference leads, else itself: where a linked schema starts. */
uint32_t compiler_target(const struct compiler *compiler, uint32_t block);

/* Makes the schema of what was compiled, in the arena; NULL and an error when it applies itself without end. */
struct schema *compiler_finish(struct compiler *compiler, uint32_t root);

#endif
