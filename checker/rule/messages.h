/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Checks on messages of a running service: each answer in XML as a document of its own (subject `answers`), or with its
 * request (subject `pairs`, engine/soap_pair.h). What was found is placed in the exchange that shows it.
 */
#ifndef KEUR_RULE_MESSAGES_H
#define KEUR_RULE_MESSAGES_H

#include "rule/judge_private.h"

/* Runs the check on each of the exchanges, and adds up; undecided when none of them has such a message. */
void messages_run(const struct judge *judge, const struct check *check, const struct exchange *const *exchanges,
		uint32_t count, struct judged_check *out);

#endif
