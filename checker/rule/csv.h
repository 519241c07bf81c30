/* SPDX-License-Identifier: EUPL-1.2 */
/* Lists in CSV (RFC 4180), as XML. */
#ifndef KEUR_RULE_CSV_H
#define KEUR_RULE_CSV_H

#include "base/err.h"

/*
 * Adds <list><row><Name>value</Name>...</row>...</list>, of which the names are those of the first row, made NCNames:
 * what cannot stand in one becomes "_". False with ERR_SYNTAX and the row as line.
 */
bool csv_to_xml(struct str csv, struct strbuf *out, struct err *err);

#endif
