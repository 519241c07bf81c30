/* What the files of rule/ruleset share. */
#ifndef KEUR_RULE_RULESET_PRIVATE_H
#define KEUR_RULE_RULESET_PRIVATE_H

#include "rule/ruleset.h"

/* Hashes every regular file in the folder, by name, and what check files extend, into ruleset->files and ->digest. */
bool rulefiles_digest(struct ruleset *ruleset, struct err *err);

/* ruleset->digest over ruleset->files. */
void rulefiles_seal(struct ruleset *ruleset);

/* These documents are ruleset->files, in this order; and the digest. */
void rulefiles_of_docs(struct ruleset *ruleset, const struct doc *const *docs, uint32_t count);

/* A rule set of one file as it was published: that check, no requirements yet. The title is the name of the file. */
struct ruleset *ruleset_of_check(struct arena *arena, struct check *check);

/*
 * Reads interpretations.yaml in the folder of the rule set, when there is one: fills `interpretation` of the
 * requirements and `accepts` of the checks of engine contract-comparison. False with ERR_RULES, ERR_IO, ERR_SYNTAX.
 */
bool rulefiles_interpretations(struct ruleset *ruleset, struct err *err);

#endif
