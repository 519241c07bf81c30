/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * "\ud83d\ude00" in double quotes: JSON writes characters beyond U+FFFF so, and libyaml refuses it.
 *
 * libyaml gets a copy of the text in which such escapes name characters of the private use area instead, of the same
 * length, so that all places stay the same; what it reads is put right afterwards.
 */
#ifndef KEUR_DOC_YAML_SURROGATE_H
#define KEUR_DOC_YAML_SURROGATE_H

#include <stdbool.h>

#include "base/str.h"

enum surrogates { SURROGATES_NONE, SURROGATES_PATCHED, SURROGATES_CLASH };

/* Does `text` hold such escapes, in quotes or not? */
bool surrogates_found(struct str text);

/*
 * Looks for such escapes in `text`. PATCHED: `*patched` is the copy, in the arena. CLASH: the text holds characters of
 * U+E800 to U+EFFF as well, so that the copy would be ambiguous.
 */
enum surrogates surrogates_patch(struct str text, struct arena *arena, struct str *patched);

/*
 * What a scalar that was read from the copy really holds. Sets `*lone` when half a pair became U+FFFD. The result is
 * `value` itself or is in the arena.
 */
struct str surrogates_restore(struct str value, struct arena *arena, bool *lone);

#endif
