/* The files behind a rule set: their digests, the compiled checks, and one Spectral file taken as a rule set. */
#ifndef KEUR_RULE_RULEFILES_H
#define KEUR_RULE_RULEFILES_H

#include "rule/ruleset.h"

/* Hashes every regular file in the folder, by name, and what check files extend, into ruleset->files and ->digest. */
bool rulefiles_digest(struct ruleset *ruleset, struct err *err);

/* Names of the entries of a folder that do not start with '.', sorted by bytes; false with ERR_IO. */
bool folder_list(struct arena *arena, const char *path, struct str **names, uint32_t *count, struct err *err);

#endif
