/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * JSONPath in two dialects of one engine: RFC 9535, and that of Spectral's `given` and `field`.
 *
 * A path is compiled once and evaluated often. jsonpath_select() gives the nodelist of one path, in the order and with
 * the duplicates of RFC 9535. jsonpath_walk() evaluates many paths of Spectral's dialect in one walk over a view,
 * through references: every (path, place) is reported once, and every node is visited once for each set of path
 * positions that reach it, so cost grows with the document, not with the number of ways to a node.
 * A filter whose evaluation fails in JavaScript (a member of undefined) does not match; it is counted.
 */
#ifndef KEUR_ENGINE_JSONPATH_H
#define KEUR_ENGINE_JSONPATH_H

#include "base/err.h"
#include "doc/path.h"

enum jsonpath_dialect {
	JSONPATH_RFC9535,
	JSONPATH_SPECTRAL,
	JSONPATH_SPECTRAL_NIMMA, /* SPECTRAL with the known bugs of nimma (docs/jsonpath.md), for parity only */
};

struct jsonpath;

/*
 * Compiles `text`. NULL and `err` (ERR_RULES with the offset in `text` in the message, what was expected, what was
 * found) when it is none of that dialect. Owned by the arena; immutable, shareable between threads.
 */
struct jsonpath *jsonpath_compile(struct arena *arena, struct str text, enum jsonpath_dialect dialect, struct err *err);

/* The text as it was compiled. */
struct str jsonpath_text(const struct jsonpath *path);

/* One match. With `~` the value is the key: `is_key`, and the place is that of the member. `where` lives during the
 * call. */
struct match {
	const struct step *where;
	bool is_key;
};

/* Called for each match; false stops the evaluation. */
typedef bool jsonpath_match_fn(void *context, uint32_t path_number, const struct match *match);

/* What an evaluation met besides matches. */
struct jsonpath_report {
	uint32_t filter_failures; /* filters that would have thrown in JavaScript, or whose regex was undecided */
	bool undecided; /* a regex of a filter was undecided, or LIMIT_WALK_STEPS was reached: results incomplete */
};

/* Nodelist of `path` from `root`, RFC 9535 section 2.1.2; for either dialect. path_number is 0. */
void jsonpath_select(const struct jsonpath *path, const struct view *view, const struct step *root,
		jsonpath_match_fn *found, void *context, struct jsonpath_report *report);

/* A set of paths to be walked together. */
struct jsonpath_set;
struct jsonpath_set *jsonpath_set_new(struct arena *arena, const struct jsonpath *const *paths, uint32_t count);

/* All matches of all paths of the set in one walk of the view from its root. `reports` has one entry for each path. */
void jsonpath_walk(const struct jsonpath_set *set, const struct view *view, jsonpath_match_fn *found, void *context,
		struct jsonpath_report *reports);

#endif
