/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What YAML 1.2 forbids, or reads otherwise, and libyaml lets through: turned into errors, so that a document is never
 * read as something else in silence. Each check costs no more than the bytes it looks at, once.
 *
 * Lines of quoted text and of brackets that are not indented are let through: the tree is the one that is meant, other
 * readers do the same, and municipal standards (ZRC 1.5.1) are published so.
 */
#ifndef KEUR_DOC_YAML_STRICT_H
#define KEUR_DOC_YAML_STRICT_H

#include "doc/doc.h"

/* Between two tokens, from `from` to `to`: a comment needs white space before its '#'. */
bool strict_gap(struct doc *doc, uint32_t from, uint32_t to, struct err *err);

/* The header of a block scalar at `start`, and the empty lines after it. */
bool strict_block_scalar(struct doc *doc, uint32_t start, int32_t indent, struct err *err);

/* The name of an anchor or alias at `start`, on its sign: libyaml ends it earlier than YAML 1.2 does. */
bool strict_name(struct doc *doc, uint32_t start, struct err *err);

/* A key whose first token is at `start`: libyaml takes "{?a: b}" for the sign of a key. */
bool strict_key(struct doc *doc, uint32_t start, struct err *err);

/* A plain scalar: "-" alone is none. */
bool strict_plain(struct doc *doc, uint32_t start, uint32_t end, struct err *err);

#endif
