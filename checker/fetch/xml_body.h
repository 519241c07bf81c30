/* SPDX-License-Identifier: EUPL-1.2 */
/* XML in the body of an HTTP message, in whatever encoding that keur reads (doc/xml_encoding.h). */
#ifndef KEUR_FETCH_XML_BODY_H
#define KEUR_FETCH_XML_BODY_H

#include "fetch/exchange.h"

/*
 * The body in UTF-8: as the charset of Content-Type says, else as the XML declaration does (RFC 7303, 3). What does not
 * begin as XML stays as it is. False: ERR_SYNTAX at bytes that are nothing in their encoding, ERR_UNDECIDED for an
 * encoding that is not read. Lives in the arena, or is the body itself.
 */
bool xml_body(
		const struct http_fields *fields, struct str body, struct arena *arena, struct str *text, struct err *err);

#endif
