/* What the files of rule/ruleset share. */
#ifndef KEUR_RULE_RULESET_PRIVATE_H
#define KEUR_RULE_RULESET_PRIVATE_H

#include "rule/ruleset.h"

/* Hashes every regular file in the folder, by name, and what check files extend, into ruleset->files and ->digest. */
bool rulefiles_digest(struct ruleset *ruleset, struct err *err);

#endif
