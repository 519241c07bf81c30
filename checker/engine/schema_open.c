/* SPDX-License-Identifier: EUPL-1.2 */
/* References that lead nowhere, in a document that is read as it was meant. */
#include "engine/schema_open.h"

#include "base/vec.h"

bool compiler_resolve_open(struct compiler *compiler, const char *keyword, const struct node *reference,
		const struct node **target, struct str *dynamic_name)
{
	if (compiler_resolve(compiler, keyword, reference, target, dynamic_name)) return true;
	if (!compiler->options.open_references) return false;
	err_init(compiler->err, compiler->err->arena);
	*target = NULL;
	return true;
}

bool compiler_unknown(struct compiler *compiler, const struct node *reference, uint32_t *block)
{
	const struct block *here = &compiler->blocks.items[compiler->current];
	struct block unknown = {.node = reference,
			.unknown = true,
			.resource = here->resource,
			.place = here->place,
			.source = here->source};
	*block = (uint32_t)compiler->blocks.count;
	*vec_push(&compiler->blocks) = unknown;
	return true;
}
