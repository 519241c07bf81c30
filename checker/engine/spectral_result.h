/* SPDX-License-Identifier: EUPL-1.2 */
/* Results of rules: from a violation below a subject to a place in a file; merged and ordered as Spectral does. */
#ifndef KEUR_ENGINE_SPECTRAL_RESULT_H
#define KEUR_ENGINE_SPECTRAL_RESULT_H

#include "engine/spectral_private.h"

struct result_list {
	struct result *items;
	size_t count, capacity;
};

/* Where a violation comes from. */
struct result_source {
	const struct spectral *spectral;
	const struct view *view;
	const struct subject *subject;
	uint32_t rule;
	struct arena *scratch;
};

/* Adds the result of a violation, with its texts in `arena`; false, nothing added, where an override switches the rule
 * off. */
bool result_add(struct result_list *list, const struct result_source *source, const struct violation *violation,
		struct arena *arena);

/* Merges equal results (code, path, source, message), orders them, moves them to the arena, and empties the list. */
void results_finish(struct result_list *list, const struct spectral *spectral, struct arena *arena, struct facts *run);

/* Marks a rule whose paths could not be evaluated to the end. */
void spectral_undecided(struct arena *arena, struct fact *outcome);

#endif
