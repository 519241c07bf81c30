/* SPDX-License-Identifier: EUPL-1.2 */
/* Whoever keeps exchanges: the contract between carriers (fetch/http) and evidence. */
#ifndef KEUR_FETCH_RECORDER_H
#define KEUR_FETCH_RECORDER_H

#include "fetch/exchange.h"

/* Keeps exchanges. A carrier hands it each one when it has ended, redirects and retries too, before it sends the next;
 * what is kept longer than the arena of send() is copied. It may give `number`; else the carrier does. */
struct recorder {
	void (*take)(struct recorder *recorder, struct exchange *exchange);
};

#endif
