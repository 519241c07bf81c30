/* SPDX-License-Identifier: EUPL-1.2 */
/* What the parts of the reader of service descriptors share. */
#ifndef KEUR_RULE_SERVICE_PRIVATE_H
#define KEUR_RULE_SERVICE_PRIVATE_H

#include "rule/fields.h"
#include "rule/service.h"

struct reader {
	struct service *service;
	struct arena *arena;
	struct secret_reader *secrets;
	struct err *err;
	uint32_t claim;    /* at hand */
	struct str client; /* likewise, of other clients; empty: none */
};

/* For the members of an object that messages call `what`. */
struct fields service_fields(const struct reader *reader, const char *what);

/* Where a node stands in the descriptor; the name of the file is copied. */
struct loc service_loc(const struct reader *reader, const struct node *node);

/* A path in the descriptor is seen from its folder. */
struct str service_beside(const struct reader *reader, struct str path);

/* Reads `auth`, or a client of that name, with its secret, which is added to those of the service; NULL reads nothing.
 * `*label` is what stands in outputs instead of the secret. False with the error set. */
bool service_read_auth(
		struct reader *reader, const struct node *node, const char *name, struct http_auth *auth, struct str *label);

/* The same of `client-certificate`. */
bool service_read_certificate(struct reader *reader, const struct node *node, struct http_auth *auth);

#endif
