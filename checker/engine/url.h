/* SPDX-License-Identifier: EUPL-1.2 */
/* Would `new URL(text)` of the WHATWG URL standard accept this, without a base? */
#ifndef KEUR_ENGINE_URL_H
#define KEUR_ENGINE_URL_H

#include <stdbool.h>

#include "base/str.h"

/* Internationalised names are accepted as they are: their mapping tables are not consulted. */
bool url_is_valid(struct str text);

#endif
