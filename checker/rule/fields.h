/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading the members of an object of a rule set, strictly: each error says which field, where, what was expected and
 * what was found. Nothing is coerced; a name that is not known is an error with the nearest one that is.
 */
#ifndef KEUR_RULE_FIELDS_H
#define KEUR_RULE_FIELDS_H

#include "doc/doc.h"

struct fields {
	const struct doc *doc;
	const struct node *object;
	const char *what; /* "requirement": what messages call the object */
	struct arena *arena;
	struct err *err;
};

/* Checks that `node` is an object with no members but `names` (NULL-terminated), none of them twice. */
bool fields_open(struct fields *fields, const struct node *node, const char *const names[]);

/* Checks that no key of the whole document stands there twice. */
bool fields_no_key_twice(const struct fields *fields);

/* Each returns false with the error set when the field has the wrong form, or is missing while `required`. */
bool fields_string(const struct fields *fields, const char *name, bool required, struct str *out);

/* The same of a day, "2026-11-24" (RFC 3339 full-date). */
bool fields_date(const struct fields *fields, const char *name, bool required, struct str *out);

/* Is it such a day of the calendar? `midnight`: when it begins by UTC, in seconds since 1970. */
bool fields_is_day(struct str text, int64_t *midnight);

/* A text is {nl: ..., en: ...}; `nl` and `en` must both be there. */
bool fields_text(const struct fields *fields, const char *name, bool required, struct text *out);

/* One of `values`; a field that is not there leaves `*out` alone. */
bool fields_choice(
		const struct fields *fields, const char *name, const char *const values[], int count, bool required, int *out);

/* True or false; a field that is not there leaves `*out` alone. */
bool fields_bool(const struct fields *fields, const char *name, bool *out);

/* The value itself, of that kind, or NULL when it is not there and not required. */
bool fields_value(
		const struct fields *fields, const char *name, enum node_kind kind, bool required, const struct node **out);

/* ERR_RULES at the place of `node` in the document of these fields. Always false. */
bool fields_fail(const struct fields *fields, const struct node *node, const char *en, const char *nl, ...)
		__attribute__((format(printf, 3, 5), format(printf, 4, 5)));

/* The same, "what: why", for a reason that is in both languages already. */
bool fields_fail_text(const struct fields *fields, const struct node *node, struct text what, struct text why);

/* The one of `names` (NULL-terminated) most like `word`, or NULL when none is near. */
const char *nearest_name(struct str word, const char *const names[]);

#endif
