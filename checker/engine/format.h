/* SPDX-License-Identifier: EUPL-1.2 */
/* Formats of documents as Spectral names them: a set of bits, and what a document is. */
#ifndef KEUR_ENGINE_FORMAT_H
#define KEUR_ENGINE_FORMAT_H

#include "doc/node.h"

/* A set of formats, one bit each. */
typedef uint32_t format_set;

/* The bit of a format's name ("oas3", "oas3.1" or "oas3_1", "json-schema-draft7" ...), or 0 when there is none such. */
format_set format_by_name(struct str name);

/* All formats that a document with that root is of; 0 when none. */
format_set format_detect(const struct node *root);

/* Names for a person, "OpenAPI 3.x, OpenAPI 3.0.x", in the order of Spectral's own list. */
struct str format_names(struct arena *arena, format_set set);

#endif
