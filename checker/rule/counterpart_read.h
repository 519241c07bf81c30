/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * counterpart.yaml of a rule set: what keur answers to those who ask it while a check is played (engine/stub.h).
 * docs/rule-sets.md says what each field means. Read strictly; const afterwards.
 */
#ifndef KEUR_RULE_COUNTERPART_READ_H
#define KEUR_RULE_COUNTERPART_READ_H

#include "doc/doc.h"
#include "engine/stub.h"

/* NULL with ERR_RULES at the fault, ERR_LIMIT for too much of it. In the arena; borrows from `doc`, which outlives it.
 */
const struct stub_book *counterpart_read(struct arena *arena, const struct doc *doc, struct err *err);

/* The same of the file at `path`, which lives as long as the arena. */
const struct stub_book *counterpart_open(struct arena *arena, const char *path, struct err *err);

#endif
