/* SPDX-License-Identifier: EUPL-1.2 */
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
#include "engine/fact.h"
#include "engine/jsonpath.h"

struct spectral;

/* A rule that is on, in the order of the rule set. */
struct spectral_rule {
	struct str name;
	enum severity severity;
	struct str description;
	struct str documentation_url;
	struct text message;     /* template; of our own rule sets also in Dutch (extensions.keur.message.nl) */
	struct text expected;    /* what would be right, in words (extensions.keur.expected); else the function's own */
	struct str needs;        /* what must have been found out, else it is undecided (extensions.keur.needs): "tls" */
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

/* Is the document at `root` of a format that the rule set or one of its rules names? */
bool spectral_recognizes(const struct spectral *spectral, const struct node *root);

/* The rules that are on. */
const struct spectral_rule *spectral_rules(const struct spectral *spectral, uint32_t *count);

/* Runs all rules on a document and what it refers to; results are merged and ordered as Spectral does: source, place,
 * code, path. Everything is allocated in the arena. */
void spectral_check(const struct spectral *spectral, const struct refs *refs, struct arena *arena, struct facts *run);

#endif
