/* SPDX-License-Identifier: EUPL-1.2 */
/* The core schema of YAML 1.2.2 (section 10.3.2): what a plain scalar stands for. */
#ifndef KEUR_DOC_SCALAR_H
#define KEUR_DOC_SCALAR_H

#include "doc/node.h"

/*
 * Sets kind, text and len of `node` to what `plain` stands for; a number is written as node.h says (010 is 10, 0x1F is
 * 31, .5 is 0.5), in `plain` itself or in the arena. False when it is a number in base 8 or 16 of more than
 * SCALAR_DIGITS digits.
 */
enum { SCALAR_DIGITS = 64 };
bool scalar_resolve(struct str plain, struct arena *arena, struct node *node);

#endif
