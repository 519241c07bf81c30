/* SPDX-License-Identifier: EUPL-1.2 */
/* The readers of WSDL, for wsdl_load.c. */
#ifndef KEUR_ENGINE_WSDL_READ_H
#define KEUR_ENGINE_WSDL_READ_H

#include "engine/wsdl_private.h"

/* Reads reader->wsdl->docs into the model, and ends the reader. */
void wsdl_read(struct wsdl_reader *reader);

#endif
