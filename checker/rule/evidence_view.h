/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Evidence as a document: what a service answered, in the form that rules can be written for (docs/rule-sets.md), so
 * that checks of subject `evidence` are Spectral rules like any other.
 *
 * {"endpoint": url, "secure": bool, "description": {"version": info.version}?, "tls": {"TLSv1.0": bool, ...}?,
 *  "exchanges": [{"number", "step", "secure", "failure"?, "request": {...}, "response": {...}?, "versionAgrees"?,
 *  "sameDescription"?, "token"?}]}
 * Names of headers are lower case, and values of one name joined. A body is there as a value when it is JSON.
 */
#ifndef KEUR_RULE_EVIDENCE_VIEW_H
#define KEUR_RULE_EVIDENCE_VIEW_H

#include "doc/doc.h"
#include "fetch/exchange.h"

struct evidence_facts {
	struct str endpoint;
	const struct node *description;          /* root of the OpenAPI document; NULL: none */
	struct str version;                      /* its info.version; ptr NULL: not known */
	struct str tls;                          /* of evidence_tls() */
	const struct exchange *const *exchanges; /* in order of their numbers */
	uint32_t count;
};

/* The document, which the caller closes. NULL with ERR_LIMIT when there is too much. */
struct doc *evidence_view(const struct evidence_facts *facts, struct err *err);

/*
 * The exchange that a pointer in that document is about: sets `*rest` to the pointer below it. NULL when it is about
 * none.
 */
const struct exchange *evidence_exchange(const struct evidence_facts *facts, struct str pointer, struct str *rest);

#endif
