/* SPDX-License-Identifier: EUPL-1.2 */
/* What all commands share: exit statuses, language, where rule sets lie, and how errors reach a reader. */
#ifndef KEUR_CMD_APP_H
#define KEUR_CMD_APP_H

#include "base/err.h"
#include "rule/library.h"

/* docs/exit-codes.md */
enum exit_status {
	EXIT_CONFORMANT = 0,
	EXIT_NON_CONFORMANT = 1,
	EXIT_USAGE = 2,
	EXIT_RULES = 3,
	EXIT_UNDETERMINED = 4,
};

struct app {
	struct arena *arena;
	enum lang lang;
	struct str rules_dir; /* the built-in root; empty when it was not found */
};

struct options;

struct command {
	const char *name;
	struct text arguments; /* "TARGET..." */
	uint64_t options;      /* bits of enum option_id */
	struct text what;      /* one line */
	struct text more;      /* what --help adds */
	int (*run)(const struct app *app, const struct options *options);
};

extern const struct command commands[]; /* ends with a NULL name */

/* The commands: each returns an exit status. */
int cmd_check(const struct app *app, const struct options *options);
int cmd_render(const struct app *app, const struct options *options);
int cmd_diff(const struct app *app, const struct options *options);
int cmd_certify(const struct app *app, const struct options *options);
int cmd_verify(const struct app *app, const struct options *options);
int cmd_register(const struct app *app, const struct options *options);
int cmd_monitor(const struct app *app, const struct options *options);
int cmd_rules(const struct app *app, const struct options *options);
int cmd_explain(const struct app *app, const struct options *options);
int cmd_help(const struct app *app, const struct options *options);

/* `keur rules test`, `keur rules new`, `keur rules impact`, `keur rules docs`. */
int rules_test(const struct app *app, const struct options *options);
int rules_new(const struct app *app, const struct options *options);
int rules_impact(const struct app *app, const struct options *options);
int rules_docs(const struct app *app, const struct options *options);

/* Language of the command line or the environment, before anything else is parsed. */
enum lang app_lang(int argc, char **argv);

/* Finds the built-in rule sets beside the program. */
struct str app_rules_dir(struct arena *arena);

/* A message on stderr in the reader's language: "keur: ...". */
void app_complain(enum lang lang, const char *en, const char *nl, ...)
		__attribute__((format(printf, 2, 4), format(printf, 3, 4)));

/* An error on stderr, with its place; returns the exit status that belongs to it. */
int app_fail(const struct app *app, const struct err *err);

/* How rule sets are compiled: where the built-in ones lie. */
struct spectral_options app_spectral(const struct app *app);

/* Finds, reads and, when `compiled`, compiles one rule set. */
struct ruleset *app_ruleset(
		const struct app *app, const struct library *library, struct str name, bool compiled, struct err *err);

#endif
