/* SPDX-License-Identifier: EUPL-1.2 */
/* The rule sets that can be found: roots of folders <id>/<version>/ruleset.yaml. Nothing is parsed but what is asked.
 */
#ifndef KEUR_RULE_LIBRARY_H
#define KEUR_RULE_LIBRARY_H

#include "rule/ruleset.h"

struct library {
	const struct str *roots; /* in order: of two equal rule sets the first root's counts */
	uint32_t root_count;
	const struct str *artefact_folders; /* where artefacts are looked for, in order */
	uint32_t artefact_folder_count;
};

struct library_entry {
	struct str id, version, dir;
};

/* Every rule set, by id and then version, newest last. Roots that cannot be read are an error. */
bool library_list(const struct library *library, struct arena *arena, struct library_entry **entries, uint32_t *count,
		struct err *err);

/* Tells the artefacts of a rule set where to look. */
void library_lend(const struct library *library, const struct ruleset *ruleset);

/*
 * The folder of `name`, ID or ID@VERSION; without version the newest one that is effective, or
 * when none is, the newest that is being phased out (`warn`). Errors (ERR_USAGE) name
 * what there is.
 */
bool library_find(
		const struct library *library, struct arena *arena, struct str name, struct str *dir, struct err *err);

/* Orders versions by their numbers: 2.9 before 2.10; what is not a number by bytes. */
int version_compare(struct str a, struct str b);

#endif
