/* SPDX-License-Identifier: EUPL-1.2 */
/* What libxml2 says is wrong with a text, in Dutch: it speaks English only. */
#ifndef KEUR_DOC_XML_WORDS_H
#define KEUR_DOC_XML_WORDS_H

#include <libxml/xmlerror.h>

#include "base/str.h"

/* The error in Dutch, by its code; of one that is not known here libxml2's own words between quotes. In the arena. */
struct str xml_words_nl(struct arena *arena, const xmlError *found);

#endif
