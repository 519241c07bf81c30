/* What the files of rule/ruleset share. */
#ifndef KEUR_RULE_RULESET_PRIVATE_H
#define KEUR_RULE_RULESET_PRIVATE_H

#include "rule/ruleset.h"

/* Hashes every regular file in the folder, by name, and what check files extend, into ruleset->files and ->digest. */
bool rulefiles_digest(struct ruleset *ruleset, struct err *err);

/*
 * Reads interpretations.yaml in the folder of the rule set, when there is one: fills `interpretation` of the
 * requirements and `accepts` of the checks of engine contract-comparison. False with ERR_RULES, ERR_IO, ERR_SYNTAX.
 */
bool rulefiles_interpretations(struct ruleset *ruleset, struct err *err);

#endif
