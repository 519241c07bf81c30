/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Request and answer of one exchange as one XML document, for rules that are about both:
 *
 *	<pair><request action="..." content-type="...">...</request>
 *	<response status="200" media-type="text/xml" content-type="...">...</response></pair>
 *
 * with the messages in them as they were sent. Of a message that is no XML there is only xml="false".
 */
#ifndef KEUR_ENGINE_SOAP_PAIR_H
#define KEUR_ENGINE_SOAP_PAIR_H

#include "fetch/exchange.h"

/*
 * The document, in the arena. False with ERR_LIMIT, or ERR_UNDECIDED when a message is not read for its safety; of an
 * exchange that failed too, with the reason.
 */
bool soap_pair(const struct exchange *exchange, struct arena *arena, struct str *out, struct err *err);

/* Appends a text as it may stand in XML, element or attribute; false for what XML has no way to write. */
bool xml_escape(struct strbuf *out, struct str text);

#endif
