/* SPDX-License-Identifier: EUPL-1.2 */
/* Where reports go: the values of --format, and writing them all. */
#ifndef KEUR_CMD_SINKS_H
#define KEUR_CMD_SINKS_H

#include "cmd/options.h"
#include "report/report.h"

enum { MOST_FORMATS = 16 };

/* One --format: what to write, and where. */
struct sink {
	const struct reporter *reporter;
	const char *file; /* NULL: standard output */
};

struct sinks {
	struct sink items[MOST_FORMATS];
	size_t count;
	struct str theme; /* what --theme names, read */
};

/* What the options ask for, without any the text to standard output; false when it has complained. */
bool sinks_find(struct sinks *sinks, const struct app *app, const struct options *options);

/* Is one among them that only a live run can write, and only with judge_options.traces? */
bool sinks_need_trace(const struct sinks *sinks);

/* Reads a style sheet of --theme, NULL for none; false when it has complained. */
bool sinks_theme(const struct app *app, const char *path, struct str *out);

/* Writes all of them; false when it has complained about one, and the others are written nevertheless. */
bool sinks_write(const struct sinks *sinks, const struct app *app, const struct options *options, struct run *run);

/* The schema of reports. */
struct str sinks_schema(const struct app *app);

#endif
