/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of keur verify share. */
#ifndef KEUR_CMD_VERIFY_PRIVATE_H
#define KEUR_CMD_VERIFY_PRIVATE_H

#include "cmd/options.h"
#include "report/inspect.h"
#include "report/words.h"

/*
 * Judges what is in the folder again, from its evidence and by the rule sets at hand, and adds what came of it to the
 * remarks: other verdicts are wrong; rule sets that are not those of the certificate, or files that are not those that
 * were read, leave it unknown.
 */
void verify_again(const struct app *app, const struct options *options, struct str folder, struct inspection *found);

/* A day as `--at` has it, at its end, so that what is issued that day is there; false when it is none. */
bool verify_day(const char *text, int64_t *out);

/* Reads the list of --withdrawn, NULL for none; false when it has complained. */
bool verify_withdrawn(const struct app *app, const char *path, const struct withdrawn **out);

#endif
