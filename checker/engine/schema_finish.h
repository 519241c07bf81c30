/* The last step of compiling a schema: links, shapes, scopes. For schema_compile.c only. */
#ifndef KEUR_ENGINE_SCHEMA_FINISH_H
#define KEUR_ENGINE_SCHEMA_FINISH_H

#include "engine/schema_program.h"

struct compiler;

/* Makes the schema of what was compiled, in the arena; NULL and an error when it applies itself without end. */
struct schema *compiler_finish(struct compiler *compiler, uint32_t root);

#endif
