/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Documents over HTTP: one by its URL, the OpenAPI document of an API where it is published, and what `$ref` names.
 *
 * The media type is not asked after: much of what is published as YAML or JSON is called text or octets. A document is
 * named by the URL that it came from in the end, behind redirects (and then without query), for that is what its
 * references are relative to (RFC 3986 section 5.1.3).
 */
#ifndef KEUR_FETCH_FETCH_H
#define KEUR_FETCH_FETCH_H

#include "doc/ref.h"
#include "fetch/exchange.h"

struct fetched {
	struct doc *doc; /* the caller's to close; NULL: there is none */
	const struct exchange
			*last;     /* that decided it: the last, or of fetch_openapi() the first that was not "not found" */
	struct text tried; /* of fetch_openapi(): what was asked, and why it is not that, one a line */
};

/*
 * Reads the document at `url`. False and `err` filled when it cannot be had (ERR_IO: no response, or another status
 * than 200) or read (as doc_of()). `out->last` is there either way. Everything but the document lies in the arena.
 */
bool fetch_doc(struct transport *transport, struct str url, struct str step, struct arena *arena, struct fetched *out,
		struct err *err);

/*
 * Looks for the OpenAPI document of the API at `base`: openapi.json, where the API Design Rules have it published
 * (/core/publish-openapi), openapi.yaml, and schema/openapi.yaml and .json, as is usual among municipalities. Takes the
 * first that answers 200 with an OpenAPI document; goes on after any other answer, and stops when the host cannot be
 * reached, for then nothing is elsewhere either. False and `err` (ERR_IO) filled when it is nowhere: it says why
 * for each place.
 */
bool fetch_openapi(struct transport *transport, struct str base, struct str step, struct arena *arena,
		struct fetched *out, struct err *err);

/* Is this where a description is published, by its path: /openapi.json or /openapi.yaml? Asking for that is no call of
 * the service, and needs no credentials. */
bool fetch_is_publication(struct str url);

/*
 * A loader of what `$ref` names, for refs_new_with(): each URL is asked once, whatever comes of it, and nothing more of
 * a host that could not be reached. The bytes are kept in the arena. At most LIMIT_REMOTE_DOCUMENTS documents and
 * LIMIT_REMOTE_BYTES in all, and none is asked for once LIMIT_REMOTE_MS have gone into them (ERR_LIMIT). It serves one
 * thread, like its transport.
 */
struct doc_loader *fetch_loader_new(struct arena *arena, struct transport *transport, struct str step);

#endif
