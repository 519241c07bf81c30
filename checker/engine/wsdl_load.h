/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading WSDL: a document, and what it imports. */
#ifndef KEUR_ENGINE_WSDL_LOAD_H
#define KEUR_ENGINE_WSDL_LOAD_H

#include "engine/wsdl.h"

/* Is this XML document WSDL 1.1? */
bool wsdl_is_document(const struct doc *doc);

/*
 * The model of `main`, which outlives it. Imports are files in `folder` or below it (links are followed before that is
 * looked at); NULL: below the working folder when `main` lies there, else below the folder of `main`; "": none. NULL,
 * with ERR_SYNTAX, when it is no WSDL 1.1.
 */
struct wsdl *wsdl_new(struct arena *arena, const struct doc *main, const char *folder, struct err *err);

/* The same of a file, which the arena closes. Errors as doc_open_any(). */
struct wsdl *wsdl_open(struct arena *arena, const char *path, const char *folder, struct err *err);

#endif
