/*
 * Spectral rule sets, as published: loaded with everything they extend, compiled to immutable programs, and run.
 *
 * https://docs.stoplight.io/docs/spectral: `extends`, `rules`, `given`, `then`, `field`, `severity`, `message`,
 * `formats`, `recommended`, `resolved`, `overrides`, `aliases`. What cannot be run (JavaScript, an unknown function)
 * is an error with its line. The engine reports facts; severity is passed on, not judged.
 */
#ifndef KEUR_ENGINE_SPECTRAL_H
#define KEUR_ENGINE_SPECTRAL_H

#include "doc/ref.h"
#include "engine/jsonpath.h"

enum severity { SEVERITY_ERROR, SEVERITY_WARN, SEVERITY_INFO, SEVERITY_HINT, SEVERITY_OFF = -1 };

struct spectral;

/* A rule that is on, in the order of the rule set. */
struct spectral_rule {
	struct str name;
	enum severity severity;
	struct str description;
	struct str documentation_url;
	struct text message;     /* template; of our own rule sets also in Dutch (extensions.keur.message.nl) */
	struct text expected;    /* what would be right, in words (extensions.keur.expected); else the function's own */
	struct text unavailable; /* not empty: a rule of a built-in rule set that keur cannot run yet, and why */
	struct loc loc;          /* where it is defined */
};

/* Where built-in rule sets lie, and which known deviations of Spectral to reproduce. */
struct spectral_options {
	struct str builtin_dir; /* holds spectral-oas.yaml and the like */
	bool nimma_bugs;        /* docs/jsonpath.md */
	bool spectral_places;   /* a key at fault is reported where its value's $ref leads, as Spectral does */
};

/* Loads and compiles the rule set at `path`. NULL and `err` (ERR_RULES, ERR_IO, ERR_SYNTAX with the line) on failure.
 */
struct spectral *spectral_load(
		struct arena *arena, const char *path, const struct spectral_options *options, struct err *err);

/*
 * The rule set as it is for the document at `path`: itself, or, where its `overrides` match, a rule set of its own in
 * `arena`, with its own rules. NULL and `err` when an override is unsound. May be asked by several threads.
 */
const struct spectral *spectral_for(
		const struct spectral *spectral, struct str path, struct arena *arena, struct err *err);

/* The rules that are on. */
const struct spectral_rule *spectral_rules(const struct spectral *spectral, uint32_t *count);

/* One result: a violation of a rule at a place, with both ends where a reference lies between. */
struct spectral_result {
	uint32_t rule;          /* index in spectral_rules() */
	enum severity severity; /* after overrides */
	struct text message;
	struct text expected;
	struct str found;
	const struct doc *doc;          /* the document that really holds the place */
	struct str pointer;             /* closest existing place, as Spectral reports it */
	uint32_t start, end;            /* span there: of the key where the key is at fault, else of the value */
	const struct doc *referrer_doc; /* the `$ref` that led there; NULL when none did */
	struct str referrer_pointer;
	uint32_t referrer_start;
};

/* What became of one rule on one document. */
struct spectral_outcome {
	bool applies;   /* a format matches and some place was selected */
	bool undecided; /* could not be evaluated to the end; `why` says so */
	struct text why;
	uint32_t selected;        /* places that `given` selected */
	uint32_t violations;      /* before merging equal ones */
	bool cut;                 /* more than LIMIT_RESULTS_PER_RULE */
	uint32_t filter_failures; /* places that a filter of `given` could not judge, and so did not select */
};

struct spectral_run {
	struct spectral_result *results; /* merged and ordered as Spectral does: source, place, code, path */
	uint32_t result_count;
	struct spectral_outcome *outcomes; /* one for each rule */
	struct str unrecognized; /* not empty: the document is of none of these formats, which the rule set is for */
};

/* Runs all rules on a document and what it refers to. Everything is allocated in the arena. */
void spectral_check(
		const struct spectral *spectral, const struct refs *refs, struct arena *arena, struct spectral_run *run);

#endif
