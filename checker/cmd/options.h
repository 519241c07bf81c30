/* SPDX-License-Identifier: EUPL-1.2 */
/* Options of the command line: one table for parsing and for --help, so that the two cannot differ. */
#ifndef KEUR_CMD_OPTIONS_H
#define KEUR_CMD_OPTIONS_H

#include "cmd/app.h"

enum option_id {
	OPTION_STANDARD,
	OPTION_RULES,
	OPTION_RULESET,
	OPTION_WITHOUT,
	OPTION_PARITY,
	OPTION_PHASE,
	OPTION_SCHEMA,
	OPTION_CONTRACT,
	OPTION_FORMAT,
	OPTION_THEME,
	OPTION_LINK,
	OPTION_SCENARIO,
	OPTION_PASSIVE,
	OPTION_RECORD,
	OPTION_REPLAY,
	OPTION_OFFLINE,
	OPTION_CACERT,
	OPTION_PROXY,
	OPTION_RATE,
	OPTION_TIMEOUT,
	OPTION_PUBLIC_ONLY,
	OPTION_FAIL_ON,
	OPTION_JOBS,
	OPTION_QUIET,
	OPTION_NO_COLOR,
	OPTION_FIXTURES,
	OPTION_ARTEFACTS,
	OPTION_EVIDENCE,
	OPTION_ENGINE,
	OPTION_ANSWERS,
	OPTION_OUTPUT,
	OPTION_KEY,
	OPTION_CERT,
	OPTION_PASSWORD,
	OPTION_ALG,
	OPTION_PREVIOUS,
	OPTION_VALID,
	OPTION_DRAFT,
	OPTION_CA,
	OPTION_CRL,
	OPTION_WITHDRAWN,
	OPTION_AT,
	OPTION_URL,
	OPTION_ATTEMPTS,
	OPTION_FAILURES,
	OPTION_AGAIN, /* --replay of keur verify */
	OPTION_LANG,
	OPTION_HELP,
	OPTION_COUNT
};

#define OPTION_BIT(id) (UINT64_C(1) << (id))

struct values {
	const char **items;
	size_t count, capacity;
};

struct options {
	const struct command *command;
	struct values standards, rules, without, formats, artefacts, engines, crls;
	const char *ruleset;
	const char *schema;
	const char *phase; /* of a Schematron `ruleset` */
	const char *contract;
	const char *fixtures;
	const char *evidence; /* a folder to read */
	const char *scenario;
	const char *record, *replay, *cacert, *proxy;
	bool offline, public_only;
	bool passive;             /* with `scenario`: its OpenAPI documents count for every answer */
	uint32_t rate;            /* requests a second to one host; 0: no pace */
	uint32_t timeout;         /* seconds for one exchange; 0: the default */
	bool parity;              /* with `ruleset`: the known deviations of Spectral too */
	const char *theme, *link; /* of reports */
	const char *answers;      /* of people */
	const char *output;       /* a folder to write */
	const char *key, *cert, *password, *alg, *previous; /* of certify */
	uint32_t valid;                                     /* days; 0: the default */
	bool draft;                                         /* rule sets that are a draft too */
	const char *ca, *withdrawn, *at;                    /* of verify */
	const char *url;                                    /* of register: where it will be */
	uint32_t attempts, failures;                        /* of monitor; 0: the default */
	bool again;                                         /* verify: judge the evidence again */
	bool fail_on_should, quiet, no_color, help;
	bool names_lang; /* --lang was given */
	uint32_t jobs;   /* 0: as many as there are processors */
	const char *const *arguments;
	uint32_t argument_count;
};

/* Parses what follows the name of the command; false when it has complained. Ends with options_release(). */
bool options_parse(const struct app *app, const struct command *command, int argc, char **argv, struct options *out);
void options_release(struct options *options);

/* Roots of --rules and the built-in one; folders of --artefacts and that of KEUR_ARTEFACTS. */
struct library options_library(const struct app *app, const struct options *options);

/* The lines of --help about the options of a command. */
void options_describe(const struct command *command, enum lang lang, struct strbuf *out);

#endif
