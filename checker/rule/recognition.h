/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which XML documents a rule set or a check is about: its `roots`. A message is known by its root element, or in a SOAP
 * envelope by the elements in the body, and in the details of a fault; a WSDL document also by its target namespace.
 */
#ifndef KEUR_RULE_RECOGNITION_H
#define KEUR_RULE_RECOGNITION_H

#include "rule/fields.h"

/*
 * Names of elements: "{namespace}name", "{namespace}" for every element in it, or "name" in no namespace; with "/" and
 * such a name behind it only when it has that child: of SAML metadata the roles are children of one root.
 */
struct roots {
	const struct str *items;
	uint32_t count; /* 0: about every document */
};

/* Reads the list `roots` of a rule set; `list` may be NULL. False with ERR_RULES. */
bool roots_load(const struct fields *fields, const struct node *list, struct roots *roots);

/* Is the XML document one of them? */
bool roots_match(const struct roots *roots, const struct doc *doc);

/* The same when nobody named the rule set: a SOAP envelope without header blocks is then known by its body only, as it
 * does not show that it means to follow a profile of SOAP. */
bool roots_match_unasked(const struct roots *roots, const struct doc *doc);

/* The names by which a document is known: its root, and of a SOAP envelope what is in the body. */
struct str roots_found(struct arena *arena, const struct doc *doc);

/* Why it is not, in words. */
struct text roots_why_not(struct arena *arena, const struct roots *roots, const struct doc *doc);

#endif
