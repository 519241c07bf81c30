/* SPDX-License-Identifier: EUPL-1.2 */
/* The operand of `enum`, prepared for looking values up. For schema_*.c only. */
#ifndef KEUR_ENGINE_SCHEMA_VALUES_H
#define KEUR_ENGINE_SCHEMA_VALUES_H

#include "engine/schema_program.h"

struct values;

/* Of a list, which outlives it; of anything else empty. */
const struct values *schema_values_of(struct arena *arena, const struct node *list);

/* Is a value equal to one of them? False as well when undecided. */
bool schema_values_have(struct evaluation *evaluation, const struct values *values, const struct node *value);

#endif
