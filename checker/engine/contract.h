/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Compares two OpenAPI documents (3.0, 3.1, 3.2): what a vendor describes, against the official contract that the
 * vendor is to keep to. docs/contract.md publishes what is a difference, and of which grade.
 *
 * Directions matter. Of what a client sends, a vendor has to accept at least what the contract allows; what it receives
 * has to be no more than the contract allows, with all that it requires. Names of components, order, descriptions and
 * examples are no difference. A fact for each topic and grade; results have their place in the vendor's document and,
 * as `basis`, that in the contract. What cannot be compared is undecided.
 */
#ifndef KEUR_ENGINE_CONTRACT_H
#define KEUR_ENGINE_CONTRACT_H

#include "engine/fact.h"
#include "engine/openapi.h"

enum contract_grade {
	CONTRACT_BREAKING,  /* a client that keeps to the contract may fail */
	CONTRACT_TOLERATED, /* it cannot: the vendor accepts more, or sends less of what is optional */
	CONTRACT_EXTENSION, /* the vendor has what the contract does not speak of */
	CONTRACT_GRADES
};

/* A member of a schema of the official document that is broken there: nothing is compared with it. */
#define CONTRACT_UNREADABLE "x-keur-unreadable"

enum contract_topic {
	TOPIC_OPERATION,
	TOPIC_PARAMETER,
	TOPIC_REQUEST,  /* bodies of requests */
	TOPIC_RESPONSE, /* statuses, media types and bodies */
	TOPIC_HEADER,   /* of responses */
	TOPIC_SECURITY, /* schemes and scopes */
	TOPIC_OPTIONAL, /* what the contract describes without requiring it, and the vendor does not have; tolerated */
	CONTRACT_TOPICS
};

enum { CONTRACT_COMPARISONS = CONTRACT_TOPICS * CONTRACT_GRADES };

/* The rule of a topic and grade, and its name: "requests", "requests-tolerated", "requests-extension". */
static inline uint32_t contract_rule(enum contract_topic topic, enum contract_grade grade)
{
	return (uint32_t)topic * CONTRACT_GRADES + (uint32_t)grade;
}

extern const struct str contract_rule_names[CONTRACT_COMPARISONS];

/*
 * States the facts, in `arena`. Both models outlive it, and neither is changed, so that one contract serves many
 * threads. Results come in the order of the contract, then of what only the vendor has.
 */
void contract_compare(
		struct arena *arena, const struct openapi *official, const struct openapi *vendor, struct facts *facts);

/* May this model be compared? False and a text that says what to do for Swagger 2.0. */
bool contract_takes(const struct openapi *openapi, struct text *why);

#endif
