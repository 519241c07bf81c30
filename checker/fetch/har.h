/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Evidence as a HAR 1.2 file: written without secrets, and read again.
 *
 * What is written is canonical JSON (doc/canonical.h): one text for one evidence. Only `startedDateTime`, `time`,
 * `timings` and `serverIPAddress` are volatile. Beyond HAR 1.2, in members that start with '_' as it asks:
 *
 *	log._keur          {complete, exchanges, format: 1}: format of these extensions; with {mark: {moment, seed}} when
 *	                   messages hold numbers and times that follow from it (fetch/run_mark.h)
 *	                   and {counterparts: [{base, service}]} where keur listened (fetch/counterpart.h)
 *	entry._keur        {anonymous, client, follows, keepRedirect, number, step, token}; of a request to keur
 *	                   {inbound, claims} too
 *	entry._tls         facts of the connection (struct tls_facts), where there are any
 *	entry._failure     {kind, text: {en, nl}}; then the response has status 0
 *	postData._encoding "base64" for a request body that is no text, as content.encoding
 *	postData._sha256, content._sha256   of the body as it stands in this file, decoded: of a body that held a secret the
 *	                   digest of the secret one would let it be guessed
 *
 * docs/evidence.md says the same to a reader of the file.
 */
#ifndef KEUR_FETCH_HAR_H
#define KEUR_FETCH_HAR_H

#include "doc/doc.h"
#include "fetch/evidence.h"
#include "fetch/secrets.h"

/*
 * Writes all of `evidence` to `buf`, without `secrets` (sealed; NULL: none are known) and without the tokens that were
 * made on the way. False with ERR_LIMIT when the file would be larger than a document that can be read again, or when
 * there are too many secrets; `buf` then holds nothing to use.
 */
bool har_write(const struct evidence *evidence, const struct secrets *secrets, struct strbuf *buf, struct err *err);

/* An entry as read. What a browser leaves out is empty. */
struct har_entry {
	struct exchange exchange; /* number: _keur.number, else its place from 1 */
	bool ours;                /* it has _keur, so that `anonymous` and `keep_redirect` mean something */
	bool no_body;             /* there was a body in the response, and it was not recorded */
	const struct node *node;  /* for errors */
};

struct har {
	struct har_entry *entries;
	uint32_t count;
	bool complete;               /* unless log._keur says otherwise */
	struct evidence_base *bases; /* log._keur.counterparts */
	uint32_t base_count;
};

/*
 * Reads a HAR file, ours or a browser's, into the arena; what it needs of `doc` is borrowed. NULL with ERR_SYNTAX at
 * the member that is missing or wrong, ERR_LIMIT for too many entries.
 */
struct har *har_read(struct arena *arena, const struct doc *doc, struct err *err);

#endif
