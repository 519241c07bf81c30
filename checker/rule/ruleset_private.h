/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of rule/ruleset share. */
#ifndef KEUR_RULE_RULESET_PRIVATE_H
#define KEUR_RULE_RULESET_PRIVATE_H

#include "rule/fields.h"
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

/* What is read, into what, and where errors go. */
struct loader {
	struct ruleset *ruleset;
	const struct doc *doc;
	struct err *err;
};

/* For reading an object of the document, which messages call `what`. */
struct fields loader_fields(const struct loader *loader, const char *what);
/* Its file, line and column, in the arena of the rule set. */
struct loc loader_loc(const struct loader *loader, const struct node *node);

/* A list of "check#rule"; the checks are known. */
bool loader_uses(const struct loader *loader, const struct node *list, struct rule_use **uses, uint32_t *count);

/* Adds the requirements of a list, or replaces those of the rule set that this one extends. */
bool loader_requirements(const struct loader *loader, const struct node *list);

/*
 * Takes over artefacts, checks and requirements of `base`, another version of this rule set, whose own files lie in
 * ../<version>/; without the requirements that the list names, which may be NULL. Those of this rule set come after.
 * Clauses that begin with a name of `clauses` begin with its value instead; NULL: none do.
 */
bool loader_extend(const struct loader *loader, const struct ruleset *base, const struct node *without,
		const struct node *clauses);

/* Adds artefacts, or replaces those of the same id; checks that took their file from one take it from the new one. */
bool loader_artefacts(const struct loader *loader, const struct artefact *artefacts, uint32_t count);

#endif
