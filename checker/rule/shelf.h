/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Rule sets on demand: which ones a run needs is known only when its service descriptors have been read. Each is found,
 * read and compiled once, and shared between threads.
 */
#ifndef KEUR_RULE_SHELF_H
#define KEUR_RULE_SHELF_H

#include "rule/library.h"

struct shelf;

/* A shelf over a library that outlives it; rule sets live in `arena`, whose end is the shelf's. */
struct shelf *shelf_new(struct arena *arena, const struct library *library, const struct spectral_options *options);

/* A compiled rule set that is there already, and need not be read again. */
void shelf_keep(struct shelf *shelf, const struct ruleset *ruleset);

/*
 * The compiled rule set `name`, ID or ID@VERSION as library_find() has it. NULL and `err` (ERR_USAGE: there is none;
 * ERR_RULES, ERR_IO, ERR_SYNTAX: it cannot be used), the same at each question.
 */
const struct ruleset *shelf_get(struct shelf *shelf, struct str name, struct err *err);

#endif
