/* SPDX-License-Identifier: EUPL-1.2 */
/* Judging a service: what its descriptor claims, on its description and on itself while it runs. */
#ifndef KEUR_RULE_JUDGE_SERVICE_H
#define KEUR_RULE_JUDGE_SERVICE_H

#include "doc/doc.h"
#include "rule/judge_options.h"
#include "rule/result.h"

/* The service of an opened descriptor, which outlives the call. */
void judge_service(struct target_result *target, const struct doc *doc, const struct judge_options *options);

/* The service, or the document, at a URL, against options->rulesets. */
void judge_url(struct target_result *target, const struct judge_options *options);

#endif
