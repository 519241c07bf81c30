/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * XML in another encoding than UTF-8, made UTF-8 before anything else looks at it: UTF-16 by its byte order mark or
 * first characters, ISO-8859-1, ISO-8859-15 and windows-1252 as the XML declaration says. Other encodings are refused.
 */
#ifndef KEUR_DOC_XML_ENCODING_H
#define KEUR_DOC_XML_ENCODING_H

#include "doc/source.h"

/*
 * Makes UTF-8 of the bytes of a source when they are XML in one of these; then source->original is what they were, and
 * the encoding is taken out of the declaration, in which nothing else moves. Bytes that are UTF-8, or no XML, stay as
 * they are. False: ERR_SYNTAX at bytes that are nothing in their encoding, ERR_UNDECIDED for another encoding; places
 * are of the text as far as it was read.
 */
bool xml_decode(struct source *source, struct err *err);

/*
 * The same of `bytes` that HTTP brought with a charset (empty: none), which counts for more than the declaration: the
 * text in the arena, or `bytes` themselves when nothing was to be done. Errors name `file`.
 */
bool xml_decode_text(
		struct arena *arena, struct str file, struct str bytes, struct str charset, struct str *text, struct err *err);

#endif
