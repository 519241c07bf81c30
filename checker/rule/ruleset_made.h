/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Rule sets that are made of one published file, and not read from a register: each rule of the file is a requirement.
 */
#ifndef KEUR_RULE_RULESET_MADE_H
#define KEUR_RULE_RULESET_MADE_H

#include "rule/ruleset.h"

struct session;

/* One Spectral rule set as published: each rule is a requirement (error: must, warn: should, info, hint: may). */
struct ruleset *ruleset_ad_hoc(
		struct arena *arena, const char *path, const struct spectral_options *options, struct err *err);

/* One JSON Schema with what it refers to: for any document, requirement "schema". NULL and `err` when unusable. */
struct ruleset *ruleset_of_schema(struct arena *arena, const char *path, struct err *err);

/* One OpenAPI document, the contract to compare with: a requirement for each topic; the rest as remarks. */
struct ruleset *ruleset_of_contract(struct arena *arena, const char *path, struct err *err);

/*
 * One Arazzo document, as published: each of its rules, or else of its steps, is a requirement, and each passive check
 * that it asks for; with `passive` all of those. `session` fetches source descriptions at URLs; NULL: nobody does.
 * Errors likewise.
 */
struct ruleset *ruleset_of_scenario(
		struct arena *arena, const char *path, bool passive, struct session *session, struct err *err);

/* An official WSDL: a rule set of what a vendor's may not change, may leave out, may add (docs/wsdl.md). Errors
 * likewise, also when names in it or its imports lead nowhere. */
struct ruleset *ruleset_of_wsdl(struct arena *arena, const char *path, struct err *err);

/* An official document of either kind: WSDL when it is XML, else OpenAPI. */
struct ruleset *ruleset_of_official(struct arena *arena, const char *path, struct err *err);

#endif
