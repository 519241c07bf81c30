/*
 * The YAML reader: YAML 1.2 core schema over libyaml's events; anchors, aliases and merge keys resolved here.
 *
 * Anything that JSON cannot hold (a mapping as a key, a recursive alias, an unknown tag) is an error with its place.
 */
#ifndef KEUR_DOC_YAML_H
#define KEUR_DOC_YAML_H

#include "doc/doc.h"

/* Reads doc->source, one YAML document, into doc->root. Errors: ERR_SYNTAX, ERR_LIMIT. */
bool yaml_read(struct doc *doc, struct err *err);

#endif
