/* SPDX-License-Identifier: EUPL-1.2 */
/* What the core functions share: checking options, naming places in messages, reporting. For function*.c only. */
#ifndef KEUR_ENGINE_FUNCTION_PRIVATE_H
#define KEUR_ENGINE_FUNCTION_PRIVATE_H

#include "engine/function.h"

/* Declares the two halves of a core function. */
#define FUNCTION_HALVES(name)                                                                                          \
	bool name##_compile(                                                                                               \
			struct arena *arena, struct source *source, const struct node *options, void **compiled, struct err *err); \
	enum function_result name##_evaluate(                                                                              \
			const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)

FUNCTION_HALVES(alphabetical);
FUNCTION_HALVES(casing);
FUNCTION_HALVES(defined);
FUNCTION_HALVES(enumeration);
FUNCTION_HALVES(falsy);
FUNCTION_HALVES(length);
FUNCTION_HALVES(or);
FUNCTION_HALVES(pattern);
FUNCTION_HALVES(schema_function);
FUNCTION_HALVES(truthy);
FUNCTION_HALVES(typed_enum);
FUNCTION_HALVES(undefined);
FUNCTION_HALVES(unreferenced_reusable_object);
FUNCTION_HALVES(xor);

/* Options while they are compiled. */
struct options {
	struct arena *arena;
	struct source *source;
	const struct node *node; /* the object with the options; NULL when the rule gives none */
	const char *function;    /* name, for messages */
	const char *example;     /* valid options, for messages: `{ "min": 2 }` */
	struct err *err;
};

/* Are the options an object with no other members than `names` (up to a NULL)? Absent options pass if `optional`. */
bool options_object(const struct options *options, const char *const *names, bool optional);

/* For functions without options: only null, or nothing, will do. */
bool options_none(const struct options *options);

/* A fault of the options as a whole: shows valid ones. Returns false. */
bool options_fail(const struct options *options);

/* A fault of one option: says what it has to be. Returns false. */
bool option_fail(
		const struct options *options, const char *name, const struct node *value, const char *en, const char *nl);

/* A place in an error message about `node`. */
struct loc option_loc(const struct options *options, const struct node *node);

/*
 * Spectral's `#{{print("property")}}`: `"name" property ` or `The document `, in Dutch `"name" ` or `Het document `.
 */
struct text subject_property(const struct subject *subject);

/* Spectral's `#{{print("value")}}`: for a key that is the value of its member. */
struct str subject_value(const struct subject *subject);

/* The text of a subject that is a key or a string; ptr NULL for anything else. */
struct str subject_text(const struct subject *subject);

/* Reports a message about the place itself. `expected` may be an empty text. */
void subject_report(
		const struct subject *subject, struct violation_sink *sink, struct text message, struct text expected);

#endif
