/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Fixtures: documents by which a rule set is held to its word, fixtures/<id>/<requirement>/{pass,fail}-<what>.yaml.
 *
 * `pass-*` must pass that requirement and fail none; `fail-*` must fail that requirement and no other. A name may be
 * limited to versions: fail-what@2.0@2.1.yaml.
 *
 * A live fixture is a service descriptor with the recording of what that service answered,
 * {pass,fail}-<what>.service.yaml and .har beside it: it is judged by replaying, so without network.
 */
#ifndef KEUR_RULE_FIXTURE_H
#define KEUR_RULE_FIXTURE_H

#include "rule/result.h"

struct fixture {
	struct str path;
	bool passes;
	bool live; /* a service descriptor; then its recording lies beside it */
};

/* Fixtures of one requirement for this version of the rule set, by name. None when there is no folder. */
bool fixture_list(struct arena *arena, const char *root, const struct ruleset *ruleset,
		const struct requirement *requirement, struct fixture **out, uint32_t *count, struct err *err);

/* Root of fixtures that belongs to a rule set: fixtures beside the folder that holds <id>/<version>. */
struct str fixture_root(struct arena *arena, const struct ruleset *ruleset);

/*
 * Judges a fixture against one compiled rule set; what a descriptor claims of that standard is judged against this
 * version of it. The caller ends it with arena_free(target->arena).
 */
void fixture_judge(struct target_result *target, const struct fixture *fixture, const struct ruleset *ruleset);

/* True when the judged fixture is as its name says; else `*why` is what is wrong. */
bool fixture_holds(const struct target_result *target, const struct requirement *requirement, bool passes,
		struct arena *arena, struct text *why);

#endif
