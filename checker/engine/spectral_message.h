/* SPDX-License-Identifier: EUPL-1.2 */
/* Message templates of Spectral rules: `{{property}}`, `{{error}}`, `{{value}}`, `{{path}}`, `{{description}}`,
 * `#{{print("property")}}`. */
#ifndef KEUR_ENGINE_SPECTRAL_MESSAGE_H
#define KEUR_ENGINE_SPECTRAL_MESSAGE_H

#include "base/err.h"
#include "doc/node.h"

/* What the placeholders stand for, in one language. */
struct message_values {
	struct str property;
	struct str error;
	struct str path; /* "#/paths/~1zaken" */
	struct str description;
	const struct node *value; /* NULL: undefined */
};

/* Refuses expressions in `#{{...}}` other than print("..."). */
bool message_check(struct text message, struct loc loc, struct err *err);

/* The template with its placeholders filled, without white space around, in the arena. An unknown placeholder is empty.
 */
struct str message_fill(struct arena *arena, struct str template, const struct message_values *values);

#endif
