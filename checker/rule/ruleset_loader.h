/* What the files that read a rule set share. */
#ifndef KEUR_RULE_RULESET_LOADER_H
#define KEUR_RULE_RULESET_LOADER_H

#include "rule/fields.h"
#include "rule/ruleset.h"

struct loader {
	struct ruleset *ruleset;
	const struct doc *doc;
	struct err *err;
};

struct fields loader_fields(const struct loader *loader, const char *what);
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
