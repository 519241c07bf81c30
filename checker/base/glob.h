/* SPDX-License-Identifier: EUPL-1.2 */
/* Patterns of file names, as Spectral's `overrides` use them: `*` `?` `[a-z]` `{a,b}` within a segment, `**` across
 * segments. */
#ifndef KEUR_BASE_GLOB_H
#define KEUR_BASE_GLOB_H

#include <stdbool.h>

#include "base/str.h"

/* Is the `/`-separated relative `path` matched by `pattern`? A pattern without `/` is matched with the last segment
 * alone. */
bool glob_match(struct str pattern, struct str path);

#endif
