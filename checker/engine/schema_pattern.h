/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Regular expressions that are simple enough to do without PCRE2: `^[0-9]{4}-[0-9]{2}$`, `^(get|put)$` and their kind.
 *
 * ASCII characters and classes, repeated, grouped or with alternatives, and `(?!$)`: every byte is looked at once, so
 * nothing needs a ceiling. Most patterns of API schemas are of this kind. Anything else is none.
 */
#ifndef KEUR_ENGINE_SCHEMA_PATTERN_H
#define KEUR_ENGINE_SCHEMA_PATTERN_H

#include "base/str.h"

struct pattern;

/* The pattern in the arena, of a text that regex_compile() accepts without flags but `u`; NULL when not that simple. */
struct pattern *schema_pattern_of(struct arena *arena, struct str text);

/* Does valid UTF-8 match, as regex_search() would say? */
bool schema_pattern_search(const struct pattern *pattern, struct str subject);

#endif
