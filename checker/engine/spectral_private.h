/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of the Spectral engine share: rule sets as drafts while they load, rules as programs while they run.
 */
#ifndef KEUR_ENGINE_SPECTRAL_PRIVATE_H
#define KEUR_ENGINE_SPECTRAL_PRIVATE_H

#include "doc/doc.h"
#include "engine/format.h"
#include "engine/function.h"
#include "engine/spectral.h"

/* A piece of a rule set file: the file itself, or one of its overrides. */
struct scope {
	const struct doc *doc;
	const struct node *root;
	const struct node *aliases[2]; /* looked up in order; NULL where there are none */
	bool has_formats;
	format_set formats;
	struct str documentation_url;
};

/* A node and the document that holds it, so that an error can name the line. */
struct piece {
	const struct doc *doc;
	const struct node *node;
};

/* Severity of a rule at some places of some files (`files: ["v1/x.yaml#/paths"]`). */
struct place_severity {
	struct place_severity *next;
	struct str glob;
	struct str pointer;
	enum severity severity;
};

/* A rule while rule sets extend and redefine each other. */
struct draft {
	struct spectral_rule rule;
	struct piece given, then, definition;
	const struct scope *owner;       /* that defined it first: its formats hold */
	const struct scope *alias_scope; /* that gave `given`: its aliases hold */
	struct place_severity *places;
	format_set formats;
	bool has_formats, enabled, recommended, resolved, not_in_data;
};

struct draft_list {
	struct draft *items;
	size_t count, capacity;
};

/* Whether a `given` holds for a document: alias targets are chosen by format, the last that fits. */
struct format_choice {
	format_set any, none; /* one of these, and none of those */
};

struct given {
	uint32_t path; /* number in spectral->paths */
	struct format_choice *choices;
	uint32_t choice_count;
};

enum field_kind { FIELD_VALUE, FIELD_KEY, FIELD_TOKENS, FIELD_PATH };

struct then {
	const struct function *function;
	const void *options;
	enum field_kind field_kind;
	struct str field;
	struct str *tokens; /* FIELD_TOKENS: as lodash's toPath() splits the field */
	uint32_t token_count;
	const struct jsonpath *path; /* FIELD_PATH */
};

struct program {
	struct given *givens;
	uint32_t given_count;
	struct then *thens;
	uint32_t then_count;
	struct place_severity *places;
	format_set formats;
	bool has_formats, resolved;
	bool not_in_data; /* no matches in examples and the like */
};

struct spectral {
	struct spectral_options options;
	struct spectral_rule *rules;
	struct program *programs; /* one for each rule */
	uint32_t rule_count;
	const struct jsonpath **paths; /* every different `given` */
	uint32_t path_count;
	format_set formats; /* of all rules: a document of none of them is not recognized */
	struct str file;    /* the rule set, for overrides */
	struct scope *scope;
	struct draft_list drafts; /* kept for overrides; memory of the arena */
};

/* Fails with ERR_RULES at a piece of a rule set file. */
#define PIECE_ERROR(err, piece, en, nl, ...)                                                                           \
	err_set((err), ERR_RULES, source_loc((piece).doc->source, (piece).node->start), (en), (nl), __VA_ARGS__)

/* spectral_draft.c: merges the rules of `scope` into `drafts`, as Spectral's mergeRule() does. */
bool drafts_merge(struct draft_list *drafts, struct arena *arena, const struct scope *scope, struct err *err);
struct draft *drafts_find(struct draft_list *drafts, struct str name);
struct draft *drafts_put(struct draft_list *drafts, struct draft draft);
bool severity_read(struct piece piece, enum severity *severity, struct err *err);
bool formats_read(struct piece piece, format_set *formats, struct err *err);

/* spectral_given.c: compiles the `given` of a draft into the program, with aliases resolved. */
struct path_table;
struct path_table *path_table_new(struct arena *arena);
bool given_compile(struct path_table *table, struct arena *arena, const struct draft *draft, bool nimma_bugs,
		struct program *program, struct err *err);
void path_table_take(struct path_table *table, struct arena *arena, struct spectral *spectral);
bool given_holds(const struct given *given, format_set formats);

/* spectral_compile.c: drafts that are on become rules with programs. */
bool spectral_compile(struct spectral *spectral, struct arena *arena, struct err *err);

#endif
