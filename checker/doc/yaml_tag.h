/* Tags: the ones of the core schema are honoured, any other is a problem. */
#ifndef KEUR_DOC_YAML_TAG_H
#define KEUR_DOC_YAML_TAG_H

#include "doc/node.h"

/*
 * Sets kind, text and len of `node` for a scalar with the text `text`, plain or not, and the tag `tag`, which may be
 * NULL. New text goes in `arena`. False with `*problem`, in the arena of errors, when tag and text do not agree.
 */
bool yaml_tag_scalar(struct str text, bool plain, const char *tag, struct arena *arena, struct arena *err_arena,
		struct node *node, struct text *problem);

/* False with `*problem` when a container of that kind cannot have that tag. */
bool yaml_tag_container(enum node_kind kind, const char *tag, struct arena *err_arena, struct text *problem);

#endif
