/* SPDX-License-Identifier: EUPL-1.2 */
/* `counterpart` of a service descriptor: where keur listens, and `consumer` of a claim: how long. Part of rule/service.
 */
#ifndef KEUR_RULE_SERVICE_COUNTERPART_H
#define KEUR_RULE_SERVICE_COUNTERPART_H

#include "fetch/listener.h"
#include "rule/fields.h"

/* Reads `node` (NULL: there is none) and says where it stands. False with ERR_RULES at the fault, of the address too.
 */
bool service_counterpart_read(
		const struct fields *descriptor, const struct node *node, struct listener_options *options, struct loc *loc);

/* Reads `consumer` of a claim, with what it is when it does not say; only a consumer has it. */
bool service_consumer_read(const struct fields *claim, bool consumer, uint32_t *seconds, uint32_t *requests);

#endif
