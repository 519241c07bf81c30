/* SPDX-License-Identifier: EUPL-1.2 */
/* What libyaml says, in words of ours. */
#ifndef KEUR_DOC_YAML_COMPLAINT_H
#define KEUR_DOC_YAML_COMPLAINT_H

#include <yaml.h>

#include "doc/doc.h"

/* Fills `err` for the error that `parser` stopped at; `offset` is its place in bytes. */
bool complain_yaml(struct doc *doc, const yaml_parser_t *parser, size_t offset, struct err *err);

#endif
