/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Interpretations: where the text of a standard, its official contract and practice contradict each other, the reading
 * that counts. They stand in interpretations.yaml beside ruleset.yaml, so that anybody can read and dispute them;
 * reports quote them with the requirement. docs/rule-sets.md publishes the format.
 *
 * A reading may say of which places of the official contract a difference is no fault (`accepts`). Such a difference
 * counts as tolerated: it belongs to the rule "<topic>-tolerated" of docs/contract.md. An answer of a running service
 * that shows the same is no fault either. Where the official file itself cannot be read, a reading names the place
 * (`unreadable`), and anything is right there: nobody can keep to what is not written.
 */
#ifndef KEUR_RULE_INTERPRETATION_H
#define KEUR_RULE_INTERPRETATION_H

#include "doc/doc.h"
#include "engine/fact.h"

/* Differences by one rule at one kind of place that a reading accepts. */
struct acceptance {
	struct str interpretation; /* its id */
	struct str rule;           /* "responses", or of exchanges "contract-status" */
	struct str at;             /* JSON Pointer in the contract, with * for any text, as fnmatch(3) has it */
	struct str vendor;         /* the same in the vendor's document; empty: anywhere */
	struct str found;          /* what the vendor has there, exactly; empty: anything */
};

struct acceptances {
	const struct acceptance *items;
	uint32_t count;
	const struct str *unreadable; /* JSON Pointers of schemas in the contract */
	uint32_t unreadable_count;
};

/* Makes the unreadable schemas of an official document, just opened, schemas that allow anything. */
void interpretations_mend(const struct acceptances *accepts, struct doc *doc);

/* Makes tolerated what is accepted among facts of contract_compare(). Rules of which results were cut stay as they are.
 */
void interpretations_apply(struct arena *arena, const struct acceptances *accepts, struct facts *facts);

/*
 * Takes out what is accepted among facts of openapi_check_facts(), on exchanges beside the official document: by a rule
 * of engine/openapi_check.h, or by a difference of the description that would be accepted as well. Results that are
 * left keep their order.
 */
void interpretations_apply_exchanges(struct arena *arena, const struct acceptances *accepts, struct facts *facts);

#endif
