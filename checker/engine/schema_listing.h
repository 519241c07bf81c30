/* SPDX-License-Identifier: EUPL-1.2 */
/* Lists for sentences about schemas: types, values and names, "a, b or c" in every language. For schema_*.c only. */
#ifndef KEUR_ENGINE_SCHEMA_LISTING_H
#define KEUR_ENGINE_SCHEMA_LISTING_H

#include "base/err.h"
#include "doc/node.h"

/* A text that is the same in every language; a name in quotes. */
struct text listing_plain(struct str text);
struct text listing_quoted(struct arena *arena, struct str name);

/* The list with `item` behind it, which is number `index` of `count`; of `all` the last comes after "or". */
struct text listing_add(
		struct arena *arena, struct text list, struct text item, uint32_t index, uint32_t count, bool all);

/* A value as it is shown: shortened, and a number as it is written. */
struct str listing_value(struct arena *arena, const struct node *value);

/* Types as bits of enum schema_type: "text or null". */
struct text listing_types(struct arena *arena, uint8_t wanted);

/* Values, or with `lists` the values in those that are arrays. */
struct text listing_values(struct arena *arena, const struct node *const *values, uint32_t count, bool lists);

/* Names of members of an object; empty for anything else. */
struct text listing_members(struct arena *arena, const struct node *properties);

#endif
