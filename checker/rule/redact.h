/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The last look at a result before anybody sees it: no secret of the service stands in it.
 *
 * A service may say back what it was told, also in its description, in names and in messages: what quotes it is looked
 * through here once, so that no module that makes a text has to think of it.
 */
#ifndef KEUR_RULE_REDACT_H
#define KEUR_RULE_REDACT_H

#include "fetch/secrets.h"
#include "rule/result.h"

/*
 * Takes the secrets out of pre-flight, documents, findings and reasons of the target. An excerpt that holds one is left
 * out as a whole, since its span would no longer fit.
 */
void redact_target(struct target_result *target, const struct secrets *secrets);

#endif
