/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Compares HTTP exchanges with an OpenAPI document: what every exchange shows of the contract, whoever asked and why.
 *
 * A fact for each rule over all exchanges of a run. Nothing is held against a service that the document leaves open:
 * members that are not described may be there, and so may query parameters; what cannot be evaluated is undecided.
 * Results name the exchange, and the place in the document that was not kept to; where in the exchange (pointer, line
 * and column in the body) stands in the message.
 */
#ifndef KEUR_ENGINE_OPENAPI_CHECK_H
#define KEUR_ENGINE_OPENAPI_CHECK_H

#include "engine/fact.h"
#include "engine/openapi.h"
#include "fetch/exchange.h"

enum openapi_rule {
	CONTRACT_OPERATION,    /* what succeeds is described: path and method */
	CONTRACT_STATUS,       /* the status is: by itself, its range, or a default */
	CONTRACT_CONTENT_TYPE, /* the media type of the body is */
	CONTRACT_HEADER,       /* required response headers are there, and the values of described ones are valid */
	CONTRACT_BODY,         /* the body is what its media type says, and valid by its schema; of errors too */
	CONTRACT_REQUEST,      /* parameters and body of the request are valid: whether the asker kept to the contract */
	CONTRACT_ERROR,        /* with options.errors: media type and body of errors (from 400 on), and those two are not */
	CONTRACT_RULES
};

extern const struct str openapi_rule_names[CONTRACT_RULES]; /* "contract-operation" ... */

struct openapi_check_options {
	struct str base; /* URL at which the service is tested; may be empty: paths start at a server of the document */
	bool requests;   /* check requests too */
	bool asker;      /* the one who asks is judged: operation and request count, answers do not; `requests` as well */
	bool official;   /* the document is read as it was meant: openapi_schemas_loosen() */
	bool errors;     /* bodies of errors are a rule of their own, and have to be there where one is described */
};

struct openapi_check;

/*
 * Starts a run in `arena`; belongs to one thread. `openapi` outlives it. Not for it: exchanges that are no calls of the
 * service, such as that which fetched the document itself.
 */
struct openapi_check *openapi_check_new(
		struct arena *arena, const struct openapi *openapi, const struct openapi_check_options *options);

/* Checks one exchange, which need not outlive the call. One that has no response shows nothing but its request. */
void openapi_check_exchange(struct openapi_check *check, const struct exchange *exchange);

/* What has been found so far, results in order of exchanges; borrowed until the next exchange. */
const struct facts *openapi_check_facts(struct openapi_check *check);

#endif
