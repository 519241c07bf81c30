/* SPDX-License-Identifier: EUPL-1.2 */
/* Why a call to the system failed, in both languages. */
#ifndef KEUR_BASE_REASON_H
#define KEUR_BASE_REASON_H

#include "base/err.h"

/* `number` is a value of errno. The reasons that users meet are in words of ours; of others the number is told. */
struct text reason_of(int number);

#endif
