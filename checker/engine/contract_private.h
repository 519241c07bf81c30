/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of engine/contract share: where things stand, what is being compared, what has been found. */
#ifndef KEUR_ENGINE_CONTRACT_PRIVATE_H
#define KEUR_ENGINE_CONTRACT_PRIVATE_H

#include "engine/contract.h"

/* A value and its place, made on the way down; a pointer is written out only for what is reported. */
struct spot {
	const struct doc *doc;
	const struct node *node;
	const struct spot *up; /* NULL: `key` is the whole pointer */
	struct str key;        /* ptr NULL: an element, the `index`th */
	uint32_t index;
};

/* Who sends, and so whose schema has to lie within whose. */
enum flow { FLOW_REQUEST, FLOW_RESPONSE };

/* The way through a value to what is compared, from inside out: "results", "[]", "status". */
struct trail {
	const struct trail *up;
	struct str name; /* empty: of each element */
};

/* Where in the API: for the first words of a message. */
struct context {
	const struct openapi_operation *operation; /* the contract's, or the vendor's where it alone has it */
	enum contract_topic topic;
	struct text part; /* "response 200"; may be empty */
};

struct shapes;
struct digests;
struct queue;
struct found;

struct comparer {
	struct arena *arena;
	const struct openapi *official, *vendor;
	struct facts *facts;
	struct shapes *shapes;
	struct digests *digests;
	struct queue *queue;
	struct found *found;
	uint64_t steps; /* taken so far; at LIMIT_CONTRACT_STEPS the comparison ends, undecided */
	struct context context;
};

/* One difference. */
struct difference {
	enum contract_topic topic;
	enum contract_grade grade;
	const struct spot *official, *vendor; /* where it shows; neither is NULL */
	bool at_key;                          /* the key of the vendor's member is at fault, not its value */
	struct str name;                      /* tells differences at one place apart */
	struct text message;                  /* behind the place in the API, which is put in front */
	struct text expected;
	struct str found;
};

/* A root: what a target is. */
const struct spot *spot_of_target(struct arena *arena, const struct target *target);

/* A member by key, or a child that is at hand. NULL when there is none. */
const struct spot *spot_member(struct arena *arena, const struct spot *spot, struct str key);
const struct spot *spot_child(struct arena *arena, const struct spot *spot, uint32_t index);

/* Steps that are about to be taken; false when there are too many, and everything not yet known is undecided. */
bool contract_step(struct comparer *comparer, uint64_t steps);

/* Reports a difference, once for each pair of places; `trail` may be NULL. */
void contract_report(struct comparer *comparer, const struct trail *trail, const struct difference *difference);

/* Something of a topic cannot be compared: no grade of it is known to be without differences, nor what is optional. */
void contract_undecided(struct comparer *comparer, enum contract_topic topic, const struct trail *trail,
		const struct spot *at, struct text why);

/* Parameters, body and responses of an operation that both have. */
void contract_compare_parameters(
		struct comparer *comparer, const struct openapi_operation *official, const struct openapi_operation *vendor);
void contract_compare_body(
		struct comparer *comparer, const struct openapi_operation *official, const struct openapi_operation *vendor);
void contract_compare_responses(
		struct comparer *comparer, const struct openapi_operation *official, const struct openapi_operation *vendor);

/* What a caller has to show. */
void contract_compare_security(
		struct comparer *comparer, const struct openapi_operation *official, const struct openapi_operation *vendor);

/* A schema that is to be compared. Without node anything may be there, and `holder` is where that is said. */
struct described {
	const struct target *schema, *holder;
	bool as_text; /* the value is written as text: of a parameter or header */
	bool joined;  /* an array as one text with commas */
};

/* Two schemas, from the roots; contract_run_queue() then compares them and all that they lead to. */
void contract_compare_schemas(
		struct comparer *comparer, enum flow flow, const struct described *official, const struct described *vendor);
void contract_run_queue(struct comparer *comparer);

#endif
