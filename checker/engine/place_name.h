/* SPDX-License-Identifier: EUPL-1.2 */
/* What a place is called in a message, as Spectral's {{property}} has it. */
#ifndef KEUR_ENGINE_PLACE_NAME_H
#define KEUR_ENGINE_PLACE_NAME_H

#include "doc/path.h"

/*
 * The last name on the way to a place; where something is missing, the last name that is there and those that are not
 * ("info.contact"). Empty for a root.
 */
struct str place_name(const struct physical *place, struct arena *arena);

#endif
