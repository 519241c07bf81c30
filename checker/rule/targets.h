/* SPDX-License-Identifier: EUPL-1.2 */
/* From arguments to targets: a folder stands for the *.yaml, *.yml and *.json in it, at any depth, sorted. */
#ifndef KEUR_RULE_TARGETS_H
#define KEUR_RULE_TARGETS_H

#include "rule/result.h"

/* Fills run->targets, each with an arena of its own. False with ERR_LIMIT beyond LIMIT_TARGETS. */
bool targets_expand(struct run *run, const char *const *arguments, uint32_t count, struct err *err);

#endif
