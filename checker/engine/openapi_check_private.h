/* SPDX-License-Identifier: EUPL-1.2 */
/* The state of comparing exchanges with a description. For openapi_check_*.c only. */
#ifndef KEUR_ENGINE_OPENAPI_CHECK_PRIVATE_H
#define KEUR_ENGINE_OPENAPI_CHECK_PRIVATE_H

#include "engine/openapi_check.h"
#include "engine/openapi_match.h"
#include "engine/openapi_schema.h"

struct openapi_check {
	struct arena *arena; /* of the run */
	const struct openapi *openapi;
	struct openapi_check_options options;
	struct openapi_schemas *schemas;
	struct facts facts;
	struct fact items[CONTRACT_RULES];
	struct {
		struct result *items;
		size_t count, capacity;
	} results;
};

/* One exchange being checked. */
struct checking {
	struct openapi_check *run;
	struct arena *arena; /* ends with the exchange */
	const struct exchange *exchange;
	struct openapi_match match;
	struct str subject; /* "GET /zaken/{uuid}, 200", of the run's arena */
};

/* What is at fault, before it is put into words. Texts are copied. */
struct fault {
	enum openapi_rule rule;
	struct text part;    /* of the exchange: "response header X-Total"; ends the subject */
	struct text message; /* what is wrong with it */
	struct text expected;
	struct str found;
	const struct target *place; /* in the description; NULL: the operation, or else the paths */
};

/* The rule applies to this exchange: one more place was looked at. */
void checking_applies(struct checking *checking, enum openapi_rule rule);

/* Reports a violation. */
void checking_fault(struct checking *checking, const struct fault *fault);

/* The rule could not be evaluated on this exchange. The first reason is kept. */
void checking_undecided(struct checking *checking, enum openapi_rule rule, struct text part, struct text why);

/* A body as it was sent or came, and what it has to be. */
struct body_check {
	enum openapi_rule rule;
	enum schema_direction direction;
	struct text part; /* "response body" */
	struct str body;
	struct str type; /* the value of Content-Type */
	const struct openapi_media *media;
};

/* Checks a body that is not empty. */
void checking_body(struct checking *checking, const struct body_check *body);

/* Checks a value against a schema; `doc` holds the text that it was read from, NULL when it was made of a parameter.
 * `quiet`: nothing is reported. */
enum schema_result checking_value(struct checking *checking, const struct body_check *how, const struct target *schema,
		const struct doc *doc, const struct node *value, bool quiet);

/* Reads a JSON text, which is copied; NULL and `err` when it is none. Ends with the exchange. */
struct doc *checking_json(struct checking *checking, struct str text, struct err *err);

/* Is it JSON by its media type: application/json, text/json, anything +json? */
bool is_json_type(struct str type);

/* Checks the headers that a response is described to have. */
void checking_headers(struct checking *checking, const struct openapi_response *response);

/* Checks parameters and body of the request. */
void checking_request(struct checking *checking);

/*
 * Checks a parameter or header against its description: `texts` are its values as they came, one for each time that it
 * was there; none: it is absent.
 */
struct parameter_check {
	enum openapi_rule rule;
	enum schema_direction direction;
	struct text part;
	const struct openapi_parameter *parameter;
	const struct str *texts;
	uint32_t text_count;
	const struct route_value *query; /* the whole query, for objects that are spread over it */
	uint32_t query_count;
};
void checking_parameter(struct checking *checking, const struct parameter_check *check);

#endif
