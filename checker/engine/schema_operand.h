/* SPDX-License-Identifier: EUPL-1.2 */
/* What compilers of operands share. For schema_operand*.c and schema_finish.c only. */
#ifndef KEUR_ENGINE_SCHEMA_OPERAND_H
#define KEUR_ENGINE_SCHEMA_OPERAND_H

#include "engine/schema_compiler.h"

/* Is a schema one that holds for everything? */
static inline bool compiler_holds_always(const struct node *schema)
{
	return schema->kind == NODE_TRUE || (schema->kind == NODE_OBJECT && schema->len == 0);
}

/* What a reader sees of a part of the schema: with options.refs, what its reference leads to. */
const struct node *compiler_see(const struct compiler *compiler, const struct node *node);

/* May what a keyword only annotates count, for unevaluated members and items? Since 2019-09. */
bool compiler_annotates(const struct compiler *compiler);

/* Compiles a regular expression that stands at `place`, the value of a keyword or of a member below it. */
bool compiler_search(struct compiler *compiler, const char *keyword, const struct node *place, struct str text,
		struct search *search);

/* Makes the index of entries by name, with room for `most` of them. Of entries of the same name the last one counts. */
void compiler_index(struct arena *arena, struct entries *entries, uint32_t most);

/* The slot of a name, or the free slot where it belongs. */
uint32_t *compiler_slot(const struct entries *entries, struct str key, uint16_t hash);

#endif
