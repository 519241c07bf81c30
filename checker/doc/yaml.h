/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The YAML reader: YAML 1.2 core schema over libyaml's events; anchors, aliases and merge keys resolved here.
 *
 * Anything that JSON cannot hold (a mapping as a key, a recursive alias) is an error with its place.
 */
#ifndef KEUR_DOC_YAML_H
#define KEUR_DOC_YAML_H

#include "doc/doc.h"

/*
 * Reads doc->source, one YAML document, into doc->root; empty documents that follow are left out. Errors: ERR_SYNTAX,
 * ERR_LIMIT; more documents, or none, are an error too.
 */
bool yaml_read(struct doc *doc, struct err *err);

/* The same by libyaml alone, without the short cut of yaml_fast.h, for tests that hold both side by side. */
bool yaml_read_in_full(struct doc *doc, struct err *err);

struct yaml_stream {
	const struct node **items; /* roots, in the arena of the document; the array is the caller's, by base/vec.h */
	size_t count, capacity;
};

/* Reads all documents of doc->source, 0 or more; ceilings count for all of them together. */
bool yaml_read_stream(struct doc *doc, struct yaml_stream *stream, struct err *err);

#endif
