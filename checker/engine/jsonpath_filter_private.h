/* What the files of engine/jsonpath_filter share: making values, and JavaScript's conversions of them. */
#ifndef KEUR_ENGINE_JSONPATH_FILTER_PRIVATE_H
#define KEUR_ENGINE_JSONPATH_FILTER_PRIVATE_H

#include "engine/jsonpath_filter.h"

static inline struct value value_undefined(void)
{
	return (struct value){.kind = VALUE_UNDEFINED};
}

static inline struct value value_of_bool(bool truth)
{
	return (struct value){.kind = VALUE_BOOL, .truth = truth};
}

static inline struct value value_of_number(double number)
{
	return (struct value){.kind = VALUE_NUMBER, .number = number};
}

static inline struct value value_of_text(struct str text)
{
	return (struct value){.kind = VALUE_STRING, .text = text};
}

static inline struct value filter_fail(struct filter *filter)
{
	filter->failed = true;
	return value_undefined();
}

/* Conversion to a text; made texts live in the scratch arena. */
struct str filter_text(struct filter *filter, struct value value);
struct str filter_number_text(struct filter *filter, double number);

/* `===`, and whether a value is null or undefined. */
bool value_strict_equal(struct value a, struct value b);
bool value_is_nullish(struct value value);

/* Does the regex match? Undecided makes the filter fail. */
struct value filter_tried(struct filter *filter, const struct regex *regex, struct str text);

/* left.method(right). */
struct value filter_method(struct filter *filter, const struct expr *expr);

#endif
