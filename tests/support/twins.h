/* SPDX-License-Identifier: EUPL-1.2 */
/* Two readings of the same bytes, held side by side: trees with every span, key and flag, and the remarks. */
#ifndef KEUR_TESTS_SUPPORT_TWINS_H
#define KEUR_TESTS_SUPPORT_TWINS_H

#include "doc/doc.h"

static inline bool twins_node(const struct node *a, const struct node *b)
{
	if (a->kind != b->kind || a->flags != b->flags || a->len != b->len) return false;
	if (a->start != b->start || a->end != b->end || a->key_start != b->key_start) return false;
	if (!a->key != !b->key || a->key_hash != b->key_hash || !str_eq(node_key(a), node_key(b))) return false;
	if (!node_is_container(a)) return !a->text == !b->text && str_eq(node_text(a), node_text(b));
	uint32_t most = a->flags & NODE_SHARED ? 1
										   : UINT32_MAX; /* the rest of what is shared is seen where it is defined */
	for (uint32_t i = 0; i < a->len && i < most; i++)
		if (!twins_node(&a->children[i], &b->children[i])) return false;
	return true;
}

static inline bool twins_remarks(const struct doc *a, const struct doc *b)
{
	if (a->diagnostic_count != b->diagnostic_count) return false;
	if (a->diagnostics_cut != b->diagnostics_cut || a->duplicates_cut != b->duplicates_cut) return false;
	for (uint32_t i = 0; i < a->diagnostic_count; i++) {
		const struct diagnostic *left = &a->diagnostics[i], *right = &b->diagnostics[i];
		if (left->kind != right->kind || left->start != right->start || left->end != right->end) return false;
		if (left->other != right->other || !str_eq(left->what, right->what)) return false;
	}
	return true;
}

static inline bool twins_equal(const struct doc *a, const struct doc *b)
{
	return twins_node(a->root, b->root) && twins_remarks(a, b);
}

#endif
