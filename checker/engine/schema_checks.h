/* SPDX-License-Identifier: EUPL-1.2 */
/* Checks of keywords, for the table in schema_keyword.c. */
#ifndef KEUR_ENGINE_SCHEMA_CHECKS_H
#define KEUR_ENGINE_SCHEMA_CHECKS_H

#include "engine/schema_eval.h"

#define SCHEMA_CHECK(name)                                                                                             \
	bool check_##name(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)

/* schema_check_logic.c */
SCHEMA_CHECK(reference);
SCHEMA_CHECK(dynamic);
SCHEMA_CHECK(const);
SCHEMA_CHECK(enum);
SCHEMA_CHECK(not );
SCHEMA_CHECK(any_of);
SCHEMA_CHECK(one_of);
SCHEMA_CHECK(all_of);
SCHEMA_CHECK(if);
/* schema_check_scalar.c */
SCHEMA_CHECK(maximum);
SCHEMA_CHECK(minimum);
SCHEMA_CHECK(exclusive_maximum);
SCHEMA_CHECK(exclusive_minimum);
SCHEMA_CHECK(multiple_of);
SCHEMA_CHECK(max_length);
SCHEMA_CHECK(min_length);
SCHEMA_CHECK(pattern);
SCHEMA_CHECK(format);
SCHEMA_CHECK(content_encoding);
SCHEMA_CHECK(content_media);
/* schema_check_array.c */
SCHEMA_CHECK(max_items);
SCHEMA_CHECK(min_items);
SCHEMA_CHECK(tuple);
SCHEMA_CHECK(items);
SCHEMA_CHECK(contains);
SCHEMA_CHECK(unique_items);
/* schema_check_object.c */
SCHEMA_CHECK(max_properties);
SCHEMA_CHECK(min_properties);
SCHEMA_CHECK(required);
SCHEMA_CHECK(property_names);
SCHEMA_CHECK(additional_properties);
SCHEMA_CHECK(dependencies);
SCHEMA_CHECK(properties);
SCHEMA_CHECK(pattern_properties);
SCHEMA_CHECK(unevaluated);
/* schema_ask.c */
SCHEMA_CHECK(shape);
/* schema_discriminator.c */
SCHEMA_CHECK(discriminator);

#endif
