/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Exhibits: of each HTTP exchange that a finding names, as much as a reader needs to see what the finding is about. The
 * whole exchange is in the evidence (fetch/har.h); this goes into reports, which are read without it.
 */
#ifndef KEUR_RULE_EXHIBIT_H
#define KEUR_RULE_EXHIBIT_H

#include "fetch/secrets.h"
#include "rule/result.h"

/*
 * Fills target->exhibits from exchanges that are still at hand, in the target's arena: the first LIMIT_EXHIBITS that
 * findings name, by number, without secrets. To be called before exchanges are numbered through the run.
 */
void exhibit_gather(struct target_result *target, const struct evidence *evidence, const struct secrets *secrets);

#endif
