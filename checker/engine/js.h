/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How JavaScript sees a value: truth, numbers in strings, order of strings, and values in messages.
 *
 * Spectral's functions are defined by what JavaScript does; this is the one place that knows it. A value of NULL is
 * undefined. Everything here is a pure function.
 */
#ifndef KEUR_ENGINE_JS_H
#define KEUR_ENGINE_JS_H

#include "base/err.h"
#include "doc/node.h"

/* ToBoolean: undefined, null, false, 0, NaN and "" are false. */
bool js_truthy(const struct node *value);

/* ToNumber of a string: NaN when it is none; "" and white space are 0. */
double js_number_of(struct str text);

/* Appends Number::toString: the shortest digits that read back as the same double. */
void js_print_number(struct strbuf *buf, double number);

/* Appends what Spectral's messages print: JSON for a scalar, "Object{}", "Array[]", "undefined". */
void js_print_value(struct strbuf *buf, const struct node *value);

/* Appends JSON.stringify() of all of the value; false, with part of it appended, beyond `depth` levels. */
bool js_print_json(struct strbuf *buf, const struct node *value, int depth);

/* Appends a string as JSON.stringify() does. */
void js_print_string(struct strbuf *buf, struct str text);

/*
 * String.prototype.localeCompare in the root collation for ASCII and the letters of Latin-1: negative, 0, positive.
 * Other characters follow in the order of their code points.
 */
int js_locale_compare(struct str a, struct str b);

/* A printed value as a text in the arena. */
struct str js_printed(struct arena *arena, const struct node *value);

/* What a reader is told was found: shortened to some hundred bytes; empty for undefined. */
struct str js_found(struct arena *arena, const struct node *value);

#endif
