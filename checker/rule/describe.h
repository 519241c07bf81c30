/* Finding the description of a service: the document that a claim names, or where the standard says it is published. */
#ifndef KEUR_RULE_DESCRIBE_H
#define KEUR_RULE_DESCRIBE_H

#include "doc/doc.h"
#include "fetch/exchange.h"

/* What was tried, for pre-flight. */
struct description {
	struct doc *doc;             /* the caller closes it; NULL: not found, or cannot be read: `err` */
	const struct exchange *last; /* the last exchange; NULL: none */
};

/* Reads an OpenAPI document over `transport`. */
bool describe_url(
		struct transport *transport, struct str url, struct arena *arena, struct description *out, struct err *err);

/*
 * Looks for it below an endpoint: openapi.json, which the API Design Rules ask for (/core/publish-openapi),
 * openapi.yaml, and below schema/, where many services of municipalities have it. The first that is there is taken.
 */
bool describe_endpoint(struct transport *transport, struct str endpoint, struct arena *arena, struct description *out,
		struct err *err);

#endif
