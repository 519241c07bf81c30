/* SPDX-License-Identifier: EUPL-1.2 */
/* What a comparison has found so far. For contract_*.c only. */
#ifndef KEUR_ENGINE_CONTRACT_FOUND_H
#define KEUR_ENGINE_CONTRACT_FOUND_H

#include "engine/contract_private.h"

/* Empty; its work space ends with the arena. */
struct found *found_new(struct arena *arena);

/* Makes what was found the results of the facts. */
void found_take(struct comparer *comparer);

#endif
