/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What scenarios made at a service and did not remove again, so that whoever runs it can: after an interruption, a
 * clean-up that was refused, an answer that was lost.
 *
 * Told by what was said alone: an object was made by a POST that was answered 201 with its URL (member `url`, else
 * Location), and is gone when a DELETE of that URL succeeded, or it was not there any more (404, 410). What names an
 * object that is gone went with it, as the standards with such objects have it. A URL that is not known to be ours
 * (engine/owned.h) is named apart, with the reason: nothing wrote to it, and nobody should remove it on our word.
 */
#ifndef KEUR_RULE_LEFTOVER_H
#define KEUR_RULE_LEFTOVER_H

#include "engine/owned.h"
#include "fetch/evidence.h"

enum { LEFTOVERS_TOLD = 20 };

/*
 * "2 objects that keur made were not removed: https://..., https://..."; empty when there are none. In the arena. Only
 * what was asked below one of `endpoints` counts, for keur asks itself too. Linear in the bytes of the evidence.
 */
struct text leftover_text(const struct evidence *evidence, const struct str *endpoints, uint32_t endpoint_count,
		const struct owned *owned, struct arena *arena);

#endif
