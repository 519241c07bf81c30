/* SPDX-License-Identifier: EUPL-1.2 */
/* A report is checked against its published schema before anyone sees it, and before it is read again. */
#ifndef KEUR_REPORT_VALIDATE_H
#define KEUR_REPORT_VALIDATE_H

#include "doc/doc.h"

/* True when `json` satisfies the JSON Schema in the file `schema_path`; else ERR_UNDECIDED, an internal error. */
bool report_validate(struct str json, struct str schema_path, struct err *err);

/* The same of a report of somebody else; else ERR_SYNTAX at the value that does not satisfy it. */
bool report_validate_read(const struct doc *report, struct str schema_path, struct err *err);

/* The same of any document, with words of its own before what is wrong: "this is no certificate". */
bool report_validate_as(const struct doc *document, struct str schema_path, struct text what, struct err *err);

#endif
