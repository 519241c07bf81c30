/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Core functions of Spectral rule sets: one const table, each function with a compiler of its options and an evaluator.
 *
 * Options are compiled and checked when the rule set is loaded; evaluation takes const. A function sees a value and
 * where it is, and reports violations; it knows nothing of rules or severities.
 */
#ifndef KEUR_ENGINE_FUNCTION_H
#define KEUR_ENGINE_FUNCTION_H

#include "base/err.h"
#include "doc/path.h"

/* What functions keep while one document is checked, each under an address of its own. */
struct session {
	struct arena *arena; /* ends with the session */
	struct {
		const void *owner;
		void *state;
	} kept[8];
	uint32_t count;
};

/* Where `owner` keeps its state, NULL at first; NULL when there is no session, or no room. */
void **session_slot(struct session *session, const void *owner);

/* What a function is given. */
struct subject {
	const struct view *view;
	const struct node *value; /* as the view shows it; NULL is undefined */
	struct str key;           /* ptr not NULL: the value is this string, a key (`~` or `@key`), and `value` is NULL */
	const struct step *where; /* the place of the value */
	const struct refs *refs;  /* every document of the target, even where the view shows references as they are written;
								 NULL when only view->doc is known */
	struct arena *arena;      /* for messages; lives as long as the results */
	struct session *session;  /* NULL: there is nothing to keep anything in */
	bool as_spectral;         /* with Spectral's own faults, for comparing */
};

/* One violation. `below` leads from the subject's place to the one at fault: pointer tokens, "" for the place itself.
 */
struct violation {
	struct str below;
	struct text message;  /* English as Spectral words it, so that {{error}} and comparisons with Spectral hold */
	struct text expected; /* what would have been right; may be empty */
	struct str found;     /* what was there, shortened for a reader; may be empty */
};

/* Where violations go. */
struct violation_sink {
	void (*report)(struct violation_sink *sink, const struct violation *violation);
};

/* How evaluating went. */
enum function_result { FUNCTION_DONE, FUNCTION_UNDECIDED };

struct function {
	const char *name;
	/*
	 * Compiles options (NULL when the rule gives none) into `*compiled` in the arena. Errors: ERR_RULES, at the place
	 * of the fault in `source`; unknown options are errors.
	 */
	bool (*compile)(
			struct arena *arena, struct source *source, const struct node *options, void **compiled, struct err *err);
	/* Reports violations of `subject` to `sink`. FUNCTION_UNDECIDED with `err` filled: could not be evaluated. */
	enum function_result (*evaluate)(
			const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err);
};

/* The function of that name, core or of a built-in rule set (engine/oas_function.h, asyncapi_function.h), or NULL. */
const struct function *function_find(struct str name);

/* The core functions, ending with a name of NULL. */
const struct function *function_table(void);

#endif
