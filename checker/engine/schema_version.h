/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One file with several schemas: objects in it with `x-since: n` or `x-until: n` are there for the versions from n on,
 * or up to n, only; those with `x-written: true` (or false) only for documents as they are written (or with their
 * references followed).
 */
#ifndef KEUR_ENGINE_SCHEMA_VERSION_H
#define KEUR_ENGINE_SCHEMA_VERSION_H

#include "doc/node.h"

struct schema_variant {
	unsigned version;
	bool written; /* references are not followed */
};

/*
 * The tree at `root` for a variant: a copy, in the arena, without the members and elements that it has not. What
 * `x-since` and `x-until` hold beside whole numbers does not count, nor what `x-written` holds beside true and false.
 */
const struct node *schema_variant_of(struct arena *arena, const struct node *root, struct schema_variant variant);

#endif
