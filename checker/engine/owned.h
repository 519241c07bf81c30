/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a run made at a service, and so may remove again: the guard of the clean-up.
 *
 * A service can answer a creation with the URL of somebody else's object, by mistake or on purpose. So an object is
 * ours only when a successful POST gave its URL (member `url`, Location, or the request's URL with an identifier in the
 * answer behind it), that URL lies where the scenario asks, nothing in this run had named it before, no other creation
 * was answered with it, and the texts that were sent came back as they were. Anything else is in doubt, and stays so.
 * No author of a scenario has to see to that. Fail closed: beyond LIMIT_SCENARIO_URLS nothing more is ours.
 *
 * It cannot know an object that was never named, and whose every text is as it was sent: such an answer is what a
 * right one is.
 */
#ifndef KEUR_ENGINE_OWNED_H
#define KEUR_ENGINE_OWNED_H

#include "doc/node.h"
#include "fetch/exchange.h"

enum ownership { OWNED_UNKNOWN, OWNED_OURS, OWNED_DOUBTFUL };

struct owned;

/* In the arena, as is all that it remembers; one for a run on a service. */
struct owned *owned_new(struct arena *arena);

/* Takes note of an answer. `server`: base URL of what is asked, empty when it is not known; `sent` and `body`: JSON of
 * both, NULL when there is none. Linear in what they hold. */
void owned_take(struct owned *owned, struct str server, const struct exchange *exchange, const struct node *sent,
		const struct node *body);

/* Whose the object at that URL is, or the one that it lies below. `why` when it is not ours. */
enum ownership owned_find(const struct owned *owned, struct str url, struct text *why);

#endif
