/* SPDX-License-Identifier: EUPL-1.2 */
/* Fields of checks that only some of them have: `inputs`, `counterpart`, `base` (docs/rule-sets.md). */
#ifndef KEUR_RULE_CHECK_FIELDS_H
#define KEUR_RULE_CHECK_FIELDS_H

#include "rule/check.h"
#include "rule/fields.h"

/* Reads them into a check whose engine and subject are known. False with ERR_RULES at the fault. */
bool check_fields_load(const struct fields *fields, struct check *check);

/* Is it the name of a file in the folder of the rule set, or of one that lies beside it? */
bool check_is_plain_name(struct str name);

#endif
