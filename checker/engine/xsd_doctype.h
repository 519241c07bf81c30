/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Files of schema sets that begin with a document type declaration, as the official schemas of XML Signature do. What
 * it declares is never read: it is blanked out before the parser sees the text, so that offsets stay what they are. A
 * document that uses an entity of its own is therefore still refused, by the parser, as one that is not declared.
 */
#ifndef KEUR_ENGINE_XSD_DOCTYPE_H
#define KEUR_ENGINE_XSD_DOCTYPE_H

#include "doc/doc.h"

/*
 * Blanks the declaration in the prolog of `text`, which stays as long as it was, with its line ends. False when there
 * is none, or none that ends; then nothing was changed.
 */
bool xsd_blank_doctype(char *text, size_t len);

/* Like doc_open_any(), past a document type declaration. The caller ends it with doc_close(). */
struct doc *xsd_open_document(const char *path, struct err *err);

#endif
