/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The service descriptor, service.yaml: which product claims which standards, where it runs, and what keur needs to
 * test it. rules/service/1/service.schema.json publishes its form; docs/service.md tells what each field means.
 *
 * Read strictly: an unknown field, a wrong type or a secret in the open is an error with its line. Const afterwards.
 */
#ifndef KEUR_RULE_SERVICE_H
#define KEUR_RULE_SERVICE_H

#include "doc/doc.h"
#include "fetch/auth.h"
#include "fetch/listener.h"

/* A value that may stand in no output. `label` is what stands there instead: the path of its field. */
struct secret {
	struct str label, value;
};

extern const char *const auth_names[]; /* of enum http_auth_kind: "none", "bearer", "basic", "api-key", "zgw-jwt" */

/* A standard that the service says it meets. */
struct claim {
	struct str id, version; /* version empty: the newest that is effective */
	struct str role;        /* "provider", "consumer"; default provider */
	struct str endpoint;    /* URL without a slash at the end; empty: no running service */
	struct str openapi; /* URL, or path seen from the working folder; empty: where the standard says it is published */
	struct http_auth auth;     /* base: the endpoint; kind AUTH_NONE and no certificate: none */
	struct str auth_label;     /* of its secret, in outputs */
	struct http_auth *clients; /* other clients, by name, for x-keur-client; NULL: none */
	uint32_t client_count;
	const struct node *options; /* optional parts: name to true or false; NULL: none */
	const struct node *data;    /* test data for scenarios: name to value; NULL: none */
	uint32_t listen_seconds;    /* of a consumer: how long keur listens at most */
	uint32_t listen_requests;   /* and to how many requests */
	struct loc loc;
	struct loc role_loc, endpoint_loc, openapi_loc, auth_loc; /* loc where they are absent */
};

/* "Pas toe of leg uit": a deviation that an authority accepted. */
struct waiver {
	struct str requirement; /* "nlgov-adr/core/uri-version" */
	struct str at;          /* JSON Pointer, * for any one token; ptr NULL: everywhere */
	struct str reason, approved_by;
	struct str until; /* a day; the last on which it holds */
	struct loc loc;
};

struct service {
	const struct doc *doc;
	struct str name, version, vendor, oin, catalogue;
	struct str *products; /* URIs of uniform product names */
	uint32_t product_count;
	struct claim *claims;
	uint32_t claim_count;
	struct listener_options counterpart; /* where the service can ask keur; `listen` empty: nowhere */
	struct loc counterpart_loc;
	struct waiver *waivers;
	uint32_t waiver_count;
	struct secret *secrets; /* every one, wherever it is used */
	uint32_t secret_count;
};

/* Where secrets come from: only cmd/ reads the environment. */
struct secret_reader {
	/* The value of an environment variable, or ptr NULL. */
	struct str (*env)(struct secret_reader *reader, struct str name, struct arena *arena);
	struct str placeholder; /* ptr not NULL: stands for every secret, none of which is then looked for */
};

/* Is this document a service descriptor: an object with a member `keur`? */
bool service_is(const struct doc *doc);

/* Can this be the URL of an endpoint: http or https, a host, no user information, query or fragment? */
bool service_is_base(struct str url);

/* Reads an opened descriptor; NULL with ERR_RULES at the fault. Everything lives in the arena, or in `doc`. */
const struct service *service_read(
		struct arena *arena, const struct doc *doc, struct secret_reader *reader, struct err *err);

/* Does `pointer` lie at or below the place that `at` names? */
bool waiver_covers(struct str at, struct str pointer);

#endif
