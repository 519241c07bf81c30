/* A report is checked against its published schema before anyone sees it. */
#ifndef KEUR_REPORT_VALIDATE_H
#define KEUR_REPORT_VALIDATE_H

#include "base/err.h"

/* True when `json` satisfies the JSON Schema in the file `schema_path`; else ERR_UNDECIDED, an internal error. */
bool report_validate(struct str json, struct str schema_path, struct err *err);

#endif
