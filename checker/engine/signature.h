/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * XML Signature (W3C, XMLDSig 1.1) of a whole document: the enveloped signature that is a child of the root element.
 *
 * Structure is judged here; digest and signature value are computed by libxmlsec1 with OpenSSL, which is loaded at the
 * first signature that comes so far, and is given a key and nothing else: no key of the document's own choosing, no
 * reference out of the document, no XSLT, no XPath. Whether the certificate itself is to be trusted is not judged.
 */
#ifndef KEUR_ENGINE_SIGNATURE_H
#define KEUR_ENGINE_SIGNATURE_H

#include "doc/xml_doc.h"
#include "engine/fact.h"

enum signature_rule {
	SIGNATURE_PRESENT, /* the root element holds one signature */
	SIGNATURE_COVERS,  /* of one reference, to the root element and all in it: nothing else has its ID, and what is left
						  out before the digest is the signature itself (4.4.3; transforms 6.6.4, and Exclusive XML
						  Canonicalization) */
	SIGNATURE_ALGORITHMS, /* SHA-2, with RSA or ECDSA (6.1) */
	SIGNATURE_KEY,        /* RSA of at least 2048 bits, or an elliptic curve of at least 256 */
	SIGNATURE_VALID, /* digest and value are right, by the certificate in KeyInfo, or that of the key it names (3.2) */
	SIGNATURE_PARTY, /* the certificate is of the OIN in an entityID of the Routeringsdienst */
	SIGNATURE_RULES
};

extern const struct str signature_rules[SIGNATURE_RULES];

/*
 * States the facts of these rules on an XML document. Without a signature only `present` applies. What cannot be
 * computed (libxmlsec1 is not installed; no certificate; a document past LIMIT_SIGNATURE_...; a reference or algorithm
 * that is refused above) is undecided. Facts live in `arena`. Any number of threads may ask, each with its own
 * document.
 */
void signature_check(const struct doc *doc, struct arena *arena, struct facts *facts);

#endif
