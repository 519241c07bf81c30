/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A new rule set to start from: a register with one example requirement for each engine that is asked for, its check,
 * and fixtures that pass and fail. What it is made of lies in rules/skeleton/, as data.
 */
#ifndef KEUR_RULE_SKELETON_H
#define KEUR_RULE_SKELETON_H

#include "base/err.h"

struct skeleton_file {
	struct str path; /* below the root: "rules/<id>/<version>/ruleset.yaml", "fixtures/<id>/..." */
	struct str text;
};

struct skeleton {
	struct str id, version; /* as given: small letters, digits and "-"; the version letters, digits, "." and "-" */
	struct str root;        /* where it will lie, for the texts in it */
	const char *const *engines;
	size_t engine_count; /* not 0 */
};

/*
 * All files of it, in the arena. False with ERR_USAGE (a name that cannot be one, an engine without an example or
 * twice) or ERR_IO; `folder` is rules/skeleton.
 */
bool skeleton_make(struct arena *arena, struct str folder, const struct skeleton *skeleton,
		struct skeleton_file **files, uint32_t *count, struct err *err);

#endif
