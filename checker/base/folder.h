/* SPDX-License-Identifier: EUPL-1.2 */
/* Listing folders. */
#ifndef KEUR_BASE_FOLDER_H
#define KEUR_BASE_FOLDER_H

#include "base/err.h"

/* Names of the entries of a folder that do not start with '.', sorted by bytes; false with ERR_IO. */
bool folder_list(struct arena *arena, const char *path, struct str **names, uint32_t *count, struct err *err);

#endif
