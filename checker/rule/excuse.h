/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Waivers at work ("pas toe of leg uit"): which violated requirements an authority has excused. A waiver never changes
 * an outcome; it sets the disposition, from which the decision follows (docs/verdicts.md).
 */
#ifndef KEUR_RULE_EXCUSE_H
#define KEUR_RULE_EXCUSE_H

#include "rule/result.h"
#include "rule/service.h"

/*
 * Excuses requirements of `standard` by the waivers of `service` that are in force on `today` ("2026-11-25"). One that
 * is limited to a place excuses only what was found there; a requirement is excused when all its findings are.
 */
void excuse_standard(struct target_result *target, struct standard_result *standard, const struct service *service,
		struct str today);

/*
 * Remarks on waivers that excuse nothing: expired, of a requirement that no judged standard has, of one that does not
 * fail, or that fails elsewhere. To be asked when all standards of the target are judged.
 */
void excuse_remarks(struct target_result *target, const struct service *service, struct str today);

#endif
