/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The evidence of a run: every HTTP exchange, in the order in which it ended, numbered from 1.
 *
 * Whoever carries exchanges records each of them here before it hands it out, those that only led on by a redirect too.
 * Secrets are still in it: only har_write() takes it out of the program. It belongs to one thread at a time.
 */
#ifndef KEUR_FETCH_EVIDENCE_H
#define KEUR_FETCH_EVIDENCE_H

#include "fetch/exchange.h"
#include "fetch/run_mark.h"

/* Where one service could ask keur. */
struct evidence_base {
	struct str service, url;
};

struct evidence {
	struct arena *arena;
	struct {
		const struct exchange **items;
		size_t count, capacity;
	} kept;         /* number n at n - 1 */
	uint32_t count; /* of all, also those beyond the ceiling */
	size_t bytes;
	struct run_mark mark; /* of the run, when messages hold what follows from it; else empty */
	struct {
		struct evidence_base *items;
		size_t count, capacity;
	} bases;         /* of services that could ask keur */
	bool incomplete; /* there were more than LIMIT_EXCHANGES, or than LIMIT_EVIDENCE_BYTES: nothing more is kept */
};

/* Empty, in the arena, and freed with it. */
struct evidence *evidence_new(struct arena *arena);

/*
 * Numbers an exchange and keeps a copy, which it returns. Once the evidence is incomplete it only counts, and what it
 * returns borrows from `exchange` and lives in `arena`: the number goes on, but no evidence stands behind it.
 */
const struct exchange *evidence_add(struct evidence *evidence, const struct exchange *exchange, struct arena *arena);

/* Adds where a service could ask keur; both are copied. */
void evidence_add_base(struct evidence *evidence, struct str service, struct str url);

/* What to tell of evidence that is incomplete, because of which a run is undetermined; empty when it is complete. */
struct text evidence_gap(const struct evidence *evidence, struct arena *arena);

/* A copy of all of an exchange in the arena. */
struct exchange *exchange_copy(struct arena *arena, const struct exchange *exchange);

#endif
