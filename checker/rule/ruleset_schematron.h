/* SPDX-License-Identifier: EUPL-1.2 */
/* Schematron schemas as rule sets. */
#ifndef KEUR_RULE_RULESET_SCHEMATRON_H
#define KEUR_RULE_RULESET_SCHEMATRON_H

#include "rule/ruleset.h"

/* Does the file begin like XML, and so is a Schematron schema and no rule set of Spectral? */
bool ruleset_is_schematron(const char *path);

/* One Schematron schema, and the files that it includes: each assertion is a requirement, by role or flag. `phase` as
 * schematron_load() has it. NULL and `err` (ERR_RULES, ERR_IO, ERR_SYNTAX, with a place). */
struct ruleset *ruleset_of_schematron(struct arena *arena, const char *path, struct str phase, struct err *err);

#endif
