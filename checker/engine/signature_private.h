/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of engine/signature share. */
#ifndef KEUR_ENGINE_SIGNATURE_PRIVATE_H
#define KEUR_ENGINE_SIGNATURE_PRIVATE_H

#include "base/vec.h"
#include "engine/signature.h"

#define DSIG "http://www.w3.org/2000/09/xmldsig#"

/* One document that is judged. */
struct signature {
	const struct doc *doc;
	struct arena *arena;
	const xmlNode *node, *info, *reference; /* ds:Signature, its ds:SignedInfo, the one ds:Reference in that; or NULL */
	struct str id;                          /* of the root element, as the reference names it; empty: by URI="" */
	struct {
		struct result *items;
		size_t count, capacity;
	} results;
	struct fact *facts; /* SIGNATURE_RULES */
};

/* A certificate that may be that of the signer, and where it stands. */
struct signature_certificate {
	const xmlNode *node;
	struct str der; /* ptr NULL: no base64 */
};

/* States a violation at a node. */
void signature_fail(struct signature *signature, enum signature_rule rule, const xmlNode *at, struct text message,
		struct text expected, struct str found);

/* The rule cannot be decided. */
void signature_undecided(struct signature *signature, enum signature_rule rule, struct text why);

/* The certificates that KeyInfo points at, the first at most LIMIT_SIGNATURE_CERTIFICATES. */
uint32_t signature_certificates(const struct signature *signature, struct signature_certificate *found);

/* Judges the key, the values and the party, once the structure has been. */
void signature_compute(struct signature *signature);

#endif
