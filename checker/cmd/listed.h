/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Folders of certificates, for the commands that go through many: keur register, keur monitor. Whatever does not verify
 * is told on stderr and left out; nothing of it is used, for it may be anybody's.
 */
#ifndef KEUR_CMD_LISTED_H
#define KEUR_CMD_LISTED_H

#include "cmd/options.h"
#include "report/inspect.h"

struct listed {
	const struct app *app;
	struct inspect_options how;
	struct str day;      /* of --at, or today */
	struct str *folders; /* with a certificate in it, at depth 1 or 2, sorted; links are not followed */
	uint32_t count;
	int status; /* the worst of what was left out, EXIT_CONFORMANT when nothing was */
};

/* Reads --ca (which has to be there), --crl, --withdrawn and --at, and looks for certificates in `path`. False when it
 * has complained; then `status` is that of the command. */
bool listed_open(struct listed *listed, const struct app *app, const struct options *options, const char *path);

/* One folder, looked at. */
struct listed_look {
	struct arena *arena; /* its own, of the caller from then on */
	struct inspection found;
	struct err err;
	bool readable;
};

/* Looks at `count` folders from `first`, on as many threads as there are processors; says nothing of them yet. Each
 * ends with inspection_release() and the end of its arena. */
void listed_look(const struct listed *listed, uint32_t first, uint32_t count, struct listed_look *looks);

/* Does it verify: signed by somebody trusted, whole, and of a decision that makes a certificate? Dates and withdrawal
 * are left to the caller. False when it has complained. */
bool listed_holds(struct listed *listed, struct str folder, const struct listed_look *look);

/* Complains about a folder, in words that may hold text of others. */
void listed_tell(const struct app *app, struct str folder, struct text about, struct text text);

#endif
