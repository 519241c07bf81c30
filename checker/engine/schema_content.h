/* SPDX-License-Identifier: EUPL-1.2 */
/* contentEncoding and contentMediaType, where they are asserted. For schema_*.c only. */
#ifndef KEUR_ENGINE_SCHEMA_CONTENT_H
#define KEUR_ENGINE_SCHEMA_CONTENT_H

#include "base/str.h"

/* Is it base64 (RFC 4648 section 4)? */
bool schema_is_base64(struct str text);

/* Is it a JSON text (RFC 8259), behind base64 when `encoded`? */
bool schema_is_json(struct str text, bool encoded);

#endif
