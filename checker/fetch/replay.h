/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A transport that answers out of a recording, without network and without waiting.
 *
 * A request gets the answer that was recorded for the same method, URL and body, and, in a recording of keur's, for the
 * same `anonymous`, `client` and `keep_redirect`; the n-th such request gets the n-th such answer. Redirects that were
 * followed are followed again. Requests are compared without their secrets, as they are recorded, and without the
 * parameters of a query that are hidden, since a transport adds those; where a secret is not known at replay, its
 * placeholder
 * "[secret:label]" in its place does as well. What was not recorded, or without its body, is FAILURE_NOT_RECORDED; a
 * failure that was recorded is that failure again.
 */
#ifndef KEUR_FETCH_REPLAY_H
#define KEUR_FETCH_REPLAY_H

#include "fetch/har.h"

/*
 * The transport lives in the arena; `doc`, `secrets` (sealed, or NULL) and `evidence` (NULL: nothing is recorded) must
 * outlive it. What is sent is recorded in `evidence` as it would be over the network. NULL with an error of har_read().
 */
struct transport *replay_new(struct arena *arena, const struct doc *doc, const struct secrets *secrets,
		struct evidence *evidence, struct err *err);

/* Exchanges of the recording that nobody has asked for yet. */
uint32_t replay_unasked(const struct transport *replay);

#endif
