/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The counterpart of a service: keur as the one that the service itself asks, and what came of that.
 *
 * The contract between who awaits requests (engine/arazzo) and who has them: a listener (counterpart_of_listener()), or
 * a recording (counterpart_of_recording()). Belongs to one thread.
 */
#ifndef KEUR_FETCH_COUNTERPART_H
#define KEUR_FETCH_COUNTERPART_H

#include <stdatomic.h>

#include "fetch/evidence.h"
#include "fetch/har.h"
#include "fetch/listener.h"

/* A request that a step waits for. */
struct awaited {
	struct str step;
	struct str method, path; /* below the base URL, without query; a segment "*" is any one */
	uint32_t timeout_ms;
	bool (*fits)(void *self, const struct exchange *exchange); /* NULL: any */
	void *self;
};

struct counterpart {
	struct str base; /* URL that the service is told, without a slash at its end */
	/* A workflow begins that no other one called: what came before does not count any more. */
	void (*begin)(struct counterpart *counterpart);
	/*
	 * The first request, since begin(), that fits and was not awaited before: number and step are set, and it is
	 * evidence. One that did not come in time is an exchange with FAILURE_TIMEOUT, one that a recording has not with
	 * FAILURE_NOT_RECORDED. Never NULL.
	 */
	const struct exchange *(*await)(
			struct counterpart *counterpart, const struct awaited *awaited, struct arena *arena);
	/* Adds to the evidence what came and was not awaited. Afterwards nothing is awaited. */
	void (*finish)(struct counterpart *counterpart);
};

/* Of what comes by a listener. Once `stop` is true, nothing is waited for any more; NULL: never. */
struct counterpart *counterpart_of_listener(
		struct arena *arena, struct listener *listener, struct evidence *evidence, const atomic_bool *stop);

/* Out of a recording of the service of that name; NULL, and no error, when it was made without a counterpart. */
struct counterpart *counterpart_of_recording(
		struct arena *arena, const struct doc *doc, struct str service, struct evidence *evidence, struct err *err);

/* Does the path of `url`, which lies below `base`, fit? */
bool counterpart_fits(struct str base, struct str url, struct str path);

/* The path of a URL below the base, without query: "/callback/1"; ptr NULL when it does not lie below it. */
struct str counterpart_path(struct str base, struct str url);

#endif
