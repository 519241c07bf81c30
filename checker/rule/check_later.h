/* SPDX-License-Identifier: EUPL-1.2 */
/* Checks of which the file lies in an artefact: made ready when they first run, and then kept. */
#ifndef KEUR_RULE_CHECK_LATER_H
#define KEUR_RULE_CHECK_LATER_H

#include "rule/check.h"
#include "rule/check_readiness.h"

/* Prepares a check with an artefact; `arena` ends it. The options are copied. */
void check_later_init(struct arena *arena, struct check *check, const struct spectral_options *options);

/*
 * The check, compiled: of one without artefact itself. Any thread may ask; the first one compiles. Else NULL, and `why`
 * says why not; its texts live as long as the check.
 */
const struct check *check_ready(const struct check *check, enum check_readiness *readiness, struct text *why);

#endif
