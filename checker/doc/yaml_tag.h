/* SPDX-License-Identifier: EUPL-1.2 */
/* Tags: the ones of the core schema are honoured; a value with any other is read as if it had none. */
#ifndef KEUR_DOC_YAML_TAG_H
#define KEUR_DOC_YAML_TAG_H

#include "doc/node.h"

enum yaml_tag_fit { TAG_FITS, TAG_UNKNOWN, TAG_WRONG };

/*
 * Sets kind, text and len of `node` for a scalar with the text `text`, plain or not, and the tag `tag`, which may be
 * NULL. New text goes in `arena`. WRONG with `*problem`, in the arena of errors, when a core tag and the text do not
 * agree.
 */
enum yaml_tag_fit yaml_tag_scalar(struct str text, bool plain, const char *tag, struct arena *arena,
		struct arena *err_arena, struct node *node, struct text *problem);

/* WRONG with `*problem` when a container of that kind cannot have that tag. */
enum yaml_tag_fit yaml_tag_container(
		enum node_kind kind, const char *tag, struct arena *err_arena, struct text *problem);

#endif
