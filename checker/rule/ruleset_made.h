/*
 * Rule sets that are made of one published file, and not read from a register: each rule of the file is a requirement.
 */
#ifndef KEUR_RULE_RULESET_MADE_H
#define KEUR_RULE_RULESET_MADE_H

#include "rule/ruleset.h"

struct session;

/* One Spectral rule set as published: each rule is a requirement; error: must, warn: should, info, hint: may. */
struct ruleset *ruleset_ad_hoc(
		struct arena *arena, const char *path, const struct spectral_options *options, struct err *err);

/* One JSON Schema, and the files that it refers to: a rule set for any document, with the requirement "schema". NULL
 * and `err` (ERR_RULES, ERR_IO, ERR_SYNTAX, with a place) when it cannot be used. */
struct ruleset *ruleset_of_schema(struct arena *arena, const char *path, struct err *err);

/* One OpenAPI document, the contract that others are compared with: a requirement for each topic, and what is tolerated
 * and what is extra as remarks. Errors likewise. */
struct ruleset *ruleset_of_contract(struct arena *arena, const char *path, struct err *err);

/* One Arazzo document, as published: each of its rules, or else of its steps, is a requirement, and each passive check
 * that it asks for; with `passive` all of those. `session` fetches source descriptions at URLs; NULL: nobody does.
 * Errors likewise. */
struct ruleset *ruleset_of_scenario(
		struct arena *arena, const char *path, bool passive, struct session *session, struct err *err);

#endif
