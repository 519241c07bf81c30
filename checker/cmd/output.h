/* SPDX-License-Identifier: EUPL-1.2 */
/* Writing results: standard output with every error noticed, files whole or not at all. */
#ifndef KEUR_CMD_OUTPUT_H
#define KEUR_CMD_OUTPUT_H

#include "cmd/app.h"

/* Writes to standard output; false when it has complained. */
bool output_stdout(const struct app *app, struct str text);

/* Writes a new file beside `path` and renames it; `path` keeps its old content on failure. */
bool output_file(const struct app *app, const char *path, struct str text);

/* True when people read standard output and want colour. */
bool output_has_color(const struct options *options);

/* Where a result goes that is text or JSON: of keur diff and keur monitor. */
struct output_choice {
	bool json;
	const char *file; /* NULL: standard output */
};

/* --format text|json[=FILE], at most once; false when it has complained. */
bool output_choose(const struct app *app, const struct options *options, struct output_choice *out);

/* Writes there; false when it has complained. */
bool output_chosen(const struct app *app, const struct output_choice *where, struct str text);

#endif
