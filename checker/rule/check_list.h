/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Lists that a Schematron check gives its schema as variables: `lists: {upl: <id of an artefact>}`. An artefact in XML
 * is the document itself; one in CSV (RFC 4180, UTF-8, names in the first row) becomes
 * <list><row><Name>value</Name>...</row>...</list>, each name made an NCName.
 *
 * An artefact that is absent or different leaves the whole check untested.
 */
#ifndef KEUR_RULE_CHECK_LIST_H
#define KEUR_RULE_CHECK_LIST_H

#include "rule/artefact.h"
#include "rule/check.h"
#include "rule/check_readiness.h"

struct check_lists;

/* Reads `lists` of a check; `map` may be NULL. False with ERR_RULES. */
bool check_lists_load(const struct fields *fields, const struct node *map, const struct artefact *artefacts,
		uint32_t count, struct check *check);

/* Whether the check names the lists that its compiled schema wants, each of them and no other. False with ERR_RULES. */
bool check_lists_fit(const struct check *check, struct err *err);

/* Finds and reads them, once; any thread may ask. When not CHECK_READY, `why` says why, and lives as long as the
 * check. */
enum check_readiness check_lists_ready(const struct check *check, struct text *why);

/* Is the artefact of one of them absent or different? */
bool check_lists_lack(const struct check *check);

/*
 * The documents for one run, after check_lists_ready(), and back: as many as the check names, in that order. libxml2
 * writes into them, so that one thread at a time has them.
 */
struct check_lists_set;
struct check_lists_set *check_lists_take(const struct check *check, const struct schematron_list **lists);
void check_lists_return(const struct check *check, struct check_lists_set *set);

/* How many there are. */
uint32_t check_lists_count(const struct check *check);

#endif
